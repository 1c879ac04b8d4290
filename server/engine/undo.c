#include "engine/undo.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/hands.h"
#include "engine/lap.h"
#include "engine/method/method.h"
#include "engine/roster.h"
#include "engine/schedule.h"
#include "engine/wall.h"

bool undo_covers(const struct command *c, const struct step *step)
{
    switch ((int)c->kind) {
    case COMMAND_FLOOR_GIVE: /* Whoever moved the floor: it is one chain. */
    case COMMAND_TURN_ANSWER:
    case COMMAND_TURN_DONE:
    case COMMAND_TURN_LATER:
    case COMMAND_TURN_PASS:
    case COMMAND_TURN_MORE:
        return true;
    case COMMAND_MEETING_START:
    case COMMAND_PART_NEXT:
    case COMMAND_PART_BACK:
    case COMMAND_PART_GOTO:
    case COMMAND_PART_SWITCH:
    case COMMAND_PART_ASSIGN:
    case COMMAND_PLAN_CHANGE:
    case COMMAND_CLOCK_ADD:
    case COMMAND_CLOCK_CORRECT:
    case COMMAND_CLOCK_PAUSE:
    case COMMAND_CLOCK_RESUME:
    case COMMAND_FLOOR_CLOSE:
    case COMMAND_FLOOR_FAIR:
    case COMMAND_FLOOR_ORDER:
    case COMMAND_LAP_ADD:
    case COMMAND_TABLE_ORDER:
    case COMMAND_WALL_SHOW:
        return step->role == ROLE_CONSOLE;
    }
    return false;
}

static bool keep_plan(const struct meeting *m, struct progress_list *ret_plan)
{
    struct progress *at = alloc_many(m->part_count, sizeof(*at));

    if (!at)
        return false;
    for (size_t i = 0; i < m->part_count; i++)
        at[i] = (struct progress){ .part = text_ref(m->parts[i].part->id),
                                   .ms = m->parts[i].ms,
                                   .on = m->parts[i].on,
                                   .used = m->parts[i].used,
                                   .has_presenter = m->parts[i].presenter != 0,
                                   .presenter = m->parts[i].presenter,
                                   .has_facilitator = m->parts[i].facilitator != 0,
                                   .facilitator = m->parts[i].facilitator };
    *ret_plan = (struct progress_list){ .count = m->part_count, .at = at };
    return true;
}

static void keep_clocks(const struct floor_state *floor, struct block *b)
{
    bool runs = floor->state == STATE_RUNNING, stands = floor->state == STATE_PAUSED;

    b->has_until = runs && floor->speaker != 0;
    b->until = floor->until;
    b->has_part_until = runs;
    b->part_until = floor->part_until;
    b->has_lap_until = runs && floor->lap > 0;
    b->lap_until = floor->lap_until;
    b->has_left = stands && floor->speaker != 0;
    b->left = floor->left;
    b->has_part_left = stands;
    b->part_left = floor->part_left;
    b->has_lap_left = stands && floor->lap > 0;
    b->lap_left = floor->lap_left;
}

/* Whether the command moves seats round the table: no other sets their order again. */
static bool moves_table(const struct meeting *m, const struct command *c)
{
    if (c->kind == COMMAND_TABLE_ORDER)
        return true;
    if (c->kind != COMMAND_FLOOR_GIVE || m->floor.part == PART_NONE || m->floor.lap == 0)
        return false;
    const struct part *part = m->parts[m->floor.part].part;
    return part->has_intro && part->intro;
}

static void keep_block(const struct meeting *m, const struct command *c, struct block *b,
                       struct facts *out)
{
    const struct floor_state *floor = &m->floor;

