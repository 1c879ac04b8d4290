#include "hub/session.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "hub/close_status.h"
#include "wire/command_decode.h"
#include "wire/frame_json.h"

enum { SURPLUS_A_STRIKE = 16 };

struct hub {
    const struct hub_ops *ops;
    void *app;
    int rate;
    size_t count;
    int64_t refusals[REFUSED_COUNT], dropped, struck;
    struct session *first; /* Newest first. */
};

struct hub *hub_new(const struct hub_ops *ops, void *app, int rate)
{
    struct hub *hub = alloc_many(1, sizeof(*hub));

    if (!hub)
        return NULL;
    hub->ops = ops;
    hub->app = app;
    hub->rate = rate;
    return hub;
}

void hub_rate(struct hub *hub, int rate)
{
    hub->rate = rate;
}

void hub_free(struct hub *hub)
{
    assert(!hub || hub->count == 0);
    free(hub);
}

void hub_refused(struct hub *hub, enum refusal code)
{
    hub->refusals[code]++;
}

void hub_figures(const struct hub *hub, struct hub_figures *ret_figures)
{
    *ret_figures = (struct hub_figures){ .dropped = hub->dropped, .struck = hub->struck };
    memcpy(ret_figures->refusals, hub->refusals, sizeof(hub->refusals));
    for (const struct session *s = hub->first; s; s = s->after)
        if (s->state == SESSION_JOINING || s->state == SESSION_LIVE)
            ret_figures->sessions[s->role]++;
}

void hub_each(struct hub *hub, void (*each)(void *context, struct session *s), void *context)
{
    for (struct session *s = hub->first, *after; s; s = after) {
        after = s->after;
        each(context, s);
    }
}

struct session *session_new(struct hub *hub, const struct transport_ops *ops, void *transport)
{
    struct session *s = alloc_many(1, sizeof(*s));

    if (!s)
        return NULL;
    s->hub = hub;
    s->ops = ops;
    s->transport = transport;
    s->born = s->filled = s->mended = hub->ops->boottime(hub->app);
    s->tokens = LIMIT_RATE_BURST;
    s->strikes = LIMIT_STRIKES;
    s->since = -1;
    s->after = hub->first;
    if (s->after)
        s->after->before = s;
    hub->first = s;
    hub->count++;
    return s;
}

void session_free(struct session *s)
{
    if (!s)
        return;
    struct hub *hub = s->hub;
    hub->ops->gone(hub->app, s);
    assert(!s->room);
    outbox_clear(&s->outbox);
    if (s->before)
        s->before->after = s->after;
    else
        hub->first = s->after;
    if (s->after)
        s->after->before = s->before;
    hub->count--;
    free(s);
}

void session_send(struct session *s, struct frame *f, bool fact)
{
    if (s->state == SESSION_CLOSING || (fact && s->owed))
        return;
    if (!f) {
        session_close(s, CLOSE_INTERNAL);
        return;
    }
    if (!outbox_put(&s->outbox, f, fact)) {
        outbox_drop(&s->outbox);
        s->hub->dropped++;
        s->owed = true;
        /* What brings it up to date rests on what was dropped: the snapshot comes in its place. */
        if (!fact && f->complete < 0 && !outbox_put(&s->outbox, f, false)) {
            session_close(s, CLOSE_POLICY); /* It asks and never reads. */
            return;
        }
    }
    s->ops->wake(s->transport);
}

void session_close(struct session *s, int status)
{
    if (s->state == SESSION_CLOSING)
        return;
    s->state = SESSION_CLOSING;
    s->ops->close(s->transport, status, false);
}

void session_guessed(struct session *s)
{
    s->ops->failed(s->transport);
}

void session_hold(struct session *s, int seconds)
{
    assert(s->state == SESSION_HELLO);
    s->held = seconds;
}

static void refuse(struct session *s, enum refusal code, const char *field, int64_t seat)
{
    int64_t wait = code == REFUSED_TOO_FAST ? (int64_t)s->held * 1000 : 0;
    bool passes = code == REFUSED_BUSY || code == REFUSED_NOT_SAVED || code == REFUSED_TOO_FAST;
    struct frame *f = frame_from(frame_refused(code, field, wait, seat));

    s->hub->refusals[code]++;
    session_send(s, f, false);
    frame_unref(f);
    session_close(s, passes ? CLOSE_LATER : CLOSE_POLICY);
}

void session_refuse(struct session *s, enum refusal code, const char *field)
{
    refuse(s, code, field, 0);
}

void session_refuse_name(struct session *s, int64_t seat)
{
    assert(seat > 0);
    refuse(s, REFUSED_NAME_TAKEN, NULL, seat);
}

/* Makes up for facts that were dropped, once nothing else waits. */
static void make_up(struct session *s)
{
    bool can = s->state == SESSION_LIVE || s->state == SESSION_PASSED;

    if (s->outbox.count > 0 || !s->owed || !can)
        return;
    s->owed = false;
    s->hub->ops->owed(s->hub->app, s);
}

struct frame *session_next(struct session *s, bool *ret_droppable)
{
    make_up(s);
    return outbox_first(&s->outbox, ret_droppable);
}

struct frame *session_take(struct session *s)
{
    make_up(s);
    return outbox_take(&s->outbox);
}

void session_owe(struct session *s)
{
    if (s->state == SESSION_CLOSING)
        return;
    outbox_drop(&s->outbox);
    s->owed = true;
    s->ops->wake(s->transport);
}

void session_pass(struct session *s)
{
    assert(s->state == SESSION_JOINING);
    s->state = SESSION_PASSED;
}

void session_strand(struct session *s)
{
    assert(s->state == SESSION_LIVE && !s->room);
    s->state = SESSION_STRANDED;
    s->owed = false;
}

