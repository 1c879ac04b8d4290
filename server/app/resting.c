#include "app/resting.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/api.h"
#include "app/erasing.h"
#include "app/nodes.h"
#include "app/owning.h"
#include "app/relay.h"
#include "app/state.h"
#include "app/stranding.h"
#include "base/alloc.h"
#include "engine/keep.h"
#include "hub/close_status.h"

/* Somebody who waits for a meeting to be read: with a hello, or with a request. */
struct waiter {
    struct waiter *next;
    struct session *session; /* NULL: it is a request, or the session is gone. */
    struct hello hello;
    struct api_request request; /* Its strings are in `strings`. */
    char *strings;
    struct api_call *call; /* NULL: it is a hello. */
    int64_t until;         /* steady ms: waits no longer for another server (relay.h). */
};

bool resting_is(const struct room *r)
{
    return r->state == ROOM_STORED || (r->state == ROOM_FOLDING && !r->lost);
}

/* Adds it last, and has the meeting read. */
static void put(struct room *r, struct waiter *w)
{
    struct waiter **at = &r->waiters;

    while (*at)
        at = &(*at)->next;
    *at = w;
    w->until = w->session ? relay_until(w->session) : 0;
    if (w->until == 0)
        w->until = app_steady(r->app) + RELAY_HOLD_MS;
    nodes_hold(r->app);
    if (r->way)
        resting_pass(r);
    else if (r->state == ROOM_STORED && !(w->session && relay_is_patient(w->session)))
        recovery_begin(r);
}

bool resting_hello(struct room *r, struct session *s, const struct hello *hello)
{
    struct waiter *w = alloc_many(1, sizeof(*w));

    assert(resting_is(r) && !s->room && !s->waits);
    if (!w || !record_copy(&hello_record, &w->hello, hello)) {
        free(w);
        return false;
    }
    w->session = s;
    s->waits = w;
    put(r, w);
    return true;
}

/* Copies a string behind the others.  NULL stays NULL. */
static const char *keep(char **at, const char *string, size_t len)
{
    char *copy = *at;

    if (!string)
        return NULL;
    memcpy(copy, string, len);
    copy[len] = '\0';
    *at += len + 1;
    return copy;
}

static size_t len_of(const char *string)
{
    return string ? strlen(string) : 0;
}

static bool keep_request(struct waiter *w, const struct api_request *from)
{
    struct api_request *to = &w->request;
    size_t room = len_of(from->method) + len_of(from->path) + len_of(from->query) +
                  len_of(from->bearer) + len_of(from->address) + from->body_len + 6;
    char *at = alloc_many(room, 1);

    w->strings = at;
    if (!at)
        return false;
    *to = *from;
    to->method = keep(&at, from->method, len_of(from->method));
    to->path = keep(&at, from->path, len_of(from->path));
    to->query = keep(&at, from->query, len_of(from->query));
    to->bearer = keep(&at, from->bearer, len_of(from->bearer));
    to->address = keep(&at, from->address, len_of(from->address));
    to->body = keep(&at, from->body, from->body_len);
    return true;
}

void resting_leave(struct session *s)
{
    if (s->waits)
        s->waits->session = NULL;
    s->waits = NULL;
}

static void waiter_free(struct waiter *w)
{
    if (w->session)
        resting_leave(w->session);
    record_release(&hello_record, &w->hello);
    free(w->strings);
    free(w);
}

struct api_call *resting_call(const struct asking *a, struct room *r)
{
    struct waiter *w = alloc_many(1, sizeof(*w));

    assert(resting_is(r));
    if (w && keep_request(w, a->request) && (w->call = asking_later(a))) {
        struct api_call *call = w->call;
        put(r, w);
        return call;
    }
    if (w)
        waiter_free(w);
    return asking_refuse(a, 503, REFUSED_BUSY, NULL);
}

/* Says that it cannot be answered now. */
static void turn_back(struct waiter *w)
{
    struct session *s = w->session;

    if (s)
        resting_leave(s);
    if (w->call)
        api_refuse(w->call, 503, REFUSED_BUSY, NULL);
    else if (s && s->guest)
        session_close(s, CLOSE_RESTART);
    else if (s && s->state == SESSION_PASSED)
        relay_give_up(s);
    else if (s && s->state == SESSION_JOINING)
        session_refuse(s, REFUSED_BUSY, NULL);
    waiter_free(w);
}

