/* Two servers get to know each other, and nobody else does; tests/README.md, row 31. */
#include "app/trunk.h"

#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "base/log.h"
#include "support/cluster.h"
#include "support/cmocka_all.h"

#define TEXT(s)                                                                                    \
    {                                                                                              \
        s, sizeof(s) - 1                                                                           \
    }
#define A(c) (&(c)->servers[0])
#define B(c) (&(c)->servers[1])

static int open_two(void **state)
{
    log_limit(LOG_LEVEL_ERROR);
    *state = cluster_open(2, 1);
    return 0;
}

static int close_all(void **state)
{
    cluster_close(*state);
    return 0;
}

static const char *state_of(const struct pipe *w)
{
    const struct trunk *t = w->answers.server ? w->answers.trunk : w->calls.trunk;

    return t->state == TRUNK_UP ? "up" : t->state == TRUNK_GREETING ? "greeting" : "over";
}

static void they_call_each_other(void **state)
{
    struct cluster *c = *state;
    struct trunk *t = cluster_trunk(A(c), B(c));

    assert_non_null(t);
    assert_string_equal(t->node.name, "b");
    t = cluster_trunk(B(c), A(c));
    assert_non_null(t);
    assert_string_equal(t->node.name, "a");
    cluster_pass(c, 20000); /* And stay so. */
    assert_ptr_equal(cluster_trunk(B(c), A(c)), t);
}

/* Whoever has no key hears a nonce and nothing else, whatever it says. */
static void a_stranger_hears_nothing(void **state)
{
    struct cluster *c = *state;
    static const struct trunk_message words[] = {
        { .kind = TRUNK_CHALLENGE, .number = TRUNK_VERSION, .texts = { { NULL, 0 } } },
        { .kind = TRUNK_ACCEPTED, .texts = { { NULL, 0 }, TEXT("b") } },
        { .kind = TRUNK_PULSE },
        { .kind = TRUNK_GUESSED, .texts = { TEXT("192.0.2.1") } },
        { .kind = TRUNK_OPEN, .channel = UINT64_C(1) << 32, .texts = { TEXT(""), TEXT("{}") } },
        { .kind = TRUNK_CALL,
          .channel = UINT64_C(1) << 32,
          .texts = { TEXT(""), TEXT("GET"), TEXT("/api/templates"), TEXT(""), TEXT(""),
                     TEXT("") } },
        { .kind = TRUNK_TELL, .texts = { TEXT("12345678"), TEXT("{}") } },
        { .kind = TRUNK_CLOSE, .channel = 1, .number = 1012 },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct pipe *w = cluster_stranger(A(c));
        struct trunk_message m;
        assert_true(cluster_heard(w, &m));
        assert_int_equal(m.kind, TRUNK_CHALLENGE);
        assert_false(cluster_heard(w, &m));
        assert_false(cluster_say(c, w, &words[i]));
    }
    assert_int_equal(A(c)->guesses, 0);
}

static void garbage_and_what_is_too_long_ends_it(void **state)
{
    struct cluster *c = *state;
    static const struct {
        const char *bytes;
        size_t len;
    } rubbish[] = {
        { "\0\0\0\0", 4 },         { "\0\0\4\1", 4 },
        { "\377\377\377\377", 4 }, { "GET / HTTP/1.1\r\n", 16 },
        { "\0\0\0\1\0", 5 },       { "\0\0\0\1\377", 5 },
        { "\0\0\0\2\4\0", 6 },
    };

    for (size_t i = 0; i < sizeof(rubbish) / sizeof(rubbish[0]); i++) {
        struct pipe *w = cluster_stranger(A(c));
        assert_false(cluster_give(c, w, rubbish[i].bytes, rubbish[i].len));
    }
}

