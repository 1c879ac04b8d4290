/* One of several servers on one journal: what it claims, and what it does when it has lost it.
 *
 * tests/README.md, rows 27 and 28, in virtual time. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/state.h"
#include "hub/close_status.h"
#include "store/lease.h"
#include "store/ownership_memory.h"
#include "support/cmocka_all.h"
#include "support/world.h"

enum { LEASE = OWNERSHIP_LEASE_MS };

static const char part_next[] =
    "{\"id\":\"22222222-2222-4222-8222-%012d\",\"do\":\"%s\",\"with\":{}}";

struct scene {
    struct world world;
    struct ownership_table *table;
    struct ownership *a, *b; /* `a` is the lease's. */
    char code[16], console[64];
};

static int64_t boottime(void *context)
{
    return ((struct world *)context)->boottime;
}

static void ignore(void *context)
{
    (void)context;
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* Makes a meeting of two parts, and keeps its code and the console's key. */
static void create(struct scene *s)
{
    static const char body[] =
        "{\"agenda\":{\"items\":[{\"no\":1,\"title\":\"Runde\",\"minutes\":10,"
        "\"parts\":[{\"id\":\"a\",\"method\":\"turns\"},{\"id\":\"b\",\"method\":\"turns\"}]}]}}";
    int status = 0;
    char *answer = world_ask(&s->world, "POST", "/api/meetings", "", NULL, body, &status);
    json_t *made = json_loads(answer, 0, NULL);

    assert_int_equal(status, 201);
    snprintf(s->code, sizeof(s->code), "%s", text_of(made, "code"));
    snprintf(s->console, sizeof(s->console), "%s",
             strchr(text_of(json_object_get(made, "links"), "console"), '#') + 1);
    json_decref(made);
    free(answer);
}

/* Says hello as the console. */
static struct world_wire *greet(struct scene *s)
{
    struct world_wire *wire = world_connect(&s->world);
    char text[256];

    snprintf(text, sizeof(text),
             "{\"hello\":{\"as\":\"console\",\"meeting\":\"%s\",\"key\":\"%s\"}}", s->code,
             s->console);
    world_say(wire, text);
    return wire;
}

static void say(struct world_wire *wire, int id, const char *command)
{
    char text[256];

    snprintf(text, sizeof(text), part_next, id, command);
    world_say(wire, text);
}

/* The next frame that has this name; NULL when there is none any more. */
static json_t *hear(struct world_wire *wire, const char *name)
{
    for (char *text = world_hear(wire); text; text = world_hear(wire)) {
        json_t *frame = json_loads(text, 0, NULL);
        free(text);
        if (json_object_get(frame, name))
            return frame;
        json_decref(frame);
    }
    return NULL;
}

static bool heard(struct world_wire *wire, const char *name)
{
    json_t *frame = hear(wire, name);

    json_decref(frame);
    return frame != NULL;
}

static void is_refused(struct world_wire *wire, const char *code, int status)
{
    json_t *frame = hear(wire, "refused");

    assert_string_equal(text_of(json_object_get(frame, "refused"), "code"), code);
    json_decref(frame);
    assert_int_equal(wire->status, status);
    world_disconnect(wire);
}

/* It was sent away to come again, and nothing else was said. */
static void is_sent_away(struct world_wire *wire)
{
    assert_false(heard(wire, "re"));
    assert_true(wire->closing);
    assert_int_equal(wire->status, CLOSE_RESTART);
    world_disconnect(wire);
}

/* A server that has started while another one, `b`, had the only meeting, in which it is running.
 */
static int open_scene(void **state)
{
    struct scene *s = calloc(1, sizeof(*s));
    const struct lease_ports ports = { .boottime = boottime,
                                       .boottime_context = &s->world,
                                       .wake = ignore };

    world_open(&s->world, 1, SOURCE_FOLDER "/server/templates");
    create(s);
    struct world_wire *wire = greet(s);
    say(wire, 1, "meeting.start");
    assert_true(heard(wire, "re"));
    world_disconnect(wire);
    s->table = ownership_table_new(&s->world.boottime);
    s->a = ownership_memory_new(s->table, "a", "");
    s->b = ownership_memory_new(s->table, "b", "");
    assert_int_equal(ownership_enter(s->b), 0);
    assert_int_equal(ownership_table_add(s->table, s->code, "b", s->world.boottime), 0);
    world_share(&s->world, s->table, "a", lease_new(s->a, &ports));
    *state = s;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *s = *state;

    struct lease *lease = s->world.lease;

    world_close(&s->world);
    lease_close(lease);
    ownership_close(s->b);
    ownership_table_free(s->table);
    free(s);
    return 0;
}

/* Lets a wire in that takes the meeting over. */
static struct world_wire *take_over(struct scene *s)
{
    world_pass(&s->world, LEASE);
    struct world_wire *wire = greet(s);
    assert_true(heard(wire, "snapshot"));
    return wire;
}

static void a_meeting_that_another_has_is_busy_until_its_lease_is_out(void **state)
{
    struct scene *s = *state;
    int status;

    is_refused(greet(s), "busy", CLOSE_LATER);
    char path[64];
    snprintf(path, sizeof(path), "/api/meetings/%s", s->code);
    free(world_ask(&s->world, "GET", path, "", NULL, "", &status));
    assert_int_equal(status, 503);
    world_pass(&s->world, 1000);
    assert_int_equal(app_meetings(s->world.app), 0); /* Nothing is kept of others'. */
    struct world_wire *wire = take_over(s);
    say(wire, 2, "part.next");
    json_t *reply = hear(wire, "re");
    assert_true(json_is_true(json_object_get(reply, "ok")));
    json_decref(reply);
    world_disconnect(wire);
}

static void what_nobody_has_is_taken_without_being_asked_for(void **state)
{
    struct scene *s = *state;
    struct claim claim;
    struct owner owner;

    world_pass(&s->world, LEASE + 1000);
    assert_int_equal(ownership_find(s->a, s->code, &owner), 0);
    assert_string_equal(owner.node.name, "a");
    assert_int_equal(app_meetings(s->world.app), 1);
    assert_true(app_all_read(s->world.app));
    assert_int_equal(ownership_enter(s->b), 0);
    assert_int_equal(ownership_claim(s->b, s->code, &claim), -EBUSY);
}

/* However many they are, no second passes between some and the next. */
static void many_are_taken_one_after_the_other(void **state)
{
    struct scene *s = *state;
    struct lease *lease = s->world.lease;
    int64_t began = s->world.boottime;

    for (int i = 0; i < 3 * OWNERSHIP_UNOWNED_MAX; i++) {
        create(s);
        assert_int_equal(ownership_give_up(s->a, s->code, 1), 0);
    }
    world_share(&s->world, s->table, "a", lease);
    assert_int_equal(app_meetings(s->world.app), 3 * OWNERSHIP_UNOWNED_MAX);
    assert_int_equal(s->world.boottime, began);
}

static void a_code_that_no_meeting_has_is_a_guess(void **state)
{
    struct scene *s = *state;

    snprintf(s->code, sizeof(s->code), "NNNN-2345");
    struct world_wire *wire = greet(s);
    assert_int_equal(wire->guesses, 1);
    is_refused(wire, "no_such_meeting", CLOSE_POLICY);
    world_pass(&s->world, 1000);
    assert_int_equal(app_meetings(s->world.app), 0);
}

static void once_the_lease_is_out_nothing_is_answered(void **state)
{
    struct scene *s = *state;
    struct world_wire *wire = take_over(s);
    int status;

    s->world.boottime += LEASE; /* Everything stood still; nothing has been renewed. */
    s->world.stalled = true;    /* The command comes before anything else. */
    say(wire, 2, "part.next");
    assert_false(app_ready(s->world.app));
    world_disconnect(greet(s));
    struct world_wire *late = world_connect(&s->world);
    world_say(late, "{\"hello\":{\"as\":\"phone\",\"meeting\":\"NNNN-2345\",\"name\":\"Ib\"}}");
    is_refused(late, "busy", CLOSE_LATER); /* Also of what it does not know. */
    is_sent_away(wire);
    s->world.stalled = false;
    free(world_ask(&s->world, "GET", "/api/templates", "", NULL, "", &status));

    /* It takes its lease anew, and the meeting with it. */
    world_pass(&s->world, 1000);
    assert_true(app_ready(s->world.app));
    wire = greet(s);
    assert_true(heard(wire, "snapshot"));
    say(wire, 2, "part.next");
    assert_true(heard(wire, "re"));
    world_disconnect(wire);
}

/* It became durable as the lease went out: whoever sends it again gets the answer, once. */
static void what_was_on_its_way_is_acknowledged_where_it_is_asked_for_again(void **state)
{
    struct scene *s = *state;
    struct world_wire *wire = take_over(s);

    s->world.stalled = true;
    say(wire, 2, "part.next");
    s->world.boottime += LEASE;
    s->world.stalled = false;
    world_settle(&s->world);
    is_sent_away(wire);
    wire = greet(s);
    json_t *snapshot = hear(wire, "snapshot");
    int64_t seq = json_integer_value(json_object_get(snapshot, "seq"));
    json_decref(snapshot);
    say(wire, 2, "part.next");
    json_t *reply = hear(wire, "re");
    assert_true(json_is_true(json_object_get(reply, "ok")));
    assert_int_equal(json_integer_value(json_object_get(reply, "seq")), seq);
    json_decref(reply);
    world_disconnect(wire);
}

static void hear_status(void *context, const struct api_answer *answer)
{
    *(int *)context = answer->status;
}

static void a_request_that_waits_for_the_journal_is_answered(void **state)
{
    struct scene *s = *state;
    const struct api_request request = { .method = "POST",
                                         .path = "/api/meetings",
                                         .query = "",
                                         .body = "{\"template\":\"runde\"}",
                                         .body_len = 20,
                                         .near = true };
    int status = 0;

    s->world.stalled = true;
    (void)app_api(s->world.app, &request, hear_status, &status);
    assert_int_equal(status, 0);
    s->world.boottime += LEASE;
    app_collect(s->world.app);
    assert_int_equal(status, 503);
    s->world.stalled = false;
}

static bool claims_are_unheard(void *context, const char *question, bool back)
{
    (void)context;
    return !back || strcmp(question, "claim") != 0;
}

/* It is this server's by then, and nobody else will ever take it: it is asked for again. */
static void a_claim_whose_answer_is_lost_is_asked_for_again(void **state)
{
    struct scene *s = *state;
    struct owner owner;

    ownership_memory_travel(s->a, claims_are_unheard, NULL);
    world_pass(&s->world, LEASE + 500);
    is_refused(greet(s), "busy", CLOSE_LATER);
    ownership_memory_travel(s->a, NULL, NULL);
    assert_int_equal(ownership_find(s->a, s->code, &owner), 0);
    assert_string_equal(owner.node.name, "a");
    world_pass(&s->world, 1000);
    assert_true(world_leads(&s->world, s->code));
}

static void what_is_fenced_closes_the_room(void **state)
{
    struct scene *s = *state;
    struct world_wire *wire = take_over(s);
    struct claim claim;

    /* Another one has it, whatever this one believes. */
    assert_int_equal(ownership_leave(s->a), 0);
    assert_int_equal(ownership_enter(s->b), 0);
    assert_int_equal(ownership_claim(s->b, s->code, &claim), 0);
    assert_int_equal(ownership_enter(s->a), 0);
    say(wire, 2, "part.next");
    json_t *reply = hear(wire, "re");
    assert_string_equal(text_of(reply, "code"), "not_saved");
    json_decref(reply);
    is_sent_away(wire);
    is_refused(greet(s), "busy", CLOSE_LATER);
    world_pass(&s->world, 1000);
    assert_int_equal(app_meetings(s->world.app), 0);
}

static void a_stop_gives_all_up_once_it_is_durable(void **state)
{
    struct scene *s = *state;
    struct world_wire *wire = take_over(s);
    struct claim claim;

    assert_int_equal(ownership_enter(s->b), 0);
    s->world.stalled = true;
    say(wire, 2, "part.next");
    app_stop(s->world.app);
    app_turn_over(s->world.app);
    lease_turn(s->world.lease);
    app_collect(s->world.app);
    assert_int_equal(ownership_claim(s->b, s->code, &claim), -EBUSY);
    assert_false(app_idle(s->world.app));
    s->world.stalled = false;
    world_settle(&s->world);
    assert_true(app_idle(s->world.app));
    assert_int_equal(ownership_claim(s->b, s->code, &claim), 0);
    assert_true(heard(wire, "re")); /* It was durable before. */
    is_sent_away(wire);
}

static void a_name_that_another_has_is_told(void **state)
{
    struct scene *s = *state;
    struct ownership *other = ownership_memory_new(s->table, "a", "");

    assert_int_equal(app_health(s->world.app), 0);
    s->world.boottime += LEASE;
    assert_int_equal(ownership_enter(other), 0);
    world_pass(&s->world, 1000);
    assert_int_equal(app_health(s->world.app), -EEXIST);
    assert_false(app_ready(s->world.app));
    ownership_close(other);
}

/* The machine was halted for five seconds, and its clock with it. */
static void a_clock_that_stood_still_is_put_right(void **state)
{
    struct scene *s = *state;
    struct app *app = s->world.app;
    int64_t right = app->offset;

    app->offset -= 5000;
    world_pass(&s->world, 1000);
    assert_int_equal(app->offset, right - 5000); /* In a term no clock is set. */
    s->world.boottime += LEASE;
    world_pass(&s->world, 1000);
    assert_int_equal(app->offset, right);
}

/* What the meeting clock and its state are for whoever comes. */
static void is_at(struct world_wire *wire, const char *state, int64_t least, int64_t most)
{
    json_t *welcome = hear(wire, "welcome"), *snapshot = hear(wire, "snapshot");
    json_t *now = json_object_get(json_object_get(snapshot, "snapshot"), "now");
    int64_t at = json_integer_value(json_object_get(json_object_get(welcome, "welcome"), "now"));

    assert_string_equal(text_of(now, "state"), state);
    if (at < least || at > most)
        print_error("at %lld\n", (long long)at);
    assert_true(at >= least && at <= most);
    json_decref(welcome);
    json_decref(snapshot);
    world_disconnect(wire);
}

static void clocks_go_on_over_a_take_over(void **state)
{
    struct scene *s = *state;

    world_pass(&s->world, LEASE + 1000);
    is_at(greet(s), "running", LEASE + 1000, LEASE + 1100);
}

static void a_meeting_that_nobody_led_for_long_is_paused(void **state)
{
    struct scene *s = *state;

    s->world.boottime += 60000; /* This one stood still as well. */
    s->world.wall += 60000;
    world_pass(&s->world, 1000);
    is_at(greet(s), "paused", 61000, 61100);
}

int main(void)
{
#define OF_SCENE(test) cmocka_unit_test_setup_teardown(test, open_scene, close_scene)
    const struct CMUnitTest tests[] = {
        OF_SCENE(a_meeting_that_another_has_is_busy_until_its_lease_is_out),
        OF_SCENE(what_nobody_has_is_taken_without_being_asked_for),
        OF_SCENE(many_are_taken_one_after_the_other),
        OF_SCENE(a_code_that_no_meeting_has_is_a_guess),
        OF_SCENE(once_the_lease_is_out_nothing_is_answered),
        OF_SCENE(what_was_on_its_way_is_acknowledged_where_it_is_asked_for_again),
        OF_SCENE(a_request_that_waits_for_the_journal_is_answered),
        OF_SCENE(a_claim_whose_answer_is_lost_is_asked_for_again),
        OF_SCENE(what_is_fenced_closes_the_room),
        OF_SCENE(a_stop_gives_all_up_once_it_is_durable),
        OF_SCENE(a_name_that_another_has_is_told),
        OF_SCENE(a_clock_that_stood_still_is_put_right),
        OF_SCENE(clocks_go_on_over_a_take_over),
        OF_SCENE(a_meeting_that_nobody_led_for_long_is_paused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
