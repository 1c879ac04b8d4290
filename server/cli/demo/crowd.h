/* crowd.h -- everybody who takes part in a demo: devices that each have a connection of their
 * own, hear what the server tells them, and mean to do something after a while.
 *
 * Nothing passes from one to another but through the server.  `speed` shortens how long they
 * think; every clock is the real one.
 */
#ifndef CLI_DEMO_CROWD_H
#define CLI_DEMO_CROWD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/ids.h"
#include "cli/demo/view.h"
#include "cli/demo/words.h"
#include "net/client.h"

enum { ERRANDS_MAX = 24, GUEST_SEATS = 3 };

struct crowd;
struct guest;

/* Something that a guest means to do, unless the meeting has moved on by then. */
struct errand {
    int64_t at; /* On our own clock. */
    int deed;   /* The guest's own enum. */
    int part;   /* Forgotten in another part; -1: in none. */
    int64_t turn, seat, number;
};

struct guest_ops {
    /* The meeting is another now: `changes` are bits of enum view_change. */
    void (*noticed)(struct guest *g, unsigned changes);
    /* The time of an errand has come; the connection is there. */
    void (*does)(struct guest *g, const struct errand *e);
};

/* One device. */
struct guest {
    struct crowd *crowd;
    const struct guest_ops *ops;
    struct client *client; /* NULL while there is none. */
    int64_t dial_at;       /* Then: when to try again. */
    bool welcome, ended;   /* ended: it has no more to do here. */
    const char *as, *key;  /* key: NULL for a phone. */
    const struct character *who[GUEST_SEATS];
    size_t who_count;
    char id[UUID_CHARS + 1], token[SECRET_CHARS + 1];
    int64_t seats[GUEST_SEATS];
    size_t seat_count;
    struct view view;
    struct errand errands[ERRANDS_MAX];
    size_t errand_count;
    int64_t free_at; /* A thumb presses once in a while. */
};

struct crowd {
    struct clients *clients;
    const char *code;
    long speed;
    uint64_t dice;
    size_t said[TOPIC_COUNT]; /* How many of a topic's texts have been used. */
    struct guest **guests;
    size_t guest_count;
    int64_t sent, refused, dropped; /* Commands, refusals, connections lost on purpose. */
};

/* Gets the crowd ready to connect to host:port.  0 or a negative errno. */
int crowd_open(struct crowd *c, const char *host, int port);
void crowd_close(struct crowd *c);

/* Adds a device that dials at `at`; the crowd then owns it.  False when memory is exhausted, and
 * the guest is still the caller's. */
bool crowd_add(struct crowd *c, struct guest *g, int64_t at);

/* Does all that is due; returns ms until more will be.  What clients_run asks for. */
int64_t crowd_next(struct crowd *c);

/* ms on the clock that never goes back. */
int64_t crowd_now(void);

/* A number from `low` to `high`. */
int64_t crowd_roll(struct crowd *c, int64_t low, int64_t high);

/* So many ms of somebody's life, at the demo's speed. */
int64_t crowd_span(struct crowd *c, int64_t low, int64_t high);

/* The next text on a topic; NULL when all has been said. */
const char *crowd_text(struct crowd *c, enum topic topic);

/* Plans to do `deed` after `wait` ms, in this part and turn.  A guest that has too many plans
 * already forgets it. */
void guest_means(struct guest *g, int deed, int64_t wait, int64_t turn, int64_t seat,
                 int64_t number);

/* Sends a command; takes over the reference to `with`. */
void guest_does(struct guest *g, const char *command, json_t *with);

/* Loses its network for so many ms. */
void guest_drops(struct guest *g, int64_t ms);

/* Whether this device holds the seat. */
bool guest_holds(const struct guest *g, int64_t seat);

/* The meeting's clock. */
int64_t guest_now(const struct guest *g);

#endif
