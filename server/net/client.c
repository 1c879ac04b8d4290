#include "net/client.h"

#include <assert.h>
#include <errno.h>
#include <libwebsockets.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "base/alloc.h"

enum {
    MESSAGE_MAX = 16777216, /* A server that says more is not ours. */
    RX_BYTES = 4096,
    HOST_ROOM = 300,
};

/* A text on its way out. */
struct saying {
    struct saying *next;
    size_t len;
    unsigned char bytes[]; /* LWS_PRE of room, and then the text. */
};

struct client {
    struct clients *clients;
    void *owner;
    struct lws *wsi;              /* NULL once libwebsockets has let go of it. */
    struct saying *first, **last; /* What waits to be sent. */
    char *in;                     /* A message that is not whole yet. */
    size_t in_len, in_room;
    bool open, dropped;
    struct client *next;
};

struct clients {
    const struct client_ops *ops;
    const char *host;
    int port;
    char authority[HOST_ROOM];
    uv_loop_t loop;
    uv_signal_t terminate, interrupt;
    uv_prepare_t before_sleep;
    uv_timer_t due;
    struct lws_context *lws;
    struct lws_vhost *vhost;
    struct client *all;
    bool silent; /* Being freed: nobody is told. */
    int64_t (*next)(void *context);
    void *context;
};

static void forget_sayings(struct client *c)
{
    while (c->first) {
        struct saying *s = c->first;
        c->first = s->next;
        free(s);
    }
}

static int receive(struct client *c, const char *bytes, size_t len)
{
    if (c->in_len + len > MESSAGE_MAX)
        return -1;
    if (c->in_len + len > c->in_room) {
        size_t room = 2 * (c->in_len + len) + RX_BYTES;
        char *more = alloc_again(c->in, room, 1);
        if (!more)
            return -1;
        c->in = more;
        c->in_room = room;
    }
    memcpy(c->in + c->in_len, bytes, len);
    c->in_len += len;
    if (lws_remaining_packet_payload(c->wsi) > 0 || !lws_is_final_fragment(c->wsi))
        return 0;
    c->clients->ops->heard(c->owner, c->in, c->in_len);
    c->in_len = 0;
    return 0;
}

static int send_next(struct client *c)
{
    struct saying *s = c->first;

    if (c->dropped)
        return -1;
    if (!s)
        return 0;
    c->first = s->next;
    if (!c->first)
        c->last = &c->first;
    int n = lws_write(c->wsi, s->bytes + LWS_PRE, s->len, LWS_WRITE_TEXT);
    free(s);
    if (c->first)
        lws_callback_on_writable(c->wsi);
    return n < 0 ? -1 : 0;
}

static int on_client(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                     size_t len)
{
    struct client *c = lws_get_opaque_user_data(wsi);
    (void)user;

    if (!c)
        return 0;
    switch ((int)reason) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        c->open = true;
        if (!c->clients->silent)
            c->clients->ops->open(c->owner);
        return 0;
    case LWS_CALLBACK_CLIENT_RECEIVE:
        return c->clients->silent || c->dropped ? -1 : receive(c, in, len);
    case LWS_CALLBACK_CLIENT_WRITEABLE:
        return send_next(c);
    case LWS_CALLBACK_WSI_DESTROY:
        c->wsi = NULL;
        return 0;
    default:
        return 0;
    }
}

static const struct lws_protocols protocols[] = {
    { .name = "runde.v1", .callback = on_client, .rx_buffer_size = RX_BYTES },
    { .name = NULL },
};

static const lws_retry_bo_t patience = { .secs_since_valid_ping = 20,
                                         .secs_since_valid_hangup = 35 };

static void on_signal(uv_signal_t *signal, int number)
{
    (void)number;
    clients_stop(signal->data);
}

static void on_due(uv_timer_t *timer)
{
    (void)timer; /* before_sleep does the work. */
}

/* Connections that have ended leave the list, and their owners are told. */
static void sweep(struct clients *clients)
{
    for (struct client **at = &clients->all; *at;) {
        struct client *c = *at;
        if (c->wsi) {
            at = &c->next;
            continue;
        }
        *at = c->next;
        if (!clients->silent)
            clients->ops->closed(c->owner);
        forget_sayings(c);
        free(c->in);
        free(c);
    }
}

static void before_sleep(uv_prepare_t *prepare)
{
    struct clients *clients = prepare->data;

    sweep(clients);
    if (!clients->next)
        return;
    int64_t wait = clients->next(clients->context);
    uv_update_time(&clients->loop);
    uv_timer_start(&clients->due, on_due, wait > 0 ? (uint64_t)wait : 0, 0);
}