void session_return(struct session *s, int64_t since)
{
    assert(s->state == SESSION_PASSED);
    s->state = SESSION_JOINING;
    s->since = since;
}

size_t session_receive_max(const struct session *s)
{
    bool known = s->state != SESSION_HELLO && s->state != SESSION_JOINING;
    bool phone = !known || s->role == ROLE_PHONE;

    return phone ? LIMIT_FRAME_PHONE : LIMIT_FRAME_CONSOLE;
}

/* Takes a token from the bucket; false where it is empty, with the ms until it has one again. */
static bool may_send(struct session *s, int64_t *ret_wait)
{
    const struct hub *hub = s->hub;
    int64_t now = hub->ops->boottime(hub->app);

    if (hub->rate == 0)
        return true;
    s->tokens += (double)(now - s->filled) * hub->rate / 1000;
    s->filled = now;
    if (s->tokens > LIMIT_RATE_BURST)
        s->tokens = LIMIT_RATE_BURST;
    if (s->tokens < 1) {
        *ret_wait = (int64_t)((1 - s->tokens) * 1000 / hub->rate) + 1;
        return false;
    }
    s->tokens -= 1;
    return true;
}

/* It has sent what no page of ours sends, which counts as one, or too much, of which a page that
 * has come back may send some hundred: whoever goes on is closed. */
static void strike(struct session *s, double weight)
{
    struct hub *hub = s->hub;
    int64_t now = hub->ops->boottime(hub->app);

    s->strikes += (double)(now - s->mended) / LIMIT_STRIKE_MS;
    s->mended = now;
    if (s->strikes > LIMIT_STRIKES)
        s->strikes = LIMIT_STRIKES;
    s->strikes -= weight;
    if (s->strikes >= 0 || s->state == SESSION_CLOSING)
        return;
    hub->struck++;
    hub->ops->struck(hub->app, s);
    session_close(s, CLOSE_POLICY);
}

static void answer_clock(struct session *s, double sent)
{
    struct hub *hub = s->hub;
    struct instant now;
    int64_t wall;

    if (!hub->ops->clock(hub->app, s, &now, &wall))
        return;
    struct frame *f = frame_from(frame_clock(sent, now, wall));
    session_send(s, f, false);
    frame_unref(f);
}

static void take_hello(struct session *s, const struct incoming *in)
{
    struct hub *hub = s->hub;

    if (s->state != SESSION_HELLO) {
        hub->ops->refused(hub->app, s, NULL, REFUSED_HELLO_TWICE, NULL, 0);
        strike(s, 1);
        return;
    }
    s->state = SESSION_JOINING;
    s->role = in->hello.as;
    s->since = in->hello.has_since ? in->hello.since : -1;
    hub->ops->hello(hub->app, s, &in->hello);
}

/* Before the welcome it says nothing to anybody: nobody has been told that the writer is there. */
static void take_writing(struct session *s, struct incoming *in)
{
    if (s->state == SESSION_LIVE)
        s->hub->ops->writing(s->hub->app, s, &in->writing);
}

/* A frame did not decode.  Before the hello that ends the connection; afterwards it is answered. */
static void take_bad(struct session *s, const struct uuid *id, enum refusal code, const char *field)
{
    struct hub *hub = s->hub;

    if (s->state == SESSION_HELLO) {
        session_refuse(s, code == REFUSED_FORBIDDEN ? REFUSED_HELLO_EXPECTED : code, field);
        return;
    }
    hub->ops->refused(hub->app, s, id, code, field, 0);
    strike(s, 1);
}

static void take_surplus(struct session *s, const struct uuid *id, int64_t wait)
{
    s->hub->ops->refused(s->hub->app, s, id, REFUSED_TOO_FAST, NULL, wait);
    strike(s, 1.0 / SURPLUS_A_STRIKE);
}

void session_receive(struct session *s, const char *bytes, size_t len)
{
    struct hub *hub = s->hub;
    struct incoming in = { 0 };
    struct uuid id;
    bool has_id = false;
    char field[FIELD_PATH_ROOM] = "";
    int64_t wait = 0;

    if (s->state == SESSION_CLOSING || s->state == SESSION_STRANDED)
        return;
    enum role role = s->state == SESSION_HELLO ? ROLE_NOT : s->role;
    enum refusal refusal = incoming_decode(bytes, len, role, &in, &id, &has_id, field);
    bool clock = refusal == REFUSED_NOT && in.kind == INCOMING_CLOCK;
    if (s->passage)
        hub->ops->passed(hub->app, s, has_id ? &id : NULL, bytes, len);
    else if (!may_send(s, &wait))
        take_surplus(s, has_id ? &id : NULL, wait);
    else if (refusal != REFUSED_NOT)
        take_bad(s, has_id ? &id : NULL, refusal, field);
    else if (clock)
        answer_clock(s, in.sent);
    else if (in.kind == INCOMING_HELLO)
        take_hello(s, &in);
    else if (in.kind == INCOMING_WRITING)
        take_writing(s, &in);
    else if (s->state == SESSION_JOINING)
        hub->ops->refused(hub->app, s, &id, REFUSED_BUSY, NULL, 0);
    else
        hub->ops->command(hub->app, s, &in.command);
    incoming_release(&in);
}

void hub_tick(struct hub *hub, int64_t now)
{
    for (struct session *s = hub->first, *after; s; s = after) {
        after = s->after;
        if (s->state == SESSION_HELLO && now - s->born >= LIMIT_HELLO_MS)
            session_refuse(s, REFUSED_HELLO_LATE, NULL);
    }
    hub->ops->tick(hub->app, now);
}
