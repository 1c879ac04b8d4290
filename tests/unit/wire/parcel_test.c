/* A meeting as a file: what parcel_end has closed is read back, and nothing else is. */
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "wire/parcel.h"

#define CODE "ANNA-2345"

static char body[] = "{\"seq\":1,\"at\":5,\"fact\":\"floor.closed\",\"closed\":true}";
static char other[] = "{\"seq\":2,\"at\":6,\"fact\":\"floor.closed\",\"closed\":false}";
static char made[] = "{\"seat\":1}";

static char *written(size_t *ret_len)
{
    const struct parcel_fact facts[] = {
        { .seq = 1, .at = 5, .wall = 1005, .rest = 1, .body = body },
        { .seq = 2,
          .at = 6,
          .wall = 1006,
          .body = other,
          .made = made,
          .has_command = true,
          .command = { { 7 } } },
    };
    struct buffer b = { 0 };

    parcel_begin(&b, CODE, 1000, 2);
    for (size_t i = 0; i < 2; i++)
        parcel_add(&b, &facts[i]);
    parcel_end(&b, 2);
    char *text = buffer_take(&b, ret_len);
    assert_non_null(text);
    return text;
}

static enum parcel_fault read(const char *bytes, size_t len)
{
    struct parcel p;
    enum parcel_fault fault = parcel_read(bytes, len, &p);

    assert_true(fault == PARCEL_WHOLE || (p.count == 0 && !p.facts));
    parcel_release(&p);
    return fault;
}

static void what_was_written_is_read_back(void **state)
{
    struct parcel p;
    size_t len;
    char *text = written(&len);

    (void)state;
    assert_int_equal(parcel_read(text, len, &p), PARCEL_WHOLE);
    assert_string_equal(p.code, CODE);
    assert_int_equal(p.zero, 1000);
    assert_int_equal(p.count, 2);
    assert_string_equal(p.facts[0].body, body);
    assert_int_equal(p.facts[0].rest, 1);
    assert_false(p.facts[0].has_command);
    assert_null(p.facts[0].text);
    assert_int_equal(p.facts[1].wall, 1006);
    assert_string_equal(p.facts[1].made, made);
    assert_int_equal(p.facts[1].command.b[0], 7);
    parcel_release(&p);
    free(text);
}

static void no_beginning_of_a_file_is_one(void **state)
{
    size_t len;
    char *text = written(&len);

    (void)state;
    for (size_t i = 0; i < len; i++) {
        enum parcel_fault fault = read(text, i);
        assert_true(fault == PARCEL_UNLIKE || fault == PARCEL_CUT);
        assert_true(i < 19 || fault == PARCEL_CUT);
    }
    free(text);
}

static void no_byte_can_be_another(void **state)
{
    size_t len;
    char *text = written(&len);

    (void)state;
    for (size_t i = 0; i < len; i++)
        for (int bit = 0; bit < 8; bit++) {
            text[i] = (char)(text[i] ^ (1 << bit));
            assert_int_not_equal(read(text, len), PARCEL_WHOLE);
            text[i] = (char)(text[i] ^ (1 << bit));
        }
    assert_int_equal(read(text, len), PARCEL_WHOLE);
    free(text);
}

static void a_later_version_is_told_as_such(void **state)
{
    static const char later[] = "{\"runde\":\"meeting\",\"version\":2,\"and\":\"more\"}\nwhatever";

    (void)state;
    assert_int_equal(read(later, sizeof(later) - 1), PARCEL_NEWER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(no_beginning_of_a_file_is_one),
        cmocka_unit_test(no_byte_can_be_another),
        cmocka_unit_test(a_later_version_is_told_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
