/* wall.h -- what the room's screen shows: the meeting, or something else for a while. */
#ifndef ENGINE_WALL_H
#define ENGINE_WALL_H

#include "engine/facts.h"
#include "engine/state.h"

/* The wall as a fact tells it.  Takes references; false when memory is exhausted. */
bool wall_tell(const struct meeting *m, struct on_wall *ret_wall);

/* Sets the wall to what a fact tells; takes a reference to its text. */
void wall_set(struct meeting *m, const struct on_wall *wall);

/* How the room has seen these figures, as they stand; NULL: it has not. */
const struct showing *wall_showing(const struct meeting *m, struct uuid data);

/* These figures are others now, or confidential: as they are, the room has not seen them. */
void wall_not_shown(struct meeting *m, struct uuid data);

/* What was shown after the fact with this number was shown by mistake, and counts as not shown. */
void wall_not_shown_since(struct meeting *m, int64_t seq);

#endif
