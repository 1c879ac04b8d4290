/* pairs_test.c -- who talks with whom for any number of people, what undo takes back, and that
 * exhausted memory leaves nothing by halves. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/board.h"
#include "engine/meeting.h"

#include "support/cmocka_all.h"

enum { PARTS = 2 };

static const struct pair_text_list *pairs_of(const struct meeting *m)
{
    return &m->methods.pairs.pairs;
}

static struct context as(const struct meeting *m, enum role role)
{
    struct context context = { .now = { 1000 + m->seq }, .role = role };

    context.dice = (uint64_t)m->seq;
    context.id.b[0] = (uint8_t)(m->seq + 1);
    context.id.b[1] = (uint8_t)((m->seq + 1) >> 8);
    return context;
}

/* What of a meeting a command about pairs may change. */
struct then {
    int64_t seq;
    size_t points, steps;
    bool shown;
    struct pairs_state pairs;
};

static void remember(const struct meeting *m, struct then *ret_then)
{
    *ret_then = (struct then){ .seq = m->seq,
                               .points = m->contribution_count,
                               .steps = m->undo_count,
                               .shown = m->parts[0].shown };
    assert_true(record_copy(method_infos[METHOD_PAIRS].state, &ret_then->pairs, &m->methods.pairs));
}

static void is_as_it_was(const struct meeting *m, struct then *then)
{
    const struct pair_text_list *now = pairs_of(m), *was = &then->pairs.pairs;

    assert_int_equal(m->seq, then->seq);
    assert_int_equal(m->contribution_count, then->points);
    assert_int_equal(m->undo_count, then->steps);
    assert_int_equal(m->parts[0].shown, then->shown);
    assert_int_equal(now->count, was->count);
    for (size_t i = 0; i < now->count; i++)
        assert_true(record_same(&pair_text_record, &now->at[i], &was->at[i]));
}

static void forget(struct then *then)
{
    record_release(method_infos[METHOD_PAIRS].state, &then->pairs);
}

/* All facts are made ready before the first is applied, as the application does it. */
static enum refusal once(struct meeting *m, const struct command *c, enum role role,
                         size_t fails_at)
{
    struct facts facts;
    struct context context = as(m, role);

    if (role == ROLE_PHONE) {
        context.own_count = 1;
        context.own[0] = 1;
    }
    alloc_fail_at(fails_at);
    enum refusal refusal = meeting_decide(m, c, &context, &facts);
    for (size_t i = 0; refusal == REFUSED_NOT && i < facts.count; i++)
        if (!meeting_prepare(m, &facts.at[i]))
            refusal = REFUSED_BUSY;
    alloc_fail_at(0);
    for (size_t i = 0; refusal == REFUSED_NOT && i < facts.count; i++)
        meeting_apply(m, &facts.at[i]);
    facts_release(&facts);
    return refusal;
}

static void must(struct meeting *m, struct command c, enum role role)
{
    assert_int_equal(once(m, &c, role, 0), REFUSED_NOT);
    command_release(&c);
}

/* The same, with memory that fails at each request in turn: it is busy, and nothing is changed,
 * until there is enough. */
static void must_at_last(struct meeting *m, struct command c, enum role role)
{
    enum refusal refusal = REFUSED_BUSY;

    for (size_t n = 1; refusal != REFUSED_NOT; n++) {
        struct then then;
        remember(m, &then);
        refusal = once(m, &c, role, n);
        if (refusal != REFUSED_NOT) {
            assert_int_equal(refusal, REFUSED_BUSY);
            is_as_it_was(m, &then);
        }
        forget(&then);
        assert_true(n < 1000);
    }
    command_release(&c);
}

static struct command kind(enum command_kind k)
{
    return (struct command){ .kind = k };
}

static struct command seat_add(void)
{
    struct command c = kind(COMMAND_SEAT_ADD);

    c.args.seat_add.name = text_from("Ana");
    return c;
}

static struct command seat_is(int64_t seat, enum presence presence)
{
    struct command c = kind(COMMAND_SEAT_CHANGE);

