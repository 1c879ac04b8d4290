/* http.h -- requests that are no WebSockets: pages, scripts, QR codes, health, and the API.
 *
 * One request a connection: each answer says "Connection: close".  So there is no second
 * request to smuggle, and nothing of libwebsockets' keep-alive can go wrong.
 */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include "net/guard.h"
#include "net/inside.h"

/* What libwebsockets tells of a request, in this order: the headers have come (http_begin), some of
 * the body (http_body), all of it (http_body_end); the socket can be written (http_write); the
 * connection is gone (http_end).  As in its callbacks, nonzero ends the connection. */
int http_begin(struct connection *c, const char *uri, size_t len);
int http_body(struct connection *c, const char *bytes, size_t len);
int http_body_end(struct connection *c);
int http_write(struct connection *c);
void http_end(struct connection *c);

/* Called once a second: ends requests whose peer has hung up while they wait for an answer, or has
 * had its time. */
void http_look(struct connection *c, int64_t now);

/* Answers an upgrade with a refusal at once; the caller then ends the connection. */
void http_refuse(struct connection *c, struct lws *wsi, const struct verdict *verdict);

#endif
