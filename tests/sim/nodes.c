#include "sim/nodes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "hub/close_status.h"
#include "hub/hub.h"
#include "sim/auditor.h"
#include "sim/peer.h"
#include "store/lease.h"
#include "support/pipe.h"

enum {
    PPM = 200, /* A quartz that nobody sets; a server that is looked after is far better. */
    MILLION = 1000000,
    TAKEN_MS =
        6000,    /* Until somebody leads the meeting: two leases, for what was lost, and some. */
    SLOW_MS = 3, /* A lease that is counted by a slow clock, in whole milliseconds. */
    FAR_MS = 700000000,
    HELD_MS = 3000,  /* How long whoever nobody leads is held. */
    LINES_MS = 6000, /* Until all speak with each other again. */
};

enum node_state { UP, FROZEN, DOWN };

struct server {
    struct world world; /* First: nodes_number and others get from it to the node. */
    struct nodes *all;
    int number;
    char name[8], url[24];
    struct trunk_ports ports;
    enum node_state state;
    int64_t until;             /* When its trouble is over, and what it is: DOWN, FROZEN, or */
    bool no_lease, no_journal; /* that its lease or its journal cannot reach the database. */
    bool answers_lost;         /* Questions reach it, and only the answers do not come. */
    int64_t detains;           /* Its next renewal takes so long; 0: no time. */
    bool detained_still;       /* And all of it stands still meanwhile; */
    bool stands;               /* its clock too, while FROZEN. */

    int64_t base, base_boot, wall_ahead, ppm; /* Its boottime was `base_boot` at `base`. */
    int64_t began;                            /* When it asked the database for its clock, */
    int64_t stood;                            /* and for how long its own has stood since. */
    bool lags;                                /* It stood, and has not asked the database since. */
    bool thaws;           /* It stood within a renewal, and what it was sent waits. */
    int64_t served;       /* Since when its people have had a way to who leads in... */
    int64_t served_epoch; /* ...this epoch; 0: they have none. */
};

struct nodes {
    struct sim *sim;
    int64_t now;
    bool passing; /* Time passes by itself, not because somebody is served. */
    int count;
    struct server at[NODES_MAX];
    struct ownership_table *table;
    int64_t ahead;     /* How far one may have been, as its facts stay when it is put right. */
    int64_t led;       /* When somebody led the meeting last, */
    int64_t led_epoch; /* and in which epoch. */
    int64_t could;     /* Since when somebody could, or does; 0: nobody can. */
    int64_t epoch;     /* As it was looked at last, since when, and whose it was. */
    int64_t claimed;
    char owner[OWNERSHIP_NAME_MAX + 1];

    bool speak; /* With each other. */
    struct pipes pipes;
    struct hash key;
    int64_t lag;                          /* Most of what goes by them takes less. */
    int64_t parted[NODES_MAX][NODES_MAX]; /* Until then nothing gets from one to the other. */
    int64_t held_up;                      /* Until then one of the lines is slow. */
    int64_t lines_could;                  /* Since when all could speak with each other; 0: no. */
    int64_t well_since;                   /* 0: it is not. */
    int prefer;                           /* Where people come; -1: anywhere. */
};

static struct server *of(const struct world *w)
{
    return (struct server *)w;
}

int nodes_number(const struct world *w)
{
    return of(w)->number;
}

int64_t nodes_now(const struct nodes *n)
{
    return n->now;
}

static int64_t boottime_at(const struct server *k, int64_t now)
{
    return k->base_boot + (now - k->base) + (now - k->base) * k->ppm / MILLION;
}

/* Its clock goes on from what it shows. */
static void base_clock(struct server *k)
{
    k->base = k->all->now;
    k->base_boot = k->world.boottime;
}

/* The true time at which its clock shows that, or more. */
static int64_t time_of(const struct server *k, int64_t boottime)
{
    int64_t at = k->base + (boottime - k->base_boot) * MILLION / (MILLION + k->ppm) - 2;

    while (boottime_at(k, at) < boottime)
        at++;
    return at;
}

static int64_t boottime(void *context)
{
    return ((const struct server *)context)->world.boottime;
}

/* The lines between them. */

static struct app *app_of(void *server)
{
    return ((struct server *)server)->world.app;
}

static bool runs(void *server)
{
    return ((struct server *)server)->state != FROZEN;
}

static void settle_it(void *server)
{
    world_settle(&((struct server *)server)->world);
}

