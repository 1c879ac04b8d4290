#include "engine/turn.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/answering.h"
#include "engine/board.h"
#include "engine/duty.h"
#include "engine/hands.h"
#include "engine/lap.h"
#include "engine/method/method.h"
#include "engine/roster.h"
#include "engine/together.h"
#include "engine/undo_values.h"

enum { MORE_MS = 30000, REMARK_MS = 60000 };

/* How a turn has come to its end. */
enum turn_end {
    TURN_WAS_DONE,
    TURN_WAS_PASSED,
    TURN_WAS_LEFT, /* The speaker is leaving the meeting. */
};

enum refusal turn_open(const struct meeting *m)
{
    switch (m->floor.state) {
    case STATE_RUNNING:
        return REFUSED_NOT;
    case STATE_PAUSED:
        return REFUSED_PAUSED;
    case STATE_CLOSED:
        return REFUSED_CLOSED;
    case STATE_LOBBY:
    case STATE_NOT:
    case STATE_COUNT:
        break;
    }
    return REFUSED_NOT_RUNNING;
}

enum refusal turn_open_or_paused(const struct meeting *m)
{
    enum refusal refusal = turn_open(m);

    return refusal == REFUSED_PAUSED ? REFUSED_NOT : refusal;
}

struct span turn_share(struct span left, int64_t waiting, struct span turn_min)
{
    assert(waiting >= 1);
    assert(turn_min.ms > 0);
    int64_t each = left.ms / waiting / SHARE_STEP_MS * SHARE_STEP_MS;

    return each > turn_min.ms ? (struct span){ each } : turn_min;
}

enum refusal turn_whose(const struct meeting *m, const struct context *context, bool has_seat,
                        int64_t seat, int64_t *ret_seat)
{
    if (context->role != ROLE_PHONE) {
        if (has_seat && !roster_has(m, seat))
            return REFUSED_NO_SUCH_SEAT;
        *ret_seat = has_seat ? seat : 0;
        return REFUSED_NOT;
    }
    assert(context->own_count >= 1);
    for (size_t i = 0; i < context->own_count; i++) {
        if (has_seat && context->own[i] != seat)
            continue;
        *ret_seat = context->own[i];
        return REFUSED_NOT;
    }
    return REFUSED_NOT_YOURS;
}

/* How many people speak in the turns of those who wait, without seat `but` and those who have left.
 * `ret_next` is the first seat of them that is here, 0 when none is. */
static int64_t waiting(const struct meeting *m, int64_t but, int64_t *ret_next)
{
    int64_t count = 0;

    *ret_next = 0;
    for (size_t i = 0; i < m->floor.queue.count; i++) {
        int64_t seat = m->floor.queue.at[i];
        enum presence presence = roster_seat(m, seat)->presence;
        if (seat == but || presence == PRESENCE_LEFT)
            continue;
        count += together_voices(m, seat);
        if (*ret_next == 0 && presence == PRESENCE_HERE)
            *ret_next = seat;
    }
    return count;
}

void turn_begins(const struct meeting *m, int64_t seat, int64_t lap, struct instant budget,
                 struct slice slice, struct instant now, struct facts *out)
{
    const struct part *part = m->parts[m->floor.part].part;
    struct span length = { method_infos[part->method].turn_ms };

    assert(seat > 0 && slice.voices >= 1 && slice.people >= slice.voices);
    if (lap > 0 || length.ms == 0) {
        length = turn_share(instant_left(now, budget), slice.people, agenda_turn_min(part));
        length.ms *= slice.voices;
    } else if (seats_have(&m->floor.remarks, seat))
        length.ms = REMARK_MS;
    facts_add(out, FACT_TURN_BEGAN)->is.turn_began = (struct fact_turn_began){
        .seat = seat,
        .turn = m->floor.turn + 1,
        .lap = lap > 0 ? lap : 1,
        .until = instant_after(now, length),
    };
}

void turn_ends(const struct meeting *m, struct facts *out)
{
    if (m->floor.speaker == 0)
        return;
    facts_add(out, FACT_TURN_ENDED)->is.turn_ended =
        (struct fact_turn_ended){ .seat = m->floor.speaker, .turn = m->floor.turn };
}

