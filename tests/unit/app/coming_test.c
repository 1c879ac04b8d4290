/* Who may come, and who must come again: while meetings are read after a start, and while their
 * address must wait for wrong guesses.
 *
 * tests/README.md, rows 58, 61 and 65. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "hub/close_status.h"
#include "hub/session.h"
#include "support/cmocka_all.h"
#include "support/world.h"

enum { MEETINGS = 200, WAIT = 7 };

static const char id[] = "11111111-1111-4111-8111-111111111111";

struct scene {
    struct world world;
    char code[16], console[64], token[64];
};

/* What was answered to the newest request. */
struct heard {
    int status, retry_after;
    bool guess;
    char body[256];
};

static void hear(void *context, const struct api_answer *answer)
{
    struct heard *to = context;

    to->status = answer->status;
    to->retry_after = answer->retry_after;
    to->guess = answer->guess;
    snprintf(to->body, sizeof(to->body), "%.*s", (int)answer->body_len, answer->body);
}

static struct heard ask(struct scene *s, const char *path, const char *bearer, int held)
{
    struct heard heard = { 0 };
    const struct api_request request = {
        .method = "GET", .path = path, .query = "", .bearer = bearer, .body = "", .held = held
    };

    (void)app_api(s->world.app, &request, hear, &heard);
    world_settle(&s->world);
    return heard;
}