static size_t piece(void *context)
{
    struct sim *s = ((struct nodes *)context)->sim;

    return 1 + sim_roll(s, sim_chance(s, 20) ? 64 : 8192);
}

static int64_t delay(void *context)
{
    struct nodes *n = context;

    return (int64_t)sim_roll(n->sim, sim_chance(n->sim, 3) ? 250 : (uint64_t)n->lag);
}

static bool parted(void *context, const void *one, const void *other)
{
    const struct nodes *n = context;
    const struct server *a = one, *b = other;

    return a && b && n->parted[a->number][b->number] > n->now;
}

static const struct pipe_ops pipe_ops = { .app = app_of,
                                          .is_up = runs,
                                          .settle = settle_it,
                                          .piece = piece,
                                          .delay = delay,
                                          .parted = parted };

static void *reach(void *context, struct trunk *trunk, const char *url)
{
    struct server *k = context, *to = NULL;
    struct nodes *n = k->all;

    for (int i = 0; i < n->count; i++)
        if (strcmp(n->at[i].url, url) == 0)
            to = &n->at[i];
    return pipe_reach(&n->pipes, k, to, trunk, n->now);
}

static int wait_for(void *context, const char *address)
{
    (void)context;
    (void)address;
    return 0;
}

static void guessed(void *context, const char *address)
{
    (void)context;
    (void)address;
}

/* Whether one has called the other, and can say something to it. */
static bool speaks(const struct nodes *n, const struct server *k, const struct server *other)
{
    for (const struct pipe *p = n->pipes.first; p; p = p->next)
        if (p->calls.server == k && p->answers.server == other && !p->cut && p->calls.trunk &&
            p->answers.trunk && p->calls.trunk->state == TRUNK_UP &&
            p->answers.trunk->state == TRUNK_UP)
            return true;
    return false;
}

static bool all_speak(const struct nodes *n)
{
    for (int i = 0; n->speak && i < n->count; i++)
        for (int k = 0; k < n->count; k++)
            if (i != k && !speaks(n, &n->at[i], &n->at[k]))
                return false;
    return true;
}

static bool lines_are_sound(const struct nodes *n)
{
    for (int i = 0; n->speak && i < n->count; i++)
        for (int k = 0; k < n->count; k++)
            if (n->parted[i][k] > n->now)
                return false;
    return n->held_up <= n->now;
}

static void ignore(void *context)
{
    (void)context;
}

static const struct owned_by {
    const char *name;
    int64_t epoch;
} nobody = { "", 0 };

static struct owned_by owner(const struct nodes *n)
{
    struct owned_by o = nobody;
    const char *name = ownership_table_owner(n->table, n->sim->code, &o.epoch);

    o.name = name ? name : "";
    return o;
}

/* The owner and the epoch never go back, and neither changes without the other, but for an owner
 * that gives it up. */
static void look_at_owner(struct nodes *n)
{
    struct owned_by o = owner(n);
    bool same = strcmp(o.name, n->owner) == 0;

    SIM_CHECK(n->sim, o.epoch >= n->epoch);
    SIM_CHECK(n->sim, o.epoch > n->epoch || same || !*o.name);
    if (o.epoch > n->epoch)
        n->claimed = n->now;
    n->epoch = o.epoch;
    snprintf(n->owner, sizeof(n->owner), "%s", o.name);
}

/* Whether it would answer for the meeting just now. */
static bool answers(const struct server *k)
{
    return k->state == UP && world_leads(&k->world, k->all->sim->code);
}

static bool is_sound(const struct server *k)
{
    return k->state == UP && !k->lags && !k->no_lease && !k->no_journal && k->until == 0 &&
           k->detains == 0 && !k->world.asking;
}

static bool may_lag(const struct server *k)
{
    const struct nodes *n = k->all;

    return k->lags || (k->state == FROZEN && k->stands) ||
           (strcmp(k->name, n->owner) != 0 && n->now - n->claimed <= SLOW_MS);
}

/* One of them leads it, or will before long.  Time in which nobody did is known once somebody does.
 */
