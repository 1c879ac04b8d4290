#include "wire/record_text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "wire/pattern.h"

#include "support/cmocka_all.h"

static const char *const agenda_text =
    "{\"title\":\"Runde\",\"locale\":\"da\",\"starts\":\"09:30\",\"items\":[{\"no\":1,"
    "\"title\":\"Punkt\",\"minutes\":10,\"responsible\":[\"Skoleleder\",\"PUF\"],"
    "\"bank\":[{\"questions\":[\"Hvad?\"]}],\"parts\":[{\"id\":\"1\",\"method\":\"turns\","
    "\"turn_min\":45000,\"optional\":false}]}]}";

static void an_agenda_goes_round_as_text(void **state)
{
    (void)state;
    struct agenda a;
    char field[FIELD_PATH_ROOM];

    assert_int_equal(
        record_read(&agenda_record, agenda_text, strlen(agenda_text), RECORD_OURS, &a, field),
        REFUSED_NOT);
    assert_int_equal(a.items.at[0].parts.at[0].method, METHOD_TURNS);
    assert_int_equal(a.items.at[0].parts.at[0].turn_min.ms, 45000);
    assert_true(a.items.at[0].parts.at[0].has_optional && !a.items.at[0].parts.at[0].optional);
    assert_false(a.items.at[0].parts.at[0].has_on);
    char *again = record_write(&agenda_record, &a, RECORD_ALL);
    struct agenda b;
    assert_int_equal(record_read(&agenda_record, again, strlen(again), RECORD_OURS, &b, field),
                     REFUSED_NOT);
    assert_true(record_same(&agenda_record, &a, &b));
    assert_int_equal(strlen(again), strlen(agenda_text));
    record_release(&agenda_record, &a);
    record_release(&agenda_record, &b);
    free(again);
}

static void unknown_fields_are_refused(void **state)
{
    (void)state;
    const char *text = "{\"text\":\"a\",\"colour\":\"red\"}";
    struct task t = { 0 };
    char field[FIELD_PATH_ROOM];

    assert_int_equal(record_read(&task_record, text, strlen(text), RECORD_OURS, &t, field),
                     REFUSED_BAD_FIELD);
    assert_string_equal(field, "colour");
    assert_null(t.text);
}

static void texts_of_people_are_cleaned_and_ours_are_not(void **state)
{
    (void)state;
    const char *text = "{\"text\":\" a\u200b  b \",\"due\":\"2026-02-28\"}";
    struct task t = { 0 };
    char field[FIELD_PATH_ROOM];

    assert_int_equal(record_read(&task_record, text, strlen(text), RECORD_PEOPLES, &t, field),
                     REFUSED_NOT);
    assert_string_equal(text_str(t.text), "a b");
    record_release(&task_record, &t);
    assert_int_equal(record_read(&task_record, text, strlen(text), RECORD_OURS, &t, field),
                     REFUSED_NOT);
    assert_string_equal(text_str(t.text), " a\u200b  b ");
    record_release(&task_record, &t);
}

/* What is left counts: six hundred letters with as many invisible ones are six hundred, and only
 * invisible ones are nothing. */
static void lengths_count_what_is_left(void **state)
{
    (void)state;
    char text[8000] = "{\"text\":\"", field[FIELD_PATH_ROOM];
    struct task t = { 0 };

    for (int i = 0; i < LIMIT_TEXT; i++)
        strcat(text, "a\u200b");
    strcat(text, "\"}");
    assert_int_equal(record_read(&task_record, text, strlen(text), RECORD_PEOPLES, &t, field),
                     REFUSED_NOT);
    record_release(&task_record, &t);
    assert_int_equal(record_read(&task_record, text, strlen(text), RECORD_OURS, &t, field),
                     REFUSED_BAD_FIELD);
    const char *nothing = "{\"text\":\"a\",\"owner\":\" \u200b\\t\u2800\"}";
    assert_int_equal(record_read(&task_record, nothing, strlen(nothing), RECORD_PEOPLES, &t, field),
                     REFUSED_BAD_FIELD);
    assert_string_equal(field, "owner");
}

static enum refusal read_due(const char *day, enum record_source source)
{
    char text[80], field[FIELD_PATH_ROOM];
    struct task t = { 0 };

    snprintf(text, sizeof(text), "{\"text\":\"a\",\"due\":\"%s\"}", day);
    enum refusal refusal = record_read(&task_record, text, strlen(text), source, &t, field);
    if (refusal == REFUSED_NOT)
        record_release(&task_record, &t);
    else
        assert_string_equal(field, "due");
    return refusal;
}

static void days_of_people_are_taken_by_the_rule_of_the_pages(void **state)
{
    (void)state;
    json_t *days = json_load_file(SOURCE_FOLDER "/tests/vectors/days.json", 0, NULL), *day;
    const json_t *taken = json_object_get(days, "taken"), *not = json_object_get(days, "not");
    size_t i;

    assert_true(json_array_size(taken) > 5 && json_array_size(not ) > 20);
    json_array_foreach(taken, i, day)
        assert_int_equal(read_due(json_string_value(day), RECORD_PEOPLES), REFUSED_NOT);
    json_array_foreach(not, i, day)
        assert_int_equal(read_due(json_string_value(day), RECORD_PEOPLES), REFUSED_BAD_FIELD);
    json_decref(days);
}

