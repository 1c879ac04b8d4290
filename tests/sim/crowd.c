/* crowd.c -- what can happen to a meeting: people come and go, links break, the disk stalls and
 * fails, the server dies, time passes. */
#include <stdlib.h>
#include <string.h>

#include "sim/auditor.h"
#include "sim/check_fresh.h"
#include "sim/crowd.h"
#include "sim/ledger.h"
#include "sim/nodes.h"
#include "sim/peer.h"

enum {
    MOVES = 8,        /* So many come along. */
    MOVED_MS = 40000, /* By then the meeting has come after them, if by way of a third server that
                         was faster to take what was given up. */
};

static struct peer *some_peer(struct sim *s, const char *role)
{
    struct peer *found[SIM_PEERS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < s->peer_count; i++)
        if (peer_is(s->peers[i], role) && s->peers[i]->wire && s->peers[i]->live)
            found[count++] = s->peers[i];
    return count ? found[sim_roll(s, count)] : NULL;
}

/* Nothing comes, for the disk stands still: it is opened once more. */
static void impatient(struct sim *s, struct peer *p)
{
    if (s->stall > 0 && peer_is(p, "phone") && (p->token[0] || p->phone[0]) && sim_chance(s, 30))
        peer_connect(p);
}

/* Somebody says hello by a name that the console was told at the door, as if it were an id. */
static void copy_name(struct sim *s, struct peer *p)
{
    const json_t *door = json_object_get(s->observer->state, "door");
    const char *name = json_string_value(
        json_object_get(json_array_get(json_object_get(door, "knocks"), 0), "phone"));
    bool taken = false;

    for (size_t i = 0; name && i < s->peer_count; i++)
        taken |= strcmp(s->peers[i]->phone, name) == 0;
    if (!name || taken)
        return;
    snprintf(p->phone, sizeof(p->phone), "%s", name);
    p->copied = true;
}

static void arrive(struct sim *s)
{
    int also = sim_chance(s, 20) ? 1 + (int)sim_roll(s, 2) : 0;
    int64_t claim = sim_chance(s, 25) ? 1 + (int64_t)sim_roll(s, (uint64_t)s->seats + 1) : 0;

    if (s->seats + 1 + also > SIM_SEATS_MAX - 4 || s->peer_count + 6 > SIM_PEERS_MAX)
        return;
    struct peer *p = peer_add(s, "phone");
    p->also = also;
    p->claim = claim;
    s->seats += 1 + also;
    if (!p->phone[0] &&
        sim_chance(s, 70)) /* Most keep an id, so that a lost welcome costs nothing. */
        sim_id(s, p->phone);
    if (p->number % 3 == 0)
        copy_name(s, p);
    peer_connect(p);
    impatient(s, p);
    if (p->phone[0] && sim_chance(s, 10))
        peer_drop(p); /* The welcome is lost. */
}

/* Whoever is not connected comes back. */
static void come_back(struct sim *s, struct peer *p)
{
    bool lost_for_good = !p->token[0] && !p->phone[0] && peer_is(p, "phone");

    if (p->wire || p->gone)
        return;
    if (lost_for_good) { /* It would only take another seat. */
        p->gone = true;
        return;
    }
    if (sim_chance(s, 5) && p != s->observer) /* Which misses no fact. */
        p->wants_snapshot = true;
    peer_connect(p);
    impatient(s, p);
}

static void link_trouble(struct sim *s)
{
    struct peer *p = s->peers[sim_roll(s, s->peer_count)];
    uint64_t mood = sim_roll(s, 100);

    if (!p->wire || p == s->observer)
        return;
    if (mood < 40)
        peer_drop(p);
    else if (mood < 60)
        p->slow = 5 + (int)sim_roll(s, 60);
    else if (mood < 80)
        p->broken = true;
    else if (peer_is(p, "phone") && (p->token[0] || p->phone[0]))
        peer_connect(p); /* In a second tab. */
}

static void disk_trouble(struct sim *s)
{
    if (s->stall == 0 && sim_chance(s, 75)) {
        s->stall = 2 + (int)sim_roll(s, 12);
        s->stalled_at = sim_now(s);
        s->world.stalled = true;
    } else if (s->fails == 0) {
        s->fails = 1 + (int)sim_roll(s, 8);
        auditor_trouble(s->auditor);
        journal_memory_fail(s->world.journal, 1 + (size_t)sim_roll(s, 4));
    }
}

/* Some of what waits becomes durable, and is told. */
static void disk_crawls(struct sim *s)
{
    journal_memory_commit(s->world.journal, 1 + (size_t)sim_roll(s, 3));
    app_collect(s->world.app);
}

static void everyone_drops(struct sim *s)
{
    for (size_t i = 0; i < s->peer_count; i++)
        peer_drop(s->peers[i]);
}

/* SIGTERM: what was begun is finished, and all are told to come again. */
static void stop(struct sim *s)
{
    s->world.stalled = false;
    journal_memory_fail(s->world.journal, 0);
    app_stop(s->world.app);
    world_settle(&s->world);
    SIM_CHECK(s, app_idle(s->world.app));
    sim_hear(s);
    app_dismiss(s->world.app);
    sim_hear(s);
}