void turn_part_ends(const struct meeting *m, struct facts *out)
{
    turn_ends(m, out);
    if (m->pass_count == 0)
        return;
    struct ints *blanks = &facts_add(out, FACT_PASSES_BLANKED)->is.passes_blanked.blanks;
    blanks->at = alloc_many(m->pass_count, sizeof(*blanks->at));
    if (!blanks->at) {
        out->failed = true;
        return;
    }
    blanks->count = m->pass_count;
    memcpy(blanks->at, m->passes, m->pass_count * sizeof(*blanks->at));
}

bool turn_passed_room(struct meeting *m, const struct fact_turn_passed *f)
{
    void *at = m->passes;
    bool there = board_reserve(&at, &m->pass_room, m->pass_count + 1, sizeof(*m->passes));
    m->passes = at;
    return there;
}

/* The running turn has ended (its fact stands in `out`): in laps the next begins at once.
 * `deferred` comes last in this lap; 0: nobody. */
static void hand_on(const struct meeting *m, int64_t deferred, enum turn_end how,
                    const struct context *context, struct facts *out)
{
    int64_t next, count = waiting(m, 0, &next);

    if (m->floor.lap == 0)
        return;
    if (deferred != 0)
        count += together_voices(m, deferred);
    if (next != 0)
        turn_begins(m, next, m->floor.lap, m->floor.lap_until,
                    (struct slice){ count, together_voices(m, next) }, context->now, out);
    else if (count == 0)
        lap_over(m, how == TURN_WAS_PASSED, how == TURN_WAS_LEFT ? m->floor.speaker : 0, context,
                 out);
}

/* The checks that done, later, pass and more share: is it the live turn, and the asker's? */
static enum refusal live_turn(const struct meeting *m, bool has_turn, int64_t turn, bool has_seat,
                              int64_t seat, const struct context *context)
{
    enum refusal refusal = turn_open(m);
    int64_t whose = 0;

    if (refusal != REFUSED_NOT)
        return refusal;
    if (has_turn && (turn != m->floor.turn || m->floor.speaker == 0))
        return REFUSED_ALREADY_MOVED;
    if (m->floor.speaker == 0)
        return REFUSED_NOT_YOUR_TURN;
    if (context->role == ROLE_PHONE && !has_seat) {
        for (size_t i = 0; i < context->own_count; i++)
            if (context->own[i] == m->floor.speaker)
                return REFUSED_NOT;
        return REFUSED_NOT_YOUR_TURN;
    }
    if (turn_whose(m, context, has_seat, seat, &whose) != REFUSED_NOT)
        return REFUSED_NOT_YOUR_TURN;
    return whose == 0 || whose == m->floor.speaker ? REFUSED_NOT : REFUSED_NOT_YOUR_TURN;
}

static bool has_spoken(const struct meeting *m, int64_t seat)
{
    return seats_have(&m->floor.heard, seat) && !seats_have(&m->passed, seat);
}

static enum refusal done(const struct meeting *m, enum turn_end how, const struct context *context,
                         struct facts *out)
{
    bool passed = how == TURN_WAS_PASSED && !has_spoken(m, m->floor.speaker);

    turn_ends(m, out);
    facts_add(out, FACT_TURN_PASSED)->is.turn_passed = (struct fact_turn_passed){
        .has_seat = passed, .seat = passed ? m->floor.speaker : 0, .turn = m->floor.turn
    };
    hand_on(m, 0, how, context, out);
    return REFUSED_NOT;
}

static enum refusal later(const struct meeting *m, const struct context *context, struct facts *out)
{
    int64_t next;

    if (m->floor.lap == 0)
        return REFUSED_WRONG_METHOD;
    (void)waiting(m, m->floor.speaker, &next);
    if (next == 0)
        return REFUSED_ALREADY_LAST;
    facts_add(out, FACT_TURN_DEFERRED)->is.turn_deferred =
        (struct fact_turn_deferred){ .seat = m->floor.speaker, .turn = m->floor.turn };
    hand_on(m, m->floor.speaker, TURN_WAS_DONE, context, out);
    return REFUSED_NOT;
}

