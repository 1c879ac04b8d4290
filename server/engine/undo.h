/* undo.h -- taking back what the console did, and how the floor moved, whoever moved it: a phone's
 * hand-over is a step like the console's, so that one press never takes back several.
 *
 * Which commands are steps stands in protocol/commands/ (`undo`).  The first fact of such a command
 * keeps the course of the meeting that it replaces: part, clocks, floor, order, plan; and what it
 * sets beside that, which its own NAME_keep and NAME_back see to.  That is set again only where it
 * still is what the command made of it: what somebody has set since stays.  The newest LIMIT_UNDO
 * of them wait in one stack per meeting, which is folded from the journal like all else, so it
 * outlives a restart.
 *
 * What people wrote can never be undone: writing is no step, only taking it away is.  Nor is what
 * people did since: who has left is in no list that is set again, who came waits for the end of
 * the lap, a hand is up or down as its owner left it.  And what has left the house is no step:
 * links, a screen that was let in, an answer at the door.
 */
#ifndef ENGINE_UNDO_H
#define ENGINE_UNDO_H

#include "engine/facts.h"
#include "engine/state.h"
#include "engine/undo_values.h"

/* Adds the fact that keeps what `c` is about to replace, where it can be taken back. */
void undo_keep(const struct meeting *m, const struct command *c, const struct context *context,
               struct facts *out);

/* Changes what a step kept so that it fits what people did since: who has left is in no list, who
 * came waits, hands are up and down as their owners left them. */
void undo_since(const struct meeting *m, struct memento *b, struct facts *out);

/* The newest fact took the seat's hand down.  Takes it out of what every step kept, so that undo
 * does not put it up again.  Not when the console took it down: that is a step itself, and is taken
 * back before any older one. */
void undo_hand_lowered(struct meeting *m, int64_t seat);

/* Forgets every step: after a redaction, and at the end of the meeting. */
void undo_clear(struct meeting *m);

#endif
