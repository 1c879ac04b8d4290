/* calls.h -- WebSocket connections to a server, from the other end: what `runde demo` speaks by.
 *
 *     calls_new   a loop of their own
 *     call_new    begins to connect
 *     calls_run   until calls_stop, or a signal
 *
 * All on one thread.
 */
#ifndef NET_CALLS_H
#define NET_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct calls;
struct call;

/* What a call tells the one who made it; never from within a function of this header. */
struct call_ops {
    void (*open)(void *caller);
    void (*heard)(void *caller, const char *text, size_t len); /* One whole message. */
    void (*closed)(void *caller); /* Or never opened.  The call is no longer there. */
};

/* Makes the loop for calls to this server.
 *
 * host  "localhost" or an address without brackets, borrowed
 * ops   borrowed
 * Returns 0 or a negative errno. */
int calls_new(const char *host, int port, const struct call_ops *ops, struct calls **ret_calls);

/* NULL is ignored; who still calls hears nothing of it. */
void calls_free(struct calls *calls);

/* Begins a call; NULL when memory is exhausted.  Belongs to `calls`. */
struct call *call_new(struct calls *calls, void *caller);

/* Sends a text once the call is open and what stands before it has gone.  False when memory is
 * exhausted. */
bool call_say(struct call *call, const char *text);

/* Hangs up, as a phone that loses its network: nothing is said, and `closed` follows. */
void call_drop(struct call *call);

/* Serves until it is stopped.  `next` is called before each sleep, does what is due and returns
 * for how many milliseconds nothing will be. */
void calls_run(struct calls *calls, int64_t (*next)(void *context), void *context);

/* Makes calls_run return, as SIGTERM and SIGINT do. */
void calls_stop(struct calls *calls);

#endif
