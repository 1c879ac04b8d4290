#include "app/relay.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/api.h"
#include "app/resting.h"
#include "app/state.h"
#include "base/alloc.h"
#include "hub/close_status.h"
#include "wire/hello_json.h"

/* A command that was passed on and is not answered yet. */
struct saying {
    struct saying *next;
    struct uuid id;
    size_t len;
    char bytes[];
};

struct passage {
    struct room *room;   /* NULL: it is about none. */
    struct trunk *trunk; /* NULL: held, or back here. */
    uint64_t channel;    /* Meaningful with a trunk. */

    struct session *session; /* NULL: it is a request. */
    struct hello hello;      /* What it says where it comes next. */
    bool welcomed;           /* Its client has been told a welcome, and which seats it has; */
    bool heard;              /* and where it is now, it was welcomed too, */
    bool live;               /* and brought up to date: it may say something. */
    bool patient;            /* Where it was passed on last it was sent back: it asks later. */
    bool owed;               /* It waits for a snapshot, and hears no facts before. */
    bool stale;              /* What was not answered is too much to be said again. */
    bool returned;           /* Stands in the app's list. */
    int64_t until;           /* steady ms: held no longer; 0 while it is heard. */
    struct saying *first;    /* Not answered yet, oldest first. */
    size_t said, said_bytes;
    size_t unheard;       /* Bytes that it has said since it was told anything. */
    struct saying *asked; /* The newest question for the clock, until it is answered, or NULL. */
    struct passage *next; /* Meaningful while returned. */

    api_respond_fn *respond; /* Of a question to one server, in place of a call; else NULL. */
    void *context;
    struct api_call *call;
    struct api_request request; /* Its strings stand in `strings`. */
    char *strings;
};

static int64_t now_of(const struct room *r)
{
    return app_steady(r->app);
}

static struct passage *passage_new(struct room *r)
{
    struct passage *p = alloc_many(1, sizeof(*p));

    if (!p)
        return NULL;
    p->room = r;
    if (r)
        r->passages++;
    return p;
}

static void forget_all(struct passage *p)
{
    while (p->first) {
        struct saying *one = p->first;
        p->first = one->next;
        free(one);
    }
    p->said = p->said_bytes = 0;
}

static void leave_list(struct passage *p)
{
    if (!p->returned)
        return;
    struct passage **at = &p->room->app->returned;
    while (*at != p)
        at = &(*at)->next;
    *at = p->next;
    p->returned = false;
}

static void passage_free(struct passage *p)
{
    if (p->session)
        p->session->passage = NULL;
    leave_list(p);
    forget_all(p);
    free(p->asked);
    record_release(&hello_record, &p->hello);
    free(p->strings);
    if (p->room)
        p->room->passages--;
    free(p);
}

/* Sends the message by the passage's channel. */
static bool send(struct passage *p, struct trunk_message m)
{
    m.channel = p->channel;
    return trunk_send(p->trunk, &m);
}

static void leave(struct passage *p)
{
    trunk_leave(p->trunk, p->channel);
    p->trunk = NULL;
}

/* Gets a channel, and says on it why it is opened. */
static bool enter(struct passage *p, struct trunk *t, const struct trunk_message *opening)
{
    p->channel = trunk_enter(t, p);
    if (p->channel == 0)
        return false;
    p->trunk = t;
    if (!send(p, *opening))
        leave(p);
    return p->trunk;
}

/* Sessions. */

static bool say_hello(struct passage *p)
{
    char address[TRANSPORT_PEER_ROOM], *hello = hello_write(&p->hello);

    p->session->ops->peer(p->session->transport, address);
    bool said =
        hello &&
        enter(p, p->room->way,
              &(struct trunk_message){ .kind = TRUNK_OPEN,
                                       .number = p->session->held,
                                       .texts = { trunk_text(address), trunk_text(hello) } });
    free(hello);
    return said;
}

bool relay_hello(struct room *r, struct session *s, const struct hello *hello)
{
    struct passage *p = s->passage ? s->passage : passage_new(r);
    bool fresh = !s->passage;

    if (!p)
        return false;
    p->session = s;
    leave_list(p);
    if ((fresh && !record_copy(&hello_record, &p->hello, hello)) || !say_hello(p)) {
        if (fresh) {
            p->session = NULL;
            passage_free(p);
        }
        return false;
    }
    s->passage = p;
    if (s->state == SESSION_JOINING)
        session_pass(s);
    return true;
}

