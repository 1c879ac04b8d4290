/* Who hears what while the disk takes its time. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "hub/hub.h"
#include "hub/session.h"
#include "support/cmocka_all.h"
#include "support/world.h"

struct scene {
    struct world world;
    char code[16], key[64]; /* The console's. */
};

static int open_scene(void **state)
{
    static const char body[] =
        "{\"agenda\":{\"items\":[{\"no\":1,\"title\":\"Runde\",\"minutes\":10,"
        "\"parts\":[{\"id\":\"a\",\"method\":\"turns\"}]}]}}";
    struct scene *r = calloc(1, sizeof(*r));
    int status = 0;

    world_open(&r->world, 1, SOURCE_FOLDER "/server/templates");
    char *answer = world_ask(&r->world, "POST", "/api/meetings", "", NULL, body, &status);
    json_t *made = json_loads(answer, 0, NULL);
    assert_int_equal(status, 201);
    snprintf(r->code, sizeof(r->code), "%s", json_string_value(json_object_get(made, "code")));
    const char *link =
        json_string_value(json_object_get(json_object_get(made, "links"), "console"));
    snprintf(r->key, sizeof(r->key), "%s", strchr(link, '#') + 1);
    json_decref(made);
    free(answer);
    *state = r;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *r = *state;

    world_close(&r->world);
    free(r);
    return 0;
}

/* A phone says hello, with an id that ends in `digit`. */
static struct world_wire *greet(struct scene *r, char digit)
{
    struct world_wire *wire = world_connect(&r->world);
    char text[256];

    snprintf(text, sizeof(text),
             "{\"hello\":{\"as\":\"phone\",\"meeting\":\"%s\",\"name\":\"Ana\","
             "\"id\":\"11111111-1111-4111-8111-11111111111%c\"}}",
             r->code, digit);
    world_say(wire, text);
    return wire;
}

/* The next frame is of this kind. */
static void hears(struct world_wire *wire, const char *kind)
{
    char *text = world_hear(wire);
    json_t *frame = text ? json_loads(text, 0, NULL) : NULL;

    assert_non_null(json_object_get(frame, kind));
    json_decref(frame);
    free(text);
}

/* tests/README.md, row 22 */
static void whoever_was_replaced_before_the_welcome_hears_nothing_more(void **state)
{
    struct scene *r = *state;

    r->world.stalled = true;
    struct world_wire *old = greet(r, '1');
    assert_null(world_hear(old));
    struct world_wire *newest = greet(r, '1');
    hears(old, "refused");
    assert_null(world_hear(old));

    r->world.stalled = false;
    world_settle(&r->world);
    hears(newest, "welcome");
    hears(newest, "snapshot");
    assert_int_equal(old->session->state, SESSION_CLOSING);
    struct world_wire *other = greet(r, '2');
    hears(newest, "facts");
    assert_null(world_hear(old));
    world_disconnect(old);
    world_disconnect(newest);
    world_disconnect(other);
}

/* The console comes in. */
static struct world_wire *lead(struct scene *r)
{
    struct world_wire *wire = world_connect(&r->world);
    char text[256];

    snprintf(text, sizeof(text),
             "{\"hello\":{\"as\":\"console\",\"meeting\":\"%s\",\"key\":\"%s\"}}", r->code, r->key);
    world_say(wire, text);
    hears(wire, "welcome");
    hears(wire, "snapshot");
    return wire;
}

static void whoever_was_taken_out_before_the_welcome_hears_nothing_more(void **state)
{
    struct scene *r = *state;
    struct world_wire *console = lead(r);

    r->world.stalled = true;
    struct world_wire *phone = greet(r, '1');
    world_say(console, "{\"id\":\"22222222-2222-4222-8222-222222222222\",\"do\":\"seat.change\","
                       "\"with\":{\"seat\":1,\"presence\":\"left\"}}");
    r->world.stalled = false;
    world_settle(&r->world);
    hears(phone, "welcome");
    assert_null(world_hear(phone));
    assert_int_equal(phone->session->state, SESSION_CLOSING);
    world_disconnect(phone);
    struct world_wire *again = greet(r, '1');
    hears(again, "refused");
    world_disconnect(again);
    world_disconnect(console);
}

static void no_welcome_comes_before_it_is_durable(void **state)
{
    struct scene *r = *state;

    r->world.stalled = true;
    struct world_wire *wire = greet(r, '1');
    world_settle(&r->world);
    assert_null(world_hear(wire));
    r->world.stalled = false;
    hears(wire, "welcome");
    hears(wire, "snapshot");
    world_disconnect(wire);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whoever_was_replaced_before_the_welcome_hears_nothing_more,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(whoever_was_taken_out_before_the_welcome_hears_nothing_more,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(no_welcome_comes_before_it_is_durable, open_scene,
                                        close_scene),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
