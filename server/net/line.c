#include "net/line.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/trunk.h"
#include "base/alloc.h"
#include "base/log.h"

enum {
    RX_BYTES = 16384,
    TX_BYTES = 1048576,
    SHARE = 16, /* Chunks that one of them sends in one turn of the loop. */
};

struct line {
    struct net *net;
    struct trunk *trunk;           /* NULL: it is over for app. */
    struct lws *wsi;               /* NULL while it has no connection. */
    struct connection *connection; /* By which it was called; NULL: this server calls. */
    struct hosts to;               /* Where it calls. */
    uv_getaddrinfo_t finding;
    bool busy; /* `finding` is under way. */
    bool over; /* It is to end. */
    bool last; /* ... once what waits has gone. */
    struct line *next, **link;
};

static struct line *line_new(struct net *net)
{
    struct line *l = alloc_many(1, sizeof(*l));

    if (!l)
        return NULL;
    l->net = net;
    l->next = net->lines;
    l->link = &net->lines;
    if (l->next)
        l->next->link = &l->next;
    net->lines = l;
    return l;
}

/* Its connection is gone, and whatever is under way for it. */
static void line_free(struct line *l)
{
    struct trunk *t = l->trunk;

    *l->link = l->next;
    if (l->next)
        l->next->link = l->link;
    if (l->connection)
        l->connection->line = NULL;
    l->trunk = NULL;
    trunk_gone(t);
    free(l);
}

/* What app asks for. */

static void wake(void *transport)
{
    struct line *l = transport;

    if (l->wsi && !l->over)
        lws_callback_on_writable(l->wsi);
}

static void end(void *transport)
{
    struct line *l = transport;

    l->over = true;
    if (!l->wsi) { /* Its address is being found: that will find it over. */
        uv_cancel((uv_req_t *)&l->finding);
        return;
    }
    lws_set_timeout(l->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
    lws_cancel_service(l->net->lws);
}

static int wait(void *context, const char *address)
{
    const struct net *net = context;
    struct address who;

    return address_read(address, strlen(address), &who)
               ? admission_wait(net->admission, &who, net_now(net))
               : 0;
}

static void guessed(void *context, const char *address)
{
    const struct net *net = context;
    struct address who;

    if (address_read(address, strlen(address), &who))
        admission_failed(net->admission, &who, net_now(net));
}

void line_guessed(struct net *net, const struct address *who)
{
    char address[ADDRESS_CHARS + 1];

    admission_failed(net->admission, who, net_now(net));
    address_write(who, address);
    app_guessed(net->app, address);
}

/* Calling.  Names are looked up by a thread of libuv's, for libwebsockets would do it in the loop;
 * it is given the address that was found. */

static bool dial(struct line *l, const struct sockaddr *where)
{
    char address[ADDRESS_CHARS + 1], host[HOST_CHARS + 8];
    struct address found;
    int port;

    if (!address_of(where, &found, &port))
        return false;
    address_write(&found, address);
    snprintf(host, sizeof(host), "%s:%d", l->to.name, l->to.port);
    const struct lws_client_connect_info info = {
        .context = l->net->lws,
        .vhost = l->net->calling,
        .address = address,
        .port = l->to.port,
        .path = LINE_PATH,
        .host = host,
        .protocol = LINE_SUBPROTOCOL,
        .local_protocol_name = LINE_SUBPROTOCOL,
        .ssl_connection = l->to.tls ? LCCSCF_USE_SSL : 0,
        .opaque_user_data = l,
        .pwsi = &l->wsi,
    };
    /* Where it fails at once, libwebsockets may have called back already, or not. */
    l->busy = true;
    bool dialled = lws_client_connect_via_info(&info) != NULL;
    l->busy = false;
    return dialled && !l->over;
}

static void found(uv_getaddrinfo_t *request, int status, struct addrinfo *addresses)
{
    struct line *l = request->data;
    bool dialled = false;

    l->busy = false;
    if (status == 0 && addresses && !l->over)
        dialled = dial(l, addresses->ai_addr);
    uv_freeaddrinfo(addresses);
    if (status != 0)
        log_event(LOG_LEVEL_WARN, "node.unknown", "host=%s why=\"%s\"", l->to.name,
                  uv_strerror(status));
    if (!dialled && !l->wsi)
        line_free(l);
    else if (!dialled)
        end(l);
}

static void *reach(void *context, struct trunk *trunk, const char *url)
{
    struct net *net = context;
    struct hosts to;
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV };
    struct line *l = hosts_read(url, &to) ? line_new(net) : NULL;
    char name[HOST_CHARS + 1], port[8];

    if (!l)
        return NULL;
    l->to = to;
    l->finding.data = l;
    bool six = to.name[0] == '[';
    snprintf(name, sizeof(name), "%.*s", (int)strlen(to.name) - (six ? 2 : 0), to.name + six);
    snprintf(port, sizeof(port), "%d", to.port);
    if (uv_getaddrinfo(&net->loop, &l->finding, found, name, port, &hints) != 0) {
        line_free(l);
        return NULL;
    }
    l->busy = true;
    l->trunk = trunk;
    return l;
}

