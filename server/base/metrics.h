/* metrics.h -- figures in the text format that Prometheus reads (version 0.0.4).
 *
 *     # HELP runde_meetings Meetings that are stored.
 *     # TYPE runde_meetings gauge
 *     runde_meetings 12
 *
 * Names, labels and their values are fixed words of ours; nothing of a meeting stands there.
 */
#ifndef BASE_METRICS_H
#define BASE_METRICS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/histogram.h"

enum metric_kind { METRIC_GAUGE, METRIC_COUNTER };

/* In what a value is counted: seconds are told of either. */
enum metric_unit { METRIC_PLAIN, METRIC_MS, METRIC_US };

struct metric {
    const char *name; /* By Prometheus' custom: _total of a counter, _seconds of a time. */
    enum metric_kind kind;
    const char *about; /* A sentence. */
    int64_t value;
    enum metric_unit unit;
};

void metrics_add(struct buffer *b, const struct metric *metrics, size_t count);

/* One metric with a value for each `names[i]` of a label; a NULL name is left out. */
void metrics_by(struct buffer *b, const struct metric *metric, const char *label,
                const char *const *names, const int64_t *values, size_t count);

/* `metric->value` is not looked at; bounds and sum are in its unit. */
void metrics_histogram(struct buffer *b, const struct metric *metric,
                       const int64_t bounds[HISTOGRAM_BOUNDS], const struct histogram *h);

#endif
