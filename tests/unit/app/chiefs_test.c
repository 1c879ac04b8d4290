/* What the chief of several schools gets to read, and when it is gone: with the real application, a
 * journal in memory and a clock that is a variable. */
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "base/chief.h"
#include "support/cmocka_all.h"
#include "support/world.h"

enum { DAY = 86400000 };

static const char chief[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
static const char chiefs_code[] = "WZ2N-7AYJ-99UW-6FJ8";
static const char other[] = "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";

/* A meeting that is over, and the leader's link to it. */
struct school {
    struct world *world;
    char code[16], leader[64], console[64];
    struct world_wire *link;
};

static void say(struct school *s, const char *format, ...)
{
    char text[1024];
    va_list with;

    va_start(with, format);
    vsnprintf(text, sizeof(text), format, with);
    va_end(with);
    world_say(s->link, text);
    world_settle(s->world);
}

/* The next refusal or answer on the wire; "" where it was taken. */
static void ask(struct school *s, const char *command, const char *fields, char ret_code[static 32])
{
    static int number;
    char *text;

    ret_code[0] = '\0';
    while ((text = world_hear(s->link)))
        free(text);
    say(s, "{\"id\":\"22222222-2222-4222-8222-%012d\",\"do\":\"%s\",\"with\":{%s}}", ++number,
        command, fields);
    while ((text = world_hear(s->link))) {
        json_t *frame = json_loads(text, 0, NULL);
        const char *code = json_string_value(json_object_get(frame, "code"));
        if (json_object_get(frame, "re"))
            snprintf(ret_code, 32, "%s", code ? code : "");
        json_decref(frame);
        free(text);
    }
}

static void must(struct school *s, const char *command, const char *fields)
{
    char code[32];

    ask(s, command, fields, code);
    assert_string_equal(code, "");
}

static void greet(struct school *s, const char *role, const char *key)
{
    s->link = world_connect(s->world);
    say(s, "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\",\"key\":\"%s\"}}", role, s->code, key);
}

static void read_key(const json_t *made, const char *role, char ret_key[static 64])
{
    const char *link = json_string_value(json_object_get(json_object_get(made, "links"), role));

    snprintf(ret_key, 64, "%s", strchr(link, '#') + 1);
}

/* Makes a meeting of this title, decides `decision` in it, and closes it.  `body` is what it is
 * made of where that is no agenda of its own. */
static struct school *school(struct world *w, const char *title, const char *decision,
                             const char *body)
{
    struct school *s = calloc(1, sizeof(*s));
    char own[512], fields[512];
    int status = 0;

    s->world = w;
    snprintf(own, sizeof(own),
             "{\"agenda\":{\"title\":\"%s\",\"items\":[{\"no\":1,\"title\":\"Beslutning\","
             "\"minutes\":10,\"parts\":[{\"id\":\"a\",\"method\":\"decision\"}]}]}}",
             title);
    char *answer = world_ask(w, "POST", "/api/meetings", "", NULL, body ? body : own, &status);
    assert_int_equal(status, 201);
    json_t *made = json_loads(answer, 0, NULL);
    snprintf(s->code, sizeof(s->code), "%s", json_string_value(json_object_get(made, "code")));
    read_key(made, "console", s->console);
    read_key(made, "leader", s->leader);
    json_decref(made);
    free(answer);
    greet(s, "console", s->console);
    must(s, "meeting.start", "");
    snprintf(fields, sizeof(fields), "\"answer\":\"next_step\",\"text\":\"%s\"", decision);
    must(s, "decision.set", fields);
    must(s, "meeting.close", "");
    world_disconnect(s->link);
    greet(s, "leader", s->leader);
    return s;
}

static void leave(struct school *s)
{
    if (s->link)
        world_disconnect(s->link);
    free(s);
}

static void allow(struct school *s)
{
    must(s, "chief.allow", "\"code\":\"wz2n7ayj99uw6fj8\",\"by\":\"Lene\"");
}

static json_t *read_as(struct world *w, const char *secret, int wanted)
{
    int status = 0;
    char *body = world_ask(w, "GET", "/api/chief", "", secret, "", &status);
    json_t *root = json_loads(body ? body : "", JSON_REJECT_DUPLICATES, NULL);

    free(body);
    assert_int_equal(status, wanted);
    assert_non_null(root);
    return root;
}

/* The titles of a list, each followed by a blank. */
static const char *titles(struct world *w, const char *secret, const char *list)
{
    static char all[256];
    json_t *root = read_as(w, secret, 200), *each;
    size_t i;

    all[0] = '\0';
    json_array_foreach(json_object_get(root, list), i, each)
    {
        strcat(all, json_string_value(json_object_get(each, "title")));
        strcat(all, " ");
    }
    json_decref(root);
    return all;
}

static int open_world(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    world_open(w, 1, SOURCE_FOLDER "/server/templates");
    *state = w;
    return 0;
}

static int close_world(void **state)
{
    world_close(*state);
    free(*state);
    return 0;
}

static void what_is_allowed_is_there_and_what_is_refused_is_gone(void **state)
{
    struct world *w = *state;
    struct school *one = school(w, "Nord", "Voksne ude", NULL);
    struct school *two = school(w, "Syd", "Flere bolde", NULL);

    assert_string_equal(titles(w, chief, "meetings"), "");
    allow(one);
    assert_string_equal(titles(w, chief, "meetings"), "Nord ");
    world_pass(w, 1000);
    allow(two);
    assert_int_equal(strlen(titles(w, chief, "meetings")), strlen("Nord Syd "));
    assert_string_equal(titles(w, other, "meetings"), "");
    must(one, "chief.refuse", "\"code\":\"WZ2N-7AYJ-99UW-6FJ8\"");
    assert_string_equal(titles(w, chief, "meetings"), "Syd ");
    must(two, "chief.refuse", "\"code\":\"WZ2N-7AYJ-99UW-6FJ8\"");
    assert_string_equal(titles(w, chief, "meetings"), "");
    leave(one);
    leave(two);
}

/* What is written after the consent is read too, and what is taken away is gone. */
static void it_follows_what_is_written(void **state)
{
    struct world *w = *state;
    struct school *s = school(w, "Nord", "Voksne ude", NULL);

    allow(s);
    json_t *before = read_as(w, chief, 200);
    must(s, "decision.set", "\"answer\":\"next_step\",\"text\":\"To voksne ude\"");
    must(s, "minutes.approve", "\"by\":\"Lene\"");
    json_t *after = read_as(w, chief, 200);
    char *was = json_dumps(before, 0), *is = json_dumps(after, 0);
    assert_non_null(strstr(was, "\"Voksne ude\""));
    assert_non_null(strstr(was, "\"draft\""));
    assert_null(strstr(is, "\"Voksne ude\""));
    assert_non_null(strstr(is, "\"To voksne ude\""));
    assert_non_null(strstr(is, "\"approved\""));
    assert_null(strstr(is, "Lene"));
    assert_null(strstr(is, s->code)); /* By which one could knock. */
    free(was);
    free(is);
    json_decref(before);
    json_decref(after);
    leave(s);
}

/* Somebody who has made up a secret hears what a chief hears with whom nobody shares yet; both
 * count as guesses, of which one may not have many. */
static void an_unknown_secret_hears_nothing(void **state)
{
    struct world *w = *state;
    struct school *s = school(w, "Nord", "Voksne ude", NULL);
    int status = 0;

    allow(s);
    json_t *none = read_as(w, other, 200);
    assert_string_equal(json_string_value(json_object_get(none, "code")), "948N-MPTW-QRMU-6PP8");
    assert_int_equal(json_array_size(json_object_get(none, "meetings")), 0);
    assert_int_equal(json_array_size(json_object_get(none, "earlier")), 0);
    json_decref(none);
    static const char *const bad[] = { "", "x", chiefs_code,
                                       "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.",
                                       "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        json_t *refused = read_as(w, bad[i], 401);
        assert_string_equal(json_string_value(json_object_get(refused, "code")), "wrong_key");
        json_decref(refused);
    }
    json_decref(read_as(w, NULL, 401));
    json_decref(read_as(w, s->leader, 200)); /* It opens a meeting, and is no chief's. */
    assert_string_equal(titles(w, s->leader, "meetings"), "");
    free(world_ask(w, "POST", "/api/chief", "", chief, "", &status));
    assert_int_equal(status, 405);
    leave(s);
}

static void a_restart_keeps_it(void **state)
{
    struct world *w = *state;
    struct school *one = school(w, "Nord", "Voksne ude", NULL);
    struct school *two = school(w, "Syd", "Flere bolde", NULL);

    allow(one);
    allow(two);
    must(two, "chief.refuse", "\"code\":\"WZ2N-7AYJ-99UW-6FJ8\"");
    leave(one);
    leave(two);
    world_restart(w, 5000);
    world_settle(w);
    assert_string_equal(titles(w, chief, "meetings"), "Nord ");
}

/* Half of the schools are not all of them. */
static void as_long_as_meetings_are_read_it_is_busy(void **state)
{
    struct world *w = *state;
    struct school *s = school(w, "Nord", "Voksne ude", NULL);

    allow(s);
    leave(s);
    w->stalled = true;
    world_restart(w, 5000);
    json_decref(read_as(w, chief, 503));
    w->stalled = false;
    world_settle(w);
    assert_string_equal(titles(w, chief, "meetings"), "Nord ");
}

static void what_is_erased_is_gone(void **state)
{
    struct world *w = *state;
    struct school *s = school(w, "Nord", "Voksne ude", NULL);
    struct school *stays = school(w, "Syd", "Flere bolde", NULL);

    allow(s);
    allow(stays);
    must(stays, "meeting.keep", "\"days\":90");
    world_pass(w, 31LL * DAY);
    assert_string_equal(titles(w, chief, "meetings"), "Syd ");
    assert_int_equal(w->app->chief_count, 1);
    leave(s);
    leave(stays);
}

/* A consent that did not reach the disk was never given, and one that is taken back counts at once.
 */
static void nothing_is_told_that_may_be_lost(void **state)
{
    struct world *w = *state;
    struct school *s = school(w, "Nord", "Voksne ude", NULL);
    int status = 0;

    w->stalled = true;
    say(s, "{\"id\":\"22222222-2222-4222-8222-999999999999\",\"do\":\"chief.allow\",\"with\":{"
           "\"code\":\"WZ2N-7AYJ-99UW-6FJ8\"}}");
    char *body = world_ask(w, "GET", "/api/chief", "", chief, "", &status);
    assert_null(strstr(body, "Nord"));
    free(body);
    w->stalled = false;
    world_settle(w);
    assert_string_equal(titles(w, chief, "meetings"), "Nord ");
    w->stalled = true;
    say(s, "{\"id\":\"22222222-2222-4222-8222-999999999998\",\"do\":\"chief.refuse\",\"with\":{"
           "\"code\":\"WZ2N-7AYJ-99UW-6FJ8\"}}");
    body = world_ask(w, "GET", "/api/chief", "", chief, "", &status);
    assert_null(strstr(body, "Nord"));
    free(body);
    w->stalled = false;
    world_settle(w);
    leave(s);
}

/* The school's next meeting tells what came of this one; until that is shared, this one stands. */
static void a_meeting_that_is_followed_stands_behind_the_next(void **state)
{
    struct world *w = *state;
    struct school *first = school(w, "Nord", "Voksne ude", NULL);
    char body[256];

    allow(first);
    snprintf(body, sizeof(body), "{\"from\":{\"code\":\"%s\",\"key\":\"%s\"},\"title\":\"Nord2\"}",
             first->code, first->leader);
    struct school *second = school(w, "", "Endnu flere", body);
    assert_string_equal(titles(w, chief, "meetings"), "Nord ");
    allow(second);
    assert_string_equal(titles(w, chief, "meetings"), "Nord2 ");
    assert_string_equal(titles(w, chief, "earlier"), "Nord ");
    must(second, "chief.refuse", "\"code\":\"WZ2N-7AYJ-99UW-6FJ8\"");
    assert_string_equal(titles(w, chief, "meetings"), "Nord ");
    assert_string_equal(titles(w, chief, "earlier"), "");
    leave(first);
    leave(second);
}

/* Whoever was told last time is proposed the next time, and sees nothing by that. */
static void the_next_meeting_proposes_the_same_chief(void **state)
{
    struct world *w = *state;
    struct school *first = school(w, "Nord", "Voksne ude", NULL);
    char body[256];

    allow(first);
    snprintf(body, sizeof(body), "{\"from\":{\"code\":\"%s\",\"key\":\"%s\"},\"title\":\"Nord2\"}",
             first->code, first->leader);
    struct school *second = school(w, "", "Endnu flere", body);
    const struct room *r = app_find(w->app, second->code);
    assert_string_equal(r->meeting->agenda.chief->bytes, chiefs_code);
    assert_int_equal(r->meeting->chief_count, 0);
    leave(first);
    leave(second);
}

/* However many meetings there are, those that are not shared are not looked at, and the list has an
 * end. */
static void of_many_meetings_the_newest_are_told(void **state)
{
    enum { MANY = LIMIT_CHIEF_MEETINGS + 3 };
    struct world *w = *state;
    char title[16];

    for (int i = 0; i < MANY; i++) {
        snprintf(title, sizeof(title), "S%d", i);
        struct school *s = school(w, title, "Ja", NULL);
        if (i != 1)
            allow(s);
        world_pass(w, 1000);
        leave(s);
    }
    assert_int_equal(w->app->chief_count, MANY - 1);
    json_t *all = read_as(w, chief, 200), *list = json_object_get(all, "meetings");
    assert_int_equal(json_array_size(list), LIMIT_CHIEF_MEETINGS);
    snprintf(title, sizeof(title), "S%d", MANY - 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(list, 0), "title")),
                        title);
    json_decref(all);
}

