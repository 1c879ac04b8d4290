/* group.h -- points that the facilitator put together under a heading. */
#ifndef ENGINE_GROUP_H
#define ENGINE_GROUP_H

#include "engine/facts.h"
#include "engine/state.h"

/* A withdrawn point comes back: adds the fact that puts it into its group again, if it was in one
 * that is still there. */
void group_takes_back(const struct meeting *m, const struct board_point *point, struct facts *out);

#endif
