#include "app/room.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/owning.h"
#include "app/resting.h"
#include "app/state.h"
#include "app/telling.h"
#include "app/waking.h"
#include "base/alloc.h"
#include "base/log.h"
#include "base/scoped.h"
#include "wire/fact_json.h"
#include "wire/frame_json.h"

enum { RESTART_NOTICED_MS = 30000, QUIET_MS = 60000 };

struct room *room_new(struct app *app, const char *code, int64_t origin)
{
    struct room *r = alloc_many(1, sizeof(*r));

    if (!r)
        return NULL;
    r->app = app;
    memcpy(r->code, code, sizeof(r->code));
    r->origin = origin;
    r->epoch = r->generation = 1;
    r->read_up_to = -1;
    r->pending_last = &r->pending_first;
    r->state = ROOM_STORED;
    r->used = -app->options.rest_ms;
    return r;
}

struct room *room_new_live(struct app *app, const char *code, int64_t origin)
{
    struct room *r = room_new(app, code, origin);

    if (!r || !(r->meeting = meeting_new())) {
        free(r);
        return NULL;
    }
    r->meeting->keep.days = app->options.keep_days;
    r->state = ROOM_LIVE;
    room_used(r);
    return r;
}

bool room_is_over(const struct room *r)
{
    bool idle = !r->lost && r->in_flight == 0 && !r->touched && !r->pending_first && !r->claiming &&
                !r->unsure;
    bool unmade = r->state == ROOM_LIVE && !r->meeting->created;
    bool foreign = r->state == ROOM_ABSENT || (r->state == ROOM_STORED && !owning_has(r));
    bool over = r->state == ROOM_ERASED || (idle && (unmade || foreign));

    return over && r->session_count == 0 && !r->waiters && r->passages == 0;
}

void room_used(struct room *r)
{
    r->used = r->app->ports.boottime(r->app->ports.context);
}

void room_free(struct room *r)
{
    if (!r)
        return;
    assert(r->session_count == 0);
    resting_forget(r);
    while (r->pending_first) {
        struct pending *p = r->pending_first;
        r->pending_first = p->next;
        frame_unref(p->frame);
        free(p);
    }
    for (size_t i = 0; i < ROLE_COUNT; i++)
        frame_unref(r->snapshots[i]);
    ring_clear(&r->ring);
    once_clear(&r->once);
    meeting_free(r->meeting);
    free(r->card);
    free(r->sessions);
    free(r);
}

struct instant room_now(const struct room *r)
{
    int64_t ms = app_server_clock(r->app) - r->origin;

    return (struct instant){ ms > r->last_at ? ms : r->last_at };
}

static void batch_release(struct batch **b)
{
    batch_free(*b);
}

static void facts_drop(struct facts *facts)
{
    facts_release(facts);
}

/* The fact's row, and the JSON that is told of it, which goes into the ring. */
static bool write_row(struct room *r, const struct fact *fact, struct journal_row *row)
{
    const struct fact_info *info = &fact_infos[fact->kind];
    char *whole = fact_encode(fact, RECORD_TOLD);
    bool apart = info->redacts || info->untold;
    struct text *json = whole ? text_from(whole) : NULL;

    row->seq = fact->seq;
    row->at = fact->at.ms;
    row->body = apart ? fact_encode(fact, RECORD_KEPT) : GIVE(whole);
    row->text = info->redacts ? fact_encode(fact, RECORD_REDACTABLE) : NULL;
    free(whole);
    if (!json || !row->body || (info->redacts && !row->text)) {
        text_unref(json);
        return false;
    }
    bool told = info->seen_by != 0 || info->author;
    if (!told)
        text_unref(GIVE(json));
    ring_add(&r->ring, fact, json);
    return true;
}

/* The numbers of the facts that this one blanks, or NULL.  `ret_text_only` says that only their
 * texts go: the commands that caused them give nothing away. */
static const struct ints *blanks_of(const struct fact *fact, bool *ret_text_only)
{
    const struct fact_info *info = &fact_infos[fact->kind];

    *ret_text_only = !info->blanks_commands;
    return info->blanks == SIZE_MAX ? NULL
                                    : (const struct ints *)((const char *)fact + info->blanks);
}

