#include "app/owning.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>

#include "app/chiefs.h"
#include "app/erasing.h"
#include "app/guest.h"
#include "app/nodes.h"
#include "app/pairing.h"
#include "app/resting.h"
#include "app/state.h"
#include "app/stranding.h"
#include "app/telling.h"
#include "app/waking.h"
#include "base/log.h"
#include "store/lease.h"

enum { GIVEN_MS = 3000 };

static struct lease *lease_of(const struct app *app)
{
    return app->options.lease;
}

void owning_close(struct room *r)
{
    if (lease_of(r->app))
        r->epoch = 0;
    r->unsure = false;
    telling_drop(r);
    chiefs_drop(r);
    pairing_drop(r);
    recovery_undo(r);
    r->brief = (struct brief){ 0 };
    r->lost = false;
    r->durable = r->told = r->last_at = 0;
    r->read_up_to = -1;
    waking_changed(r);
    stranding_leave(r);
}

void owning_lose(struct room *r)
{
    switch (r->state) {
    case ROOM_STORED:
    case ROOM_LIVE:
    case ROOM_BROKEN:
        owning_close(r);
        return;
    case ROOM_FOLDING:
    case ROOM_ERASING:
        r->epoch = 0; /* It is closed when the journal has answered. */
        stranding_leave(r);
        return;
    case ROOM_ABSENT:
    case ROOM_ERASED:
        return;
    }
}

bool owning_look(struct app *app)
{
    if (!lease_of(app))
        return true;
    int64_t term = lease_term(lease_of(app));
    if (term == app->term)
        return term != 0;
    if (app->term != 0)
        log_event(app->leaving ? LOG_LEVEL_INFO : LOG_LEVEL_WARN,
                  app->leaving ? "lease.left" : "lease.out", "meetings=%zu", app->room_count);
    app->term = term;
    app->swept = false;
    for (size_t i = 0; i < app->room_count; i++)
        owning_lose(app->rooms[i]);
    if (term != 0) {
        app->offset = lease_ahead(lease_of(app));
        log_event(LOG_LEVEL_INFO, "lease.taken", "term=%" PRId64, term);
    }
    return term != 0;
}

struct room *owning_seek(struct app *app, const char *code)
{
    struct room *r = app_find(app, code);

    if (r)
        return r->state == ROOM_ABSENT ? NULL : r;
    if (!lease_of(app) || app->term == 0 || erasing_has(app, code))
        return NULL;
    r = room_new(app, code, 0);
    if (r)
        r->epoch = 0;
    if (r && app_add(app, r))
        return r;
    room_free(r);
    return NULL;
}

bool owning_has(const struct room *r)
{
    return !lease_of(r->app) || r->epoch != 0;
}

void owning_claim(struct room *r)
{
    struct app *app = r->app;

    assert(r->state == ROOM_STORED && r->epoch == 0 && r->in_flight == 0);
    if (r->claiming || app->stopping || lease_claim(lease_of(app), r->code) != 0)
        return;
    r->claiming = true;
    app->claiming++;
}

/* The server by which everybody in the meeting comes; NULL: there is no such one. */
static const struct trunk *wanted_by(const struct room *r)
{
    const struct trunk *t = r->session_count > 0 ? guest_trunk(r->sessions[0]) : NULL;

    for (size_t i = 1; t && i < r->session_count; i++)
        if (guest_trunk(r->sessions[i]) != t)
            return NULL;
    return t;
}

void owning_give(struct room *r, int64_t now)
{
    const struct trunk *t = wanted_by(r);

    if (t != r->wanted) {
        r->wanted = t;
        r->wanted_since = now;
    }
    bool quiet = r->state == ROOM_LIVE && !r->lost && r->in_flight == 0 && !r->pending_first &&
                 !r->touched && !r->erase_call && r->passages == 0;
    if (!t || !quiet || now - r->wanted_since < OWNING_WANTED_MS || r->app->stopping ||
        lease_give_up(lease_of(r->app), r->code, r->epoch) != 0)
        return;
    log_event(LOG_LEVEL_INFO, "meeting.given", "meeting=%s node=%s", r->code, t->node.name);
    r->wanted = NULL;
    r->app->given = now;
    owning_close(r);
}

