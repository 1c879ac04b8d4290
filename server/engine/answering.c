#include "engine/answering.h"

#include <assert.h>

#include "dispatch.gen.h"
#include "engine/duty.h"
#include "engine/roster.h"
#include "engine/turn.h"

static void tell(const struct meeting *m, int64_t seat, bool answering, struct facts *out)
{
    facts_add(out, FACT_TURN_ANSWERING)->is.turn_answering =
        (struct fact_turn_answering){ .seat = seat, .turn = m->floor.turn, .answering = answering };
}

void answering_seat_leaves(const struct meeting *m, int64_t seat, struct facts *out)
{
    assert(seat > 0);
    if (m->floor.answering == seat)
        tell(m, seat, false, out);
}

/* Who is to answer: the one whom the console names, else whoever presents the part. */
static enum refusal answerer(const struct meeting *m, const struct command_turn_answer *c,
                             const struct context *context, int64_t *ret_seat)
{
    int64_t seat = c->has_seat ? c->seat : duty_seat(m, m->floor.part, DUTY_PRESENTER);

    if (c->has_seat && context->role == ROLE_PHONE)
        return REFUSED_NOT_YOURS;
    if (!c->answering && m->floor.answering != 0)
        seat = m->floor.answering;
    if (!roster_has(m, seat))
        return REFUSED_NO_SUCH_SEAT;
    if (roster_seat(m, seat)->presence == PRESENCE_LEFT)
        return REFUSED_SEAT_LEFT;
    *ret_seat = seat;
    return REFUSED_NOT;
}

/* Whether the asker may say so: the console may, and the phones of whoever asked and of `seat`. */
static bool concerns(const struct meeting *m, const struct context *context, int64_t seat)
{
    bool own = context->role != ROLE_PHONE;

    for (size_t i = 0; i < context->own_count; i++)
        own |= context->own[i] == seat || context->own[i] == m->floor.speaker;
    return own;
}

enum refusal turn_answer_decide(const struct meeting *m, const struct command_turn_answer *c,
                                const struct context *context, struct facts *out)
{
    enum refusal refusal = turn_open(m);
    int64_t seat = 0;

    if (refusal != REFUSED_NOT)
        return refusal;
    if (!m->parts[m->floor.part].part->answers)
        return REFUSED_WRONG_METHOD;
    if (c->has_turn && (c->turn != m->floor.turn || m->floor.speaker == 0))
        return REFUSED_ALREADY_MOVED;
    if (m->floor.speaker == 0)
        return REFUSED_NOBODY_SPEAKS;
    refusal = answerer(m, c, context, &seat);
    if (refusal != REFUSED_NOT)
        return refusal;
    if (!concerns(m, context, seat))
        return REFUSED_NOT_YOUR_TURN;
    /* Whoever has the floor needs no leave to answer. */
    if ((m->floor.answering == seat) == c->answering || seat == m->floor.speaker)
        return REFUSED_NOTHING_CHANGED;
    tell(m, seat, c->answering, out);
    return REFUSED_NOT;
}

void turn_answering_apply(struct meeting *m, const struct fact_turn_answering *f)
{
    assert(f->turn == m->floor.turn);
    m->floor.answering = f->answering ? f->seat : 0;
    m->hinted = 0; /* Another is heard now. */
}
