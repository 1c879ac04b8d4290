/* links.h -- the links by which all but phones come in: the secret of one opens its role. */
#ifndef ENGINE_LINKS_H
#define ENGINE_LINKS_H

#include "engine/facts.h"
#include "engine/state.h"

/* Whether a link with this secret opens the role.  Compares in constant time. */
bool links_open(const struct meeting *m, enum role role, struct hash secret);

/* Adds the fact that gives the role this secret and takes every other from it. */
void links_issue(struct facts *out, enum role role, struct hash secret);

#endif