static void look_at_leader(struct nodes *n)
{
    int leaders = 0, sound = 0;
    bool held = false; /* Its owner has its lease and cannot read it: it is waited for. */

    for (int i = 0; i < n->count; i++) {
        struct server *k = &n->at[i];
        bool leads = answers(k);
        leaders += leads && !may_lag(k);
        sound += is_sound(k);
        held |= k->no_journal && !k->no_lease && strcmp(k->name, n->owner) == 0;
        if (!leads || strcmp(k->name, n->owner) != 0)
            continue;
        if (n->led > 0 && n->now - n->led > OWNERSHIP_LEASE_MS && n->epoch > n->led_epoch)
            auditor_unled(n->sim->auditor, n->led, n->now, n->led_epoch);
        n->led = n->could = n->now;
        n->led_epoch = n->epoch;
    }
    SIM_CHECK(n->sim, leaders <= 1);
    if (sound == 0 || held || n->could == 0)
        n->could = sound == 0 || held ? 0 : n->now;
    SIM_CHECK(n->sim, n->could == 0 || n->now - n->could <= TAKEN_MS);
}

/* Those that can speak with each other do before long. */
static void look_at_lines(struct nodes *n)
{
    bool sound = lines_are_sound(n);

    for (int i = 0; i < n->count; i++)
        sound &= is_sound(&n->at[i]);
    if (!sound || n->lines_could == 0 || all_speak(n))
        n->lines_could = sound ? n->now : 0;
    SIM_CHECK(n->sim, n->lines_could == 0 || n->now - n->lines_could <= LINES_MS);
    if (!nodes_are_well(n))
        n->well_since = 0;
    else if (n->well_since == 0)
        n->well_since = n->now;
}

/* Whether people of this server have a way to who leads the meeting. */
static bool has_way(const struct server *k)
{
    const struct nodes *n = k->all;

    for (int i = 0; i < n->count; i++) {
        const struct server *owner = &n->at[i];
        if (strcmp(owner->name, n->owner) == 0)
            return is_sound(k) && is_sound(owner) && answers(owner) &&
                   (k == owner || (speaks(n, k, owner) && n->held_up <= n->now &&
                                   n->parted[k->number][i] <= n->now));
    }
    return false;
}

static void look_at_ways(struct nodes *n)
{
    for (int i = 0; i < n->count; i++) {
        struct server *k = &n->at[i];
        bool has = has_way(k);
        if (!has || k->served == 0 || k->served_epoch != n->epoch)
            k->served = has ? n->now : 0;
        k->served_epoch = n->epoch;
    }
}

static int64_t drift(const struct server *k)
{
    return (k->all->now - k->began) * PPM / MILLION + 3;
}

static void look(struct nodes *n)
{
    for (int i = 0; i < n->count; i++)
        if (drift(&n->at[i]) > n->ahead)
            n->ahead = drift(&n->at[i]);
    if (!n->sim->auditor)
        return;
    look_at_owner(n);
    look_at_leader(n);
    look_at_lines(n);
    look_at_ways(n);
}

static void set_clocks(struct server *k)
{
    k->world.boottime = boottime_at(k, k->all->now);
    k->world.wall = 1778000000000 + k->all->now + k->wall_ahead;
}

static void freeze(struct server *k, bool stands)
{
    set_clocks(k);
    k->stands = stands;
    k->world.frozen = true;
    k->state = FROZEN;
}

static void unfreeze(struct server *k)
{
    int64_t shown = boottime_at(k, k->all->now);

    if (k->stands) {
        k->stood += shown - k->world.boottime;
        k->lags = true;
        base_clock(k);
    }
    set_clocks(k);
    k->state = UP;
    k->world.frozen = false;
}

/* A renewal that takes its time, somewhere on the way there or back. */
static void detain(struct server *k)
{
    int64_t ms = k->detains;

    k->detains = 0;
    if (k->detained_still)
        freeze(k, k->stands);
    k->world.asking = true;
    nodes_pass(k->all, ms);
    k->world.asking = false;
    k->all->passing = true;
    if (k->state == FROZEN) {
        unfreeze(k);
        k->thaws = true;
    }
    if (k->until == 0 && sim_chance(k->all->sim, 50)) { /* It was the last that it heard. */
        k->no_lease = true;
        k->answers_lost = false;
        k->until = k->all->now + OWNERSHIP_LEASE_MS + (int64_t)sim_roll(k->all->sim, 3000);
    }
}

