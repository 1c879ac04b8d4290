/* guest.h -- callers of another server, whose meetings this one leads: each is a channel of the
 * trunk by which that server has called (trunk.h).
 *
 * A guest is a session like every other, or a request; what its client is told goes by the trunk,
 * a frame that several get only once.
 */
#ifndef APP_GUEST_H
#define APP_GUEST_H

#include "app/trunk.h"
#include "hub/session.h"

/* A message of the other server.  False when it is none that comes from there. */
bool guest_hear(struct trunk *t, const struct trunk_message *m);

/* Puts the next thing that guests are to be told on the trunk; false when there is nothing. */
bool guest_next(struct trunk *t);

/* The trunk by which this session was passed on to this server; NULL: it came here itself. */
const struct trunk *guest_trunk(const struct session *s);

/* The trunk is gone, and its guests with it; `guest` has no channel any more. */
void guest_gone(struct guest *guest);

#endif
