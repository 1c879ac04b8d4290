#include "cli/demo/buttons.h"

enum {
    SECOND = 1000,
    PATIENCE_MS = 90 * SECOND,
    LOBBY_MS = 20 * SECOND, /* How long a late seat is waited for. */
    NOBODY = -1,
};

static bool time_is_up(const struct guest *g)
{
    return guest_now(g) >= g->view.part_until;
}

/* Whose turn it is in a presentation round: in the order of the seats, but for two who sit the
 * other way round. */
static int64_t next_to_tap(const struct view *v)
{
    size_t count = v->queue.count;

    if (count == 0)
        return NOBODY;
    return count > 3 && v->heard.count == 1 ? v->queue.seats[1] : v->queue.seats[0];
}

/* A phone that is dead, or somebody who does not find the end: then the facilitator hands on. */
static bool far_over(const struct guest *g)
{
    return guest_now(g) > g->view.until + PATIENCE_MS / g->crowd->speed + 3 * SECOND;
}

bool buttons_has_phone(const struct guest *g, int64_t seat)
{
    const struct view_seat *s = view_seat(&g->view, seat);

    return !s || s->device != DEVICE_NONE;
}

/* A round: the first gets the floor, and then it goes by itself. */
static enum press in_round(struct guest *g, const struct view_part *part, int64_t *ret_whom)
{
    const struct view *v = &g->view;

    *ret_whom = v->speaker;
    if (v->speaker && part->intro) {
        *ret_whom = next_to_tap(v);
        return *ret_whom == NOBODY ? PRESS_NEXT : PRESS_GIVE;
    }
    if (v->speaker)
        return buttons_has_phone(g, v->speaker) && !far_over(g) ? PRESS_NOTHING : PRESS_DONE;
    *ret_whom = next_to_tap(v);
    return *ret_whom == NOBODY ? PRESS_NEXT : PRESS_GIVE;
}

/* Whoever asks for the floor is given it. */
static enum press in_hands(struct guest *g, int64_t *ret_whom)
{
    const struct view *v = &g->view;

    if (v->speaker) {
        *ret_whom = v->speaker;
        return buttons_has_phone(g, v->speaker) && !far_over(g) ? PRESS_NOTHING : PRESS_DONE;
    }
    if (time_is_up(g) || v->hands.count == 0)
        return time_is_up(g) ? PRESS_NEXT : PRESS_NOTHING;
    *ret_whom = v->hands.seats[0];
    for (size_t i = v->hands.count; i > 0; i--) /* Those who have not spoken come first. */
        if (!view_list_has(&v->heard, v->hands.seats[i - 1]))
            *ret_whom = v->hands.seats[i - 1];
    return PRESS_GIVE;
}

/* What is sealed is shown when laps have the rest of the time, or near the end where none follow;
 * where nobody has written, there is nothing to show. */
static enum press in_sealed(const struct guest *g, const struct view_part *part)
{
    const struct method_info *is = &method_infos[part->method];
    int64_t after = part->ms * (is->laps > 0 ? 60 : 10) / 100;

    if (g->view.part_until - guest_now(g) >= after)
        return PRESS_NOTHING;
    if (is->written_by && !g->view.written)
        return time_is_up(g) ? PRESS_NEXT : PRESS_NOTHING;
    return PRESS_SHOW;
}

static enum press in_part(struct guest *g, const struct buttons *b, int64_t *ret_whom)
{
    const struct view_part *part = view_part(&g->view);
    const struct method_info *is = &method_infos[part->method];

    if (is->sealed && !g->view.shown)
        return in_sealed(g, part);
    if (is->laps > 0)
        return in_round(g, part, ret_whom);
    if (is->hands_wait)
        return in_hands(g, ret_whom);
    return time_is_up(g) && (b->settled || !is->decides) ? PRESS_NEXT : PRESS_NOTHING;
}

static bool last_part(const struct view *v)
{
    for (size_t i = (size_t)v->part + 1; i < v->part_count; i++)
        if (v->parts[i].on)
            return false;
    return true;
}

static enum press wanted(struct guest *g, const struct buttons *b, int64_t *ret_whom)
{
    enum press press = PRESS_NOTHING;

    *ret_whom = 0;
    switch (g->view.state) {
    case STATE_LOBBY:
        return g->view.seat_count >= b->expected || crowd_now() - b->lobby_since > LOBBY_MS
                   ? PRESS_START
                   : PRESS_NOTHING;
    case STATE_RUNNING:
        if (g->view.part >= 0)
            press = in_part(g, b, ret_whom);
        return press == PRESS_NEXT && last_part(&g->view) ? PRESS_CLOSE : press;
    case STATE_PAUSED:
    case STATE_CLOSED:
    case STATE_NOT:
    case STATE_COUNT:
        break;
    }
    return PRESS_NOTHING;
}

/* How long somebody looks round before pressing; who speaks in a presentation round gets their
 * share, and so does who has no phone. */
static int64_t hesitation(struct guest *g, enum press press)
{
    int64_t look = crowd_span(g->crowd, 2 * SECOND, 5 * SECOND);
    int64_t share = g->view.until - guest_now(g);

    if (press == PRESS_START)
        return crowd_span(g->crowd, 10 * SECOND, 20 * SECOND);
    if (g->view.speaker && share > 0)
        return share * crowd_roll(g->crowd, 60, 95) / 100;
    return look;
}

static void press_it(struct guest *g, enum press press, int64_t whom)
{
    const char *from = g->view.part >= 0 ? g->view.parts[g->view.part].id : "";
    json_int_t turn = g->view.turn;

    switch (press) {
    case PRESS_NOTHING:
        return;
    case PRESS_START:
        guest_does(g, "meeting.start", json_object());
        return;
    case PRESS_GIVE:
        guest_does(g, "floor.give",
                   json_pack("{s:I, s:I}", "seat", (json_int_t)whom, "turn", turn));
        return;
    case PRESS_DONE:
        guest_does(g, "turn.done", json_pack("{s:I, s:I}", "seat", (json_int_t)whom, "turn", turn));
        return;
    case PRESS_SHOW:
        guest_does(g, method_infos[view_part(&g->view)->method].shown_by, json_object());
        return;
    case PRESS_NEXT:
        guest_does(g, "part.next", json_pack("{s:s}", "from", from));
        return;
    case PRESS_CLOSE:
        guest_does(g, "meeting.close", json_object());
        return;
    }
}

void buttons_look(struct guest *g, struct buttons *b)
{
    int64_t whom, now = crowd_now();
    enum press press = wanted(g, b, &whom);

    if (press != b->press || whom != b->whom) {
        b->press = press;
        b->whom = whom;
        b->at = now + hesitation(g, press);
    } else if (now >= b->at && press != PRESS_NOTHING) {
        press_it(g, press, whom);
        b->at = now + 2 * SECOND; /* Should it not have helped: once more. */
    }
}
