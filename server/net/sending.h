/* sending.h -- what goes out by WebSocket connections.
 *
 * Whoever gets something to send stands in a list, and the list is gone through once before the
 * loop sleeps: what became ready meanwhile for one connection leaves in one write.  Only where
 * the peer does not take all of it, or it is more than a turn's share, does the rest wait until
 * libwebsockets says that the connection can be written, so that nobody waits for a slow reader.
 *
 * All but sending_go_on may be called at any time, and end no connection before they return.
 */
#ifndef NET_SENDING_H
#define NET_SENDING_H

#include "net/websocket.h"

/* The outbox has something to send. */
void sending_wake(struct websocket *s);

/* Closes with this status once the outbox is empty; at once when `now`. */
void sending_close(struct websocket *s, int status, bool now);

/* Asks the peer for a sign of life. */
void sending_ask(struct websocket *s);

/* Says goodbye at once.  Nonzero when the connection is broken. */
int sending_goodbye(struct websocket *s, int status);

/* libwebsockets says that the connection can be written; nonzero ends it. */
int sending_go_on(struct websocket *s);

/* For how many ms the peer has taken nothing of what it should; 0 when nothing waits for it. */
int64_t sending_stalled(const struct websocket *s, int64_t now);

/* Sends what all in the list have to send. */
void sending_flush(struct net *net);

/* Forgets what was to be sent. */
void sending_end(struct websocket *s);

#endif
