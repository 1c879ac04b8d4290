#include "base/metrics.h"

#include <inttypes.h>
#include <stdio.h>

enum { NUMBER_ROOM = 40 };

static void say_head(struct buffer *b, const struct metric *m, const char *type)
{
    const char *const words[] = { "# HELP ", m->name, " ",  m->about, "\n# TYPE ",
                                  m->name,   " ",     type, "\n" };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        buffer_say(b, words[i]);
}

static void say_value(struct buffer *b, int64_t value, enum metric_unit unit)
{
    int64_t parts = unit == METRIC_MS ? 1000 : 1000000;
    int digits = unit == METRIC_MS ? 3 : 6;
    char number[NUMBER_ROOM];

    if (unit == METRIC_PLAIN) {
        buffer_number(b, value);
        return;
    }
    /* Spans are not negative. */
    snprintf(number, sizeof(number), "%" PRId64 ".%0*" PRId64, value / parts, digits,
             value % parts);
    buffer_say(b, number);
}

static const char *type_of(const struct metric *m)
{
    return m->kind == METRIC_COUNTER ? "counter" : "gauge";
}

void metrics_add(struct buffer *b, const struct metric *metrics, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        say_head(b, &metrics[i], type_of(&metrics[i]));
        buffer_say(b, metrics[i].name);
        buffer_say(b, " ");
        say_value(b, metrics[i].value, metrics[i].unit);
        buffer_say(b, "\n");
    }
}

void metrics_by(struct buffer *b, const struct metric *metric, const char *label,
                const char *const *names, const int64_t *values, size_t count)
{
    say_head(b, metric, type_of(metric));
    for (size_t i = 0; i < count; i++) {
        const char *const words[] = { metric->name, "{", label, "=\"", names[i], "\"} " };
        if (!names[i])
            continue;
        for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
            buffer_say(b, words[k]);
        say_value(b, values[i], metric->unit);
        buffer_say(b, "\n");
    }
}

void metrics_histogram(struct buffer *b, const struct metric *metric,
                       const int64_t bounds[HISTOGRAM_BOUNDS], const struct histogram *h)
{
    int64_t count = 0;

    say_head(b, metric, "histogram");
    for (int i = 0; i <= HISTOGRAM_BOUNDS; i++) {
        count += h->counts[i];
        buffer_say(b, metric->name);
        buffer_say(b, "_bucket{le=\"");
        if (i < HISTOGRAM_BOUNDS)
            say_value(b, bounds[i], metric->unit);
        else
            buffer_say(b, "+Inf");
        buffer_say(b, "\"} ");
        buffer_number(b, count);
        buffer_say(b, "\n");
    }
    buffer_say(b, metric->name);
    buffer_say(b, "_sum ");
    say_value(b, h->sum, metric->unit);
    buffer_say(b, "\n");
    buffer_say(b, metric->name);
    buffer_say(b, "_count ");
    buffer_number(b, count);
    buffer_say(b, "\n");
}
