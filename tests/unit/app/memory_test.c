/* Each request for memory fails in its turn, while a whole meeting is held: everything that people
 * do is done again and again, each time with the next request failing, until it asks for no more.
 *
 * Nothing crashes or leaks, nothing is acknowledged that is not in the journal, and the meeting
 * goes on.  tests/README.md, row 12. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "base/alloc.h"
#include "support/cmocka_all.h"
#include "support/world.h"

enum who { CONSOLE, SCRIBE, LEADER, BOARD, ANA, BO, WHO_COUNT };

enum { ACKED_MAX = 8192, REQUESTS_MAX = 3000 };

struct acked {
    enum who who;
    int number; /* Of the command, which its id is made of. */
    int64_t seq;
};

struct desk {
    struct world world;
    char code[16], keys[WHO_COUNT][64];
    struct world_wire *wires[WHO_COUNT];
    int number;
    size_t count, failures;
    struct acked acked[ACKED_MAX];
    const char *commands[ACKED_MAX], *fields[ACKED_MAX]; /* By number. */
};

char *__wrap_strdup(const char *s);
char *__wrap_strndup(const char *s, size_t max);

char *__wrap_strndup(const char *s, size_t max)
{
    size_t len = strnlen(s, max);
    char *copy = alloc_bytes(len + 1);

    if (!copy)
        return NULL;
    memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

char *__wrap_strdup(const char *s)
{
    return __wrap_strndup(s, strlen(s));
}

static const char *const roles[WHO_COUNT] = {
    [CONSOLE] = "console", [SCRIBE] = "scribe", [LEADER] = "leader",
    [BOARD] = "board",     [ANA] = "phone",     [BO] = "phone",
};

static void write_hello(const struct desk *d, enum who who, char ret_hello[static 512])
{
    if (who >= ANA)
        snprintf(ret_hello, 512,
                 "{\"hello\":{\"as\":\"phone\",\"meeting\":\"%s\",\"name\":\"Person %d\","
                 "\"id\":\"11111111-1111-4111-8111-%012d\"}}",
                 d->code, who, who);
    else
        snprintf(ret_hello, 512, "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\",\"key\":\"%s\"}}",
                 roles[who], d->code, d->keys[who]);
}

/* Hears all that waits for this one; the answer to command `number`, or NULL. */
static json_t *hear(struct desk *d, enum who who, int number)
{
    char *text, re[40];
    json_t *answer = NULL;

    snprintf(re, sizeof(re), "22222222-2222-4222-8222-%012d", number);
    while ((text = world_hear(d->wires[who]))) {
        json_t *frame = json_loads(text, 0, NULL);
        const char *of = json_string_value(json_object_get(frame, "re"));
        assert_non_null(frame);
        if (of && strcmp(of, re) == 0 && !answer)
            answer = json_incref(frame);
        json_decref(frame);
        free(text);
    }
    return answer;
}

static void connect(struct desk *d, enum who who)
{
    char hello[512];

    d->wires[who] = world_connect(&d->world);
    write_hello(d, who, hello);
    world_say(d->wires[who], hello);
}

/* Everybody hears what there is; whoever was cut off comes again. */
static void gather(struct desk *d)
{
    for (enum who who = 0; who < WHO_COUNT; who++) {
        json_decref(hear(d, who, 0));
        for (int tries = 0; d->wires[who]->closing; tries++) {
            assert_true(tries < 5);
            world_disconnect(d->wires[who]);
            world_pass(&d->world, 1000);
            connect(d, who);
            json_decref(hear(d, who, 0));
        }
    }
}

static void write_command(const struct desk *d, int number, char ret_text[static 1024])
{
    const char *fields = d->fields[number], *at = strchr(fields, '#');
    int before = at ? (int)(at - fields) : (int)strlen(fields), len;
    char own[16] = "";

    if (at) /* Where a text is to be one of its own. */
        snprintf(own, sizeof(own), "%d", number);
    len = snprintf(ret_text, 1024,
                   "{\"id\":\"22222222-2222-4222-8222-%012d\",\"do\":\"%s\",\"with\":{%.*s%s%s}}",
                   number, d->commands[number], before, fields, own, at ? at + 1 : "");
    assert_in_range(len, 1, 1023);
}

/* Sends command `number`; its answer is written down if it is a good one.  Whether there was any.
 */
static bool send(struct desk *d, enum who who, int number, const char **ret_code)
{
    static char code[64];
    char text[1024];

    write_command(d, number, text);
    world_say(d->wires[who], text);
    bool failed = alloc_failed();
    alloc_fail_at(0);
    d->failures += failed;
    json_t *answer = hear(d, who, number);
    const char *said = json_string_value(json_object_get(answer, "code"));
    bool ok = json_is_true(json_object_get(answer, "ok"));
    if (ok) {
        assert_true(d->count < ACKED_MAX);
        d->acked[d->count++] = (struct acked){
            .who = who, .number = number, .seq = json_integer_value(json_object_get(answer, "seq"))
        };
    }
    snprintf(code, sizeof(code), "%s", ok ? "ok" : said ? said : "none");
    json_decref(answer);
    gather(d);
    *ret_code = code;
    return failed;
}

static int new_command(struct desk *d, const char *command, const char *fields)
{
    int number = ++d->number;

    assert_true(number < ACKED_MAX);
    d->commands[number] = command;
    d->fields[number] = fields;
    return number;
}

/* One that must work. */
static void done(struct desk *d, enum who who, const char *command, const char *fields)
{
    const char *code;

    send(d, who, new_command(d, command, fields), &code);
    if (strcmp(code, "ok") != 0)
        print_error("%s: %s\n", command, code);
    assert_string_equal(code, "ok");
}

/* Does it with the first request failing, then the second, ... until none fails; the same id is
 * sent again after each.  `back` is the command by which it can be done anew; NULL: it can be so.
 */
static void each_fails(struct desk *d, enum who who, const char *command, const char *fields,
                       const char *back)
{
    const char *code;

    for (size_t n = 1;; n++) {
        int number = new_command(d, command, fields);
        assert_true(n < REQUESTS_MAX);
        alloc_fail_at(n);
        bool failed = send(d, who, number, &code);
        if (failed && strcmp(code, "ok") != 0)
            send(d, who, number, &code);
        if (strcmp(code, "ok") != 0)
            print_error("%s, request %zu: %s\n", command, n, code);
        assert_string_equal(code, "ok");
        if (!failed)
            return;
        if (back)
            done(d, who, back, "");
    }
}

/* Says hello, each time as if after a reload. */
static void each_hello_fails(struct desk *d, enum who who)
{
    char hello[512];
    bool failed = true;

    for (size_t n = 1; failed; n++) {
        assert_true(n < REQUESTS_MAX);
        world_disconnect(d->wires[who]);
        d->wires[who] = world_connect(&d->world);
        write_hello(d, who, hello);
        alloc_fail_at(n);
        world_say(d->wires[who], hello);
        failed = alloc_failed();
        alloc_fail_at(0);
        d->failures += failed;
        gather(d);
    }
}

/* Asks for something; each time it is answered, and without a failure by `status`. */
static void each_request_fails(struct desk *d, const char *method, const char *path,
                               const char *query, const char *bearer, const char *body, int status)
{
    bool failed = true;

    for (size_t n = 1; failed; n++) {
        int got = 0;
        assert_true(n < REQUESTS_MAX);
        alloc_fail_at(n);
        char *answer = world_ask(&d->world, method, path, query, bearer, body, &got);
        failed = alloc_failed();
        alloc_fail_at(0);
        d->failures += failed;
        free(answer);
        if (got != status && got != 503 && got != 409)
            print_error("%s?%s: %d\n", path, query, got);
        assert_true(failed ? got == status || got == 503 || got == 409 : got == status);
        gather(d);
    }
}

/* Time passes, and with it whatever is due. */
static void each_second_fails(struct desk *d, int64_t ms)
{
    bool failed = true;

    for (size_t n = 1; failed; n++) {
        assert_true(n < REQUESTS_MAX);
        alloc_fail_at(n);
        world_pass(&d->world, ms);
        failed = alloc_failed();
        alloc_fail_at(0);
        d->failures += failed;
        gather(d);
    }
}

static void read_key(const json_t *made, const char *role, char ret_key[static 64])
{
    const char *link = json_string_value(json_object_get(json_object_get(made, "links"), role));

    snprintf(ret_key, 64, "%s", strchr(link, '#') + 1);
}

static const char body[] =
    "{\"agenda\":{\"items\":[{\"no\":1,\"title\":\"Runde\",\"minutes\":40,\"parts\":["
    "{\"id\":\"a\",\"method\":\"turns\",\"minutes\":10},{\"id\":\"b\",\"method\":\"dialogue\","
    "\"minutes\":10},{\"id\":\"c\",\"method\":\"retrospect\",\"minutes\":10},{\"id\":\"d\","
    "\"method\":\"decision\",\"minutes\":10}]}]}}";

static int open_desk(void **state)
{
    struct desk *d = calloc(1, sizeof(*d));
    int status = 0;

    world_open(&d->world, 1, SOURCE_FOLDER "/server/templates");
    char *answer = world_ask(&d->world, "POST", "/api/meetings", "", NULL, body, &status);
    json_t *made = json_loads(answer, 0, NULL);
    snprintf(d->code, sizeof(d->code), "%s", json_string_value(json_object_get(made, "code")));
    for (enum who who = 0; who < ANA; who++)
        read_key(made, roles[who], d->keys[who]);
    json_decref(made);
    free(answer);
    for (enum who who = 0; who < WHO_COUNT; who++)
        connect(d, who);
    gather(d);
    *state = d;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *d = *state;

    for (enum who who = 0; who < WHO_COUNT; who++)
        world_disconnect(d->wires[who]);
    world_close(&d->world);
    free(d);
    return 0;
}

/* kill -9: what was acknowledged is known to the next server, under the same number. */
static void look_at_all(struct desk *d)
{
    char text[1024];

    for (enum who who = 0; who < WHO_COUNT; who++)
        world_disconnect(d->wires[who]);
    world_restart(&d->world, 500);
    for (enum who who = 0; who < WHO_COUNT; who++)
        connect(d, who);
    gather(d);
    for (size_t i = 0; i < d->count; i++) {
        const struct acked *a = &d->acked[i];
        if (strstr(d->fields[a->number], "box"))
            continue; /* Since it is nobody's, nothing tells whose command it came of. */
        write_command(d, a->number, text);
        world_say(d->wires[a->who], text);
        json_t *answer = hear(d, a->who, a->number);
        assert_true(json_is_true(json_object_get(answer, "ok")));
        assert_int_equal(json_integer_value(json_object_get(answer, "seq")), a->seq);
        json_decref(answer);
        gather(d);
    }
}

static void a_meeting_is_held_while_memory_fails(void **state)
{
    struct desk *d = *state;

    each_hello_fails(d, ANA);
    each_hello_fails(d, CONSOLE);
    each_hello_fails(d, BOARD);
    each_fails(d, CONSOLE, "seat.add", "\"name\":\"Gæst #\",\"device\":\"none\"", NULL);
    each_fails(d, CONSOLE, "meeting.start", "", "undo");
    each_fails(d, ANA, "contribution.add", "\"text\":\"Punkt #\"", NULL);
    each_fails(d, ANA, "note.save",
               "\"note\":\"33333333-3333-4333-8333-333333333333\",\"text\":\"Note #\"", NULL);
    each_fails(d, CONSOLE, "floor.give", "\"seat\":1", "undo");
    each_fails(d, CONSOLE, "clock.pause", "", "clock.resume");
    done(d, CONSOLE, "clock.resume", "");
    each_fails(d, CONSOLE, "clock.add", "\"ms\":1000", NULL);
    each_fails(d, CONSOLE, "part.next", "", "part.back");
    each_fails(d, BO, "hand.raise", "", "hand.lower");
    each_fails(d, SCRIBE, "decision.set", "\"answer\":\"next_step\",\"text\":\"Skridt #\"", NULL);
    each_second_fails(d, 1000);
    done(d, CONSOLE, "part.next", "");
    each_fails(d, ANA, "contribution.add", "\"text\":\"Lukket #\",\"box\":\"worked_well\"", NULL);
    done(d, CONSOLE, "retro.show", "");
    done(d, CONSOLE, "part.next", "");
    look_at_all(d);
    done(d, ANA, "contribution.add", "\"text\":\"Og videre #\"");
    done(d, CONSOLE, "meeting.close", "");
    print_message("%zu requests for memory failed; %zu commands acknowledged, all in the journal\n",
                  d->failures, d->count);
}

static void what_is_asked_for_is_answered_while_memory_fails(void **state)
{
    struct desk *d = *state;
    char path[64], query[64];

    done(d, CONSOLE, "meeting.start", "");
    done(d, ANA, "contribution.add", "\"text\":\"Punkt #\"");
    done(d, SCRIBE, "decision.set", "\"answer\":\"follow_up\",\"text\":\"Til maj\"");
    each_request_fails(d, "POST", "/api/meetings", "", NULL, body, 201);
    snprintf(path, sizeof(path), "/api/meetings/%s", d->code);
    each_request_fails(d, "GET", path, "", NULL, "", 200);
    snprintf(path, sizeof(path), "/api/meetings/%s/minutes", d->code);
    static const char *const formats[] = { "json", "html", "md" };
    for (size_t i = 0; i < 3; i++) {
        snprintf(query, sizeof(query), "format=%s", formats[i]);
        each_request_fails(d, "GET", path, query, d->keys[CONSOLE], "", 200);
    }
    snprintf(path, sizeof(path), "/api/meetings/%s/agenda", d->code);
    each_request_fails(d, "GET", path, "", d->keys[LEADER], "", 200);
    snprintf(query, sizeof(query), "code=%s", d->code);
    each_request_fails(d, "POST", "/inside/export", query, NULL, "", 200);
    each_request_fails(d, "POST", "/inside/list", "", NULL, "", 200);
}

int main(void)
{
#define AT_A_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        AT_A_DESK(a_meeting_is_held_while_memory_fails),
        AT_A_DESK(what_is_asked_for_is_answered_while_memory_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
