/* net.h -- sockets, signals and the event loop: the only layer that knows libwebsockets.
 *
 *     net_new   binds the port, so that it is known before anything else is made
 *     net_run   lets people in, and returns when the server has been told to stop
 *     net_free  afterwards, when the journal is closed and its thread gone
 *
 * All on one thread, but for net_wake.
 */
#ifndef NET_NET_H
#define NET_NET_H

#include <stdbool.h>

#include "app/app.h"
#include "net/pages.h"
#include "net/statement.h"

struct net;

/* Strings and tables are borrowed for net's life. */
struct net_options {
    const char *listen;      /* "0.0.0.0:8080", "[::]:8080"; port 0 lets the system choose */
    int listen_fd;           /* A socket that listens already, net's from now on; or -1. */
    const char *metrics;     /* The same for /metrics, or NULL for none. */
    const char *base_url;    /* Or NULL: this machine's address in its network. */
    const char *trust_proxy; /* Addresses whose X-Forwarded-For counts, by comma; or NULL. */
    const char *tls_cert;    /* Files of a certificate and its key (net/tls.h); NULL: plain HTTP. */
    const char *tls_key;
    const char *node_url; /* How other servers call this one, or NULL: they do not. */
    const char *node_ca; /* A file of certificates that theirs are signed by; NULL: the system's. */
    const char *inlet;   /* A short path for the socket of whoever runs the server, or NULL. */
    const char *version;
    const struct page *pages;
    const struct asset *assets;
    struct statement_host host; /* What the pages about privacy and accessibility say. */
    bool test_clock;            /* The clock may be moved from outside: look at it often. */
};

/* What net tells whoever runs it, from within net_run.  Each may be NULL. */
struct net_ops {
    void (*ready)(void *context);    /* Once, when callers are taken. */
    void (*alive)(void *context);    /* Each second while the loop turns. */
    void (*reload)(void *context);   /* SIGHUP: whoever runs the server has changed settings. */
    void (*stopping)(void *context); /* Once, when nobody is let in any more. */
};

/* Binds and listens, but lets nobody in yet.
 * Returns 0, -EINVAL for an option that cannot be read, -ENOMEM, or why the port cannot be had.  On
 * failure `ret_what` names the option ("--base-url") or the address, and `ret_why` (static) says in
 * words what is wrong with it. */
int net_new(const struct net_options *options, struct net **ret_net, const char **ret_what,
            const char **ret_why);

/* Takes what may change while it runs: `trust_proxy`, `host`, and certificate and key, whose files
 * are read anew.  All else must be as it was, though perhaps elsewhere in memory, and whether there
 * is a certificate, too.  On failure, which is told as by net_new, all stays as it is. */
int net_reload(struct net *net, const struct net_options *options, const char **ret_what,
               const char **ret_why);

/* "http://192.168.1.20:8080", as others reach this server. */
const char *net_base_url(const struct net *net);

/* How app speaks with other servers by it, for app_options.trunks; NULL: not at all. */
const struct trunk_ports *net_trunks(struct net *net);

/* The port that it listens on. */
int net_port(const struct net *net);

/* The journal has something to give.  From any thread; `net` is a struct net. */
void net_wake(void *net);

/* Serves until SIGTERM or SIGINT, and then sees to it that what was submitted is durable and
 * everybody has been told to come back soon.
 *
 * journal  watched for failures that are final; NULL for none
 * ops      borrowed; just before `ready` a line "listening http://127.0.0.1:8080" (https:// with
 * TLS) goes to stderr, for people and for tests Returns 0, or the negative errno that ended the
 * journal.  No session is left. */
int net_run(struct net *net, struct app *app, const struct journal *journal,
            const struct net_ops *ops, void *context);

/* Makes net_run return, as a signal does. */
void net_stop(struct net *net);

/* NULL is ignored. */
void net_free(struct net *net);

#endif