/* An old journal has what was taken by the rules of its day. */
static void days_of_journals_may_be_of_any_year(void **state)
{
    (void)state;
    static const char *const some[] = { "0000-01-01", "1999-12-31", "2200-01-01", "2026-02-30" };

    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++)
        assert_int_equal(read_due(some[i], RECORD_OURS), REFUSED_NOT);
    assert_int_equal(read_due("2026-13-01", RECORD_OURS), REFUSED_BAD_FIELD);
}

static void a_deep_fault_is_named_by_its_path(void **state)
{
    (void)state;
    const char *text = "{\"items\":[{\"no\":1,\"title\":\"a\",\"minutes\":1,\"parts\":["
                       "{\"id\":\"1\",\"method\":\"talk\",\"questions\":[\"a\",7]}]}]}";
    struct agenda a;
    char field[FIELD_PATH_ROOM];

    assert_int_equal(record_read(&agenda_record, text, strlen(text), RECORD_OURS, &a, field),
                     REFUSED_BAD_FIELD);
    assert_string_equal(field, "items.0.parts.0.questions.1");
}

static void no_memory_at_any_depth_is_busy(void **state)
{
    (void)state;
    struct agenda a;
    char field[FIELD_PATH_ROOM];
    size_t n = 0;
    enum refusal refusal;

    do {
        alloc_fail_at(++n);
        refusal =
            record_read(&agenda_record, agenda_text, strlen(agenda_text), RECORD_OURS, &a, field);
        alloc_fail_at(0);
        assert_true(refusal == REFUSED_NOT || refusal == REFUSED_BUSY);
    } while (refusal != REFUSED_NOT);
    assert_true(n > 12);
    record_release(&agenda_record, &a);
}

static bool matches(enum record_pattern p, const char *text)
{
    return pattern_matches(p, text, strlen(text));
}

static void forms_are_kept_to_the_letter(void **state)
{
    (void)state;

    assert_true(matches(PATTERN_NONE, "anything"));
    assert_true(matches(PATTERN_DATE, "2026-12-31"));
    assert_false(matches(PATTERN_DATE, "2026-12-32"));
    assert_false(matches(PATTERN_DATE, "2026-00-10"));
    assert_false(matches(PATTERN_DATE, "2026-1-10"));
    assert_true(matches(PATTERN_TIME, "23:59"));
    assert_false(matches(PATTERN_TIME, "24:00"));
    assert_false(matches(PATTERN_TIME, "9:30"));
    assert_false(matches(PATTERN_TIME, "09:60"));
    assert_true(matches(PATTERN_CODE, "k7qm4xpr"));
    assert_true(matches(PATTERN_CODE, "K7QM-4xpr"));
    assert_false(matches(PATTERN_CODE, "K7QM-4XP"));
    assert_false(matches(PATTERN_CODE, "K7QL-4XPR"));
    assert_false(matches(PATTERN_CODE, "K7QMÅ4XP"));
    assert_true(matches(PATTERN_URL, "https://aarhus.dk/a?b=c#d"));
    assert_true(matches(PATTERN_URL, "http://x"));
    assert_false(matches(PATTERN_URL, "https://"));
    assert_false(matches(PATTERN_URL, "http://"));
    assert_false(matches(PATTERN_URL, "javascript:alert(1)"));
    assert_false(matches(PATTERN_URL, "https://a b"));
    assert_false(matches(PATTERN_URL, "https://\xc3\xa6"));
    assert_true(matches(PATTERN_PART_ID, "4a"));
    assert_false(matches(PATTERN_PART_ID, ""));
    assert_false(matches(PATTERN_PART_ID, "4A"));
    assert_true(matches(PATTERN_SECRET, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-_"));
    assert_false(matches(PATTERN_SECRET, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+/"));
    /* A NUL within is a character like another, and none of a form. */
    assert_false(pattern_matches(PATTERN_PART_ID, "4\0a", 3));
    assert_false(pattern_matches(PATTERN_CODE, "K7QM\0004XP", 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_agenda_goes_round_as_text),
        cmocka_unit_test(unknown_fields_are_refused),
        cmocka_unit_test(texts_of_people_are_cleaned_and_ours_are_not),
        cmocka_unit_test(lengths_count_what_is_left),
        cmocka_unit_test(days_of_people_are_taken_by_the_rule_of_the_pages),
        cmocka_unit_test(days_of_journals_may_be_of_any_year),
        cmocka_unit_test(a_deep_fault_is_named_by_its_path),
        cmocka_unit_test(no_memory_at_any_depth_is_busy),
        cmocka_unit_test(forms_are_kept_to_the_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