static size_t count_blanks(const struct facts *facts, bool text_only)
{
    size_t count = 0;

    for (size_t i = 0; i < facts->count; i++) {
        bool only;
        const struct ints *blanks = blanks_of(&facts->at[i], &only);
        count += blanks && only == text_only ? blanks->count : 0;
    }
    return count;
}

/* Facts whose commands are forgotten come first, as batch.h has them. */
static void fill_blanks(const struct facts *facts, struct batch *b)
{
    size_t count = 0;

    for (int text_only = 0; text_only < 2; text_only++)
        for (size_t i = 0; i < facts->count; i++) {
            bool only;
            const struct ints *blanks = blanks_of(&facts->at[i], &only);
            for (size_t k = 0; blanks && only == text_only && k < blanks->count; k++)
                b->blanks[count++] = blanks->at[k];
        }
    assert(count == b->blank_count);
}

/* When it happened by the clock on the wall.  What must not tell when it was is dated back as the
 * fact itself is, and all of one time alike: two clocks are read, a millisecond apart. */
static int64_t wall_of(struct room *r, const struct fact *fact)
{
    int64_t now = r->app->ports.wall(r->app->ports.context), at = fact->at.ms;

    if (!fact_infos[fact->kind].undated)
        return now;
    if (r->undated.wall == 0 || r->undated.at != at) {
        r->undated.at = at;
        r->undated.wall = now - (room_now(r).ms - at);
    }
    return r->undated.wall;
}

/* Makes the batch of these facts and adds their JSON to the ring.  NULL when memory is exhausted;
 * then the ring is as it was. */
static struct batch *batch_of(struct room *r, const struct facts *facts, const struct command *c,
                              char *made)
{
    size_t text_only = count_blanks(facts, true);
    SCOPED(batch_release)
    struct batch *b = batch_new(facts->count, count_blanks(facts, false) + text_only);

    if (!b)
        return NULL;
    memcpy(b->meeting, r->code, sizeof(r->code));
    b->epoch = r->epoch;
    b->generation = r->generation;
    b->wall = wall_of(r, &facts->at[0]);
    b->has_command = c->has_id;
    b->command = c->id;
    b->context = r;
    if (made && c->has_id && !(b->made = strdup(made)))
        return NULL;
    b->text_only = text_only;
    fill_blanks(facts, b);
    for (size_t i = 0; i < facts->count; i++)
        if (!write_row(r, &facts->at[i], &b->rows[i])) {
            ring_drop(&r->ring, i);
            return NULL;
        }
    return GIVE(b);
}

static struct context step_of(struct room *r, const struct sender *sender)
{
    const struct app_ports *ports = &r->app->ports;
    struct context context = {
        .now = room_now(r),
        .wall = ports->wall(ports->context),
        .id = ports->uuid(ports->context),
        .role = sender->role,
    };

    ports->random(ports->context, &context.dice, sizeof(context.dice));
    if (sender->secret)
        context.secret = hash_of(sender->secret, strlen(sender->secret));
    if (!sender->session)
        return context;
    context.handset = sender->session->handset;
    context.own_count = sender->session->own_count;
    for (size_t i = 0; i < context.own_count; i++)
        context.own[i] = sender->session->own[i];
    return context;
}

static bool prepare(struct room *r, const struct facts *facts)
{
    if (!once_reserve(&r->once) || !ring_reserve(&r->ring, facts->count, r->told + 1))
        return false;
    for (size_t i = 0; i < facts->count; i++)
        if (!meeting_prepare(r->meeting, &facts->at[i]) ||
            (facts->at[i].kind == FACT_CHIEF_ALLOWED && !chiefs_reserve(r->app, LIMIT_CHIEFS)))
            return false;
    return true;
}

/* Makes true in memory what has been submitted. */
static void make_true(struct room *r, const struct command *c, const struct facts *facts,
                      char *made)
{
    bool shared = false;

    for (size_t i = 0; i < facts->count; i++) {
        enum fact_kind kind = facts->at[i].kind;
        meeting_apply(r->meeting, &facts->at[i]);
        shared |= kind == FACT_CHIEF_ALLOWED || kind == FACT_CHIEF_REFUSED;
    }
    if (shared)
        chiefs_follow(r);
    r->last_at = facts->at[facts->count - 1].at.ms;
    r->in_flight++;
    r->app->decided = true;
    waking_changed(r);
    if (c->has_id)
        once_add(&r->once, c->id, r->meeting->seq, made);
    else
        free(made);
}

