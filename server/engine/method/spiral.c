/* spiral.c -- round the table more than once, each lap building on the ones before it. */
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/lap.h"
#include "engine/method/method.h"
#include "engine/roster.h"
#include "engine/turn.h"

/* Everyone who has not left must be able to get the floor for the shortest turn. */
static bool has_time(const struct meeting *m, const struct context *context)
{
    int64_t seats = lap_people(m, m->floor.part);
    struct span left = m->floor.state == STATE_PAUSED
                           ? m->floor.part_left
                           : instant_left(context->now, m->floor.part_until);
    return left.ms >= agenda_turn_min(m->parts[m->floor.part].part).ms * seats;
}

enum refusal lap_add_decide(const struct meeting *m, const struct context *context,
                            struct facts *out)
{
    enum refusal refusal = turn_open(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    if (m->parts[m->floor.part].part->method != METHOD_SPIRAL)
        return REFUSED_WRONG_METHOD;
    if (m->floor.laps >= LIMIT_LAPS)
        return REFUSED_LAPS_FULL;
    if (!has_time(m, context))
        return REFUSED_NO_TIME;

    facts_add(out, FACT_LAP_ADDED)->is.lap_added.laps = m->floor.laps + 1;
    bool between = m->floor.speaker == 0 && m->floor.queue.count == 0;
    if (between)
        lap_begins(m, m->floor.part, m->floor.lap + 1, m->floor.laps + 1, m->floor.part_until, out);
    return REFUSED_NOT;
}

void lap_added_apply(struct meeting *m, const struct fact_lap_added *f)
{
    m->floor.laps = f->laps;
}
