#include "support/world.h"

#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/nodes.h"
#include "app/state.h"
#include "hub/hub.h"
#include "store/lease.h"
#include "support/check.h"

enum { ASKS_MAX = 1000 };

uint64_t world_roll(struct world *w, uint64_t sides)
{
    uint64_t z = (w->dice += UINT64_C(0x9E3779B97F4A7C15));

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return sides ? z % sides : z;
}

static int64_t boottime(void *context)
{
    return ((struct world *)context)->boottime;
}

static int64_t wall(void *context)
{
    return ((struct world *)context)->wall;
}

static void fill(void *context, void *ret_bytes, size_t len)
{
    unsigned char *to = ret_bytes;

    for (size_t i = 0; i < len; i++)
        to[i] = (unsigned char)world_roll(context, 256);
}

static struct uuid uuid(void *context)
{
    struct uuid id;

    fill(context, id.b, sizeof(id.b));
    return id;
}

/* A server has a tick each second, and a lease more often. */
static int64_t turn_ms(const struct world *w)
{
    return w->lease ? 250 : 1000;
}

static char *slurp(const char *path, size_t *ret_len)
{
    FILE *in = fopen(path, "r");
    char *bytes = NULL;
    size_t len = 0;

    CHECK(in);
    FILE *out = open_memstream(&bytes, &len);
    for (int c; (c = fgetc(in)) != EOF;)
        fputc(c, out);
    fclose(out);
    fclose(in);
    *ret_len = len;
    return bytes;
}

static void read_templates(struct world *w, const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    size_t count = 0;

    CHECK(dir);
    while ((entry = readdir(dir))) {
        char path[4096], *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".json") != 0)
            continue;
        CHECK(count < 32);
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        w->templates[count].json = slurp(path, &w->templates[count].len);
        w->templates[count].name = strndup(entry->d_name, (size_t)(dot - entry->d_name));
        count++;
    }
    closedir(dir);
}

static void start(struct world *w)
{
    const struct app_ports ports = {
        .boottime = boottime, .wall = wall, .random = fill, .uuid = uuid, .context = w
    };
    const struct app_options options = {
        .base_url = "http://localhost:8080",
        .keep_days = 30,
        .lease = w->lease,
        .rest_ms = 3000,
        .node = w->node,
        .trunk_key = w->trunk_key,
        .trunks = w->trunks,
    };

    w->app = app_new(w->journal, &ports, &options, w->templates);
    CHECK(w->app);
    while (!w->stalled && !app_all_read(w->app)) {
        journal_memory_commit(w->journal, 1);
        if (w->lease)
            lease_turn(w->lease);
        app_collect(w->app);
    }
    world_pass(w, 0);
}

void world_open(struct world *w, uint64_t seed, const char *folder)
{
    *w = (struct world){ .dice = seed, .boottime = 1000000, .wall = 1778000000000 };
    read_templates(w, folder);
    w->journal = journal_memory_new();
    CHECK(w->journal);
    start(w);
}

void world_close(struct world *w)
{
    world_settle(w);
    app_free(w->app); /* A lease that it was shared with stays the caller's. */
    journal_close(w->journal);
    for (struct app_template *t = w->templates; t->name && !w->borrows; t++) {
        free((char *)t->name);
        free((char *)t->json);
    }
}

/* Whether the lease has answered all that it was asked. */
static bool is_answered(const struct app *app)
{
    return app->claiming == 0 && !app->seeking && app->leaving == app->left;
}

void world_settle(struct world *w)
{
    if (w->stalled || w->frozen || !w->app)
        return;
    do { /* At least once: a mark waits without being counted. */
        journal_memory_commit(w->journal, 1);
        if (w->lease && !w->asking)
            lease_turn(w->lease);
        app_collect(w->app);
        app_turn_over(w->app);
    } while (journal_memory_waiting(w->journal) > 0 || (!w->asking && !is_answered(w->app)));
}

/* When a meeting must be woken next: what the application keeps is what a look at each of them
 * finds. */
static bool next_due(const struct world *w, int64_t *ret_at)
{
    int64_t at, first = 0;
    bool kept = app_wake_at(w->app, ret_at), found = nodes_wake_at(w->app, &first);

    for (size_t i = 0; i < w->app->room_count; i++)
        if (room_wake_at(w->app->rooms[i], &at) && (!found || at < first)) {
            first = at;
            found = true;
        }
    CHECK(w->app->stopping || kept == found);
    CHECK(!kept || first == *ret_at || w->app->stopping);
    return kept;
}

bool world_leads(const struct world *w, const char *code)
{
    const struct room *r = *code ? app_find(w->app, code) : NULL;

    return r && r->epoch != 0 && !r->lost && r->state != ROOM_FOLDING && w->app->term != 0 &&
           lease_term(w->lease) == w->app->term;
}

int64_t world_next(const struct world *w)
{
    int64_t at, turn = (w->boottime / turn_ms(w) + 1) * turn_ms(w);

    return next_due(w, &at) && at < turn ? at : turn;
}

/* What is due by now. */
static void wake(struct world *w, bool ticks)
{
    int64_t at;

    if (next_due(w, &at) && at <= w->boottime)
        app_wake(w->app);
    if (ticks)
        hub_tick(app_hub(w->app), w->boottime);
}

void world_pass(struct world *w, int64_t ms)
{
    int64_t end = w->boottime + ms;

    for (;;) {
        world_settle(w);
        int64_t next = world_next(w);
        if (next > end)
            break;
        bool ticks = next > w->boottime && next % 1000 == 0;
        if (next > w->boottime) {
            w->wall += next - w->boottime;
            w->boottime = next;
        }
        wake(w, ticks);
    }
    if (end > w->boottime) { /* Time may have passed within, see struct world. */
        w->wall += end - w->boottime;
        w->boottime = end;
    }
    world_settle(w);
}

