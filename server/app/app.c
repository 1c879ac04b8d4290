#include "app/app.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/api.h"
#include "app/nodes.h"
#include "app/owning.h"
#include "app/pairing.h"
#include "app/presence.h"
#include "app/relay.h"
#include "app/resting.h"
#include "app/saving.h"
#include "app/state.h"
#include "app/stranding.h"
#include "app/telling.h"
#include "app/waking.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "hub/close_status.h"
#include "store/lease.h"
#include "wire/frame_json.h"

enum {
    MARK_EVERY_MS = 5000,
    TRY_EVERY_MS = 1000, /* The same while the disk takes nothing: it finds out when it does. */
    READ_AHEAD = 16,     /* Meetings that are read at once after a start; whoever asks for one waits
                          * behind them. */
};

static void on_command(void *context, struct session *s, const struct command *c)
{
    if (owning_look(context) && s->state == SESSION_LIVE)
        room_command(s->room, s, c);
}

static void on_passed(void *context, struct session *s, const struct uuid *id, const char *bytes,
                      size_t len)
{
    (void)context;
    relay_say(s, id, bytes, len);
}

static void on_refused(void *context, struct session *s, const struct uuid *id, enum refusal code,
                       const char *field, int64_t wait_ms)
{
    struct app *app = context;
    struct room *r = s->room;
    char *text = frame_reply_refused(id, code, field, wait_ms);
    struct frame *frame = frame_from(text);

    hub_refused(app->hub, code);
    attempts_refused(s, code);
    if (r) {
        telling_answer(r, s, id, frame);
        return;
    }
    session_send(s, frame, false);
    frame_unref(frame);
}

static void on_struck(void *context, struct session *s)
{
    (void)context;
    attempts_struck(s);
}

static void on_owed(void *context, struct session *s)
{
    if (s->state == SESSION_PASSED)
        relay_owed(s);
    else if (owning_look(context) && s->state == SESSION_LIVE)
        telling_owed(s->room, s);
}

static void on_gone(void *context, struct session *s)
{
    (void)context;
    resting_leave(s);
    relay_leave(s);
    if (s->room)
        telling_leave(s->room, s);
}

static bool on_clock(void *context, struct session *s, struct instant *ret_now, int64_t *ret_wall)
{
    struct app *app = context;

    if (!s->room)
        return false;
    *ret_now = room_now(s->room);
    *ret_wall = app->ports.wall(app->ports.context);
    return true;
}

static void on_writing(void *context, struct session *s, struct writing *writing)
{
    struct app *app = context;

    if (s->room)
        presence_writes(s->room, s, writing, app->ports.boottime(app->ports.context));
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

    if (app->options.offline)
        return;
    memcpy(m.boot_id, app->boot_id, sizeof(m.boot_id));
    journal_mark_set(app->journal, &m);
    app->marked = now;
}

/* Whether what is written now would most likely be lost. */
static void look_at_disk(struct app *app)
{
    int before = app->trouble;

    app->trouble = journal_trouble(app->journal);
    if ((before != 0) == (app->trouble != 0))
        return;
    if (app->trouble)
        log_event(LOG_LEVEL_ERROR, "journal.stuck", "error=\"%s\"", strerror(-app->trouble));
    else
        log_event(LOG_LEVEL_INFO, "journal.well", "%s", "");
    waking_all(app);
}

static void on_tick(void *context, int64_t now)
{
    struct app *app = context;

    (void)owning_look(app);
    look_at_disk(app);
    if (now - app->marked >= (app->trouble ? TRY_EVERY_MS : MARK_EVERY_MS))
        mark(app, now);
    saving_tick(app);
    stranding_tick(app);
    erasing_tick(app);
    for (size_t i = 0; i < app->room_count; i++) {
        struct room *r = app->rooms[i];
        presence_lapse(r, now);
        r->presence |= r->warned != (attempts_told(r) != GUESSED_NOT);
        if ((r->presence || r->due) && r->state == ROOM_LIVE && !r->lost)
            presence_tell(r);
        if (r->lost && r->state == ROOM_LIVE && r->in_flight == 0)
            recovery_begin(r);
        if (app->options.trunks)
            owning_give(r, now);
    }
    resting_tick(app, now);
    app_read_on(app);
    owning_go_on(app);
}

