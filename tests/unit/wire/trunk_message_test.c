/* What two servers say to each other: each kind comes back as it was said, and bytes that say
 * nothing are refused. */
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "wire/trunk_message.h"

#define TEXT(s)                                                                                    \
    {                                                                                              \
        s, sizeof(s) - 1                                                                           \
    }

static const struct trunk_message said[] = {
    { .kind = TRUNK_CHALLENGE, .number = TRUNK_VERSION, .texts = { TEXT("a\0nonce") } },
    { .kind = TRUNK_CALLER, .texts = { TEXT("a\0nonce"), TEXT("a\0proof"), TEXT("north") } },
    { .kind = TRUNK_ACCEPTED, .texts = { TEXT("a\0proof"), TEXT("south") } },
    { .kind = TRUNK_PULSE },
    { .kind = TRUNK_GUESSED, .texts = { TEXT("192.0.2.1") } },
    { .kind = TRUNK_PAIRING, .number = 600000, .texts = { TEXT("4F7K") } },
    { .kind = TRUNK_PAIRED, .texts = { TEXT("4F7K"), TEXT("{}") } },
    { .kind = TRUNK_OPEN,
      .channel = UINT64_C(0x0102030405060708),
      .number = 30,
      .texts = { TEXT("::1"), TEXT("{\"hello\":{}}") } },
    { .kind = TRUNK_SAY, .channel = UINT64_MAX, .texts = { TEXT("a\0frame") } },
    { .kind = TRUNK_OWED, .channel = 1 },
    { .kind = TRUNK_GONE, .channel = UINT64_C(1) << 63 },
    { .kind = TRUNK_CALL,
      .channel = 7,
      .number = -1,
      .flags = TRUNK_NEAR | TRUNK_BARE,
      .texts = { TEXT("::1"), TEXT("POST"), TEXT("/api/meetings"), TEXT(""), TEXT("secret"),
                 TEXT("a\0body") } },
    { .kind = TRUNK_TELL,
      .number = -1,
      .flags = TRUNK_DROPPABLE,
      .texts = { TEXT("12345678abcdefgh"), TEXT("{\"facts\":[]}") } },
    { .kind = TRUNK_CLOSE, .channel = 7, .number = 1012 },
    { .kind = TRUNK_FAILED, .channel = 7 },
    { .kind = TRUNK_ANSWER,
      .channel = 7,
      .number = INT64_MAX,
      .flags = 0xff,
      .texts = { TEXT("text/html"), TEXT("Møde.html"), TEXT("a\0body") } },
};
enum { SAID = sizeof(said) / sizeof(said[0]) };
_Static_assert(SAID == TRUNK_KINDS - 1, "every kind is said");

static void is_the_same(const struct trunk_message *got, const struct trunk_message *wanted)
{
    assert_int_equal(got->kind, wanted->kind);
    assert_true(got->channel == wanted->channel);
    assert_true(got->number == wanted->number);
    assert_int_equal(got->flags, wanted->flags);
    for (size_t i = 0; i < TRUNK_TEXTS_MAX; i++) {
        assert_int_equal(got->texts[i].len, wanted->texts[i].len);
        if (wanted->texts[i].len > 0)
            assert_memory_equal(got->texts[i].bytes, wanted->texts[i].bytes, wanted->texts[i].len);
    }
}

/* Its bytes, in memory that ends where they end, so that a sanitizer sees who reads on. */
static unsigned char *written(const struct trunk_message *m, size_t *ret_len)
{
    struct buffer b = { 0 };

    trunk_message_write(m, &b);
    assert_false(b.failed);
    assert_int_equal(trunk_message_length((const unsigned char *)b.at), b.len - TRUNK_HEAD);
    unsigned char *bytes = malloc(b.len - TRUNK_HEAD);
    assert_non_null(bytes);
    memcpy(bytes, b.at + TRUNK_HEAD, b.len - TRUNK_HEAD);
    *ret_len = b.len - TRUNK_HEAD;
    buffer_release(&b);
    return bytes;
}

static void each_kind_comes_back_as_it_was_said(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAID; i++) {
        struct trunk_message got;
        size_t len;
        unsigned char *bytes = written(&said[i], &len);
        assert_true(trunk_message_read(bytes, len, &got));
        is_the_same(&got, &said[i]);
        for (size_t k = 0; k < TRUNK_TEXTS_MAX; k++)
            assert_true(!got.texts[k].bytes || got.texts[k].bytes[got.texts[k].len] == '\0');
        free(bytes);
    }
}

static void what_is_cut_short_or_goes_on_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAID; i++) {
        struct trunk_message got;
        size_t len;
        unsigned char *whole = written(&said[i], &len);
        for (size_t cut = 0; cut < len; cut++) {
            unsigned char *part = malloc(cut ? cut : 1);
            memcpy(part, whole, cut);
            assert_false(trunk_message_read(part, cut, &got));
            free(part);
        }
        unsigned char *more = calloc(len + 1, 1);
        memcpy(more, whole, len);
        assert_false(trunk_message_read(more, len + 1, &got));
        free(more);
        free(whole);
    }
}

