/* schedule_apply.c -- the plan and the clocks, as facts make them. */
#include <assert.h>

#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/schedule.h"

void part_began_apply(struct meeting *m, const struct fact_part_began *f)
{
    int part = agenda_find(m, f->part);

    assert(part != PART_NONE);
    m->floor.state = STATE_RUNNING;
    m->floor.part = part;
    m->floor.speaker = 0;
    m->floor.lap = m->floor.laps = 0;
    m->floor.part_until = f->until;
    m->floor.closed = false;
    m->floor.queue.count = m->floor.heard.count = m->floor.remarks.count = 0;
    m->floor.fair = !m->parts[part].part->has_fair || m->parts[part].part->fair;
    m->hands.count = m->ready.count = m->passed.count = 0;
    m->part_up = m->turn_up = m->restarted = false;
    m->hinted = 0;
    m->parts[part].begun = true;
    m->parts[part].began = m->at;
}

void plan_changed_apply(struct meeting *m, const struct fact_plan_changed *f)
{
    const struct slot_list *slots = &f->parts;

    for (size_t i = 0; i < slots->count; i++) {
        int part = agenda_find(m, slots->at[i].part);
        assert(part != PART_NONE);
        m->parts[part].ms = slots->at[i].ms;
        m->parts[part].on = slots->at[i].on;
    }
    if (f->has_begins) {
        m->promise.has_begins = true;
        m->promise.begins = f->begins;
    }
    if (f->has_ends) {
        m->promise.has_ends = true;
        m->promise.ends = f->ends;
    }
}

void clock_changed_apply(struct meeting *m, const struct fact_clock_changed *f)
{
    struct floor_state *floor = &m->floor;

    m->parts[floor->part].ms = f->ms;
    if (f->has_part_until) {
        floor->part_until = f->part_until;
        m->part_up = m->part_up && instant_reached(m->at, f->part_until);
    }
    if (f->has_lap_until)
        floor->lap_until = f->lap_until;
    if (f->has_part_left) {
        floor->part_left = f->part_left;
        m->part_up = m->part_up && f->part_left.ms <= 0;
    }
    if (f->has_lap_left)
        floor->lap_left = f->lap_left;
}

void clock_corrected_apply(struct meeting *m, const struct fact_clock_corrected *f)
{
    struct floor_state *floor = &m->floor;

    m->parts[floor->part].began.ms -= f->ms.ms;
    if (f->from)
        m->parts[agenda_find(m, f->from)].used.ms -= f->ms.ms;
    if (f->has_began)
        m->began = f->began;
    if (f->has_part_until)
        floor->part_until = f->part_until;
    if (f->has_lap_until)
        floor->lap_until = f->lap_until;
    if (f->has_part_left)
        floor->part_left = f->part_left;
    if (f->has_lap_left)
        floor->lap_left = f->lap_left;
    m->part_up |= f->has_part_until ? instant_reached(m->at, f->part_until) : f->part_left.ms <= 0;
}

void clock_paused_apply(struct meeting *m, const struct fact_clock_paused *f)
{
    assert(m->floor.state == STATE_RUNNING);
    m->floor.state = STATE_PAUSED;
    m->floor.left = f->left;
    m->floor.part_left = f->part_left;
    m->floor.lap_left = f->lap_left;
    m->floor.since = f->has_restart ? f->restart : m->at;
    m->floor.has_back = f->has_back;
    m->floor.back = f->back;
    m->restarted = f->has_restart;
    m->restart = f->restart;
}

void pause_changed_apply(struct meeting *m, const struct fact_pause_changed *f)
{
    assert(m->floor.state == STATE_PAUSED);
    m->floor.has_back = f->has_back;
    m->floor.back = f->back;
}

void clock_resumed_apply(struct meeting *m, const struct fact_clock_resumed *f)
{
    assert(m->floor.state == STATE_PAUSED);
    m->floor.state = STATE_RUNNING;
    m->floor.until = f->until;
    m->floor.part_until = f->part_until;
    m->floor.lap_until = f->lap_until;
    m->restarted = false;
}

void part_ended_apply(struct meeting *m, const struct fact_part_ended *f)
{
    m->parts[m->floor.part].used = f->used;
    m->floor.speaker = 0;
    m->floor.before = m->floor.part;
    m->passed.count = 0;
    m->hinted = 0;
}

void time_up_apply(struct meeting *m, const struct fact_time_up *f)
{
    if (f->of == DEADLINE_TURN)
        m->turn_up = true;
    else
        m->part_up = true;
}
