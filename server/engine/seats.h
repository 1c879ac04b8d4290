/* seats.h -- a short list of seat numbers, in an order that matters, none twice.
 *
 * Room is reserved before a fact is applied, so that applying cannot fail.
 */
#ifndef ENGINE_SEATS_H
#define ENGINE_SEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/record.h"

struct seats {
    size_t count, room;
    int64_t *at;
};

/* Makes room for `room` seats in all; false when memory is exhausted, and nothing changed. */
bool seats_reserve(struct seats *s, size_t room);
void seats_free(struct seats *s);

bool seats_have(const struct seats *s, int64_t seat);

/* Puts a seat last, unless it is there already.  There must be room. */
void seats_push(struct seats *s, int64_t seat);

/* Takes a seat out; the others keep their order.  Not being there is no error. */
void seats_take(struct seats *s, int64_t seat);

/* Becomes what `order` says.  There must be room. */
void seats_set(struct seats *s, const struct ints *order);

/* Copies the list into a fact's array, which owns the copy; false when memory is exhausted. */
bool seats_copy(const struct seats *s, struct ints *ret_order);

/* Whether `order` names each seat of `s` once and no other. */
bool seats_permuted(const struct seats *s, const struct ints *order);

#endif