enum refusal room_handle(struct room *r, const struct command *c, const struct sender *sender,
                         struct facts *ret_facts)
{
    struct facts *facts = ret_facts;
    bool failed = false;

    facts_begin(facts);
    if (r->state != ROOM_LIVE || r->lost || r->app->stopping)
        return REFUSED_BUSY;
    struct context context = step_of(r, sender);
    enum refusal refusal = meeting_decide(r->meeting, c, &context, facts);
    if (refusal != REFUSED_NOT)
        return refusal; /* The caller holds it back until what it rests on is durable. */
    if (r->app->trouble) {
        facts_drop(facts);
        return REFUSED_NOT_SAVED;
    }

    /* A link's secret is told once and kept nowhere, so its reply is not remembered whole. */
    char *made = frame_made(facts->made, facts->made_id, facts->made_seat, NULL, &failed);
    SCOPED(batch_release) struct batch *b = NULL;
    if (!failed && prepare(r, facts))
        b = batch_of(r, facts, c, made);
    if (!b || journal_submit(r->app->journal, b) != 0) {
        if (b)
            ring_drop(&r->ring, facts->count);
        free(made);
        facts_drop(facts);
        return REFUSED_BUSY;
    }
    (void)GIVE(b);
    make_true(r, c, facts, made);
    return REFUSED_NOT;
}

static struct frame *refused_frame(const struct uuid *re, enum refusal code, const char *field)
{
    char *text = frame_reply_refused(re, code, field, 0);

    return frame_from(text);
}

static struct frame *accepted_frame(struct uuid re, int64_t seq, const char *made)
{
    char *text = frame_reply_ok(re, seq, made);

    return frame_from(text);
}

/* Whether its reply tells a secret. */
static bool tells_secret(const struct command *c)
{
    const char *made = command_infos[c->kind].made;

    return made && strcmp(made, "token") == 0;
}

/* `c` has the id by which it is remembered; `re` is its sender's own, which the answer names. */
static struct frame *carry_out(struct room *r, struct session *s, const struct command *c,
                               struct uuid re, bool *ret_done)
{
    struct facts facts;
    char secret[SECRET_CHARS + 1];
    bool secretly = tells_secret(c), pairs_board = c->kind == COMMAND_BOARD_PAIR, failed = false;
    struct sender sender = { .session = s, .role = s->role };
    enum refusal refusal = REFUSED_NOT;

    facts_begin(&facts);
    if (secretly || pairs_board) {
        app_secret(r->app, secret);
        sender.secret = secret;
    }
    if (pairs_board && !pairing_find(r->app, c->args.board_pair.pairing))
        refusal = REFUSED_NO_SUCH_PAIRING;
    if (refusal == REFUSED_NOT)
        refusal = room_handle(r, c, &sender, &facts);
    *ret_done = refusal == REFUSED_NOT;
    if (refusal != REFUSED_NOT) {
        hub_refused(r->app->hub, refusal);
        attempts_refused(s, refusal);
        return refused_frame(&re, refusal, facts.field);
    }
    facts_drop(&facts);
    if (pairs_board)
        pairing_give(r, c->args.board_pair.pairing, secret);
    char *made = secretly ? frame_made(MADE_NOTHING, c->id, 0, secret, &failed) : NULL;
    const struct once_entry *once = once_find(&r->once, c->id);
    struct frame *frame =
        failed ? NULL : accepted_frame(re, once->seq, secretly ? made : once->made);
    free(made);
    return frame;
}

/* Whose seat or link is another's now, by a command that came after fact number `before`.  After
 * the answer, for the sender may be among them. */
static void end_others(struct room *r, const struct command *c, int64_t before)
{
    if (c->kind == COMMAND_SEAT_LINK)
        telling_end(r, c->args.seat_link.seat);
    else if (c->kind == COMMAND_LINK_RENEW)
        telling_end_links(r);
    else if (c->kind == COMMAND_SEAT_CHANGE || c->kind == COMMAND_UNDO)
        telling_end_outside(r);
    if (c->kind == COMMAND_SEAT_ADD || c->kind == COMMAND_SEAT_CHANGE || c->kind == COMMAND_UNDO)
        telling_moved(r, before);
}

static int64_t boottime(const struct room *r)
{
    return r->app->ports.boottime(r->app->ports.context);
}

bool room_may_tell(const struct room *r)
{
    return r->state == ROOM_LIVE && !r->lost && boottime(r) >= r->quiet_until;
}

