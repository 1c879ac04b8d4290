#include "app/telling.h"

#include <assert.h>
#include <stdlib.h>

#include "app/api.h"
#include "base/alloc.h"
#include "engine/links.h"
#include "wire/frame_json.h"
#include "wire/snapshot_json.h"

bool telling_enter(struct floor *f, struct session *s)
{
    if (f->session_count == f->session_room) {
        size_t room = f->session_room ? f->session_room * 2 : 8;
        struct session **sessions = alloc_again(f->sessions, room, sizeof(struct session *));
        if (!sessions)
            return false;
        f->sessions = sessions;
        f->session_room = room;
    }
    s->place = f;
    s->index = f->session_count;
    f->sessions[f->session_count++] = s;
    f->presence = true;
    return true;
}

void telling_leave(struct floor *f, struct session *s)
{
    assert(s->place == f && f->sessions[s->index] == s);
    struct session *last = f->sessions[--f->session_count];

    f->sessions[s->index] = last;
    last->index = s->index;
    for (struct held *h = f->held_first; h && s->held > 0; h = h->next)
        if (h->session == s) {
            h->session = NULL;
            s->held--;
        }
    s->place = NULL;
    f->presence = true;
}

/* Puts an answer last among those that wait; false when memory is exhausted. */
static bool hold(struct floor *f, struct held held)
{
    struct held *h = alloc_many(1, sizeof(*h));

    if (!h)
        return false;
    *h = held;
    if (h->seq == 0)
        h->seq = f->meeting->seq;
    h->next = NULL;
    *f->held_last = h;
    f->held_last = &h->next;
    if (h->session)
        h->session->held++;
    return true;
}

static struct reader reader_of(const struct session *s)
{
    struct reader r = { .role = s->role, .own_count = s->own_count };

    for (size_t i = 0; i < s->own_count; i++)
        r.own[i] = s->own[i];
    return r;
}

void telling_forget(struct floor *f)
{
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        frame_unref(f->snapshots[i]);
        f->snapshots[i] = NULL;
    }
}

/* The meeting as it stands in memory, for this session; shared where it is the same for all of
 * its role.  A reference, or NULL when memory is exhausted. */
static struct frame *snapshot(struct floor *f, const struct session *s)
{
    struct reader reader = reader_of(s);

    if (snapshot_is_own(f->meeting, &reader))
        return frame_from(snapshot_encode(f->meeting, f->code, &reader));
    if (f->snapshots_seq != f->meeting->seq)
        telling_forget(f);
    f->snapshots_seq = f->meeting->seq;
    struct frame **made = &f->snapshots[s->role];
    if (!*made)
        *made = frame_from(snapshot_encode(f->meeting, f->code, &reader));
    return *made ? frame_ref(*made) : NULL;
}

static bool reads(const struct session *s, const struct ring_fact *fact)
{
    if (fact->seen_by & 1u << s->role)
        return true;
    for (size_t i = 0; fact->author != 0 && i < s->own_count; i++)
        if (s->own[i] == fact->author)
            return true;
    return false;
}

/* The facts after `from` that this session may see, as one frame; `ret_any` whether there are
 * any.  NULL when memory is exhausted. */
static struct frame *facts_after(const struct floor *f, const struct session *s, int64_t from,
                                 bool *ret_any)
{
    struct buffer b = { 0 };

    *ret_any = false;
    frame_facts_begin(&b);
    for (int64_t seq = from + 1; seq <= f->durable; seq++) {
        const struct ring_fact *fact = ring_get(&f->ring, seq);
        assert(fact);
        if (!fact->json || !reads(s, fact))
            continue;
        frame_facts_add(&b, fact->json);
        *ret_any = true;
    }
    frame_facts_end(&b, f->durable);
    size_t len;
    char *text = buffer_take(&b, &len);
    return frame_from(text);
}

static void go_live(struct floor *f, struct session *s, int64_t told)
{
    f->presence = true;
    s->state = SESSION_LIVE;
    s->told = told;
}

