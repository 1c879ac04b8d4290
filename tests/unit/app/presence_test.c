/* Which phones are connected, as the console hears it. */
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "hub/session.h"
#include "support/cmocka_all.h"
#include "support/world.h"

enum { PHONES = 100 };

struct table {
    struct world world;
    char code[16], key[64];
    struct world_wire *console;
};

static void greet(struct world_wire *wire, const char *format, ...)
{
    char text[512];
    va_list with;

    va_start(with, format);
    vsnprintf(text, sizeof(text), format, with);
    va_end(with);
    world_say(wire, text);
}

static struct world_wire *phone(struct table *t, int number)
{
    struct world_wire *wire = world_connect(&t->world);

    greet(wire,
          "{\"hello\":{\"as\":\"phone\",\"meeting\":\"%s\",\"name\":\"Ana\","
          "\"id\":\"11111111-1111-4111-8111-%012d\"}}",
          t->code, number);
    world_settle(&t->world);
    return wire;
}

static int open_table(void **state)
{
    static const char body[] =
        "{\"agenda\":{\"items\":[{\"no\":1,\"title\":\"Runde\",\"minutes\":10,"
        "\"parts\":[{\"id\":\"a\",\"method\":\"turns\"}]}]}}";
    struct table *t = calloc(1, sizeof(*t));
    int status = 0;

    world_open(&t->world, 1, SOURCE_FOLDER "/server/templates");
    char *answer = world_ask(&t->world, "POST", "/api/meetings", "", NULL, body, &status);
    json_t *made = json_loads(answer, 0, NULL);
    assert_int_equal(status, 201);
    snprintf(t->code, sizeof(t->code), "%s", json_string_value(json_object_get(made, "code")));
    const char *link =
        json_string_value(json_object_get(json_object_get(made, "links"), "console"));
    snprintf(t->key, sizeof(t->key), "%s", strchr(link, '#') + 1);
    json_decref(made);
    free(answer);
    t->console = world_connect(&t->world);
    greet(t->console, "{\"hello\":{\"as\":\"console\",\"meeting\":\"%s\",\"key\":\"%s\"}}", t->code,
          t->key);
    world_settle(&t->world);
    *state = t;
    return 0;
}

static int close_table(void **state)
{
    struct table *t = *state;

    world_disconnect(t->console);
    world_close(&t->world);
    free(t);
    return 0;
}

/* How many seats the console's newest word on presence has; -1 when it has heard none. */
static int heard(struct table *t, int *ret_frames)
{
    char *text;
    int seats = -1;

    while ((text = world_hear(t->console))) {
        json_t *frame = json_loads(text, 0, NULL);
        json_t *presence = json_object_get(frame, "presence");
        if (presence)
            seats = (int)json_array_size(json_object_get(presence, "connected"));
        *ret_frames += presence ? 1 : 0;
        json_decref(frame);
        free(text);
    }
    return seats;
}

static void who_came_is_told_even_if_memory_was_out_when_it_was_due(void **state)
{
    struct table *t = *state;
    bool failed = true;
    int frames = 0;

    world_pass(&t->world, 1000);
    assert_int_equal(heard(t, &frames), 0);
    for (size_t n = 1; failed; n++) {
        struct world_wire *wire = phone(t, 1);
        assert_int_equal(heard(t, &frames), -1); /* It is not a second yet. */
        alloc_fail_at(n);
        world_pass(&t->world, 1000);
        alloc_fail_at(0);
        int told = heard(t, &frames);
        failed = told < 0;
        if (failed) {
            world_pass(&t->world, 1000);
            told = heard(t, &frames);
        }
        assert_int_equal(told, 1);
        world_disconnect(wire);
        world_pass(&t->world, 1000);
        assert_int_equal(heard(t, &frames), 0);
        assert_true(n < 100);
    }
    frames = 0;
    world_pass(&t->world, 5000);
    assert_int_equal(heard(t, &frames), -1); /* Nothing changed: nothing is told. */
    assert_int_equal(frames, 0);
}

static void each_seat_is_told_once_however_often_its_phone_came(void **state)
{
    struct table *t = *state;
    struct world_wire *first[PHONES], *again[PHONES];
    int frames = 0;

    for (int i = 0; i < PHONES; i++) {
        first[i] = phone(t, i);
        again[i] = i % 2 ? phone(t, i) : NULL;
        assert_int_equal(heard(t, &frames), -1);
    }
    world_pass(&t->world, 1000);
    assert_int_equal(heard(t, &frames), PHONES);
    assert_int_equal(frames, 1);
    for (int i = 0; i < PHONES; i++) {
        world_disconnect(first[i]);
        if (again[i])
            world_disconnect(again[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_came_is_told_even_if_memory_was_out_when_it_was_due,
                                        open_table, close_table),
        cmocka_unit_test_setup_teardown(each_seat_is_told_once_however_often_its_phone_came,
                                        open_table, close_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
