/* Tables are read as the pages read them: tests/vectors/tables.json. */
#include <jansson.h>
#include <string.h>

#include "base/alloc.h"
#include "minutes/sheet.h"
#include "support/cmocka_all.h"

static void check(const json_t *each)
{
    const char *csv = json_string_value(json_object_get(each, "csv"));
    const json_t *rows = json_object_get(each, "rows"), *row;
    struct text *text = text_from(csv);
    struct sheet s;
    size_t r;

    assert_true(sheet_read(text, &s));
    if (s.csv.rows != json_array_size(rows))
        fail_msg("%zu rows instead of %zu: %s", s.csv.rows, json_array_size(rows), csv);
    json_array_foreach(rows, r, row)
    {
        assert_int_equal(s.csv.columns, json_array_size(row));
        for (size_t c = 0; c < s.csv.columns; c++) {
            const char *expected = json_string_value(json_array_get(row, c));
            size_t len;
            const char *bytes = csv_cell(&s.csv, r, c, &len);
            if (len != strlen(expected) || memcmp(bytes, expected, len) != 0)
                fail_msg("\"%.*s\" instead of \"%s\": %s", (int)len, bytes, expected, csv);
        }
    }
    if (s.headed != json_is_true(json_object_get(each, "headed")))
        fail_msg("headed: %d: %s", s.headed, csv);
    if (s.label != json_integer_value(json_object_get(each, "label")))
        fail_msg("label %d: %s", s.label, csv);
    sheet_release(&s);
    text_unref(text);
}

static void tables_are_read_as_on_the_wall(void **state)
{
    (void)state;
    json_t *all = json_load_file(SOURCE_FOLDER "/tests/vectors/tables.json", 0, NULL), *each;
    size_t i;

    assert_true(json_array_size(json_object_get(all, "cases")) > 40);
    json_array_foreach(json_object_get(all, "cases"), i, each) check(each);
    json_decref(all);
}

static void a_table_without_memory_is_no_table(void **state)
{
    (void)state;
    struct text *text = text_from("\"Sted\";Andel\nSkolegård;16 %\n\"Bold;bane\";<5");
    struct sheet s;
    bool read = false;
    size_t n = 0;

    while (!read) {
        alloc_fail_at(++n);
        read = sheet_read(text, &s);
        alloc_fail_at(0);
        sheet_release(&s);
    }
    assert_true(n > 8);
    text_unref(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_read_as_on_the_wall),
        cmocka_unit_test(a_table_without_memory_is_no_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