/* Gives a session what it needs to know: what followed on what it has, or a snapshot.  What is not
 * durable yet is waited for, by all who ask meanwhile with one snapshot. */
static void bring_up(struct floor *f, struct session *s)
{
    bool any;

    if (s->since >= 0 && s->since <= f->durable && ring_reaches(&f->ring, s->since)) {
        struct frame *facts = facts_after(f, s, s->since, &any);
        s->since = -1;
        session_send(s, facts, false);
        frame_unref(facts);
        go_live(f, s, f->durable);
        return;
    }
    s->since = -1;
    struct frame *frame = snapshot(f, s);
    if (f->durable == f->meeting->seq) {
        session_send(s, frame, false);
        frame_unref(frame);
        go_live(f, s, f->durable);
        return;
    }
    if (!frame || !hold(f, (struct held){ .kind = HELD_SNAPSHOT, .session = s, .frame = frame })) {
        frame_unref(frame);
        session_send(s, NULL, false);
    }
}

static void release(struct floor *f, struct held *h)
{
    struct session *s = h->session;

    if (h->kind == HELD_CALL && h->call)
        api_finish(h->call);
    if (!s)
        return;
    s->held--;
    if (s->state == SESSION_CLOSING)
        return; /* Replaced meanwhile: it must not come to life again. */
    if (h->kind == HELD_AGAIN) {
        session_close(s, COME_AGAIN);
        return;
    }
    if (h->kind == HELD_END) {
        session_refuse(s, REFUSED_ENDED, NULL);
        s->own_count = 0;
        return;
    }
    session_send(s, h->frame, false);
    if (h->kind == HELD_WELCOME)
        bring_up(f, s);
    else if (h->kind == HELD_SNAPSHOT)
        go_live(f, s, h->seq);
}

static void drop_held(struct held *h)
{
    frame_unref(h->frame);
    free(h);
}

static struct held *take_held(struct floor *f)
{
    struct held *h = f->held_first;

    f->held_first = h->next;
    if (!f->held_first)
        f->held_last = &f->held_first;
    return h;
}

/* True when it waits, for the number that it names or else the newest; otherwise it was released,
 * or could not be. */
static bool answer_or_hold(struct floor *f, struct held held)
{
    bool bare = held.kind == HELD_CALL || held.kind == HELD_END || held.kind == HELD_AGAIN;
    if (!bare && !held.frame) {
        session_send(held.session, NULL, false);
        return false;
    }
    bool rests_on_nothing = f->lost || f->state != FLOOR_LIVE; /* It can only be busy. */
    bool alone =
        held.seq != 0 ? held.seq <= f->durable : f->durable == f->meeting->seq && !f->held_first;
    if (rests_on_nothing || alone) {
        if (held.session)
            held.session->held++;
        release(f, &held);
        frame_unref(held.frame);
        return false;
    }
    if (hold(f, held))
        return true;
    frame_unref(held.frame);
    if (held.session)
        session_send(held.session, NULL, false);
    if (held.call)
        api_lost(held.call);
    return false;
}

void telling_answer(struct floor *f, struct session *s, const struct uuid *re, struct frame *frame)
{
    answer_or_hold(f, (struct held){ .kind = HELD_ANSWER,
                                     .session = s,
                                     .frame = frame,
                                     .has_re = re != NULL,
                                     .re = re ? *re : (struct uuid){ { 0 } } });
}