void world_restart(struct world *w, int64_t away_ms)
{
    journal_memory_crash(w->journal);
    app_free(w->app);
    w->boottime += away_ms;
    w->wall += away_ms;
    start(w);
}

void world_share(struct world *w, struct ownership_table *table, const char *name,
                 struct lease *lease)
{
    w->lease = lease;
    journal_memory_share(w->journal, table, name);
    world_restart(w, 0);
}

void world_join(struct world *w, struct world *first, const char *folder,
                struct ownership_table *table, const char *name)
{
    w->borrows = first != NULL;
    if (first)
        memcpy(w->templates, first->templates, sizeof(w->templates));
    else
        read_templates(w, folder);
    w->journal = first ? journal_memory_beside(first->journal) : journal_memory_new();
    CHECK(w->journal);
    journal_memory_share(w->journal, table, name);
}

void world_up(struct world *w, struct lease *lease)
{
    w->lease = lease;
    w->frozen = w->stalled = false;
    start(w);
}

void world_down(struct world *w)
{
    CHECK(!w->wires);
    journal_memory_crash(w->journal);
    app_free(w->app);
    lease_close(w->lease);
    w->app = NULL;
    w->lease = NULL;
}

static void inbox_take(struct world_wire *wire)
{
    size_t len = 0;

    for (size_t at = 0; at < wire->inbox_len && !wire->closing; at += len + 1) {
        len = strlen(wire->inbox + at);
        session_receive(wire->session, wire->inbox + at, len);
    }
    free(wire->inbox);
    wire->inbox = NULL;
    wire->inbox_len = 0;
}

void world_thaw(struct world *w, bool wires_first)
{
    w->frozen = false;
    if (!wires_first) {
        wake(w, true);
        world_settle(w);
    }
    for (struct world_wire *wire = w->wires, *next; wire; wire = next) {
        next = wire->next;
        inbox_take(wire);
        if (wire->dropped)
            world_disconnect(wire);
    }
    world_settle(w);
}

struct asked {
    bool done;
    int status;
    char *body;
};

static void answered(void *context, const struct api_answer *answer)
{
    struct asked *a = context;

    a->done = true;
    a->status = answer->status;
    a->body = strndup(answer->body, answer->body_len);
}

char *world_ask(struct world *w, const char *method, const char *path, const char *query,
                const char *bearer, const char *body, int *ret_status)
{
    struct asked asked = { 0 };
    const struct api_request request = {
        .method = method,
        .path = path,
        .query = query,
        .bearer = bearer,
        .body = body,
        .body_len = strlen(body),
        .near = true,
        .inside = !w->outside,
    };

    (void)app_api(w->app, &request, answered, &asked);
    world_settle(w);
    for (int i = 0; w->wait && !asked.done && i < ASKS_MAX; i++)
        w->wait(w);
    CHECK(asked.done);
    *ret_status = asked.status;
    return asked.body;
}

static void on_wake(void *transport)
{
    (void)transport; /* world_hear takes whatever there is. */
}

static void on_close(void *transport, int status, bool now)
{
    struct world_wire *wire = transport;

    (void)now;
    wire->closing = true;
    wire->status = status;
}

static void on_failed(void *transport)
{
    struct world_wire *wire = transport;

    wire->guesses++;
}

static void on_peer(void *transport, char ret_address[static TRANSPORT_PEER_ROOM])
{
    (void)transport;
    snprintf(ret_address, TRANSPORT_PEER_ROOM, "192.0.2.1");
}

struct world_wire *world_connect(struct world *w)
{
    static const struct transport_ops ops = {
        .wake = on_wake, .close = on_close, .failed = on_failed, .peer = on_peer
    };
    struct world_wire *wire = calloc(1, sizeof(*wire));

    CHECK(wire);
    wire->world = w;
    wire->session = session_new(app_hub(w->app), &ops, wire);
    CHECK(wire->session);
    wire->next = w->wires;
    w->wires = wire;
    return wire;
}

/* It waits until the server goes on. */
static void inbox_add(struct world_wire *wire, const char *text)
{
    size_t len = strlen(text) + 1;

    wire->inbox = realloc(wire->inbox, wire->inbox_len + len);
    CHECK(wire->inbox);
    memcpy(wire->inbox + wire->inbox_len, text, len);
    wire->inbox_len += len;
}

void world_say(struct world_wire *wire, const char *text)
{
    if (wire->world->frozen)
        inbox_add(wire, text);
    else if (!wire->closing)
        session_receive(wire->session, text, strlen(text));
    world_settle(wire->world);
}

char *world_hear(struct world_wire *wire)
{
    if (wire->world->frozen)
        return NULL;
    struct frame *f = session_take(wire->session);

    if (!f) {
        world_settle(wire->world);
        f = session_take(wire->session);
    }
    assert(!f || !wire->over); /* What is being closed sends what waited then, and nothing more. */
    wire->over = wire->closing && !f;
    if (!f)
        return NULL;
    char *text = strndup((const char *)f->bytes, f->len);
    frame_unref(f);
    return text;
}

void world_disconnect(struct world_wire *wire)
{
    struct world_wire **at = &wire->world->wires;

    wire->dropped = true;
    if (wire->world->frozen)
        return; /* It sees that when it goes on. */
    while (*at != wire)
        at = &(*at)->next;
    *at = wire->next;
    session_free(wire->session);
    free(wire->inbox);
    free(wire);
}
