/* meeting_test.c -- the pure meeting: what it decides, and that refusing leaves no trace. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/agenda.h"
#include "engine/meeting.h"
#include "engine/schedule.h"
#include "engine/turn.h"

#include "support/cmocka_all.h"

/* One item with a round, a talk, and an optional part that shares the round's minutes. */
static struct command creation(void)
{
    struct command c = { .kind = COMMAND_MEETING_CREATE };
    struct agenda *a = &c.args.meeting_create.agenda;

    a->items.count = 1;
    a->items.at = calloc(1, sizeof(struct item));
    struct item *item = a->items.at;
    item->no = 1;
    item->title = text_from("Runde");
    item->minutes = 30;
    item->parts.count = 3;
    item->parts.at = calloc(3, sizeof(struct part));
    item->parts.at[0] = (struct part){
        .id = text_from("a"), .method = METHOD_TURNS, .has_minutes = true, .minutes = 20
    };
    item->parts.at[1] = (struct part){ .id = text_from("b"), .method = METHOD_TALK };
    item->parts.at[2] = (struct part){ .id = text_from("c"),
                                       .method = METHOD_SPIRAL,
                                       .has_optional = true,
                                       .optional = true,
                                       .shares = text_from("a") };
    return c;
}

static struct context at(int64_t ms, enum role role)
{
    return (struct context){ .now = { ms }, .role = role, .dice = 7 };
}

static enum refusal offer(struct meeting *m, struct command c, struct context context)
{
    struct facts facts;
    enum refusal refusal = meeting_decide(m, &c, &context, &facts);

    if (refusal != REFUSED_NOT) {
        assert_int_equal(facts.count, 0);
        return refusal;
    }
    for (size_t i = 0; i < facts.count; i++) {
        assert_true(meeting_prepare(m, &facts.at[i]));
        meeting_apply(m, &facts.at[i]);
    }
    facts_release(&facts);
    return REFUSED_NOT;
}

static void sit(struct meeting *m, const char *name)
{
    struct command c = { .kind = COMMAND_SEAT_ADD };

    c.args.seat_add.name = text_from(name);
    assert_int_equal(offer(m, c, at(0, ROLE_SCRIBE)), REFUSED_NOT); /* No step of the console's. */
    command_release(&c);
}

static int set_up(void **state)
{
    struct meeting *m = meeting_new();
    struct command c = creation();

    assert_int_equal(offer(m, c, at(0, ROLE_NOT)), REFUSED_NOT);
    command_release(&c);
    sit(m, "Ana");
    sit(m, "Bo");
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    meeting_free(*state);
    return 0;
}

static struct command kind(enum command_kind k)
{
    return (struct command){ .kind = k };
}

static struct command give(int64_t seat)
{
    struct command c = { .kind = COMMAND_FLOOR_GIVE };

    c.args.floor_give.seat = seat;
    return c;
}

static void a_part_without_minutes_gets_what_its_item_has_left(void **state)
{
    const struct meeting *m = *state;

    assert_int_equal(m->parts[0].ms.ms, 20 * 60000);
    assert_int_equal(m->parts[1].ms.ms, 10 * 60000);
    assert_int_equal(m->parts[2].ms.ms, 0);
    assert_false(m->parts[2].on);
}

static void a_share_is_rounded_down_and_never_under_the_least(void **state)
{
    (void)state;
    assert_int_equal(turn_share((struct span){ 61000 }, 1, (struct span){ 45000 }).ms, 60000);
    assert_int_equal(turn_share((struct span){ 61000 }, 2, (struct span){ 45000 }).ms, 45000);
    assert_int_equal(turn_share((struct span){ 0 }, 3, (struct span){ 15000 }).ms, 15000);
}

static void what_one_leaves_unused_the_others_get(void **state)
{
    struct meeting *m = *state;

    offer(m, kind(COMMAND_MEETING_START), at(1000, ROLE_CONSOLE));
    offer(m, give(1), at(1000, ROLE_CONSOLE));
    assert_int_equal(m->floor.until.ms, 1000 + 10 * 60000);
    offer(m, kind(COMMAND_TURN_DONE), at(61000, ROLE_CONSOLE));
    assert_int_equal(m->floor.speaker, 2);
    assert_int_equal(m->floor.until.ms, 61000 + 19 * 60000);
}

