#include "engine/schedule.h"

#include <assert.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/lap.h"
#include "engine/method/method.h"
#include "engine/notes.h"
#include "engine/roster.h"
#include "engine/turn.h"

/* What is left of the running part; negative in overtime. */
static struct span part_left(const struct meeting *m, struct instant now)
{
    if (m->floor.state == STATE_PAUSED)
        return m->floor.part_left;
    return (struct span){ m->floor.part_until.ms - now.ms };
}

struct span schedule_used(const struct meeting *m, int part, struct instant now)
{
    assert(part >= 0 && part < (int)m->part_count);
    const struct progress_state *p = &m->parts[part];
    bool live = part == m->floor.part &&
                (m->floor.state == STATE_RUNNING || m->floor.state == STATE_PAUSED);

    return live ? (struct span){ p->ms.ms - part_left(m, now).ms } : p->used;
}

/* What a part without minutes of its own may take: what the part that it shares with has left, and
 * no less than the shortest turn for everybody. */
static struct span shared_ms(const struct meeting *m, int part, struct instant now)
{
    const struct part *p = m->parts[part].part;
    int with = agenda_find(m, p->shares);
    int64_t seats = lap_people(m, part);
    int64_t least = agenda_turn_min(p).ms * (seats > 0 ? seats : 1);
    int64_t left = with == PART_NONE ? 0 : m->parts[with].ms.ms - schedule_used(m, with, now).ms;
    return (struct span){ left > least ? left : least };
}

/* What the part may take in all if it begins now. A part that comes again after its time was spent
 * gets more than was planned. */
static struct span ms_at_beginning(const struct meeting *m, int part, struct instant now)
{
    const struct progress_state *p = &m->parts[part];

    struct span used = schedule_used(m, part, now);
    if (p->part->shares && p->ms.ms == 0) {
        int64_t more = shared_ms(m, part, now).ms;
        if (used.ms > 0 && more < PART_MIN_MS)
            more = PART_MIN_MS;
        return (struct span){ used.ms + more };
    }
    if (used.ms > 0 && p->ms.ms - used.ms < PART_MIN_MS)
        return (struct span){ used.ms + PART_MIN_MS };
    return p->ms;
}

static struct slot *add_slot(const struct meeting *m, int part, struct span ms, bool on,
                             struct facts *out)
{
    struct fact *f = facts_add(out, FACT_PLAN_CHANGED);
    struct slot *slot = alloc_many(1, sizeof(*slot));

    if (!slot) {
        out->failed = true;
        return NULL;
    }
    *slot = (struct slot){ .part = text_ref(m->parts[part].part->id), .ms = ms, .on = on };
    f->is.plan_changed.parts = (struct slot_list){ .count = 1, .at = slot };
    return slot;
}

void schedule_leave(const struct meeting *m, const struct context *context, struct facts *out)
{
    if (m->floor.part == PART_NONE)
        return;
    const struct method_hooks *hooks = method_hooks_of(m, m->floor.part);

    turn_part_ends(m, out);
    if (hooks->end)
        hooks->end(m, context, out);
    facts_add(out, FACT_PART_ENDED)->is.part_ended = (struct fact_part_ended){
        .part = text_ref(m->parts[m->floor.part].part->id),
        .used = schedule_used(m, m->floor.part, context->now),
    };
}

void schedule_move(const struct meeting *m, int part, const struct context *context,
                   struct facts *out)
{
    assert(part >= 0 && part < (int)m->part_count);
    const struct progress_state *p = &m->parts[part];
    struct span ms = ms_at_beginning(m, part, context->now);
    struct span used = schedule_used(m, part, context->now);
    struct instant until = instant_after(context->now, (struct span){ ms.ms - used.ms });

    schedule_leave(m, context, out);
    if (ms.ms != p->ms.ms || !p->on)
        add_slot(m, part, ms, true, out);
    facts_add(out, FACT_PART_BEGAN)->is.part_began =
        (struct fact_part_began){ .part = text_ref(p->part->id), .until = until };
    lap_part_begins(m, part, context->now, until, out);
    if (method_hooks_of(m, part)->begin)
        method_hooks_of(m, part)->begin(m, part, context, out);
}