static void remember(struct passage *p, struct uuid id, const char *bytes, size_t len)
{
    struct saying **at = &p->first, *one;
    bool much = p->said >= RELAY_UNANSWERED_MAX || p->said_bytes + len > RELAY_UNANSWERED_BYTES_MAX;

    p->stale = p->stale || much || !(one = alloc_bytes(sizeof(*one) + len));
    if (p->stale) {
        forget_all(p);
        return;
    }
    *one = (struct saying){ .id = id, .len = len };
    memcpy(one->bytes, bytes, len);
    while (*at)
        at = &(*at)->next;
    *at = one;
    p->said++;
    p->said_bytes += len;
}

static void answered(struct passage *p, struct uuid id)
{
    for (struct saying **at = &p->first; *at; at = &(*at)->next) {
        struct saying *one = *at;
        if (!uuid_same(one->id, id))
            continue;
        *at = one->next;
        p->said--;
        p->said_bytes -= one->len;
        free(one);
        return;
    }
}

static bool is_clock(const char *bytes, size_t len)
{
    static const char begin[] = "{\"clock\"";

    return len >= sizeof(begin) - 1 && memcmp(bytes, begin, sizeof(begin) - 1) == 0;
}

/* Pages that ask and hear nothing for long believe their connection dead: of several questions the
 * newest is answered, however late. */
static void remember_clock(struct passage *p, const char *bytes, size_t len)
{
    struct saying *one = alloc_bytes(sizeof(*one) + len);

    free(p->asked);
    p->asked = one;
    if (!one)
        return;
    *one = (struct saying){ .len = len };
    memcpy(one->bytes, bytes, len);
}

/* A command waits until it may be said: where it is up to date, and what was said before has been
 * (relay_settle).  Where somebody writes is lost while it is held: it is said again anyhow. */
void relay_say(struct session *s, const struct uuid *id, const char *bytes, size_t len)
{
    struct passage *p = s->passage;

    assert(p);
    if (id)
        remember(p, *id, bytes, len);
    else if (is_clock(bytes, len))
        remember_clock(p, bytes, len);
    if (!p->trunk || !(id ? p->live : p->heard))
        return;
    p->unheard += len;
    bool said = p->unheard <= RELAY_UNHEARD_MAX &&
                send(p, (struct trunk_message){ .kind = TRUNK_SAY, .texts = { { bytes, len } } });
    if (!said && p->trunk->state != TRUNK_OVER) /* Else it is held. */
        session_close(s, CLOSE_LATER);
}

void relay_owed(struct session *s)
{
    struct passage *p = s->passage;

    p->owed = true;
    if (p->trunk)
        (void)send(p, (struct trunk_message){ .kind = TRUNK_OWED });
}

void relay_leave(struct session *s)
{
    struct passage *p = s->passage;

    if (!p)
        return;
    if (p->trunk) {
        struct trunk *t = p->trunk;
        uint64_t channel = p->channel;
        leave(p);
        (void)trunk_send(t, &(struct trunk_message){ .kind = TRUNK_GONE, .channel = channel });
    }
    passage_free(p);
}

bool relay_is_patient(const struct session *s)
{
    return s->passage && s->passage->patient;
}

int64_t relay_until(const struct session *s)
{
    return s->passage ? s->passage->until : 0;
}

/* The newest number that its client has, and its token, are what it says next. */
static void note_seats(struct passage *p, const struct seat_token *seats, size_t count)
{
    struct session *s = p->session;

    s->own_count = count;
    for (size_t i = 0; i < count; i++)
        s->own[i] = seats[i].seat;
    if (count > 0 && seats[0].token[0]) {
        text_unref(p->hello.token);
        p->hello.token = text_from(seats[0].token);
        p->stale = p->stale || !p->hello.token;
    }
}

