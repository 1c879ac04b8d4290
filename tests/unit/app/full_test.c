/* A disk that is full, to the application: it costs the refusals, and nothing else.
 *
 * tests/README.md, rows 4, 60 and 64. */
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "support/cmocka_all.h"
#include "support/world.h"

struct desk {
    struct world world;
    char code[16], console[64];
    struct world_wire *link, *phone;
};

static const char body[] = "{\"agenda\":{\"items\":[{\"no\":1,\"title\":\"Runde\",\"minutes\":10,"
                           "\"parts\":[{\"id\":\"a\",\"method\":\"dialogue\"}]}]}}";

static struct world_wire *greet(struct desk *d, const char *role, const char *key)
{
    struct world_wire *wire = world_connect(&d->world);
    char hello[256];

    snprintf(hello, sizeof(hello), "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\",\"%s\":\"%s\"}}",
             role, d->code, strcmp(role, "phone") == 0 ? "name" : "key", key);
    world_say(wire, hello);
    return wire;
}

/* Sends a command; what was answered: "ok", or why not. */
static const char *ask(struct world_wire *wire, const char *command, const char *fields)
{
    static int number;
    static char said[64];
    char text[512], *heard;

    while ((heard = world_hear(wire)))
        free(heard);
    snprintf(text, sizeof(text),
             "{\"id\":\"22222222-2222-4222-8222-%012d\",\"do\":\"%s\",\"with\":{%s}}", ++number,
             command, fields);
    world_say(wire, text);
    said[0] = '\0';
    while ((heard = world_hear(wire))) {
        json_t *frame = json_loads(heard, 0, NULL);
        const char *code = json_string_value(json_object_get(frame, "code"));
        if (json_object_get(frame, "re"))
            snprintf(said, sizeof(said), "%s", code ? code : "ok");
        json_decref(frame);
        free(heard);
    }
    return said;
}

/* Asks for a meeting to be made; the status. */
static int make(struct desk *d, json_t **ret_made)
{
    int status = 0;
    char *answer = world_ask(&d->world, "POST", "/api/meetings", "", NULL, body, &status);

    *ret_made = json_loads(answer, 0, NULL);
    free(answer);
    return status;
}

static int open_desk(void **state)
{
    struct desk *d = calloc(1, sizeof(*d));
    json_t *made;

    world_open(&d->world, 1, SOURCE_FOLDER "/server/templates");
    assert_int_equal(make(d, &made), 201);
    snprintf(d->code, sizeof(d->code), "%s", json_string_value(json_object_get(made, "code")));
    const char *link =
        json_string_value(json_object_get(json_object_get(made, "links"), "console"));
    snprintf(d->console, sizeof(d->console), "%s", strchr(link, '#') + 1);
    json_decref(made);
    d->link = greet(d, "console", d->console);
    d->phone = greet(d, "phone", "Ana");
    assert_string_equal(ask(d->link, "meeting.start", ""), "ok");
    *state = d;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *d = *state;

    world_disconnect(d->link);
    world_disconnect(d->phone);
    world_close(&d->world);
    free(d);
    return 0;
}

static void what_is_refused_reads_nothing_anew(void **state)
{
    struct desk *d = *state;
    int64_t read = d->world.app->read;

    journal_memory_fill(d->world.journal, true);
    for (int i = 0; i < 500; i++)
        assert_string_equal(ask(d->phone, "contribution.add", "\"text\":\"Punkt\""), "not_saved");
    world_pass(&d->world, 30000);
    for (int i = 0; i < 500; i++)
        assert_string_equal(ask(d->link, "clock.pause", ""), "not_saved");
    assert_int_equal(d->world.app->read, read + 1); /* The first one was tried. */
    assert_string_equal(ask(d->phone, "turn.done", ""), "not_your_turn"); /* As ever. */

    journal_memory_fill(d->world.journal, false);
    world_pass(&d->world, 3000);
    assert_string_equal(ask(d->phone, "contribution.add", "\"text\":\"Punkt\""), "ok");
    assert_int_equal(d->world.app->read, read + 1);
}

/* Whoever reads goes on. */
static void who_comes_meanwhile_sees_the_meeting(void **state)
{
    struct desk *d = *state;
    char *heard;
    bool seen = false;

    journal_memory_fill(d->world.journal, true);
    assert_string_equal(ask(d->phone, "contribution.add", "\"text\":\"Punkt\""), "not_saved");
    struct world_wire *other = greet(d, "console", d->console);
    while ((heard = world_hear(other))) {
        seen |= strstr(heard, "\"snapshot\"") != NULL;
        free(heard);
    }
    assert_true(seen);
    assert_false(other->closing);
    world_disconnect(other);
    other = greet(d, "phone", "Bo"); /* A new seat would have to be written. */
    heard = world_hear(other);
    assert_non_null(strstr(heard, "\"not_saved\""));
    free(heard);
    world_disconnect(other);
    journal_memory_fill(d->world.journal, false);
}

/* A deadline that passes meanwhile is told of when it can be written, and keeps nobody busy. */
static void a_deadline_waits_until_it_can_be_written(void **state)
{
    struct desk *d = *state;
    int64_t at;
    char *heard;
    bool told = false;

    journal_memory_fill(d->world.journal, true);
    assert_string_equal(ask(d->link, "clock.pause", ""), "not_saved");
    world_pass(&d->world, 20 * 60000);
    assert_false(app_wake_at(d->world.app, &at));
    journal_memory_fill(d->world.journal, false);
    while ((heard = world_hear(d->link)))
        free(heard);
    world_pass(&d->world, 3000);
    while ((heard = world_hear(d->link))) {
        told |= strstr(heard, "time.up") != NULL;
        free(heard);
    }
    assert_true(told);
}

/* What a meeting was that could not be made leaves nothing in memory. */
static void a_meeting_that_could_not_be_made_is_not_there(void **state)
{
    struct desk *d = *state;
    json_t *made;

    journal_memory_fill(d->world.journal, true);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(make(d, &made), 503);
        assert_string_equal(json_string_value(json_object_get(made, "code")), "not_saved");
        json_decref(made);
    }
    world_pass(&d->world, 1000);
    assert_int_equal(app_meetings(d->world.app), 1);
    journal_memory_fill(d->world.journal, false);
    world_pass(&d->world, 3000);
    /* One whose commit fails by itself, and so is lost when it is thought of as made. */
    journal_memory_fail(d->world.journal, 1);
    assert_int_equal(make(d, &made), 503);
    json_decref(made);
    world_pass(&d->world, 1000);
    assert_int_equal(app_meetings(d->world.app), 1);
    assert_int_equal(make(d, &made), 201);
    json_decref(made);
    assert_int_equal(app_meetings(d->world.app), 2);
}

int main(void)
{
#define AT_A_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        AT_A_DESK(what_is_refused_reads_nothing_anew),
        AT_A_DESK(who_comes_meanwhile_sees_the_meeting),
        AT_A_DESK(a_deadline_waits_until_it_can_be_written),
        AT_A_DESK(a_meeting_that_could_not_be_made_is_not_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