bool schedule_wake_at(const struct meeting *m, struct instant *ret_at)
{
    bool timed = false;

    if (m->floor.state != STATE_RUNNING)
        return false;
    if (!m->part_up) {
        *ret_at = m->floor.part_until;
        timed = true;
    }
    if (m->floor.speaker != 0 && !m->turn_up) {
        if (!timed || m->floor.until.ms < ret_at->ms)
            *ret_at = m->floor.until;
        timed = true;
    }
    return timed;
}

enum refusal time_wake_decide(const struct meeting *m, const struct context *context,
                              struct facts *out)
{
    struct instant now = context->now;

    if (m->floor.state == STATE_CLOSED)
        return notes_expire(m, now, out);
    if (m->floor.state != STATE_RUNNING)
        return REFUSED_TOO_EARLY;
    struct text *part = m->parts[m->floor.part].part->id;
    if (m->floor.speaker != 0 && !m->turn_up && instant_reached(now, m->floor.until))
        facts_add(out, FACT_TIME_UP)->is.time_up = (struct fact_time_up){
            .of = DEADLINE_TURN,
            .part = text_ref(part),
            .has_seat = true,
            .seat = m->floor.speaker,
            .has_turn = true,
            .turn = m->floor.turn,
        };
    if (!m->part_up && instant_reached(now, m->floor.part_until))
        facts_add(out, FACT_TIME_UP)->is.time_up =
            (struct fact_time_up){ .of = DEADLINE_PART, .part = text_ref(part) };
    return out->count > 0 ? REFUSED_NOT : REFUSED_TOO_EARLY;
}