/* It is up to date where it is now: what was said meanwhile is said. */
static void go_live(struct passage *p)
{
    if (p->live)
        return;
    p->live = true;
    for (struct saying *one = p->first; one; one = one->next)
        (void)send(
            p, (struct trunk_message){ .kind = TRUNK_SAY, .texts = { { one->bytes, one->len } } });
    if (p->asked && p->trunk)
        (void)send(p, (struct trunk_message){ .kind = TRUNK_SAY,
                                              .texts = { { p->asked->bytes, p->asked->len } } });
}

bool relay_same_seats(const struct session *s, const struct seat_token *seats, size_t count)
{
    bool same = s->own_count == count;

    for (size_t i = 0; same && i < count; i++)
        same = s->own[i] == seats[i].seat && !seats[i].token[0];
    return same;
}

/* The first frame of where it has come.  True when its client is to hear it. */
static bool greeted(struct passage *p, const char *bytes, size_t len)
{
    struct seat_token seats[LIMIT_SEATS_A_PHONE];
    size_t count;
    enum greeting greeting = greeting_read(bytes, len, seats, &count);

    if (greeting != GREETING_WELCOME)
        return !p->welcomed;
    p->heard = true;
    p->patient = false;
    p->until = 0;
    if (!p->welcomed) {
        p->welcomed = true;
        note_seats(p, seats, count);
        return true;
    }
    if (relay_same_seats(p->session, seats, count))
        p->room->app->resumed++;
    else
        session_close(p->session, CLOSE_RESTART);
    return false;
}

static void note_complete(struct passage *p, int64_t complete)
{
    bool has = complete >= 0 && !p->session->owed;

    if (complete < 0 && !p->session->owed)
        return;
    p->hello.has_since = has;
    p->hello.since = has ? complete : 0;
}

static void deliver(struct passage *p, struct frame *f, bool droppable)
{
    struct uuid re;

    p->unheard = 0;
    if (!p->heard && !greeted(p, (const char *)f->bytes, f->len))
        return;
    if (p->owed && droppable)
        return;
    if (f->complete >= 0) {
        p->owed = false;
        go_live(p);
    }
    if (p->first && reply_id((const char *)f->bytes, f->len, &re))
        answered(p, re);
    if (p->asked && is_clock((const char *)f->bytes, f->len)) {
        free(p->asked);
        p->asked = NULL;
    }
    session_send(p->session, f, droppable);
    note_complete(p, f->complete);
}

static void tell(struct trunk *t, const struct trunk_message *m)
{
    struct frame *f = frame_new(m->texts[1].bytes, m->texts[1].len);
    const unsigned char *at = (const unsigned char *)m->texts[0].bytes;

    if (f)
        f->complete = m->number;
    for (size_t i = 0; i + 8 <= m->texts[0].len; i += 8) {
        struct passage *p = trunk_who(t, trunk_channel_read(at + i));
        if (p && p->session && f)
            deliver(p, f, m->flags & TRUNK_DROPPABLE);
        else if (p && p->session)
            session_close(p->session, CLOSE_LATER);
    }
    frame_unref(f);
}

/* Looks where the meeting is led by now. */
static void seek(struct passage *p)
{
    struct session *s = p->session;

    p->heard = p->live = false;
    p->patient = p->until != 0;
    if (p->until == 0)
        p->until = now_of(p->room) + RELAY_HOLD_MS;
    if (s->state == SESSION_CLOSING)
        return;
    if (p->stale || p->room->app->stopping) {
        session_close(s, CLOSE_RESTART);
    } else if (!resting_is(p->room)) {
        relay_return(s, &p->hello);
        app_hello(p->room->app, s, &p->hello);
        relay_settle(p->room->app);
    } else if (!resting_hello(p->room, s, &p->hello)) {
        session_close(s, CLOSE_LATER);
    }
}

static void closed(struct passage *p, int64_t status)
{
    bool unwelcome = p->welcomed && !p->heard;

    leave(p);
    if (status == CLOSE_RESTART) {
        p->room->way = NULL; /* It may be led elsewhere. */
        seek(p);
    } else {
        session_close(p->session, unwelcome ? CLOSE_RESTART : (int)status);
    }
}