    b->state = floor->state;
    b->part = floor->part == PART_NONE ? NULL : text_ref(m->parts[floor->part].part->id);
    b->before = floor->before == PART_NONE ? NULL : text_ref(m->parts[floor->before].part->id);
    b->has_began = m->started;
    b->began = m->began;
    b->has_speaker = floor->speaker != 0;
    b->speaker = floor->speaker;
    b->has_answering = floor->answering != 0;
    b->answering = floor->answering;
    b->turn = floor->turn;
    b->lap = floor->lap;
    b->laps = floor->laps;
    b->closed = floor->closed;
    b->has_fair = b->has_remarks = true;
    b->fair = floor->fair;
    facts_order(out, &b->remarks, &floor->remarks);
    keep_clocks(floor, b);
    b->has_queue = b->has_heard = b->has_hands = b->has_plan = true;
    facts_order(out, &b->queue, &floor->queue);
    facts_order(out, &b->heard, &floor->heard);
    facts_order(out, &b->hands, &m->hands);
    b->has_table = moves_table(m, c);
    if (b->has_table)
        facts_order(out, &b->table, &m->table);
    b->has_wall = true;
    if (!keep_plan(m, &b->plan) || !wall_tell(m, &b->wall))
        out->failed = true;
}

void undo_keep(const struct meeting *m, const struct command *c, struct facts *out)
{
    struct fact_undo_kept *kept = &facts_add(out, FACT_UNDO_KEPT)->is.undo_kept;

    /* A label outlives the part, and nobody may read from it who passed. */
    kept->what =
        text_from(command_infos[c->kind == COMMAND_TURN_PASS ? COMMAND_TURN_DONE : c->kind].name);
    if (!kept->what)
        out->failed = true;
    if (c->kind == COMMAND_FLOOR_GIVE) {
        kept->has_seat = true;
        kept->seat = c->with.floor_give.seat;
    } else if (m->floor.speaker != 0) {
        kept->has_seat = true;
        kept->seat = m->floor.speaker;
    }
    if (c->kind == COMMAND_PART_SWITCH || c->kind == COMMAND_PART_ASSIGN)
        kept->part = text_ref(c->kind == COMMAND_PART_SWITCH ? c->with.part_switch.part
                                                             : c->with.part_assign.part);
    else if (m->floor.part != PART_NONE)
        kept->part = text_ref(m->parts[m->floor.part].part->id);
    keep_block(m, c, &kept->block, out);
}

void undo_clear(struct meeting *m)
{
    while (m->undo_count > 0)
        record_release(fact_infos[FACT_UNDO_KEPT].fields, &m->undo[--m->undo_count].kept);
}

static void without(struct ints *list, int64_t seat)
{
    struct seats all = { .count = list->count, .room = list->count, .at = list->at };

    seats_take(&all, seat);
    list->count = all.count;
}

void undo_hand_lowered(struct meeting *m, int64_t seat)
{
    for (size_t i = 0; i < m->undo_count; i++) {
        struct block *b = &m->undo[i].kept.block;
        int part = b->part ? agenda_find(m, b->part) : PART_NONE;
        without(&b->hands, seat);
        without(&b->remarks, seat);
        if (part != PART_NONE && method_of(m->parts[part].part->method)->hands_wait)
            without(&b->queue, seat);
    }
}

/* A paused clock that was let go on has gone on since: that time is spent. */
static void spend(struct block *b, struct span passed)
{
    b->left.ms -= b->has_left ? passed.ms : 0;
    b->part_left.ms -= b->has_part_left ? passed.ms : 0;
    b->lap_left.ms -= b->has_lap_left ? passed.ms : 0;
}

enum refusal undo_decide(const struct meeting *m, const struct command *c, const struct step *step,
                         struct facts *out)
{
    assert(c->kind == COMMAND_UNDO);
    (void)c;
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (m->undo_count == 0)
        return REFUSED_NOTHING_TO_UNDO;

    const struct undo_step *last = &m->undo[m->undo_count - 1];
    const struct fact_undone borrowed = { .what = last->kept.what, .block = last->kept.block };
    struct fact *f = facts_add(out, FACT_UNDONE);
    if (!record_copy(fact_infos[FACT_UNDONE].fields, &f->is.undone, &borrowed)) {
        out->failed = true;
        return REFUSED_NOT;
    }
    struct block *b = &f->is.undone.block;
    if (m->floor.state == STATE_RUNNING && b->state == STATE_PAUSED)
        spend(b, (struct span){ step->now.ms - last->at.ms });
    /* Turn numbers never come twice, so that a late press can never mean another turn. */
    b->turn = m->floor.turn + 1;
    undo_since(m, b, out);
    return REFUSED_NOT;
}

