/* stream.h -- a connection where WebSocket is blocked: the same frames, those of the server as
 * server-sent events, those of the client as requests.
 *
 *     POST /stream                            the hello     200 {"stream":SECRET}
 *     GET  /stream   Authorization: Bearer    200 text/event-stream: `data: FRAME`, and at the end
 *                                             `event: close` with a WebSocket status as its data
 *     POST /stream   Authorization: Bearer    one frame a line       204
 *
 * A stream is a session like every other, with the same guards and limits.  It ends with its GET.
 */
#ifndef NET_STREAM_H
#define NET_STREAM_H

#include "net/request.h"

struct stream;

/* The headers of a request for /stream are there. */
void stream_begin(struct request *r);

/* The body of a POST is there too; `bearer` is NULL where there is none that could be one. */
void stream_post(struct request *r, const char *bearer);

/* The GET can be written; nonzero ends it, as in libwebsockets' callbacks. */
int stream_write(struct request *r);

/* The GET is gone, and the stream with it. */
void stream_hung_up(struct request *r);

/* Called once a second: ends streams whose peer is gone, and shows proxies that the rest live. */
void stream_look_at_all(struct net *net, int64_t now);

/* The server stops: everybody is told to come again. */
void stream_dismiss_all(struct net *net);

/* Ends all of them; nobody is told. */
void stream_end_all(struct net *net);

#endif