static enum refusal more(const struct meeting *m, const struct context *context, struct facts *out)
{
    struct instant from =
        instant_reached(context->now, m->floor.until) ? context->now : m->floor.until;

    facts_add(out, FACT_TURN_EXTENDED)->is.turn_extended = (struct fact_turn_extended){
        .seat = m->floor.speaker,
        .turn = m->floor.turn,
        .until = instant_after(from, (struct span){ MORE_MS }),
    };
    return REFUSED_NOT;
}

/* In a presentation round the taps make the order: those who have spoken, the speaker, the
 * rest. */
static void tapped(const struct meeting *m, int64_t seat, struct facts *out)
{
    struct seats order = { 0 };

    if (!seats_reserve(&order, m->table.count)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < m->floor.heard.count; i++)
        seats_push(&order, m->floor.heard.at[i]);
    if (m->floor.speaker != 0)
        seats_push(&order, m->floor.speaker);
    seats_push(&order, seat);
    for (size_t i = 0; i < m->table.count; i++)
        seats_push(&order, m->table.at[i]);
    facts_order(out, &facts_add(out, FACT_TABLE_ORDERED)->is.table_ordered.order, &order);
    seats_free(&order);
}

enum refusal floor_give_decide(const struct meeting *m, const struct command_floor_give *c,
                               const struct context *context, struct facts *out)
{
    enum refusal refusal = turn_open(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    if (!roster_has(m, c->seat))
        return REFUSED_NO_SUCH_SEAT;
    if ((c->has_turn && c->turn != m->floor.turn) || c->seat == m->floor.speaker)
        return REFUSED_ALREADY_MOVED;
    if (roster_seat(m, c->seat)->presence == PRESENCE_LEFT)
        return REFUSED_SEAT_LEFT;

    const struct part *part = m->parts[m->floor.part].part;
    int64_t next, others = waiting(m, c->seat, &next), voices = together_voices(m, c->seat);
    turn_ends(m, out);
    if (part->has_intro && part->intro && m->floor.lap > 0)
        tapped(m, c->seat, out);
    turn_begins(m, c->seat, m->floor.lap, m->floor.lap_until,
                (struct slice){ others + voices, voices }, context->now, out);
    return REFUSED_NOT;
}

/* Who is heard just now: whoever answers, else has the floor, else presents the part; 0: nobody
 * that the meeting knows of. */
static int64_t heard_now(const struct meeting *m)
{
    const struct floor_state *floor = &m->floor;

    if (floor->answering != 0)
        return floor->answering;
    if (floor->speaker != 0 || !method_infos[m->parts[floor->part].part->method].presented)
        return floor->speaker;
    int64_t seat = duty_seat(m, floor->part, DUTY_PRESENTER);

    return roster_has(m, seat) && roster_seat(m, seat)->presence != PRESENCE_LEFT ? seat : 0;
}

enum refusal floor_hint_decide(const struct meeting *m, const struct command_floor_hint *c,
                               const struct context *context, struct facts *out)
{
    enum refusal refusal = turn_open(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    if ((c->has_turn && (c->turn != m->floor.turn || m->floor.speaker == 0)) ||
        (c->part && !text_same(c->part, m->parts[m->floor.part].part->id)))
        return REFUSED_ALREADY_MOVED;
    int64_t seat = heard_now(m);
    if (seat == 0)
        return REFUSED_NOBODY_SPEAKS;
    facts_add(out, FACT_HINT_GIVEN)->is.hint_given = (struct fact_hint_given){
        .seat = seat, .has_turn = m->floor.speaker != 0, .turn = m->floor.turn
    };
    return REFUSED_NOT;
}

#define LIVE_TURN(m, c, context)                                                                   \
    live_turn((m), (c)->has_turn, (c)->turn, (c)->has_seat, (c)->seat, (context))

enum refusal turn_done_decide(const struct meeting *m, const struct command_turn_done *c,
                              const struct context *context, struct facts *out)
{
    enum refusal refusal = LIVE_TURN(m, c, context);

    return refusal ? refusal : done(m, TURN_WAS_DONE, context, out);
}

enum refusal turn_pass_decide(const struct meeting *m, const struct command_turn_pass *c,
                              const struct context *context, struct facts *out)
{
    enum refusal refusal = LIVE_TURN(m, c, context);

    return refusal ? refusal : done(m, TURN_WAS_PASSED, context, out);
}

enum refusal turn_later_decide(const struct meeting *m, const struct command_turn_later *c,
                               const struct context *context, struct facts *out)
{
    enum refusal refusal = LIVE_TURN(m, c, context);

    return refusal ? refusal : later(m, context, out);
}

enum refusal turn_more_decide(const struct meeting *m, const struct command_turn_more *c,
                              const struct context *context, struct facts *out)
{
    enum refusal refusal = LIVE_TURN(m, c, context);

    return refusal ? refusal : more(m, context, out);
}

void turn_seat_leaves(const struct meeting *m, int64_t seat, const struct context *context,
                      struct facts *out)
{
    if (seats_have(&m->hands, seat))
        facts_add(out, FACT_HAND_LOWERED)->is.hand_lowered.seat = seat;
    if (m->floor.speaker == seat && m->floor.state == STATE_RUNNING)
        done(m, TURN_WAS_LEFT, context, out);
    else if (m->floor.speaker == seat)
        turn_ends(m, out);
    else if (seats_have(&m->floor.queue, seat)) {
        int64_t next;
        size_t heirs = together_seat_leaves(m, seat, out);
        if (m->floor.state == STATE_RUNNING && m->floor.lap > 0 && m->floor.speaker == 0 &&
            m->floor.heard.count > 0 && heirs == 0 && waiting(m, seat, &next) == 0)
            lap_over(m, false, seat, context, out); /* It was the last that was waited for. */
    }
    answering_seat_leaves(m, seat, out);
}

/* In a presentation round the taps make the order of the table. */
bool floor_give_keep(const struct meeting *m, const struct command_floor_give *c,
                     const struct context *context, struct keeping *keeping, struct facts *out)
{
    if (m->floor.part == PART_NONE || m->floor.lap == 0)
        return true;
    const struct part *part = m->parts[m->floor.part].part;
    keeping->table = part->has_intro && part->intro;
    return true;
}

void floor_give_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    /* All that it set stands in the course of the meeting. */
}

void turn_began_apply(struct meeting *m, const struct fact_turn_began *f)
{
    struct floor_state *floor = &m->floor;

    floor->speaker = f->seat;
    floor->turn = f->turn;
    floor->until = f->until;
    seats_take(&floor->queue, floor->speaker);
    seats_take(&m->hands, floor->speaker);
    seats_take(&floor->remarks, floor->speaker);
    m->turn_up = false;
    m->hinted = 0;
}

/* Nobody has the floor any more. */
static void fall_silent(struct meeting *m)
{
    m->floor.speaker = m->floor.answering = 0;
    m->turn_up = false;
    m->hinted = 0;
}

void turn_ended_apply(struct meeting *m, const struct fact_turn_ended *f)
{
    assert(m->floor.speaker == f->seat);
    seats_push(&m->floor.heard, f->seat);
    m->seats[f->seat - 1].awaited = false; /* Whoever has had a turn has come. */
    seats_take(&m->passed, f->seat);       /* Unless turn.passed says so again. */
    fall_silent(m);
}

void turn_deferred_apply(struct meeting *m, const struct fact_turn_deferred *f)
{
    assert(m->floor.speaker == f->seat);
    seats_push(&m->floor.queue, f->seat);
    fall_silent(m);
}

void turn_passed_apply(struct meeting *m, const struct fact_turn_passed *f)
{
    assert(m->pass_count < m->pass_room);
    m->passes[m->pass_count++] = m->seq;
    if (f->has_seat)
        seats_push(&m->passed, f->seat);
}

void passes_blanked_apply(struct meeting *m, const struct fact_passes_blanked *f)
{
    m->pass_count = 0;
}

void turn_extended_apply(struct meeting *m, const struct fact_turn_extended *f)
{
    assert(m->floor.speaker == f->seat);
    m->floor.until = f->until;
    m->turn_up = instant_reached(m->at, f->until);
}

void hint_given_apply(struct meeting *m, const struct fact_hint_given *f)
{
    m->hinted = f->seat;
}