static void who_says_nothing_is_thrown_out(void **state)
{
    struct cluster *c = *state;
    struct pipe *silent = cluster_stranger(A(c)), *slow = cluster_stranger(A(c));

    for (int i = 0; i < TRUNK_GREETING_MS / 100 - 1; i++) {
        cluster_pass(c, 100);
        assert_true(cluster_give(c, slow, "\0\0\4\0\2", i < 3 ? 1 : 0));
    }
    assert_true(cluster_has(c, silent) && cluster_has(c, slow));
    cluster_pass(c, 400);
    assert_false(cluster_has(c, silent) || cluster_has(c, slow));
}

/* A stranger who has the key, or another, speaks to A as a caller of this name. */
static struct pipe *call_as(struct cluster *c, const char *key, const char *name,
                            struct buffer *ret_said)
{
    struct pipe *w = cluster_stranger(A(c));
    struct trunk_message m;
    struct hash own = { { 7 } };
    unsigned char bytes[1 + 64 + 2 * (OWNERSHIP_NAME_MAX + 1)] = { 1 };

    assert_true(cluster_heard(w, &m));
    memcpy(bytes + 1, m.texts[0].bytes, 32);
    memcpy(bytes + 33, own.b, 32);
    snprintf((char *)bytes + 65, OWNERSHIP_NAME_MAX + 1, "%s", name);
    memcpy(bytes + 65 + OWNERSHIP_NAME_MAX + 1, "a", 1);
    struct hash proof = hash_keyed(hash_of(key, strlen(key)), bytes, sizeof(bytes));
    const struct trunk_message caller = {
        .kind = TRUNK_CALLER,
        .texts = { { (char *)own.b, 32 }, { (char *)proof.b, 32 }, trunk_text(name) }
    };
    trunk_message_write(&caller, ret_said);
    (void)cluster_give(c, w, ret_said->at, ret_said->len);
    return cluster_has(c, w) ? w : NULL;
}

static void the_key_opens_it_once(void **state)
{
    struct cluster *c = *state;
    struct buffer said = { 0 }, again = { 0 };
    struct trunk_message m;

    assert_null(call_as(c, "another key", "c", &said));
    buffer_release(&said);
    struct pipe *w = call_as(c, "key", "c", &said);
    assert_non_null(w);
    assert_string_equal(state_of(w), "up");
    assert_true(cluster_heard(w, &m));
    assert_int_equal(m.kind, TRUNK_ACCEPTED);
    assert_string_equal(m.texts[1].bytes, "a");

    struct pipe *later = cluster_stranger(A(c)); /* Its nonce is another. */
    assert_false(cluster_give(c, later, said.at, said.len));
    assert_false(cluster_give(c, w, said.at, said.len)); /* Nor is it said twice. */
    buffer_release(&said);

    /* A name that is empty, or too long to be one. */
    char name[OWNERSHIP_NAME_MAX + 2];
    memset(name, 'n', sizeof(name));
    name[sizeof(name) - 1] = '\0';
    assert_null(call_as(c, "key", "", &again));
    buffer_release(&again);
    assert_null(call_as(c, "key", name, &again));
    buffer_release(&again);
}

/* Servers of other keys, versions and names at a place that A calls. */
static void who_answers_must_be_who_was_called(void **state)
{
    struct cluster *c = *state;
    static const struct {
        int64_t version;
        const char *key, *name;
        bool good;
    } cases[] = {
        { TRUNK_VERSION, "key", "b", true },
        { TRUNK_VERSION, "another key", "b", false },
        { TRUNK_VERSION, "key", "c", false },
        { TRUNK_VERSION + 1, "key", "b", false },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct trunk_message m = { 0 };
        struct hash own = { { 9 } };
        struct node node = { .name = "b", .url = "http://nobody.example" };
        struct trunk *t = trunk_call(A(c)->app, &node);
        struct pipe *w = c->pipes.first;
        while (w->calls.trunk != t)
            w = w->next;
        cluster_settle(c);
        const struct trunk_message challenge = { .kind = TRUNK_CHALLENGE,
                                                 .number = cases[i].version,
                                                 .texts = { { (char *)own.b, 32 } } };
        bool there = cluster_say(c, w, &challenge);
        assert_int_equal(there, cases[i].version == TRUNK_VERSION);
        if (!there)
            continue;
        assert_true(cluster_heard(w, &m));
        assert_int_equal(m.kind, TRUNK_CALLER);
        unsigned char bytes[1 + 64 + 2 * (OWNERSHIP_NAME_MAX + 1)] = { 2 };
        memcpy(bytes + 1, own.b, 32);
        memcpy(bytes + 33, m.texts[0].bytes, 32);
        bytes[65] = 'a';
        bytes[65 + OWNERSHIP_NAME_MAX + 1] = 'b';
        struct hash proof =
            hash_keyed(hash_of(cases[i].key, strlen(cases[i].key)), bytes, sizeof(bytes));
        const struct trunk_message accepted = {
            .kind = TRUNK_ACCEPTED, .texts = { { (char *)proof.b, 32 }, trunk_text(cases[i].name) }
        };
        assert_int_equal(cluster_say(c, w, &accepted), cases[i].good);
    }
}

