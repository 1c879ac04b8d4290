/* duty_test.c -- who presents and who facilitates: the engine's rule against the cases that the
 * pages are held against. */
#include <jansson.h>
#include <string.h>

#include "engine/duty.h"

#include "support/cmocka_all.h"

static json_t *cases(const char *name)
{
    json_t *all = json_load_file(SOURCE_FOLDER "/protocol/examples/duty.json", 0, NULL);

    assert_non_null(all);
    json_t *found = json_incref(json_object_get(all, name));
    json_decref(all);
    assert_true(json_array_size(found) > 5);
    return found;
}

static void a_function_fits_a_phrase_by_its_words(void **state)
{
    (void)state;
    json_t *all = cases("fits"), *each;
    size_t i;

    json_array_foreach(all, i, each)
    {
        struct text *function = text_from(json_string_value(json_array_get(each, 0)));
        struct text *phrase = text_from(json_string_value(json_array_get(each, 1)));
        if (duty_fits(function, phrase) != json_is_true(json_array_get(each, 2)))
            fail_msg("%s | %s", text_str(function), text_str(phrase));
        text_unref(function);
        text_unref(phrase);
    }
    json_decref(all);
}

static struct texts phrases(const json_t *list, struct text *room[static 4])
{
    struct texts texts = { .count = json_array_size(list), .at = room };

    assert_true(texts.count <= 4);
    for (size_t i = 0; i < texts.count; i++)
        room[i] = text_from(json_string_value(json_array_get(list, i)));
    return texts;
}

static void forget(struct texts *t)
{
    for (size_t i = 0; i < t->count; i++)
        text_unref(t->at[i]);
}

/* Three people, and one part of the method that the case names. */
static void check(const json_t *it, enum duty duty, const char *expected)
{
    static const char *const functions[] = { "PUF-konsulent", "Skoleleder", "Børn og Unge-chef" };
    const char *method = json_string_value(json_object_get(it, "method"));
    struct text *part_room[4], *item_room[4];
    struct part part = { .responsible = phrases(json_object_get(it, "part"), part_room) };
    struct item item = { .responsible = phrases(json_object_get(it, "item"), item_room) };
    struct seat_state seats[3] = { { 0 } };
    int64_t order[3] = { 1, 2, 3 };
    static struct meeting m;

    for (enum method k = METHOD_NOT + 1; k < METHOD_COUNT; k++)
        if (strcmp(method_enum.names[k], method) == 0)
            part.method = k;
    m = (struct meeting){ .part_count = 1, .seat_count = 3, .seats = seats };
    m.parts[0].part = &part;
    m.agenda.items = (struct item_list){ .count = 1, .at = &item };
    m.table = (struct seats){ .count = 3, .room = 3, .at = order };
    for (size_t i = 0; i < 3; i++)
        seats[i] =
            (struct seat_state){ .function = text_from(functions[i]), .presence = PRESENCE_HERE };
    int64_t seat = duty_seat(&m, 0, duty);
    assert_string_equal(seat ? functions[seat - 1] : "nobody", expected ? expected : "nobody");
    for (size_t i = 0; i < 3; i++) {
        assert_false(duty_awaits(&m, 0, duty, seats[i].function) && seat != 0);
        seats[i].presence = PRESENCE_LEFT;
    }
    assert_int_equal(duty_seat(&m, 0, duty), 0);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(duty_awaits(&m, 0, duty, seats[i].function), seat == (int64_t)i + 1);
        text_unref(seats[i].function);
    }
    forget(&part.responsible);
    forget(&item.responsible);
}

static void the_agenda_says_who_has_a_duty(void **state)
{
    (void)state;
    json_t *all = cases("duties"), *it;
    size_t i;

    json_array_foreach(all, i, it)
    {
        check(it, DUTY_PRESENTER, json_string_value(json_object_get(it, "presenter")));
        check(it, DUTY_FACILITATOR, json_string_value(json_object_get(it, "facilitator")));
    }
    json_decref(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_function_fits_a_phrase_by_its_words),
        cmocka_unit_test(the_agenda_says_who_has_a_duty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
