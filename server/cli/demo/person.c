#include "cli/demo/person.h"

#include "base/alloc.h"
#include "cli/demo/person_inside.h"

enum {
    MINUTE = 60000,
    SECOND = 1000,
    MORE_WORTH = 40 * SECOND,
    TALK_LONG = 5 * MINUTE, /* A talk of at least this is listened to with a pencil. */
};

/* The character at this seat of the phone. */
static const struct character *at_seat(const struct guest *g, int64_t seat)
{
    for (size_t i = 0; i < g->seat_count && i < g->who_count; i++)
        if (g->seats[i] == seat)
            return g->who[i];
    return g->who[0];
}

/* What each person at the phone means to do in a part that begins, or that they come into. */

static void plan_silence(struct guest *g, int64_t left, int64_t seat)
{
    guest_means(g, DEED_NOTE, within(g, left, 10, 40), 0, seat, TOPIC_THOUGHT);
    if (chance(g, 50))
        guest_means(g, DEED_NOTE, within(g, left, 45, 75), 0, seat, TOPIC_THOUGHT);
    guest_means(g, DEED_READY, within(g, left, 78, 98), 0, seat, 0);
}

static void plan_hands(struct guest *g, int64_t left, int64_t seat)
{
    bool eager = at_seat(g, seat)->traits & TRAIT_EAGER;

    if (eager || chance(g, 60))
        guest_means(g, DEED_HAND, within(g, left, 2, 45), 0, seat, 0);
    if (eager)
        guest_means(g, DEED_HAND, within(g, left, 50, 80), 0, seat, 0);
}

static void plan_boxes(struct guest *g, unsigned boxes, int64_t left, int64_t seat)
{
    for (enum box box = BOX_NOT + 1; box < BOX_COUNT; box++) {
        const struct box_texts *texts = &box_texts[box];
        if (boxes >> box & 1 && chance(g, texts->percent))
            guest_means(g, DEED_BOX, within(g, left, texts->from, texts->to), 0, seat, box);
    }
}

static void plan_part(struct guest *g, const struct view_part *part, int64_t left, int64_t seat)
{
    const struct method_info *is = &method_infos[part->method];

    if (is->presented && part->ms >= TALK_LONG / g->crowd->speed && chance(g, 60))
        guest_means(g, DEED_NOTE, within(g, left, 30, 85), 0, seat, TOPIC_QUESTION);
    if (is->silent)
        plan_silence(g, left, seat);
    if (is->hands_wait)
        plan_hands(g, left, seat);
    if (is->takes_suggestions && chance(g, 50))
        guest_means(g, DEED_IDEA, within(g, left, 2, 40), 0, seat, 0);
    if (is->written_by) /* Whoever comes first to it writes for all. */
        guest_means(g, DEED_JOINT, within(g, left, 25, 75), 0, seat, TOPIC_JOINT);
    plan_boxes(g, is->boxes, left, seat);
}

static void part_comes(struct guest *g)
{
    const struct view_part *part = view_part(&g->view);

    /* After a pause, or when the phone was away, the plans stand. */
    if (!part || g->view.state != STATE_RUNNING || person_of(g)->planned_in == g->view.part)
        return;
    person_of(g)->planned_in = g->view.part;
    int64_t left = g->view.part_until - guest_now(g);
    for (size_t i = 0; i < g->seat_count; i++)
        plan_part(g, part, left, g->seats[i]);
    if ((at_seat(g, g->seats[0])->traits & TRAIT_UNSTEADY) && chance(g, 50))
        guest_means(g, DEED_DROP, within(g, left, 10, 70), 0, 0,
                    crowd_span(g->crowd, 20 * SECOND, 2 * MINUTE));
}

/* What somebody says in a turn, and when: most keep to their time. */

