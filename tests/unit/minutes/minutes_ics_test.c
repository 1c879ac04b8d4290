/* The calendar of the minutes, read back by libical: what has a day, and nothing else. */
#include <libical/ical.h>

#include "hostile_meeting.h"

/* Reads it; fails the test where it is no calendar, or anything in it could not be read. */
static icalcomponent *calendar_of(const struct fixture *f)
{
    char *bytes = fixture_write(f, "ics");
    icalcomponent *calendar = icalparser_parse_string(bytes);

    assert_non_null(calendar);
    assert_int_equal(icalcomponent_isa(calendar), ICAL_VCALENDAR_COMPONENT);
    assert_int_equal(icalcomponent_count_errors(calendar), 0);
    for (const char *line = bytes; *line; line = strstr(line, "\r\n") + 2) {
        const char *end = strstr(line, "\r\n");
        assert_non_null(end);
        assert_true(end - line <= 75);
    }
    free(bytes);
    return calendar;
}

static icalcomponent *event_at(icalcomponent *calendar, int index)
{
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);

    for (; index > 0; index--)
        event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
    assert_non_null(event);
    return event;
}

static void assert_day(struct icaltimetype time, int year, int month, int day)
{
    assert_true(time.is_date);
    assert_int_equal(time.year, year);
    assert_int_equal(time.month, month);
    assert_int_equal(time.day, day);
}

static void what_has_a_day_is_an_event_of_that_whole_day(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    icalcomponent *calendar = calendar_of(f), *task = event_at(calendar, 1);

    assert_int_equal(icalcomponent_count_components(calendar, ICAL_ANY_COMPONENT), 2);
    icalcomponent *follow_up = event_at(calendar, 0);
    assert_string_equal(icalcomponent_get_summary(follow_up),
                        "Opfølgning: Alle med i frikvarteret");
    assert_day(icalcomponent_get_dtstart(follow_up), 2027, 2, 1);
    assert_day(icalcomponent_get_dtend(follow_up), 2027, 2, 2);
    assert_string_equal(icalcomponent_get_uid(follow_up), "follow_up-K7QM-4XPR@runde");
    assert_string_equal(icalcomponent_get_summary(task), "Spørger klasserne");
    assert_string_equal(icalcomponent_get_description(task),
                        "Aftalt på mødet: Alle med i frikvarteret\nAnsvarlig: Mette");
    assert_day(icalcomponent_get_dtstart(task), 2026, 12, 3);
    icalcomponent_free(calendar);
    fixture_free(f);
}

/* The last day of a year, and the 29th of February, have a day after them. */
static void the_day_after_is_the_calendars(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();

    fixture_answer(f, ANSWER_FOLLOW_UP)->date = fixture_text(f, "2027-12-31");
    icalcomponent *calendar = calendar_of(f);
    assert_day(icalcomponent_get_dtend(event_at(calendar, 0)), 2028, 1, 1);
    icalcomponent_free(calendar);
    fixture_answer(f, ANSWER_FOLLOW_UP)->date = fixture_text(f, "2028-02-28");
    calendar = calendar_of(f);
    assert_day(icalcomponent_get_dtend(event_at(calendar, 0)), 2028, 2, 29);
    icalcomponent_free(calendar);
    fixture_free(f);
}

/* A task keeps its id when others come before it, so that a calendar moves what it has. */
static void an_id_stays_with_its_task(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    struct task tasks[2] = { 0 };

    for (int i = 0; i < 2; i++)
        tasks[i] = (struct task){ .has_id = true,
                                  .id = fixture_id((uint8_t)(i + 1)),
                                  .text = fixture_text(f, i ? "Den anden" : "Den første"),
                                  .due = fixture_text(f, "2027-03-01") };
    fixture_answer(f, ANSWER_TASKS)->tasks = (struct task_list){ 1, tasks + 1 };
    icalcomponent *calendar = calendar_of(f);
    char *uid = strdup(icalcomponent_get_uid(event_at(calendar, 0)));
    icalcomponent_free(calendar);
    fixture_answer(f, ANSWER_TASKS)->tasks = (struct task_list){ 2, tasks };
    calendar = calendar_of(f);
    assert_string_equal(icalcomponent_get_uid(event_at(calendar, 1)), uid);
    assert_string_not_equal(icalcomponent_get_uid(event_at(calendar, 0)), uid);
    assert_null(strstr(icalcomponent_get_description(event_at(calendar, 0)), "Ansvarlig"));
    free(uid);
    icalcomponent_free(calendar);
    fixture_free(f);
}

/* No text that people write begins an event or a line of its own. */
static void whatever_people_write_stays_in_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < CORPUS; i++) {
        struct fixture *f = meeting_of(corpus[i]);
        f->answers[ANSWER_TASKS].tasks.at[0].due = fixture_text(f, "2027-03-01");
        icalcomponent *calendar = calendar_of(f), *event = event_at(calendar, 0);
        assert_int_equal(icalcomponent_count_components(calendar, ICAL_ANY_COMPONENT), 1);
        assert_int_equal(icalcomponent_count_properties(event, ICAL_ANY_PROPERTY), 7);
        if (!strchr(corpus[i], '\n'))
            assert_string_equal(icalcomponent_get_summary(event), corpus_text(i));
        icalcomponent_free(calendar);
        fixture_free(f);
    }
}

static void what_has_no_day_is_not_there(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    const struct minutes_format *ics = minutes_format_find("ics");
    struct document *d = minutes_build(&f->source, EDITION_PARTICIPANTS);

    assert_false(ics->has_any(d));
    document_free(d);
    fixture_answer(f, ANSWER_FOLLOW_UP)->date = fixture_text(f, "2027-12-31");
    d = minutes_build(&f->source, EDITION_PARTICIPANTS);
    assert_true(ics->has_any(d));
    document_free(d);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_has_a_day_is_an_event_of_that_whole_day),
        cmocka_unit_test(the_day_after_is_the_calendars),
        cmocka_unit_test(an_id_stays_with_its_task),
        cmocka_unit_test(whatever_people_write_stays_in_its_place),
        cmocka_unit_test(what_has_no_day_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
