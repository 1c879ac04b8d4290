#include "wire/command_decode.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "wire/record_json.h"

#include "examples.h"

static const char *const id_chars = "3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6b";

struct result {
    enum refusal refusal;
    struct incoming in;
    struct uuid id;
    bool has_id;
    char field[FIELD_PATH_ROOM];
};

static struct result decode(const char *text, enum role role)
{
    struct result r = { 0 };

    r.refusal = incoming_decode(text, strlen(text), role, &r.in, &r.id, &r.has_id, r.field);
    return r;
}

/* {"id":…,"do":name,"with":with}, to be freed; takes over `with`. */
static char *frame_of(const char *name, json_t *with)
{
    json_t *frame = json_pack("{s:s, s:s, s:o}", "id", id_chars, "do", name, "with", with);
    char *text = json_dumps(frame, JSON_COMPACT);

    json_decref(frame);
    assert_non_null(text);
    return text;
}

/* Decode, encode: the same JSON again, for every role that may send it; forbidden to others. */
static void every_command_goes_round(void **state)
{
    (void)state;

    for (unsigned k = 0; k < COMMAND_COUNT; k++) {
        const struct command_info *info = &command_infos[k];
        json_t *with = example("commands", info->name);
        char *text = frame_of(info->name, json_incref(with));
        for (unsigned role = 0; role < ROLE_COUNT; role++) {
            struct result r = decode(text, (enum role)role);
            assert_true(r.has_id);
            if (!(info->who & 1u << role)) {
                assert_int_equal(r.refusal, REFUSED_FORBIDDEN);
                continue;
            }
            assert_int_equal(r.refusal, REFUSED_NOT);
            assert_int_equal(r.in.kind, INCOMING_COMMAND);
            assert_int_equal(r.in.command.kind, k);
            assert_true(r.in.command.has_id && uuid_same(r.in.command.id, r.id));
            json_t *again =
                record_encode(info->args, (char *)&r.in.command + info->offset, RECORD_ALL);
            assert_true(json_equal(again, with));
            json_decref(again);
            incoming_release(&r.in);
        }
        free(text);
        json_decref(with);
    }
}

/* Those that are never on the wire too: the server makes them, of agendas and of hellos. */
static void every_command_s_fields_go_round(void **state)
{
    (void)state;
    char field[FIELD_PATH_ROOM];

    for (unsigned k = 0; k < COMMAND_COUNT; k++) {
        const struct command_info *info = &command_infos[k];
        json_t *with = example("commands", info->name);
        struct command c = { .kind = (enum command_kind)k };
        assert_int_equal(
            record_decode(info->args, with, RECORD_OURS, (char *)&c + info->offset, field),
            REFUSED_NOT);
        json_t *again = record_encode(info->args, (char *)&c + info->offset, RECORD_ALL);
        assert_true(json_equal(again, with));
        json_decref(again);
        json_decref(with);
        command_release(&c);
    }
}

static void a_hello_fills_its_struct(void **state)
{
    (void)state;
    struct result r = decode("{\"hello\":{\"as\":\"phone\",\"meeting\":\"k7qm4xpr\",\"since\":412,"
                             "\"also\":[{\"name\":\"Bo\"}],\"locale\":\"en\"}}",
                             ROLE_NOT);

    assert_int_equal(r.refusal, REFUSED_NOT);
    assert_int_equal(r.in.kind, INCOMING_HELLO);
    assert_int_equal(r.in.hello.as, ROLE_PHONE);
    assert_int_equal(r.in.hello.locale, LOCALE_EN);
    assert_true(text_is(r.in.hello.meeting, "k7qm4xpr"));
    assert_true(r.in.hello.has_since && r.in.hello.since == 412);
    assert_int_equal(r.in.hello.also.count, 1);
    assert_true(text_is(r.in.hello.also.at[0].name, "Bo"));
    assert_null(r.in.hello.also.at[0].function);
    assert_null(r.in.hello.name);
    assert_false(r.in.hello.has_id);
    incoming_release(&r.in);
}

static void a_clock_question_keeps_its_fraction(void **state)
{
    (void)state;
    struct result r = decode("{\"clock\":{\"sent\":1234.5}}", ROLE_NOT);

    assert_int_equal(r.refusal, REFUSED_NOT);
    assert_int_equal(r.in.kind, INCOMING_CLOCK);
    assert_true(r.in.sent == 1234.5);
}

