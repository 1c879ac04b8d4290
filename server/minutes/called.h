/* called.h -- people who are called the same are told apart: by their function where that differs,
 * else by a number that goes by who came first.
 *
 * Pages do the same, so that the minutes call people as the screens did (web/shared/names.js);
 * both are held against tests/vectors/names.json.
 */
#ifndef MINUTES_CALLED_H
#define MINUTES_CALLED_H

#include "minutes/minutes.h"

/* How somebody goes whose name alone, or function where there is no name, would be another's too.
 */
struct called {
    struct text *text; /* NULL: as they are called. */
    bool by_function;  /* It says the function. */
};

/* One for each of the seats, in their order; NULL when memory is exhausted.  The caller frees it
 * by called_free. */
struct called *called_new(const struct minutes_seat *seats, size_t count);

/* NULL is ignored. */
void called_free(struct called *all, size_t count);

#endif
