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
    struct lease *lease; /* Of one of several servers: world_share, world_join. */
    struct app *app;     /* NULL: it is down. */
    struct app_template templates[33];
    bool borrows; /* They are another world's. */
    bool stalled; /* The disk takes nothing for now. */
    bool frozen;  /* The process stands still: what it is sent waits for it. */
    bool asking;  /* The lease's thread waits for its answer, and the others go on. */
    const struct trunk_ports *trunks; /* By which it speaks with others (app_options); */
    const struct hash *trunk_key;     /* with this key, */
    const char *node;                 /* and under this name. */
    void (*wait)(struct world *w);    /* Lets time pass for who is asked; NULL: none needs to. */
    struct world_wire *wires;
    bool outside; /* Requests come by the network, and not from whoever runs the server. */
};

struct world_wire {
    struct world *world;
    struct world_wire *next;
    char *inbox; /* What was said while it was frozen, each text ended by '\0'; */
    size_t inbox_len;
    bool dropped;            /* and whether nobody is at the other end any more. */
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

/* A new server that shares the journal with others, by `name` in `table`: the caller's lease, which
 * has no thread, and whose clock `boottime` is.  Every wire must be closed before. */
void world_share(struct world *w, struct ownership_table *table, const char *name,
                 struct lease *lease);

/* One of several servers that are there at once, each a world of its own: `w` has dice and clocks,
 * and `first`'s templates and database, or its own where that is NULL.  It is down until world_up
 * starts it with a lease, which the world closes. */
void world_join(struct world *w, struct world *first, const char *folder,
                struct ownership_table *table, const char *name);
void world_up(struct world *w, struct lease *lease);

/* kill -9.  Every wire must be closed before. */
void world_down(struct world *w);

/* Whether it answers for the meeting of this code just now, which it owns as far as it knows. */
bool world_leads(const struct world *w, const char *code);

/* When something is due by itself, on its boottime. */
int64_t world_next(const struct world *w);

/* It goes on after it was frozen, its clock being what it is now: deadlines first, or what it was
 * sent. */
void world_thaw(struct world *w, bool wires_first);

/* Answers a request of whoever runs the server; the body, to be freed, or NULL. */
char *world_ask(struct world *w, const char *method, const char *path, const char *query,
                const char *bearer, const char *body, int *ret_status);

struct world_wire *world_connect(struct world *w);
void world_say(struct world_wire *wire, const char *text);

/* The next frame, to be freed; NULL when there is none. */
char *world_hear(struct world_wire *wire);
void world_disconnect(struct world_wire *wire);

#endif