static void plan_words(struct guest *g, const struct view_part *part, int64_t share, int64_t seat)
{
    const struct method_info *is = &method_infos[part->method];
    int64_t turn = g->view.turn;

    if (is->builds)
        guest_means(g, g->view.lap > 1 ? DEED_BUILD : DEED_POINT, within(g, share, 30, 50), turn,
                    seat, g->view.lap > 1 ? TOPIC_AGAIN : TOPIC_FIRST);
    else if (is->hands_wait)
        guest_means(g, DEED_POINT, within(g, share, 30, 50), turn, seat, TOPIC_DIALOGUE);
    else if (is->laps > 0 && !is->sealed)
        guest_means(g, DEED_SHARE, within(g, share, 30, 50), turn, seat, 0);
}

static bool gives_it_away(struct guest *g, int64_t share, int64_t seat)
{
    struct person *p = person_of(g);
    unsigned traits = at_seat(g, seat)->traits;
    int part = g->view.part;

    if ((traits & TRAIT_DEFERS) && p->deferred_in != part && g->view.queue.count > 0) {
        p->deferred_in = part;
        guest_means(g, DEED_LATER, within(g, share, 8, 15), g->view.turn, seat, 0);
        return true;
    }
    if ((traits & TRAIT_PASSES) && p->passed_in < 0) {
        p->passed_in = part;
        guest_means(g, DEED_PASS, within(g, share, 8, 15), g->view.turn, seat, 0);
        return true;
    }
    return false;
}

static void my_turn(struct guest *g, const struct view_part *part, int64_t seat)
{
    struct person *p = person_of(g);
    unsigned traits = at_seat(g, seat)->traits;
    int64_t share = g->view.until - guest_now(g), turn = g->view.turn;
    bool laps = method_infos[part->method].laps > 0;

    /* There are shares in laps alone: elsewhere people say what they have to say. */
    if (share <= 0 || !laps)
        share = crowd_span(g->crowd, 40 * SECOND, 100 * SECOND);
    if (laps && gives_it_away(g, share, seat))
        return;
    plan_words(g, part, share, seat);
    if ((traits & TRAIT_FLAT) && !(p->spent & TRAIT_FLAT) && laps) {
        p->spent |= TRAIT_FLAT;
        guest_means(g, DEED_DROP, share * 55 / 100, turn, seat, share / 2);
    }
    if (traits & TRAIT_LONG) {
        if (share > MORE_WORTH) /* Half a minute more is half a minute at any speed. */
            guest_means(g, DEED_MORE, share * 95 / 100, turn, seat, 0);
        guest_means(g, DEED_DONE, within(g, share, 108, 125), turn, seat, 0);
    } else {
        guest_means(g, DEED_DONE, within(g, share, 60, 98), turn, seat, 0);
    }
}

static void floor_moves(struct guest *g)
{
    const struct view_part *part = view_part(&g->view);
    int64_t speaker = g->view.speaker;

    /* In a presentation round phones show no turn: the facilitator taps each name. */
    if (!part || !speaker || part->intro)
        return;
    if (guest_holds(g, speaker)) {
        my_turn(g, part, speaker);
    } else if (part->answers && (g->who[0]->traits & TRAIT_PRESENTS)) {
        int64_t share = g->view.until - guest_now(g);
        guest_means(g, DEED_ANSWER, within(g, share, 25, 35), g->view.turn, 0, 1);
    }
}

static void noticed(struct guest *g, unsigned changes)
{
    if (g->view.state == STATE_CLOSED)
        g->errand_count = 0;
    if (changes & VIEW_PART)
        part_comes(g);
    if (changes & VIEW_SPEAKER)
        floor_moves(g);
}

static const struct guest_ops ops = { .noticed = noticed, .does = person_does };

struct guest *person_new(const struct character *who, size_t who_count)
{
    struct person *p = alloc_many(1, sizeof(*p));

    if (!p)
        return NULL;
    p->guest.ops = &ops;
    p->guest.as = "phone";
    for (size_t i = 0; i < who_count && i < GUEST_SEATS; i++)
        p->guest.who[p->guest.who_count++] = &who[i];
    p->planned_in = p->deferred_in = p->passed_in = -1;
    return &p->guest;
}
