/* Screens are told while nothing becomes durable, and when it does again.  tests/README.md, rows 4
 * and 29. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "base/alloc.h"
#include "hub/session.h"
#include "support/cmocka_all.h"
#include "support/world.h"

struct hall {
    struct world world;
    char code[16], key[ROLE_COUNT][64];
    struct world_wire *console, *board, *phone;
};

static struct world_wire *greet(struct hall *h, const char *role, const char *what,
                                const char *value)
{
    struct world_wire *wire = world_connect(&h->world);
    char hello[256];

    snprintf(hello, sizeof(hello), "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\",\"%s\":\"%s\"}}",
             role, h->code, what, value);
    world_say(wire, hello);
    return wire;
}

static struct world_wire *screen(struct hall *h, enum role role)
{
    return greet(h, role_enum.names[role], "key", h->key[role]);
}

static int open_hall(void **state)
{
    static const char body[] = "{\"agenda\":{\"items\":[{\"no\":1,\"title\":\"Runde\","
                               "\"minutes\":10,\"parts\":[{\"id\":\"a\",\"method\":\"turns\"}]}]}}";
    struct hall *h = calloc(1, sizeof(*h));
    int status = 0;

    world_open(&h->world, 1, SOURCE_FOLDER "/server/templates");
    char *answer = world_ask(&h->world, "POST", "/api/meetings", "", NULL, body, &status);
    json_t *made = json_loads(answer, 0, NULL), *links = json_object_get(made, "links");
    assert_int_equal(status, 201);
    snprintf(h->code, sizeof(h->code), "%s", json_string_value(json_object_get(made, "code")));
    for (enum role role = ROLE_CONSOLE; role <= ROLE_LEADER; role++) {
        const char *link = json_string_value(json_object_get(links, role_enum.names[role]));
        if (link && strchr(link, '#'))
            snprintf(h->key[role], sizeof(h->key[role]), "%s", strchr(link, '#') + 1);
    }
    json_decref(made);
    free(answer);
    h->console = screen(h, ROLE_CONSOLE);
    h->board = screen(h, ROLE_BOARD);
    h->phone = greet(h, "phone", "name", "Ana");
    world_settle(&h->world);
    *state = h;
    return 0;
}

static int close_hall(void **state)
{
    struct hall *h = *state;

    world_disconnect(h->console);
    world_disconnect(h->board);
    world_disconnect(h->phone);
    world_close(&h->world);
    free(h);
    return 0;
}

/* What came of it since it was last asked for, a letter each: "-" nothing is saved, "+" it is
 * again, "w" a welcome, "f" facts. */
static const char *heard(struct world_wire *wire)
{
    static char all[64];
    size_t len = 0;
    char *text;

    while ((text = world_hear(wire))) {
        json_t *frame = json_loads(text, 0, NULL), *saving = json_object_get(frame, "saving");
        char letter = '\0';
        if (saving)
            letter = json_is_true(saving) ? '+' : '-';
        else if (json_object_get(frame, "welcome"))
            letter = 'w';
        else if (json_object_get(frame, "facts"))
            letter = 'f';
        if (letter && len < sizeof(all) - 1)
            all[len++] = letter;
        json_decref(frame);
        free(text);
    }
    all[len] = '\0';
    return all;
}

static void forget(struct hall *h)
{
    heard(h->console);
    heard(h->board);
    heard(h->phone);
}

static void press(struct world_wire *wire, const char *command, const char *fields)
{
    static int number;
    char text[256];

    snprintf(text, sizeof(text),
             "{\"id\":\"22222222-2222-4222-8222-%012d\",\"do\":\"%s\",\"with\":{%s}}", ++number,
             command, fields);
    world_say(wire, text);
}

static void what_waits_longer_than_a_second_is_told_each_second_and_when_it_is_over(void **state)
{
    struct hall *h = *state;

    world_pass(&h->world, 3000);
    forget(h);
    h->world.stalled = true;
    world_pass(&h->world, 5000);
    assert_string_equal(heard(h->console), ""); /* Nobody has sent anything: nothing waits. */
    press(h->console, "meeting.start", "");
    world_pass(&h->world, 1000);
    assert_string_equal(heard(h->console), ""); /* It has not waited a second yet. */
    for (int seconds = 0; seconds < 3; seconds++) {
        world_pass(&h->world, 1000);
        assert_string_equal(heard(h->console), "-");
        assert_string_equal(heard(h->board), "-");
    }
    assert_string_equal(heard(h->phone), ""); /* A phone says of each text where it is. */

    h->world.stalled = false;
    world_settle(&h->world);
    assert_string_equal(heard(h->board), "f");
    world_pass(&h->world, 5000);
    assert_string_equal(heard(h->board), "-+");
    assert_string_equal(heard(h->phone), "f");
}

