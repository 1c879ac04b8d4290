#include "wire/record_text.h"

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

    assert_int_equal(record_read(&agenda_record, agenda_text, strlen(agenda_text), true, &a, field),
                     REFUSED_NOT);
    assert_int_equal(a.items.at[0].parts.at[0].method, METHOD_TURNS);
    assert_int_equal(a.items.at[0].parts.at[0].turn_min.ms, 45000);
    assert_true(a.items.at[0].parts.at[0].has_optional && !a.items.at[0].parts.at[0].optional);
    assert_false(a.items.at[0].parts.at[0].has_on);
    char *again = record_write(&agenda_record, &a, RECORD_ALL);
    struct agenda b;
    assert_int_equal(record_read(&agenda_record, again, strlen(again), true, &b, field),
                     REFUSED_NOT);
    assert_true(record_same(&agenda_record, &a, &b));
    assert_int_equal(strlen(again), strlen(agenda_text));
    record_release(&agenda_record, &a);
    record_release(&agenda_record, &b);
    free(again);
}

static void unknown_fields_pass_only_when_not_strict(void **state)
{
    (void)state;
    const char *text = "{\"text\":\"a\",\"colour\":\"red\"}";
    struct task t = { 0 };
    char field[FIELD_PATH_ROOM];

    assert_int_equal(record_read(&task_record, text, strlen(text), true, &t, field),
                     REFUSED_BAD_FIELD);
    assert_string_equal(field, "colour");
    assert_null(t.text);
    assert_int_equal(record_read(&task_record, text, strlen(text), false, &t, field), REFUSED_NOT);
    assert_true(text_is(t.text, "a"));
    record_release(&task_record, &t);
}

static void a_deep_fault_is_named_by_its_path(void **state)
{
    (void)state;
    const char *text = "{\"items\":[{\"no\":1,\"title\":\"a\",\"minutes\":1,\"parts\":["
                       "{\"id\":\"1\",\"method\":\"talk\",\"questions\":[\"a\",7]}]}]}";
    struct agenda a;
    char field[FIELD_PATH_ROOM];

    assert_int_equal(record_read(&agenda_record, text, strlen(text), true, &a, field),
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
        refusal = record_read(&agenda_record, agenda_text, strlen(agenda_text), true, &a, field);
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
        cmocka_unit_test(unknown_fields_pass_only_when_not_strict),
        cmocka_unit_test(a_deep_fault_is_named_by_its_path),
        cmocka_unit_test(no_memory_at_any_depth_is_busy),
        cmocka_unit_test(forms_are_kept_to_the_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