static void pause_keeps_what_is_left_also_in_overtime(void **state)
{
    struct meeting *m = *state;
    int64_t end = 1000 + 20 * 60000;

    offer(m, kind(COMMAND_MEETING_START), at(1000, ROLE_CONSOLE));
    offer(m, kind(COMMAND_CLOCK_PAUSE), at(end + 5000, ROLE_CONSOLE));
    assert_int_equal(m->floor.part_left.ms, -5000);
    assert_int_equal(schedule_used(m, 0, (struct instant){ end + 99000 }).ms, 20 * 60000 + 5000);
    offer(m, kind(COMMAND_CLOCK_RESUME), at(end + 65000, ROLE_CONSOLE));
    assert_int_equal(m->floor.part_until.ms, end + 60000);
}

/* It does not know for how long it was stopped.  tests/README.md, row 15, as far as the engine
 * goes. */
static void time_is_up_once_and_takes_nothing(void **state)
{
    struct meeting *m = *state;
    struct instant due;

    offer(m, kind(COMMAND_MEETING_START), at(1000, ROLE_CONSOLE));
    offer(m, give(1), at(1000, ROLE_CONSOLE));
    assert_true(meeting_wake_at(m, &due));
    assert_int_equal(due.ms, m->floor.until.ms);
    assert_int_equal(offer(m, kind(COMMAND_TIME_WAKE), at(due.ms - 1, ROLE_NOT)),
                     REFUSED_TOO_EARLY);
    assert_int_equal(offer(m, kind(COMMAND_TIME_WAKE), at(due.ms, ROLE_NOT)), REFUSED_NOT);
    assert_int_equal(offer(m, kind(COMMAND_TIME_WAKE), at(due.ms, ROLE_NOT)), REFUSED_TOO_EARLY);
    assert_int_equal(m->floor.speaker, 1);
}

static void undo_sets_the_block_again_and_numbers_go_on(void **state)
{
    struct meeting *m = *state;

    offer(m, kind(COMMAND_MEETING_START), at(1000, ROLE_CONSOLE));
    offer(m, give(1), at(1000, ROLE_CONSOLE));
    offer(m, kind(COMMAND_PART_NEXT), at(61000, ROLE_CONSOLE));
    assert_int_equal(m->floor.part, 1);
    assert_int_equal(offer(m, kind(COMMAND_UNDO), at(62000, ROLE_CONSOLE)), REFUSED_NOT);
    assert_int_equal(m->floor.part, 0);
    assert_int_equal(m->floor.speaker, 1);
    assert_int_equal(m->floor.turn, 2); /* A press that meant turn 1 comes too late. */
    assert_int_equal(m->parts[0].used.ms, 0);
    offer(m, kind(COMMAND_UNDO), at(62000, ROLE_CONSOLE));
    offer(m, kind(COMMAND_UNDO), at(62000, ROLE_CONSOLE));
    assert_int_equal(m->floor.state, STATE_LOBBY);
    assert_int_equal(offer(m, kind(COMMAND_UNDO), at(62000, ROLE_CONSOLE)),
                     REFUSED_NOTHING_TO_UNDO);
}

static void fifty_steps_can_be_taken_back(void **state)
{
    struct meeting *m = *state;

    offer(m, kind(COMMAND_MEETING_START), at(0, ROLE_CONSOLE));
    for (int i = 0; i < 60; i++)
        offer(m, give(i % 2 + 1), at(1000 * i, ROLE_CONSOLE));
    for (int i = 0; i < LIMIT_UNDO; i++)
        assert_int_equal(offer(m, kind(COMMAND_UNDO), at(70000, ROLE_CONSOLE)), REFUSED_NOT);
    assert_int_equal(offer(m, kind(COMMAND_UNDO), at(70000, ROLE_CONSOLE)),
                     REFUSED_NOTHING_TO_UNDO);
}

