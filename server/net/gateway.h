/* gateway.h -- WebSocket connections, each carrying a session of the hub.
 *
 * Puts messages together from fragments, with a cap; takes frames out of the outbox when the
 * socket can be written; closes with the status that the hub wants.  The visitor's `socket`
 * is this layer's side of the session.
 */
#ifndef NET_GATEWAY_H
#define NET_GATEWAY_H

#include "net/inside.h"

/* The upgrade is done.  False when memory is exhausted: then the connection must close. */
bool gateway_open(struct visitor *v);

/* The connection is gone.  Nothing happens where there is no socket. */
void gateway_close(struct visitor *v);

/* Bytes have come, or the socket can be written, or the peer wants to close.  These return what
 * libwebsockets wants of a callback: nonzero ends the connection. */
int gateway_receive(struct visitor *v, const char *bytes, size_t len);
int gateway_write(struct visitor *v);
int gateway_peer_closes(struct visitor *v, size_t payload);

/* Once a second: throws out who has taken nothing for long, or does not close. */
void gateway_look(struct visitor *v, int64_t now);

/* The server stops: says so once what is queued has gone. */
void gateway_dismiss(struct visitor *v);

#endif
