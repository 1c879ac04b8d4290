/* listener.c -- the sockets that listen, and the connections that they accept. */

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "net/inside.h"

enum {
    BACKLOG = 4096,
    ACCEPTS_A_TURN = 64, /* Then those who are inside have their turn. */
    HOST_MAX = 256,
};

/* 0 to 65535: getaddrinfo would take 65616 for 80. */
static bool is_port(const char *digits)
{
    size_t len = strlen(digits);

    return len > 0 && len <= 5 && strspn(digits, "0123456789") == len &&
           strtol(digits, NULL, 10) <= 65535;
}

static int where_read(const char *where, struct addrinfo **ret_addresses)
{
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
                                    .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
    const char *colon = strrchr(where, ':'), *from = where;
    char host[HOST_MAX];

    if (!colon || (size_t)(colon - where) >= sizeof(host))
        return -EINVAL;
    size_t len = (size_t)(colon - where);
    if (len >= 2 && from[0] == '[' && from[len - 1] == ']') {
        from++;
        len -= 2;
    }
    memcpy(host, from, len);
    host[len] = '\0';
    if (!is_port(colon + 1))
        return -EINVAL;
    return getaddrinfo(len ? host : NULL, colon + 1, &hints, ret_addresses) ? -EINVAL : 0;
}

static int listen_at(const struct addrinfo *address, int *ret_fd)
{
    int on = 1, fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -errno;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(fd, address->ai_addr, address->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
        int error = -errno;
        close(fd);
        return error;
    }
    *ret_fd = fd;
    return 0;
}

/* Makes a socket that listens there. */
static int listen_where(const char *where, int *ret_fd, const char **ret_why)
{
    struct addrinfo *addresses = NULL;
    int error = where_read(where, &addresses);

    if (error) {
        *ret_why = "is not a HOST:PORT of this machine";
        return error;
    }
    error = listen_at(addresses, ret_fd);
    freeaddrinfo(addresses);
    if (error)
        *ret_why = strerror(-error);
    return error;
}

int listener_open(struct net *net, struct listener *listener, const char *where, int fd,
                  const char **ret_why)
{
    struct sockaddr_storage own;
    socklen_t own_len = sizeof(own);

    listener->net = net;
    listener->fd = fd;
    int error = fd >= 0 ? 0 : listen_where(where, &listener->fd, ret_why);
    if (error)
        return error;
    if (getsockname(listener->fd, (struct sockaddr *)&own, &own_len) != 0 ||
        !address_of((struct sockaddr *)&own, &listener->at.local, &listener->at.port)) {
        *ret_why = "the socket has no address";
        return -EINVAL;
    }
    return 0;
}

static void connection_link(struct net *net, struct connection *c)
{
    c->next = net->connections;
    c->link = &net->connections;
    if (c->next)
        c->next->link = &c->next;
    net->connections = c;
}

void connection_free(struct connection *c)
{
    *c->link = c->next;
    if (c->next)
        c->next->link = c->link;
    admission_leave(c->net->admission);
    free(c);
}

void connection_abort(struct connection *c)
{
    if (!c->wsi)
        return;
    lws_set_timeout(c->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
    /* Outside its own callbacks libwebsockets would look at this at its next event only. */
    lws_cancel_service(c->net->lws);
}

static struct connection *connection_new(struct listener *listener, int fd,
                                         const struct sockaddr *peer)
{
    struct connection *c = alloc_many(1, sizeof(*c));
    struct sockaddr_storage own;
    socklen_t own_len = sizeof(own);
    int port;

    if (!c)
        return NULL;
    c->net = listener->net;
    c->metrics = listener->metrics;
    if (!address_of(peer, &c->peer, &port) ||
        getsockname(fd, (struct sockaddr *)&own, &own_len) != 0 ||
        !address_of((struct sockaddr *)&own, &c->at.local, &c->at.port)) {
        free(c);
        return NULL;
    }
    return c;
}

static void adopt(struct listener *listener, int fd, const struct sockaddr *peer)
{
    struct net *net = listener->net;
    int on = 1;

    if (!admission_enter(net->admission)) {
        close(fd);
        return;
    }
    struct connection *c = connection_new(listener, fd, peer);
    if (!c) {
        admission_leave(net->admission);
        close(fd);
        return;
    }
    connection_link(net, c);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    /* On failure libwebsockets closes the socket; whether it has called back about it, and will
     * again, cannot be known: the connection stays on the list until net_free. */
    lws_adopt_descriptor_vhost_via_info(&(lws_adopt_desc_t){
        .vh = net->vhost,
        .type = LWS_ADOPT_SOCKET | LWS_ADOPT_HTTP | (listener->metrics ? 0 : LWS_ADOPT_ALLOW_SSL),
        .fd = { .sockfd = fd },
        .opaque = c });
}

/* No descriptor is left, though we count them: something else took one.  With the spare one given
 * up, the next caller can be turned away; else it would wait in the queue for ever. */
static void turn_away(struct listener *listener)
{
    struct net *net = listener->net;

    close(net->spare_fd);
    int fd = accept(listener->fd, NULL, NULL);
    if (fd >= 0)
        close(fd);
    net->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    log_event(LOG_LEVEL_WARN, "net.full", "descriptors=0");
}

static void on_connect(uv_poll_t *poll, int status, int events)
{
    struct listener *listener = poll->data;
    (void)status;
    (void)events;

    for (int i = 0; i < ACCEPTS_A_TURN; i++) {
        struct sockaddr_storage peer;
        socklen_t len = sizeof(peer);
        int fd =
            accept4(listener->fd, (struct sockaddr *)&peer, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            adopt(listener, fd, (struct sockaddr *)&peer);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE)
            turn_away(listener);
        if (errno != ECONNABORTED && errno != EINTR)
            return;
    }
}

int listener_start(struct listener *listener)
{
    int error = uv_poll_init(&listener->net->loop, &listener->poll, listener->fd);

    if (error)
        return error;
    listener->polled = true;
    listener->poll.data = listener;
    return uv_poll_start(&listener->poll, UV_READABLE, on_connect);
}

void listener_close(struct listener *listener)
{
    if (listener->polled && !uv_is_closing((uv_handle_t *)&listener->poll))
        uv_close((uv_handle_t *)&listener->poll, NULL);
    if (listener->fd >= 0)
        close(listener->fd);
    listener->fd = -1;
}