static void a_part_that_shares_gets_what_the_other_has_left(void **state)
{
    struct meeting *m = *state;
    struct command c = { .kind = COMMAND_PART_GOTO };

    c.args.part_goto.part = text_from("c");
    offer(m, kind(COMMAND_MEETING_START), at(0, ROLE_CONSOLE));
    assert_int_equal(offer(m, c, at(5 * 60000, ROLE_CONSOLE)), REFUSED_NOT);
    assert_int_equal(m->parts[2].ms.ms, 15 * 60000);
    assert_true(m->parts[2].on);
    command_release(&c);
}

static void once_blanked_a_turn_passed_is_as_one_that_was_done(void **state)
{
    struct meeting *m = *state;
    struct context context = at(2000, ROLE_CONSOLE);
    struct command done = kind(COMMAND_TURN_DONE), pass = kind(COMMAND_TURN_PASS);
    struct facts of_done, of_pass;

    offer(m, kind(COMMAND_MEETING_START), at(1000, ROLE_CONSOLE));
    offer(m, give(1), at(1000, ROLE_CONSOLE));
    assert_int_equal(meeting_decide(m, &done, &context, &of_done), REFUSED_NOT);
    assert_int_equal(meeting_decide(m, &pass, &context, &of_pass), REFUSED_NOT);
    assert_int_equal(of_pass.count, of_done.count);
    for (size_t i = 0; i < of_pass.count; i++) {
        const struct fact *p = &of_pass.at[i], *d = &of_done.at[i];
        assert_int_equal(p->kind, d->kind);
        if (p->kind == FACT_UNDO_KEPT)
            assert_string_equal(text_str(p->is.undo_kept.undo_label.what),
                                text_str(d->is.undo_kept.undo_label.what));
        if (p->kind == FACT_TURN_PASSED) { /* But for the seat, which is blanked. */
            assert_int_equal(p->is.turn_passed.seat, 1);
            assert_false(d->is.turn_passed.has_seat);
            assert_int_equal(p->is.turn_passed.turn, d->is.turn_passed.turn);
        }
    }
    facts_release(&of_done);
    facts_release(&of_pass);
}

static void who_passed_is_blanked_when_the_part_is_left(void **state)
{
    struct meeting *m = *state;
    struct context context = at(9000, ROLE_CONSOLE);
    struct command next = kind(COMMAND_PART_NEXT);
    struct facts facts;
    const struct ints *blanks = NULL;

    offer(m, kind(COMMAND_MEETING_START), at(1000, ROLE_CONSOLE));
    offer(m, give(1), at(1000, ROLE_CONSOLE));
    offer(m, kind(COMMAND_TURN_DONE), at(2000, ROLE_CONSOLE));
    offer(m, kind(COMMAND_TURN_PASS), at(3000, ROLE_CONSOLE));
    assert_int_equal(m->passed.count, 1);
    assert_int_equal(meeting_decide(m, &next, &context, &facts), REFUSED_NOT);
    for (size_t i = 0; i < facts.count; i++)
        if (facts.at[i].kind == FACT_PASSES_BLANKED)
            blanks = &facts.at[i].is.passes_blanked.blanks;
    assert_non_null(blanks);
    assert_int_equal(blanks->count, 2); /* Of the turn that was done, too. */
    facts_release(&facts);
    offer(m, next, context);
    assert_int_equal(m->passed.count, 0);
    assert_int_equal(m->pass_count, 0);
}

static struct command correct(int64_t ms)
{
    struct command c = { .kind = COMMAND_CLOCK_CORRECT };

    c.args.clock_correct.ms.ms = ms;
    return c;
}

static int64_t used_in_all(const struct meeting *m, int64_t now)
{
    int64_t sum = 0;

    for (int i = 0; i < (int)m->part_count; i++)
        sum += schedule_used(m, i, (struct instant){ now }).ms;
    return sum;
}

