/* group.h -- points that the facilitator put together under a heading. */
#ifndef ENGINE_GROUP_H
#define ENGINE_GROUP_H

#include "engine/facts.h"
#include "engine/state.h"

/* What `c` makes of a group, and how that one and those that lose points to it stand before.  Of
 * very many the last are left out: their points will stand in none. */
void group_keep(const struct meeting *m, const struct command_group_set *c, struct uuid made,
                struct setting *was, struct setting *became, struct facts *out);

/* Adds the facts by which the points stand as they did, unless somebody has changed the group
 * since.  What came to the others since stays there. */
void group_back(const struct meeting *m, const struct setting *was, const struct setting *became,
                struct facts *out);

/* Adds the fact by which a withdrawn point that comes back is in its group again. */
void group_takes_back(const struct meeting *m, const struct contribution *point, struct facts *out);

#endif
