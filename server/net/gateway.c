#include "net/gateway.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "hub/close_status.h"

enum {
    FRAGMENTS_MAX = 1024, /* Of one message: beyond, it is no message but an attack. */
    STALLED_MS = 60000,   /* A reader that takes nothing for so long has gone. */
    FAREWELL_MS = 5000,   /* What a connection gets to be closed in good form. */
    NUDGE_MS = 1000,
};

struct websocket {
    struct connection *connection;
    struct session *session;
    struct frame *out; /* Being sent, or next to be; NULL when the outbox was empty. */
    size_t sent;       /* Bytes of `out` that have gone. */
    char *in;          /* A message that came in pieces; NULL between messages. */
    size_t in_len, in_room;
    int fragments;
    int status;  /* Close with it once the outbox is empty; 0 while open. */
    bool hasty;  /* ... or at once. */
    bool heard;  /* The first message has come. */
    bool over;   /* The closing handshake goes on: nothing more may be written. */
    bool wanted; /* Writable was asked for at `since`, and has not come. */
    int64_t since, closing_since;
};

static void want_writable(struct websocket *s)
{
    if (s->over || s->wanted)
        return;
    s->wanted = true;
    s->since = net_now(s->connection->net);
    lws_callback_on_writable(s->connection->wsi);
}

/* The hub's side of the transport. */

static void wake(void *transport)
{
    want_writable(transport);
}

static void close_with(void *transport, int status, bool now)
{
    struct websocket *s = transport;

    if (!s->status) {
        s->status = status;
        s->closing_since = net_now(s->connection->net);
    }
    s->hasty = s->hasty || now;
    want_writable(s);
}

static void failed(void *transport)
{
    struct websocket *s = transport;

    admission_failed(s->connection->net->admission, &s->connection->peer,
                     net_now(s->connection->net));
}

static const struct transport_ops ops = { .wake = wake, .close = close_with, .failed = failed };

bool gateway_open(struct connection *c)
{
    struct websocket *s = alloc_many(1, sizeof(*s));

    if (!s)
        return false;
    s->connection = c;
    s->session = session_new(app_hub(c->net->app), &ops, s);
    if (!s->session) {
        free(s);
        return false;
    }
    c->websocket = s;
    return true;
}

void gateway_close(struct connection *c)
{
    struct websocket *s = c->websocket;

    if (!s)
        return;
    c->websocket = NULL;
    s->over = true;
    session_free(s->session);
    frame_unref(s->out);
    free(s->in);
    free(s);
}

/* Ends the connection for something that the peer did: at once where the socket is free, else
 * as soon as it is. */
static int refuse(struct websocket *s, int status)
{
    free(s->in);
    s->in = NULL;
    s->in_len = s->in_room = 0;
    if (lws_partial_buffered(s->connection->wsi)) {
        close_with(s, status, true);
        return 0;
    }
    s->over = true;
    lws_close_reason(s->connection->wsi, (enum lws_close_status)status, NULL, 0);
    return -1;
}

/* A whole message. */
static int deliver(struct websocket *s, const char *bytes, size_t len)
{
    struct connection *c = s->connection;

    if (!text_valid(bytes, len))
        return refuse(s, CLOSE_NOT_UTF8);
    if (!s->heard) {
        int wait = admission_wait(c->net->admission, &c->peer, net_now(c->net));
        if (wait > 0) {
            admission_held(c->net->admission);
            session_hold(s->session, wait);
        }
    }
    s->heard = true;
    session_receive(s->session, bytes, len);
    return 0;
}

static bool keep(struct websocket *s, const char *bytes, size_t len)
{
    if (s->in_len + len > s->in_room) {
        size_t room = s->in_room ? s->in_room : 1024;
        while (room < s->in_len + len)
            room *= 2;
        char *more = alloc_again(s->in, room, 1);
        if (!more)
            return false;
        s->in = more;
        s->in_room = room;
    }
    if (len > 0)
        memcpy(s->in + s->in_len, bytes, len);
    s->in_len += len;
    return true;
}

int gateway_receive(struct connection *c, const char *bytes, size_t len)
{
    struct websocket *s = c->websocket;

    if (s->over || s->status)
        return 0;
    if (lws_frame_is_binary(c->wsi))
        return refuse(s, CLOSE_UNACCEPTABLE);
    /* The rest of the fragment is announced: no need to wait for what is too long. */
    size_t rest = lws_remaining_packet_payload(c->wsi), most = session_receive_max(s->session);
    if (s->in_len + len > most || rest > most - s->in_len - len)
        return refuse(s, CLOSE_TOO_BIG);
    if (rest == 0 && ++s->fragments > FRAGMENTS_MAX)
        return refuse(s, CLOSE_POLICY);

    bool whole = lws_is_final_fragment(c->wsi);
    if (whole && s->in_len == 0) {
        s->fragments = 0;
        return deliver(s, len > 0 ? bytes : "", len);
    }
    if (!keep(s, bytes, len))
        return refuse(s, CLOSE_LATER);
    if (!whole)
        return 0;

    char *message = s->in;
    size_t message_len = s->in_len;
    s->in = NULL;
    s->in_len = s->in_room = 0;
    s->fragments = 0;
    int result = deliver(s, message ? message : "", message_len);
    free(message);
    return result;
}