    c.args.seat_change.seat = seat;
    c.args.seat_change.presence = presence;
    return c;
}

static struct command writes(int64_t pair, const char *text)
{
    struct command c = kind(COMMAND_PAIRS_WRITE);

    c.args.pairs_write.pair = pair;
    c.args.pairs_write.text = text_from(text);
    return c;
}

/* A part of pairs and a talk, and so many at the table. */
static struct meeting *begun(int people, bool across)
{
    struct meeting *m = meeting_new();
    struct command c = kind(COMMAND_MEETING_CREATE);
    struct item *item = calloc(1, sizeof(*item));

    *item = (struct item){ .no = 1, .title = text_from("To og to"), .minutes = 9 };
    item->parts.count = PARTS;
    item->parts.at = calloc(PARTS, sizeof(struct part));
    item->parts.at[0] = (struct part){ .id = text_from("a"),
                                       .method = METHOD_PAIRS,
                                       .pairs = { .has_across = true, .across = across } };
    item->parts.at[1] = (struct part){ .id = text_from("b"), .method = METHOD_TALK };
    c.args.meeting_create.agenda.items.count = 1;
    c.args.meeting_create.agenda.items.at = item;
    must(m, c, ROLE_NOT);
    for (int i = 0; i < people; i++)
        must(m, seat_add(), ROLE_SCRIBE); /* No step of the console's. */
    must(m, kind(COMMAND_MEETING_START), ROLE_CONSOLE);
    return m;
}

static void pair_is(const struct meeting *m, size_t i, size_t count, const int64_t *seats)
{
    const struct pair *p = &pairs_of(m)->at[i].pair;

    assert_true(i < pairs_of(m)->count);
    assert_int_equal(p->pair, i + 1);
    assert_int_equal(p->seats.count, count);
    for (size_t k = 0; k < count; k++)
        assert_int_equal(p->seats.at[k], seats[k]);
}

#define PAIR(m, i, ...)                                                                            \
    pair_is((m), (i), sizeof((int64_t[]){ __VA_ARGS__ }) / sizeof(int64_t),                        \
            (int64_t[]){ __VA_ARGS__ })

static void any_number_of_people_is_put_two_and_two(void **state)
{
    (void)state;
    for (int people = 0; people <= 5; people++) {
        struct meeting *m = begun(people, false);
        assert_int_equal(pairs_of(m)->count, people == 1 ? 1 : people / 2);
        if (people == 1)
            PAIR(m, 0, 1);
        if (people == 2)
            PAIR(m, 0, 1, 2);
        if (people == 3)
            PAIR(m, 0, 1, 2, 3);
        if (people == 5) {
            PAIR(m, 0, 1, 2);
            PAIR(m, 1, 3, 4, 5);
        }
        meeting_free(m);
    }
}

static void a_thousand_sit_half_the_table_apart(void **state)
{
    struct meeting *m = begun(1000, true);

    (void)state;
    assert_int_equal(pairs_of(m)->count, 500);
    for (int64_t i = 0; i < 500; i++)
        PAIR(m, (size_t)i, i + 1, i + 501);
    for (int64_t i = 1; i <= 500; i++)
        must(m, writes(i, "Ro"), ROLE_CONSOLE);
    must(m, kind(COMMAND_PAIRS_SHOW), ROLE_CONSOLE);
    assert_int_equal(m->contribution_count, 500);
    for (size_t i = 0; i < 500; i++) {
        assert_int_equal(m->contributions[i].post.seat, i + 1);
        assert_int_equal(m->contributions[i].post.with_seats.at[0], i + 501);
    }
    must(m, kind(COMMAND_UNDO), ROLE_CONSOLE);
    assert_int_equal(m->contribution_count, 0);
    meeting_free(m);
}

static void a_pair_that_is_full_is_joined_by_nobody(void **state)
{
    struct meeting *m = begun(1, false);

    (void)state;
    for (int i = 1; i < LIMIT_TOGETHER; i++)
        must(m, seat_add(), ROLE_SCRIBE);
    assert_int_equal(pairs_of(m)->at[0].pair.seats.count, LIMIT_TOGETHER);
    must(m, seat_add(), ROLE_SCRIBE);
    must(m, seat_add(), ROLE_SCRIBE);
    PAIR(m, 1, LIMIT_TOGETHER + 1, LIMIT_TOGETHER + 2);
    meeting_free(m);
}

