/* links.h -- the links by which all but phones come in: the secret of one opens its role. */
#ifndef ENGINE_LINKS_H
#define ENGINE_LINKS_H

#include "engine/facts.h"
#include "engine/state.h"

/* Whether this secret opens the role; in a time that does not depend on how nearly it does. */
bool links_open(const struct meeting *m, enum role role, struct hash secret);

/* Adds the fact that the role has this secret, and no other. */
void links_issue(struct facts *out, enum role role, struct hash secret);

#endif
