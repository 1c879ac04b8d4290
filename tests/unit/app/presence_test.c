/* Which phones are connected, and who writes where, as consoles and scribes hear it. */
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
    char code[16], key[64], scribe[64], board[64];
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

static void read_all(struct world_wire *wire)
{
    char *text;

    while ((text = world_hear(wire)))
        free(text);
}

static void read_key(const json_t *made, const char *role, char ret_key[static 64])
{
    const char *link = json_string_value(json_object_get(json_object_get(made, "links"), role));

    snprintf(ret_key, 64, "%s", strchr(link, '#') + 1);
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
    read_key(made, "console", t->key);
    read_key(made, "scribe", t->scribe);
    read_key(made, "board", t->board);
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

static struct world_wire *screen(struct table *t, const char *role, const char *key)
{
    struct world_wire *wire = world_connect(&t->world);

    greet(wire, "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\",\"key\":\"%s\"}}", role, t->code,
          key);
    world_settle(&t->world);
    read_all(wire);
    return wire;
}

/* The newest word on presence in its short form, "scribe next_step Lise|"; "" when nobody writes,
 * "-" when it says nothing of that, NULL when there was none.  How many there were goes to
 * `ret_frames`. */
static const char *writing(struct world_wire *wire, int *ret_frames)
{
    static char words[256];
    char *text;
    bool any = false;

    *ret_frames = 0;
    while ((text = world_hear(wire))) {
        json_t *frame = json_loads(text, 0, NULL), *each;
        json_t *presence = json_object_get(frame, "presence");
        json_t *all = json_object_get(presence, "writing");
        size_t i;
        if (presence) {
            snprintf(words, sizeof(words), "%s", all ? "" : "-");
            any = true;
            ++*ret_frames;
        }
        json_array_foreach(all, i, each)
        {
            static const char *const keys[] = { "as", "answer", "name" };
            for (size_t k = 0; k < 3; k++) {
                const char *word = json_string_value(json_object_get(each, keys[k]));
                size_t len = strlen(words);
                snprintf(words + len, sizeof(words) - len, "%s%s", word ? word : "_",
                         k < 2 ? " " : "|");
            }
        }
        json_decref(frame);
        free(text);
    }
    return any ? words : NULL;
}

#define BY "\"by\":\"22222222-2222-4222-8222-222222222222\""

static void who_writes_where_is_told_to_consoles_and_scribes_alone(void **state)
{
    struct table *t = *state;
    struct world_wire *scribe = screen(t, "scribe", t->scribe);
    struct world_wire *board = screen(t, "board", t->board), *ana = phone(t, 1);
    int frames;

    world_pass(&t->world, 1000);
    assert_string_equal(writing(t->console, &frames), "");
    assert_string_equal(writing(scribe, &frames), "");
    assert_string_equal(writing(board, &frames), "-");
    world_say(scribe, "{\"writing\":{" BY ",\"name\":\"Lise\",\"answer\":\"next_step\"}}");
    assert_null(writing(t->console, &frames)); /* It is not a second yet. */
    world_pass(&t->world, 1000);
    assert_string_equal(writing(t->console, &frames), "scribe next_step Lise|");
    assert_string_equal(writing(board, &frames), "-");
    assert_null(writing(ana, &frames));
    /* Again and again the same is told once. */
    for (int i = 0; i < 5; i++) {
        world_say(scribe, "{\"writing\":{" BY ",\"name\":\"Lise\",\"answer\":\"next_step\"}}");
        world_pass(&t->world, 2000);
    }
    assert_null(writing(t->console, &frames));
    /* However often the place changes, a second has one frame. */
    for (int i = 0; i < 20; i++)
        world_say(scribe, i % 2 ? "{\"writing\":{" BY ",\"answer\":\"action\"}}"
                                : "{\"writing\":{" BY ",\"answer\":\"tasks\"}}");
    world_pass(&t->world, 1000);
    assert_string_equal(writing(t->console, &frames), "scribe action _|");
    assert_int_equal(frames, 1);
    /* Who falls silent is forgotten, and who goes at once. */
    world_pass(&t->world, LIMIT_WRITING_MS);
    assert_string_equal(writing(t->console, &frames), "");
    world_say(scribe, "{\"writing\":{" BY ",\"answer\":\"tasks\"}}");
    world_pass(&t->world, 1000);
    assert_string_equal(writing(t->console, &frames), "scribe tasks _|");
    world_say(scribe, "{\"writing\":{" BY "}}");
    world_pass(&t->world, 1000);
    assert_string_equal(writing(t->console, &frames), "");
    world_say(scribe, "{\"writing\":{" BY ",\"answer\":\"tasks\"}}");
    world_pass(&t->world, 1000);
    assert_string_equal(writing(t->console, &frames), "scribe tasks _|");
    world_disconnect(scribe);
    world_pass(&t->world, 1000);
    assert_string_equal(writing(t->console, &frames), "");
    world_disconnect(board);
    world_disconnect(ana);
}

static void a_phone_and_a_board_say_nothing_of_where_they_write(void **state)
{
    struct table *t = *state;
    struct world_wire *board = screen(t, "board", t->board), *ana = phone(t, 1);
    struct world_wire *all[] = { board, ana };

    for (size_t i = 0; i < 2; i++) {
        bool refused = false;
        char *text;
        world_say(all[i], "{\"writing\":{" BY ",\"answer\":\"tasks\"}}");
        world_settle(&t->world);
        while ((text = world_hear(all[i]))) {
            refused |= strstr(text, "\"forbidden\"") != NULL;
            free(text);
        }
        assert_true(refused);
        world_disconnect(all[i]);
    }
}

/* Presence comes each second; a console that does not read must not lose facts to it. */
static void who_reads_slowly_keeps_room_for_facts(void **state)
{
    struct table *t = *state;
    struct world_wire *scribe = screen(t, "scribe", t->scribe);
    int frames;

    world_pass(&t->world, 1000);
    writing(t->console, &frames);
    for (int i = 0; i < 2 * LIMIT_OUTBOX_FRAMES; i++) {
        world_say(scribe, i % 2 ? "{\"writing\":{" BY ",\"answer\":\"action\"}}"
                                : "{\"writing\":{" BY ",\"answer\":\"tasks\"}}");
        world_pass(&t->world, 1000);
    }
    writing(t->console, &frames);
    assert_int_equal(frames, LIMIT_OUTBOX_FRAMES / 2);
    world_pass(&t->world, 1000);
    assert_string_equal(writing(t->console, &frames), "scribe action _|"); /* As it stands now. */
    assert_int_equal(frames, 1);
    world_disconnect(scribe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_came_is_told_even_if_memory_was_out_when_it_was_due,
                                        open_table, close_table),
        cmocka_unit_test_setup_teardown(each_seat_is_told_once_however_often_its_phone_came,
                                        open_table, close_table),
        cmocka_unit_test_setup_teardown(who_writes_where_is_told_to_consoles_and_scribes_alone,
                                        open_table, close_table),
        cmocka_unit_test_setup_teardown(a_phone_and_a_board_say_nothing_of_where_they_write,
                                        open_table, close_table),
        cmocka_unit_test_setup_teardown(who_reads_slowly_keeps_room_for_facts, open_table,
                                        close_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
