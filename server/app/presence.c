#include "app/presence.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "wire/frame_json.h"

/* Everybody who is connected, as one frame; NULL when memory is exhausted. */
static struct frame *make_frame(const struct room *r)
{
    int64_t screens[ROLE_COUNT] = { 0 };
    int64_t *seats = alloc_many(r->session_count * LIMIT_SEATS_A_PHONE, sizeof(*seats));
    size_t count = 0;

    if (!seats)
        return NULL;
    for (size_t i = 0; i < r->session_count; i++) {
        const struct session *s = r->sessions[i];
        if (s->state != SESSION_LIVE)
            continue;
        screens[s->role]++;
        /* None twice: whoever opens a seat takes it from the session that had it (joining.c). */
        for (size_t k = 0; k < s->own_count; k++)
            seats[count++] = s->own[k];
    }
    struct frame *frame = frame_from(frame_presence(seats, count, screens));
    free(seats);
    return frame;
}

void presence_tell(struct room *r)
{
    struct frame *frame = make_frame(r);

    if (!frame)
        return; /* The next second tries again. */
    r->presence = false;
    for (size_t i = 0; i < r->session_count; i++)
        if (r->sessions[i]->role != ROLE_PHONE && r->sessions[i]->state == SESSION_LIVE)
            session_send(r->sessions[i], frame, true);
    frame_unref(frame);
}
