/* fold_parts.h -- what the files of the fold share. */
#ifndef SIM_FOLD_PARTS_H
#define SIM_FOLD_PARTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

bool fold_has(const json_t *fact, const char *key);

/* Sets a reference to the value, or null. */
void fold_put(json_t *to, const char *key, json_t *value);

/* Lists of plain values: takes one out; puts one last that is not there. */
void fold_without(json_t *list, const json_t *value);
void fold_once(json_t *list, json_t *value);

/* The part with this id. */
json_t *fold_part(json_t *state, const json_t *id);

void fold_forget_undo(json_t *state);

/* A point as a fact tells of it.  A new reference. */
json_t *fold_point(const json_t *fact);

/* The part with this id is shown. */
void fold_show_part(json_t *state, json_t *id);

/* Whoever sits there is not awaited any more. */
void fold_come(json_t *state, const json_t *seat);

/* The seats in this order. */
void fold_table(json_t *state, const json_t *order);

/* Seats, notes, points, answers: false when the fact is about none of them. */
bool fold_board_fact(json_t *state, const json_t *fact);

/* The same for points under a heading, recaps, figures, the wall, and who presents. */
bool fold_beside_fact(json_t *state, const json_t *fact);

/* What another agenda asks before the meeting, for whoever is told of it: what was answered stays
 * with its question. */
void fold_before(json_t *state, const json_t *before);

/* The point is gone, and stands under no heading any more. */
void fold_ungroup(json_t *state, const json_t *point);

/* What was said of this point is of older words. */
void fold_mended(json_t *state, const json_t *fact);

/* Groups and recaps, in an order that does not tell how they came about. */
void fold_beside_sort(json_t *state);

#endif
