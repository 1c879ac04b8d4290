#include "base/metrics.h"

#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

static void assert_says(struct buffer *b, const char *text)
{
    size_t len;
    char *said = buffer_take(b, &len);

    assert_string_equal(said, text);
    free(said);
}

static void each_figure_has_its_head(void **state)
{
    (void)state;
    const struct metric metrics[] = {
        { "runde_meetings", METRIC_GAUGE, "Meetings.", 12, METRIC_PLAIN },
        { "runde_waits_seconds_max", METRIC_GAUGE, "Waits.", 60005, METRIC_MS },
        { "runde_commits_seconds_total", METRIC_COUNTER, "Commits.", 1000042, METRIC_US },
    };
    struct buffer b = { 0 };

    metrics_add(&b, metrics, 3);
    assert_says(&b, "# HELP runde_meetings Meetings.\n# TYPE runde_meetings gauge\n"
                    "runde_meetings 12\n"
                    "# HELP runde_waits_seconds_max Waits.\n# TYPE runde_waits_seconds_max gauge\n"
                    "runde_waits_seconds_max 60.005\n"
                    "# HELP runde_commits_seconds_total Commits.\n"
                    "# TYPE runde_commits_seconds_total counter\n"
                    "runde_commits_seconds_total 1.000042\n");
}

static void a_label_has_a_line_for_each_name(void **state)
{
    (void)state;
    const struct metric refused = { "refused_total", METRIC_COUNTER, "No.", 0, METRIC_PLAIN };
    const char *const names[] = { NULL, "busy", "malformed" };
    const int64_t values[] = { 7, 0, 3 };
    struct buffer b = { 0 };

    metrics_by(&b, &refused, "code", names, values, 3);
    assert_says(&b, "# HELP refused_total No.\n# TYPE refused_total counter\n"
                    "refused_total{code=\"busy\"} 0\nrefused_total{code=\"malformed\"} 3\n");
}

/* A step holds what is equal to its bound, and all that lies below. */
static void a_histogram_counts_up_to_each_bound(void **state)
{
    (void)state;
    static const int64_t bounds[HISTOGRAM_BOUNDS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1500000 };
    const struct metric seconds = { "s", METRIC_COUNTER, "S.", 0, METRIC_US };
    struct histogram h = { 0 };
    struct buffer b = { 0 };
    size_t len;

    histogram_add(&h, bounds, 0);
    histogram_add(&h, bounds, 2);
    histogram_add(&h, bounds, 1500000);
    histogram_add(&h, bounds, 1500001);
    metrics_histogram(&b, &seconds, bounds, &h);
    char *said = buffer_take(&b, &len);
    assert_non_null(strstr(said, "# TYPE s histogram\ns_bucket{le=\"0.000001\"} 1\n"
                                 "s_bucket{le=\"0.000002\"} 2\ns_bucket{le=\"0.000003\"} 2\n"));
    assert_non_null(strstr(said, "s_bucket{le=\"1.500000\"} 3\ns_bucket{le=\"+Inf\"} 4\n"
                                 "s_sum 3.000003\ns_count 4\n"));
    free(said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_figure_has_its_head),
        cmocka_unit_test(a_label_has_a_line_for_each_name),
        cmocka_unit_test(a_histogram_counts_up_to_each_bound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
