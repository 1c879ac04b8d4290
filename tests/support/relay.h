/* relay.h -- a socket between a client of PostgreSQL and its server that fails when it is told to.
 *
 * Runs in a thread of its own, for one client with one connection at a time; its calls may be made
 * from any thread.
 */
#ifndef SUPPORT_RELAY_H
#define SUPPORT_RELAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct relay;

/* Listens in a folder of its own, and leads to the server whose socket is in `folder`. */
struct relay *relay_new(const char *folder);
void relay_free(struct relay *r);

/* The connection string, as postgres_url gives one. */
const char *relay_url(const struct relay *r);

enum relay_way { RELAY_TO_SERVER, RELAY_TO_CLIENT };

/* Lets `bytes` more bytes through that way, and then cuts the connection at both ends. */
void relay_cut(struct relay *r, enum relay_way way, int64_t bytes);

/* Keeps what the client says from now on, and cuts it off when it has asked for the end of its
 * transaction; the server is left waiting.  relay_release lets the server hear it, and waits until
 * it has answered. */
void relay_hold(struct relay *r);
void relay_release(struct relay *r);

/* Whether the cut or the hold has come about. */
bool relay_struck(struct relay *r);

/* While it is shut, whoever connects is turned away. */
void relay_shut(struct relay *r, bool shut);

/* The server does not know by its name the client that connects next: nor can that one end this
 * connection later. */
void relay_disguise(struct relay *r);

#endif
