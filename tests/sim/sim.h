/* sim.h -- a meeting with a crowd of its own, everything from one seed.
 *
 *     crowd    people who press what they may and what they may not, at any time
 *     peer     a client: its link, what it has sent and not heard of, the state that it has folded
 *     auditor  has never read the engine: checks what clients are told against a ledger of its own
 */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "protocol.gen.h"
#include "support/world.h"

struct auditor;
struct nodes;
struct peer;

enum { SIM_PEERS_MAX = 48, SIM_SEATS_MAX = 40, SIM_STEPS = 260 };

struct sim {
    struct world world;  /* Of a server that is alone. */
    struct nodes *nodes; /* Several of them (nodes.h); NULL: it is alone. */
    uint64_t seed, dice;
    int64_t zero; /* boottime at the meeting's creation: its clock's zero. */
    char code[16];
    json_t *keys;   /* Of the links, by role. */
    json_t *kept;   /* Words of names that somebody has let stand in the public minutes. */
    json_t *agenda; /* What the meeting was made of. */
    struct peer *peers[SIM_PEERS_MAX];
    size_t peer_count;
    struct peer *observer; /* A console that is always there: the auditor's ears. */
    struct auditor *auditor;
    int texts;          /* Numbers for texts, so that each is there once. */
    int stall, fails;   /* Steps until the disk goes on; until it no longer fails. */
    int64_t stalled_at; /* Meaningful with `stall`. */
    int seats;          /* That were asked for. */
    uint64_t acks;
    bool tells; /* Frames are told on standard output: see sim_tell. */
};

/* One of `sides`, from the seed. */
uint64_t sim_roll(struct sim *s, uint64_t sides);
bool sim_chance(struct sim *s, uint64_t percent);

/* A uuid, from the seed. */
void sim_id(struct sim *s, char ret_id[37]);

/* The meeting clock, as it is by the true time. */
int64_t sim_now(const struct sim *s);

/* How far what a server says may be behind that, or ahead of it; 0 of one that is alone. */
int64_t sim_behind(const struct sim *s);
int64_t sim_ahead(const struct sim *s);

/* Whether nothing is wrong with disks and servers just now. */
bool sim_is_well(const struct sim *s);

/* A new connection on which that was said, see nodes_greet; NULL: no server can be reached. */
struct world_wire *sim_greet(struct sim *s, const char *hello, bool anywhere);

/* A request to whoever leads the meeting, while all is well: see world_ask. */
char *sim_ask(struct sim *s, const char *method, const char *path, const char *query,
              const char *bearer, const char *body, int *ret_status);

/* Lets time pass, and all that are told hear it. */
void sim_pass(struct sim *s, int64_t ms);

/* All that are connected hear what there is; the observer first. */
void sim_hear(struct sim *s);

/* One line of JSON for who reads along: {"peer":3,"role":"phone","at":MS,"KEY":FRAME}, where the
 * key says what it is: `to` what a client sends, `from` what it takes in, `fresh` the snapshot of a
 * new connection, which what it has folded so far must equal. */
void sim_tell(const struct sim *s, const struct peer *p, const char *key, const char *json);

/* The seed failed: says where and why, and ends the program. */
#define SIM_FAIL(s, ...) sim_fail((s), __FILE__, __LINE__, __VA_ARGS__)
#define SIM_CHECK(s, condition)                                                                    \
    do {                                                                                           \
        if (!(condition))                                                                          \
            SIM_FAIL((s), "does not hold: %s", #condition);                                        \
    } while (0)
_Noreturn void sim_fail(const struct sim *s, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* What is said of the method of this name; of none, nothing.  (method.c) */
const struct method_info *sim_method(const char *name);

/* agenda.c: what POST /api/meetings is sent; the real template for one in five. */
json_t *sim_agenda(struct sim *s);

/* crowd.c: something happens. */
void crowd_step(struct sim *s);

/* crowd_acts.c: somebody sends a command. */
void crowd_console(struct sim *s, struct peer *p);
void crowd_phone(struct sim *s, struct peer *p);
void crowd_scribe(struct sim *s, struct peer *p);

/* Once the meeting is over: the leader mends, approves and publishes, phones say that they were
 * misunderstood. */
void crowd_after(struct sim *s, struct peer *p);

#endif