static const struct hub_ops hub_ops = {
    .hello = app_hello,
    .passed = on_passed,
    .command = on_command,
    .writing = on_writing,
    .refused = on_refused,
    .struck = on_struck,
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

int64_t app_steady(const struct app *app)
{
    const struct app_ports *ports = &app->ports;

    return ports->steady ? ports->steady(ports->context) : ports->boottime(ports->context);
}

int64_t app_server_clock(const struct app *app)
{
    return app->ports.boottime(app->ports.context) + app->offset;
}

/* Nothing that is counted rests on the clock on the wall, but people see times of day by it, and
 * those of two servers would differ. */
static void look_at_wall(int64_t ahead_ms)
{
    if (ahead_ms <= -JOURNAL_CLOCKS_APART_MS || ahead_ms >= JOURNAL_CLOCKS_APART_MS)
        log_event(LOG_LEVEL_WARN, "clock.wrong", "ahead_of_database_ms=%" PRId64, ahead_ms);
}

/* The server clock goes on from where it was: by boottime within one boot, by the wall clock from
 * one boot to the next.  Of several servers it is the journal's, and by boottime from there. */
static void set_clock(struct app *app)
{
    struct journal_mark m;

    clock_boot_id(app->boot_id);
    bool found = journal_mark_get(app->journal, &m);
    int64_t wall = app->ports.wall(app->ports.context);
    int64_t boottime = app->ports.boottime(app->ports.context);
    app->down_since = -1;
    app->offset = found && m.shared ? m.now - boottime : -boottime;
    app->marked = boottime - MARK_EVERY_MS;
    if (found && m.shared && m.day > 0)
        look_at_wall(wall - m.day);
    if (!found || m.shared)
        return;
    bool same = strcmp(m.boot_id, app->boot_id) == 0;
    int64_t away = same ? boottime - m.boottime : wall - m.wall;
    app->down_ms = away > 0 ? away : 0;
    app->down_since = m.server;
    app->offset = m.server + app->down_ms - boottime;
}

static size_t slot_of(const struct app *app, const char *code)
{
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a: codes are random already. */

    for (const char *c = code; *c; c++)
        h = (h ^ (unsigned char)*c) * UINT64_C(1099511628211);
    size_t i = (size_t)h & (app->index_capacity - 1);
    while (app->index[i] && strcmp(app->index[i]->code, code) != 0)
        i = (i + 1) & (app->index_capacity - 1);
    return i;
}

struct room *app_find(const struct app *app, const char *code)
{
    return app->index_capacity ? app->index[slot_of(app, code)] : NULL;
}

static bool grow(struct app *app)
{
    size_t capacity = app->room_capacity ? app->room_capacity * 2 : 16;
    struct room **rooms = alloc_again(app->rooms, capacity, sizeof(struct room *));

    if (!rooms)
        return false;
    app->rooms = rooms;
    struct room **index = alloc_many(capacity * 2, sizeof(struct room *));
    if (!index)
        return false;
    free(app->index);
    app->index = index;
    app->index_capacity = capacity * 2;
    app->room_capacity = capacity;
    for (size_t i = 0; i < app->room_count; i++)
        app->index[slot_of(app, app->rooms[i]->code)] = app->rooms[i];
    return true;
}

bool app_add(struct app *app, struct room *r)
{
    if (app->room_count == app->room_capacity && !grow(app))
        return false;
    size_t i = slot_of(app, r->code);
    assert(!app->index[i]);
    app->index[i] = app->rooms[app->room_count++] = r;
    return true;
}

void app_sweep(struct app *app)
{
    size_t kept = 0, read = 0;

    for (size_t i = 0; i < app->room_count; i++) {
        struct room *r = app->rooms[i];
        if (room_is_over(r)) {
            room_free(r);
            continue;
        }
        read += i < app->unread;
        app->rooms[kept++] = r;
    }
    app->room_count = kept;
    app->unread = read;
    memset(app->index, 0, app->index_capacity * sizeof(struct room *));
    for (size_t i = 0; i < kept; i++)
        app->index[slot_of(app, app->rooms[i]->code)] = app->rooms[i];
}

void app_touch(struct app *app, struct room *r)
{
    if (r->touched)
        return;
    r->touched = true;
    r->next_touched = app->touched;
    app->touched = r;
}

static void known(void *context, const char *code, int64_t origin, int64_t epoch, int64_t last_seq)
{
    struct app *app = context;
    struct room *r = last_seq > 0 ? room_new(app, code, origin) : NULL;

    if (!r || !app_add(app, r)) {
        room_free(r);
        return;
    }
    r->epoch = epoch;
    r->led = app->down_since;
    r->away_ms = app->down_ms;
}

void app_read_on(struct app *app)
{
    for (; app->unread > 0 && app->folding < READ_AHEAD; app->unread--) {
        struct room *r = app->rooms[app->unread - 1];
        if (r->state == ROOM_STORED && !r->brief.known)
            recovery_begin(r);
        if (r->state == ROOM_STORED && !r->brief.known)
            return; /* The journal is busy. */
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
    app->others = options->trunks ? SIZE_MAX : 0; /* Not known yet. */
    app->hub = hub_new(&hub_ops, app, options->rate_a_second);
    app->dictionary = dictionary_new();
    if (!app->hub || !app->dictionary) {
        hub_free(app->hub);
        dictionary_free(app->dictionary);
        free(app);
        return NULL;
    }
    for (enum locale l = LOCALE_NOT + 1; l < LOCALE_COUNT && !options->offline; l++)
        if (!dictionary_is_installed(l))
            log_event(LOG_LEVEL_WARN, "dictionary.missing", "%s", locale_enum.names[l]);
    set_clock(app);
    if (journal_erased(journal, erasing_known, app) != 0 ||
        (!options->lease && journal_meetings(journal, known, app) != 0))
        log_event(LOG_LEVEL_ERROR, "journal.unlisted", "%s", "");
    app->unread = app->room_count;
    mark(app, app->ports.boottime(app->ports.context)); /* Before anything can be acknowledged. */
    app_read_on(app);
    return app;
}

void app_reload(struct app *app, const struct app_options *options)
{
    const struct app_options before = app->options;

    app->options = *options;
    app->options.base_url = before.base_url;
    app->options.draw_qr = before.draw_qr;
    app->options.lease = before.lease;
    app->options.node = before.node;
    app->options.trunk_key = before.trunk_key;
    app->options.trunks = before.trunks;
    hub_rate(app->hub, options->rate_a_second);
}

void app_free(struct app *app)
{
    if (!app)
        return;
    api_cancel_all(app);
    hub_free(app->hub);
    dictionary_free(app->dictionary);
    for (size_t i = 0; i < app->room_count; i++)
        room_free(app->rooms[i]);
    free(app->rooms);
    free(app->index);
    free(app->erased);
    free(app->chiefs);
    pairing_forget_all(app);
    free(app);
}

struct hub *app_hub(struct app *app)
{
    return app->hub;
}

void app_collect(struct app *app)
{
    look_at_disk(app);
    owning_collect(app);
    journal_collect(app->journal, room_returned, app);
    if (!owning_settled(app))
        owning_go_on(app);
    while (app->touched) {
        struct room *r = app->touched;
        app->touched = r->next_touched;
        r->touched = false;
        if (r->state == ROOM_LIVE && !r->lost)
            telling_flush(r);
    }
}

/* Whether nothing is on its way to the journal. */
static bool is_drained(const struct app *app)
{
    for (size_t i = 0; i < app->room_count; i++)
        if (app->rooms[i]->in_flight > 0)
            return false;
    return app->erasing == 0;
}

bool app_turn_over(struct app *app)
{
    relay_settle(app);
    bool decided = app->decided;
    app->decided = false;
    if (app->stopping && is_drained(app))
        owning_leave(app);
    journal_go(app->journal);
    return decided;
}

void app_leave(struct app *app)
{
    journal_leave(app->journal);
}

bool app_wake_at(const struct app *app, int64_t *ret_boottime)
{
    bool timed = nodes_wake_at(app, ret_boottime);

    if (app->first_due && !app->stopping && !(timed && *ret_boottime < app->due_at)) {
        *ret_boottime = app->due_at;
        timed = true;
    }
    return timed;
}

void app_wake(struct app *app)
{
    int64_t now = app->ports.boottime(app->ports.context), at;

    (void)owning_look(app);
    nodes_wake(app);
    for (size_t i = 0; i < app->room_count && !app->stopping; i++)
        if (room_wake_at(app->rooms[i], &at) && at <= now)
            room_wake(app->rooms[i]);
}

bool app_ready(struct app *app)
{
    return owning_look(app);
}

int app_health(const struct app *app)
{
    return app->options.lease ? lease_health(app->options.lease) : 0;
}

bool app_all_read(const struct app *app)
{
    return app->unread == 0 && app->folding == 0 && owning_settled(app);
}

size_t app_meetings(const struct app *app)
{
    return app->room_count;
}

size_t app_broken(const struct app *app)
{
    size_t count = 0;

    for (size_t i = 0; i < app->room_count; i++)
        count += app->rooms[i]->state == ROOM_BROKEN;
    return count;
}

bool app_idle(const struct app *app)
{
    return is_drained(app) && (!app->stopping || owning_has_left(app));
}

static void send_away(void *context, struct session *s)
{
    (void)context;
    session_close(s, CLOSE_RESTART);
}

void app_guessed(struct app *app, const char *address)
{
    const struct trunk_message m = { .kind = TRUNK_GUESSED, .texts = { trunk_text(address) } };

    nodes_say(app, &m);
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