static void a_link_is_made_and_nothing_is_kept_of_it(void **state)
{
    struct world *w = *state;
    int status = 0;
    char code[CHIEF_CODE_CHARS + 1];
    char *body = world_ask(w, "POST", "/api/chiefs", "", NULL, "", &status);
    json_t *made = json_loads(body, 0, NULL);
    const char *link = json_string_value(json_object_get(made, "link"));

    assert_int_equal(status, 201);
    const char *secret = strstr(link, "/chef#") + strlen("/chef#");
    assert_true(secret_is(secret));
    chief_code_of(hash_of(secret, SECRET_CHARS), code);
    assert_string_equal(json_string_value(json_object_get(made, "code")), code);
    assert_int_equal(w->app->chief_count, 0);
    assert_int_equal(w->app->room_count, 0);
    assert_string_equal(titles(w, secret, "meetings"), "");
    free(world_ask(w, "GET", "/api/chiefs", "", NULL, "", &status));
    assert_int_equal(status, 405);
    json_decref(made);
    free(body);
}

#define IN_A_WORLD(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(what_is_allowed_is_there_and_what_is_refused_is_gone),
        IN_A_WORLD(it_follows_what_is_written),
        IN_A_WORLD(an_unknown_secret_hears_nothing),
        IN_A_WORLD(a_restart_keeps_it),
        IN_A_WORLD(as_long_as_meetings_are_read_it_is_busy),
        IN_A_WORLD(what_is_erased_is_gone),
        IN_A_WORLD(nothing_is_told_that_may_be_lost),
        IN_A_WORLD(a_meeting_that_is_followed_stands_behind_the_next),
        IN_A_WORLD(the_next_meeting_proposes_the_same_chief),
        IN_A_WORLD(of_many_meetings_the_newest_are_told),
        IN_A_WORLD(a_link_is_made_and_nothing_is_kept_of_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
