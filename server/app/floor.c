#include "app/floor.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "app/telling.h"
#include "base/alloc.h"
#include "base/log.h"
#include "base/scoped.h"
#include "engine/roster.h"
#include "wire/fact_json.h"
#include "wire/frame_json.h"

enum { RESTART_NOTICED_MS = 30000 };

struct floor *floor_new(struct app *app, const char *code, int64_t origin)
{
    struct floor *f = alloc_many(1, sizeof(*f));

    if (!f)
        return NULL;
    f->app = app;
    memcpy(f->code, code, sizeof(f->code));
    f->origin = origin;
    f->generation = 1;
    f->read_up_to = -1;
    f->held_last = &f->held_first;
    f->meeting = meeting_new();
    f->state = FLOOR_LIVE;
    if (f->meeting)
        return f;
    free(f);
    return NULL;
}

void floor_free(struct floor *f)
{
    if (!f)
        return;
    assert(f->session_count == 0);
    while (f->held_first) {
        struct held *h = f->held_first;
        f->held_first = h->next;
        frame_unref(h->frame);
        free(h);
    }
    for (size_t i = 0; i < ROLE_COUNT; i++)
        frame_unref(f->snapshots[i]);
    ring_clear(&f->ring);
    once_clear(&f->once);
    meeting_free(f->meeting);
    free(f->sessions);
    free(f);
}

struct instant floor_now(const struct floor *f)
{
    int64_t ms = app_server_clock(f->app) - f->origin;

