#include "app/guest.h"

#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "base/alloc.h"
#include "hub/close_status.h"
#include "hub/hub.h"
#include "wire/trunk_message.h"

struct guest {
    struct trunk *trunk;
    uint64_t channel;
    struct session *session; /* NULL: it is a request. */
    struct api_call *call;   /* NULL: it is answered. */
    int status;              /* Close with it once the outbox is empty; 0 while open. */
    bool hasty;              /* ... or at once. */
    bool asking;             /* app_api has not returned yet. */
    bool eager;              /* Stands in the trunk's list. */
    TAILQ_ENTRY(guest) place;
};

/* The hub's side of the transport. */

static void wake(void *transport)
{
    struct guest *g = transport;
    struct trunk *t = g->trunk;

    if (g->eager || t->state == TRUNK_OVER)
        return;
    g->eager = true;
    TAILQ_INSERT_TAIL(&t->eager, g, place);
    t->app->options.trunks->wake(t->transport);
}

static void close_with(void *transport, int status, bool now)
{
    struct guest *g = transport;

    if (!g->status)
        g->status = status;
    g->hasty = g->hasty || now;
    wake(g);
}

static void failed(void *transport)
{
    const struct guest *g = transport;

    (void)trunk_send(g->trunk,
                     &(struct trunk_message){ .kind = TRUNK_FAILED, .channel = g->channel });
}

/* Another server is asked by nobody about its guests. */
static void peer(void *transport, char ret_address[static TRANSPORT_PEER_ROOM])
{
    (void)transport;
    ret_address[0] = '\0';
}

static const struct transport_ops ops = {
    .wake = wake, .close = close_with, .failed = failed, .peer = peer
};

/* Who comes and goes. */

static void leave_list(struct guest *g)
{
    if (g->eager)
        TAILQ_REMOVE(&g->trunk->eager, g, place);
    g->eager = false;
}

void guest_gone(struct guest *g)
{
    leave_list(g);
    session_free(g->session);
    if (g->call)
        app_api_cancel(g->call);
    free(g);
}

static void send_away(struct guest *g)
{
    trunk_leave(g->trunk, g->channel);
    guest_gone(g);
}

const struct trunk *guest_trunk(const struct session *s)
{
    return s->guest ? ((const struct guest *)s->transport)->trunk : NULL;
}

static struct guest *guest_new(struct trunk *t, uint64_t channel)
{
    struct guest *g = alloc_many(1, sizeof(*g));

    if (!g)
        return NULL;
    g->trunk = t;
    g->channel = channel;
    if (trunk_enter_as(t, channel, g))
        return g;
    free(g);
    return NULL;
}

static void say_close(struct trunk *t, uint64_t channel, int status)
{
    (void)trunk_send(
        t, &(struct trunk_message){ .kind = TRUNK_CLOSE, .channel = channel, .number = status });
}

/* The longer of what both servers want its address to wait. */
static int held(const struct trunk *t, int64_t there, const char *address)
{
    const struct trunk_ports *ports = t->app->options.trunks;
    int here = ports->wait(ports->context, address);

    return there > here && there <= INT32_MAX ? (int)there : here;
}

static bool open_session(struct trunk *t, const struct trunk_message *m)
{
    struct guest *g = guest_new(t, m->channel);
    int wait = held(t, m->number, m->texts[0].bytes);

    if (g)
        g->session = session_new(t->app->hub, &ops, g);
    if (!g || !g->session) {
        if (g)
            send_away(g);
        say_close(t, m->channel, CLOSE_LATER);
        return true;
    }
    g->session->guest = true;
    if (wait > 0)
        session_hold(g->session, wait);
    session_receive(g->session, m->texts[1].bytes, m->texts[1].len);
    return true;
}

/* Requests. */

static bool say_answer(struct guest *g, const struct api_answer *a)
{
    return trunk_send(
        g->trunk,
        &(struct trunk_message){
            .kind = TRUNK_ANSWER,
            .channel = g->channel,
            .number = a->status + INT64_C(1000) * a->retry_after,
            .flags = (a->guess ? TRUNK_GUESS : 0) | (a->filename ? 0 : TRUNK_BARE),
            .texts = { trunk_text(a->type), trunk_text(a->filename), { a->body, a->body_len } } });
}