static void restore_clocks(struct floor_state *floor, const struct block *b)
{
    floor->until = b->until;
    floor->part_until = b->part_until;
    floor->lap_until = b->lap_until;
    floor->left = b->left;
    floor->part_left = b->part_left;
    floor->lap_left = b->lap_left;
}

/* Who has not been heard, as things stand again, has not passed either; who passed in another part
 * is forgotten, and so is a pass of somebody who has spoken since: no block holds who passed. */
static void restore_passed(struct meeting *m, bool same_part)
{
    if (!same_part)
        m->passed.count = 0;
    for (size_t i = m->passed.count; i > 0; i--)
        if (!seats_have(&m->floor.heard, m->passed.at[i - 1]))
            seats_take(&m->passed, m->passed.at[i - 1]);
}

static void restore(struct meeting *m, const struct block *b, struct instant at)
{
    struct floor_state *floor = &m->floor;

    for (size_t i = 0; i < b->plan.count; i++) {
        int part = agenda_find(m, b->plan.at[i].part);
        assert(part != PART_NONE);
        m->parts[part].ms = b->plan.at[i].ms;
        m->parts[part].on = b->plan.at[i].on;
        m->parts[part].used = b->plan.at[i].used;
        m->parts[part].presenter = b->plan.at[i].presenter;
        m->parts[part].facilitator = b->plan.at[i].facilitator;
    }
    floor->state = b->state;
    int part = b->part ? agenda_find(m, b->part) : PART_NONE;
    bool same_part = part == floor->part;
    floor->part = part;
    floor->before = b->before ? agenda_find(m, b->before) : PART_NONE;
    floor->speaker = b->has_speaker ? b->speaker : 0;
    floor->answering = b->has_answering ? b->answering : 0;
    floor->turn = b->turn;
    floor->lap = b->lap;
    floor->laps = b->laps;
    floor->closed = b->closed;
    floor->fair = b->fair;
    restore_clocks(floor, b);
    seats_set(&floor->queue, &b->queue);
    seats_set(&floor->heard, &b->heard);
    seats_set(&floor->remarks, &b->remarks);
    seats_set(&m->hands, &b->hands);
    if (b->has_table)
        seats_set(&m->table, &b->table);
    restore_passed(m, same_part);
    if (b->has_wall)
        wall_set(m, &b->wall);
    m->started = b->state != STATE_LOBBY;
    if (b->has_began)
        m->began = b->began;
    m->part_up = (b->has_part_until && instant_reached(at, b->part_until)) ||
                 (b->has_part_left && b->part_left.ms <= 0);
    m->turn_up =
        (b->has_until && instant_reached(at, b->until)) || (b->has_left && b->left.ms <= 0);
    m->hinted = m->restarted = false;
}

void undo_apply(struct meeting *m, const struct fact *f)
{
    switch ((int)f->kind) {
    case FACT_UNDO_KEPT:
        if (m->undo_count == LIMIT_UNDO) {
            record_release(fact_infos[FACT_UNDO_KEPT].fields, &m->undo[0].kept);
            memmove(&m->undo[0], &m->undo[1], (LIMIT_UNDO - 1) * sizeof(m->undo[0]));
            m->undo_count--;
        }
        m->undo[m->undo_count++] = (struct undo_step){ .at = f->at, .kept = m->next_undo };
        m->next_undo = (struct fact_undo_kept){ 0 };
        break;
    case FACT_UNDONE:
        assert(m->undo_count > 0);
        restore(m, &f->is.undone.block, f->at);
        record_release(fact_infos[FACT_UNDO_KEPT].fields, &m->undo[--m->undo_count].kept);
        break;
    }
}
