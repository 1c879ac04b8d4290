/* http.h -- requests that are no WebSockets: pages, scripts, QR codes, health, and the API.
 *
 * One request a connection: each answer says "Connection: close".  So there is no second
 * request to smuggle, and nothing of libwebsockets' keep-alive can go wrong.
 */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include "net/guard.h"
#include "net/inside.h"

/* Headers have come, then some of the body, then all of it; the socket can be written; the
 * connection is gone.  As with libwebsockets' callbacks, nonzero ends the connection. */
int http_begin(struct connection *c, const char *uri, size_t len);
int http_body(struct connection *c, const char *bytes, size_t len);
int http_body_end(struct connection *c);
int http_write(struct connection *c);
void http_end(struct connection *c);

/* Once a second: ends requests whose peer has hung up while it waits. */
void http_look(struct connection *c);

/* Says no to an upgrade, right away; the caller then ends the connection. */
void http_refuse(struct connection *c, struct lws *wsi, const struct verdict *verdict);

#endif
