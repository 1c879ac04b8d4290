/* A hello that is said for a client by another server, and what is read of the answer. */
#include "wire/hello_json.h"

#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "wire/command_decode.h"

static const char *const hellos[] = {
    "{\"hello\":{\"as\":\"console\",\"meeting\":\"K7QM-4XPR\",\"key\":"
    "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}}",
    "{\"hello\":{\"as\":\"phone\",\"meeting\":\"K7QM-4XPR\",\"name\":\"Åse \\\"Ø\\\" \\\\ 🙂\","
    "\"function\":\"Elev\",\"id\":\"11111111-1111-4111-8111-111111111111\",\"locale\":\"en\"}}",
    "{\"hello\":{\"as\":\"phone\",\"meeting\":\"K7QM-4XPR\",\"name\":\"Bo\",\"claim\":7,"
    "\"unless_known\":true,\"knock\":false,\"also\":[{\"name\":\"Ib\",\"function\":\"Elev\"},"
    "{\"name\":\"Ea\"}]}}",
    "{\"hello\":{\"as\":\"phone\",\"meeting\":\"K7QM-4XPR\",\"token\":"
    "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"since\":0}}",
    "{\"hello\":{\"as\":\"board\",\"meeting\":\"K7QM-4XPR\",\"key\":"
    "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"since\":41}}",
};

/* As a server takes it from a client. */
static void read_hello(const char *text, struct incoming *ret_in)
{
    char field[FIELD_PATH_ROOM];
    struct uuid id;
    bool has_id;

    *ret_in = (struct incoming){ 0 };
    enum refusal refusal =
        incoming_decode(text, strlen(text), ROLE_NOT, ret_in, &id, &has_id, field);
    if (refusal != REFUSED_NOT)
        fail_msg("%s: %s is refused", text, field);
    assert_int_equal(ret_in->kind, INCOMING_HELLO);
}

static void a_hello_is_said_as_it_was_heard(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(hellos) / sizeof(hellos[0]); i++) {
        struct incoming first, again;
        read_hello(hellos[i], &first);
        char *text = hello_write(&first.hello);
        assert_non_null(text);
        read_hello(text, &again);
        assert_true(record_same(&hello_record, &first.hello, &again.hello));
        free(text);
        incoming_release(&first);
        incoming_release(&again);
    }
}

static void a_hello_says_what_was_learned_since(void **state)
{
    (void)state;
    struct incoming in, again;

    read_hello(hellos[2], &in);
    in.hello.has_since = true;
    in.hello.since = 1000000;
    in.hello.token = text_from("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    char *text = hello_write(&in.hello);
    read_hello(text, &again);
    assert_true(again.hello.has_since);
    assert_true(again.hello.since == 1000000);
    assert_int_equal(again.hello.token->len, SECRET_CHARS);
    assert_int_equal(again.hello.also.count, 2);
    free(text);
    incoming_release(&in);
    incoming_release(&again);
}

static enum greeting read_greeting(const char *text, struct seat_token *ret_seats,
                                   size_t *ret_count)
{
    return greeting_read(text, strlen(text), ret_seats, ret_count);
}

static void a_welcome_has_its_seats(void **state)
{
    (void)state;
    const struct venue venue = { .colour = "#005a9c", .wifi = true };
    struct seat_token seats[LIMIT_SEATS_A_PHONE], wanted[LIMIT_SEATS_A_PHONE] = { 0 };
    size_t count = 77;

    for (size_t n = 0; n <= LIMIT_SEATS_A_PHONE; n++) {
        for (size_t i = 0; i < n; i++) {
            wanted[i] = (struct seat_token){ .seat = 10 + (int64_t)i };
            if (i != 1)
                memset(wanted[i].token, 'a' + (int)i, SECRET_CHARS);
        }
        char *text = frame_welcome(wanted, n, (struct instant){ 5 }, 1764000000000, &venue);
        assert_int_equal(read_greeting(text, seats, &count), GREETING_WELCOME);
        assert_int_equal(count, n);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(seats[i].seat, wanted[i].seat);
            assert_string_equal(seats[i].token, wanted[i].token);
        }
        free(text);
    }
}

