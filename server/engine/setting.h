/* setting.h -- what a console command sets and no block holds: of a seat, the answer that stands
 * forward, the door, points under a heading, figures, a point on the board.
 *
 * A step of undo keeps it as it was and as the command made it.  It is set again by facts of its
 * own, and only where it still is what the command made of it: what somebody has set since stays.
 */
#ifndef ENGINE_SETTING_H
#define ENGINE_SETTING_H

#include "engine/facts.h"
#include "engine/state.h"

/* Keeps in the step what `c`, of whose fields `seat` is one, is about to set; nothing where it
 * names what is not there. */
void setting_keep(const struct meeting *m, const struct command *c, const struct step *step,
                  int64_t seat, struct fact_undo_kept *kept, struct facts *out);

/* Adds the facts by which what a command of this kind set is as it was.  `then` is a copy of the
 * meeting with seats of its own, in which that is made true: what a block is brought up to
 * (undo_since). */
void setting_back(struct meeting *then, enum command_kind kind, const struct fact_undo_kept *kept,
                  struct facts *out);

#endif