    return (struct instant){ ms > f->last_at ? ms : f->last_at };
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
static bool write_row(struct floor *f, const struct fact *fact, struct journal_row *row)
{
    const struct fact_info *info = &fact_infos[fact->kind];
    char *whole = fact_encode(fact, RECORD_ALL);
    struct text *json = whole ? text_from(whole) : NULL;

    row->seq = fact->seq;
    row->at = fact->at.ms;
    row->body = info->redacts ? fact_encode(fact, RECORD_KEPT) : GIVE(whole);
    row->text = info->redacts ? fact_encode(fact, RECORD_REDACTABLE) : NULL;
    free(whole);
    if (!json || !row->body || (info->redacts && !row->text)) {
        text_unref(json);
        return false;
    }
    bool told = info->seen_by != 0 || info->author;
    if (!told)
        text_unref(GIVE(json));
    ring_add(&f->ring, fact, json);
    return true;
}

/* The numbers that the fact wants blanked, or NULL; `ret_text_only` when the commands that caused
 * those facts say nothing that must be forgotten. */
static const struct ints *blanks_of(const struct fact *f, bool *ret_text_only)
{
    *ret_text_only = f->kind != FACT_RETRO_SHOWN;
    if (f->kind == FACT_PASSES_BLANKED)
        return &f->is.passes_blanked.blanks;
    if (f->kind == FACT_NOTES_BLANKED)
        return &f->is.notes_blanked.blanks;
    return f->kind == FACT_RETRO_SHOWN ? &f->is.retro_shown.blanks : NULL;
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

/* Those whose commands are forgotten come first: see batch.h. */
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

/* The batch of these facts, with their JSON in the ring; NULL when memory is exhausted, and then
 * nothing is in the ring. */
static struct batch *batch_of(struct floor *f, const struct facts *facts, const struct command *c,
                              char *made)
{
    size_t text_only = count_blanks(facts, true);
    SCOPED(batch_release)
    struct batch *b = batch_new(facts->count, count_blanks(facts, false) + text_only);

    if (!b)
        return NULL;
    memcpy(b->meeting, f->code, sizeof(f->code));
    b->epoch = 1;
    b->generation = f->generation;
    b->wall = f->app->ports.wall(f->app->ports.context);
    b->has_command = c->has_id;
    b->command = c->id;
    b->context = f;
    if (made && c->has_id && !(b->made = strdup(made)))
        return NULL;
    b->text_only = text_only;
    fill_blanks(facts, b);
    for (size_t i = 0; i < facts->count; i++)
        if (!write_row(f, &facts->at[i], &b->rows[i])) {
            ring_drop(&f->ring, i);
            return NULL;
        }
    return GIVE(b);
}

static struct step step_of(struct floor *f, const struct asker *asker)
{
    const struct app_ports *ports = &f->app->ports;
    struct step step = {
        .now = floor_now(f),
        .wall = ports->wall(ports->context),
        .id = ports->uuid(ports->context),
        .role = asker->role,
    };

    ports->random(ports->context, &step.dice, sizeof(step.dice));
    if (asker->secret)
        step.secret = hash_of(asker->secret, strlen(asker->secret));
    if (!asker->session)
        return step;
    step.own_count = asker->session->own_count;
    for (size_t i = 0; i < step.own_count; i++)
        step.own[i] = asker->session->own[i];
    return step;
}

static bool prepare(struct floor *f, const struct facts *facts)
{
    if (!once_reserve(&f->once) || !ring_reserve(&f->ring, facts->count, f->told + 1))
        return false;
    for (size_t i = 0; i < facts->count; i++)
        if (!meeting_prepare(f->meeting, &facts->at[i]))
            return false;
    return true;
}

/* Makes true in memory what has been submitted. */
static void make_true(struct floor *f, const struct command *c, const struct facts *facts,
                      char *made)
{
    for (size_t i = 0; i < facts->count; i++)
        meeting_apply(f->meeting, &facts->at[i]);
    f->last_at = facts->at[facts->count - 1].at.ms;
    f->in_flight++;
    if (c->has_id)
        once_add(&f->once, c->id, f->meeting->seq, made);
    else
        free(made);
}

enum refusal floor_handle(struct floor *f, const struct command *c, const struct asker *asker,
                          struct facts *ret_facts)
{
    struct facts *facts = ret_facts;
    bool failed = false;

    facts->count = 0;
    facts->field = NULL;
    if (f->state != FLOOR_LIVE || f->lost || f->app->stopping)
        return REFUSED_BUSY;
    struct step step = step_of(f, asker);
    enum refusal refusal = meeting_decide(f->meeting, c, &step, facts);
    if (refusal != REFUSED_NOT)
        return refusal; /* The caller holds it back until what it rests on is durable. */

    /* A link's secret is told once and kept nowhere, so its reply is not remembered whole. */
    char *made = frame_made(facts->made, facts->made_id, facts->made_seat, NULL, &failed);
    SCOPED(batch_release) struct batch *b = NULL;
    if (!failed && prepare(f, facts))
        b = batch_of(f, facts, c, made);
    if (!b || journal_submit(f->app->journal, b) != 0) {
        if (b)
            ring_drop(&f->ring, facts->count);
        free(made);
        facts_drop(facts);
        return REFUSED_BUSY;
    }
    (void)GIVE(b);
    make_true(f, c, facts, made);
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

static struct frame *carry_out(struct floor *f, struct session *s, const struct command *c,
                               bool *ret_done)
{
    struct facts facts = { 0 };
    char secret[SECRET_CHARS + 1];
    bool secretly = tells_secret(c), pairs = c->kind == COMMAND_BOARD_PAIR, failed = false;
    struct asker asker = { .session = s, .role = s->role };
    enum refusal refusal = REFUSED_NOT;

    if (secretly || pairs) {
        app_secret(f->app, secret);
        asker.secret = secret;
    }
    if (pairs && !pairing_find(f->app, c->with.board_pair.pairing))
        refusal = REFUSED_NO_SUCH_PAIRING;
    if (refusal == REFUSED_NOT)
        refusal = floor_handle(f, c, &asker, &facts);
    *ret_done = refusal == REFUSED_NOT;
    if (refusal != REFUSED_NOT) {
        f->app->refusals++;
        return refused_frame(&c->id, refusal, facts.field);
    }
    facts_drop(&facts);
    if (pairs)
        pairing_give(f, c->with.board_pair.pairing, secret);
    char *made = secretly ? frame_made(MADE_NOTHING, c->id, 0, secret, &failed) : NULL;
    const struct once_entry *once = once_find(&f->once, c->id);
    struct frame *frame =
        failed ? NULL : accepted_frame(c->id, once->seq, secretly ? made : once->made);
    free(made);
    return frame;
}

/* Whose seat or link is another's now.  After the answer, for the sender may be among them. */
static void end_others(struct floor *f, const struct command *c)
{
    if (c->kind == COMMAND_SEAT_LINK)
        telling_end(f, c->with.seat_link.seat);
    else if (c->kind == COMMAND_SEAT_ADD && c->with.seat_add.has_with)
        telling_shared(f, roster_host(f->meeting, c->with.seat_add.with));
    else if (c->kind == COMMAND_LINK_RENEW)
        telling_end_links(f);
    for (size_t i = 0; c->kind == COMMAND_UNDO && i < f->meeting->seat_count; i++)
        if (f->meeting->seats[i].removed)
            telling_shared(f, (int64_t)i + 1);
}

void floor_command(struct floor *f, struct session *s, const struct command *c)
{
    const struct once_entry *once = once_find(&f->once, c->id);
    bool done = false;

    f->app->commands++;
    if (once && !f->lost && f->state == FLOOR_LIVE)
        telling_again(f, s, c->id, once->seq, accepted_frame(c->id, once->seq, once->made));
    else
        telling_answer(f, s, &c->id, carry_out(f, s, c, &done));
    if (done)
        end_others(f, c);
}

void floor_returned(void *context, struct batch *b, bool durable)
{
    struct app *app = context;
    struct floor *f = b->context;

    assert(f->in_flight > 0);
    f->in_flight--;
    if (durable) {
        assert(b->rows[0].seq == f->durable + 1);
        f->durable = b->rows[b->count - 1].seq;
        for (size_t i = 0; i < b->blank_count; i++) {
            ring_blank(&f->ring, b->blanks[i]);
            if (i < b->blank_count - b->text_only)
                once_forget(&f->once, b->blanks[i]);
        }
    } else {
        if (!f->lost)
            log_event(LOG_LEVEL_WARN, "meeting.lost", "meeting=%s seq=%" PRId64, f->code,
                      f->durable);
        f->lost = true;
        telling_lost(f, b->rows[0].seq);
    }
    app_touch(app, f);
    batch_free(b);
    if (f->lost && f->in_flight == 0)
        recovery_begin(f);
}

/* After a long stop the meeting comes back paused, with the clocks as they stood when the server
 * was last seen alive. */
static bool needs_freeze(const struct floor *f)
{
    return f->meeting->seq == f->read_up_to && f->meeting->floor.state == STATE_RUNNING &&
           f->app->down_ms > RESTART_NOTICED_MS;
}

/* The mark is at most some seconds old; what was written after it is younger. */
static struct instant seen_alive(const struct floor *f)
{
    int64_t mark = f->app->down_since - f->origin;

    return (struct instant){ mark > f->last_at ? mark : f->last_at };
}

bool floor_wake_at(const struct floor *f, int64_t *ret_boottime)
{
    struct instant at;

    if (f->state != FLOOR_LIVE || f->lost || !f->meeting->created)
        return false;
    if (needs_freeze(f)) {
        *ret_boottime = 0;
        return true;
    }
    if (!meeting_wake_at(f->meeting, &at))
        return false;
    *ret_boottime = at.ms + f->origin - f->app->offset;
    return true;
}

void floor_wake(struct floor *f)
{
    struct facts facts;
    struct command c = { .kind = COMMAND_TIME_WAKE };

    if (needs_freeze(f)) {
        c.kind = COMMAND_CLOCK_FREEZE;
        c.with.clock_freeze.since = seen_alive(f);
    }
    const struct asker nobody = { .role = ROLE_NOT };
    if (floor_handle(f, &c, &nobody, &facts) == REFUSED_NOT)
        facts_drop(&facts);
}
