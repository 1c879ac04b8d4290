#include "net/stream.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ids.h"
#include "base/text.h"
#include "hub/close_status.h"
#include "net/guard.h"
#include "net/line.h"

enum {
    UNHEARD_MAX = 256,  /* Streams that nobody listens to yet, all together. */
    UNHEARD_MS = 10000, /* A stream that nobody listens to for so long ends. */
    SILENT_MS = 100000, /* A client asks for the clock each half minute, a sleeping page's each. */
    SHOWN_MS = 15000,   /* Proxies cut what says nothing. */
    STALLED_MS = 60000, /* A reader that takes nothing for so long has gone. */
    FAREWELL_MS = 5000, /* What a stream gets to be closed in good form. */
    BEARER_MAX_CHARS = 64, /* Longer is no secret of ours. */
};

struct stream {
    struct net *net;
    struct session *session;
    struct hash secret;
    struct address peer;
    struct request *listener; /* Its GET; NULL before it comes. */
    int64_t born, heard_at;   /* When something came last. */
    int64_t wrote_at;

    struct frame *out; /* Being sent; NULL between frames. */
    size_t sent;       /* Bytes of its event that have gone. */
    bool wanted;       /* Waits since `since` to be told that it can be written. */
    int64_t since;

    int status; /* Close with it once the outbox is empty; 0 while open. */
    bool hasty; /* ... or at once. */
    int64_t closing_since;
    bool over; /* That it closes has been said. */
    struct stream *next, **link;
};

/* The hub's side of the transport. */

static void want_writable(struct stream *s)
{
    if (s->wanted || !s->listener)
        return;
    s->wanted = true;
    s->since = net_now(s->net);
    lws_callback_on_writable(s->listener->connection->wsi);
}

static void wake(void *transport)
{
    want_writable(transport);
}

static void close_with(void *transport, int status, bool now)
{
    struct stream *s = transport;

    if (!s->status) {
        s->status = status;
        s->closing_since = net_now(s->net);
    }
    s->hasty = s->hasty || now;
    want_writable(s);
}

static void failed(void *transport)
{
    struct stream *s = transport;

    line_guessed(s->net, &s->peer);
}

static void peer(void *transport, char ret_address[static TRANSPORT_PEER_ROOM])
{
    const struct stream *s = transport;

    address_write(&s->peer, ret_address);
}

static const struct transport_ops ops = {
    .wake = wake, .close = close_with, .failed = failed, .peer = peer
};

static struct stream *stream_new(struct request *r, char ret_secret[static SECRET_CHARS + 1])
{
    struct net *net = r->connection->net;
    struct stream *s = alloc_many(1, sizeof(*s));

    if (!s)
        return NULL;
    s->session = session_new(app_hub(net->app), &ops, s);
    if (!s->session) {
        free(s);
        return NULL;
    }
    secret_new(ret_secret);
    s->secret = hash_of(ret_secret, SECRET_CHARS);
    s->net = net;
    s->peer = r->connection->peer;
    s->born = s->heard_at = s->wrote_at = net_now(net);
    s->next = net->streams;
    s->link = &net->streams;
    if (s->next)
        s->next->link = &s->next;
    net->streams = s;
    net->unheard++;
    return s;
}

static void stream_free(struct stream *s)
{
    if (s->listener)
        s->listener->stream = NULL;
    else
        s->net->unheard--;
    *s->link = s->next;
    if (s->next)
        s->next->link = s->link;
    session_free(s->session);
    frame_unref(s->out);
    free(s);
}

/* In a time that tells nothing of the secrets: their hashes are compared. */
static struct stream *find(struct net *net, const char *bearer)
{
    size_t len = bearer ? strnlen(bearer, BEARER_MAX_CHARS) : 0;

    if (len != SECRET_CHARS)
        return NULL;
    struct hash secret = hash_of(bearer, len);
    for (struct stream *s = net->streams; s; s = s->next)
        if (hash_same(s->secret, secret))
            return s;
    return NULL;
}

static void begin(struct request *r, int status)
{
    response_begin(&r->response, status);
    response_header(&r->response, "Cache-Control", "no-store");
    response_header(&r->response, "Content-Security-Policy", "default-src 'none'");
}

/* What comes in. */

/* One message of the client's; false when it is none that this session may send. */
static bool receive(struct stream *s, const char *bytes, size_t len)
{
    if (len > session_receive_max(s->session))
        close_with(s, CLOSE_TOO_BIG, true);
    else if (!text_valid(bytes, len))
        close_with(s, CLOSE_NOT_UTF8, true);
    else
        session_receive(s->session, bytes, len);
    return !s->status;
}

static void open_stream(struct request *r)
{
    struct net *net = r->connection->net;
    char secret[SECRET_CHARS + 1], *body;
    struct stream *s = net->unheard < UNHEARD_MAX ? stream_new(r, secret) : NULL;

    if (!s || asprintf(&body, "{\"stream\":\"%s\"}", secret) < 0) {
        if (s)
            stream_free(s);
        request_refuse(r, 503, "too many");
        return;
    }
    int wait = admission_wait(net->admission, &s->peer, net_now(net));
    if (wait > 0) {
        admission_held(net->admission);
        session_hold(s->session, wait);
    }
    receive(s, r->body ? r->body : "", r->body ? r->come : 0);
    begin(r, 200);
    response_body_owned(&r->response, "application/json", body);
    request_answer(r);
}

