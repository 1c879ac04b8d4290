/* gateway.h -- WebSocket connections, each carrying a session of the hub.
 *
 * Puts messages together from fragments, with a cap; closes with the status that the hub wants;
 * gives up whoever does not answer.  What goes out is sending.h's.  The connection's `websocket`
 * is this layer's side of the session.
 */
#ifndef NET_GATEWAY_H
#define NET_GATEWAY_H

#include "net/inside.h"

/* The upgrade is done.  False when memory is exhausted: then the connection must close. */
bool gateway_open(struct connection *c);

/* The connection is gone.  Nothing happens where there is no socket. */
void gateway_close(struct connection *c);

/* Bytes have come: a fragment of a message, or a part of one. */
void gateway_receive(struct connection *c, const char *bytes, size_t len);

/* The peer wants to close.  Returns what libwebsockets wants of a callback: nonzero ends the
 * connection. */
int gateway_peer_closes(struct connection *c, const void *payload, size_t len);

/* The peer has answered a ping. */
void gateway_pong(struct connection *c);

/* Called once a second: asks whoever says nothing for a sign of life, and ends connections that
 * give none, have taken nothing for long, or do not answer a close. */
void gateway_look(struct connection *c, int64_t now);

/* The server stops: closes the connection with CLOSE_RESTART once what is queued has gone. */
void gateway_dismiss(struct connection *c);

/* For how long, in ms, a frame has waited to be sent; 0 when none does. */
int64_t gateway_unsent_ms(const struct connection *c, int64_t now);

#endif