void telling_again(struct floor *f, struct session *s, struct uuid re, int64_t seq,
                   struct frame *frame)
{
    assert(seq > 0);
    answer_or_hold(f, (struct held){ .kind = HELD_ANSWER,
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

void telling_end(struct floor *f, int64_t seat)
{
    for (size_t i = 0; i < f->session_count; i++) {
        struct session *s = f->sessions[i];
        enum held_kind kind = s->own_count > 1 ? HELD_AGAIN : HELD_END;
        if (telling_holds(s, seat))
            answer_or_hold(f, (struct held){ .kind = kind, .session = s });
    }
}

void telling_shared(struct floor *f, int64_t seat)
{
    for (size_t i = 0; i < f->session_count; i++)
        if (telling_holds(f->sessions[i], seat))
            answer_or_hold(f, (struct held){ .kind = HELD_AGAIN, .session = f->sessions[i] });
}

void telling_end_links(struct floor *f)
{
    for (size_t i = 0; i < f->session_count; i++) {
        struct session *s = f->sessions[i];
        if (s->role != ROLE_PHONE && s->state != SESSION_CLOSING &&
            !links_open(f->meeting, s->role, s->key))
            answer_or_hold(f, (struct held){ .kind = HELD_END, .session = s });
    }
}

void telling_welcome(struct floor *f, struct session *s, struct frame *welcome)
{
    answer_or_hold(f, (struct held){ .kind = HELD_WELCOME, .session = s, .frame = welcome });
}

bool telling_call(struct floor *f, struct api_call *call)
{
    return answer_or_hold(f, (struct held){ .kind = HELD_CALL, .call = call });
}

void telling_owed(struct floor *f, struct session *s)
{
    if (f->state != FLOOR_LIVE) {
        session_close(s, 1013); /* "Try again later": it will come back with what it has. */
        return;
    }
    s->state = SESSION_JOINING;
    bring_up(f, s);
}

/* Whoever waits for a number that never came to be. */
static void lose(struct held *h)
{
    struct session *s = h->session;

    if (h->kind == HELD_CALL && h->call)
        api_lost(h->call);
    if (!s)
        return;
    s->held--;
    if (h->kind == HELD_END || h->kind == HELD_AGAIN)
        return; /* It keeps its seat. */
    if (h->kind != HELD_ANSWER) {
        session_refuse(s, REFUSED_NOT_SAVED, NULL);
        return;
    }
    struct frame *told =
        frame_from(frame_reply_refused(h->has_re ? &h->re : NULL, REFUSED_NOT_SAVED, NULL, 0));
    session_send(s, told, false);
    frame_unref(told);
}

void telling_lost(struct floor *f, int64_t first)
{
    struct held **at = &f->held_first;

    while (*at) {
        struct held *h = *at;
        if (h->seq < first) {
            at = &h->next;
            continue;
        }
        *at = h->next;
        lose(h);
        drop_held(h);
    }
    f->held_last = at;
}

/* One frame for all receivers of a role that know the same; those who see more, or are further
 * behind, get one of their own. */
static void publish(struct floor *f)
{
    struct frame *shared[ROLE_COUNT] = { 0 };
    bool made[ROLE_COUNT] = { false }, any[ROLE_COUNT] = { false };
    bool authored = false;

    for (int64_t seq = f->told + 1; seq <= f->durable; seq++)
        authored |= ring_get(&f->ring, seq)->author != 0;
    for (size_t i = 0; i < f->session_count; i++) {
        struct session *s = f->sessions[i];
        bool some;
        if (s->state != SESSION_LIVE || s->told >= f->durable)
            continue;
        if (s->told != f->told || (authored && s->role == ROLE_PHONE)) {
            struct frame *own = facts_after(f, s, s->told, &some);
            if (some || !own)
                session_send(s, own, true);
            frame_unref(own);
        } else {
            if (!made[s->role])
                shared[s->role] = facts_after(f, s, f->told, &any[s->role]);
            made[s->role] = true;
            if (any[s->role] || !shared[s->role])
                session_send(s, shared[s->role], true);
        }
        s->told = f->durable;
    }
    for (size_t i = 0; i < ROLE_COUNT; i++)
        frame_unref(shared[i]);
    f->told = f->durable;
}

void telling_flush(struct floor *f)
{
    while (f->held_first && f->held_first->seq <= f->durable) {
        struct held *h = take_held(f);
        release(f, h);
        drop_held(h);
    }
    if (f->told < f->durable)
        publish(f);
}