const struct trunk_ports *line_ports(struct net *net)
{
    net->trunk_ports = (struct trunk_ports){
        .reach = reach, .wake = wake, .close = end, .wait = wait, .guessed = guessed, .context = net
    };
    return &net->trunk_ports;
}

/* Being called. */

bool line_answer(struct connection *c)
{
    struct line *l = line_new(c->net);

    if (!l)
        return false;
    l->wsi = c->wsi;
    l->trunk = trunk_answer(c->net->app, l);
    if (!l->trunk) {
        line_free(l);
        return false;
    }
    l->connection = c;
    c->line = l;
    return true;
}

void line_hung_up(struct connection *c)
{
    if (c->line)
        line_free(c->line);
}

/* Both. */

int line_receive(struct line *l, const void *bytes, size_t len)
{
    return l->over || !lws_frame_is_binary(l->wsi) || trunk_receive(l->trunk, bytes, len) < 0 ? -1
                                                                                              : 0;
}

int line_write(struct line *l)
{
    unsigned char *chunk = l->net->chunk + LWS_PRE;

    for (int share = 0; share < SHARE && !lws_partial_buffered(l->wsi); share++) {
        size_t len = l->over ? 0 : trunk_fill(l->trunk, chunk, CHUNK);
        if (l->over || (len == 0 && l->last))
            return -1;
        if (len == 0)
            return 0;
        if (lws_write(l->wsi, chunk, len, LWS_WRITE_BINARY) < 0)
            return -1;
    }
    lws_callback_on_writable(l->wsi);
    return 0;
}

void line_end_all(struct net *net)
{
    for (struct line *l = net->lines, *next; l; l = next) {
        next = l->next;
        end(l);
    }
}

void line_dismiss_all(struct net *net)
{
    for (struct line *l = net->lines; l; l = l->next) {
        l->last = true;
        if (l->wsi)
            lws_callback_on_writable(l->wsi);
        else
            end(l);
    }
}

static int on_call(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                   size_t len)
{
    struct line *l = lws_get_opaque_user_data(wsi);
    (void)user;

    if (!l)
        return 0;
    switch ((int)reason) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        l->wsi = wsi;
        trunk_connected(l->trunk);
        return l->over ? -1 : 0;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        log_event(LOG_LEVEL_INFO, "node.unreached", "host=%s port=%d why=\"%.*s\"", l->to.name,
                  l->to.port, in ? (int)len : 1, in ? (const char *)in : "?");
        return 0;
    case LWS_CALLBACK_CLIENT_RECEIVE:
        return line_receive(l, in, len);
    case LWS_CALLBACK_CLIENT_WRITEABLE:
        return line_write(l);
    case LWS_CALLBACK_WSI_DESTROY:
        lws_set_opaque_user_data(wsi, NULL);
        l->wsi = NULL;
        if (!l->busy) /* Else who dials sees to it. */
            line_free(l);
        return 0;
    default:
        return 0;
    }
}

const struct lws_protocols line_protocols[] = {
    { .name = LINE_SUBPROTOCOL,
      .callback = on_call,
      .rx_buffer_size = RX_BYTES,
      .tx_packet_size = TX_BYTES },
    { .name = NULL },
};

int line_open(struct net *net)
{
    const struct net_options *o = &net->options;
    const struct lws_context_creation_info info = {
        .port = CONTEXT_PORT_NO_LISTEN,
        .options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT, /* Else it cannot call by TLS. */
        .protocols = line_protocols,
        .client_ssl_ca_filepath = o->node_ca,
        .alpn = "http/1.1",
        .vhost_name = "calling",
        .timeout_secs = 3,
        .user = net,
    };

    if (!o->node_url)
        return 0;
    if (!hosts_read(o->node_url, &net->own_node))
        return -EINVAL;
    net->calling = lws_create_vhost(net->lws, &info);
    return net->calling ? 0 : -ENOMEM;
}
