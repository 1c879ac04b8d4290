/* deeds.c -- what somebody with a phone does, once they have thought. */
#include "cli/demo/person_inside.h"

enum { SECOND = 1000 };

static json_t *with_seat(const struct guest *g, json_t *with, int64_t seat)
{
    if (g->seat_count > 1)
        json_object_set_new(with, "seat", json_integer(seat));
    return with;
}

static void writes(struct guest *g, const struct errand *e)
{
    struct person *p = person_of(g);
    const char *text = crowd_text(g->crowd, (enum topic)e->number);

    if (!text || p->note_count == NOTES_MAX)
        return;
    struct jotting *n = &p->notes[p->note_count++];
    *n = (struct jotting){ .seat = e->seat };
    uuid_write(uuid_new(), n->id);
    guest_does(g, "note.save",
               with_seat(g, json_pack("{s:s, s:s}", "note", n->id, "text", text), e->seat));
}

static void shares(struct guest *g, const struct errand *e)
{
    struct person *p = person_of(g);

    for (size_t i = 0; i < p->note_count; i++) {
        struct jotting *n = &p->notes[i];
        if (n->shared || n->seat != e->seat)
            continue;
        n->shared = true;
        guest_does(g, "note.share", json_pack("{s:s}", "note", n->id));
        /* Perhaps the other one too. */
        if (chance(g, 50))
            guest_means(g, DEED_SHARE, crowd_span(g->crowd, 4 * SECOND, 9 * SECOND), e->turn,
                        e->seat, 0);
        return;
    }
}

/* One or two points that others made in the laps before. */
static json_t *others_points(struct guest *g)
{
    const struct view_point *found[VIEW_POINTS];
    json_t *ids = json_array();
    size_t count = 0;

    for (size_t i = 0; i < g->view.point_count; i++) {
        const struct view_point *p = &g->view.points[i];
        if (p->part == g->view.part && p->lap < g->view.lap && !guest_holds(g, p->seat))
            found[count++] = p;
    }
    size_t wanted = chance(g, 40) ? 2 : 1;
    for (; wanted > 0 && count > 0; wanted--) {
        size_t at = (size_t)crowd_roll(g->crowd, 0, (int64_t)count - 1);
        json_array_append_new(ids, json_string(found[at]->id));
        found[at] = found[--count];
    }
    return ids;
}

/* A point, with one more field where `field` is not NULL. */
static void contributes(struct guest *g, const struct errand *e, enum topic topic,
                        const char *field, const char *value)
{
    const char *text = crowd_text(g->crowd, topic);
    json_t *with;

    if (!text)
        return;
    with = with_seat(g, json_pack("{s:s}", "text", text), e->seat);
    if (field)
        json_object_set_new(with, field, json_string(value));
    if (e->deed == DEED_BUILD)
        json_object_set_new(with, "builds_on", others_points(g));
    guest_does(g, "contribution.add", with);
}

/* Based on nothing, so that two who write at the same time do not write over each other. */
static void writes_with_others(struct guest *g, const struct errand *e)
{
    const char *text =
        g->view.written || g->view.shown ? NULL : crowd_text(g->crowd, (enum topic)e->number);

    if (text)
        guest_does(g, method_infos[view_part(&g->view)->method].written_by,
                   json_pack("{s:s, s:s}", "text", text, "base", ""));
}

static void turns(struct guest *g, const char *command, const struct errand *e)
{
    if (g->view.speaker == e->seat)
        guest_does(g, command,
                   with_seat(g, json_pack("{s:I}", "turn", (json_int_t)e->turn), e->seat));
}

static void answers(struct guest *g, const struct errand *e)
{
    int64_t left = g->view.until - guest_now(g);

    guest_does(g, "turn.answer",
               json_pack("{s:b, s:I}", "answering", (int)e->number, "turn", (json_int_t)e->turn));
    if (e->number && left > 0)
        guest_means(g, DEED_ANSWER, within(g, left, 30, 45), e->turn, 0, 0);
}

void person_does(struct guest *g, const struct errand *e)
{
    switch ((enum deed)e->deed) {
    case DEED_NOTE:
        writes(g, e);
        return;
    case DEED_READY:
        guest_does(g, "ready.set", with_seat(g, json_pack("{s:b}", "ready", 1), e->seat));
        return;
    case DEED_HAND:
        if (g->view.speaker != e->seat && !view_list_has(&g->view.hands, e->seat))
            guest_does(g, "hand.raise", with_seat(g, json_object(), e->seat));
        return;
    case DEED_POINT:
    case DEED_BUILD:
        contributes(g, e, (enum topic)e->number, NULL, NULL);
        return;
    case DEED_IDEA:
        contributes(g, e, TOPIC_IDEA, "answer", chance(g, 50) ? "next_step" : "action");
        return;
    case DEED_JOINT:
        writes_with_others(g, e);
        return;
    case DEED_BOX:
        if (!g->view.shown)
            contributes(g, e, box_texts[e->number].topic, "box", box_enum.names[e->number]);
        return;
    case DEED_SHARE:
        shares(g, e);
        return;
    case DEED_LATER:
        turns(g, "turn.later", e);
        return;
    case DEED_PASS:
        turns(g, "turn.pass", e);
        return;
    case DEED_MORE:
        turns(g, "turn.more", e);
        return;
    case DEED_DONE:
        turns(g, "turn.done", e);
        /* Should the floor stay, because that press was lost: once more. */
        guest_means(g, DEED_DONE, 3 * SECOND, e->turn, e->seat, 0);
        return;
    case DEED_ANSWER:
        if (g->view.speaker)
            answers(g, e);
        return;
    case DEED_DROP:
        guest_drops(g, e->number);
        return;
    }
}