static bool travel(void *context, const char *question, bool back)
{
    struct server *k = context;
    struct nodes *n = k->all;
    bool renews = strcmp(question, "renew") == 0 || strcmp(question, "enter") == 0;

    bool held = renews && k->detains > 0 && n->passing && back == (k->detains % 2 == 0);

    if (held)
        detain(k);
    else if (k->no_lease && (back || !k->answers_lost))
        return false;
    k->lags &= held || !(renews && back);
    if (back && strcmp(question, "clock") == 0) { /* It begins a term with that. */
        k->stood = 0;
        k->began = n->now;
    }
    return true;
}

static void start(struct server *k)
{
    struct nodes *n = k->all;
    const struct lease_ports ports = { .boottime = boottime,
                                       .boottime_context = k,
                                       .wake = ignore };
    struct ownership *o = ownership_memory_new(n->table, k->name, k->url);

    if (ownership_enter(o) != 0) { /* Its name is waited for. */
        ownership_close(o);
        k->until = n->now + 100;
        return;
    }
    ownership_memory_travel(o, travel, k);
    k->no_lease = k->no_journal = k->lags = false;
    k->thaws = false;
    k->detains = k->stood = 0;
    journal_memory_away(k->world.journal, false);
    base_clock(k);
    set_clocks(k);
    k->began = n->now;
    k->until = 0;
    k->state = UP;
    world_up(&k->world, lease_new(o, &ports));
}

/* It works again. */
static void end_trouble(struct server *k)
{
    bool was_frozen = k->state == FROZEN;

    k->until = 0;
    k->no_lease = k->no_journal = false;
    journal_memory_away(k->world.journal, false);
    if (k->state == DOWN) {
        start(k);
        return;
    }
    if (was_frozen) {
        unfreeze(k);
        world_thaw(&k->world, sim_chance(k->all->sim, 50));
    }
    world_settle(&k->world);
}

/* When something happens next, by itself. */
static int64_t next_event(const struct nodes *n, int64_t end)
{
    for (int i = 0; i < n->count; i++) {
        const struct server *k = &n->at[i];
        int64_t at = end;
        if (k->state == UP)
            at = time_of(k, world_next(&k->world));
        if (k->until != 0 && k->until < at && !k->world.asking)
            at = k->until;
        if (at < end)
            end = at;
    }
    end = pipe_next(&n->pipes, end);
    return end > n->now ? end : n->now;
}

static void go_on(struct server *k)
{
    int64_t to = boottime_at(k, k->all->now);

    if (k->state == UP && (to > k->world.boottime || world_next(&k->world) <= to))
        world_pass(&k->world, to - k->world.boottime);
    if (k->thaws && !k->world.asking) {
        k->thaws = false;
        world_thaw(&k->world, true);
    }
    k->world.wall = 1778000000000 + k->all->now + k->wall_ahead;
    if (k->until != 0 && k->until <= k->all->now && !k->world.asking)
        end_trouble(k);
}

/* What has come by the lines; whether there was something. */
static bool bring(struct nodes *n)
{
    bool moved = false;

    for (struct pipe *p = n->pipes.first, *next; p; p = next) {
        next = p->next;
        moved = pipe_move(&n->pipes, p, n->now) || moved;
    }
    return moved;
}

void nodes_settle(struct nodes *n)
{
    do
        for (int i = 0; i < n->count; i++)
            world_settle(&n->at[i].world);
    while (bring(n));
}

void nodes_pass(struct nodes *n, int64_t ms)
{
    int64_t end = n->now + ms;

    n->passing = true;
    while (n->now < end) {
        nodes_settle(n); /* Nothing that needs no time is done later than now. */
        int64_t next = next_event(n, end);
        n->now = next > n->now ? next : n->now + 1;
        for (int i = 0; i < n->count; i++)
            go_on(&n->at[i]);
        look(n);
    }
    n->passing = false;
}

static bool is_well(const struct nodes *n, bool *ret_led)
{
    *ret_led = false;
    if (!lines_are_sound(n) || !all_speak(n))
        return false;
    for (int i = 0; i < n->count; i++) {
        const struct server *k = &n->at[i];
        if (!is_sound(k))
            return false;
        *ret_led |= answers(k) && strcmp(k->name, n->owner) == 0;
    }
    return true;
}

bool nodes_are_well(const struct nodes *n)
{
    bool led;

    return is_well(n, &led) && led;
}

bool nodes_are_silent(const struct world *w)
{
    return of(w)->state != UP;
}

bool nodes_speak(const struct nodes *n)
{
    return n->speak;
}

int64_t nodes_well_since(const struct nodes *n)
{
    return n->well_since ? n->well_since : n->now;
}

