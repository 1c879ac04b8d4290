#include "app/telling.h"

#include <assert.h>
#include <stdlib.h>

#include "app/api.h"
#include "app/state.h"
#include "base/alloc.h"
#include "engine/links.h"
#include "engine/outside.h"
#include "hub/close_status.h"
#include "wire/frame_json.h"
#include "wire/snapshot_json.h"

bool telling_enter(struct room *r, struct session *s)
{
    if (r->session_count == r->session_capacity) {
        size_t capacity = r->session_capacity ? r->session_capacity * 2 : 8;
        struct session **sessions = alloc_again(r->sessions, capacity, sizeof(struct session *));
        if (!sessions)
            return false;
        r->sessions = sessions;
        r->session_capacity = capacity;
    }
    s->room = r;
    s->index = r->session_count;
    r->sessions[r->session_count++] = s;
    r->presence = true;
    return true;
}

void telling_leave(struct room *r, struct session *s)
{
    assert(s->room == r && r->sessions[s->index] == s);
    struct session *last = r->sessions[--r->session_count];

    r->sessions[s->index] = last;
    last->index = s->index;
    for (struct pending *p = r->pending_first; p && s->pending > 0; p = p->next)
        if (p->session == s) {
            p->session = NULL;
            s->pending--;
        }
    s->room = NULL;
    room_used(r);
    record_release(&writing_record, &s->writing);
    s->writes_until = 0;
    r->presence = true;
}

/* Puts an answer last among those that wait; false when memory is exhausted. */
static bool put_last(struct room *r, struct pending pending)
{
    struct pending *p = alloc_many(1, sizeof(*p));

    if (!p)
        return false;
    *p = pending;
    if (p->seq == 0)
        p->seq = r->meeting->seq;
    p->next = NULL;
    *r->pending_last = p;
    r->pending_last = &p->next;
    if (p->session)
        p->session->pending++;
    return true;
}

static struct reader reader_of(const struct session *s)
{
    struct reader reader = { .role = s->role, .handset = s->handset, .own_count = s->own_count };

    for (size_t i = 0; i < s->own_count; i++)
        reader.own[i] = s->own[i];
    return reader;
}

void telling_forget(struct room *r)
{
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        frame_unref(r->snapshots[i]);
        r->snapshots[i] = NULL;
    }
}

static struct frame *picture(const struct room *r, const struct reader *reader)
{
    struct frame *f = frame_from(snapshot_encode(r->meeting, r->code, reader));

    if (f)
        f->complete = r->meeting->seq;
    return f;
}

/* The meeting as it stands in memory, for this session; shared where it is the same for all of
 * its role.  A reference, or NULL when memory is exhausted. */
static struct frame *snapshot(struct room *r, const struct session *s)
{
    struct reader reader = reader_of(s);

    if (snapshot_is_own(r->meeting, &reader))
        return picture(r, &reader);
    if (r->snapshots_seq != r->meeting->seq)
        telling_forget(r);
    r->snapshots_seq = r->meeting->seq;
    struct frame **made = &r->snapshots[s->role];
    if (!*made)
        *made = picture(r, &reader);
    return *made ? frame_ref(*made) : NULL;
}

char *telling_greeting(const struct room *r, enum role role, const struct seat_token *seats,
                       size_t count)
{
    const struct app *app = r->app;
    const struct venue venue = {
        .colour = app->options.colour,
        .wifi = app->options.wifi_name && role != ROLE_PHONE,
    };

    return frame_welcome(seats, count, room_now(r), app->ports.wall(app->ports.context), &venue);
}

static bool reads(const struct session *s, const struct ring_fact *fact)
{
    if (fact->seen_by & 1u << s->role)
        return true;
    if (fact->has_handset && !hash_same(fact->handset, s->handset))
        return false;
    for (size_t i = 0; fact->author != 0 && i < s->own_count; i++)
        if (s->own[i] == fact->author)
            return true;
    return false;
}

/* The facts after `from` that this session may see, as one frame; `ret_any` whether there are
 * any.  NULL when memory is exhausted. */
static struct frame *facts_after(const struct room *r, const struct session *s, int64_t from,
                                 bool *ret_any)
{
    struct buffer b = { 0 };

    *ret_any = false;
    frame_facts_begin(&b);
    for (int64_t seq = from + 1; seq <= r->durable; seq++) {
        const struct ring_fact *fact = ring_get(&r->ring, seq);
        assert(fact);
        if (!fact->json || !reads(s, fact))
            continue;
        frame_facts_add(&b, fact->json);
        *ret_any = true;
    }
    frame_facts_end(&b, r->durable);
    size_t len;
    char *text = buffer_take(&b, &len);
    struct frame *f = frame_from(text);
    if (f)
        f->complete = r->durable;
    return f;
}

static void go_live(struct room *r, struct session *s, int64_t told)
{
    r->presence = true;
    s->state = SESSION_LIVE;
    s->resumed = false;
    s->told = told;
}

