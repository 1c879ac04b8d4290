/* inside.h -- what the files of this layer share; nobody else includes it. */
#ifndef NET_INSIDE_H
#define NET_INSIDE_H

#include <libwebsockets.h>
#include <sys/queue.h>
#include <uv.h>

#include "net/address.h"
#include "net/admission.h"
#include "net/hosts.h"
#include "net/net.h"
#include "net/release.h"

enum {
    CHUNK = 65536, /* The most that is handed to one lws_write. */
    PROXIES_MAX = 8,
    SUBPROTOCOL_CHARS = 8, /* "runde.v1" */
};
#define SUBPROTOCOL "runde.v1"

struct request;   /* http.c */
struct websocket; /* websocket.h */
struct stream;    /* stream.h */
struct caller;    /* inlet.c: one who asks there. */
struct line;      /* line.h */

/* A connection, from accept to close. */
struct connection {
    struct net *net;
    struct lws *wsi; /* Meaningful from the first callback on. */
    struct endpoint at;
    struct address peer; /* Or whom a trusted proxy says that it speaks for. */
    bool metrics;        /* Came by the listener of /metrics, which has no TLS. */
    bool upgrade_passed; /* Has passed the guards of the upgrade, */
    bool for_server;     /* as another server that calls (line.h). */
    struct request *request;
    struct websocket *websocket;
    struct line *line;
    struct connection *next, **link;
};

/* A socket that listens. */
struct listener {
    struct net *net;
    uv_poll_t poll;
    int fd; /* -1 when there is none. */
    struct endpoint at;
    bool metrics;
    bool polled; /* `poll` is a handle of the loop. */
};

enum net_state {
    NET_OPEN,
    NET_DRAINING, /* Nobody comes in; what was submitted becomes durable. */
    NET_CLOSING,  /* Everybody is told; who stays is thrown out. */
    NET_OVER,
};

struct net {
    struct net_options options;
    char base_url[HOST_CHARS + 16];
    struct hosts hosts;
    struct address proxies[PROXIES_MAX];
    size_t proxy_count;

    uv_loop_t loop;
    uv_signal_t terminate, interrupt, hangup;
    uv_async_t wake;
    uv_prepare_t before_sleep;
    uv_timer_t deadline, tick, glance;
    int64_t armed_for; /* What `deadline` was set for, on boottime; -1 when it is not. */
    struct listener listeners[2];
    uv_pipe_t inlet; /* Meaningful where `has_inlet`. */
    bool has_inlet;
    struct caller *callers;
    int spare_fd; /* Closed for a moment when descriptors run out, to accept a caller and hang up.
                   */

    struct tls *tls; /* NULL: plain HTTP. */
    struct lws_context *lws;
    struct lws_vhost *vhost;
    unsigned char *chunk; /* LWS_PRE + CHUNK bytes: what is on its way out just now. */

    struct admission *admission;
    struct connection *connections;
    TAILQ_HEAD(, websocket) eager; /* Those with something to send; see sending.h. */
    struct stream *streams;        /* See stream.h; */
    size_t unheard;                /* and how many of them nobody listens to yet. */
    struct release release;
    struct line *lines;        /* To and from other servers (line.h); */
    struct lws_vhost *calling; /* calls are made by this: NULL where servers do not speak. */
    struct hosts own_node;     /* How they call this one. */
    struct trunk_ports trunk_ports;
    struct app *app;
    const struct journal *journal;
    const struct net_ops *ops;
    void *context; /* Of `ops`. */
    bool told;     /* `ready` was called. */
    enum net_state state;
    int64_t state_since;
    int error;
    int64_t refused; /* Requests and upgrades that the guards sent away. */
};

/* ms on a clock that never goes back, for time-outs of this layer. */
static inline int64_t net_now(const struct net *net)
{
    return (int64_t)uv_now(&net->loop);
}

/* Whether it is encrypted by us. */
static inline bool connection_is_tls(const struct connection *c)
{
    return c->net->tls && !c->metrics;
}

/* loop.c: handles that net_run starts; loop_close takes libwebsockets down as well. */
int loop_open(struct net *net);
void loop_close(struct net *net);

/* listener.c: listening and accepting; at `fd`, which listens already, where it is not -1. */
int listener_open(struct net *net, struct listener *listener, const char *where, int fd,
                  const char **ret_why);
int listener_start(struct listener *listener);
void listener_close(struct listener *listener);
void connection_free(struct connection *c);

/* Ends the connection soon, from wherever; nothing more is said to the peer. */
void connection_abort(struct connection *c);

/* inlet.c: the socket in the data folder, by which whoever runs the server asks (`runde link`). */
int inlet_open(struct net *net, const char *path, const char **ret_why);
void inlet_let_in(struct net *net);
void inlet_close(struct net *net);

/* callbacks.c: what libwebsockets calls. */
extern const struct lws_protocols net_protocols[];

/* lan.c: the address by which others in the network reach this machine. */
void lan_address(char ret_chars[static ADDRESS_CHARS + 1]);

/* metrics.c: figures of app and of this layer; the caller frees them. */
char *metrics_text(const struct net *net);

#endif
