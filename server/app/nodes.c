#include "app/nodes.h"

#include <inttypes.h>
#include <string.h>

#include "app/owning.h"
#include "app/pairing.h"
#include "app/relay.h"
#include "app/resting.h"
#include "app/state.h"
#include "base/log.h"
#include "store/lease.h"

enum { LIST_MS = 1000, LOOK_MS = 250 };

static int64_t now_of(const struct app *app)
{
    return app_steady(app);
}

/* The trunk by which this server calls that one, which may not be up yet; NULL: there is none. */
static struct trunk *find(const struct app *app, const struct node *node)
{
    for (struct trunk *t = app->trunks; t; t = t->next)
        if (t->calls && t->state != TRUNK_OVER && strcmp(t->node.name, node->name) == 0 &&
            strcmp(t->node.url, node->url) == 0)
            return t;
    return NULL;
}

static struct trunk *find_or_call(struct app *app, const struct node *node)
{
    struct trunk *t = find(app, node);

    if (t || app->stopping || !node->name[0] || strcmp(node->name, app->options.node) == 0)
        return t;
    return trunk_call(app, node);
}

void nodes_found(struct room *r, const struct owner *owner)
{
    struct app *app = r->app;

    log_event(LOG_LEVEL_DEBUG, "meeting.elsewhere", "meeting=%s node=%s", r->code,
              owner->node.name);
    if (!app->options.trunks) {
        resting_over(r);
        return;
    }
    struct trunk *t = find_or_call(app, &owner->node);
    r->way = t && t->state == TRUNK_UP ? t : NULL;
    resting_pass(r);
}

static bool is_listed(const struct trunk *t, const struct node *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(t->node.name, nodes[i].name) == 0 && strcmp(t->node.url, nodes[i].url) == 0)
            return true;
    return false;
}

void nodes_listed(struct app *app, const struct node *nodes, size_t count)
{
    if (!app->options.trunks)
        return;
    app->others = 0;
    for (size_t i = 0; i < count; i++) {
        app->others += strcmp(nodes[i].name, app->options.node) != 0;
        (void)find_or_call(app, &nodes[i]);
    }
    for (struct trunk *t = app->trunks; t; t = t->next)
        if (t->calls && t->state == TRUNK_UP && t->live == 0 && !is_listed(t, nodes, count))
            trunk_end(t);
}

/* Asks who leads the meetings that somebody waits for. */
static void ask(struct app *app)
{
    for (size_t i = 0; i < app->room_count; i++) {
        struct room *r = app->rooms[i];
        if (r->waiters && r->state == ROOM_STORED && !r->claiming)
            recovery_begin(r);
    }
}

void nodes_say(const struct app *app, const struct trunk_message *m)
{
    for (struct trunk *t = app->trunks; t; t = t->next)
        if (t->calls && t->state == TRUNK_UP)
            (void)trunk_send(t, m);
}

void nodes_reached(struct trunk *t)
{
    if (!t->calls)
        return;
    pairing_tell(t);
    ask(t->app);
}

void nodes_lost(struct trunk *t)
{
    struct app *app = t->app;

    for (size_t i = 0; i < app->room_count; i++)
        if (app->rooms[i]->way == t)
            app->rooms[i]->way = NULL;
}

bool nodes_wake_at(const struct app *app, int64_t *ret_boottime)
{
    *ret_boottime = app->nodes_at - now_of(app) + app->ports.boottime(app->ports.context);
    return app->options.trunks != NULL;
}

static bool expire(struct app *app, int64_t now)
{
    bool held = false;

    for (size_t i = 0; i < app->room_count; i++)
        if (app->rooms[i]->waiters) {
            resting_expire(app->rooms[i], now);
            held = held || app->rooms[i]->waiters;
        }
    return held;
}

void nodes_wake(struct app *app)
{
    int64_t now = now_of(app);

    if (!app->options.trunks || now < app->nodes_at)
        return;
    app->nodes_at = now + LOOK_MS;
    for (struct trunk *t = app->trunks; t; t = t->next)
        trunk_tick(t, now);
    if (now >= app->list_at && !app->stopping && lease_nodes(app->options.lease) == 0)
        app->list_at = now + LIST_MS;
    if (expire(app, now)) {
        app->nodes_at = now + RELAY_LOOK_MS;
        ask(app);
    }
}

void nodes_hold(struct app *app)
{
    int64_t soon = now_of(app) + RELAY_LOOK_MS;

    if (app->nodes_at > soon)
        app->nodes_at = soon;
}
