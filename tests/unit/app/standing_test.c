/* How the minutes stand, as whoever fetches them gets to know; and that they were fetched. */
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
    char code[16], console[64], scribe[64], leader[64], token[64];
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
    int status = 0;

    world_open(&d->world, 1, SOURCE_FOLDER "/server/templates");
    char *answer = world_ask(&d->world, "POST", "/api/meetings", "", NULL, body, &status);
    json_t *made = json_loads(answer, 0, NULL);
    snprintf(d->code, sizeof(d->code), "%s", json_string_value(json_object_get(made, "code")));
    read_key(made, "console", d->console);
    read_key(made, "scribe", d->scribe);
    read_key(made, "leader", d->leader);
    json_decref(made);
    free(answer);
    greet(d, "phone", "Mette", d->token);
    world_disconnect(d->link);
    greet(d, "console", d->console, NULL);
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

/* Asks for a file; its status. */
static int ask_for(struct desk *d, const char *method, const char *what, const char *query,
                   const char *key)
{
    char path[64];
    int status = 0;

    snprintf(path, sizeof(path), "/api/meetings/%s/%s", d->code, what);
    free(world_ask(&d->world, method, path, query, key, "", &status));
    return status;
}

/* What the wire has been told was fetched since it was last asked, in words: "participants docx
 * leader 2026-11-18, ". */
static void hear_fetched(struct desk *d, char ret_told[static 512])
{
    char *text;

    ret_told[0] = '\0';
    while ((text = world_hear(d->link))) {
        json_t *frame = json_loads(text, 0, NULL), *fact;
        json_t *list = json_object_get(json_object_get(frame, "snapshot"), "fetched");
        size_t i;
        json_array_foreach(list ? list : json_object_get(frame, "facts"), i, fact)
        {
            const char *file, *format, *as, *day;
            size_t len = strlen(ret_told);
            if (json_unpack(fact, "{s:s, s:s, s:s, s:s}", "file", &file, "format", &format, "as",
                            &as, "day", &day) == 0)
                snprintf(ret_told + len, 512 - len, "%s %s %s %s, ", file, format, as, day);
        }
        json_decref(frame);
        free(text);
    }
}

static void goes_to(struct desk *d, const char *role, const char *key)
{
    world_disconnect(d->link);
    d->link = world_connect(&d->world);
    say(d, "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\",\"%s\":\"%s\"}}", role, d->code,
        strcmp(role, "phone") == 0 ? "token" : "key", key);
}

static void what_is_fetched_is_known_once_a_day(void **state)
{
    struct desk *d = *state;
    char told[512];

    assert_int_equal(ask_for(d, "GET", "minutes", "format=docx", d->leader), 200);
    assert_int_equal(ask_for(d, "GET", "minutes", "format=docx", d->leader), 200);
    hear_fetched(d, told);
    assert_non_null(strstr(told, "participants docx leader 20"));
    assert_null(strstr(strchr(told, ',') + 1, "docx"));
    /* Another edition, another form, another role, the file for next year: each is told. */
    assert_int_equal(ask_for(d, "GET", "minutes", "edition=public", d->leader), 200);
    assert_int_equal(ask_for(d, "GET", "minutes", "format=docx", d->scribe), 200);
    assert_int_equal(ask_for(d, "GET", "minutes", "edition=facilitator&format=md", d->console),
                     200);
    assert_int_equal(ask_for(d, "GET", "next", "", d->leader), 200);
    hear_fetched(d, told);
    assert_non_null(strstr(told, "public html leader "));
    assert_non_null(strstr(told, "participants docx scribe "));
    assert_non_null(strstr(told, "facilitator md console "));
    assert_non_null(strstr(told, "next json leader "));
    /* The next day it is told again, and stands last and once. */
    world_pass(&d->world, DAY);
    assert_int_equal(ask_for(d, "GET", "minutes", "format=docx", d->leader), 200);
    hear_fetched(d, told);
    assert_non_null(strstr(told, "participants docx leader "));
    goes_to(d, "console", d->console);
    hear_fetched(d, told);
    const char *last = strstr(told, "participants docx leader ");
    assert_non_null(last);
    assert_null(strstr(last + 1, "participants docx leader "));
    assert_null(strstr(strchr(last, ',') + 2, ","));
}

static void what_is_no_file_or_a_phones_is_not_told(void **state)
{
    struct desk *d = *state;
    char told[512];

    assert_int_equal(ask_for(d, "GET", "minutes", "format=json", d->leader), 200);
    assert_int_equal(ask_for(d, "HEAD", "minutes", "format=docx", d->leader), 200);
    assert_int_equal(ask_for(d, "HEAD", "next", "", d->leader), 200);
    assert_int_equal(ask_for(d, "GET", "minutes", "format=docx", d->token), 200);
    assert_int_equal(ask_for(d, "GET", "minutes", "format=ics", d->leader), 404);
    hear_fetched(d, told);
    assert_string_equal(told, "");
    assert_int_equal(ask_for(d, "GET", "minutes", "format=docx", d->leader), 200);
    goes_to(d, "scribe", d->scribe);
    hear_fetched(d, told);
    assert_string_equal(told, "");
    goes_to(d, "phone", d->token);
    assert_int_equal(ask_for(d, "GET", "minutes", "format=odt", d->leader), 200);
    hear_fetched(d, told);
    assert_string_equal(told, "");
}

/* tests/README.md, row 4: who fetches before it is too late is not kept from it by a full disk, and
 * not by what came of telling it. */
static void what_cannot_be_told_is_fetched_all_the_same(void **state)
{
    struct desk *d = *state;
    char told[512];

    journal_memory_fail(d->world.journal, 1);
    assert_int_equal(ask_for(d, "GET", "minutes", "format=docx", d->leader), 200);
    world_settle(&d->world);
    journal_memory_fail(d->world.journal, 1);
    assert_int_equal(ask_for(d, "GET", "minutes", "format=html", d->leader), 200);
    assert_int_equal(ask_for(d, "GET", "minutes", "format=odt", d->leader), 200);
    hear_fetched(d, told);
    assert_string_equal(told, "");
    journal_memory_fail(d->world.journal, 0);
    world_pass(&d->world, 61000);
    assert_int_equal(ask_for(d, "GET", "minutes", "format=docx", d->leader), 200);
    hear_fetched(d, told);
    assert_non_null(strstr(told, "participants docx leader "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(phones_get_approved_minutes_for_thirty_days, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(what_is_changed_after_the_approval_is_a_draft, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(what_is_fetched_is_known_once_a_day, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(what_is_no_file_or_a_phones_is_not_told, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(what_cannot_be_told_is_fetched_all_the_same, open_desk,
                                        close_desk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
