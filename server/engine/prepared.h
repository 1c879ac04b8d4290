/* prepared.h -- what whoever prepares the meeting is asked before it, and what they have answered.
 *
 * The questions stand in the agenda, `before`, which everybody may read.  The answers are kept
 * beside them in the state, and come by facts of their own, so that only console and leader hear
 * of them.
 */
#ifndef ENGINE_PREPARED_H
#define ENGINE_PREPARED_H

#include "engine/facts.h"
#include "engine/state.h"

/* Takes the answers out of `a`, which is to be told to everybody: those that say something else
 * than the agenda `was`, which may be NULL, become facts of their own. */
void prepared_part(struct agenda *a, const struct agenda *was, struct facts *out);

/* Another agenda keeps what has been answered to the questions that it has still. */
void prepared_keep(struct agenda *a, const struct agenda *was);

#endif
