#include "app/stranding.h"

#include "app/state.h"
#include "app/telling.h"
#include "app/trunk.h"
#include "hub/close_status.h"
#include "wire/frame_json.h"

enum {
    ASK_MS = 1000,    /* Another's lease may run a moment longer than this one's. */
    HOLD_MS = 600000, /* Then they may as well look elsewhere. */
    SAID_AT_ONCE = 8, /* More than that waits for nobody who reads. */
};

static bool may_strand(const struct app *app, const struct session *s)
{
    return app->term == 0 && app->options.trunks && !app->stopping && !s->guest &&
           s->state == SESSION_LIVE;
}

void stranding_leave(struct room *r)
{
    struct app *app = r->app;

    for (size_t i = r->session_count; i > 0; i--) {
        struct session *s = r->sessions[i - 1];
        if (!may_strand(app, s)) {
            session_close(s, CLOSE_RESTART);
            continue;
        }
        telling_leave(r, s);
        session_strand(s);
    }
}

/* Whether another server has a lease, so that the database is there for it. */
static bool others_go_on(const struct app *app)
{
    for (const struct trunk *t = app->trunks; t; t = t->next)
        if (t->state == TRUNK_UP && t->leased)
            return true;
    return false;
}

/* How long there has been no lease that is known of here, ms. */
static int64_t held(const struct app *app)
{
    return app->unleased ? app_steady(app) - app->unleased : 0;
}

bool stranding_is(const struct app *app)
{
    return app->options.trunks && app->term == 0 && held(app) < HOLD_MS &&
           (held(app) < ASK_MS || !others_go_on(app));
}

static void send_away(void *context, struct session *s)
{
    (void)context;
    if (s->state == SESSION_STRANDED)
        session_close(s, CLOSE_RESTART);
}

static void tell(void *context, struct session *s)
{
    bool waits = s->state == SESSION_STRANDED || (s->state == SESSION_PASSED && s->waits);

    if (!waits || s->role == ROLE_PHONE || s->outbox.count >= SAID_AT_ONCE)
        return;
    s->unsaved = true;
    session_send(s, context, true);
}

/* Those who have stayed hear that it is over; those who were sent away come to know it anyhow. */
struct over {
    struct frame *frame;
    bool waits; /* Somebody still does. */
};

static void tell_over(void *context, struct session *s)
{
    struct over *over = context;
    bool is_back = s->state == SESSION_LIVE || (s->state == SESSION_PASSED && !s->waits);

    if (!s->unsaved || s->state == SESSION_CLOSING)
        return;
    if (!is_back || s->outbox.count >= SAID_AT_ONCE) {
        over->waits = true;
        return;
    }
    s->unsaved = false;
    session_send(s, over->frame, true);
}

static void say_over(struct app *app)
{
    struct over over = { .frame = frame_from(frame_saving(true)) };

    if (over.frame && !app->saving.off) {
        hub_each(app->hub, tell_over, &over);
        app->told_stranded = over.waits;
    }
    frame_unref(over.frame);
}

void stranding_tick(struct app *app)
{
    if (!app->options.trunks)
        return;
    if (app->term != 0)
        app->unleased = 0;
    else if (!app->unleased)
        app->unleased = app_steady(app);
    if (!stranding_is(app)) {
        hub_each(app->hub, send_away, NULL);
        if (app->told_stranded)
            say_over(app);
        return;
    }
    struct frame *f = frame_from(frame_saving(false));
    if (f)
        hub_each(app->hub, tell, f);
    app->told_stranded = true;
    frame_unref(f);
}
