/* histogram.h -- how often a value was at most so large, for /metrics.
 *
 * The bounds are the caller's, rising, HISTOGRAM_BOUNDS of them; what is beyond the last is counted
 * too.  A zeroed struct has counted nothing.
 */
#ifndef BASE_HISTOGRAM_H
#define BASE_HISTOGRAM_H

#include <stdint.h>

enum { HISTOGRAM_BOUNDS = 12 };

struct histogram {
    int64_t counts[HISTOGRAM_BOUNDS + 1]; /* Of each step alone; the last is of what is beyond. */
    int64_t sum;
};

static inline void histogram_add(struct histogram *h, const int64_t bounds[HISTOGRAM_BOUNDS],
                                 int64_t value)
{
    int i = 0;

    while (i < HISTOGRAM_BOUNDS && value > bounds[i])
        i++;
    h->counts[i]++;
    h->sum += value;
}

#endif
