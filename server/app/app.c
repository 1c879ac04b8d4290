#include "app/app.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/api.h"
#include "app/presence.h"
#include "app/state.h"
#include "app/telling.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "wire/frame_json.h"

enum { MARK_EVERY_MS = 5000, STATUS_RESTART = 1012 };

static void on_command(void *context, struct session *s, const struct command *c)
{
    (void)context;
    floor_command(s->place, s, c);
}

static void on_refused(void *context, struct session *s, const struct uuid *id, enum refusal code,
                       const char *field, int64_t wait_ms)
{
    struct app *app = context;
    struct floor *f = s->place;
    char *text = frame_reply_refused(id, code, field, wait_ms);
    struct frame *frame = frame_from(text);

    app->refusals++;
    if (f) {
        telling_answer(f, s, id, frame);
        return;
    }
    session_send(s, frame, false);
    frame_unref(frame);
}

static void on_owed(void *context, struct session *s)
{
    (void)context;
    telling_owed(s->place, s);
}

static void on_gone(void *context, struct session *s)
{
    (void)context;
    if (s->place)
        telling_leave(s->place, s);
}

static bool on_clock(void *context, struct session *s, struct instant *ret_now, int64_t *ret_wall)
{
    struct app *app = context;

    if (!s->place)
        return false;
    *ret_now = floor_now(s->place);
    *ret_wall = app->ports.wall(app->ports.context);
    return true;
}

static int64_t on_boottime(void *context)
{
    struct app *app = context;

    return app->ports.boottime(app->ports.context);
}

static void mark(struct app *app, int64_t now)
{
    struct journal_mark m = {
        .boottime = now,
        .wall = app->ports.wall(app->ports.context),
        .server = app_server_clock(app),
    };

    memcpy(m.boot_id, app->boot_id, sizeof(m.boot_id));
    journal_mark_set(app->journal, &m);
    app->marked = now;
}

static void on_tick(void *context, int64_t now)
{
    struct app *app = context;

    if (now - app->marked >= MARK_EVERY_MS)
        mark(app, now);
    for (size_t i = 0; i < app->floor_count; i++) {
        struct floor *f = app->floors[i];
        if (f->presence && f->state == FLOOR_LIVE && !f->lost)
            presence_tell(f);
        if (f->lost && f->state == FLOOR_LIVE && f->in_flight == 0)
            recovery_begin(f);
    }
    app_read_on(app);
}

static const struct hub_ops hub_ops = {
    .hello = app_hello,
    .command = on_command,
    .refused = on_refused,
    .owed = on_owed,
    .gone = on_gone,
    .tick = on_tick,
    .clock = on_clock,
    .boottime = on_boottime,
};

void app_secret(struct app *app, char ret_secret[static SECRET_CHARS + 1])
{
    uint8_t bits[32];

    app->ports.random(app->ports.context, bits, sizeof(bits));
    secret_make(bits, ret_secret);
}

int64_t app_server_clock(const struct app *app)
{
    return app->ports.boottime(app->ports.context) + app->offset;
}

/* The server clock goes on from where it was: by boottime within one boot, by the wall clock from
 * one boot to the next. */
static void set_clock(struct app *app)
{
    int64_t boottime = app->ports.boottime(app->ports.context);
    int64_t wall = app->ports.wall(app->ports.context);
    struct journal_mark m;

    clock_boot_id(app->boot_id);
    app->down_since = -1;
    app->offset = -boottime;
    app->marked = boottime - MARK_EVERY_MS;
    if (!journal_mark_get(app->journal, &m))
        return;
    bool same = strcmp(m.boot_id, app->boot_id) == 0;
    int64_t away = same ? boottime - m.boottime : wall - m.wall;
    app->down_ms = away > 0 ? away : 0;
    app->down_since = m.server;
    app->offset = m.server + app->down_ms - boottime;
}

static size_t place(const struct app *app, const char *code)
{
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a: codes are random already. */

    for (const char *c = code; *c; c++)
        h = (h ^ (unsigned char)*c) * UINT64_C(1099511628211);
    size_t i = (size_t)h & (app->index_room - 1);
    while (app->index[i] && strcmp(app->index[i]->code, code) != 0)
        i = (i + 1) & (app->index_room - 1);
    return i;
}

struct floor *app_find(const struct app *app, const char *code)
{
    return app->index_room ? app->index[place(app, code)] : NULL;
}

