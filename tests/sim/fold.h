/* fold.h -- what a client makes of the facts it hears: the snapshot's own form, folded on.
 *
 * Written from protocol/facts (what each one says of itself) and shares nothing with the engine.
 * What it folds must equal what a fresh snapshot tells the same reader.
 */
#ifndef SIM_FOLD_H
#define SIM_FOLD_H

#include <jansson.h>

/* A state to fold facts into: a copy of a frame's `snapshot`, less what no fact tells of. */
json_t *fold_begin(const json_t *snapshot);

/* Takes one fact in, as it came in a frame. */
void fold_fact(json_t *state, const json_t *fact);

/* Where two states differ, as "path: one | other", to be freed; NULL when they do not. */
char *fold_difference(json_t *one, json_t *other);

#endif
