/* Codes as people hand them on; tests/vectors/codes.json is read by the pages' test, too. */
#include "base/code.h"

#include <jansson.h>
#include <string.h>

#include "base/alloc.h"

#include "support/cmocka_all.h"

static void a_new_code_reads_as_itself(void **state)
{
    (void)state;
    char code[CODE_CHARS + 1], again[CODE_CHARS + 1];

    for (int i = 0; i < 50; i++) {
        code_new(code);
        assert_int_equal(code[4], '-');
        assert_true(code_read(code, CODE_CHARS, again));
        assert_string_equal(code, again);
    }
}

static void codes_are_found_where_the_vectors_say(void **state)
{
    (void)state;
    json_t *rows = json_load_file(SOURCE_FOLDER "/tests/vectors/codes.json", 0, NULL), *row;
    size_t i;

    assert_true(json_array_size(rows) > 40);
    json_array_foreach(rows, i, row)
    {
        const char *written = json_string_value(json_object_get(row, "written"));
        const char *wanted = json_string_value(json_object_get(row, "code"));
        char code[CODE_CHARS + 1] = "untouched";
        bool found = code_read(written, strlen(written), code);
        if (found != (wanted != NULL) || strcmp(code, wanted ? wanted : "untouched") != 0)
            fail_msg("%s: %s", written, found ? code : "nothing");
    }
    json_decref(rows);
}

static void a_code_is_alone_with_or_without_its_dash_in_any_case(void **state)
{
    (void)state;
    static const char *const alone[] = { "K7QM-4XPR", "k7qm-4xpr", "K7qM4xPR" };
    static const char *const among[] = { "",          "K7QM-4XP",   "K7QM-4XP0",  "K7Q-M4XPR",
                                         "K7QM 4XPR", "(K7QM4XPR",  "K7QM--4XPR", "K7QM4XPR-",
                                         "K7QM4XPR/", " K7QM-4XPR", "K7QM–4XPR",  "/m/K7QM4XPR" };

    for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++)
        assert_true(code_alone(alone[i], strlen(alone[i])));
    for (size_t i = 0; i < sizeof(among) / sizeof(among[0]); i++)
        if (code_alone(among[i], strlen(among[i])))
            fail_msg("%s is taken for a code alone", among[i]);
    assert_true(code_alone("K7QM-4XPRSTU", 9));
    assert_false(code_alone("K7QM-4XPRSTU", 12));
}

static void what_is_no_text_has_none(void **state)
{
    (void)state;
    char code[CODE_CHARS + 1], *much = malloc(CODE_TEXT_MAX + 1);

    assert_false(code_read("K7QM-4XPR\xE6", 10, code));
    assert_false(code_read("K7QM\0004XPR", 9, code));
    assert_non_null(much);
    memset(much, ' ', CODE_TEXT_MAX + 1);
    memcpy(much, "K7QM-4XPR", 9);
    assert_true(code_read(much, CODE_TEXT_MAX, code));
    assert_false(code_read(much, CODE_TEXT_MAX + 1, code));
    free(much);
    alloc_fail_at(1);
    assert_true(code_read("K7QM-4XPR", 9, code)); /* It stands alone. */
    alloc_fail_at(1);
    assert_false(code_read("koden er K7QM-4XPR", 18, code));
    alloc_fail_at(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_code_reads_as_itself),
        cmocka_unit_test(codes_are_found_where_the_vectors_say),
        cmocka_unit_test(a_code_is_alone_with_or_without_its_dash_in_any_case),
        cmocka_unit_test(what_is_no_text_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
