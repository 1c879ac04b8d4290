#include "base/text.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"

#include "support/cmocka_all.h"

static void a_text_lives_until_the_last_lets_go(void **state)
{
    (void)state;
    struct text *t = text_new("æbler og pærer", 7);

    assert_true(text_is(t, "æbler "));
    assert_int_equal(t->len, 7);
    assert_ptr_equal(text_ref(t), t);
    text_unref(t);
    assert_string_equal(text_str(t), "æbler ");
    text_unref(t);
}

static void no_text_is_equal_to_no_text_alone(void **state)
{
    (void)state;
    struct text *empty = text_from("");

    assert_null(text_from(NULL));
    assert_null(text_ref(NULL));
    assert_string_equal(text_str(NULL), "");
    assert_true(text_same(NULL, NULL));
    assert_false(text_same(empty, NULL));
    assert_false(text_same(NULL, empty));
    assert_false(text_is(NULL, ""));
    assert_true(text_is(empty, ""));
    text_unref(NULL);
    text_unref(empty);
}

static void texts_are_the_same_byte_for_byte(void **state)
{
    (void)state;
    struct text *a = text_from("Runde"), *b = text_from("Runde"), *c = text_from("Rundt"),
                *d = text_from("Rund");

    assert_true(text_same(a, b));
    assert_false(text_same(a, c));
    assert_false(text_same(a, d));
    text_unref(a);
    text_unref(b);
    text_unref(c);
    text_unref(d);
}

static void lengths_count_code_points(void **state)
{
    (void)state;

    assert_int_equal(text_points("", 0), 0);
    assert_int_equal(text_points("blå", 4), 3);
    assert_int_equal(text_points("😀", 4), 1);
    assert_int_equal(text_points("e\xCC\x81", 3), 2);
}

static bool valid(const char *bytes)
{
    return text_valid(bytes, strlen(bytes));
}

static void only_whole_and_shortest_utf8_is_valid(void **state)
{
    (void)state;

    assert_true(valid(""));
    assert_true(valid("blå 😀 \xEF\xBF\xBF \xF4\x8F\xBF\xBF"));
    assert_true(valid("\xED\x9F\xBF\xEE\x80\x80"));
    assert_false(valid("\x80"));             /* A tail alone. */
    assert_false(valid("\xC3"));             /* A head alone. */
    assert_false(valid("\xC3z"));            /* A head without its tail. */
    assert_false(valid("\xC0\xAF"));         /* A slash in two bytes. */
    assert_false(valid("\xE0\x9F\xBF"));     /* Two bytes in three. */
    assert_false(valid("\xF0\x8F\xBF\xBF")); /* Three in four. */
    assert_false(valid("\xED\xA0\x80"));     /* The first surrogate. */
    assert_false(valid("\xED\xBF\xBF"));     /* The last. */
    assert_false(valid("\xF4\x90\x80\x80")); /* Beyond the last code point. */
    assert_false(valid("\xFF"));
    assert_false(text_valid("a\0b", 3));
}

static void no_memory_gives_no_text(void **state)
{
    (void)state;

    alloc_fail_at(1);
    assert_null(text_from("x"));
    alloc_fail_at(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_lives_until_the_last_lets_go),
        cmocka_unit_test(no_text_is_equal_to_no_text_alone),
        cmocka_unit_test(texts_are_the_same_byte_for_byte),
        cmocka_unit_test(lengths_count_code_points),
        cmocka_unit_test(only_whole_and_shortest_utf8_is_valid),
        cmocka_unit_test(no_memory_gives_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
