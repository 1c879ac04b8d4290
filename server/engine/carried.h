/* carried.h -- what the meeting before left for this one, and what came of it.
 *
 * It stands in the agenda, `carried`; each is known by its id.
 */
#ifndef ENGINE_CARRIED_H
#define ENGINE_CARRIED_H

#include "engine/state.h"

/* Gives each thing in `a` that has none an id, from `seed`; and, where nobody says otherwise, what
 * was said of the same one in the agenda `was`, which may be NULL. */
void carried_settle(struct agenda *a, const struct agenda *was, struct uuid seed);

#endif
