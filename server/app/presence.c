#include "app/presence.h"

#include "wire/frame_json.h"

void presence_tell(struct room *r)
{
    int64_t screens[ROLE_COUNT] = { 0 };
    struct seats connected = { 0 };

    r->presence = false;
    if (!seats_reserve(&connected, r->session_count * LIMIT_SEATS_A_PHONE))
        return;
    for (size_t i = 0; i < r->session_count; i++) {
        const struct session *s = r->sessions[i];
        if (s->state != SESSION_LIVE)
            continue;
        screens[s->role]++;
        for (size_t k = 0; k < s->own_count; k++)
            seats_push(&connected, s->own[k]);
    }
    struct frame *frame = frame_from(frame_presence(connected.at, connected.count, screens));
    for (size_t i = 0; frame && i < r->session_count; i++)
        if (r->sessions[i]->role != ROLE_PHONE && r->sessions[i]->state == SESSION_LIVE)
            session_send(r->sessions[i], frame, true);
    frame_unref(frame);
    seats_free(&connected);
}