void stream_post(struct request *r, const char *bearer)
{
    if (!guard_has(r->connection->wsi, WSI_TOKEN_HTTP_AUTHORIZATION)) {
        open_stream(r);
        return;
    }
    struct stream *s = find(r->connection->net, bearer);
    if (!s || s->status) {
        request_refuse(r, 404, "no such stream");
        return;
    }
    s->heard_at = net_now(s->net);
    const char *at = r->body, *end = r->body ? r->body + r->come : NULL;
    while (at < end) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        size_t len = (size_t)((line ? line : end) - at);
        if (len > 0 && !receive(s, at, len))
            break;
        at += len + 1;
    }
    begin(r, 204);
    request_answer(r);
}

/* What goes out. */

static void listen_to(struct request *r, struct stream *s)
{
    if (!s || s->listener) {
        request_refuse(r, 404, "no such stream");
        return;
    }
    s->listener = r;
    s->net->unheard--;
    r->stream = s;
    begin(r, 200);
    response_header(&r->response, "Content-Type", "text/event-stream");
    response_header(&r->response, "X-Accel-Buffering", "no"); /* nginx would keep it for itself. */
    if (connection_is_tls(r->connection))
        response_strict(&r->response);
    response_endless(&r->response);
    r->answered = true;
    lws_set_timeout(r->connection->wsi, NO_PENDING_TIMEOUT, 0);
    want_writable(s);
}

void stream_begin(struct request *r)
{
    char authorization[BEARER_MAX_CHARS + 16];

    if (r->verb == VERB_POST)
        return; /* Its body is to come. */
    if (r->verb == VERB_HEAD)
        request_refuse(r, 405, "method");
    else
        listen_to(
            r, find(r->connection->net, request_bearer(r, authorization, sizeof(authorization))));
}

/* Puts as much of the event of `out` as fits; returns how many bytes. */
static size_t put_event(struct stream *s, unsigned char *at, size_t room)
{
    static const char before[] = "data: ", after[] = "\n\n";
    const struct {
        const void *bytes;
        size_t len;
    } pieces[] = { { before, 6 }, { s->out->bytes, s->out->len }, { after, 2 } };
    size_t from = s->sent, put = 0, total = 8 + s->out->len;

    for (size_t i = 0; i < 3; i++) {
        if (from >= pieces[i].len) {
            from -= pieces[i].len;
            continue;
        }
        size_t len = pieces[i].len - from < room - put ? pieces[i].len - from : room - put;
        memcpy(at + put, (const char *)pieces[i].bytes + from, len);
        put += len;
        from = 0;
        if (put == room)
            break;
    }
    s->sent += put;
    if (s->sent == total) {
        frame_unref(s->out);
        s->out = NULL;
    }
    return put;
}

/* Fills the chunk with what waits; nothing fits after that it closes. */
static size_t fill(struct stream *s, unsigned char *at, size_t room)
{
    size_t put = 0;

    while (room - put >= 64) {
        if (!s->out && !s->hasty) {
            s->out = session_take(s->session);
            s->sent = 0;
        }
        if (s->out && !(s->hasty && s->sent == 0)) {
            put += put_event(s, at + put, room - put);
            continue;
        }
        if (s->status) {
            put += (size_t)snprintf((char *)at + put, room - put, "event: close\ndata: %d\n\n",
                                    s->status);
            s->over = true;
        }
        break;
    }
    return put;
}

int stream_write(struct request *r)
{
    struct stream *s = r->stream;
    struct lws *wsi = r->connection->wsi;
    unsigned char *chunk = r->connection->net->chunk + LWS_PRE;
    size_t len = 0;

    s->wanted = false;
    if (lws_partial_buffered(wsi)) {
        want_writable(s);
        return 0;
    }
    if (s->over)
        return -1;
    if (r->sent == 0) {
        len = r->sent = r->response.head_len;
        memcpy(chunk, r->response.head, len);
    }
    len += fill(s, chunk + len, CHUNK - len);
    if (len == 0 && net_now(s->net) - s->wrote_at >= SHOWN_MS) {
        memcpy(chunk, ":\n\n", 3);
        len = 3;
    }
    if (len == 0)
        return 0;
    s->wrote_at = net_now(s->net);
    if (lws_write(wsi, chunk, len, LWS_WRITE_HTTP) < 0)
        return -1;
    /* What else there is follows; where nothing is, the next look finds nothing to send. */
    want_writable(s);
    return 0;
}

void stream_hung_up(struct request *r)
{
    if (r->stream)
        stream_free(r->stream);
}

/* Whether its peer, or its time, has gone. */
static bool is_gone(const struct stream *s, int64_t now)
{
    if (!s->listener)
        return now - s->born > UNHEARD_MS;
    return now - s->heard_at > SILENT_MS || (s->wanted && now - s->since > STALLED_MS) ||
           (s->status && now - s->closing_since > FAREWELL_MS);
}

void stream_look_at_all(struct net *net, int64_t now)
{
    for (struct stream *s = net->streams, *next; s; s = next) {
        next = s->next;
        if (!is_gone(s, now)) {
            if (now - s->wrote_at >= SHOWN_MS)
                want_writable(s);
            continue;
        }
        if (s->listener)
            connection_abort(s->listener->connection);
        else
            stream_free(s);
    }
}

void stream_dismiss_all(struct net *net)
{
    for (struct stream *s = net->streams; s; s = s->next)
        close_with(s, CLOSE_RESTART, false);
}

void stream_end_all(struct net *net)
{
    while (net->streams)
        stream_free(net->streams);
}