/* A command's id counts for the phone that sent it, or for those who have a link of its role, which
 * may be made anew before they send it again: it is remembered as a part of the hash of both. */
static struct uuid once_id(const struct session *s, struct uuid id)
{
    struct hash sender = { { 0 } };

    if (s->role == ROLE_PHONE)
        sender = s->handset;
    uint8_t both[1 + sizeof(sender.b) + sizeof(id.b)] = { (uint8_t)s->role };
    struct uuid made;

    memcpy(both + 1, sender.b, sizeof(sender.b));
    memcpy(both + 1 + sizeof(sender.b), id.b, sizeof(id.b));
    struct hash hash = hash_of(both, sizeof(both));
    memcpy(made.b, hash.b, sizeof(made.b));
    return made;
}

void room_command(struct room *r, struct session *s, const struct command *c)
{
    struct command own = *c; /* What it points to stays the caller's. */
    int64_t before = r->meeting->seq;
    bool done = false;

    own.id = once_id(s, c->id);
    const struct once_entry *once = once_find(&r->once, own.id);
    if (!once) /* Earlier releases remembered it as it came. */
        once = once_find(&r->once, c->id);
    r->app->commands++;
    if (once && !r->lost && r->state == ROOM_LIVE)
        telling_again(r, s, c->id, once->seq, accepted_frame(c->id, once->seq, once->made));
    else
        telling_answer(r, s, &c->id, carry_out(r, s, &own, c->id, &done));
    if (done)
        end_others(r, c, before);
}

void room_returned(void *context, struct batch *b, bool durable)
{
    struct app *app = context;
    struct room *r = b->context;

    assert(r->in_flight > 0);
    r->in_flight--;
    if (b->epoch != r->epoch) {
        /* The room was closed meanwhile, and whoever sent it finds out elsewhere. */
    } else if (durable) {
        assert(b->rows[0].seq == r->durable + 1);
        r->durable = b->rows[b->count - 1].seq;
        for (size_t i = 0; i < b->blank_count; i++) {
            ring_blank(&r->ring, b->blanks[i]);
            if (i < b->blank_count - b->text_only)
                once_forget(&r->once, b->blanks[i]);
        }
    } else {
        if (!r->lost)
            log_event(LOG_LEVEL_WARN, "meeting.lost", "meeting=%s seq=%" PRId64, r->code,
                      r->durable);
        r->lost = true;
        r->quiet_until = boottime(r) + QUIET_MS;
        waking_changed(r);
        telling_lost(r, b->rows[0].seq);
    }
    app_touch(app, r);
    batch_free(b);
    /* What was just made may be this server's without its knowing. */
    bool wanted = r->lost || (r->state == ROOM_STORED && (r->waiters || !owning_has(r)));
    if (wanted && r->in_flight == 0)
        recovery_begin(r);
}

/* After a long stop the meeting comes back paused, with the clocks as they stood when the server
 * was last seen alive. */
static bool needs_freeze(const struct room *r)
{
    return r->meeting->seq == r->read_up_to && r->meeting->floor.state == STATE_RUNNING &&
           r->away_ms > RESTART_NOTICED_MS;
}

/* That is at most some seconds too early; what was written after it is younger. */
static struct instant seen_alive(const struct room *r)
{
    int64_t led = r->led - r->origin;

    return (struct instant){ led > r->last_at ? led : r->last_at };
}

bool room_wake_at(const struct room *r, int64_t *ret_boottime)
{
    struct instant at;

    if (r->state != ROOM_LIVE || r->lost || !r->meeting->created || r->app->trouble)
        return false;
    if (needs_freeze(r)) {
        *ret_boottime = 0;
        return true;
    }
    if (!meeting_wake_at(r->meeting, &at))
        return false;
    *ret_boottime = at.ms + r->origin - r->app->offset;
    return true;
}

void room_wake(struct room *r)
{
    struct facts facts;
    struct command c = { .kind = COMMAND_TIME_WAKE };

    if (needs_freeze(r)) {
        c.kind = COMMAND_CLOCK_FREEZE;
        c.args.clock_freeze.since = seen_alive(r);
    }
    const struct sender nobody = { .role = ROLE_NOT };
    if (room_handle(r, &c, &nobody, &facts) == REFUSED_NOT)
        facts_drop(&facts);
}
