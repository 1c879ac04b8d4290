/* world.h -- the application in a world of its own: a clock that is a variable, a journal in
 * memory, chance from one seed.  Everything but sockets and the database is the real thing.
 */
#ifndef SUPPORT_WORLD_H
#define SUPPORT_WORLD_H

#include "app/app.h"
#include "store/journal_memory.h"

struct world {
    int64_t boottime, wall;
    uint64_t dice;
    struct journal *journal;
    struct lease *lease; /* Of one of several servers: world_share. */
    struct app *app;
    struct app_template templates[33];
    bool stalled; /* The disk takes nothing for now. */
    bool outside; /* Requests come by the network, and not from whoever runs the server. */
};

struct world_wire {
    struct world *world;
    struct session *session; /* NULL: the server's side is gone. */
    bool closing, over;      /* Over: all that waited when it was closed has been heard. */
    int status;
    int guesses; /* How often it was counted as a wrong guess. */
};

/* Reads the templates from `folder`.  Exits the process when that cannot be done. */
void world_open(struct world *w, uint64_t seed, const char *folder);
void world_close(struct world *w);

uint64_t world_roll(struct world *w, uint64_t sides);

/* Lets everything happen that needs no time: commits, answers, facts. */
void world_settle(struct world *w);

/* Lets time pass, with every deadline and tick on the way. */
void world_pass(struct world *w, int64_t ms);

/* kill -9, and a new server after `away_ms`; on a stalled disk its meetings are not back yet. Every
 * wire must be closed before. */
void world_restart(struct world *w, int64_t away_ms);

/* A new server that shares the journal with others: the caller's lease, which has no thread, and
 * whose clock `boottime` is.  Every wire must be closed before. */
void world_share(struct world *w, struct lease *lease);

/* Answers a request of whoever runs the server; the body, to be freed, or NULL. */
char *world_ask(struct world *w, const char *method, const char *path, const char *query,
                const char *bearer, const char *body, int *ret_status);

struct world_wire *world_connect(struct world *w);
void world_say(struct world_wire *wire, const char *text);

/* The next frame, to be freed; NULL when there is none. */
char *world_hear(struct world_wire *wire);
void world_disconnect(struct world_wire *wire);

#endif