int64_t nodes_served_since(const struct world *w)
{
    return of(w)->served ? of(w)->served : of(w)->all->now;
}

int nodes_count(const struct nodes *n)
{
    return n->count;
}

int nodes_owner(const struct nodes *n)
{
    const char *name = owner(n).name;

    return *name ? *name - 'a' : -1;
}

void nodes_prefer(struct nodes *n, int number)
{
    n->prefer = number;
}

bool nodes_are_idle(const struct nodes *n)
{
    return !n->speak ||
           (nodes_are_well(n) && n->now - nodes_well_since(n) >= HELD_MS && pipe_quiet(&n->pipes));
}

void nodes_drain(struct nodes *n)
{
    int64_t since = n->now;

    while (n->speak && !nodes_are_idle(n) && n->now - since < NODES_DRAIN_MS)
        nodes_pass(n, 5);
}

/* Who speaks with others says what they say. */
bool nodes_may_lag(const struct world *w)
{
    const struct nodes *n = of(w)->all;
    bool lags = may_lag(of(w));

    for (int i = 0; n->speak && i < n->count; i++)
        lags |= may_lag(&n->at[i]);
    return lags;
}

int64_t nodes_behind(const struct nodes *n)
{
    int64_t most = 0;

    for (int i = 0; i < n->count; i++) {
        int64_t behind = n->at[i].stood + drift(&n->at[i]);
        most = behind > most ? behind : most;
    }
    return most;
}

int64_t nodes_ahead(const struct nodes *n)
{
    return n->ahead;
}

static bool sends_away(const struct world_wire *wire)
{
    return wire->closing && (wire->status == CLOSE_LATER || wire->status == CLOSE_RESTART);
}

/* The auditor wants to hear from the meeting's own server. */
static int first_for(struct nodes *n, bool anywhere)
{
    int own = n->speak && !anywhere ? nodes_owner(n) : -1;

    return n->prefer >= 0 ? n->prefer : own >= 0 ? own : (int)sim_roll(n->sim, (uint64_t)n->count);
}

struct world_wire *nodes_greet(struct nodes *n, const char *hello, bool anywhere)
{
    int first = first_for(n, anywhere);
    struct world_wire *wire = NULL;

    for (int i = 0; i < n->count; i++) {
        struct server *k = &n->at[(first + i) % n->count];
        bool waits = k->state == FROZEN && i == 0 && sim_chance(n->sim, 30);
        if ((k->state != UP && !waits) || (!anywhere && (waits || k->lags)))
            continue;
        if (wire)
            world_disconnect(wire);
        wire = world_connect(&k->world);
        world_say(wire, hello);
        if (n->speak || !sends_away(wire))
            break;
    }
    return wire;
}

char *nodes_ask(struct nodes *n, const char *method, const char *path, const char *query,
                const char *bearer, const char *body, int *ret_status)
{
    int first = first_for(n, strcmp(method, "GET") == 0);
    char *answer = NULL;

    for (int i = 0; i < n->count; i++) {
        struct server *k = &n->at[(first + i) % n->count];
        if (k->state != UP && n->speak)
            continue;
        free(answer);
        answer = world_ask(&k->world, method, path, query, bearer, body, ret_status);
        if (*ret_status != 503)
            break;
    }
    return answer;
}

static int64_t some_while(struct sim *s)
{
    uint64_t mood = sim_roll(s, 100);

    return mood < 45   ? 100 + (int64_t)sim_roll(s, 2500)
           : mood < 90 ? 1500 + (int64_t)sim_roll(s, 7000)
                       : 25000 + (int64_t)sim_roll(s, 30000);
}

static void everyone_leaves(struct server *k)
{
    struct sim *s = k->all->sim;

    for (size_t i = 0; i < s->peer_count; i++)
        peer_leave(s->peers[i], &k->world);
}

/* Some of what it has sent to the database comes there. */
static void arrive_late(struct server *k)
{
    journal_memory_away(k->world.journal, false);
    journal_memory_commit(k->world.journal, 1 + (size_t)sim_roll(k->all->sim, 3));
    journal_memory_away(k->world.journal, k->no_journal);
}