/* What a caller says to prove itself proves nothing of whoever answers. */
static void a_proof_is_for_one_side(void **state)
{
    struct cluster *c = *state;
    struct node node = { .name = "b", .url = "http://nobody.example" };
    struct trunk *t = trunk_call(A(c)->app, &node);
    struct pipe *w = c->pipes.first;
    struct trunk_message m;
    struct hash own = { { 9 } };

    while (w->calls.trunk != t)
        w = w->next;
    cluster_settle(c);
    assert_true(cluster_say(c, w,
                            &(struct trunk_message){ .kind = TRUNK_CHALLENGE,
                                                     .number = TRUNK_VERSION,
                                                     .texts = { { (char *)own.b, 32 } } }));
    assert_true(cluster_heard(w, &m));
    assert_false(
        cluster_say(c, w,
                    &(struct trunk_message){ .kind = TRUNK_ACCEPTED,
                                             .texts = { { m.texts[1].bytes, 32 }, TEXT("b") } }));
}

static void whoever_has_another_key_is_not_spoken_to(void **state)
{
    struct cluster *c = *state;

    cluster_kill(B(c));
    B(c)->key = hash_of("yek", 3);
    cluster_start(B(c));
    cluster_pass(c, 5000);
    assert_null(cluster_trunk(A(c), B(c)));
    assert_null(cluster_trunk(B(c), A(c)));
    B(c)->key = hash_of("key", 3);
}

static void who_falls_silent_is_given_up_and_called_again(void **state)
{
    struct cluster *c = *state;

    cluster_wire(B(c), A(c))->cut = true;
    struct pipe *w = cluster_wire(B(c), A(c));
    cluster_pass(c, TRUNK_SILENCE_MS - 2 * TRUNK_PULSE_MS);
    assert_true(cluster_has(c, w));
    cluster_pass(c, 2 * TRUNK_PULSE_MS + 300);
    assert_false(cluster_has(c, w));
    cluster_pass(c, 1500);
    assert_non_null(cluster_trunk(B(c), A(c)));
}

static void a_server_that_is_gone_is_called_no_more(void **state)
{
    struct cluster *c = *state;

    cluster_stop(B(c));
    cluster_pass(c, 3000);
    assert_null(c->pipes.first);
    assert_null(A(c)->app->trunks);
}

