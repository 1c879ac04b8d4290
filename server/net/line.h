/* line.h -- a connection between two servers of several, which carries a trunk (app/trunk.h): a
 * WebSocket of binary messages at /node, whose borders mean nothing.
 *
 * One server calls the other at the URL that it has given itself (--node-url), by TLS where that is
 * an https one, whose certificate must then be good.  No browser may come this way: whoever sends
 * an Origin is refused, and whoever has not the servers' key hears nothing.
 */
#ifndef NET_LINE_H
#define NET_LINE_H

#include "net/inside.h"

#define LINE_PATH        "/node"
#define LINE_SUBPROTOCOL "runde.node.v1"

/* How app reaches other servers by this net, for app_options.trunks. */
const struct trunk_ports *line_ports(struct net *net);

/* Makes what calls need; 0 or a negative errno.  Nothing where servers do not speak. */
int line_open(struct net *net);

/* Another server has called: false when it cannot be taken. */
bool line_answer(struct connection *c);

/* The connection that it came by is gone.  Nothing happens where it carried none. */
void line_hung_up(struct connection *c);

/* What libwebsockets tells of it; nonzero ends the connection. */
int line_receive(struct line *l, const void *bytes, size_t len);
int line_write(struct line *l);

/* The server stops: what waits is sent, and then each ends; or at once. */
void line_dismiss_all(struct net *net);
void line_end_all(struct net *net);

/* Somebody at this address made a wrong guess: it counts at every server. */
void line_guessed(struct net *net, const struct address *who);

/* What libwebsockets calls of those that this server made. */
extern const struct lws_protocols line_protocols[];

#endif
