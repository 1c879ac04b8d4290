#include <assert.h>

#include "dispatch.gen.h"
#include "engine/roster.h"
#include "engine/turn.h"

enum refusal leaving_decide(const struct meeting *m, const struct command *c,
                            const struct step *step, struct facts *out)
{
    struct text *leaves = c->with.seat_leaves.leaves;
    int64_t seat = 0;

    assert(c->kind == COMMAND_SEAT_LEAVES);
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    enum refusal refusal = turn_whose(m, step, true, c->with.seat_leaves.seat, &seat);
    if (refusal != REFUSED_NOT)
        return refusal;
    if (text_same(leaves, roster_seat(m, seat)->leaves))
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_SEAT_LEAVES)->is.seat_leaves =
        (struct fact_seat_leaves){ .seat = seat, .leaves = text_ref(leaves) };
    return REFUSED_NOT;
}

void leaving_apply(struct meeting *m, const struct fact *f)
{
    assert(f->kind == FACT_SEAT_LEAVES && roster_has(m, f->is.seat_leaves.seat));
    text_put(&m->seats[f->is.seat_leaves.seat - 1].leaves, f->is.seat_leaves.leaves);
}