static void a_correction_makes_and_loses_no_second(void **state)
{
    struct meeting *m = *state;

    offer(m, kind(COMMAND_MEETING_START), at(1000, ROLE_CONSOLE));
    offer(m, kind(COMMAND_PART_NEXT), at(301000, ROLE_CONSOLE));
    assert_int_equal(used_in_all(m, 361000), 360000);
    assert_int_equal(offer(m, correct(200000), at(361000, ROLE_CONSOLE)), REFUSED_NOT);
    assert_int_equal(m->parts[0].used.ms, 100000);
    assert_int_equal(schedule_used(m, 1, (struct instant){ 361000 }).ms, 260000);
    assert_int_equal(used_in_all(m, 361000), 360000);
    assert_int_equal(offer(m, correct(100001), at(361000, ROLE_CONSOLE)), REFUSED_BAD_FIELD);
    assert_int_equal(offer(m, kind(COMMAND_UNDO), at(361000, ROLE_CONSOLE)), REFUSED_NOT);
    assert_int_equal(m->parts[0].used.ms, 300000);
}

static void the_first_part_cannot_begin_before_the_meeting_was_made(void **state)
{
    struct meeting *m = *state;

    offer(m, kind(COMMAND_MEETING_START), at(60000, ROLE_CONSOLE));
    assert_int_equal(offer(m, correct(60001), at(61000, ROLE_CONSOLE)), REFUSED_BAD_FIELD);
    assert_int_equal(offer(m, correct(60000), at(61000, ROLE_CONSOLE)), REFUSED_NOT);
    assert_int_equal(m->began.ms, 0);
    assert_int_equal(offer(m, kind(COMMAND_UNDO), at(61000, ROLE_CONSOLE)), REFUSED_NOT);
    assert_int_equal(m->began.ms, 60000);
}

static struct command start_as_promised(int64_t begins)
{
    struct command c = kind(COMMAND_MEETING_START);

    c.args.meeting_start.has_begins = true;
    c.args.meeting_start.begins.ms = begins;
    return c;
}

static struct command end_at(int64_t ends)
{
    struct command c = kind(COMMAND_PLAN_CHANGE);

    c.args.plan_change.has_ends = true;
    c.args.plan_change.ends.ms = ends;
    return c;
}

/* Thirty minutes, as the only item has. */
enum { MIN = 60000, LENGTH = 30 * MIN };

static void a_late_start_moves_no_promised_end(void **state)
{
    struct meeting *m = *state;

    assert_int_equal(offer(m, start_as_promised(-13 * MIN), at(1000, ROLE_CONSOLE)), REFUSED_NOT);
    assert_true(m->promise.has_begins && m->promise.has_ends);
    assert_int_equal(m->promise.begins.ms, -13 * MIN);
    assert_int_equal(m->promise.ends.ms, LENGTH - 13 * MIN);
    assert_int_equal(m->began.ms, 1000);
    offer(m, kind(COMMAND_UNDO), at(2000, ROLE_CONSOLE));
    assert_false(m->promise.has_begins || m->promise.has_ends);
}

static void a_promise_that_is_over_before_the_start_is_none(void **state)
{
    struct meeting *m = *state;

    offer(m, start_as_promised(-LENGTH), at(0, ROLE_CONSOLE));
    assert_true(m->started);
    assert_false(m->promise.has_begins || m->promise.has_ends);
}

static void the_plan_moves_with_its_end_while_no_part_is_over(void **state)
{
    struct meeting *m = *state;

    offer(m, start_as_promised(0), at(5 * MIN, ROLE_CONSOLE));
    assert_int_equal(offer(m, end_at(LENGTH + 5 * MIN), at(5 * MIN, ROLE_CONSOLE)), REFUSED_NOT);
    assert_int_equal(m->promise.begins.ms, 5 * MIN);
    assert_int_equal(m->promise.ends.ms, LENGTH + 5 * MIN);
    offer(m, kind(COMMAND_PART_NEXT), at(20 * MIN, ROLE_CONSOLE));
    assert_int_equal(offer(m, end_at(LENGTH + 9 * MIN), at(20 * MIN, ROLE_CONSOLE)), REFUSED_NOT);
    assert_int_equal(m->promise.begins.ms, 5 * MIN);
    assert_int_equal(m->promise.ends.ms, LENGTH + 9 * MIN);
    offer(m, kind(COMMAND_UNDO), at(20 * MIN, ROLE_CONSOLE));
    assert_int_equal(m->promise.ends.ms, LENGTH + 5 * MIN);
    assert_int_equal(offer(m, end_at(20 * MIN), at(20 * MIN, ROLE_CONSOLE)), REFUSED_BAD_FIELD);
}

