/* undo.h -- taking back what the console did.
 *
 * The first fact of each console command keeps the block that it replaces: part, clocks, floor,
 * order, plan.  The newest LIMIT_UNDO of them wait in one stack per meeting, which is folded from
 * the journal like all else, so it outlives a restart.  What people wrote is not in a block, and
 * so can never be undone by it.
 */
#ifndef ENGINE_UNDO_H
#define ENGINE_UNDO_H

#include "engine/facts.h"
#include "engine/state.h"

/* Whether the command can be taken back. */
bool undo_covers(const struct command *c, const struct step *step);

/* Adds the fact that keeps what `c` is about to replace. */
void undo_keep(const struct meeting *m, const struct command *c, struct facts *out);

/* Forgets every step: after a redaction, and at the end of the meeting. */
void undo_clear(struct meeting *m);

#endif