static const struct api_answer cannot = {
    .status = 503, .type = "text/plain", .body = "busy\n", .body_len = 5, .retry_after = 1
};

static void respond(void *context, const struct api_answer *a)
{
    struct guest *g = context;

    g->call = NULL;
    if (!say_answer(g, a))
        (void)say_answer(g, &cannot);
    g->status = a->status;
    if (!g->asking)
        send_away(g);
}

static bool open_request(struct trunk *t, const struct trunk_message *m)
{
    struct guest *g = guest_new(t, m->channel);
    const struct api_request request = {
        .address = m->texts[0].bytes,
        .method = m->texts[1].bytes,
        .path = m->texts[2].bytes,
        .query = m->texts[3].bytes,
        .bearer = m->flags & TRUNK_BARE ? NULL : m->texts[4].bytes,
        .body = m->texts[5].bytes,
        .body_len = m->texts[5].len,
        .held = held(t, m->number, m->texts[0].bytes),
        .near = m->flags & TRUNK_NEAR,
        .inside = m->flags & TRUNK_INSIDE,
        .guest = true,
    };

    if (!g)
        return say_answer(&(struct guest){ .trunk = t, .channel = m->channel }, &cannot);
    g->asking = true;
    struct api_call *call = app_api(t->app, &request, respond, g);
    g->asking = false;
    if (g->status) /* It was answered at once. */
        send_away(g);
    else
        g->call = call;
    return true;
}

/* What the other server says. */

bool guest_hear(struct trunk *t, const struct trunk_message *m)
{
    struct guest *g = trunk_who(t, m->channel);

    switch ((int)m->kind) {
    case TRUNK_OPEN:
        return open_session(t, m);
    case TRUNK_CALL:
        return open_request(t, m);
    case TRUNK_SAY: /* Where this server stops, it is said again to the next one. */
        if (g && g->session && !t->app->stopping)
            session_receive(g->session, m->texts[0].bytes, m->texts[0].len);
        return true;
    case TRUNK_OWED:
        if (g && g->session)
            session_owe(g->session);
        return true;
    case TRUNK_GONE:
        if (g)
            send_away(g);
        return true;
    default:
        return false;
    }
}

/* What it is told. */

/* It stands in the list when it has more: what is asked for that may have put it there. */
static void again(struct guest *g)
{
    bool droppable, more = g->status || session_next(g->session, &droppable);

    if (more && !g->eager) {
        g->eager = true;
        TAILQ_INSERT_TAIL(&g->trunk->eager, g, place);
    }
}

static void take(struct guest *g, struct buffer *channels)
{
    unsigned char bytes[8];

    leave_list(g);
    frame_unref(session_take(g->session));
    trunk_channel_write(g->channel, bytes);
    buffer_add(channels, (const char *)bytes, sizeof(bytes));
    again(g);
}

/* Tells all guests of this frame that stand first in the list with it. */
static void tell(struct trunk *t, struct frame *f, bool droppable)
{
    struct buffer channels = { 0 };
    struct guest *g = TAILQ_FIRST(&t->eager);
    bool same;

    frame_ref(f);
    do
        take(g, &channels);
    while ((g = TAILQ_FIRST(&t->eager)) && !g->hasty && session_next(g->session, &same) == f &&
           same == droppable && channels.len < UINT16_MAX);
    if (channels.failed)
        trunk_end(t);
    else
        (void)trunk_send(
            t, &(struct trunk_message){ .kind = TRUNK_TELL,
                                        .number = f->complete,
                                        .flags = droppable ? TRUNK_DROPPABLE : 0,
                                        .texts = { { channels.at, channels.len },
                                                   { (const char *)f->bytes, f->len } } });
    buffer_release(&channels);
    frame_unref(f);
}

bool guest_next(struct trunk *t)
{
    struct guest *g = TAILQ_FIRST(&t->eager);
    bool droppable = false;

    if (!g || t->state == TRUNK_OVER)
        return false;
    struct frame *f = g->hasty ? NULL : session_next(g->session, &droppable);
    if (f) {
        tell(t, f, droppable);
        return true;
    }
    if (g->status) {
        say_close(t, g->channel, g->status);
        send_away(g);
        return true;
    }
    leave_list(g);
    return true;
}
