#include "cli/demo/lead.h"

#include <string.h>

#include "base/alloc.h"
#include "cli/demo/buttons.h"
#include "cli/demo/scribe.h"

enum { SECOND = 1000 };

/* What the facilitator writes, as errands. */
enum deed {
    DEED_SEAT,
    DEED_FIGURES,
    DEED_WALL, /* number: whether the figures come up */
    DEED_FOR,  /* A point for somebody without a phone; number: an enum topic */
    DEED_RECAP,
    DEED_GROUP, /* number: which */
    DEED_BOX,   /* number: an enum box */
    DEED_OPEN,  /* number: which answer */
    DEED_WRITE, /* number: which answer */
    DEED_HINT,
};

struct lead {
    struct guest guest; /* First: a guest is its lead. */
    struct buttons buttons;
    bool stays; /* Leads the meeting, and does not only pace it. */
    bool planned;
    int planned_in; /* The part whose errands are made; -1 for none. */
};

static struct lead *lead_of(struct guest *g)
{
    return (struct lead *)g;
}

void lead_look(struct guest *g)
{
    struct lead *l = lead_of(g);

    if (!l->planned || !g->welcome || crowd_now() < g->free_at)
        return;
    if (l->stays) {
        buttons_look(g, &l->buttons);
    } else { /* The lengths are on their way: the rest is yours. */
        g->ended = true;
        guest_drops(g, 0);
    }
}

static void plan_boxes(struct guest *g, unsigned boxes, int64_t ms)
{
    int percent = 20;

    for (enum box box = BOX_NOT + 1; box < BOX_COUNT; box++) {
        if (!(boxes >> box & 1) || !box_texts[box].scribe)
            continue;
        guest_means(g, DEED_BOX, ms * percent / 100, 0, 0, box);
        percent += 30;
    }
}

static void plan_answers(struct guest *g, int64_t ms)
{
    lead_of(g)->buttons.settled = false;
    for (int i = 0; i < SCRIBE_ANSWERS; i++) {
        guest_means(g, DEED_OPEN, ms * (2 + 13 * i) / 100, 0, 0, i);
        guest_means(g, DEED_WRITE, ms * (11 + 13 * i) / 100, 0, 0, i);
    }
}

/* What is written in a part that begins, in hundredths of its length. */
static void plan_part(struct guest *g, const struct view_part *part)
{
    const struct method_info *is = &method_infos[part->method];
    int64_t ms = part->ms;

    if (is->presented && strcmp(part->id, "3a") == 0) {
        guest_means(g, DEED_WALL, ms * 30 / 100, 0, 0, 1);
        guest_means(g, DEED_WALL, ms * 85 / 100, 0, 0, 0);
    }
    if (is->hands_wait) {
        guest_means(g, DEED_GROUP, ms * 15 / 100, 0, 0, 0);
        guest_means(g, DEED_GROUP, ms * 30 / 100, 0, 0, 1);
    }
    plan_boxes(g, is->boxes, ms);
    if (is->decides)
        plan_answers(g, ms);
}

/* The parts' lengths at the demo's speed: everything else follows from them. */
static void plan_all(struct guest *g)
{
    json_t *slots = json_array();

    for (size_t i = 0; i < g->view.part_count; i++) {
        const struct view_part *p = &g->view.parts[i];
        json_array_append_new(slots,
                              json_pack("{s:s, s:I, s:b}", "part", p->id, "ms",
                                        (json_int_t)(p->ms / g->crowd->speed), "on", (int)p->on));
    }
    guest_does(g, "plan.change", json_pack("{s:o}", "parts", slots));
}

static void first_look(struct guest *g)
{
    struct lead *l = lead_of(g);

    l->planned = true;
    l->buttons.lobby_since = crowd_now();
    if (g->view.state != STATE_LOBBY)
        return;
    if (g->crowd->speed > 1)
        plan_all(g);
    if (!l->stays)
        return;
    guest_means(g, DEED_SEAT, crowd_span(g->crowd, 3 * SECOND, 6 * SECOND), 0, 0, 0);
    guest_means(g, DEED_FIGURES, crowd_span(g->crowd, 6 * SECOND, 8 * SECOND), 0, 0, 0);
}

