/* undo_keep.c -- which commands can be taken back, and what each replaces. */
#include <stdlib.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/board.h"
#include "engine/setting.h"
#include "engine/undo.h"
#include "engine/wall.h"

bool undo_covers(const struct meeting *m, const struct command *c, const struct step *step)
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
    case COMMAND_FLOOR_HINT:
    case COMMAND_FLOOR_ORDER:
    case COMMAND_HAND_RAISE:
    case COMMAND_HAND_LOWER:
    case COMMAND_LAP_ADD:
    case COMMAND_SEAT_ADD:
    case COMMAND_SEAT_CHANGE:
    case COMMAND_SEAT_LEAVES:
    case COMMAND_SEAT_TOGETHER:
    case COMMAND_TABLE_ORDER:
    case COMMAND_WALL_SHOW:
    case COMMAND_DECISION_OPEN:
    case COMMAND_DOOR_CLOSE:
    case COMMAND_GROUP_SET:
    case COMMAND_DATA_REMOVE:
        return step->role == ROLE_CONSOLE;
    case COMMAND_CONTRIBUTION_WITHDRAW: /* A point that is not shown yet is its author's alone. */
        return step->role == ROLE_CONSOLE &&
               board_find(m, c->with.contribution_withdraw.contribution);
    }
    return false;
}

/* Whether the command leaves the block as it is. */
static bool beside(const struct command *c)
{
    switch ((int)c->kind) {
    case COMMAND_SEAT_CHANGE:
        return c->with.seat_change.presence == PRESENCE_NOT && !c->with.seat_change.has_place;
    case COMMAND_SEAT_LEAVES:
    case COMMAND_DECISION_OPEN:
    case COMMAND_DOOR_CLOSE:
    case COMMAND_GROUP_SET:
    case COMMAND_DATA_REMOVE:
    case COMMAND_CONTRIBUTION_WITHDRAW:
        return true;
    }
    return false;
}

/* Whom the command is about: who it names, or who speaks; 0: nobody. */
static int64_t about(const struct meeting *m, const struct command *c)
{
    switch ((int)c->kind) {
    case COMMAND_FLOOR_GIVE:
        return c->with.floor_give.seat;
    case COMMAND_HAND_RAISE:
        return c->with.hand_raise.has_seat ? c->with.hand_raise.seat : 0;
    case COMMAND_HAND_LOWER:
        return c->with.hand_lower.has_seat ? c->with.hand_lower.seat : 0;
    case COMMAND_SEAT_ADD:
        return (int64_t)m->seat_count + 1;
    case COMMAND_SEAT_CHANGE:
        return c->with.seat_change.seat;
    case COMMAND_SEAT_LEAVES:
        return c->with.seat_leaves.seat;
    case COMMAND_SEAT_TOGETHER:
        return c->with.seat_together.seat;
    }
    return m->floor.speaker;
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
    if (c->kind == COMMAND_SEAT_CHANGE)
        return c->with.seat_change.has_place;
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

void undo_keep(const struct meeting *m, const struct command *c, const struct step *step,
               struct facts *out)
{
    struct fact_undo_kept *kept = &facts_add(out, FACT_UNDO_KEPT)->is.undo_kept;
    int64_t seat = about(m, c);

    /* A label outlives the part, and nobody may read from it who passed. */
    kept->what =
        text_from(command_infos[c->kind == COMMAND_TURN_PASS ? COMMAND_TURN_DONE : c->kind].name);
    if (!kept->what)
        out->failed = true;
    kept->has_seat = seat != 0;
    kept->seat = seat;
    if (c->kind == COMMAND_PART_SWITCH || c->kind == COMMAND_PART_ASSIGN)
        kept->part = text_ref(c->kind == COMMAND_PART_SWITCH ? c->with.part_switch.part
                                                             : c->with.part_assign.part);
    else if (m->floor.part != PART_NONE)
        kept->part = text_ref(m->parts[m->floor.part].part->id);
    kept->has_block = !beside(c);
    if (kept->has_block)
        keep_block(m, c, &kept->block, out);
    setting_keep(m, c, step, seat, kept, out);
}
