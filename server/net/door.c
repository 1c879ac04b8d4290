/* door.c -- the sockets that listen, and whom they let in. */

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
    if (!colon[1] || strspn(colon + 1, "0123456789") != strlen(colon + 1))
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

int door_open(struct net *net, struct door *door, const char *where, const char **ret_why)
{
    struct addrinfo *addresses = NULL;
    struct sockaddr_storage own;
    socklen_t own_len = sizeof(own);

    door->net = net;
    door->fd = -1;
    int error = where_read(where, &addresses);
    if (error) {
        *ret_why = "this is no HOST:PORT of this machine";
        return error;
    }
    error = listen_at(addresses, &door->fd);
    freeaddrinfo(addresses);
    if (error) {
        *ret_why = strerror(-error);
        return error;
    }
    if (getsockname(door->fd, (struct sockaddr *)&own, &own_len) != 0 ||
        !address_of((struct sockaddr *)&own, &door->at.local, &door->at.port)) {
        *ret_why = "the socket has no address";
        return -EINVAL;
    }
    return 0;
}

static void visitor_link(struct net *net, struct visitor *v)
{
    v->next = net->visitors;
    v->link = &net->visitors;
    if (v->next)
        v->next->link = &v->next;
    net->visitors = v;
}

void visitor_free(struct visitor *v)
{
    *v->link = v->next;
    if (v->next)
        v->next->link = v->link;
    admission_leave(v->net->admission);
    free(v);
}

void visitor_throw_out(struct visitor *v)
{
    if (!v->wsi)
        return;
    lws_set_timeout(v->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
    /* Outside its own callbacks libwebsockets would look at this at its next event only. */
    lws_cancel_service(v->net->lws);
}

static struct visitor *visitor_new(struct door *door, int fd, const struct sockaddr *peer)
{
    struct visitor *v = alloc_many(1, sizeof(*v));
    struct sockaddr_storage own;
    socklen_t own_len = sizeof(own);
    int port;

    if (!v)
        return NULL;
    v->net = door->net;
    v->metrics = door->metrics;
    if (!address_of(peer, &v->peer, &port) ||
        getsockname(fd, (struct sockaddr *)&own, &own_len) != 0 ||
        !address_of((struct sockaddr *)&own, &v->at.local, &v->at.port)) {
        free(v);
        return NULL;
    }
    return v;
}

static void let_in(struct door *door, int fd, const struct sockaddr *peer)
{
    struct net *net = door->net;
    int on = 1;

    if (!admission_enter(net->admission)) {
        close(fd);
        return;
    }
    struct visitor *v = visitor_new(door, fd, peer);
    if (!v) {
        admission_leave(net->admission);
        close(fd);
        return;
    }
    visitor_link(net, v);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    /* On failure libwebsockets closes the socket; whether it has called back about it, and will
     * again, cannot be known: the visitor stays on the list until net_free. */
    lws_adopt_descriptor_vhost_via_info(
        &(lws_adopt_desc_t){ .vh = net->vhost,
                             .type = LWS_ADOPT_SOCKET | LWS_ADOPT_HTTP,
                             .fd = { .sockfd = fd },
                             .opaque = v });
}

/* No descriptor is left, though we count them: something else took one.  Giving the spare up
 * lets us turn the next caller away, instead of finding him at the door for ever. */
static void turn_away(struct door *door)
{
    struct net *net = door->net;

    close(net->spare_fd);
    int fd = accept(door->fd, NULL, NULL);
    if (fd >= 0)
        close(fd);
    net->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    log_event(LOG_LEVEL_WARN, "net.full", "descriptors=0");
}

static void knocked(uv_poll_t *poll, int status, int events)
{
    struct door *door = poll->data;
    (void)status;
    (void)events;

    for (int i = 0; i < ACCEPTS_A_TURN; i++) {
        struct sockaddr_storage peer;
        socklen_t len = sizeof(peer);
        int fd = accept4(door->fd, (struct sockaddr *)&peer, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            let_in(door, fd, (struct sockaddr *)&peer);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE)
            turn_away(door);
        if (errno != ECONNABORTED && errno != EINTR)
            return;
    }
}

int door_let_in(struct door *door)
{
    int error = uv_poll_init(&door->net->loop, &door->poll, door->fd);

    if (error)
        return error;
    door->polled = true;
    door->poll.data = door;
    return uv_poll_start(&door->poll, UV_READABLE, knocked);
}

void door_close(struct door *door)
{
    if (door->polled && !uv_is_closing((uv_handle_t *)&door->poll))
        uv_close((uv_handle_t *)&door->poll, NULL);
    if (door->fd >= 0)
        close(door->fd);
    door->fd = -1;
}
