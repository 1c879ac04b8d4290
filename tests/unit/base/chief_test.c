/* The code by which leaders know a chief of several schools. */
#include "base/chief.h"

#include <string.h>

#include "support/cmocka_all.h"

static void code_of(const char *secret, char ret_code[static CHIEF_CODE_CHARS + 1])
{
    chief_code_of(hash_of(secret, strlen(secret)), ret_code);
}

/* Worked out by another program: what a meeting keeps must be the same in ten years. */
static void a_secret_has_one_code_for_good(void **state)
{
    (void)state;
    char code[CHIEF_CODE_CHARS + 1];

    code_of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", code);
    assert_string_equal(code, "WZ2N-7AYJ-99UW-6FJ8");
    code_of("chief--------------------------------------", code);
    assert_string_equal(code, "RPYS-QEHF-7F69-BC7R");
    code_of("BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB", code);
    assert_string_equal(code, "948N-MPTW-QRMU-6PP8");
}

static void a_code_reads_as_itself_however_it_is_written(void **state)
{
    (void)state;
    static const char *const written[] = { "WZ2N-7AYJ-99UW-6FJ8", "wz2n7ayj99uw6fj8",
                                           " WZ2N 7AYJ 99UW 6FJ8 ", "W-Z-2-N7AYJ99UW--6fJ8" };
    char secret[SECRET_CHARS + 1], code[CHIEF_CODE_CHARS + 1], again[CHIEF_CODE_CHARS + 1];

    for (size_t i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
        assert_true(chief_code_read(written[i], strlen(written[i]), code));
        assert_string_equal(code, "WZ2N-7AYJ-99UW-6FJ8");
    }
    for (int i = 0; i < 200; i++) {
        secret_new(secret);
        code_of(secret, code);
        assert_int_equal(strlen(code), CHIEF_CODE_CHARS);
        assert_true(chief_code_read(code, CHIEF_CODE_CHARS, again));
        assert_string_equal(code, again);
    }
}

/* Every wrong letter in every place, and every two that have changed places. */
static void one_slip_of_the_hand_is_no_code(void **state)
{
    (void)state;
    static const char good[] = "WZ2N7AYJ99UW6FJ8";
    char code[CHIEF_CODE_CHARS + 1] = "untouched", slip[sizeof(good)];

    for (size_t i = 0; i < 16; i++)
        for (const char *c = CODE_ALPHABET; *c; c++) {
            memcpy(slip, good, sizeof(slip));
            slip[i] = *c;
            assert_true(chief_code_read(slip, 16, code) == (*c == good[i]));
        }
    for (size_t i = 0; i + 1 < 16; i++) {
        memcpy(slip, good, sizeof(slip));
        slip[i] = good[i + 1];
        slip[i + 1] = good[i];
        assert_true(chief_code_read(slip, 16, code) == (good[i] == good[i + 1]));
    }
}

static void what_is_no_code_is_none(void **state)
{
    (void)state;
    static const char *const none[] = {
        "",
        "-",
        "WZ2N-7AYJ-99UW-6FJ",
        "WZ2N-7AYJ-99UW-6FJ88",
        "WZ2N-7AYJ-99UW-6FJ8\n",
        "WZ2N/7AYJ/99UW/6FJ8",
        "\xC3\x86Z2N-7AYJ-99UW-6FJ8",
        "0Z2N-7AYJ-99UW-6FJ8",
    };
    char code[CHIEF_CODE_CHARS + 1] = "untouched";

    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
        assert_false(chief_code_read(none[i], strlen(none[i]), code));
    assert_false(chief_code_read("WZ2N-7AYJ-99UW-6\0J8", 19, code));
    assert_string_equal(code, "untouched");
}

static void a_secret_is_known_by_its_form(void **state)
{
    (void)state;
    char secret[SECRET_CHARS + 1];

    secret_new(secret);
    assert_true(secret_is(secret));
    secret[7] = '.';
    assert_false(secret_is(secret));
    secret[7] = '\0';
    assert_false(secret_is(secret));
    assert_false(secret_is(""));
    assert_false(secret_is(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_has_one_code_for_good),
        cmocka_unit_test(a_code_reads_as_itself_however_it_is_written),
        cmocka_unit_test(one_slip_of_the_hand_is_no_code),
        cmocka_unit_test(what_is_no_code_is_none),
        cmocka_unit_test(a_secret_is_known_by_its_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