/* What each refusal says, and whether the id could still be told.  tests/README.md, row 38 */
static void refusals_name_what_is_wrong(void **state)
{
    (void)state;
    /* clang-format off */
#define ID "\"id\":\"3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6b\""
    static const struct {
        const char *text;
        enum role role;
        enum refusal refusal;
        bool has_id;
        const char *field;
    } rows[] = {
        { "",                                              ROLE_PHONE,   REFUSED_MALFORMED,       false, "" },
        { "[]",                                            ROLE_PHONE,   REFUSED_MALFORMED,       false, "" },
        { "{}",                                            ROLE_PHONE,   REFUSED_MALFORMED,       false, "" },
        { "{" ID "}",                                      ROLE_PHONE,   REFUSED_MALFORMED,       true,  "" },
        { "{" ID ",\"do\":7}",                             ROLE_PHONE,   REFUSED_MALFORMED,       true,  "" },
        { "{\"do\":\"turn.done\"}",                        ROLE_PHONE,   REFUSED_BAD_FIELD,       false, "id" },
        { "{" ID ",\"do\":\"turn.steal\"}",                ROLE_PHONE,   REFUSED_UNKNOWN_COMMAND, true,  "" },
        { "{" ID ",\"do\":\"undo\"}",                      ROLE_PHONE,   REFUSED_FORBIDDEN,       true,  "" },
        { "{" ID ",\"do\":\"undo\"}",                      ROLE_NOT,     REFUSED_FORBIDDEN,       true,  "" },
        { "{" ID ",\"do\":\"undo\",\"with\":[]}",          ROLE_CONSOLE, REFUSED_BAD_FIELD,       true,  "with" },
        { "{" ID ",\"do\":\"undo\",\"x\":1}",              ROLE_CONSOLE, REFUSED_BAD_FIELD,       true,  "x" },
        { "{" ID ",\"do\":\"undo\",\"with\":{\"x\":1}}",   ROLE_CONSOLE, REFUSED_BAD_FIELD,       true,  "x" },
        { "{" ID ",\"do\":\"undo\",\"with\":{\"\\n\":1}}", ROLE_CONSOLE, REFUSED_BAD_FIELD,       true,  "?" },
        { "{" ID ",\"do\":\"floor.give\"}",                ROLE_CONSOLE, REFUSED_BAD_FIELD,       true,  "seat" },
        { "{" ID ",\"do\":\"decision.set\",\"with\":{\"answer\":\"tasks\",\"tasks\":"
          "[{\"text\":\"a\"},{\"text\":\"b\"},{\"text\":\"\"}]}}",
                                                           ROLE_SCRIBE,  REFUSED_BAD_FIELD,       true,  "tasks.2.text" },
        { "{" ID ",\"do\":\"decision.set\",\"with\":{\"answer\":\"tasks\",\"tasks\":"
          "[{\"text\":\"a\",\"builds_on\":[7]}]}}",
                                                           ROLE_SCRIBE,  REFUSED_BAD_FIELD,       true,  "tasks.0.builds_on.0" },
        { "{\"hello\":{\"as\":\"king\",\"meeting\":\"K7QM-4XPR\"}}",
                                                           ROLE_NOT,     REFUSED_BAD_FIELD,       false, "as" },
        { "{\"hello\":7}",                                 ROLE_NOT,     REFUSED_BAD_FIELD,       false, "hello" },
        { "{\"clock\":{\"sent\":\"1\"}}",                  ROLE_NOT,     REFUSED_BAD_FIELD,       false, "sent" },
        /* What is no JSON has its id all the same, for somebody waits for the answer. */
        { "{" ID ",\"do\":\"note.save\",\"with\":{\"text\":\"\\ud83d\"}}",
                                                           ROLE_PHONE,   REFUSED_MALFORMED,       true,  "" },
        { "{" ID ",\"do\":\"data.put\",\"with\":{\"csv\":\"PK\x03\x04",
                                                           ROLE_CONSOLE, REFUSED_MALFORMED,       true,  "" },
        { "{\"do\":\"a\\\"{\", \"id\" :\n\"3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6b\" , x",
                                                           ROLE_PHONE,   REFUSED_MALFORMED,       true,  "" },
        { "{\"with\":{" ID "},\"do\":\"undo\",",         ROLE_PHONE,   REFUSED_MALFORMED,       false, "" },
        { "{\"with\":\"{\\" ID "\"",                     ROLE_PHONE,   REFUSED_MALFORMED,       false, "" },
        { "{\"id\":\"3f2b8c1e\",",                         ROLE_PHONE,   REFUSED_MALFORMED,       false, "" },
        { "{\"id\":7,",                                    ROLE_PHONE,   REFUSED_MALFORMED,       false, "" },
        { "{\"id\":",                                      ROLE_PHONE,   REFUSED_MALFORMED,       false, "" },
        { "{\"id\"",                                       ROLE_PHONE,   REFUSED_MALFORMED,       false, "" },
        { "[" ID,                                          ROLE_PHONE,   REFUSED_MALFORMED,       true,  "" },
    };
#undef ID
    /* clang-format on */

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct result r = decode(rows[i].text, rows[i].role);
        if (r.refusal != rows[i].refusal || r.has_id != rows[i].has_id)
            fail_msg("%s: %s", rows[i].text, r.refusal ? refusal_names[r.refusal] : "taken");
        assert_string_equal(r.field, rows[i].field);
    }
}

