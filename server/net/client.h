/* client.h -- WebSocket connections to a server, from the other end: what `runde demo` speaks by.
 *
 *     clients_new   a loop of their own
 *     client_new    begins to connect
 *     clients_run   until clients_stop, or a signal
 *
 * All on one thread.
 */
#ifndef NET_CLIENT_H
#define NET_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct clients;
struct client;

/* What a client tells its owner; never from within a function of this header. */
struct client_ops {
    void (*open)(void *owner);
    void (*heard)(void *owner, const char *text, size_t len); /* One whole message. */
    void (*closed)(void *owner); /* The connection ended, or never opened; the client is freed. */
};

/* Makes the loop for connections to this server.
 *
 * host  "localhost" or an address without brackets, borrowed
 * ops   borrowed
 * Returns 0 or a negative errno. */
int clients_new(const char *host, int port, const struct client_ops *ops,
                struct clients **ret_clients);

/* Ends every connection; their owners hear nothing of it.  NULL is ignored. */
void clients_free(struct clients *clients);

/* Begins to connect; NULL when memory is exhausted.  Belongs to `clients`. */
struct client *client_new(struct clients *clients, void *owner);

/* Sends a text, as soon as the connection is open and the texts before it have gone.  False when
 * memory is exhausted. */
bool client_say(struct client *client, const char *text);

/* Hangs up, as a phone that loses its network: nothing is said, and `closed` follows. */
void client_drop(struct client *client);

/* Serves until it is stopped.  `next` is called before each sleep: it does what is due and returns
 * for how many milliseconds nothing will be. */
void clients_run(struct clients *clients, int64_t (*next)(void *context), void *context);

/* Makes clients_run return, as SIGTERM and SIGINT do. */
void clients_stop(struct clients *clients);

#endif