void relay_return(struct session *s, const struct hello *hello)
{
    struct passage *p = s->passage;
    struct app *app = p->room->app;

    assert(!p->trunk);
    s->resumed = p->welcomed;
    s->owed = s->owed && hello->has_since; /* Else a snapshot follows anyhow. */
    app->resumed += p->welcomed;
    session_return(s, hello->has_since ? hello->since : -1);
    if (p->returned)
        return;
    p->returned = true;
    p->next = app->returned;
    app->returned = p;
}

void relay_give_up(struct session *s)
{
    s->passage->room->app->given_up++;
    session_close(s, CLOSE_LATER);
}

void relay_settle(struct app *app)
{
    for (struct passage *p = app->returned, *next; p; p = next) {
        struct session *s = p->session;
        next = p->next;
        if (s->state != SESSION_LIVE && s->state != SESSION_CLOSING)
            continue;
        leave_list(p);
        s->passage = NULL;
        p->session = NULL;
        for (struct saying *one = p->first; one; one = one->next)
            session_receive(s, one->bytes, one->len);
        if (p->asked)
            session_receive(s, p->asked->bytes, p->asked->len);
        passage_free(p);
    }
}

/* Requests. */

static bool say_request(struct passage *p, struct trunk *t, const struct api_request *request)
{
    const struct trunk_message m = {
        .kind = TRUNK_CALL,
        .number = request->held,
        .flags = (request->near ? TRUNK_NEAR : 0) | (request->bearer ? 0 : TRUNK_BARE) |
                 (request->inside ? TRUNK_INSIDE : 0),
        .texts = { trunk_text(request->address),
                   trunk_text(request->method),
                   trunk_text(request->path),
                   trunk_text(request->query),
                   trunk_text(request->bearer),
                   { request->body ? request->body : "", request->body_len } },
    };

    return enter(p, t, &m);
}

bool relay_request(struct room *r, struct api_call *call, const struct api_request *request,
                   char *strings)
{
    struct passage *p = passage_new(r);

    if (!p)
        return false;
    if (!say_request(p, r->way, request)) {
        passage_free(p);
        return false;
    }
    p->request = *request;
    p->call = call;
    p->strings = strings;
    return true;
}

bool relay_ask(struct trunk *t, const struct api_request *request, api_respond_fn *respond,
               void *context)
{
    struct passage *p = passage_new(NULL);

    if (!p)
        return false;
    if (!say_request(p, t, request)) {
        passage_free(p);
        return false;
    }
    p->respond = respond;
    p->context = context;
    return true;
}

static void answer(struct passage *p, const struct trunk_message *m)
{
    const struct api_answer a = {
        .status = (int)(m->number % 1000),
        .type = m->texts[0].bytes,
        .filename = m->flags & TRUNK_BARE ? NULL : m->texts[1].bytes,
        .body = m->texts[2].bytes,
        .body_len = m->texts[2].len,
        .retry_after = (int)(m->number / 1000),
        .guess = m->flags & TRUNK_GUESS,
    };

    leave(p);
    if (p->respond)
        p->respond(p->context, &a);
    else
        api_pass(p->call, &a);
    passage_free(p);
}

static void ask_again(struct passage *p)
{
    static const struct api_answer lost = { .status = 503, .type = "text/plain", .body = "" };

    if (p->respond)
        p->respond(p->context, &lost);
    else if (strcmp(p->request.method, "GET") == 0 && !p->room->app->stopping)
        api_again(p->call, &p->request);
    else
        api_refuse(p->call, 503, REFUSED_BUSY, NULL);
    passage_free(p);
}

/* Both. */

void relay_lost(struct passage *p)
{
    p->trunk = NULL;
    if (p->session)
        seek(p);
    else
        ask_again(p);
}

bool relay_hear(struct trunk *t, const struct trunk_message *m)
{
    struct passage *p = trunk_who(t, m->channel);

    switch ((int)m->kind) {
    case TRUNK_TELL:
        tell(t, m);
        return true;
    case TRUNK_CLOSE:
        if (p && p->session)
            closed(p, m->number);
        return true;
    case TRUNK_FAILED:
        if (p && p->session)
            session_guessed(p->session);
        return true;
    case TRUNK_ANSWER:
        if (p && !p->session)
            answer(p, m);
        return true;
    default:
        return false;
    }
}