static void take(struct room *r, const struct claim *c)
{
    int64_t away = c->led < 0 ? 0 : app_server_clock(r->app) - c->led;

    r->way = NULL;
    r->epoch = c->epoch;
    r->origin = c->origin;
    r->led = c->led;
    r->away_ms = away > 0 ? away : 0;
}

/* Whoever waits is passed on to who leads it, hears that there is none or that it was erased, or
 * goes on waiting. */
static void claimed(struct app *app, const struct lease_answer *a)
{
    struct room *r = app_find(app, a->code);

    assert(r && r->claiming && r->state == ROOM_STORED);
    r->claiming = false;
    r->unsure = a->error == -ECONNRESET; /* Then the tick asks again. */
    app->claiming--;
    if (a->error == 0 && a->term == app->term) {
        take(r, &a->claim);
        recovery_begin(r);
    } else if (a->error == -ENOENT || a->error == -EIDRM) {
        r->state = a->error == -EIDRM ? ROOM_ERASED : ROOM_ABSENT;
        if (a->error == -EIDRM)
            erasing_known(app, hash_of(r->code, CODE_CHARS), app->ports.wall(app->ports.context));
        resting_over(r);
    } else if (a->error == -EBUSY) {
        nodes_found(r, &a->owner);
    } else if (a->error != 0 && a->error != -ESTALE && !app->options.trunks) {
        resting_over(r); /* Else it is asked again, as long as somebody may wait. */
    }
}

/* What was given up is to be claimed by whom it was given to. */
static bool is_giving(const struct app *app)
{
    return app->given && app->ports.boottime(app->ports.context) - app->given < GIVEN_MS;
}

static void take_unowned(struct app *app, const struct lease_answer *a)
{
    app->seeking = false;
    if (a->error || a->term != app->term || is_giving(app))
        return;
    app->swept = a->count < OWNERSHIP_UNOWNED_MAX;
    for (size_t i = 0; i < a->count; i++) {
        struct room *r = owning_seek(app, a->codes[i]);
        if (r && r->state == ROOM_STORED && !owning_has(r))
            recovery_begin(r);
    }
}

/* Where it is not known whether it was given up, it may be this server's still, and nobody else
 * would take it. */
static void given_up(struct app *app, const struct lease_answer *a)
{
    struct room *r = a->error && a->error != -ESTALE ? owning_seek(app, a->code) : NULL;

    if (r && r->state == ROOM_STORED && !owning_has(r) && !r->claiming)
        r->unsure = true;
}

static void answered(void *context, const struct lease_answer *a)
{
    struct app *app = context;

    switch (a->kind) {
    case LEASE_CLAIM:
        claimed(app, a);
        return;
    case LEASE_UNOWNED:
        take_unowned(app, a);
        return;
    case LEASE_GIVE_UP:
        given_up(app, a);
        return;
    case LEASE_NODES:
        if (a->error == 0)
            nodes_listed(app, a->nodes, a->count);
        return;
    case LEASE_LEAVE:
        app->left = true;
        return;
    }
}

void owning_collect(struct app *app)
{
    if (!lease_of(app))
        return;
    (void)owning_look(app);
    lease_collect(lease_of(app), answered, app);
}

void owning_go_on(struct app *app)
{
    if (lease_of(app) && app->term != 0 && !app->seeking && !is_giving(app) && app->claiming == 0 &&
        app->folding == 0 && !app->stopping)
        app->seeking = lease_unowned(lease_of(app)) == 0;
}

bool owning_settled(const struct app *app)
{
    return !lease_of(app) || (app->swept && app->claiming == 0);
}

void owning_leave(struct app *app)
{
    if (lease_of(app) && !app->leaving)
        app->leaving = lease_leave(lease_of(app)) == 0;
}

bool owning_has_left(const struct app *app)
{
    return !lease_of(app) || app->left;
}
