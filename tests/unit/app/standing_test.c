/* How the minutes stand, as whoever fetches them gets to know. */
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/world.h"

enum { DAY = 86400000 };

struct desk {
    struct world world;
    char code[16], leader[64], token[64];
    struct world_wire *link;
};

static void say(struct desk *d, const char *format, ...)
{
    char text[512];
    va_list with;

    va_start(with, format);
    vsnprintf(text, sizeof(text), format, with);
    va_end(with);
    world_say(d->link, text);
    world_settle(&d->world);
}

/* Connects with a hello, and keeps the token of its welcome if there is one. */
static void greet(struct desk *d, const char *role, const char *key, char *ret_token)
{
    char *text, hello[256];

    d->link = world_connect(&d->world);
    snprintf(hello, sizeof(hello), "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\",\"%s\":\"%s\"}}",
             role, d->code, strcmp(role, "phone") == 0 ? "name" : "key", key);
    world_say(d->link, hello);
    world_settle(&d->world);
    while ((text = world_hear(d->link))) {
        json_t *frame = json_loads(text, 0, NULL);
        const char *token =
            json_string_value(json_object_get(json_object_get(frame, "welcome"), "token"));
        if (token && ret_token)
            snprintf(ret_token, 64, "%s", token);
        json_decref(frame);
        free(text);
    }
}

static void ask(struct desk *d, const char *command, const char *fields)
{
    static int number;

    say(d, "{\"id\":\"22222222-2222-4222-8222-%012d\",\"do\":\"%s\",\"with\":{%s}}", ++number,
        command, fields);
}

static void read_key(const json_t *made, const char *role, char ret_key[static 64])
{
    const char *link = json_string_value(json_object_get(json_object_get(made, "links"), role));

    snprintf(ret_key, 64, "%s", strchr(link, '#') + 1);
}

/* A meeting that is over, with somebody's phone and the leader's link. */
static int open_desk(void **state)
{
    static const char body[] =
        "{\"agenda\":{\"items\":[{\"no\":1,\"title\":\"Runde\",\"minutes\":10,"
        "\"parts\":[{\"id\":\"a\",\"method\":\"turns\"}]}]}}";
    struct desk *d = calloc(1, sizeof(*d));
    char console[64];
    int status = 0;

    world_open(&d->world, 1, SOURCE_FOLDER "/server/templates");
    char *answer = world_ask(&d->world, "POST", "/api/meetings", "", NULL, body, &status);
    json_t *made = json_loads(answer, 0, NULL);
    snprintf(d->code, sizeof(d->code), "%s", json_string_value(json_object_get(made, "code")));
    read_key(made, "console", console);
    read_key(made, "leader", d->leader);
    json_decref(made);
    free(answer);
    greet(d, "phone", "Mette", d->token);
    world_disconnect(d->link);
    greet(d, "console", console, NULL);
    ask(d, "meeting.start", "");
    ask(d, "meeting.close", "");
    world_disconnect(d->link);
    greet(d, "leader", d->leader, NULL);
    *state = d;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *d = *state;

    world_disconnect(d->link);
    world_close(&d->world);
    free(d);
    return 0;
}

/* The status of a fetch of the minutes; their `state` where they come. */
static int fetch(struct desk *d, const char *key, char ret_state[static 16])
{
    char path[64];
    int status = 0;

    snprintf(path, sizeof(path), "/api/meetings/%s/minutes", d->code);
    char *body = world_ask(&d->world, "GET", path, "format=json", key, "", &status);
    json_t *root = json_loads(body ? body : "", 0, NULL);
    const char *said = json_string_value(json_object_get(root, status == 200 ? "state" : "code"));
    snprintf(ret_state, 16, "%s", said ? said : "");
    json_decref(root);
    free(body);
    return status;
}

static void phones_get_approved_minutes_for_thirty_days(void **state)
{
    struct desk *d = *state;
    char is[16];

    ask(d, "meeting.keep", "\"days\":365");
    world_pass(&d->world, 40LL * DAY); /* As long as they are a draft, no day counts. */
    assert_int_equal(fetch(d, d->token, is), 200);
    assert_string_equal(is, "draft");
    ask(d, "minutes.approve", "\"by\":\"Lene\"");
    assert_int_equal(fetch(d, d->token, is), 200);
    assert_string_equal(is, "approved");
    ask(d, "minutes.publish", "");
    world_pass(&d->world, 30LL * DAY - 60000);
    assert_int_equal(fetch(d, d->token, is), 200);
    assert_string_equal(is, "published");
    world_pass(&d->world, 120000);
    assert_int_equal(fetch(d, d->token, is), 403);
    assert_string_equal(is, "ended");
    assert_int_equal(fetch(d, d->leader, is), 200);
}

static void what_is_changed_after_the_approval_is_a_draft(void **state)
{
    struct desk *d = *state;
    char is[16];

    ask(d, "minutes.approve", "\"by\":\"Lene\"");
    ask(d, "decision.set", "\"answer\":\"next_step\",\"text\":\"To voksne ude\"");
    assert_int_equal(fetch(d, d->token, is), 200);
    assert_string_equal(is, "draft");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(phones_get_approved_minutes_for_thirty_days, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(what_is_changed_after_the_approval_is_a_draft, open_desk,
                                        close_desk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
