/* What becomes of somebody who goes on trying what they may not, and who is told of it.
 * tests/README.md, rows 38, 44, 45 and 68. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/attempts.h"
#include "app/state.h"
#include "hub/close_status.h"
#include "hub/session.h"
#include "support/cast.h"
#include "support/cmocka_all.h"

static int open_cast(void **state)
{
    struct cast *c = calloc(1, sizeof(*c));

    cast_open(c, STATE_RUNNING);
    *state = c;
    return 0;
}

static int close_cast(void **state)
{
    cast_close(*state);
    free(*state);
    return 0;
}

static const char *forbidden(struct cast *c)
{
    return cast_code(cast_send(c, CAST_BO, "meeting.close", json_object(), NULL));
}

static void whoever_goes_on_is_closed(void **state)
{
    struct cast *c = *state;

    for (int i = 0; i < LIMIT_STRIKES; i++) {
        assert_string_equal(forbidden(c), "forbidden");
        assert_false(c->wires[CAST_BO]->closing);
    }
    (void)forbidden(c);
    assert_true(c->wires[CAST_BO]->closing);
    assert_int_equal(c->wires[CAST_BO]->status, CLOSE_POLICY);
    assert_false(c->wires[CAST_ANA]->closing);
}

static void every_kind_of_bad_frame_counts(void **state)
{
    static const char *const frames[] = {
        "{",
        "[]",
        "{\"id\":1}",
        "{\"hello\":{}}",
        "{\"id\":\"22222222-2222-4222-8222-222222222222\",\"do\":\"no.such\"}",
        "{\"id\":\"22222222-2222-4222-8222-222222222222\",\"do\":\"undo\",\"with\":7}",
        "{\"hello\":{\"as\":\"phone\",\"meeting\":\"2222-2222\",\"name\":\"Bo\"}}",
    };
    struct cast *c = *state;
    struct world_wire *wire = c->wires[CAST_BO];
    int sent = 0;

    for (; !wire->closing && sent < 1000; sent++) {
        world_say(wire, frames[(size_t)sent % (sizeof(frames) / sizeof(frames[0]))]);
        free(world_hear(wire));
    }
    assert_int_equal(sent, LIMIT_STRIKES + 1);
    assert_int_equal(wire->status, CLOSE_POLICY);
}

static void who_errs_now_and_then_is_not(void **state)
{
    struct cast *c = *state;

    for (int i = 0; i < 4 * LIMIT_STRIKES; i++) {
        assert_string_equal(forbidden(c), "forbidden");
        world_pass(&c->world, LIMIT_STRIKE_MS);
    }
    assert_false(c->wires[CAST_BO]->closing);
}

/* A page that comes back says all that it has at once, and is told to wait for most of it. */
static void a_flood_is_cut_off_and_a_full_outbox_is_not(void **state)
{
    static const char frame[] = "{\"id\":\"22222222-2222-4222-8222-222222222222\",\"do\":\"x\"}";
    struct cast *c = *state;
    struct world_wire *wire = c->wires[CAST_BO];
    int sent = 0;

    hub_rate(app_hub(c->world.app), LIMIT_RATE_A_SECOND);
    for (; sent < 400; sent++) {
        json_t *answer = cast_send(c, CAST_BO, "hand.raise", json_object(), NULL);
        if (sent >= LIMIT_RATE_BURST)
            assert_string_equal(cast_code(answer), "too_fast");
        else
            json_decref(answer);
    }
    assert_false(wire->closing);
    for (; !wire->closing && sent < 5000; sent++) {
        world_say(wire, frame);
        free(world_hear(wire));
    }
    assert_in_range(sent, 500, 2000);
    assert_int_equal(wire->status, CLOSE_POLICY);
}

/* A hello that opens nothing, with `more`. */
static void guess(struct cast *c, const char *as, const char *code, const char *more, int counts)
{
    struct world_wire *wire = world_connect(&c->world);
    char text[256];

    snprintf(text, sizeof(text), "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\"%s}}", as, code,
             more);
    world_say(wire, text);
    assert_true(wire->closing);
    assert_int_equal(wire->guesses, counts);
    world_disconnect(wire);
}

static const char wrong_key[] = ",\"key\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"";

/* What the newest presence frame says of guesses; "" where it says nothing, NULL where there is
 * none. */
static char *warned(struct cast *c, enum cast_part part)
{
    char *text, *said = NULL;

    world_pass(&c->world, 1000);
    while ((text = world_hear(c->wires[part]))) {
        json_t *frame = json_loads(text, 0, NULL), *presence = json_object_get(frame, "presence");
        const char *is = json_string_value(json_object_get(presence, "guessed"));
        if (presence) {
            free(said);
            said = strdup(is ? is : "");
        }
        json_decref(frame);
        free(text);
    }
    return said;
}

static void is_warned(struct cast *c, enum cast_part part, const char *of)
{
    char *said = warned(c, part);

    if (of)
        assert_string_equal(said, of);
    else
        assert_true(!said || said[0] == '\0');
    free(said);
}

