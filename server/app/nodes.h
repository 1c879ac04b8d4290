/* nodes.h -- the other servers of several, to each of which this one keeps a trunk, so that who
 * comes to the wrong server does not wait for a connection.
 */
#ifndef APP_NODES_H
#define APP_NODES_H

#include "app/room.h"
#include "app/trunk.h"

/* Who leads a meeting that was asked for: another server.  Its callers are passed on, at once or
 * when there is a trunk to it; where servers do not speak with each other they hear `busy`. */
void nodes_found(struct room *r, const struct owner *owner);

/* Which servers there are. */
void nodes_listed(struct app *app, const struct node *nodes, size_t count);

/* Says it to every other server that this one calls. */
void nodes_say(const struct app *app, const struct trunk_message *m);

/* A trunk is up, or over. */
void nodes_reached(struct trunk *t);
void nodes_lost(struct trunk *t);

/* When nodes_wake must be called next, on boottime; false where servers do not speak with each
 * other. */
bool nodes_wake_at(const struct app *app, int64_t *ret_boottime);

/* Keeps trunks alive, and asks again about meetings whose callers are held. */
void nodes_wake(struct app *app);

/* Callers are held: they are asked about soon. */
void nodes_hold(struct app *app);

#endif
