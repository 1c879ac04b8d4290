/* group.h -- points that the facilitator put together under a heading. */
#ifndef ENGINE_GROUP_H
#define ENGINE_GROUP_H

#include "engine/facts.h"
#include "engine/state.h"

/* Adds the fact by which a withdrawn point that comes back is in its group again. */
void group_takes_back(const struct meeting *m, const struct board_point *point, struct facts *out);

#endif