static void a_long_path_is_cut_and_closed(void **state)
{
    (void)state;
    char name[200], text[400];

    memset(name, 'a', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    snprintf(text, sizeof(text), "{\"id\":\"%s\",\"do\":\"undo\",\"with\":{\"%s\":1}}", id_chars,
             name);
    struct result r = decode(text, ROLE_CONSOLE);
    assert_int_equal(r.refusal, REFUSED_BAD_FIELD);
    assert_int_equal(strlen(r.field), FIELD_PATH_ROOM - 1);
}

/* Counting stops at the limit, in whatever strings may claim; and strings do not count. */
static void depth_is_counted_before_parsing(void **state)
{
    (void)state;
    char text[200] = "{\"clock\":";

    for (int i = 0; i < LIMIT_JSON_DEPTH; i++)
        strcat(text, "[");
    assert_int_equal(decode(text, ROLE_PHONE).refusal, REFUSED_MALFORMED);

    struct result r = decode("{\"id\":\"3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6b\","
                             "\"do\":\"contribution.add\",\"with\":"
                             "{\"text\":\"[[[[[[[[[[[[[[[[ \\\" {{{{{{{{{{{{{{{{ \\\\\"}}",
                             ROLE_PHONE);
    assert_int_equal(r.refusal, REFUSED_NOT);
    incoming_release(&r.in);
}

static void a_refused_frame_leaves_the_output_alone(void **state)
{
    (void)state;
    struct incoming in = { .sent = 77 };
    struct uuid id;
    bool has_id;
    char field[FIELD_PATH_ROOM];
    const char *text = "{\"clock\":{\"sent\":1,\"now\":-1}}";

    assert_int_equal(incoming_decode(text, strlen(text), ROLE_PHONE, &in, &id, &has_id, field),
                     REFUSED_BAD_FIELD);
    assert_true(in.sent == 77);
}

/* Lets the first, second, third … request for memory fail; what was made by then must go. */
static void no_memory_is_busy_and_leaves_nothing(void **state)
{
    (void)state;

    for (unsigned k = 0; k < COMMAND_COUNT; k++) {
        const struct command_info *info = &command_infos[k];
        char *text = frame_of(info->name, example("commands", info->name));
        unsigned role = 1;
        while (role < ROLE_COUNT && !(info->who & 1u << role))
            role++;
        for (size_t n = 1; role < ROLE_COUNT; n++) {
            alloc_fail_at(n);
            struct result r = decode(text, (enum role)role);
            alloc_fail_at(0);
            if (r.refusal == REFUSED_NOT) {
                assert_true(n > 1);
                incoming_release(&r.in);
                break;
            }
            assert_int_equal(r.refusal, REFUSED_BUSY);
            assert_true(r.has_id);
        }
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_goes_round),
        cmocka_unit_test(every_command_s_fields_go_round),
        cmocka_unit_test(a_hello_fills_its_struct),
        cmocka_unit_test(a_clock_question_keeps_its_fraction),
        cmocka_unit_test(refusals_name_what_is_wrong),
        cmocka_unit_test(a_long_path_is_cut_and_closed),
        cmocka_unit_test(depth_is_counted_before_parsing),
        cmocka_unit_test(a_refused_frame_leaves_the_output_alone),
        cmocka_unit_test(no_memory_is_busy_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