/* Whatever it says then, it is said by exactly these bytes: there is one way to say each thing. */
static void a_byte_that_is_another_is_refused_or_says_another_thing(void **state)
{
    (void)state;
    size_t refused = 0, others = 0;

    for (size_t i = 0; i < SAID; i++) {
        size_t len;
        unsigned char *bytes = written(&said[i], &len);
        for (size_t at = 0; at < len; at++)
            for (unsigned by = 1; by < 256; by++) {
                struct trunk_message got;
                bytes[at] ^= (unsigned char)by;
                if (trunk_message_read(bytes, len, &got)) {
                    size_t again_len;
                    unsigned char *again = written(&got, &again_len);
                    assert_int_equal(again_len, len);
                    assert_memory_equal(again, bytes, len);
                    free(again);
                    others++;
                } else {
                    refused++;
                }
                bytes[at] ^= (unsigned char)by;
            }
        free(bytes);
    }
    assert_true(refused > 1000 && others > 1000);
}

static void only_what_may_be_any_bytes_may_have_a_nul(void **state)
{
    (void)state;
    static const unsigned any[TRUNK_KINDS] = {
        [TRUNK_CHALLENGE] = 1, [TRUNK_CALLER] = 1 | 2, [TRUNK_ACCEPTED] = 1, [TRUNK_OPEN] = 2,
        [TRUNK_SAY] = 1,       [TRUNK_CALL] = 1 << 5,  [TRUNK_TELL] = 1 | 2, [TRUNK_ANSWER] = 4,
    };

    for (size_t i = 0; i < SAID; i++)
        for (unsigned k = 0; k < TRUNK_TEXTS_MAX; k++) {
            if (!said[i].texts[k].bytes)
                continue;
            struct trunk_message m = said[i], got;
            size_t len;
            m.texts[k] = (struct trunk_text)TEXT("eight\0by");
            unsigned char *bytes = written(&m, &len);
            assert_int_equal(trunk_message_read(bytes, len, &got), any[m.kind] >> k & 1);
            free(bytes);
        }
}

/* The length of a text, beyond what is there by one and by much. */
static void a_text_that_says_it_is_longer_is_refused(void **state)
{
    (void)state;
    static const uint32_t lengths[] = { 4, 5, 6, 7, 255, 65536, INT32_MAX, UINT32_MAX };
    const struct trunk_message m = { .kind = TRUNK_SAY, .channel = 1, .texts = { TEXT("abc") } };
    struct trunk_message got;
    size_t len;
    unsigned char *bytes = written(&m, &len);

    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        for (int k = 0; k < 4; k++)
            bytes[9 + k] = (unsigned char)(lengths[i] >> (24 - 8 * k));
        assert_false(trunk_message_read(bytes, len, &got));
    }
    free(bytes);
}

static void what_is_too_long_is_known_before(void **state)
{
    (void)state;
    char *body = calloc(TRUNK_MESSAGE_MAX, 1);
    struct trunk_message m = { .kind = TRUNK_SAY,
                               .channel = 1,
                               .texts = { { body, TRUNK_MESSAGE_MAX - 1 - 8 - 4 - 1 } } };
    struct buffer b = { 0 };

    trunk_message_write(&m, &b);
    assert_false(b.failed);
    assert_int_equal(b.len, TRUNK_HEAD + TRUNK_MESSAGE_MAX);
    buffer_release(&b);
    assert_int_equal(trunk_message_size(&m), TRUNK_MESSAGE_MAX);
    m.texts[0].len++;
    assert_true(trunk_message_size(&m) > TRUNK_MESSAGE_MAX);
    buffer_release(&b);
    free(body);
}

static void nothing_and_kinds_that_there_are_not_are_refused(void **state)
{
    (void)state;
    struct trunk_message got = { .number = 5 };
    unsigned char kind = TRUNK_PULSE;

    assert_false(trunk_message_read(&kind, 0, &got));
    for (unsigned k = TRUNK_KINDS; k <= 256; k++) {
        kind = (unsigned char)k;
        assert_false(trunk_message_read(&kind, 1, &got));
    }
    assert_int_equal(got.number, 5); /* Nothing is written where nothing was read. */
}

static void channels_are_whole(void **state)
{
    (void)state;
    unsigned char bytes[8];

    for (unsigned len = 0; len <= 24; len++) {
        struct trunk_message m = { .kind = TRUNK_TELL,
                                   .texts = { { "123456781234567812345678", len }, TEXT("x") } };
        struct trunk_message got;
        size_t all;
        unsigned char *said_so = written(&m, &all);
        assert_int_equal(trunk_message_read(said_so, all, &got), len % 8 == 0);
        free(said_so);
    }
    trunk_channel_write(UINT64_C(0x0102030405060708), bytes);
    assert_memory_equal(bytes, "\1\2\3\4\5\6\7\10", 8);
    assert_true(trunk_channel_read(bytes) == UINT64_C(0x0102030405060708));
}

static void a_text_of_no_string_is_empty(void **state)
{
    (void)state;
    assert_int_equal(trunk_text(NULL).len, 0);
    assert_string_equal(trunk_text(NULL).bytes, "");
    assert_int_equal(trunk_text("æ").len, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_comes_back_as_it_was_said),
        cmocka_unit_test(what_is_cut_short_or_goes_on_is_refused),
        cmocka_unit_test(a_byte_that_is_another_is_refused_or_says_another_thing),
        cmocka_unit_test(only_what_may_be_any_bytes_may_have_a_nul),
        cmocka_unit_test(a_text_that_says_it_is_longer_is_refused),
        cmocka_unit_test(what_is_too_long_is_known_before),
        cmocka_unit_test(nothing_and_kinds_that_there_are_not_are_refused),
        cmocka_unit_test(channels_are_whole),
        cmocka_unit_test(a_text_of_no_string_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
