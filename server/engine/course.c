#include "engine/course.h"

static struct clocks clocks_now(const struct floor_state *f)
{
    bool runs = f->state == STATE_RUNNING, stands = f->state == STATE_PAUSED;

    return (struct clocks){
        .has_until = runs && f->speaker != 0,
        .until = f->until,
        .has_part_until = runs,
        .part_until = f->part_until,
        .has_lap_until = runs && f->lap > 0,
        .lap_until = f->lap_until,
        .has_left = stands && f->speaker != 0,
        .left = f->left,
        .has_part_left = stands,
        .part_left = f->part_left,
        .has_lap_left = stands && f->lap > 0,
        .lap_left = f->lap_left,
        .has_since = stands,
        .since = f->since,
        .has_back = stands && f->has_back,
        .back = f->back,
    };
}

static struct ints borrowed(const struct seats *s)
{
    return (struct ints){ .count = s->count, .at = s->count > 0 ? s->at : NULL };
}

struct course course_now(const struct meeting *m)
{
    const struct floor_state *f = &m->floor;

    return (struct course){
        .state = f->state,
        .part = f->part == PART_NONE ? NULL : m->parts[f->part].part->id,
        .has_speaker = f->speaker != 0,
        .speaker = f->speaker,
        .has_answering = f->answering != 0,
        .answering = f->answering,
        .turn = f->turn,
        .lap = f->lap,
        .laps = f->laps,
        .clocks = clocks_now(f),
        .has_queue = true,
        .queue = borrowed(&f->queue),
        .has_heard = true,
        .heard = borrowed(&f->heard),
        .has_hands = true,
        .hands = borrowed(&m->hands),
        .has_remarks = true,
        .remarks = borrowed(&f->remarks),
        .closed = f->closed,
        .has_fair = true,
        .fair = f->fair,
    };
}