static void exhausted_memory_is_busy_and_nothing_is_done_by_halves(void **state)
{
    struct meeting *m = begun(5, false);

    (void)state;
    must(m, kind(COMMAND_UNDO), ROLE_CONSOLE);
    must_at_last(m, kind(COMMAND_MEETING_START), ROLE_CONSOLE);
    must_at_last(m, seat_add(), ROLE_CONSOLE);
    PAIR(m, 0, 1, 2, 6);
    must_at_last(m, kind(COMMAND_UNDO), ROLE_CONSOLE);
    PAIR(m, 0, 1, 2);
    must_at_last(m, writes(1, "Ro"), ROLE_PHONE);
    must_at_last(m, seat_add(), ROLE_CONSOLE);
    PAIR(m, 0, 1, 2, 7);
    must_at_last(m, writes(2, "Flere voksne"), ROLE_CONSOLE);
    must_at_last(m, writes(2, ""), ROLE_CONSOLE);
    must_at_last(m, kind(COMMAND_PAIRS_SHOW), ROLE_CONSOLE);
    assert_int_equal(m->contributions[0].post.with_seats.count, 2);
    must_at_last(m, kind(COMMAND_UNDO), ROLE_CONSOLE);
    must_at_last(m, kind(COMMAND_PART_NEXT), ROLE_CONSOLE);
    assert_int_equal(m->contribution_count, 1);
    for (int i = 0; i < 3; i++)
        must(m, seat_add(), ROLE_SCRIBE);
    must_at_last(m, kind(COMMAND_UNDO), ROLE_CONSOLE);
    assert_int_equal(m->contribution_count, 0);
    PAIR(m, 1, 3, 4, 5);
    PAIR(m, 2, 8, 9, 10);
    must_at_last(m, seat_is(8, PRESENCE_LEFT), ROLE_CONSOLE);
    must_at_last(m, seat_is(9, PRESENCE_LEFT), ROLE_CONSOLE);
    PAIR(m, 0, 1, 2, 7, 10);
    must_at_last(m, seat_is(9, PRESENCE_HERE), ROLE_CONSOLE);
    PAIR(m, 1, 3, 4, 5, 9);
    meeting_free(m);
}

/* Two points are shown, and this is done to the first; then it is taken back that they were. */
static void shown_and_then(struct command c, bool stays)
{
    struct meeting *m = begun(4, false);

    must(m, writes(1, "Ro"), ROLE_CONSOLE);
    must(m, writes(2, "Flere voksne"), ROLE_CONSOLE);
    must(m, kind(COMMAND_PAIRS_SHOW), ROLE_CONSOLE);
    struct uuids one = { .count = 1, .at = calloc(1, sizeof(struct uuid)) };
    one.at[0] = m->contributions[0].id;
    if (c.kind == COMMAND_CONTRIBUTION_EDIT)
        c.args.contribution_edit.contribution = one.at[0];
    else if (c.kind == COMMAND_CONTRIBUTION_WITHDRAW)
        c.args.contribution_withdraw.contribution = one.at[0];
    if (c.kind == COMMAND_GROUP_SET)
        c.args.group_set.contributions = one;
    else if (c.kind == COMMAND_CONTRIBUTION_ADD)
        c.args.contribution_add.content = (struct content){
            .text = c.args.contribution_add.content.text,
            .has_builds_on = true,
            .builds_on = one,
        };
    else if (c.kind == COMMAND_DECISION_SET)
        c.args.decision_set.written_answer.based_on = one;
    else
        free(one.at);
    must(m, c, ROLE_SCRIBE);
    size_t points = m->contribution_count;
    must(m, kind(COMMAND_UNDO), ROLE_CONSOLE);
    assert_int_equal(m->parts[0].shown, stays);
    assert_int_equal(m->contribution_count, stays ? points : points - 2);
    meeting_free(m);
}

