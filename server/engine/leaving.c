/* leaving.c -- who has to go before the end, and when. */
#include <assert.h>

#include "dispatch.gen.h"
#include "engine/roster.h"
#include "engine/turn.h"
#include "engine/undo_values.h"

enum refusal seat_leaves_decide(const struct meeting *m, const struct command_seat_leaves *c,
                                const struct context *context, struct facts *out)
{
    int64_t seat = 0;

    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    enum refusal refusal = turn_whose(m, context, true, c->leaving.seat, &seat);
    if (refusal != REFUSED_NOT)
        return refusal;
    if (text_same(c->leaving.leaves, roster_seat(m, seat)->leaves))
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_SEAT_LEAVES)->is.seat_leaves.leaving =
        (struct leaving){ .seat = seat, .leaves = text_ref(c->leaving.leaves) };
    return REFUSED_NOT;
}

bool seat_leaves_keep(const struct meeting *m, const struct command_seat_leaves *c,
                      const struct context *context, struct keeping *keeping, struct facts *out)
{
    struct fact_undo_kept *kept = keeping->kept;

    kept->has_was = kept->has_became = roster_has(m, c->leaving.seat);
    if (!kept->has_was)
        return true;
    kept->was.leaves = text_ref(roster_seat(m, c->leaving.seat)->leaves);
    kept->became.leaves = text_ref(c->leaving.leaves);
    return true;
}

void seat_leaves_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    int64_t seat = undo_seat(then, kept);

    if (seat == 0 || !undo_has_values(kept))
        return;
    struct text *leaves = roster_seat(then, seat)->leaves;
    if (text_same(leaves, kept->became.leaves) && !text_same(leaves, kept->was.leaves))
        facts_add(out, FACT_SEAT_LEAVES)->is.seat_leaves.leaving =
            (struct leaving){ .seat = seat, .leaves = text_ref(kept->was.leaves) };
}

void seat_leaves_apply(struct meeting *m, const struct fact_seat_leaves *f)
{
    assert(roster_has(m, f->leaving.seat));
    text_put(&m->seats[f->leaving.seat - 1].leaves, f->leaving.leaves);
}