/* What somebody without a phone says, written down for them. */
static enum topic topic_of(const struct guest *g, const struct view_part *part)
{
    if (method_infos[part->method].builds)
        return g->view.lap > 1 ? TOPIC_AGAIN : TOPIC_FIRST;
    return part->answers ? TOPIC_QUESTION : TOPIC_THOUGHT;
}

static void floor_moves(struct guest *g, const struct view_part *part)
{
    const struct method_info *is = &method_infos[part->method];
    int64_t share = g->view.until - guest_now(g), speaker = g->view.speaker;

    if (!speaker || part->intro || share <= 0)
        return;
    if (!buttons_has_phone(g, speaker))
        guest_means(g, DEED_FOR, share * 45 / 100, g->view.turn, speaker, topic_of(g, part));
    else if (is->laps > 0)
        guest_means(g, DEED_HINT, share * 115 / 100, g->view.turn, speaker, 0);
    if (is->more_laps && g->view.lap == 2 && g->view.heard.count == 0)
        guest_means(g, DEED_RECAP, share / 4, g->view.turn, 0, 0);
}

static void noticed(struct guest *g, unsigned changes)
{
    struct lead *l = lead_of(g);
    const struct view_part *part = view_part(&g->view);

    if (!l->planned)
        first_look(g);
    if (!l->stays || g->view.state != STATE_RUNNING || !part)
        return;
    if ((changes & VIEW_PART) && l->planned_in != g->view.part) {
        l->planned_in = g->view.part;
        plan_part(g, part);
    }
    if (changes & VIEW_SPEAKER)
        floor_moves(g, part);
}

static void does(struct guest *g, const struct errand *e)
{
    switch ((enum deed)e->deed) {
    case DEED_SEAT:
        guest_does(g, "seat.add",
                   json_pack("{s:s, s:s, s:s}", "name", "Karen", "function", "Skolebestyrelse",
                             "device", "none"));
        return;
    case DEED_FIGURES:
        scribe_figures(g);
        return;
    case DEED_WALL:
        scribe_wall(g, e->number != 0);
        return;
    case DEED_FOR: {
        const char *text = crowd_text(g->crowd, (enum topic)e->number);
        if (text)
            guest_does(g, "contribution.add",
                       json_pack("{s:s, s:I}", "text", text, "seat", (json_int_t)e->seat));
        return;
    }
    case DEED_RECAP:
        scribe_recap(g);
        return;
    case DEED_GROUP:
        scribe_group(g, (size_t)e->number);
        return;
    case DEED_BOX:
        scribe_box(g, (enum box)e->number);
        return;
    case DEED_OPEN:
        guest_does(g, "decision.open",
                   json_pack("{s:s}", "answer", scribe_answer((size_t)e->number)));
        return;
    case DEED_WRITE:
        scribe_write(g, (size_t)e->number);
        lead_of(g)->buttons.settled = e->number == SCRIBE_ANSWERS - 1;
        return;
    case DEED_HINT:
        if (g->view.speaker)
            guest_does(g, "floor.hint", json_object());
        return;
    }
}

static const struct guest_ops ops = { .noticed = noticed, .does = does };

struct guest *lead_new(const char *key, size_t expected)
{
    struct lead *l = alloc_many(1, sizeof(*l));

    if (!l)
        return NULL;
    l->guest.ops = &ops;
    l->guest.as = "console";
    l->guest.key = key;
    l->stays = true;
    l->buttons.expected = expected;
    l->planned_in = -1;
    return &l->guest;
}

struct guest *pacer_new(const char *key)
{
    struct guest *g = lead_new(key, 0);

    if (g)
        lead_of(g)->stays = false;
    return g;
}