static void answer(struct room *r, struct waiter *w)
{
    struct session *s = w->session;

    if (resting_is(r)) {
        turn_back(w);
        return;
    }
    if (s)
        resting_leave(s);
    if (w->call)
        api_again(w->call, &w->request);
    if (s && s->state == SESSION_PASSED)
        relay_return(s, &w->hello);
    if (s && s->state == SESSION_JOINING)
        app_hello(r->app, s, &w->hello);
    waiter_free(w);
}

/* Takes those off for whom `is` holds; gives them to `then`. */
static void sort_out(struct room *r,
                     bool (*is)(const struct room *r, const struct waiter *w, int64_t now),
                     int64_t now, void (*then)(struct room *r, struct waiter *w))
{
    struct waiter *taken = NULL, **last = &taken;

    for (struct waiter **at = &r->waiters; *at;) {
        struct waiter *w = *at;
        if (!is(r, w, now)) {
            at = &w->next;
            continue;
        }
        *at = w->next;
        w->next = NULL;
        *last = w;
        last = &w->next;
    }
    while (taken) {
        struct waiter *w = taken;
        taken = w->next;
        then(r, w);
    }
}

static bool can_pass(const struct room *r, const struct waiter *w, int64_t now)
{
    (void)now;
    return r->way || (w->session ? w->session->guest : w->call && w->request.guest);
}

static void pass(struct room *r, struct waiter *w)
{
    struct session *s = w->session;
    bool guest = s ? s->guest : w->call && w->request.guest;

    if (guest || !r->way) {
        turn_back(w);
        return;
    }
    if (s)
        resting_leave(s);
    bool passed = w->call ? relay_request(r, w->call, &w->request, w->strings)
                          : !s || s->state == SESSION_CLOSING || relay_hello(r, s, &w->hello);
    if (!passed) {
        w->session = s;
        turn_back(w);
        return;
    }
    if (w->call)
        w->strings = NULL;
    waiter_free(w);
}

void resting_pass(struct room *r)
{
    sort_out(r, can_pass, 0, pass);
}

static bool is_late(const struct room *r, const struct waiter *w, int64_t now)
{
    return r->state == ROOM_STORED && now >= w->until;
}

static void expire(struct room *r, struct waiter *w)
{
    (void)r;
    turn_back(w);
}

void resting_expire(struct room *r, int64_t now)
{
    for (struct waiter *w = r->waiters; w && stranding_is(r->app); w = w->next)
        if (w->session && w->session->state == SESSION_PASSED)
            w->until = now + RELAY_HOLD_MS;
    sort_out(r, is_late, now, expire);
}

void resting_over(struct room *r)
{
    struct waiter *first = r->waiters;

    r->waiters = NULL;
    if (first)
        room_used(r);
    while (first) {
        struct waiter *w = first;
        first = w->next;
        answer(r, w);
    }
}

void resting_forget(struct room *r)
{
    while (r->waiters) {
        struct waiter *w = r->waiters;
        r->waiters = w->next;
        waiter_free(w);
    }
}

/* Nobody has used it for a while, nothing of it has a deadline but its erasure, and no chief reads
 * it beside others. */
static bool is_idle(const struct room *r, int64_t now)
{
    int64_t at;

    return !r->app->trouble && erasing_rests(r) && r->session_count == 0 && r->chief_entries == 0 &&
           now - r->used >= r->app->options.rest_ms && !room_wake_at(r, &at) &&
           (r->meeting->keep.said || !erasing_is_due(r));
}

static struct brief brief_of(const struct meeting *m)
{
    return (struct brief){ .known = true,
                           .state = m->floor.state,
                           .seq = m->seq,
                           .wall = m->wall,
                           .until = keep_until(m),
                           .said = m->keep.said };
}

bool resting_brief(const struct room *r, struct brief *ret_brief)
{
    bool live = r->state == ROOM_LIVE && !r->lost && r->meeting->created;

    *ret_brief = live ? brief_of(r->meeting) : r->brief;
    return live || (resting_is(r) && r->brief.known);
}

static void put_to_rest(struct room *r)
{
    r->brief = brief_of(r->meeting);
    recovery_undo(r);
}

void resting_again(struct room *r)
{
    if (is_idle(r, r->app->ports.boottime(r->app->ports.context)))
        put_to_rest(r);
}

void resting_tick(struct app *app, int64_t now)
{
    for (size_t i = 0; i < app->room_count; i++) {
        struct room *r = app->rooms[i];
        if (is_idle(r, now))
            put_to_rest(r);
        else if (r->state == ROOM_STORED &&
                 (r->waiters || r->unsure ||
                  (owning_has(r) && !r->brief.known && i >= app->unread)))
            recovery_begin(r);
    }
}