static void an_end_that_is_promised_before_the_start_holds(void **state)
{
    struct meeting *m = *state;

    assert_int_equal(offer(m, end_at(40 * MIN), at(MIN, ROLE_CONSOLE)), REFUSED_NOT);
    assert_false(m->promise.has_begins);
    offer(m, start_as_promised(0), at(2 * MIN, ROLE_CONSOLE));
    assert_int_equal(m->promise.begins.ms, 10 * MIN);
    assert_int_equal(m->promise.ends.ms, 40 * MIN);
}

static void without_a_promise_there_is_none(void **state)
{
    struct meeting *m = *state;

    offer(m, kind(COMMAND_MEETING_START), at(1000, ROLE_CONSOLE));
    assert_false(m->promise.has_begins || m->promise.has_ends);
}

static void a_deadline_that_a_correction_passes_is_up_and_not_told(void **state)
{
    struct meeting *m = *state;
    struct instant due;

    offer(m, kind(COMMAND_MEETING_START), at(1500000, ROLE_CONSOLE));
    assert_int_equal(offer(m, correct(1300000), at(1510000, ROLE_CONSOLE)), REFUSED_NOT);
    assert_true(m->part_up);
    assert_false(meeting_wake_at(m, &due));
}

/* Whatever request for memory fails, the answer is busy and nothing has changed.
 * tests/README.md, row 12 */
static void exhausted_memory_is_busy(void **state)
{
    struct meeting *m = *state;
    struct context context = at(1000, ROLE_CONSOLE);
    struct command c = kind(COMMAND_MEETING_START);
    struct facts facts;

    for (size_t n = 1;; n++) {
        int64_t seq = m->seq;
        alloc_fail_at(n);
        enum refusal refusal = meeting_decide(m, &c, &context, &facts);
        alloc_fail_at(0);
        assert_int_equal(m->seq, seq);
        facts_release(&facts);
        if (refusal == REFUSED_NOT)
            break;
        assert_int_equal(refusal, REFUSED_BUSY);
        assert_true(n < 100);
    }
    assert_int_equal(m->floor.state, STATE_LOBBY);
}

#define IN_A_MEETING(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_MEETING(a_part_without_minutes_gets_what_its_item_has_left),
        IN_A_MEETING(a_share_is_rounded_down_and_never_under_the_least),
        IN_A_MEETING(what_one_leaves_unused_the_others_get),
        IN_A_MEETING(pause_keeps_what_is_left_also_in_overtime),
        IN_A_MEETING(time_is_up_once_and_takes_nothing),
        IN_A_MEETING(undo_sets_the_block_again_and_numbers_go_on),
        IN_A_MEETING(fifty_steps_can_be_taken_back),
        IN_A_MEETING(a_part_that_shares_gets_what_the_other_has_left),
        IN_A_MEETING(once_blanked_a_turn_passed_is_as_one_that_was_done),
        IN_A_MEETING(who_passed_is_blanked_when_the_part_is_left),
        IN_A_MEETING(a_correction_makes_and_loses_no_second),
        IN_A_MEETING(the_first_part_cannot_begin_before_the_meeting_was_made),
        IN_A_MEETING(a_late_start_moves_no_promised_end),
        IN_A_MEETING(a_promise_that_is_over_before_the_start_is_none),
        IN_A_MEETING(the_plan_moves_with_its_end_while_no_part_is_over),
        IN_A_MEETING(an_end_that_is_promised_before_the_start_holds),
        IN_A_MEETING(without_a_promise_there_is_none),
        IN_A_MEETING(a_deadline_that_a_correction_passes_is_up_and_not_told),
        IN_A_MEETING(exhausted_memory_is_busy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
