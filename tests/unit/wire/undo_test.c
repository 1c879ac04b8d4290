/* undo_test.c -- so many steps, so many undos: everybody sees what they saw before.
 *
 * A console does anything that can be taken back, in any order, and takes it all back; what the
 * pages see, as snapshots, must be the same but for numbers that never come twice and for the
 * order in which things stand that were away in between.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/meeting.h"
#include "engine/undo.h"
#include "wire/record_json.h"
#include "wire/snapshot_json.h"

#include "support/cmocka_all.h"
#include "support/json_sort.h"

enum { RUNS = 1500, STEPS = 12, SEATS = 5, POINTS = 6, FIGURES = 3 };

static uint64_t dice = 1;

static int64_t roll(int64_t sides)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)(dice >> 33) % sides;
}

static struct uuid numbered(int64_t n)
{
    struct uuid id = { { 0 } };

    id.b[0] = (unsigned char)n;
    id.b[15] = 1;
    return id;
}

static enum refusal offer(struct meeting *m, struct command *c, enum role role, struct uuid id)
{
    struct context context = { .now = { 5000 }, .role = role, .id = id, .dice = dice };
    struct facts facts;
    enum refusal refusal = meeting_decide(m, c, &context, &facts);

    for (size_t i = 0; refusal == REFUSED_NOT && i < facts.count; i++) {
        assert_true(meeting_prepare(m, &facts.at[i]));
        meeting_apply(m, &facts.at[i]);
    }
    if (refusal == REFUSED_NOT)
        facts_release(&facts);
    command_release(c);
    return refusal;
}

static struct text *word(const char *a)
{
    return text_from(a);
}

static struct meeting *begun(void)
{
    static const enum method methods[] = { METHOD_TURNS, METHOD_DIALOGUE, METHOD_DECISION };
    struct meeting *m = meeting_new();
    struct command c = { .kind = COMMAND_MEETING_CREATE };
    struct agenda *a = &c.args.meeting_create.agenda;

    a->items = (struct item_list){ .count = 1, .at = calloc(1, sizeof(struct item)) };
    *a->items.at = (struct item){ .no = 1, .title = word("Runde"), .minutes = 60 };
    a->items.at->parts = (struct part_list){ .count = 3, .at = calloc(3, sizeof(struct part)) };
    for (int i = 0; i < 3; i++)
        a->items.at->parts.at[i] =
            (struct part){ .id = word((const char *[]){ "a", "b", "c" }[i]), .method = methods[i] };
    assert_int_equal(offer(m, &c, ROLE_NOT, numbered(0)), REFUSED_NOT);
    for (int i = 0; i < SEATS; i++) { /* The last two share a phone. */
        c = (struct command){ .kind = COMMAND_SEAT_ADD };
        c.args.seat_add.name = word("Ana");
        c.args.seat_add.function = i % 2 ? word("Lærer") : NULL;
        c.args.seat_add.has_with = i == SEATS - 1;
        c.args.seat_add.with = SEATS - 1;
        assert_int_equal(offer(m, &c, ROLE_SCRIBE, numbered(0)), REFUSED_NOT);
    }
    c = (struct command){ .kind = COMMAND_MEETING_START };
    assert_int_equal(offer(m, &c, ROLE_CONSOLE, numbered(0)), REFUSED_NOT);
    for (int i = 1; i <= POINTS; i++) {
        c = (struct command){ .kind = COMMAND_CONTRIBUTION_ADD };
        c.args.contribution_add.content.text = word("Flere voksne ude");
        c.args.contribution_add.has_seat = true;
        c.args.contribution_add.seat = 1 + i % SEATS;
        assert_int_equal(offer(m, &c, ROLE_SCRIBE, numbered(i)), REFUSED_NOT);
    }
    for (int i = 1; i <= FIGURES; i++) {
        c = (struct command){ .kind = COMMAND_DATA_PUT };
        c.args.data_put.figures.title = word("Trivsel");
        c.args.data_put.figures.kind = DATA_KIND_TABLE;
        c.args.data_put.figures.csv = word("Sted;Andel\nGård;16 %");
        c.args.data_put.has_confidential = c.args.data_put.confidential = i == 2;
        assert_int_equal(offer(m, &c, ROLE_CONSOLE, numbered(100 + i)), REFUSED_NOT);
    }
    undo_clear(m);
    return m;
}

static void change_seat(struct command_seat_change *c)
{
    c->seat = 1 + roll(SEATS + 1);
    if (roll(2))
        c->presence = (enum presence)(1 + roll(3));
    if (roll(4) == 0)
        c->name = word(roll(2) ? "Bo" : "Ida");
    if (roll(4) == 0)
        c->function = word("Skoleleder");
    c->has_place = roll(4) == 0;
    c->place = 1 + roll(SEATS);
}

static void group(struct command_group_set *c)
{
    c->title = roll(3) ? word(roll(2) ? "Ude" : "Inde") : NULL;
    c->has_group = roll(2);
    c->group = numbered(200 + roll(STEPS));
    c->contributions.at = calloc(POINTS, sizeof(struct uuid));
    for (int i = 1; i <= POINTS; i++)
        if (roll(3) == 0)
            c->contributions.at[c->contributions.count++] = numbered(i);
    if (c->contributions.count == 0) {
        free(c->contributions.at);
        c->contributions.at = NULL;
    }
}