static void what_stands_as_it_was_shown_is_taken_back(void **state)
{
    struct command c = kind(COMMAND_CONTRIBUTION_ADD);

    (void)state;
    c.args.contribution_add.has_seat = true;
    c.args.contribution_add.seat = 3;
    c.args.contribution_add.content.text = text_from("Noget andet");
    struct meeting *m = begun(4, false);
    must(m, writes(1, "Ro"), ROLE_CONSOLE);
    must(m, kind(COMMAND_PAIRS_SHOW), ROLE_CONSOLE);
    must(m, c, ROLE_SCRIBE);
    must(m, kind(COMMAND_UNDO), ROLE_CONSOLE);
    assert_false(m->parts[0].shown);
    assert_int_equal(m->contribution_count, 1);
    assert_string_equal(m->contributions[0].post.content.text->bytes, "Noget andet");
    must(m, writes(1, "Ro igen"), ROLE_CONSOLE);
    must(m, kind(COMMAND_PAIRS_SHOW), ROLE_CONSOLE);
    assert_string_equal(m->contributions[1].post.content.text->bytes, "Ro igen");
    meeting_free(m);
}

static void what_somebody_has_gone_on_from_stays(void **state)
{
    struct command builds = kind(COMMAND_CONTRIBUTION_ADD), group = kind(COMMAND_GROUP_SET);
    struct command answer = kind(COMMAND_DECISION_SET);

    (void)state;
    builds.args.contribution_add.has_seat = true;
    builds.args.contribution_add.seat = 3;
    builds.args.contribution_add.content.text = text_from("Og mere");
    shown_and_then(builds, true);
    group.args.group_set.title = text_from("Ude");
    shown_and_then(group, true);
    answer.args.decision_set.written_answer.answer = ANSWER_ACTION;
    answer.args.decision_set.written_answer.has_based_on = true;
    answer.args.decision_set.text = text_from("Vi gør det");
    shown_and_then(answer, true);
    shown_and_then(kind(COMMAND_CONTRIBUTION_WITHDRAW), true);
}

/* As with private notes: a day after the end. */
static void what_pairs_wrote_is_blanked_also_what_was_written_over(void **state)
{
    struct meeting *m = begun(2, false);
    struct context context = as(m, ROLE_NOT);
    const struct command wake = kind(COMMAND_TIME_WAKE);
    struct facts facts;

    (void)state;
    int64_t first = m->seq + 1;
    must(m, writes(1, "Ro"), ROLE_CONSOLE); /* Two who hear it, and that there is something. */
    must(m, writes(1, "Flere voksne"), ROLE_CONSOLE);
    must(m, kind(COMMAND_MEETING_CLOSE), ROLE_CONSOLE);
    context.now.ms = m->ended.ms + LIMIT_NOTES_KEPT_MS;
    assert_int_equal(meeting_decide(m, &wake, &context, &facts), REFUSED_NOT);
    const struct ints *blanks = &facts.at[0].is.notes_blanked.blanks;
    const int64_t texts[] = { first, first + 1, first + 3, first + 4 };
    assert_int_equal(blanks->count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(blanks->at[i], texts[i]);
    assert_true(meeting_prepare(m, &facts.at[0]));
    meeting_apply(m, &facts.at[0]);
    assert_null(pairs_of(m)->at[0].text);
    assert_string_equal(m->contributions[0].post.content.text->bytes, "Flere voksne");
    facts_release(&facts);
    meeting_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_people_is_put_two_and_two),
        cmocka_unit_test(a_thousand_sit_half_the_table_apart),
        cmocka_unit_test(a_pair_that_is_full_is_joined_by_nobody),
        cmocka_unit_test(exhausted_memory_is_busy_and_nothing_is_done_by_halves),
        cmocka_unit_test(what_stands_as_it_was_shown_is_taken_back),
        cmocka_unit_test(what_somebody_has_gone_on_from_stays),
        cmocka_unit_test(what_pairs_wrote_is_blanked_also_what_was_written_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
