/* What clocks show where a meeting is; tests/vectors/zones.json is read by the pages' test, too. */
#include "base/zone.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/zone_rule.h"

#include "support/cmocka_all.h"

static void moments_are_told_as_the_vectors_say(void **state)
{
    (void)state;
    json_t *rows = json_load_file(SOURCE_FOLDER "/tests/vectors/zones.json", 0, NULL), *row;
    size_t i;

    assert_true(json_array_size(rows) > 30);
    json_array_foreach(rows, i, row)
    {
        const char *name = json_string_value(json_object_get(row, "zone"));
        struct zone *z = zone_open(name);
        struct tm shown = zone_time(z, json_integer_value(json_object_get(row, "at")) / 1000);
        char day[16], hour[8];
        strftime(day, sizeof(day), "%Y-%m-%d", &shown);
        strftime(hour, sizeof(hour), "%H:%M", &shown);
        if (!zone_known(name) || strcmp(day, json_string_value(json_object_get(row, "day"))) != 0 ||
            strcmp(hour, json_string_value(json_object_get(row, "hour"))) != 0)
            fail_msg("row %zu, %s: %s %s", i, name, day, hour);
        zone_free(z);
    }
    json_decref(rows);
}

/* The same from both: what the file lists, and what its rule says. */
static void the_rule_says_what_the_file_lists(void **state)
{
    (void)state;
    struct zone *z = zone_open(ZONE_HOME);
    struct zone_rule rule;

    assert_true(zone_rule_read("CET-1CEST,M3.5.0,M10.5.0/3", &rule));
    for (int64_t at = 883612800; at < 2145916800; at += 1799) /* 1998 to 2037 */
        assert_int_equal(zone_offset(z, at), zone_rule_offset(&rule, at));
    zone_free(z);
}

static void the_zone_of_the_process_does_not_matter(void **state)
{
    (void)state;
    struct zone *z = zone_open(NULL);

    setenv("TZ", "Asia/Tokyo", 1);
    tzset();
    assert_int_equal(zone_time(z, 1767225600).tm_hour, 1); /* 2026-01-01T00:00Z */
    unsetenv("TZ");
    tzset();
    zone_free(z);
}

static void what_is_no_zone_is_not_known(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "europe/copenhagen",
        "Europe/Copenhagen/",
        "Europe//Copenhagen",
        "/etc/passwd",
        "Europe",
        "../../etc/passwd",
        "Europe/../UTC",
        "Factory",
        "Europe/Kobenhavn",
        "posixrules",
        "localtime",
        "Zulu\n",
        "Mars/Olympus",
        "CET-1CEST",
    };

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (zone_known(wrong[i]))
            fail_msg("%s is known", wrong[i]);
    struct zone *z = zone_open("Mars/Olympus"); /* A meeting has it from another server. */
    assert_int_equal(zone_offset(z, 1767225600), 3600);
    zone_free(z);
}

static void what_is_no_rule_is_not_read(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "CET",
        "C-1",
        "CET-25",
        "CET-1CEST",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,M3.5.0,M10.5.0/168",
        "CET-1CEST,J0,J365",
        "CET-1CEST,M3.5.0,M10.5.0,",
        "<CET-1",
        "CET-1:60",
    };
    struct zone_rule rule;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (zone_rule_read(wrong[i], &rule))
            fail_msg("%s is read", wrong[i]);
    assert_true(zone_rule_read("<-0330>3:30", &rule));
    assert_int_equal(zone_rule_offset(&rule, 0), -12600);
    /* Summer all year, as RFC 9636 writes it. */
    assert_true(zone_rule_read("XXX3EDT4,0/0,J365/23", &rule));
    for (int64_t at = 1767225600; at < 1830384000; at += 3600)
        assert_int_equal(zone_rule_offset(&rule, at), -4 * 3600);
}

static void without_memory_there_is_no_zone(void **state)
{
    (void)state;
    alloc_fail_at(1);
    assert_null(zone_open("UTC"));
    alloc_fail_at(1);
    assert_false(zone_known("UTC"));
    assert_true(zone_known("UTC"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_told_as_the_vectors_say),
        cmocka_unit_test(the_rule_says_what_the_file_lists),
        cmocka_unit_test(the_zone_of_the_process_does_not_matter),
        cmocka_unit_test(what_is_no_zone_is_not_known),
        cmocka_unit_test(what_is_no_rule_is_not_read),
        cmocka_unit_test(without_memory_there_is_no_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