/* What a console may do beside the floor. */
static void beside(struct command *c)
{
    switch (roll(8)) {
    case 0:
        c->kind = COMMAND_SEAT_ADD;
        c->args.seat_add.name = word("Gæst");
        c->args.seat_add.has_with = roll(2);
        c->args.seat_add.with = 1 + roll(SEATS);
        break;
    case 1:
        c->kind = COMMAND_SEAT_LEAVES;
        c->args.seat_leaves.leaving.seat = 1 + roll(SEATS);
        c->args.seat_leaves.leaving.leaves = roll(3) ? word(roll(2) ? "20:15" : "20:30") : NULL;
        break;
    case 2:
        c->kind = COMMAND_DECISION_OPEN;
        c->args.decision_open.answer = (enum answer)(1 + roll(ANSWER_COUNT - 1));
        break;
    case 3:
        c->kind = COMMAND_DOOR_CLOSE;
        c->args.door_close.closed = roll(2);
        break;
    case 4:
        c->kind = COMMAND_DATA_REMOVE;
        c->args.data_remove.data = numbered(101 + roll(FIGURES));
        break;
    case 5:
        c->kind = COMMAND_CONTRIBUTION_WITHDRAW;
        c->args.contribution_withdraw.contribution = numbered(1 + roll(POINTS));
        break;
    default:
        c->kind = COMMAND_GROUP_SET;
        group(&c->args.group_set);
    }
}

static void with_floor(struct command *c)
{
    static const enum command_kind plain[] = { COMMAND_TURN_DONE,    COMMAND_TURN_LATER,
                                               COMMAND_TURN_PASS,    COMMAND_CLOCK_PAUSE,
                                               COMMAND_CLOCK_RESUME, COMMAND_PART_NEXT,
                                               COMMAND_PART_BACK,    COMMAND_FLOOR_HINT };
    switch (roll(5)) {
    case 0:
        c->kind = COMMAND_FLOOR_GIVE;
        c->args.floor_give.seat = 1 + roll(SEATS);
        break;
    case 1:
        c->kind = COMMAND_HAND_RAISE;
        c->args.hand_raise.has_seat = true;
        c->args.hand_raise.seat = 1 + roll(SEATS);
        break;
    case 2:
        c->kind = COMMAND_HAND_LOWER;
        c->args.hand_lower.has_seat = true;
        c->args.hand_lower.seat = 1 + roll(SEATS);
        break;
    case 3:
        c->kind = COMMAND_SEAT_TOGETHER;
        c->args.seat_together.seat = SEATS - roll(2);
        c->args.seat_together.together = roll(3) > 0;
        break;
    default:
        c->kind = plain[roll(8)];
    }
}

/* What a role sees, without numbers that only grow and in no order of their coming. */
static json_t *seen(const struct meeting *m, enum role role)
{
    const struct reader reader = { .role = role, .own_count = role == ROLE_PHONE, .own = { 1 } };
    char *text = snapshot_encode(m, "K7QM-4XPR", &reader);
    json_t *frame = json_loads(text, 0, NULL), *it = json_object_get(frame, "snapshot"), *each;
    size_t i;

    free(text);
    assert_non_null(it);
    json_object_del(frame, "seq");
    json_object_del(it, "undo");
    json_object_del(it, "hinted");
    json_object_del(it, "hint"); /* Any step back takes it from the speaker's phone. */
    json_object_del(json_object_get(it, "now"), "turn");
    const json_t *part = json_object_get(json_object_get(it, "now"), "part");
    json_array_foreach(json_object_get(json_array_get(json_object_get(it, "items"), 0), "parts"), i,
                       each)
    {
        json_object_del(each, "begun"); /* What was begun may have been written in. */
        /* When it was says nothing of a part that comes again and has had no time. */
        if (json_integer_value(json_object_get(each, "used")) == 0 &&
            !json_equal(part, json_object_get(each, "id")))
            json_object_del(each, "began");
    }
    json_sort(json_object_get(it, "contributions"));
    json_sort(json_object_get(it, "data"));
    json_array_foreach(json_object_get(it, "groups"), i, each)
        json_sort(json_object_get(each, "contributions"));
    return frame;
}

static void same(json_t *before, json_t *after, int run)
{
    const char *key;
    json_t *was;

    json_object_foreach(before, key, was)
    {
        json_t *is = json_object_get(after, key);
        if (json_equal(was, is))
            continue;
        fail_msg("run %d, %s was %s\nand is %s", run, key, json_dumps(was, JSON_COMPACT),
                 json_dumps(is, JSON_COMPACT));
    }
}

static const enum role roles[] = { ROLE_CONSOLE, ROLE_BOARD, ROLE_PHONE };

static void every_step_can_be_taken_back(void **state)
{
    (void)state;
    for (int run = 0; run < RUNS; run++) {
        struct meeting *m = begun();
        json_t *before[3];
        for (int i = 0; i < 3; i++)
            before[i] = seen(m, roles[i]);
        for (int i = 0; i < STEPS; i++) {
            struct command c = { .kind = COMMAND_SEAT_CHANGE };
            int64_t mood = roll(5);
            if (mood < 2)
                with_floor(&c);
            else if (mood < 4)
                beside(&c);
            else
                change_seat(&c.args.seat_change);
            (void)offer(m, &c, ROLE_CONSOLE, numbered(200 + i));
        }
        while (m->undo_count > 0) {
            struct command undo = { .kind = COMMAND_UNDO };
            assert_int_equal(offer(m, &undo, ROLE_CONSOLE, numbered(0)), REFUSED_NOT);
        }
        for (int i = 0; i < 3; i++) {
            json_t *after = seen(m, roles[i]);
            same(json_object_get(before[i], "snapshot"), json_object_get(after, "snapshot"), run);
            json_decref(after);
            json_decref(before[i]);
        }
        meeting_free(m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_step_can_be_taken_back) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