static bool grow(struct app *app)
{
    size_t room = app->floor_room ? app->floor_room * 2 : 16;
    struct floor **floors = alloc_again(app->floors, room, sizeof(struct floor *));

    if (!floors)
        return false;
    app->floors = floors;
    struct floor **index = alloc_many(room * 2, sizeof(struct floor *));
    if (!index)
        return false;
    free(app->index);
    app->index = index;
    app->index_room = room * 2;
    app->floor_room = room;
    for (size_t i = 0; i < app->floor_count; i++)
        app->index[place(app, app->floors[i]->code)] = app->floors[i];
    return true;
}

bool app_add(struct app *app, struct floor *f)
{
    if (app->floor_count == app->floor_room && !grow(app))
        return false;
    size_t i = place(app, f->code);
    assert(!app->index[i]);
    app->index[i] = app->floors[app->floor_count++] = f;
    return true;
}

void app_touch(struct app *app, struct floor *f)
{
    if (f->touched)
        return;
    f->touched = true;
    f->next_touched = app->touched;
    app->touched = f;
}

static void known(void *context, const char *code, int64_t origin, int64_t last_seq)
{
    struct app *app = context;
    struct floor *f = last_seq > 0 ? floor_new(app, code, origin) : NULL;

    if (!f || !app_add(app, f)) {
        floor_free(f);
        return;
    }
    f->lost = true; /* Not to be used before it has been read. */
}

void app_read_on(struct app *app)
{
    for (; app->unread < app->floor_count; app->unread++) {
        struct floor *f = app->floors[app->unread];
        if (!f->lost || f->state != FLOOR_LIVE)
            continue;
        if (app->folding >= 64) /* A few at a time: each is read whole. */
            return;
        recovery_begin(f);
        if (f->state == FLOOR_LIVE)
            return;
    }
}

struct app *app_new(struct journal *journal, const struct app_ports *ports,
                    const struct app_options *options, const struct app_template *templates)
{
    struct app *app = alloc_many(1, sizeof(*app));

    if (!app)
        return NULL;
    app->journal = journal;
    app->ports = *ports;
    app->options = *options;
    app->templates = templates;
    app->hub = hub_new(&hub_ops, app, options->rate_a_second);
    if (!app->hub) {
        free(app);
        return NULL;
    }
    set_clock(app);
    if (journal_meetings(journal, known, app) != 0)
        log_event(LOG_LEVEL_ERROR, "journal.unlisted", "%s", "");
    mark(app, app->ports.boottime(app->ports.context)); /* Before anything can be acknowledged. */
    app_read_on(app);
    return app;
}

void app_free(struct app *app)
{
    if (!app)
        return;
    api_cancel_all(app);
    hub_free(app->hub);
    for (size_t i = 0; i < app->floor_count; i++)
        floor_free(app->floors[i]);
    free(app->floors);
    free(app->index);
    free(app);
}

struct hub *app_hub(struct app *app)
{
    return app->hub;
}

void app_collect(struct app *app)
{
    journal_collect(app->journal, floor_returned, app);
    while (app->touched) {
        struct floor *f = app->touched;
        app->touched = f->next_touched;
        f->touched = false;
        if (f->state == FLOOR_LIVE && !f->lost)
            telling_flush(f);
    }
}

bool app_wake_at(const struct app *app, int64_t *ret_boottime)
{
    bool timed = false;
    int64_t at;

    for (size_t i = 0; i < app->floor_count; i++) {
        if (!floor_wake_at(app->floors[i], &at) || (timed && at >= *ret_boottime))
            continue;
        *ret_boottime = at;
        timed = true;
    }
    return timed && !app->stopping;
}

void app_wake(struct app *app)
{
    int64_t now = app->ports.boottime(app->ports.context), at;

    for (size_t i = 0; i < app->floor_count && !app->stopping; i++)
        if (floor_wake_at(app->floors[i], &at) && at <= now)
            floor_wake(app->floors[i]);
}

bool app_ready(const struct app *app)
{
    return app->folding == 0 && app->unread == app->floor_count;
}

size_t app_meetings(const struct app *app)
{
    return app->floor_count;
}

size_t app_broken(const struct app *app)
{
    size_t count = 0;

    for (size_t i = 0; i < app->floor_count; i++)
        count += app->floors[i]->state == FLOOR_BROKEN;
    return count;
}

bool app_idle(const struct app *app)
{
    for (size_t i = 0; i < app->floor_count; i++)
        if (app->floors[i]->in_flight > 0)
            return false;
    return true;
}

static void send_away(void *context, struct session *s)
{
    (void)context;
    session_close(s, STATUS_RESTART);
}

void app_stop(struct app *app)
{
    if (app->stopping)
        return;
    app->stopping = true;
    mark(app, app->ports.boottime(app->ports.context));
}

void app_dismiss(struct app *app)
{
    hub_each(app->hub, send_away, app);
}