/* Nobody hears what is for whoever had the channel before. */
static void a_channel_is_never_given_twice(void **state)
{
    struct cluster *c = *state;
    struct trunk *t = cluster_trunk(B(c), A(c));
    int who[3];
    uint64_t first = trunk_enter(t, &who[0]), second = trunk_enter(t, &who[1]);

    assert_true(first && second && first != second);
    trunk_leave(t, first);
    assert_null(trunk_who(t, first));
    uint64_t third = trunk_enter(t, &who[2]);
    assert_int_equal(third & UINT32_MAX, first & UINT32_MAX); /* Its place, */
    assert_true(third != first);                              /* but not its number. */
    assert_null(trunk_who(t, first));
    assert_ptr_equal(trunk_who(t, third), &who[2]);
    assert_ptr_equal(trunk_who(t, second), &who[1]);
    assert_false(trunk_enter_as(t, third, &who[0]));
    assert_false(trunk_enter_as(t, first, &who[0])); /* Somebody else has its place. */
    assert_false(trunk_enter_as(t, 5, &who[0]));
    assert_false(trunk_enter_as(t, UINT64_C(1) << 32 | UINT32_MAX, &who[0]));
    assert_null(trunk_who(t, 0));
    assert_null(trunk_who(t, UINT64_MAX));
    t->given = UINT32_MAX;
    uint64_t next = trunk_enter(t, &who[0]);
    assert_true(next >> 32 != 0);
    trunk_leave(t, next);
    trunk_leave(t, second);
    trunk_leave(t, third);
    assert_int_equal(t->live, 0);
}

static void many_channels_come_and_go(void **state)
{
    struct cluster *c = *state;
    struct trunk *t = cluster_trunk(B(c), A(c));
    static uint64_t ids[2000];
    int who;

    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < 2000; i++)
            assert_true((ids[i] = trunk_enter(t, &who)) != 0);
        assert_int_equal(t->live, 2000);
        assert_true(t->channel_count <= 2000); /* Places are used again. */
        for (size_t i = 0; i < 2000; i += 2)
            trunk_leave(t, ids[i]);
        for (size_t i = 0; i < 2000; i += 2)
            assert_true((ids[i] = trunk_enter(t, &who)) != 0);
        assert_true(t->channel_count <= 2000);
        for (size_t i = 0; i < 2000; i++)
            trunk_leave(t, ids[i]);
    }
}

/* Words of callers are refused long before answers are, and pulses go through. */
static void what_waits_to_go_out_is_bounded(void **state)
{
    struct cluster *c = *state;
    struct trunk *t = cluster_trunk(B(c), A(c));
    char *word = calloc(65536, 1);
    const struct trunk_message say = { .kind = TRUNK_SAY, .texts = { { word, 65536 } } };
    int said = 0;

    cluster_wire(B(c), A(c))->cut = true;
    while (trunk_send(t, &say))
        said++;
    assert_int_equal(said, TRUNK_QUEUE_MAX / 65536);
    assert_true(trunk_send(t, &(struct trunk_message){ .kind = TRUNK_PULSE }));
    assert_int_equal(t->state, TRUNK_UP);
    const struct trunk_message tell = { .kind = TRUNK_TELL,
                                        .texts = { TEXT(""), { word, 65536 } } };
    for (said = 0; said < 2000 && trunk_send(t, &tell); said++)
        ;
    assert_int_equal(said, (TRUNK_ANSWERS_MAX - TRUNK_QUEUE_MAX) / 65536 - 1);
    assert_int_equal(t->state, TRUNK_OVER);
    free(word);
    cluster_settle(c);
    cluster_pass(c, 1500);
    assert_non_null(cluster_trunk(B(c), A(c)));
}

int main(void)
{
#define OF_TWO(test) cmocka_unit_test_setup_teardown(test, open_two, close_all)
    const struct CMUnitTest tests[] = {
        OF_TWO(they_call_each_other),
        OF_TWO(a_stranger_hears_nothing),
        OF_TWO(garbage_and_what_is_too_long_ends_it),
        OF_TWO(who_says_nothing_is_thrown_out),
        OF_TWO(the_key_opens_it_once),
        OF_TWO(who_answers_must_be_who_was_called),
        OF_TWO(a_proof_is_for_one_side),
        OF_TWO(whoever_has_another_key_is_not_spoken_to),
        OF_TWO(who_falls_silent_is_given_up_and_called_again),
        OF_TWO(a_server_that_is_gone_is_called_no_more),
        OF_TWO(a_channel_is_never_given_twice),
        OF_TWO(many_channels_come_and_go),
        OF_TWO(what_waits_to_go_out_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