/* Gives a session what it needs to know: the facts after those that it has, or a snapshot.  A
 * snapshot waits until it is durable, and all who come meanwhile share it. */
static void bring_up(struct room *r, struct session *s)
{
    bool any;

    if (s->since >= 0 && s->since <= r->durable && ring_reaches(&r->ring, s->since)) {
        struct frame *facts = facts_after(r, s, s->since, &any);
        s->since = -1;
        session_send(s, facts, false);
        frame_unref(facts);
        go_live(r, s, r->durable);
        return;
    }
    s->since = -1;
    struct frame *frame = snapshot(r, s);
    if (r->durable == r->meeting->seq) {
        session_send(s, frame, false);
        frame_unref(frame);
        go_live(r, s, r->durable);
        return;
    }
    if (!frame ||
        !put_last(r, (struct pending){ .kind = PENDING_SNAPSHOT, .session = s, .frame = frame })) {
        frame_unref(frame);
        session_send(s, NULL, false);
    }
}

/* The seats of one that is closing may be gone: what it came by was lost. */
static bool has_moved(const struct room *r, const struct session *s, int64_t since)
{
    if (s->state == SESSION_CLOSING)
        return false;
    for (size_t i = 0; i < s->own_count; i++)
        if (r->meeting->seats[s->own[i] - 1].moved > since)
            return true;
    return false;
}

static void release(struct room *r, struct pending *p)
{
    struct session *s = p->session;

    if (p->kind == PENDING_CALL && p->call)
        api_finish(p->call);
    if (!s)
        return;
    s->pending--;
    if (s->state == SESSION_CLOSING)
        return; /* Replaced meanwhile: it must not come to life again. */
    if (p->kind == PENDING_AGAIN) {
        session_close(s, CLOSE_RESTART);
        return;
    }
    if (p->kind == PENDING_END || p->kind == PENDING_OUT) {
        session_refuse(s, p->kind == PENDING_OUT ? REFUSED_OUT : REFUSED_ENDED, NULL);
        s->own_count = 0;
        return;
    }
    if (p->kind != PENDING_WELCOME || !s->resumed)
        session_send(s, p->frame, false);
    /* Who is out, or has another's seat, since the welcome was written is to get nothing by it. */
    if (p->kind == PENDING_WELCOME && p->seq != 0 && has_moved(r, s, p->seq))
        session_close(s, CLOSE_RESTART);
    else if (p->kind == PENDING_WELCOME)
        bring_up(r, s);
    else if (p->kind == PENDING_SNAPSHOT)
        go_live(r, s, p->seq);
}

static void drop_pending(struct pending *p)
{
    frame_unref(p->frame);
    free(p);
}

static struct pending *take_pending(struct room *r)
{
    struct pending *p = r->pending_first;

    r->pending_first = p->next;
    if (!r->pending_first)
        r->pending_last = &r->pending_first;
    return p;
}

/* True when it waits, for the number that it names or else the newest; otherwise it was released,
 * or could not be. */
static bool answer_or_wait(struct room *r, struct pending pending)
{
    bool bare = pending.kind == PENDING_CALL || pending.kind == PENDING_END ||
                pending.kind == PENDING_OUT || pending.kind == PENDING_AGAIN;
    if (!bare && !pending.frame) {
        session_send(pending.session, NULL, false);
        return false;
    }
    bool rests_on_nothing = r->lost || r->state != ROOM_LIVE; /* It can only be busy. */
    bool alone = pending.seq != 0 ? pending.seq <= r->durable
                                  : r->durable == r->meeting->seq && !r->pending_first;
    if (rests_on_nothing || alone) {
        if (pending.session)
            pending.session->pending++;
        release(r, &pending);
        frame_unref(pending.frame);
        return false;
    }
    if (put_last(r, pending))
        return true;
    frame_unref(pending.frame);
    if (pending.session)
        session_send(pending.session, NULL, false);
    if (pending.call)
        api_lost(pending.call);
    return false;
}

void telling_answer(struct room *r, struct session *s, const struct uuid *re, struct frame *frame)
{
    answer_or_wait(r, (struct pending){ .kind = PENDING_ANSWER,
                                        .session = s,
                                        .frame = frame,
                                        .has_re = re != NULL,
                                        .re = re ? *re : (struct uuid){ { 0 } } });
}

void telling_again(struct room *r, struct session *s, struct uuid re, int64_t seq,
                   struct frame *frame)
{
    assert(seq > 0);
    answer_or_wait(r, (struct pending){ .kind = PENDING_ANSWER,
                                        .session = s,
                                        .frame = frame,
                                        .seq = seq,
                                        .has_re = true,
                                        .re = re });
}

bool telling_holds(const struct session *s, int64_t seat)
{
    for (size_t k = 0; k < s->own_count; k++)
        if (s->own[k] == seat)
            return s->state != SESSION_CLOSING;
    return false;
}

