#include "engine/lap.h"

#include <assert.h>

#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/duty.h"
#include "engine/roster.h"
#include "engine/together.h"
#include "engine/turn.h"

/* A seat whose function is that of whoever opens the meeting. */
static bool leads(const struct meeting *m, int64_t seat)
{
    const struct item *first = &m->agenda.items.at[0];

    for (size_t i = 0; i < first->responsible.count; i++)
        if (duty_fits(roster_seat(m, seat)->function, first->responsible.at[i]))
            return true;
    return false;
}

/* Whether whoever has this duty in the part goes without a turn there. */
static bool turnless(const struct part *p, enum duty duty)
{
    return duty == DUTY_PRESENTER ? p->has_presenter_turn && !p->presenter_turn
                                  : p->has_facilitator_turn && !p->facilitator_turn;
}

static bool spared(const struct meeting *m, int part, int64_t seat)
{
    const struct part *p = m->parts[part].part;

    for (enum duty duty = DUTY_NOT + 1; duty < DUTY_COUNT; duty++)
        if (turnless(p, duty) && duty_seat(m, part, duty) == seat)
            return true;
    return false;
}

bool lap_takes_newcomer(const struct meeting *m, int part, const struct text *function)
{
    const struct part *p = m->parts[part].part;

    for (enum duty duty = DUTY_NOT + 1; duty < DUTY_COUNT; duty++)
        if (turnless(p, duty) && duty_awaits(m, part, duty, function))
            return false;
    return true;
}

bool lap_takes(const struct meeting *m, int part, int64_t seat)
{
    assert(part >= 0 && part < (int)m->part_count);
    return roster_seat(m, seat)->presence != PRESENCE_LEFT && !spared(m, part, seat);
}

bool lap_gives(const struct meeting *m, int part, int64_t seat)
{
    return lap_takes(m, part, seat) && !together_joins(m, part, roster_seat(m, seat)->with);
}

int64_t lap_people(const struct meeting *m, int part)
{
    int64_t people = 0;

    for (size_t i = 0; i < m->table.count; i++)
        people += lap_takes(m, part, m->table.at[i]);
    return people;
}

/* What lap_gives will say when seat `leaving` has gone: those at its phone then have turns of their
 * own. */
static bool gives_without(const struct meeting *m, int part, int64_t seat, int64_t leaving)
{
    bool orphan = leaving != 0 && roster_seat(m, seat)->with == leaving;

    return orphan ? lap_takes(m, part, seat) : lap_gives(m, part, seat);
}

static void lap_adds(const struct meeting *m, int part, int64_t leaving, struct seats *order,
                     bool leaders)
{
    enum start start = m->parts[part].part->start;

    for (size_t i = 0; i < m->table.count; i++) {
        bool back = start == START_REVERSED;
        int64_t seat = m->table.at[back ? m->table.count - 1 - i : i];
        if (!gives_without(m, part, seat, leaving))
            continue;
        if (start != START_LEADER_LAST || leads(m, seat) == leaders)
            seats_push(order, seat);
    }
}

/* How many laps are planned when the part begins; 0: it has none. Where texts are sealed, people
 * write first, and the lap begins when they are shown. */
static int64_t laps_of(const struct part *p)
{
    const struct method_info *method = &method_infos[p->method];

    if (method->sealed)
        return 0;
    return method->more_laps && p->has_laps ? p->laps : method->laps;
}

bool lap_volunteers(const struct meeting *m, int part)
{
    const struct part *p = m->parts[part].part;

    return p->start == START_VOLUNTEERS && laps_of(p) > 0;
}

/* The order of a lap that begins now, without seat `leaving` (0: nobody leaves). */
static bool lap_order(const struct meeting *m, int part, int64_t leaving, struct seats *ret_order)
{
    struct seats order = { 0 };

    if (!seats_reserve(&order, m->table.count))
        return false;
    for (size_t i = 0; i < m->hands.count; i++)
        if (lap_volunteers(m, part) && gives_without(m, part, m->hands.at[i], leaving))
            seats_push(&order, m->hands.at[i]);
    lap_adds(m, part, leaving, &order, false);
    lap_adds(m, part, leaving, &order, true);
    seats_take(&order, leaving);
    *ret_order = order;
    return true;
}

void lap_begins(const struct meeting *m, int part, int64_t lap, int64_t laps, struct instant until,
                struct facts *out)
{
    struct fact *f = facts_add(out, FACT_LAP_BEGAN);
    struct seats order = { 0 };

    f->is.lap_began = (struct fact_lap_began){ .lap = lap, .laps = laps, .until = until };
    if (!lap_order(m, part, 0, &order))
        out->failed = true;
    else
        facts_order(out, &f->is.lap_began.order, &order);
    seats_free(&order);
}

static void next_lap(const struct meeting *m, const struct seats *order, int64_t leaving,
                     const struct context *context, struct facts *out)
{
    const struct floor_state *f = &m->floor;
    struct span left = instant_left(context->now, f->part_until);
    int64_t first = 0, people = 0;

    for (size_t i = 0; i < order->count; i++) {
        people += together_voices_anew(m, f->part, order->at[i], leaving);
        if (first == 0 && roster_seat(m, order->at[i])->presence == PRESENCE_HERE)
            first = order->at[i];
    }
    if (first == 0 || left.ms < agenda_turn_min(m->parts[f->part].part).ms * people)
        return;
    left.ms /= f->laps - f->lap;
    struct instant until = instant_after(context->now, left);
    struct fact_lap_began *to = &facts_add(out, FACT_LAP_BEGAN)->is.lap_began;
    *to = (struct fact_lap_began){ .lap = f->lap + 1, .laps = f->laps, .until = until };
    facts_order(out, &to->order, order);
    const struct slice slice = { people, together_voices_anew(m, f->part, first, leaving) };
    turn_begins(m, first, f->lap + 1, until, slice, context->now, out);
}

void lap_part_begins(const struct meeting *m, int part, struct instant now, struct instant until,
                     struct facts *out)
{
    const struct part *p = m->parts[part].part;
    int64_t laps = laps_of(p);
    int64_t percent = p->has_first_lap ? p->first_lap : 60;

    if (laps == 0)
        return;
    struct span left = instant_left(now, until);
    if (laps > 1)
        left.ms = left.ms * percent / 100;
    lap_begins(m, part, 1, laps, instant_after(now, left), out);
}

void lap_over(const struct meeting *m, bool passing, int64_t leaving, const struct context *context,
              struct facts *out)
{
    const struct floor_state *f = &m->floor;
    struct seats order = { 0 };

    facts_add(out, FACT_LAP_ENDED)->is.lap_ended.lap = f->lap;
    bool silent = passing && m->passed.count == f->heard.count;
    if (f->lap >= f->laps || silent)
        return;
    if (lap_order(m, f->part, leaving, &order))
        next_lap(m, &order, leaving, context, out);
    else
        out->failed = true;
    seats_free(&order);
}

void lap_began_apply(struct meeting *m, const struct fact_lap_began *f)
{
    m->floor.lap = f->lap;
    m->floor.laps = f->laps;
    m->floor.lap_until = f->until;
    seats_set(&m->floor.queue, &f->order);
    m->floor.heard.count = 0;
    m->passed.count = 0;
}

void lap_ended_apply(struct meeting *m, const struct fact_lap_ended *f)
{
    assert(m->floor.lap == f->lap);
}
