/* guard.h -- what libwebsockets 4.1.6 lets through and we do not.
 *
 * By itself it answers a second request that was smuggled in behind the first, takes any
 * Transfer-Encoding, a Content-Length that comes twice or is no number, every Host and Origin, and
 * WebSockets of another version or without a subprotocol. */
#ifndef NET_GUARD_H
#define NET_GUARD_H

#include <stdbool.h>
#include <stddef.h>

#include "net/inside.h"

/* Status 0 lets the request in; else it is the status to answer with, and `why` says it in words.
 */
struct verdict {
    int status;
    const char *why; /* Static. */
};

/* Copies the value of a header.  False, and nothing copied, when the request has none or several,
 * or when the value does not fit. */
bool guard_header(struct lws *wsi, enum lws_token_indexes token, char *ret_value, size_t room);

/* Whether the request has this header at all, even an empty one. */
bool guard_has(struct lws *wsi, enum lws_token_indexes token);

/* Checks what every request must keep to: framing and Host.  `ret_length` is the length of its body
 * in bytes, 0 for none. */
struct verdict guard_request(struct connection *c, struct lws *wsi, size_t *ret_length);

/* Checks Origin, by which a browser names the page that sends the request: it must be one of ours.
 * Where it is not `needed` it may be missing. */
struct verdict guard_origin(struct connection *c, struct lws *wsi, bool needed);

/* Whether a path is `place` ("/ws"), or `place` with a meeting's code below it, by which balancers
 * keep a meeting's connections together.  Which meeting is meant, the hello alone says. */
bool guard_place(const char *path, size_t len, const char *place);

/* Everything that must hold before a connection becomes a WebSocket. */
struct verdict guard_upgrade(struct connection *c, struct lws *wsi);

/* Takes the peer's address from X-Forwarded-For where a trusted proxy sent it. */
void guard_forwarded(struct connection *c, struct lws *wsi);

#endif
