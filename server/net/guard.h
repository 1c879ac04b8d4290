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

/* status 0 lets it in; else what to answer, and why, for people. */
struct verdict {
    int status;
    const char *why; /* Static. */
    int retry_after; /* Seconds, with 429 */
};

/* Copies a header that stands there once and fits; false otherwise. */
bool guard_header(struct lws *wsi, enum lws_token_indexes token, char *ret_value, size_t room);

/* Whether it stands there at all, be it empty. */
bool guard_has(struct lws *wsi, enum lws_token_indexes token);

/* What holds for every request: framing and Host.  `ret_length` is the body's, 0 for none. */
struct verdict guard_request(struct connection *c, struct lws *wsi, size_t *ret_length);

/* A browser names the page that a request comes from: it must be one of ours. */
struct verdict guard_origin(struct connection *c, struct lws *wsi, bool needed);

/* Everything that must hold before a connection becomes a WebSocket. */
struct verdict guard_upgrade(struct connection *c, struct lws *wsi);

/* Takes the peer's address from X-Forwarded-For where a trusted proxy sent it. */
void guard_forwarded(struct connection *c, struct lws *wsi);

#endif
