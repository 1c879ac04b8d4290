/* board.h -- what stands on the board: contributions, which all see. */
#ifndef ENGINE_BOARD_H
#define ENGINE_BOARD_H

#include "engine/facts.h"
#include "engine/state.h"

/* The contribution with this id that is not withdrawn, or NULL. */
const struct board_point *board_find(const struct meeting *m, struct uuid id);

/* Whether each of these stands on the board. */
bool board_has_all(const struct meeting *m, const struct uuids *ids);

/* Adds the fact that puts a contribution, under the context's id, into the part with this index.
 * `seat` is whose it is, 0 for nobody's; `content` is borrowed.  Refuses when the board is full, or
 * when the contribution builds on one that is not there. */
enum refusal board_place(const struct meeting *m, int part, int64_t seat,
                         const struct content *content, const struct context *context,
                         struct facts *out);

/* Removes the point from the state as if it had never been there: unlike a withdrawn one it cannot
 * come back. */
void board_take_off(struct meeting *m, struct uuid id);

/* Finds the part that a text was written in: the part with this id, which must have begun, or the
 * running one when `id` is NULL.  Sets `ret_part` to its index on REFUSED_NOT. */
enum refusal board_part_meant(const struct meeting *m, const struct text *id, int *ret_part);

/* Whether the asker may change this point, or what this seat wrote: console and scribe may
 * change all, a phone what is of its own seats. */
bool board_owns_point(const struct context *context, const struct post *post);
bool board_owns(const struct context *context, int64_t seat);

/* Makes room in the array `*at`, which has room for `*room` things, for `count` things of `size`
 * bytes each.  False when memory is exhausted; then nothing has changed. */
bool board_reserve(void **at, size_t *room, size_t count, size_t size);

/* Makes room for `more` contributions; false when memory is exhausted. */
bool board_reserve_contributions(struct meeting *m, size_t more);

#endif