void telling_end(struct room *r, int64_t seat)
{
    for (size_t i = 0; i < r->session_count; i++) {
        struct session *s = r->sessions[i];
        enum pending_kind kind = s->own_count > 1 ? PENDING_AGAIN : PENDING_END;
        if (telling_holds(s, seat))
            answer_or_wait(r, (struct pending){ .kind = kind, .session = s });
    }
}

void telling_end_outside(struct room *r)
{
    for (size_t i = 0; i < r->session_count; i++) {
        struct session *s = r->sessions[i];
        if (s->role == ROLE_PHONE && s->own_count > 0 && s->state != SESSION_CLOSING &&
            outside_of(r->meeting, s->handset) != 0)
            answer_or_wait(r, (struct pending){ .kind = PENDING_OUT, .session = s });
    }
}

void telling_moved(struct room *r, int64_t since)
{
    for (size_t i = 0; i < r->session_count; i++)
        if (has_moved(r, r->sessions[i], since))
            answer_or_wait(r, (struct pending){ .kind = PENDING_AGAIN, .session = r->sessions[i] });
}

void telling_end_links(struct room *r)
{
    for (size_t i = 0; i < r->session_count; i++) {
        struct session *s = r->sessions[i];
        if (s->role != ROLE_PHONE && s->state != SESSION_CLOSING &&
            !links_open(r->meeting, s->role, s->key))
            answer_or_wait(r, (struct pending){ .kind = PENDING_END, .session = s });
    }
}

void telling_welcome(struct room *r, struct session *s, struct frame *welcome)
{
    answer_or_wait(r, (struct pending){ .kind = PENDING_WELCOME, .session = s, .frame = welcome });
}

bool telling_call(struct room *r, struct api_call *call)
{
    return answer_or_wait(r, (struct pending){ .kind = PENDING_CALL, .call = call });
}

void telling_owed(struct room *r, struct session *s)
{
    if (r->state != ROOM_LIVE) {
        session_close(s, CLOSE_LATER); /* It comes back with what it has. */
        return;
    }
    s->state = SESSION_JOINING;
    bring_up(r, s);
}

/* Tells whoever waits for a fact that it was lost. */
static void lose(struct pending *p)
{
    struct session *s = p->session;

    if (p->kind == PENDING_CALL && p->call)
        api_lost(p->call);
    if (!s)
        return;
    s->pending--;
    if (p->kind == PENDING_END || p->kind == PENDING_OUT || p->kind == PENDING_AGAIN)
        return; /* It keeps its seat. */
    if (p->kind != PENDING_ANSWER) {
        session_refuse(s, REFUSED_NOT_SAVED, NULL);
        return;
    }
    struct frame *told =
        frame_from(frame_reply_refused(p->has_re ? &p->re : NULL, REFUSED_NOT_SAVED, NULL, 0));
    session_send(s, told, false);
    frame_unref(told);
}

void telling_lost(struct room *r, int64_t first)
{
    struct pending **at = &r->pending_first;

    while (*at) {
        struct pending *p = *at;
        if (p->seq < first) {
            at = &p->next;
            continue;
        }
        *at = p->next;
        lose(p);
        drop_pending(p);
    }
    r->pending_last = at;
}

void telling_drop(struct room *r)
{
    while (r->pending_first) {
        struct pending *p = take_pending(r);
        if (p->kind == PENDING_CALL && p->call)
            api_refuse(p->call, 503, REFUSED_BUSY, NULL);
        if (p->session)
            p->session->pending--;
        drop_pending(p);
    }
}

/* One frame for all receivers of a role that know the same; those who see more, or are further
 * behind, get one of their own. */
static void publish(struct room *r)
{
    struct frame *shared[ROLE_COUNT] = { 0 };
    bool made[ROLE_COUNT] = { false }, any[ROLE_COUNT] = { false };
    bool authored = false;

    for (int64_t seq = r->told + 1; seq <= r->durable; seq++)
        authored |= ring_get(&r->ring, seq)->author != 0;
    for (size_t i = 0; i < r->session_count; i++) {
        struct session *s = r->sessions[i];
        bool some;
        if (s->state != SESSION_LIVE || s->told >= r->durable)
            continue;
        if (s->told != r->told || (authored && s->role == ROLE_PHONE)) {
            struct frame *own = facts_after(r, s, s->told, &some);
            if (some || !own)
                session_send(s, own, true);
            frame_unref(own);
        } else {
            if (!made[s->role])
                shared[s->role] = facts_after(r, s, r->told, &any[s->role]);
            made[s->role] = true;
            if (any[s->role] || !shared[s->role])
                session_send(s, shared[s->role], true);
        }
        s->told = r->durable;
    }
    for (size_t i = 0; i < ROLE_COUNT; i++)
        frame_unref(shared[i]);
    r->told = r->durable;
}

void telling_flush(struct room *r)
{
    while (r->pending_first && r->pending_first->seq <= r->durable) {
        struct pending *p = take_pending(r);
        release(r, p);
        drop_pending(p);
    }
    if (r->told < r->durable)
        publish(r);
}
