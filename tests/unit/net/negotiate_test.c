#include "net/negotiate.h"

#include "support/cmocka_all.h"

static void a_language_weighs_what_it_is_given(void **state)
{
    (void)state;
    assert_int_equal(negotiate_language("da", "da"), 1000);
    assert_int_equal(negotiate_language("da-DK, en;q=0.8", "da"), 1000);
    assert_int_equal(negotiate_language("da-DK, en;q=0.8", "en"), 800);
    assert_int_equal(negotiate_language("en ; q=0.125", "en"), 125);
    assert_int_equal(negotiate_language("DA;Q=0.5", "da"), 500);
    assert_int_equal(negotiate_language("en;q=1.000", "en"), 1000);
    assert_int_equal(negotiate_language("en;level=1;q=0.3", "en"), 300);
    assert_int_equal(negotiate_language("en;q=0.2, en-GB;q=0.9", "en"), 900);
}

static void a_language_that_is_not_named_weighs_nothing(void **state)
{
    (void)state;
    assert_int_equal(negotiate_language("", "da"), 0);
    assert_int_equal(negotiate_language("dan, dansk", "da"), 0);
    assert_int_equal(negotiate_language("d", "da"), 0);
    assert_int_equal(negotiate_language("*;q=0.3", "da"), 300);
    assert_int_equal(negotiate_language("da;q=0, *", "da"), 0);
    assert_int_equal(negotiate_language("da;q=", "da"), 0);
    assert_int_equal(negotiate_language(",,;;q,;=,", "da"), 0);
}

static void a_coding_is_taken_when_it_is_named_or_all_are(void **state)
{
    (void)state;
    assert_true(negotiate_coding("gzip", "gzip"));
    assert_true(negotiate_coding("deflate, GZIP;q=0.1", "gzip"));
    assert_true(negotiate_coding("*", "gzip"));
    assert_true(negotiate_coding("x-gzip", "gzip"));
    assert_false(negotiate_coding("", "gzip"));
    assert_false(negotiate_coding("gzip;q=0", "gzip"));
    assert_false(negotiate_coding("gzip;q=0.000, *", "gzip"));
    assert_false(negotiate_coding("gzipped, br", "gzip"));
    assert_true(negotiate_coding("gzip, deflate, br;q=0.5, zstd", "br"));
    assert_true(negotiate_coding("*", "br"));
    assert_false(negotiate_coding("br;q=0, *", "br"));
    assert_false(negotiate_coding("x-gzip, x-br", "br"));
}

static void a_tag_is_found_in_any_form(void **state)
{
    (void)state;
    assert_true(negotiate_etag("\"abc\"", "abc"));
    assert_true(negotiate_etag("W/\"abc\"", "abc"));
    assert_true(negotiate_etag("\"x\", W/\"y\" , \"abc\"", "abc"));
    assert_true(negotiate_etag("*", "abc"));
    assert_true(negotiate_etag("\"a,b\", \"abc\"", "abc"));
    assert_false(negotiate_etag("", "abc"));
    assert_false(negotiate_etag("abc", "abc"));
    assert_false(negotiate_etag("\"abcd\"", "abc"));
    assert_false(negotiate_etag("\"abc", "abc"));
    assert_false(negotiate_etag("\"x\" \"", "abc"));
}

static void a_query_gives_what_it_has(void **state)
{
    char value[8] = "before";
    (void)state;

    assert_true(negotiate_query("lang=da", "lang", value, sizeof(value)));
    assert_string_equal(value, "da");
    assert_true(negotiate_query("a=1&&xlang=no&lang=en&lang=da", "lang", value, sizeof(value)));
    assert_string_equal(value, "en");
    assert_true(negotiate_query("lang=", "lang", value, sizeof(value)));
    assert_string_equal(value, "");
    assert_false(negotiate_query("lang", "lang", value, sizeof(value)));
    assert_false(negotiate_query("", "lang", value, sizeof(value)));
    assert_false(negotiate_query("lang=12345678", "lang", value, sizeof(value)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_language_weighs_what_it_is_given),
        cmocka_unit_test(a_language_that_is_not_named_weighs_nothing),
        cmocka_unit_test(a_coding_is_taken_when_it_is_named_or_all_are),
        cmocka_unit_test(a_tag_is_found_in_any_form),
        cmocka_unit_test(a_query_gives_what_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
