#include "app/erasing.h"

#include <assert.h>
#include <string.h>

#include "app/api.h"
#include "app/owning.h"
#include "app/pairing.h"
#include "app/resting.h"
#include "app/state.h"
#include "app/telling.h"
#include "app/waking.h"
#include "base/alloc.h"
#include "base/log.h"
#include "engine/keep.h"

enum {
    ERASING_MAX = 16,           /* Meetings that are erased at once: each is a commit of its own. */
    TRY_AGAIN_MS = 60 * 1000,   /* After the journal could not. */
    CLOCKS_APART_MS = 86400000, /* How much the two clocks may differ. */
};

static void forget_old(struct app *app, int64_t wall)
{
    size_t kept = 0;

    for (size_t i = 0; i < app->erased_count; i++)
        if (app->erased[i].wall >= wall - JOURNAL_ERASED_KEPT_MS)
            app->erased[kept++] = app->erased[i];
    app->erased_count = kept;
}

void erasing_known(void *context, struct hash code, int64_t wall)
{
    struct app *app = context;

    if (app->erased_count == app->erased_room) {
        size_t room = app->erased_room ? 2 * app->erased_room : 16;
        struct erased *more = alloc_again(app->erased, room, sizeof(*more));
        if (!more)
            return; /* The meeting counts as one that never was. */
        app->erased = more;
        app->erased_room = room;
    }
    app->erased[app->erased_count++] = (struct erased){ .code = code, .wall = wall };
}

bool erasing_has(const struct app *app, const char *code)
{
    const struct room *r = app_find(app, code);
    struct hash hash = hash_of(code, CODE_CHARS);

    if (r)
        return r->state == ROOM_ERASED;
    for (size_t i = 0; i < app->erased_count; i++)
        if (hash_same(app->erased[i].code, hash))
            return true;
    return false;
}

static int64_t wall_of(const struct app *app)
{
    return app->ports.wall(app->ports.context);
}

/* The journal has erased it, or could not (journal_read_fn). */
static void done(void *context, const struct journal_fact *end, int error)
{
    struct room *r = context;

    struct api_call *call = r->erase_call;

    assert(end->seq == 0);
    r->erase_call = NULL;
    r->app->erasing--;
    if (error != 0) {
        r->state = r->before_erasing;
        r->erase_after = room_now(r).ms + TRY_AGAIN_MS;
        waking_changed(r);
        app_touch(r->app, r);
        log_event(LOG_LEVEL_ERROR, "meeting.not_erased", "meeting=%s error=%s", r->code,
                  strerror(-error));
        if (call)
            api_lost(call);
        if (!owning_has(r))
            owning_close(r);
        return;
    }
    r->state = ROOM_ERASED;
    chiefs_follow(r);
    forget_old(r->app, wall_of(r->app));
    erasing_known(r->app, hash_of(r->code, CODE_CHARS), wall_of(r->app));
    pairing_drop(r);
    log_event(LOG_LEVEL_INFO, "meeting.erased", "meeting=%s", r->code);
    for (size_t i = 0; i < r->session_count; i++)
        if (r->sessions[i]->state != SESSION_CLOSING)
            session_refuse(r->sessions[i], REFUSED_ERASED, NULL);
    resting_over(r);
    if (!call)
        return;
    call->body = strdup("{}");
    call->body_len = 2;
    if (call->body)
        api_finish(call);
    else
        api_lost(call);
}

bool erasing_rests(const struct room *r)
{
    return r->state == ROOM_LIVE && !r->lost && r->meeting->created && r->in_flight == 0 &&
           !r->touched && !r->pending_first;
}

/* False when the journal is busy. */
static bool begin(struct room *r)
{
    if (journal_erase(r->app->journal, r->code, wall_of(r->app), done, r) != 0)
        return false;
    r->before_erasing = r->state;
    r->state = ROOM_ERASING;
    r->app->erasing++;
    waking_changed(r);
    return true;
}

bool erasing_now(struct room *r, struct api_call *call)
{
    bool can = erasing_rests(r) || r->state == ROOM_BROKEN || r->state == ROOM_STORED;

    if (r->app->stopping || !can)
        return false;
    r->erase_call = call;
    if (begin(r))
        return true;
    r->erase_call = NULL;
    return false;
}

bool erasing_is_due(const struct room *r)
{
    bool stored = r->state == ROOM_STORED;

    if (stored ? !r->brief.known : !erasing_rests(r))
        return false;
    struct instant until = stored ? r->brief.until : keep_until(r->meeting), now = room_now(r);
    int64_t made = stored ? r->brief.wall : r->meeting->wall;

    return instant_reached(now, until) && now.ms >= r->erase_after &&
           wall_of(r->app) >= made + until.ms - CLOCKS_APART_MS;
}

/* Nobody was ever told how long it is kept: they are told now, and it stays so long. */
static void say_first(struct room *r)
{
    const struct sender nobody = { .role = ROLE_NOT };
    struct command c = { .kind = COMMAND_MEETING_KEEP };
    struct facts facts;

    c.args.meeting_keep.days = r->meeting->keep.days;
    if (room_handle(r, &c, &nobody, &facts) == REFUSED_NOT)
        facts_release(&facts);
}

void erasing_tick(struct app *app)
{
    bool any = false;

    for (size_t i = 0; i < app->room_count && !app->stopping; i++) {
        struct room *r = app->rooms[i];
        any = any || room_is_over(r);
        if (app->erasing >= ERASING_MAX || !erasing_is_due(r))
            continue;
        bool stored = r->state == ROOM_STORED;
        if (stored ? r->brief.said : r->meeting->keep.said)
            (void)begin(r); /* Where it is busy, the next tick tries again. */
        else if (stored) {
            room_used(r); /* It stays in memory until people have been told. */
            recovery_begin(r);
        } else
            say_first(r);
    }
    if (any)
        app_sweep(app);
}
