#include "net/gateway.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "hub/close_status.h"
#include "net/line.h"
#include "net/sending.h"

enum {
    FRAGMENTS_MAX = 1024, /* Of one message: beyond, it is no message but an attack. */
    SILENT_MS = 20000,    /* Whoever has said nothing for so long is asked for a sign of life, */
    ANSWER_LOOKS = 13,    /* and given up at the next look, one of which there is each second. */
    STALLED_MS = 60000,   /* A reader that takes nothing for so long has gone. */
    FAREWELL_MS = 5000,   /* What a connection gets to be closed in good form. */
    NUDGE_MS = 1000,
};

/* The hub's side of the transport. */

static void wake(void *transport)
{
    sending_wake(transport);
}

static void close_with(void *transport, int status, bool now)
{
    sending_close(transport, status, now);
}

static void failed(void *transport)
{
    struct websocket *s = transport;

    line_guessed(s->connection->net, &s->connection->peer);
}

static void peer(void *transport, char ret_address[static TRANSPORT_PEER_ROOM])
{
    const struct websocket *s = transport;

    address_write(&s->connection->peer, ret_address);
}

static const struct transport_ops ops = {
    .wake = wake, .close = close_with, .failed = failed, .peer = peer
};

bool gateway_open(struct connection *c)
{
    struct websocket *s = alloc_many(1, sizeof(*s));

    if (!s)
        return false;
    s->connection = c;
    s->heard_at = net_now(c->net);
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
    sending_end(s);
    free(s->in);
    free(s);
}

/* Ends the connection for something that the peer did.  What else it sends is read and dropped
 * until it answers or has had its time: to hang up on bytes that nobody has read would reset the
 * connection, and the peer would never hear why. */
static void refuse(struct websocket *s, int status)
{
    free(s->in);
    s->in = NULL;
    s->in_len = s->in_room = 0;
    sending_close(s, status, true);
}

/* A whole message. */
static void deliver(struct websocket *s, const char *bytes, size_t len)
{
    struct connection *c = s->connection;

    if (!text_valid(bytes, len)) {
        refuse(s, CLOSE_NOT_UTF8);
        return;
    }
    if (!s->greeted) {
        int wait = admission_wait(c->net->admission, &c->peer, net_now(c->net));
        if (wait > 0) {
            admission_held(c->net->admission);
            session_hold(s->session, wait);
        }
    }
    s->greeted = true;
    session_receive(s->session, bytes, len);
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

static void alive(struct websocket *s)
{
    s->heard_at = net_now(s->connection->net);
    s->silence = SILENCE_SHORT;
}

/* What is wrong with these bytes as a part of a message: the status to close with, or 0. */
static int fault(struct websocket *s, size_t len)
{
    struct lws *wsi = s->connection->wsi;

    if (lws_frame_is_binary(wsi))
        return CLOSE_UNACCEPTABLE;
    /* The rest of the fragment is announced: no need to wait for what is too long. */
    size_t rest = lws_remaining_packet_payload(wsi), most = session_receive_max(s->session);
    if (s->in_len + len > most || rest > most - s->in_len - len)
        return CLOSE_TOO_BIG;
    return rest == 0 && ++s->fragments > FRAGMENTS_MAX ? CLOSE_POLICY : 0;
}

void gateway_receive(struct connection *c, const char *bytes, size_t len)
{
    struct websocket *s = c->websocket;

    alive(s);
    if (s->over || s->status)
        return;
    int status = fault(s, len);
    bool whole = lws_is_final_fragment(c->wsi), alone = whole && s->in_len == 0;
    if (!status && !alone && !keep(s, bytes, len))
        status = CLOSE_LATER;
    if (status) {
        refuse(s, status);
        return;
    }
    if (!whole)
        return;

    char *message = s->in;
    size_t message_len = alone ? len : s->in_len;
    s->in = NULL;
    s->in_len = s->in_room = 0;
    s->fragments = 0;
    deliver(s, message_len == 0 ? "" : alone ? bytes : message, message_len);
    free(message);
}

void gateway_pong(struct connection *c)
{
    alive(c->websocket);
}

/* A close of half a status, or of one beyond those that there are, which libwebsockets would send
 * back. */
static bool is_bad_close(const unsigned char *payload, size_t len)
{
    enum { STATUS_END = 5000 }; /* RFC 6455, 7.4.2 */

    return len == 1 || (len > 1 && payload[0] * 256 + payload[1] >= STATUS_END);
}

int gateway_peer_closes(struct connection *c, const void *payload, size_t len)
{
    struct websocket *s = c->websocket;

    /* The answer to ours: done. */
    if (s->over)
        return -1;
    s->over = true;
    if (!is_bad_close(payload, len))
        return 0;
    (void)sending_goodbye(s, CLOSE_PROTOCOL);
    return -1;
}

static void throw_out(struct websocket *s)
{
    s->over = true;
    connection_abort(s->connection);
}

/* By looks and not by a clock: where we stood still ourselves, its words may wait unread. */
static bool silent_for_good(struct websocket *s)
{
    return s->silence != SILENCE_SHORT && ++s->looks > ANSWER_LOOKS;
}

void gateway_look(struct connection *c, int64_t now)
{
    struct websocket *s = c->websocket;

    if (s->over)
        return;
    int64_t stalled = sending_stalled(s, now);
    if (silent_for_good(s) || stalled > STALLED_MS ||
        (s->status && now - s->closing_since > FAREWELL_MS)) {
        throw_out(s);
        return;
    }
    if (s->silence == SILENCE_SHORT && now - s->heard_at > SILENT_MS)
        sending_ask(s);
    if (stalled > NUDGE_MS)
        lws_callback_on_writable(c->wsi);
}

int64_t gateway_unsent_ms(const struct connection *c, int64_t now)
{
    const struct websocket *s = c->websocket;

    return s && !s->over ? sending_stalled(s, now) : 0;
}

void gateway_dismiss(struct connection *c)
{
    sending_close(c->websocket, CLOSE_RESTART, false);
}