static void a_commit_that_takes_a_moment_is_not_worth_a_word(void **state)
{
    struct hall *h = *state;

    press(h->console, "meeting.start", "");
    for (int i = 0; i < 10; i++) { /* Each second one is under way, and it is never the same. */
        h->world.stalled = true;
        press(h->console, i % 2 ? "clock.resume" : "clock.pause", "");
        world_pass(&h->world, 1000);
        h->world.stalled = false;
        world_settle(&h->world);
    }
    assert_null(strpbrk(heard(h->console), "-+"));
}

static void a_screen_that_comes_meanwhile_is_told_before_its_welcome(void **state)
{
    struct hall *h = *state;

    h->world.stalled = true;
    press(h->console, "meeting.start", "");
    world_pass(&h->world, 2000);
    struct world_wire *late = screen(h, ROLE_BOARD);
    struct world_wire *stranger = greet(h, "board", "key", "nobodys");
    struct world_wire *mute = world_connect(&h->world);
    world_pass(&h->world, 1000);
    assert_string_equal(heard(late), "-");
    assert_string_equal(heard(stranger), "");
    assert_string_equal(heard(mute), "");
    h->world.stalled = false;
    world_pass(&h->world, 3000);
    assert_string_equal(heard(late), "w+");
    world_disconnect(late);
    late = screen(h, ROLE_BOARD);
    world_pass(&h->world, 3000);
    assert_string_equal(heard(late), "w"); /* Nothing was wrong since it came. */
    world_disconnect(late);
    world_disconnect(stranger);
    world_disconnect(mute);
}

static void a_full_disk_is_told_of_while_it_is_full(void **state)
{
    struct hall *h = *state;

    forget(h);
    journal_memory_fill(h->world.journal, true);
    press(h->console, "meeting.start", "");
    for (int seconds = 0; seconds < 3; seconds++) {
        world_pass(&h->world, 1000);
        assert_string_equal(heard(h->board), "-");
    }
    struct world_wire *late = screen(h, ROLE_BOARD); /* What is there can be read. */
    world_pass(&h->world, 1000);
    assert_string_equal(heard(late), "w-");
    world_disconnect(late);
    journal_memory_fill(h->world.journal, false);
    forget(h);
    world_pass(&h->world, 5000);
    assert_non_null(strchr(heard(h->board), '+'));
}

static void a_screen_that_reads_nothing_is_told_once_and_that_it_is_over_when_it_reads(void **state)
{
    struct hall *h = *state;

    world_pass(&h->world, 3000);
    forget(h);
    h->world.stalled = true;
    press(h->console, "meeting.start", "");
    world_pass(&h->world, 60000);
    assert_int_equal(h->board->session->outbox.count, 1);
    for (int i = 0; i < LIMIT_OUTBOX_FRAMES / 2; i++)
        world_say(h->board, "{\"clock\":{\"sent\":1}}");
    h->world.stalled = false;
    world_pass(&h->world, 5000);
    assert_string_equal(heard(h->board), "-f");
    world_pass(&h->world, 1000);
    assert_string_equal(heard(h->board), "+");
    world_pass(&h->world, 5000);
    assert_string_equal(heard(h->board), "");
}

static void it_is_told_later_where_memory_was_out(void **state)
{
    struct hall *h = *state;
    bool failed = true;

    h->world.stalled = true;
    press(h->console, "meeting.start", "");
    world_pass(&h->world, 2000);
    for (size_t n = 1; failed; n++) {
        forget(h);
        alloc_fail_at(n);
        world_pass(&h->world, 1000);
        alloc_fail_at(0);
        failed = strcmp(heard(h->board), "-") != 0;
        assert_true(n < 100);
    }
    h->world.stalled = false;
    world_pass(&h->world, 5000);
    assert_non_null(strchr(heard(h->board), '+'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            what_waits_longer_than_a_second_is_told_each_second_and_when_it_is_over, open_hall,
            close_hall),
        cmocka_unit_test_setup_teardown(a_commit_that_takes_a_moment_is_not_worth_a_word, open_hall,
                                        close_hall),
        cmocka_unit_test_setup_teardown(a_screen_that_comes_meanwhile_is_told_before_its_welcome,
                                        open_hall, close_hall),
        cmocka_unit_test_setup_teardown(a_full_disk_is_told_of_while_it_is_full, open_hall,
                                        close_hall),
        cmocka_unit_test_setup_teardown(
            a_screen_that_reads_nothing_is_told_once_and_that_it_is_over_when_it_reads, open_hall,
            close_hall),
        cmocka_unit_test_setup_teardown(it_is_told_later_where_memory_was_out, open_hall,
                                        close_hall),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