static int context_new(struct clients *clients)
{
    void *loops[] = { &clients->loop };
    struct lws_context_creation_info info = {
        .port = CONTEXT_PORT_NO_LISTEN,
        .protocols = protocols,
        .options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_VALIDATE_UTF8 |
                   LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS |
                   LWS_SERVER_OPTION_NO_LWS_SYSTEM_STATES,
        .foreign_loops = loops,
        .gid = -1,
        .uid = -1,
        .retry_and_idle_policy = &patience,
        .vhost_name = "clients",
    };

    lws_set_log_level(0, NULL); /* The owner hears of it. */
    clients->lws = lws_create_context(&info);
    if (clients->lws)
        clients->vhost = lws_create_vhost(clients->lws, &info);
    return clients->vhost ? 0 : -ENOMEM;
}

int clients_new(const char *host, int port, const struct client_ops *ops,
                struct clients **ret_clients)
{
    struct clients *clients = alloc_many(1, sizeof(*clients));
    const char *form = strchr(host, ':') ? "[%s]:%d" : "%s:%d";

    assert(ops->open && ops->heard && ops->closed);
    if (!clients)
        return -ENOMEM;
    clients->ops = ops;
    clients->host = host;
    clients->port = port;
    snprintf(clients->authority, sizeof(clients->authority), form, host, port);
    int error = uv_loop_init(&clients->loop);
    if (error) {
        free(clients);
        return error;
    }
    uv_signal_init(&clients->loop, &clients->terminate);
    uv_signal_init(&clients->loop, &clients->interrupt);
    uv_prepare_init(&clients->loop, &clients->before_sleep);
    uv_timer_init(&clients->loop, &clients->due);
    clients->terminate.data = clients->interrupt.data = clients->before_sleep.data = clients;
    error = context_new(clients);
    if (error)
        clients_free(clients);
    else
        *ret_clients = clients;
    return error;
}

static void close_handle(uv_handle_t *handle)
{
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

void clients_free(struct clients *clients)
{
    if (!clients)
        return;
    clients->silent = true;
    clients->next = NULL;
    close_handle((uv_handle_t *)&clients->terminate);
    close_handle((uv_handle_t *)&clients->interrupt);
    close_handle((uv_handle_t *)&clients->before_sleep);
    close_handle((uv_handle_t *)&clients->due);
    /* As loop_close in loop.c: what libwebsockets begins to close, the loop carries out. */
    lws_context_destroy(clients->lws);
    uv_run(&clients->loop, UV_RUN_DEFAULT);
    lws_context_destroy(clients->lws);
    int busy = uv_loop_close(&clients->loop);
    assert(busy == 0);
    for (struct client *c = clients->all; c; c = c->next)
        c->wsi = NULL;
    sweep(clients);
    free(clients);
}

struct client *client_new(struct clients *clients, void *owner)
{
    struct client *c = alloc_many(1, sizeof(*c));

    if (!c)
        return NULL;
    c->clients = clients;
    c->owner = owner;
    c->last = &c->first;
    c->next = clients->all;
    clients->all = c;
    const struct lws_client_connect_info info = {
        .context = clients->lws,
        .vhost = clients->vhost,
        .address = clients->host,
        .port = clients->port,
        .path = "/ws",
        .host = clients->authority,
        .origin = clients->authority, /* libwebsockets puts the scheme before it. */
        .protocol = protocols[0].name,
        .pwsi = &c->wsi,
        .opaque_user_data = c,
        .retry_and_idle_policy = &patience,
    };
    /* When it fails at once, the next sweep tells the owner, like any later end. */
    if (!lws_client_connect_via_info(&info))
        c->wsi = NULL;
    return c;
}

bool client_say(struct client *c, const char *text)
{
    size_t len = strlen(text);
    struct saying *s = alloc_bytes(sizeof(*s) + LWS_PRE + len);

    if (!s)
        return false;
    s->next = NULL;
    s->len = len;
    memcpy(s->bytes + LWS_PRE, text, len);
    *c->last = s;
    c->last = &s->next;
    if (c->open && c->wsi)
        lws_callback_on_writable(c->wsi);
    return true;
}

void client_drop(struct client *c)
{
    c->dropped = true;
    if (c->wsi)
        lws_set_timeout(c->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
}

void clients_run(struct clients *clients, int64_t (*next)(void *context), void *context)
{
    clients->next = next;
    clients->context = context;
    uv_signal_start(&clients->terminate, on_signal, SIGTERM);
    uv_signal_start(&clients->interrupt, on_signal, SIGINT);
    uv_prepare_start(&clients->before_sleep, before_sleep);
    uv_timer_start(&clients->due, on_due, 0, 0);
    uv_run(&clients->loop, UV_RUN_DEFAULT);
    clients->next = NULL;
}

void clients_stop(struct clients *clients)
{
    uv_stop(&clients->loop);
}