static enum refusal step_to(const struct meeting *m, const struct text *from, bool forward,
                            const struct context *context, struct facts *out)
{
    enum refusal refusal = turn_open_or_paused(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    if (from && !text_same(from, m->parts[m->floor.part].part->id))
        return REFUSED_ALREADY_MOVED;
    int to = forward ? agenda_after(m, m->floor.part) : agenda_before(m, m->floor.part);
    if (to == PART_NONE)
        return forward ? REFUSED_NO_NEXT_PART : REFUSED_NO_PREVIOUS_PART;
    schedule_move(m, to, context, out);
    return REFUSED_NOT;
}

enum refusal part_next_decide(const struct meeting *m, const struct command_part_next *c,
                              const struct context *context, struct facts *out)
{
    return step_to(m, c->from, true, context, out);
}

enum refusal part_back_decide(const struct meeting *m, const struct command_part_back *c,
                              const struct context *context, struct facts *out)
{
    return step_to(m, c->from, false, context, out);
}

enum refusal part_goto_decide(const struct meeting *m, const struct command_part_goto *c,
                              const struct context *context, struct facts *out)
{
    enum refusal refusal = turn_open_or_paused(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    int to = agenda_find(m, c->part);
    if (to == PART_NONE)
        return REFUSED_NO_SUCH_PART;
    if (to == m->floor.part)
        return REFUSED_PART_RUNNING;
    schedule_move(m, to, context, out);
    return REFUSED_NOT;
}

/* Whether a part may get this length, and be switched so. */
static enum refusal may_change(const struct meeting *m, int part, bool on, bool lengthens)
{
    if (part == PART_NONE)
        return REFUSED_NO_SUCH_PART;
    const struct progress_state *p = &m->parts[part];
    if (part == m->floor.part)
        return REFUSED_PART_RUNNING;
    if (lengthens && p->begun && part < m->floor.part)
        return REFUSED_PART_OVER;
    if (on != p->on && !(p->part->has_optional && p->part->optional))
        return REFUSED_PART_NOT_OPTIONAL;
    return REFUSED_NOT;
}

enum refusal part_switch_decide(const struct meeting *m, const struct command_part_switch *c,
                                const struct context *context, struct facts *out)
{
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    int part = agenda_find(m, c->part);
    enum refusal refusal = may_change(m, part, c->on, false);
    if (refusal != REFUSED_NOT)
        return refusal;
    add_slot(m, part, m->parts[part].ms, c->on, out);
    return REFUSED_NOT;
}

enum refusal plan_change_decide(const struct meeting *m, const struct command_plan_change *c,
                                const struct context *context, struct facts *out)
{
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    for (size_t i = 0; i < c->parts.count; i++) {
        const struct slot *slot = &c->parts.at[i];
        enum refusal refusal = may_change(m, agenda_find(m, slot->part), slot->on, true);
        if (refusal != REFUSED_NOT)
            return refusal;
        if (slot->ms.ms < 0 || slot->ms.ms > LIMIT_PART_MS) {
            out->field = "parts.ms";
            return REFUSED_BAD_FIELD;
        }
    }
    if (c->has_ends && c->ends.ms <= context->now.ms) {
        out->field = "ends";
        return REFUSED_BAD_FIELD;
    }
    /* While no part is over, the whole plan moves with its end. */
    bool moves = c->has_ends && m->started && m->floor.before == PART_NONE;
    const struct fact_plan_changed borrowed = {
        .parts = c->parts,
        .has_ends = c->has_ends,
        .ends = c->ends,
        .has_begins = moves,
        .begins = { moves ? c->ends.ms - agenda_length(&m->agenda).ms : 0 },
    };
    struct fact *f = facts_add(out, FACT_PLAN_CHANGED);
    if (!record_copy(fact_infos[FACT_PLAN_CHANGED].fields, &f->is.plan_changed, &borrowed))
        out->failed = true;
    return REFUSED_NOT;
}

/* Takes away no more than is left: a part cannot have ended in the past. */
enum refusal clock_add_decide(const struct meeting *m, const struct command_clock_add *c,
                              const struct context *context, struct facts *out)
{
    struct span by = c->ms;
    enum refusal refusal = turn_open_or_paused(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    struct span left = part_left(m, context->now);
    if (by.ms < 0 && left.ms + by.ms < 0)
        by.ms = left.ms > 0 ? -left.ms : 0;

    const struct floor_state *floor = &m->floor;
    struct fact *f = facts_add(out, FACT_CLOCK_CHANGED);
    struct fact_clock_changed *to = &f->is.clock_changed;
    *to = (struct fact_clock_changed){
        .part = text_ref(m->parts[floor->part].part->id),
        .ms = { m->parts[floor->part].ms.ms + by.ms },
    };
    if (floor->state == STATE_PAUSED) {
        to->has_part_left = true;
        to->part_left.ms = left.ms + by.ms;
        to->has_lap_left = floor->lap > 0;
        to->lap_left.ms = floor->lap_left.ms + by.ms;
    } else {
        to->has_part_until = true;
        to->part_until = instant_after(floor->part_until, by);
        to->has_lap_until = floor->lap > 0;
        int64_t lap = floor->lap_until.ms + by.ms;
        to->lap_until.ms = lap > context->now.ms ? lap : context->now.ms;
    }
    return REFUSED_NOT;
}

/* The part began earlier than it was started: the part before it gives the time in between. */
enum refusal clock_correct_decide(const struct meeting *m, const struct command_clock_correct *c,
                                  const struct context *context, struct facts *out)
{
    struct span by = c->ms;
    enum refusal refusal = turn_open_or_paused(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    const struct floor_state *floor = &m->floor;
    bool first = floor->before == PART_NONE;
    int64_t most = first ? m->began.ms : m->parts[floor->before].used.ms;
    if (by.ms <= 0 || by.ms > most) {
        out->field = "ms";
        return REFUSED_BAD_FIELD;
    }
    struct fact *f = facts_add(out, FACT_CLOCK_CORRECTED);
    bool stands = floor->state == STATE_PAUSED;
    int64_t lap = floor->lap_until.ms - by.ms;
    f->is.clock_corrected = (struct fact_clock_corrected){
        .part = text_ref(m->parts[floor->part].part->id),
        .from = first ? NULL : text_ref(m->parts[floor->before].part->id),
        .ms = by,
        .has_began = first,
        .began = { m->began.ms - by.ms },
        .has_part_until = !stands,
        .part_until = { floor->part_until.ms - by.ms },
        .has_lap_until = !stands && floor->lap > 0,
        .lap_until = { lap > context->now.ms ? lap : context->now.ms },
        .has_part_left = stands,
        .part_left = { floor->part_left.ms - by.ms },
        .has_lap_left = stands && floor->lap > 0,
        .lap_left = { floor->lap_left.ms - by.ms },
    };
    return REFUSED_NOT;
}

/* Whether people can be told to be back then. */
static enum refusal may_be_back(struct instant back, struct instant now, struct facts *out)
{
    if (back.ms > now.ms && back.ms <= now.ms + LIMIT_PAUSE_MS)
        return REFUSED_NOT;
    out->field = "back";
    return REFUSED_BAD_FIELD;
}

static struct fact_clock_paused *pause(const struct meeting *m, struct instant since,
                                       struct facts *out)
{
    const struct floor_state *floor = &m->floor;
    struct fact_clock_paused *f = &facts_add(out, FACT_CLOCK_PAUSED)->is.clock_paused;

    *f = (struct fact_clock_paused){
        .has_left = floor->speaker != 0,
        .left = { floor->until.ms - since.ms },
        .part_left = { floor->part_until.ms - since.ms },
        .has_lap_left = floor->lap > 0,
        .lap_left = { floor->lap_until.ms - since.ms },
    };
    return f;
}

enum refusal clock_pause_decide(const struct meeting *m, const struct command_clock_pause *c,
                                const struct context *context, struct facts *out)
{
    enum refusal refusal = turn_open(m);

    if (refusal == REFUSED_NOT && c->has_back)
        refusal = may_be_back(c->back, context->now, out);
    if (refusal != REFUSED_NOT)
        return refusal;
    struct fact_clock_paused *f = pause(m, context->now, out);
    f->has_back = c->has_back;
    f->back = c->back;
    return REFUSED_NOT;
}

enum refusal clock_freeze_decide(const struct meeting *m, const struct command_clock_freeze *c,
                                 const struct context *context, struct facts *out)
{
    enum refusal refusal = turn_open(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    struct fact_clock_paused *f = pause(m, c->since, out);
    f->has_restart = true;
    f->restart = c->since;
    return REFUSED_NOT;
}

/* As turn_open, for what needs the clocks to stand. */
static enum refusal clocks_stand(const struct meeting *m)
{
    enum refusal refusal = turn_open(m);

    if (refusal == REFUSED_NOT)
        return REFUSED_NOT_PAUSED;
    return refusal == REFUSED_PAUSED ? REFUSED_NOT : refusal;
}

enum refusal pause_change_decide(const struct meeting *m, const struct command_pause_change *c,
                                 const struct context *context, struct facts *out)
{
    const struct floor_state *floor = &m->floor;
    enum refusal refusal = clocks_stand(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    if (c->has_back == floor->has_back && (!c->has_back || c->back.ms == floor->back.ms))
        return REFUSED_NOTHING_CHANGED;
    refusal = c->has_back ? may_be_back(c->back, context->now, out) : REFUSED_NOT;
    if (refusal == REFUSED_NOT)
        facts_add(out, FACT_PAUSE_CHANGED)->is.pause_changed =
            (struct fact_pause_changed){ .has_back = c->has_back, .back = c->back };
    return refusal;
}

enum refusal clock_resume_decide(const struct meeting *m, const struct context *context,
                                 struct facts *out)
{
    struct instant now = context->now;
    const struct floor_state *floor = &m->floor;
    enum refusal refusal = clocks_stand(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    facts_add(out, FACT_CLOCK_RESUMED)->is.clock_resumed = (struct fact_clock_resumed){
        .has_until = floor->speaker != 0,
        .until = { now.ms + floor->left.ms },
        .part_until = { now.ms + floor->part_left.ms },
        .has_lap_until = floor->lap > 0,
        .lap_until = { now.ms + floor->lap_left.ms },
    };
    return REFUSED_NOT;
}