static struct heard ask_meeting(struct scene *s, const char *code, const char *what,
                                const char *bearer, int held)
{
    char path[64];

    snprintf(path, sizeof(path), "/api/meetings/%s%s", code, what);
    return ask(s, path, bearer, held);
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_t *create(struct scene *s)
{
    static const char body[] =
        "{\"agenda\":{\"items\":[{\"no\":1,\"title\":\"Runde\",\"minutes\":10,"
        "\"parts\":[{\"id\":\"a\",\"method\":\"turns\"}]}]}}";
    int status = 0;
    char *answer = world_ask(&s->world, "POST", "/api/meetings", "", NULL, body, &status);
    json_t *made = json_loads(answer, 0, NULL);

    assert_int_equal(status, 201);
    free(answer);
    return made;
}

/* Says hello with `more`, on an address that waits for `held` seconds. */
static struct world_wire *greet(struct scene *s, const char *as, const char *code, const char *more,
                                int held)
{
    struct world_wire *wire = world_connect(&s->world);
    char text[512];

    if (held > 0)
        session_hold(wire->session, held);
    snprintf(text, sizeof(text), "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\",%s}}", as, code,
             more);
    world_say(wire, text);
    return wire;
}

static json_t *next(struct world_wire *wire)
{
    char *text = world_hear(wire);
    json_t *frame = text ? json_loads(text, 0, NULL) : NULL;

    assert_non_null(frame);
    free(text);
    return frame;
}

/* Whether there was one. */
static bool free_frame(char *text)
{
    free(text);
    return text != NULL;
}

/* All that has come so far. */
static void forget(struct world_wire *wire)
{
    while (free_frame(world_hear(wire)))
        ;
}

/* It is refused with this code, closed with this status, and counted so often. */
static void is_refused(struct world_wire *wire, const char *code, int status, int guesses)
{
    json_t *frame = next(wire);

    assert_string_equal(text_of(json_object_get(frame, "refused"), "code"), code);
    if (strcmp(code, "too_fast") == 0)
        assert_int_equal(
            json_integer_value(json_object_get(json_object_get(frame, "refused"), "wait")),
            WAIT * 1000);
    assert_int_equal(wire->status, status);
    assert_int_equal(wire->guesses, guesses);
    json_decref(frame);
    world_disconnect(wire);
}

static void is_welcome(struct world_wire *wire)
{
    json_t *frame = next(wire);

    assert_non_null(json_object_get(frame, "welcome"));
    assert_int_equal(wire->guesses, 0);
    json_decref(frame);
    world_disconnect(wire);
}

static int open_scene(void **state)
{
    struct scene *s = calloc(1, sizeof(*s));
    char more[128];

    world_open(&s->world, 1, SOURCE_FOLDER "/server/templates");
    for (int i = 0; i < MEETINGS; i++)
        json_decref(create(s));
    json_t *made = create(s);
    snprintf(s->code, sizeof(s->code), "%s", text_of(made, "code"));
    const char *link = text_of(json_object_get(made, "links"), "console");
    snprintf(s->console, sizeof(s->console), "%s", strchr(link, '#') + 1);
    json_decref(made);
    snprintf(more, sizeof(more), "\"name\":\"Ana\",\"id\":\"%s\"", id);
    struct world_wire *wire = greet(s, "phone", s->code, more, 0);
    json_t *frame = next(wire);
    snprintf(s->token, sizeof(s->token), "%s", text_of(json_object_get(frame, "welcome"), "token"));
    json_decref(frame);
    world_disconnect(wire);
    *state = s;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *s = *state;

    world_close(&s->world);
    free(s);
    return 0;
}

static char *with(const char *key, const char *value)
{
    static char more[128];

    snprintf(more, sizeof(more), "\"%s\":\"%s\"", key, value);
    return more;
}

/* Asks and does not wait: the answer is in `to` when there is one. */
static struct api_call *ask_for(struct scene *s, const char *path, const char *bearer,
                                struct heard *to)
{
    const struct api_request request = {
        .method = "GET", .path = path, .query = "", .bearer = bearer, .body = ""
    };

    *to = (struct heard){ 0 };
    return app_api(s->world.app, &request, hear, to);
}

static void who_asks_before_a_meeting_is_read_waits_for_it(void **state)
{
    struct scene *s = *state;
    char path[64];
    struct heard door, minutes, gone, none;

    s->world.stalled = true;
    world_restart(&s->world, 1000);
    assert_false(app_all_read(s->world.app));
    snprintf(path, sizeof(path), "/api/meetings/%s/door", s->code);
    (void)ask_for(s, path, NULL, &door);
    app_api_cancel(ask_for(s, path, NULL, &gone));
    snprintf(path, sizeof(path), "/api/meetings/%s/minutes", s->code);
    (void)ask_for(s, path, s->console, &minutes);
    struct world_wire *phone = greet(s, "phone", s->code, with("token", s->token), 0);
    struct world_wire *console = greet(s, "console", s->code, with("key", s->console), WAIT);
    struct world_wire *wrong = greet(s, "console", s->code, with("key", s->token), WAIT);
    world_disconnect(greet(s, "phone", s->code, with("name", "Bo"), 0)); /* It does not wait. */
    assert_null(world_hear(phone));
    assert_int_equal(door.status, 0);
    /* That there is none is known already. */
    (void)ask_for(s, "/api/meetings/AAAA-AAAA", NULL, &none);
    assert_int_equal(none.status, 404);

    s->world.stalled = false;
    world_settle(&s->world);
    assert_int_equal(door.status, 200);
    assert_int_equal(minutes.status, 200);
    assert_int_equal(gone.status, 0);
    is_welcome(phone);
    is_welcome(console);
    is_refused(wrong, "too_fast", CLOSE_LATER, 0); /* Its address has guessed too much. */
}

static void who_waits_when_the_server_stops_is_told_to_come_again(void **state)
{
    struct scene *s = *state;

    s->world.stalled = true;
    world_restart(&s->world, 1000);
    struct world_wire *phone = greet(s, "phone", s->code, with("token", s->token), 0);
    app_stop(s->world.app);
    app_dismiss(s->world.app);
    assert_int_equal(phone->status, CLOSE_RESTART);
    world_disconnect(phone);
    assert_int_equal(ask_meeting(s, s->code, "/door", NULL, 0).status, 503);
    is_refused(greet(s, "phone", s->code, with("name", "Bo"), 0), "busy", CLOSE_LATER, 0);
}

/* How many meetings are in memory, as /metrics has it. */
static int in_memory(struct scene *s)
{
    struct buffer b = { 0 };
    size_t len;

    app_metrics(s->world.app, &b);
    char *text = buffer_take(&b, &len);
    const char *at = strstr(text, "\nrunde_meetings_in_memory ");
    int count = at ? atoi(strchr(at + 1, ' ')) : -1;
    free(text);
    return count;
}

static char *minutes_of(struct scene *s)
{
    char path[64];
    int status = 0;

    snprintf(path, sizeof(path), "/api/meetings/%s/minutes", s->code);
    char *body = world_ask(&s->world, "GET", path, "format=md", s->console, "", &status);
    assert_int_equal(status, 200);
    return body;
}

/* What it is asked again, it answers as before. */
static void a_meeting_that_nobody_uses_is_in_the_journal_alone(void **state)
{
    struct scene *s = *state;
    static const char command[] =
        "{\"id\":\"22222222-2222-4222-8222-222222222222\","
        "\"do\":\"seat.change\",\"with\":{\"seat\":1,\"function\":\"Elev\"}}";

    struct world_wire *wire = greet(s, "phone", s->code, with("token", s->token), 0);
    world_settle(&s->world);
    while (free_frame(world_hear(wire)))
        ;
    world_say(wire, command);
    world_settle(&s->world);
    char *first = world_hear(wire);
    assert_non_null(strstr(first, "\"ok\""));
    char *before = minutes_of(s);
    world_pass(&s->world, 60000);
    assert_int_equal(in_memory(s), 1); /* Somebody is in it. */
    world_disconnect(wire);
    world_pass(&s->world, 60000);
    assert_int_equal(in_memory(s), 0);

    char *after = minutes_of(s);
    assert_string_equal(after, before);
    assert_int_equal(in_memory(s), 1);
    wire = greet(s, "phone", s->code, with("token", s->token), 0);
    world_settle(&s->world);
    while (free_frame(world_hear(wire)))
        ;
    world_say(wire, command);
    world_settle(&s->world);
    char *again = world_hear(wire);
    assert_string_equal(again, first);
    world_disconnect(wire);
    free(first);
    free(again);
    free(before);
    free(after);
}

static void what_could_not_be_saved_is_read_again_and_nobody_waits(void **state)
{
    struct scene *s = *state;

    s->world.stalled = true;
    struct world_wire *wire = greet(s, "phone", s->code, with("name", "Bo"), 0);
    journal_memory_fail(s->world.journal, 1);
    journal_memory_commit(s->world.journal, 1);
    app_collect(s->world.app);
    assert_int_equal(ask_meeting(s, s->code, "", NULL, 0).status, 503);
    is_refused(wire, "not_saved", CLOSE_LATER, 0);
    s->world.stalled = false;
    world_settle(&s->world);
    assert_int_equal(ask_meeting(s, s->code, "", NULL, 0).status, 200);
}

/* Another server has taken the meeting over: whoever was here is told to come again, and is led to
 * the right one there; what was not saved is not told. */
static void a_meeting_that_was_taken_over_sends_its_people_away(void **state)
{
    struct scene *s = *state;
    struct world_wire *wire = greet(s, "phone", s->code, with("name", "Bo"), 0);

    world_settle(&s->world);
    forget(wire);
    journal_memory_take_over(s->world.journal, s->code);
    struct world_wire *other = greet(s, "phone", s->code, with("name", "Eva"), 0);
    world_settle(&s->world);
    is_refused(other, "not_saved", CLOSE_LATER, 0);
    assert_int_equal(wire->status, CLOSE_RESTART);
    world_disconnect(wire);
    assert_int_equal(ask_meeting(s, s->code, "", NULL, 0).status, 503);
}

/* What the disk has of a meeting is read anew while people are in it, and is not as it was written:
 * all of them hear so, and whoever comes after them; another meeting goes on. */
static void who_is_in_a_meeting_that_is_damaged_hears_so(void **state)
{
    struct scene *s = *state;
    char hello[80];
    snprintf(hello, sizeof(hello), "\"key\":\"%s\"", s->console);
    struct world_wire *phone = greet(s, "phone", s->code, with("name", "Bo"), 0);
    struct world_wire *console = greet(s, "console", s->code, hello, 0);
    json_t *other = create(s);
    struct world_wire *elsewhere =
        greet(s, "phone", text_of(other, "code"), with("name", "Ida"), 0);

    world_settle(&s->world);
    forget(phone);
    forget(console);
    forget(elsewhere);
    journal_memory_damage(s->world.journal, s->code);
    journal_memory_fail(s->world.journal, 1);
    world_say(phone,
              "{\"id\":\"22222222-2222-4222-8222-222222222222\",\"do\":\"note.save\","
              "\"with\":{\"note\":\"33333333-3333-4333-8333-333333333333\",\"text\":\"Mit\"}}");
    world_settle(&s->world);
    json_t *answer = next(phone);
    assert_string_equal(text_of(answer, "code"), "not_saved");
    json_decref(answer);
    is_refused(phone, "damaged", CLOSE_POLICY, 0);
    is_refused(console, "damaged", CLOSE_POLICY, 0);
    is_refused(greet(s, "phone", s->code, with("name", "Eva"), 0), "damaged", CLOSE_POLICY, 0);
    assert_int_equal(app_broken(s->world.app), 1);
    assert_int_equal(ask_meeting(s, s->code, "", NULL, 0).status, 500);
    assert_false(elsewhere->closing);
    assert_int_equal(ask_meeting(s, text_of(other, "code"), "", NULL, 0).status, 200);
    world_disconnect(elsewhere);
    json_decref(other);
}

static void only_what_is_a_guess_counts_as_one(void **state)
{
    struct scene *s = *state;
    static const char wrong[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    assert_true(ask_meeting(s, "AAAA-AAAA", "", NULL, 0).guess);
    assert_true(ask_meeting(s, "x", "/door", NULL, 0).guess);
    struct heard heard = ask_meeting(s, s->code, "/minutes", wrong, 0);
    assert_int_equal(heard.status, 401);
    assert_true(heard.guess);
    heard = ask_meeting(s, s->code, "/minutes", NULL, 0);
    assert_int_equal(heard.status, 401);
    assert_false(heard.guess);
    heard = ask_meeting(s, s->code, "/agenda", s->token, 0); /* A phone's, for which it is not. */
    assert_int_equal(heard.status, 403);
    assert_false(heard.guess);
    heard = ask_meeting(s, s->code, "/nothing", s->console, 0);
    assert_int_equal(heard.status, 404);
    assert_false(heard.guess);
    is_refused(greet(s, "phone", "AAAA-AAAA", with("name", "Bo"), 0), "no_such_meeting",
               CLOSE_POLICY, 1);
    is_refused(greet(s, "phone", s->code, with("token", wrong), 0), "wrong_key", CLOSE_POLICY, 1);
    is_refused(greet(s, "phone", s->code, "\"claim\":77", 0), "no_such_seat", CLOSE_POLICY, 0);
}

/* Another at the same address has guessed: this one has not. */
static void who_has_a_good_token_need_not_wait(void **state)
{
    struct scene *s = *state;

    is_welcome(greet(s, "phone", s->code, with("token", s->token), WAIT));
    is_welcome(greet(s, "console", s->code, with("key", s->console), WAIT));
    assert_int_equal(ask_meeting(s, s->code, "/minutes", s->token, WAIT).status, 200);
    assert_int_equal(ask_meeting(s, s->code, "/agenda", s->console, WAIT).status, 200);
    assert_int_equal(ask(s, "/api/templates", NULL, WAIT).status, 200);
    is_welcome(greet(s, "phone", s->code, with("id", id), WAIT)); /* Which makes its token anew. */
}

/* The answer is the same whether there is such a meeting or not. */
static void who_must_wait_finds_nothing_out(void **state)
{
    struct scene *s = *state;
    static const char wrong[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const char *const codes[] = { s->code, "AAAA-AAAA" };

    for (size_t i = 0; i < 2; i++) {
        is_refused(greet(s, "phone", codes[i], with("name", "Bo"), WAIT), "too_fast", CLOSE_LATER,
                   0);
        is_refused(greet(s, "phone", codes[i], with("token", wrong), WAIT), "too_fast", CLOSE_LATER,
                   0);
        is_refused(greet(s, "console", codes[i], with("key", wrong), WAIT), "too_fast", CLOSE_LATER,
                   0);
        for (int k = 0; k < 2; k++) {
            struct heard heard = ask_meeting(s, codes[i], "", k ? wrong : NULL, WAIT);
            assert_int_equal(heard.status, 429);
            assert_int_equal(heard.retry_after, WAIT);
            assert_false(heard.guess);
            assert_non_null(strstr(heard.body, "\"too_fast\""));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_asks_before_a_meeting_is_read_waits_for_it, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(who_waits_when_the_server_stops_is_told_to_come_again,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(a_meeting_that_nobody_uses_is_in_the_journal_alone,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(what_could_not_be_saved_is_read_again_and_nobody_waits,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(a_meeting_that_was_taken_over_sends_its_people_away,
                                        open_scene, close_scene),
        cmocka_unit_test_setup_teardown(who_is_in_a_meeting_that_is_damaged_hears_so, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(only_what_is_a_guess_counts_as_one, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(who_has_a_good_token_need_not_wait, open_scene,
                                        close_scene),
        cmocka_unit_test_setup_teardown(who_must_wait_finds_nothing_out, open_scene, close_scene),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