/* Sends what there is of a frame, up to CHUNK bytes of it: a long one goes as fragments, so that
 * never more than one chunk is kept for a reader who cannot take it. */
static int send_some(struct websocket *s)
{
    struct frame *f = s->out;
    struct net *net = s->connection->net;
    size_t left = f->len - s->sent, len = left > CHUNK ? CHUNK : left;
    int kind = s->sent > 0 ? LWS_WRITE_CONTINUATION : LWS_WRITE_TEXT;
    unsigned char *bytes = f->bytes;

    if (len < left)
        kind |= LWS_WRITE_NO_FIN;
    if (s->sent > 0) {
        /* The header goes in front of the payload: in the middle of a shared frame it would
         * overwrite what others have still to send. */
        bytes = net->chunk + LWS_PRE;
        memcpy(bytes, f->bytes + s->sent, len);
    }
    s->sent += len;
    return lws_write(s->connection->wsi, bytes, len, (enum lws_write_protocol)kind) < 0 ? -1 : 0;
}

/* Sends the close frame ourselves, byte for byte: to return -1 here, as after receiving, hangs up
 * without it, for Debian's build closes twice to test itself; and libwebsockets keeps its own
 * way of writing one to itself. */
static int say_goodbye(struct websocket *s)
{
    unsigned char *bytes = s->connection->net->chunk + LWS_PRE;

    s->over = true;
    bytes[0] = 0x88; /* FIN, opcode 8: RFC 6455, 5.5.1. */
    bytes[1] = 2;
    bytes[2] = (unsigned char)(s->status >> 8);
    bytes[3] = (unsigned char)s->status;
    lws_set_timeout(s->connection->wsi, PENDING_TIMEOUT_CLOSE_ACK, FAREWELL_MS / 1000);
    return lws_write(s->connection->wsi, bytes, 4, LWS_WRITE_HTTP) < 0 ? -1 : 0;
}

static void next_frame(struct websocket *s)
{
    if (!s->out) {
        s->out = session_take(s->session);
        s->sent = 0;
    }
}

int gateway_write(struct connection *c)
{
    static_assert(FRAME_HEAD >= LWS_PRE, "frames have room for the header");
    struct websocket *s = c->websocket;

    s->wanted = false;
    if (s->over)
        return 0;
    if (!s->hasty)
        next_frame(s);
    if (s->status && (s->hasty || !s->out))
        return say_goodbye(s);
    if (!s->out)
        return 0;
    if (send_some(s) < 0)
        return -1;
    if (s->sent == s->out->len) {
        frame_unref(s->out);
        s->out = NULL;
        next_frame(s);
    }
    /* Also when the last write is only half gone: then this tells us of the reader's progress. */
    if (s->out || s->status || lws_partial_buffered(c->wsi))
        want_writable(s);
    return 0;
}

int gateway_peer_closes(struct connection *c, size_t payload)
{
    struct websocket *s = c->websocket;

    /* The answer to ours: done. */
    if (s->over)
        return -1;
    s->over = true;
    if (payload != 1)
        return 0;
    /* Half a status code, which libwebsockets would send back. */
    s->status = CLOSE_PROTOCOL;
    (void)say_goodbye(s);
    return -1;
}

static void throw_out(struct websocket *s)
{
    s->over = true;
    connection_abort(s->connection);
}

void gateway_look(struct connection *c, int64_t now)
{
    struct websocket *s = c->websocket;

    if (s->over)
        return;
    if (s->status && now - s->closing_since > FAREWELL_MS)
        throw_out(s);
    else if (s->wanted && now - s->since > STALLED_MS)
        throw_out(s);
    else if (s->wanted && now - s->since > NUDGE_MS)
        lws_callback_on_writable(c->wsi);
}

int64_t gateway_unsent_ms(const struct connection *c, int64_t now)
{
    const struct websocket *s = c->websocket;

    return s && s->wanted && !s->over ? now - s->since : 0;
}

void gateway_dismiss(struct connection *c)
{
    close_with(c->websocket, CLOSE_RESTART, false);
}