/* Of a server of ours, but not of this version. */
static void seats_that_are_more_or_longer_are_cut_off(void **state)
{
    (void)state;
    static const char more[] =
        "{\"welcome\":{\"seats\":[{\"seat\":1,\"token\":\""
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"},"
        "{\"seat\":\"two\"},{},{\"seat\":4},{\"seat\":5},{\"seat\":6}]}}";
    struct seat_token seats[LIMIT_SEATS_A_PHONE];
    size_t count;

    assert_int_equal(read_greeting(more, seats, &count), GREETING_WELCOME);
    assert_int_equal(count, LIMIT_SEATS_A_PHONE);
    assert_int_equal(strlen(seats[0].token), SECRET_CHARS);
    assert_int_equal(seats[1].seat, 0);
    assert_string_equal(seats[2].token, "");
}

static void what_is_no_welcome_is_none(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum greeting is;
    } frames[] = {
        { "{\"refused\":{\"code\":\"busy\"}}", GREETING_REFUSED },
        { "{\"facts\":[],\"seq\":3}", GREETING_NOT },
        { "{\"snapshot\":{\"welcome\":{}}}", GREETING_NOT },
        { "{\"welcome\":7}", GREETING_NOT },
        { "{\"welcome\":null}", GREETING_NOT },
        { "{\"welcome\":{}", GREETING_NOT },
        { "[{\"welcome\":{}}]", GREETING_NOT },
        { "", GREETING_NOT },
        { "null", GREETING_NOT },
        { "{\"re\":\"11111111-1111-4111-8111-111111111111\",\"ok\":true}", GREETING_NOT },
    };
    struct seat_token seats[LIMIT_SEATS_A_PHONE];
    size_t count;

    for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
        count = 77;
        if (read_greeting(frames[i].text, seats, &count) != frames[i].is)
            fail_msg("read as something else: %s", frames[i].text);
        assert_int_equal(count, 0);
    }
    assert_int_equal(read_greeting("{\"welcome\":{}}", seats, &count), GREETING_WELCOME);
    char *refused = frame_refused(REFUSED_TOO_FAST, NULL, 3000, 0);
    assert_int_equal(read_greeting(refused, seats, &count), GREETING_REFUSED);
    free(refused);
}

/* Every answer to a command, as this program writes it, and nothing else. */
static void an_answer_says_to_which_command(void **state)
{
    (void)state;
    const struct uuid id = { { 1, 2, 3, 4, 5, 6, 0x47, 8, 0x89, 10, 11, 12, 13, 14, 15, 255 } };
    char *answers[] = {
        frame_reply_ok(id, 5, NULL),
        frame_reply_ok(id, 5, "{\"seat\":1}"),
        frame_reply_refused(&id, REFUSED_TOO_FAST, NULL, 500),
        frame_reply_refused(&id, REFUSED_BAD_FIELD, "name", 0),
    };
    char *others[] = {
        frame_reply_refused(NULL, REFUSED_BAD_FIELD, NULL, 0),
        frame_saving(true),
        frame_clock(1.5, (struct instant){ 5 }, 1764000000000),
        frame_refused(REFUSED_BUSY, NULL, 0, 0),
        strdup("{\"re\":\"11111111-1111-4111-8111-11111111111"),
        strdup("{\"re\":\"11111111-1111-4111-8111-11111111111x\",\"ok\":true}"),
        strdup(""),
    };
    struct uuid re;

    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        re = (struct uuid){ { 0 } };
        assert_true(reply_id(answers[i], strlen(answers[i]), &re));
        assert_true(uuid_same(re, id));
        free(answers[i]);
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (reply_id(others[i], strlen(others[i]), &re))
            fail_msg("taken for an answer: %s", others[i]);
        free(others[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hello_is_said_as_it_was_heard),
        cmocka_unit_test(a_hello_says_what_was_learned_since),
        cmocka_unit_test(a_welcome_has_its_seats),
        cmocka_unit_test(seats_that_are_more_or_longer_are_cut_off),
        cmocka_unit_test(what_is_no_welcome_is_none),
        cmocka_unit_test(an_answer_says_to_which_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
