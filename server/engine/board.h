/* board.h -- what stands on the board: contributions, which all see. */
#ifndef ENGINE_BOARD_H
#define ENGINE_BOARD_H

#include "engine/facts.h"
#include "engine/state.h"

/* The contribution with this id that is not withdrawn, or NULL. */
const struct board_point *board_find(const struct meeting *m, struct uuid id);

/* Whether each of these stands on the board. */
bool board_has_all(const struct meeting *m, const struct uuids *ids);

/* Adds the contribution, under the context's id, to the part with this index.  `seat` is whose it
 * is, 0 for nobody's; `content` is borrowed. */
enum refusal board_place(const struct meeting *m, int part, int64_t seat,
                         const struct content *content, const struct context *context,
                         struct facts *out);

/* The point is not on the board any more, and never was: nothing brings it back. */
void board_take_off(struct meeting *m, struct uuid id);

/* The part that a text belongs to: the one it was written in (`id`), if that has begun; NULL: the
 * one that runs. */
enum refusal board_part_meant(const struct meeting *m, const struct text *id, int *ret_part);

/* May this asker change what the seat wrote, or a point?  The console may all, a phone its own. */
bool board_owns_point(const struct context *context, const struct post *post);
bool board_owns(const struct context *context, int64_t seat);

/* Room in an array for `count` things of `size` bytes; false when memory is exhausted. */
bool board_reserve(void **at, size_t *room, size_t count, size_t size);

/* Room for `more` contributions. */
bool board_reserve_contributions(struct meeting *m, size_t more);

#endif