static void fall(struct server *k)
{
    if (sim_chance(k->all->sim, 50))
        arrive_late(k);
    pipe_kill(&k->all->pipes, k);
    everyone_leaves(k);
    if (k->state == FROZEN) /* Those that were dropped while it stood still. */
        for (struct world_wire *wire = k->world.wires, *next; wire; wire = next) {
            next = wire->next;
            k->world.frozen = false;
            world_disconnect(wire);
        }
    k->world.frozen = false;
    world_down(&k->world);
    k->state = DOWN;
    k->until = k->all->now + some_while(k->all->sim);
}

/* SIGTERM.  It keeps the meeting until all that waits is durable. */
static void stop(struct server *k)
{
    struct sim *s = k->all->sim;
    bool owns = strcmp(owner(k->all).name, k->name) == 0;

    if (k->state != UP || k->no_lease || k->lags || k->detains > 0)
        return;
    app_stop(k->world.app);
    world_settle(&k->world);
    SIM_CHECK(s, app_idle(k->world.app) || !owns || strcmp(owner(k->all).name, k->name) == 0);
    k->no_journal = false;
    journal_memory_away(k->world.journal, false);
    world_settle(&k->world);
    SIM_CHECK(s, app_idle(k->world.app));
    SIM_CHECK(s, strcmp(owner(k->all).name, k->name) != 0);
    sim_hear(s);
    app_dismiss(k->world.app);
    if (k->all->speak) /* What it says to others is sent. */
        nodes_pass(k->all, (int64_t)sim_roll(s, 200));
    sim_hear(s);
    fall(k);
}

/* Its two connections are lost for long together, or one of them until it is made anew. */
static void cut(struct server *k)
{
    struct sim *s = k->all->sim;
    uint64_t mood = sim_roll(s, 4);

    if (k->state != UP)
        return;
    k->no_lease = mood != 0;
    k->no_journal = mood != 1;
    k->answers_lost = sim_chance(s, 50);
    journal_memory_away(k->world.journal, k->no_journal);
    k->until = k->all->now + (mood < 2 ? 100 + (int64_t)sim_roll(s, 4000) : some_while(s));
}

static void stand_still(struct server *k)
{
    struct sim *s = k->all->sim;

    if (k->state != UP)
        return;
    freeze(k, sim_chance(s, 50));
    k->until = k->all->now + some_while(s);
}

static void be_detained(struct server *k)
{
    struct sim *s = k->all->sim;

    if (!is_sound(k))
        return;
    k->detains = 100 + (int64_t)sim_roll(s, sim_chance(s, 60) ? OWNERSHIP_LEASE_MS : 4000);
    k->detained_still = sim_chance(s, 50);
    k->stands = sim_chance(s, 30);
}

/* Nobody leads the meeting for so long that it must come back paused. */
static void all_fall(struct nodes *n)
{
    int64_t until = n->now + 31000 + (int64_t)sim_roll(n->sim, 30000);

    for (int i = 0; i < n->count; i++) {
        if (n->at[i].state != DOWN)
            fall(&n->at[i]);
        n->at[i].until = until + (int64_t)sim_roll(n->sim, 5000);
    }
}

static void cut_lines(struct nodes *n, const struct server *one, const struct server *other,
                      bool silently)
{
    for (struct pipe *p = n->pipes.first, *next; p; p = next) {
        next = p->next;
        if (!(p->calls.server == one && p->answers.server == other) &&
            !(p->calls.server == other && p->answers.server == one))
            continue;
        if (silently)
            p->cut = true;
        else
            pipe_end(&n->pipes, p);
    }
}

/* What one of them says gets to another only later. */
static void hold_up(struct nodes *n, const struct server *one, const struct server *other)
{
    int64_t until = n->now + 50 + (int64_t)sim_roll(n->sim, 3500);

    n->held_up = until > n->held_up ? until : n->held_up;
    for (struct pipe *p = n->pipes.first; p; p = p->next) {
        if (p->calls.server == one && p->answers.server == other)
            p->answers.due = until;
        if (p->calls.server == other && p->answers.server == one && sim_chance(n->sim, 50))
            p->calls.due = until;
    }
}

/* Something becomes of the line between two of them. */
static void line_trouble(struct nodes *n)
{
    struct sim *s = n->sim;
    int i = (int)sim_roll(s, (uint64_t)n->count);
    int k = (i + 1 + (int)sim_roll(s, (uint64_t)n->count - 1)) % n->count;
    uint64_t mood = sim_roll(s, 100);

    n->at[i].served = n->at[k].served = 0;
    if (mood < 35) {
        hold_up(n, &n->at[i], &n->at[k]);
        return;
    }
    if (mood < 70)
        n->parted[i][k] = n->parted[k][i] = n->now + some_while(s);
    cut_lines(n, &n->at[i], &n->at[k], sim_chance(s, 60));
}

