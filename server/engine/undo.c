#include "engine/undo.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/method/method.h"
#include "engine/wall.h"

static void pop(struct meeting *m)
{
    assert(m->undo_count > 0);
    record_release(&fact_undo_kept_record, &m->undo[--m->undo_count].kept);
}

void undo_clear(struct meeting *m)
{
    while (m->undo_count > 0)
        pop(m);
}

static void without(struct ints *list, int64_t seat)
{
    struct seats all = { .count = list->count, .room = list->count, .at = list->at };

    seats_take(&all, seat);
    list->count = all.count;
}

void undo_hand_lowered(struct meeting *m, int64_t seat)
{
    if (m->undo_count > 0 && m->undo[m->undo_count - 1].seq == m->seq - 1)
        return; /* The console's own step: it is taken back before any older one. */
    for (size_t i = 0; i < m->undo_count; i++) {
        struct memento *b = &m->undo[i].kept.block;
        int part = b->course.part ? agenda_find(m, b->course.part) : PART_NONE;
        without(&b->course.hands, seat);
        without(&b->course.remarks, seat);
        if (part != PART_NONE && method_infos[m->parts[part].part->method].hands_wait)
            without(&b->course.queue, seat);
    }
}

/* The step was kept in a pause, and the clocks have run since: takes the time that they ran from
 * what the step says is left. */
static void spend(struct memento *b, struct span passed)
{
    b->course.clocks.left.ms -= b->course.clocks.has_left ? passed.ms : 0;
    b->course.clocks.part_left.ms -= b->course.clocks.has_part_left ? passed.ms : 0;
    b->course.clocks.lap_left.ms -= b->course.clocks.has_lap_left ? passed.ms : 0;
}

/* A shallow copy, in which seats and hands can be set; they are to be freed in any case. */
static bool copy_people(const struct meeting *m, struct meeting *ret_then)
{
    struct ints hands = { 0 };

    *ret_then = *m;
    ret_then->seats = alloc_many(m->seat_count, sizeof(*m->seats));
    bool copied = seats_copy(&m->hands, &hands) && ret_then->seats;
    ret_then->hands = (struct seats){ .count = hands.count, .room = hands.count, .at = hands.at };
    if (copied && m->seat_count > 0)
        memcpy(ret_then->seats, m->seats, m->seat_count * sizeof(*m->seats));
    return copied;
}

static enum command_kind kind_of(const struct text *what)
{
    enum command_kind kind = 0;

    while (kind < COMMAND_COUNT && strcmp(command_infos[kind].name, what->bytes) != 0)
        kind++;
    return kind;
}

/* The newest step, as things stand `then`. */
static void take_back(struct meeting *then, const struct context *context, struct facts *out)
{
    const struct undo_step *last = &then->undo[then->undo_count - 1];
    enum command_kind kind = kind_of(last->kept.undo_label.what);

    dispatch_back(then, kind, &last->kept, out);
    if (!last->kept.has_block) {
        facts_add(out, FACT_UNDO_SPENT)->is.undo_spent.what = text_ref(last->kept.undo_label.what);
        method_undone(then, last->seq, out);
        return;
    }
    const struct fact_undone borrowed = { .what = last->kept.undo_label.what,
                                          .block = last->kept.block };
    struct fact *f = facts_add(out, FACT_UNDONE);
    if (!record_copy(&fact_undone_record, &f->is.undone, &borrowed)) {
        out->failed = true;
        return;
    }
    struct memento *b = &f->is.undone.block;
    if (then->floor.state == STATE_RUNNING && b->course.state == STATE_PAUSED)
        spend(b, (struct span){ context->now.ms - last->at.ms });
    /* Turn numbers never come twice, so that a late press can never mean another turn. */
    b->course.turn = then->floor.turn + 1;
    undo_since(then, b, out);
    then->floor.part = b->course.part ? agenda_find(then, b->course.part) : PART_NONE;
    if (b->has_table)
        then->table = (struct seats){ .count = b->table.count, .at = b->table.at };
    method_undone(then, last->seq, out);
}

enum refusal undo_decide(const struct meeting *m, const struct context *context, struct facts *out)
{
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (m->undo_count == 0)
        return REFUSED_NOTHING_TO_UNDO;

    struct meeting then;
    if (copy_people(m, &then))
        take_back(&then, context, out);
    else
        out->failed = true;
    free(then.seats);
    seats_free(&then.hands);
    return REFUSED_NOT;
}

/* A step that was kept before there was a `since` says none: the pause counts from when it came
 * back. */
