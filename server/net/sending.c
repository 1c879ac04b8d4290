#include "net/sending.h"

#include <assert.h>
#include <string.h>

#include "net/framing.h"

enum {
    SHORT = 8192,        /* Frames up to here are copied, to leave together. */
    SHARE = 4 * CHUNK,   /* Of one connection in one turn of the loop. */
    GOODBYE_SECONDS = 5, /* For the answer to a close. */
};

static struct net *net_of(const struct websocket *s)
{
    return s->connection->net;
}

void sending_wake(struct websocket *s)
{
    if (s->over || s->wanted || s->eager)
        return;
    s->eager = true;
    TAILQ_INSERT_TAIL(&net_of(s)->eager, s, place);
}

static void leave_list(struct websocket *s)
{
    if (s->eager)
        TAILQ_REMOVE(&net_of(s)->eager, s, place);
    s->eager = false;
}

void sending_close(struct websocket *s, int status, bool now)
{
    if (!s->status) {
        s->status = status;
        s->closing_since = net_now(net_of(s));
    }
    s->hasty = s->hasty || now;
    sending_wake(s);
}

void sending_ask(struct websocket *s)
{
    s->silence = SILENCE_ASK;
    s->looks = 0;
    sending_wake(s);
}

static void want_writable(struct websocket *s)
{
    struct lws *wsi = s->connection->wsi;

    if (s->wanted)
        return;
    s->wanted = true;
    s->since = net_now(net_of(s));
    /* Where it has kept a rest, libwebsockets asks by itself, and tells us once that has gone. */
    if (!lws_partial_buffered(wsi))
        lws_callback_on_writable(wsi);
}

/* Whole frames of ours, heads and all.  What the peer does not take, libwebsockets keeps. */
static int put_out(struct websocket *s, unsigned char *bytes, size_t len)
{
    return lws_write(s->connection->wsi, bytes, len, LWS_WRITE_HTTP) < 0 ? -1 : 0;
}

static void next_frame(struct websocket *s)
{
    if (!s->out) {
        s->out = session_take(s->session);
        s->sent = 0;
    }
}

static void frame_gone(struct websocket *s)
{
    frame_unref(s->out);
    s->out = NULL;
    next_frame(s);
}

static bool is_short(const struct websocket *s)
{
    return s->sent == 0 && s->out->len <= SHORT;
}

/* Sends all short frames that wait, as far as the chunk reaches, and before them a ping where one
 * is due.  Returns how many bytes that were, or -1. */
static ssize_t send_together(struct websocket *s)
{
    unsigned char *start = net_of(s)->chunk + LWS_PRE, *at = start;
    const unsigned char *end = start + CHUNK;

    if (s->silence == SILENCE_ASK) {
        /* With a payload: of an empty answer libwebsockets would not tell us. */
        at += framing_head(at, OPCODE_PING, true, 1);
        *at++ = '?';
        s->silence = SILENCE_ASKED;
    }
    while (s->out && is_short(s) && s->out->len + FRAMING_HEAD_MAX <= (size_t)(end - at)) {
        at += framing_head(at, OPCODE_TEXT, true, s->out->len);
        memcpy(at, s->out->bytes, s->out->len);
        at += s->out->len;
        frame_gone(s);
    }
    return put_out(s, start, (size_t)(at - start)) < 0 ? -1 : at - start;
}

/* Sends what there is of a long frame, CHUNK bytes of it at most: more goes as fragments, so that
 * never more than one chunk is kept for a reader who cannot take it.  Returns how many bytes that
 * were, or -1. */
static ssize_t send_fragment(struct websocket *s)
{
    struct frame *f = s->out;
    bool first = s->sent == 0;
    size_t left = f->len - s->sent, len = left > CHUNK ? CHUNK : left;
    unsigned char *payload = f->bytes, head[FRAMING_HEAD_MAX];
    size_t head_len =
        framing_head(head, first ? OPCODE_TEXT : OPCODE_CONTINUATION, len == left, len);

    if (!first) {
        /* In the middle of a shared frame the head would overwrite what others have still to
         * send. */
        payload = net_of(s)->chunk + LWS_PRE;
        memcpy(payload, f->bytes + s->sent, len);
    }
    memcpy(payload - head_len, head, head_len);
    if (put_out(s, payload - head_len, head_len + len) < 0)
        return -1;
    s->sent += len;
    if (s->sent == f->len)
        frame_gone(s);
    return (ssize_t)(head_len + len);
}

/* We send the close frame ourselves: to return -1 where something can be written, as after
 * receiving, hangs up without it, for Debian's build closes twice to test itself; and
 * libwebsockets keeps its own way of writing one to itself. */
int sending_goodbye(struct websocket *s, int status)
{
    unsigned char *bytes = net_of(s)->chunk + LWS_PRE;
    size_t head_len = framing_head(bytes, OPCODE_CLOSE, true, 2);

    s->over = true;
    bytes[head_len] = (unsigned char)(status >> 8);
    bytes[head_len + 1] = (unsigned char)status;
    lws_set_timeout(s->connection->wsi, PENDING_TIMEOUT_CLOSE_ACK, GOODBYE_SECONDS);
    return put_out(s, bytes, head_len + 2);
}

/* Sends what the peer takes, a turn's share at most; nonzero when the connection is broken. */
static int send_share(struct websocket *s)
{
    static_assert((int)FRAME_HEAD >= (int)FRAMING_HEAD_MAX, "frames have room for the head");
    static_assert(LWS_PRE >= FRAMING_HEAD_MAX, "the chunk has room for a head, too");
    struct lws *wsi = s->connection->wsi;
    ssize_t sent = 0;

    for (ssize_t share = 0; share < SHARE && !lws_partial_buffered(wsi); share += sent) {
        if (!s->hasty)
            next_frame(s);
        if (s->status && (s->hasty || !s->out))
            return sending_goodbye(s, s->status);
        if (!s->out && s->silence != SILENCE_ASK)
            return 0;
        sent = s->out && !is_short(s) ? send_fragment(s) : send_together(s);
        if (sent < 0)
            return -1;
    }
    want_writable(s);
    return 0;
}

int sending_go_on(struct websocket *s)
{
    leave_list(s);
    s->wanted = false;
    return s->over ? 0 : send_share(s);
}

int64_t sending_stalled(const struct websocket *s, int64_t now)
{
    return s->wanted ? now - s->since : 0;
}

void sending_flush(struct net *net)
{
    struct websocket *s;

    while ((s = TAILQ_FIRST(&net->eager))) {
        leave_list(s);
        /* Where libwebsockets closes for a fault that it found, it says so to nobody: but it has
         * the length of a close frame that nothing may follow. */
        if (lws_get_close_length(s->connection->wsi) > 0)
            s->over = true;
        if (!s->over && send_share(s) < 0) {
            s->over = true;
            connection_abort(s->connection);
        }
    }
}

void sending_end(struct websocket *s)
{
    leave_list(s);
    frame_unref(s->out);
    s->out = NULL;
}
