#include "net/http.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "net/request.h"
#include "net/response.h"
#include "net/routes.h"
#include "net/stream.h"

enum {
    BODY_MAX = 262144,
    PATIENCE_SECONDS = 30, /* For each step: the body, the application, each chunk going out. */
    LINGER_SECONDS = 2,    /* For the rest of a body that nobody wants to read. */
};

static void take_time(struct request *r, int seconds)
{
    r->late = net_now(r->connection->net) + INT64_C(1000) * seconds;
    lws_set_timeout(r->connection->wsi, PENDING_TIMEOUT_USER_OK, seconds);
}

void request_answer(struct request *r)
{
    if (!r->response.whole) {
        response_clear(&r->response);
        response_text(&r->response, 500, "answer");
    }
    if (connection_is_tls(r->connection))
        response_strict(&r->response);
    response_end(&r->response);
    r->answered = true;
    take_time(r, PATIENCE_SECONDS);
    lws_callback_on_writable(r->connection->wsi);
}

void request_refuse(struct request *r, int status, const char *why)
{
    response_text(&r->response, status, why);
    request_answer(r);
}

static bool refused(struct request *r, struct verdict verdict)
{
    if (!verdict.status)
        return false;
    r->connection->net->refused++;
    request_refuse(r, verdict.status, verdict.why);
    return true;
}

static bool verb_read(struct request *r, struct lws *wsi)
{
    char *uri;
    int len;

    switch (lws_http_get_uri_and_method(wsi, &uri, &len)) {
    case LWSHUMETH_GET:
        r->verb = VERB_GET;
        return true;
    case LWSHUMETH_HEAD:
        r->verb = VERB_HEAD;
        return true;
    case LWSHUMETH_POST:
        r->verb = VERB_POST;
        return true;
    default:
        return false;
    }
}

/* Puts the query together again, which libwebsockets has taken apart and decoded.  False when it
 * does not fit. */
static bool query_read(struct request *r, struct lws *wsi)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "-._~=";
    char part[QUERY_MAX];
    size_t used = 0;

    for (int i = 0; guard_has(wsi, WSI_TOKEN_HTTP_URI_ARGS); i++) {
        int len = lws_hdr_copy_fragment(wsi, part, sizeof(part), WSI_TOKEN_HTTP_URI_ARGS, i);
        if (len < 0)
            break;
        for (int k = -1; k < len; k++) {
            if (used + 4 >= sizeof(r->query))
                return false;
            if (k < 0 && i > 0)
                r->query[used++] = '&';
            if (k >= 0 && part[k] && strchr(plain, part[k]))
                r->query[used++] = part[k];
            else if (k >= 0)
                used += (size_t)snprintf(r->query + used, 4, "%%%02X", (unsigned char)part[k]);
        }
    }
    r->query[used] = '\0';
    return true;
}

static bool path_read(struct request *r, const char *uri, size_t len)
{
    if (len == 0 || len >= sizeof(r->path) || uri[0] != '/' || memchr(uri, '\0', len))
        return false;
    memcpy(r->path, uri, len);
    r->path[len] = '\0';
    return true;
}

static void read_and_route(struct request *r, const char *uri, size_t len)
{
    struct connection *c = r->connection;
    struct lws *wsi = c->wsi;

    if (refused(r, guard_request(c, wsi, &r->expected)) || refused(r, guard_origin(c, wsi, false)))
        return;
    if (!verb_read(r, wsi)) {
        response_text(&r->response, 405, "method");
        response_header(&r->response, "Allow", "GET, HEAD");
        request_answer(r);
    } else if (!path_read(r, uri, len)) {
        request_refuse(r, 404, "path");
    } else if (!query_read(r, wsi)) {
        request_refuse(r, 400, "query");
    } else if (r->verb == VERB_POST && !guard_has(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH)) {
        r->unread = true;
        request_refuse(r, 411, "Content-Length");
    } else if (r->verb != VERB_POST && r->expected > 0) {
        request_refuse(r, 400, "body");
    } else if (r->expected > BODY_MAX) {
        request_refuse(r, 413, "at most 256 KiB");
    } else {
        routes_begin(r);
    }
}

int http_begin(struct connection *c, const char *uri, size_t len)
{
    if (c->request)
        return -1;
    struct request *r = alloc_many(1, sizeof(*r));
    if (!r)
        return -1;
    r->connection = c;
    c->request = r;
    take_time(r, PATIENCE_SECONDS);
    read_and_route(r, uri, len);
    return 0;
}