static void restart(struct sim *s)
{
    int64_t away = sim_chance(s, 60) ? 100 + (int64_t)sim_roll(s, 25000)
                                     : 31000 + (int64_t)sim_roll(s, 400000);
    int64_t blind = s->stall > 0 ? sim_now(s) - s->stalled_at : 0;

    if (sim_chance(s, 30))
        stop(s);
    everyone_drops(s);
    s->stall = s->fails = 0;
    s->world.stalled = false;
    journal_memory_fail(s->world.journal, 0);
    auditor_restarted(s->auditor, away, blind);
    world_restart(&s->world, away);
    while (!s->observer->live) { /* Its link may have been made anew, and that be lost. */
        peer_connect(s->observer);
        sim_hear(s);
    }
    auditor_back(s->auditor);
}

/* Frames that are no command, or nobody's. */
static void nonsense(struct sim *s)
{
    static const char *const frames[] = {
        "{",
        "[]",
        "{\"id\":1}",
        "{\"hello\":{\"as\":\"phone\",\"meeting\":\"AAAA-AAAA\"}}",
        "{\"id\":\"11111111-1111-4111-8111-111111111111\",\"do\":\"time.wake\",\"with\":{}}",
        "{\"id\":\"11111111-1111-4111-8111-111111111112\",\"do\":\"nothing\",\"with\":{}}",
        "{\"clock\":{\"sent\":-1}}",
        "{\"clock\":{\"sent\":4102444800000}}",
    };
    struct peer *p = s->peers[sim_roll(s, s->peer_count)];

    if (p->wire && p->live && !p->broken)
        world_say(p->wire, frames[sim_roll(s, sizeof(frames) / sizeof(frames[0]))]);
}

static void ask_clock(struct peer *p)
{
    if (p->wire && p->live && !p->broken)
        peer_ask_clock(p);
}

static void some_time(struct sim *s)
{
    const struct ledger *l = auditor_ledger(s->auditor);
    int64_t due = l->speaker != 0 && !l->turn_told ? l->until : l->part_until;
    uint64_t mood = sim_roll(s, 100);

    if (mood < 25 && l->state == RUNNING && due > sim_now(s)) /* A deadline, nearly or just. */
        sim_pass(s, due - sim_now(s) - 1 + (int64_t)sim_roll(s, 3));
    else if (mood < 85)
        sim_pass(s, 1 + (int64_t)sim_roll(s, 20000));
    else
        sim_pass(s, 1 + (int64_t)sim_roll(s, 200000));
}

/* Whether the meeting is over, and it is the turn of whoever works on the minutes. */
static bool afterwards(struct sim *s)
{
    static const char *const roles[] = { "leader", "phone", "leader", "scribe" };
    json_t *now = json_object_get(s->observer->state, "now");

    if (strcmp(json_string_value(json_object_get(now, "state")), "closed") != 0 ||
        sim_chance(s, 50))
        return false;
    struct peer *p = some_peer(s, roles[sim_roll(s, 4)]);
    if (p && peer_is(p, "scribe"))
        crowd_scribe(s, p);
    else if (p)
        crowd_after(s, p);
    return true;
}

static void somebody_acts(struct sim *s)
{
    if (afterwards(s))
        return;
    uint64_t mood = sim_roll(s, 100);
    const char *role = mood < 52   ? "phone"
                       : mood < 94 ? "console"
                       : mood < 98 ? "scribe"
                       : mood < 99 ? "leader"
                                   : "board";
    struct peer *p = some_peer(s, role);

    if (!p)
        return;
    if (peer_is(p, "phone"))
        crowd_phone(s, p);
    else if (peer_is(p, "console"))
        crowd_console(s, p);
    else if (peer_is(p, "scribe"))
        crowd_scribe(s, p);
    else if (peer_is(p, "leader"))
        crowd_agenda(p);
    else /* A board may do nothing. */
        peer_ask(p, "undo", json_object());
}

/* Everybody, and nobody is left where the meeting is: it comes after them. */
static void move_house(struct sim *s)
{
    struct nodes *n = s->nodes;
    int owner = nodes_owner(n), to = (owner + 1) % nodes_count(n);

    if (!sim_is_well(s) || owner < 0)
        return;
    everyone_drops(s);
    nodes_prefer(n, to);
    for (size_t i = 0; i < s->peer_count && i < MOVES; i++)
        come_back(s, s->peers[i]);
    for (int64_t since = nodes_now(n); nodes_owner(n) != to && nodes_now(n) - since < MOVED_MS;)
        nodes_pass(n, 1000);
    if (s->observer->wire && !s->observer->wire->closing)
        SIM_CHECK(s, nodes_owner(n) == to);
    nodes_prefer(n, -1);
    auditor_trouble(s->auditor);
    sim_hear(s);
}

void crowd_step(struct sim *s)
{
    uint64_t mood = sim_roll(s, 1000);

    if (mood < 40)
        arrive(s);
    else if (mood < 90)
        come_back(s, s->peers[sim_roll(s, s->peer_count)]);
    else if (mood < 120)
        link_trouble(s);
    else if (mood < 123 && s->nodes && nodes_speak(s->nodes))
        move_house(s);
    else if (mood < 156 && s->nodes)
        nodes_trouble(s->nodes);
    else if (mood < 150)
        disk_trouble(s);
    else if (mood < 156)
        restart(s);
    else if (mood < 170)
        nonsense(s);
    else if (mood < 180)
        ask_clock(s->peers[sim_roll(s, s->peer_count)]);
    else if (mood < 200)
        check_fresh(s->peers[sim_roll(s, s->peer_count)]);
    else if (mood < 330)
        some_time(s);
    else
        somebody_acts(s);
    if (s->stall > 0 && sim_chance(s, 15))
        disk_crawls(s);
}
