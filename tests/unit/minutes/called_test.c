/* called_test.c -- who is called how in the minutes: the cases that the pages are held against. */
#include <jansson.h>

#include "minutes/called.h"

#include "support/cmocka_all.h"

enum { PEOPLE_MAX = 16 };

static struct text *text_at(const json_t *pair, size_t i)
{
    return text_from(json_string_value(json_array_get(pair, i)));
}

static const char *name_of(const struct minutes_seat *seat, const struct called *called)
{
    if (called->text)
        return called->text->bytes;
    return text_str(seat->name ? seat->name : seat->function);
}

/* They sit in the order of their numbers, or the other way round. */
static void check(const json_t *people, const json_t *expected, bool turned)
{
    struct minutes_seat seats[PEOPLE_MAX] = { 0 };
    size_t count = json_array_size(people);

    assert_true(count > 1 && count <= PEOPLE_MAX && count == json_array_size(expected));
    for (size_t i = 0; i < count; i++)
        seats[turned ? count - 1 - i : i] = (struct minutes_seat){
            .seat = (int64_t)i + 1,
            .name = text_at(json_array_get(people, i), 0),
            .function = text_at(json_array_get(people, i), 1),
        };
    struct called *called = called_new(seats, count);
    assert_non_null(called);
    for (size_t i = 0; i < count; i++) {
        size_t at = turned ? count - 1 - i : i;
        assert_string_equal(name_of(&seats[at], &called[at]),
                            json_string_value(json_array_get(expected, i)));
    }
    called_free(called, count);
    for (size_t i = 0; i < count; i++) {
        text_unref((struct text *)seats[i].name);
        text_unref((struct text *)seats[i].function);
    }
}

static void people_of_one_name_are_told_apart_as_on_the_pages(void **state)
{
    (void)state;
    json_t *all = json_load_file(SOURCE_FOLDER "/tests/vectors/names.json", 0, NULL);
    json_t *cases = json_object_get(all, "cases"), *each;
    size_t i;

    assert_true(json_array_size(cases) > 10);
    json_array_foreach(cases, i, each)
    {
        check(json_object_get(each, "people"), json_object_get(each, "called"), false);
        check(json_object_get(each, "people"), json_object_get(each, "called"), true);
    }
    json_decref(all);
}

static void nobody_is_called_anything_where_nobody_is(void **state)
{
    (void)state;
    struct called *none = called_new(NULL, 0);

    assert_non_null(none);
    called_free(none, 0);
    called_free(NULL, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_of_one_name_are_told_apart_as_on_the_pages),
        cmocka_unit_test(nobody_is_called_anything_where_nobody_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