int http_body(struct connection *c, const char *bytes, size_t len)
{
    struct request *r = c->request;

    if (!r)
        return -1;
    r->come += len;
    if (r->answered || len == 0)
        return 0;
    if (r->come > r->expected || r->expected > BODY_MAX)
        return -1;
    if (!r->body)
        r->body = alloc_bytes(r->expected);
    if (!r->body)
        return -1;
    memcpy(r->body + r->come - len, bytes, len);
    return 0;
}

int http_body_end(struct connection *c)
{
    struct request *r = c->request;

    if (!r)
        return -1;
    if (r->answered)
        return 0;
    /* A second end comes when bytes follow the body: that is another request, and there is
     * none. */
    if (r->ended)
        return -1;
    r->ended = true;
    take_time(r, PATIENCE_SECONDS);
    routes_go_on(r);
    return 0;
}

/* The answer has gone.  Closing while bytes of a body are still coming would reset the
 * connection and take the answer with it. */
static int finish(struct request *r)
{
    struct lws *wsi = r->connection->wsi;

    if (!r->unread && r->come >= r->expected)
        return -1;
    r->lingering = true;
    shutdown(lws_get_socket_fd(wsi), SHUT_WR);
    take_time(r, LINGER_SECONDS);
    return 0;
}

int http_write(struct connection *c)
{
    struct request *r = c->request;

    if (!r || !r->answered || r->lingering)
        return 0;
    if (r->stream)
        return stream_write(r);
    struct response *a = &r->response;
    unsigned char *chunk = c->net->chunk + LWS_PRE;
    size_t total = a->head_len + (r->verb == VERB_HEAD ? 0 : a->body_len), len = 0;
    if (r->sent == total)
        return finish(r);

    if (r->sent == 0) {
        memcpy(chunk, a->head, a->head_len);
        len = a->head_len;
    }
    size_t from = r->sent + len - a->head_len, rest = total - r->sent - len;
    size_t some = rest < CHUNK - len ? rest : CHUNK - len;
    if (some > 0)
        memcpy(chunk + len, a->body + from, some);
    len += some;
    r->sent += len;
    if (lws_write(c->wsi, chunk, len, LWS_WRITE_HTTP) < 0)
        return -1;
    take_time(r, PATIENCE_SECONDS);
    if (r->sent == total && !lws_partial_buffered(c->wsi))
        return finish(r);
    lws_callback_on_writable(c->wsi);
    return 0;
}

void http_end(struct connection *c)
{
    struct request *r = c->request;

    if (!r)
        return;
    c->request = NULL;
    stream_hung_up(r);
    if (r->call)
        app_api_cancel(r->call);
    response_clear(&r->response);
    free(r->body);
    free(r);
}

void http_look(struct connection *c, int64_t now)
{
    char peek;

    /* With each piece of a body libwebsockets gives its sender time anew.  A stream has no end. */
    if (!c->request->stream && now > c->request->late) {
        connection_abort(c);
        return;
    }
    /* libwebsockets does not read while an answer is made or goes out; yet its loop is woken
     * again and again by what there is to read.  So a peer that has hung up, or goes on
     * talking, is let go. */
    if (c->request->lingering || c->request->verb == VERB_POST)
        return;
    ssize_t n = recv(lws_get_socket_fd(c->wsi), &peek, 1, MSG_PEEK | MSG_DONTWAIT);
    if (n >= 0 || (errno != EAGAIN && errno != EINTR))
        connection_abort(c);
}

void http_refuse(struct connection *c, struct lws *wsi, const struct verdict *verdict)
{
    struct response *a = alloc_many(1, sizeof(*a));
    unsigned char *chunk = c->net->chunk + LWS_PRE;

    c->net->refused++;
    if (!a)
        return;
    response_text(a, verdict->status, verdict->why);
    if (verdict->status == 426)
        response_header(a, "Sec-WebSocket-Version", "13");
    if (connection_is_tls(c))
        response_strict(a);
    response_end(a);
    memcpy(chunk, a->head, a->head_len);
    if (a->body_len > 0)
        memcpy(chunk + a->head_len, a->body, a->body_len);
    lws_write(wsi, chunk, a->head_len + a->body_len, LWS_WRITE_HTTP);
    response_clear(a);
    free(a);
}