static void the_console_is_told_that_somebody_guesses_keys(void **state)
{
    struct cast *c = *state;

    is_warned(c, CAST_CONSOLE, "");
    for (int i = 0; i < ATTEMPTS_MANY_KEYS - 2; i++) /* The chief has given one. */
        guess(c, i % 2 ? "console" : "leader", c->code, wrong_key, 1);
    is_warned(c, CAST_CONSOLE, NULL);
    guess(c, "phone", c->code,
          ",\"name\":\"x\",\"token\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", 1);
    is_warned(c, CAST_CONSOLE, "keys");
    is_warned(c, CAST_BOARD, NULL);
    is_warned(c, CAST_LEADER, NULL);
    is_warned(c, CAST_ANA, NULL);
    world_pass(&c->world, ATTEMPTS_WINDOW_MS);
    is_warned(c, CAST_CONSOLE, "");
}

static void the_console_is_told_that_somebody_guesses_codes(void **state)
{
    struct cast *c = *state;

    is_warned(c, CAST_CONSOLE, "");
    for (int i = 0; i < ATTEMPTS_MANY_CODES; i++)
        guess(c, "phone", "2222-2222", ",\"name\":\"x\"", 1);
    is_warned(c, CAST_CONSOLE, "codes");
    is_warned(c, CAST_BOARD, NULL);
}

/* A link that lost its secret on the way, or a page of before, has guessed nothing. */
static void who_gives_nothing_has_guessed_nothing(void **state)
{
    struct cast *c = *state;

    is_warned(c, CAST_CONSOLE, "");
    for (int i = 0; i < 2 * ATTEMPTS_MANY_KEYS; i++)
        guess(c, "console", c->code, "", 0);
    is_warned(c, CAST_CONSOLE, NULL);
}

static void by_http_it_is_the_same(void **state)
{
    struct cast *c = *state;
    char path[64];
    int status;

    is_warned(c, CAST_CONSOLE, "");
    snprintf(path, sizeof(path), "/api/meetings/%s/minutes", c->code);
    for (int i = 0; i < ATTEMPTS_MANY_KEYS; i++) {
        c->world.outside = true;
        free(world_ask(&c->world, "GET", path, "format=json", c->chief, "", &status));
        assert_int_equal(status, 401);
    }
    is_warned(c, CAST_CONSOLE, "keys");
}

/* What goes to the log while `act` is done; to be freed. */
static char *logged(struct cast *c, void (*act)(struct cast *c))
{
    FILE *to = tmpfile();
    int stderr_was = dup(STDERR_FILENO);
    char *text = calloc(1, 65536);

    assert_non_null(to);
    fflush(stderr);
    dup2(fileno(to), STDERR_FILENO);
    act(c);
    fflush(stderr);
    dup2(stderr_was, STDERR_FILENO);
    close(stderr_was);
    rewind(to);
    size_t len = fread(text, 1, 65535, to);
    assert_true(len < 65535);
    fclose(to);
    return text;
}

static size_t lines_of(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static void try_things(struct cast *c)
{
    (void)forbidden(c);
    guess(c, "console", c->code, wrong_key, 1);
    guess(c, "phone", "2222-2222", ",\"name\":\"Hemmelige Hans\"", 1);
    json_decref(cast_send(
        c, CAST_BO, "note.save",
        json_pack("{s:s,s:s,s:i}", "note", c->note, "text", "Hemmeligt", "seat", 1), NULL));
}

static void try_often(struct cast *c)
{
    for (int i = 0; i < 1000; i++)
        guess(c, "console", c->code, wrong_key, 1);
}

static void the_log_says_what_was_tried_and_not_by_whom(void **state)
{
    struct cast *c = *state;
    static const char *const never[] = { "Hans",     "Hemmelig", "Bo",        "Ana",
                                         "aaaaaaaa", "2222",     "127.0.0.1", NULL };
    char wanted[128];

    char *text = logged(c, try_things);
    assert_int_equal(lines_of(text), 4);
    snprintf(wanted, sizeof(wanted), "attempt.refused meeting=%s role=phone code=forbidden",
             c->code);
    assert_non_null(strstr(text, wanted));
    snprintf(wanted, sizeof(wanted), "attempt.guess meeting=%s role=console code=wrong_key",
             c->code);
    assert_non_null(strstr(text, wanted));
    assert_non_null(strstr(text, "attempt.guess meeting=- role=phone code=no_such_meeting"));
    assert_non_null(strstr(text, "code=not_yours"));
    for (size_t i = 0; never[i]; i++)
        for (char *at = text; (at = strstr(at, never[i])); at++)
            if (strncmp(at - 8, "meeting=", 8) != 0 && !strstr(c->code, never[i]))
                fail_msg("the log has '%s': %s", never[i], text);
    free(text);
    text = logged(c, try_often);
    assert_in_range(lines_of(text), 20, 30);
    free(text);
    world_pass(&c->world, 60000);
    text = logged(c, try_things);
    assert_null(strstr(text, "unsaid=0 "));
    assert_non_null(strstr(text, "unsaid=97"));
    free(text);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_cast, close_cast)
    const struct CMUnitTest tests[] = {
        TEST(whoever_goes_on_is_closed),
        TEST(every_kind_of_bad_frame_counts),
        TEST(who_errs_now_and_then_is_not),
        TEST(a_flood_is_cut_off_and_a_full_outbox_is_not),
        TEST(the_console_is_told_that_somebody_guesses_keys),
        TEST(the_console_is_told_that_somebody_guesses_codes),
        TEST(who_gives_nothing_has_guessed_nothing),
        TEST(by_http_it_is_the_same),
        TEST(the_log_says_what_was_tried_and_not_by_whom),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