static void restore_clocks(struct floor_state *floor, const struct memento *b, struct instant at)
{
    floor->until = b->course.clocks.until;
    floor->part_until = b->course.clocks.part_until;
    floor->lap_until = b->course.clocks.lap_until;
    floor->left = b->course.clocks.left;
    floor->part_left = b->course.clocks.part_left;
    floor->lap_left = b->course.clocks.lap_left;
    floor->since = b->course.clocks.has_since ? b->course.clocks.since : at;
    floor->has_back = b->course.clocks.has_back;
    floor->back = b->course.clocks.back;
}

/* A step does not keep who passed. Those who have passed by now stay so, except where the part is
 * another one and where they are to be heard again. */
static void restore_passed(struct meeting *m, bool same_part)
{
    if (!same_part)
        m->passed.count = 0;
    for (size_t i = m->passed.count; i > 0; i--)
        if (!seats_have(&m->floor.heard, m->passed.at[i - 1]))
            seats_take(&m->passed, m->passed.at[i - 1]);
}

static void restore(struct meeting *m, const struct memento *b, struct instant at)
{
    struct floor_state *floor = &m->floor;

    for (size_t i = 0; i < b->plan.count; i++) {
        int part = agenda_find(m, b->plan.at[i].part);
        assert(part != PART_NONE);
        m->parts[part].ms = b->plan.at[i].ms;
        m->parts[part].on = b->plan.at[i].on;
        m->parts[part].used = b->plan.at[i].used;
        if (b->plan.at[i].has_began)
            m->parts[part].began = b->plan.at[i].began;
        m->parts[part].presenter = b->plan.at[i].presenter;
        m->parts[part].facilitator = b->plan.at[i].facilitator;
    }
    floor->state = b->course.state;
    int part = b->course.part ? agenda_find(m, b->course.part) : PART_NONE;
    bool same_part = part == floor->part;
    floor->part = part;
    floor->before = b->before ? agenda_find(m, b->before) : PART_NONE;
    floor->speaker = b->course.has_speaker ? b->course.speaker : 0;
    floor->answering = b->course.has_answering ? b->course.answering : 0;
    floor->turn = b->course.turn;
    floor->lap = b->course.lap;
    floor->laps = b->course.laps;
    floor->closed = b->course.closed;
    floor->fair = b->course.fair;
    restore_clocks(floor, b, at);
    seats_set(&floor->queue, &b->course.queue);
    seats_set(&floor->heard, &b->course.heard);
    seats_set(&floor->remarks, &b->course.remarks);
    seats_set(&m->hands, &b->course.hands);
    if (b->has_table)
        seats_set(&m->table, &b->table);
    restore_passed(m, same_part);
    if (b->has_wall)
        wall_set(m, &b->wall);
    m->started = b->course.state != STATE_LOBBY;
    if (b->has_began)
        m->began = b->began;
    m->promise = (struct promise){ b->has_begins, b->has_ends, b->begins, b->ends };
    m->part_up =
        (b->course.clocks.has_part_until && instant_reached(at, b->course.clocks.part_until)) ||
        (b->course.clocks.has_part_left && b->course.clocks.part_left.ms <= 0);
    m->turn_up = (b->course.clocks.has_until && instant_reached(at, b->course.clocks.until)) ||
                 (b->course.clocks.has_left && b->course.clocks.left.ms <= 0);
    m->restarted = false;
    m->hinted = 0;
}

bool undo_kept_room(struct meeting *m, const struct fact_undo_kept *f)
{
    record_release(&fact_undo_kept_record, &m->next_undo);
    return record_copy(&fact_undo_kept_record, &m->next_undo, f);
}

void undo_kept_apply(struct meeting *m, const struct fact_undo_kept *f)
{
    if (m->undo_count == LIMIT_UNDO) {
        record_release(&fact_undo_kept_record, &m->undo[0].kept);
        memmove(&m->undo[0], &m->undo[1], (LIMIT_UNDO - 1) * sizeof(m->undo[0]));
        m->undo_count--;
    }
    m->undo[m->undo_count++] =
        (struct undo_step){ .seq = m->seq, .at = m->at, .kept = m->next_undo };
    m->next_undo = (struct fact_undo_kept){ 0 };
}

void undone_apply(struct meeting *m, const struct fact_undone *f)
{
    wall_not_shown_since(m, m->undo[m->undo_count - 1].seq);
    restore(m, &f->block, m->at);
    pop(m);
}

void undo_spent_apply(struct meeting *m, const struct fact_undo_spent *f)
{
    pop(m);
}