void nodes_trouble(struct nodes *n)
{
    struct sim *s = n->sim;
    struct server *k = &n->at[sim_roll(s, (uint64_t)n->count)];
    uint64_t mood = sim_roll(s, 100);

    if (sim_chance(s, 60)) /* Most likely it is the one that leads. */
        for (int i = 0; i < n->count; i++)
            k = strcmp(n->at[i].name, n->owner) == 0 ? &n->at[i] : k;
    auditor_trouble(s->auditor);
    n->well_since = k->served = 0;
    if (n->speak && sim_chance(s, 35))
        line_trouble(n);
    else if (mood < 3)
        all_fall(n);
    else if (mood < 15)
        stop(k);
    else if (mood < 32 && k->state != DOWN)
        fall(k);
    else if (mood < 50)
        stand_still(k);
    else if (mood < 72)
        cut(k);
    else
        be_detained(k);
}

void nodes_late(struct nodes *n)
{
    for (int i = 0; i < n->count; i++)
        if ((n->at[i].no_journal || n->at[i].state == FROZEN) && sim_chance(n->sim, 10))
            arrive_late(&n->at[i]);
}

void nodes_calm(struct nodes *n)
{
    int64_t since = n->now;

    memset(n->parted, 0, sizeof(n->parted));
    do {
        for (int i = 0; i < n->count; i++)
            if (n->at[i].until != 0)
                n->at[i].until = n->now;
        nodes_pass(n, 100);
    } while (!nodes_are_well(n) && n->now - since < 2 * TAKEN_MS);
    SIM_CHECK(n->sim, nodes_are_well(n));
}

static void wait_a_little(struct world *w)
{
    nodes_pass(of(w)->all, 5);
}

/* It will, with the others, once it is started. */
static void speak(struct server *k)
{
    snprintf(k->url, sizeof(k->url), "http://%s.example", k->name);
    k->ports = (struct trunk_ports){ .reach = reach,
                                     .wake = pipe_wake,
                                     .close = pipe_close,
                                     .wait = wait_for,
                                     .guessed = guessed,
                                     .context = k };
    k->world.trunks = &k->ports;
    k->world.trunk_key = &k->all->key;
    k->world.node = k->name;
    k->world.wait = wait_a_little;
}

struct nodes *nodes_new(struct sim *s, uint64_t seed)
{
    static const char *const names[NODES_MAX] = { "a", "b", "c" };
    struct nodes *n = calloc(1, sizeof(*n));

    n->sim = s;
    n->now = 1000000;
    n->count = 2 + (int)(seed % 2);
    n->speak = seed / 2 % 2 == 0;
    n->pipes = (struct pipes){ .ops = &pipe_ops, .context = n };
    n->key = hash_of("key", 3);
    n->lag = n->speak ? 1 + (int64_t)sim_roll(s, 30) : 0;
    n->prefer = -1;
    n->table = ownership_table_new(&n->now);
    for (int i = 0; i < n->count; i++) {
        struct server *k = &n->at[i];
        k->all = n;
        k->number = i;
        snprintf(k->name, sizeof(k->name), "%s", names[i]);
        if (n->speak)
            speak(k);
        k->world.dice = seed * NODES_MAX + (uint64_t)i;
        k->world.boottime = 1000000 + (int64_t)sim_roll(s, FAR_MS);
        k->wall_ahead = (int64_t)sim_roll(s, 600000) - 300000;
        k->ppm = (int64_t)sim_roll(s, 2 * PPM + 1) - PPM;
        world_join(&k->world, i > 0 ? &n->at[0].world : NULL, SOURCE_FOLDER "/server/templates",
                   n->table, k->name);
        base_clock(k);
        start(k);
    }
    return n;
}

struct journal *nodes_journal(struct nodes *n)
{
    return n->at[0].world.journal;
}

void nodes_free(struct nodes *n)
{
    for (int i = 0; i < n->count; i++)
        pipe_kill(&n->pipes, &n->at[i]);
    pipe_free(&n->pipes);
    for (int i = n->count - 1; i >= 0; i--) {
        world_down(&n->at[i].world);
        world_close(&n->at[i].world);
    }
    ownership_table_free(n->table);
    free(n);
}
