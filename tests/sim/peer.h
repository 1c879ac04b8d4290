/* peer.h -- one client: its link, what it waits for, and what it believes. */
#ifndef SIM_PEER_H
#define SIM_PEER_H

#include "sim/sim.h"

enum { PEER_PENDING_MAX = 24, PEER_SEATS_MAX = 3 };

/* A command on its way; it stays until it is answered for good. */
struct pending {
    char id[37];
    char *text; /* The frame. */
    int wait;   /* Steps until it is sent; -1: it has been, */
    int64_t at; /* by the true time that was then. */
};

struct peer {
    struct sim *sim;
    size_t number;
    char role[8];
    char name[16];
    char token[64]; /* A phone's; of the others, the key that they came by. */
    char phone[37]; /* Its own id, or "". */
    bool copied;    /* That is no secret, but what the console was told of another. */
    int also;       /* People beside the first. */
    int64_t claim;  /* A prepared seat, or 0. */
    size_t own_count;
    int64_t own[PEER_SEATS_MAX];

    struct world_wire *wire;  /* NULL: not connected. */
    struct world_wire *ghost; /* An older connection that a newer one has replaced. */
    bool live;                /* Its state is complete up to `seq`. */
    bool gone;                /* Its token is dead: it comes no more. */
    bool out;                 /* The console has taken it out: it asks to be let in again. */
    bool stranger;            /* A seat has its name: it said that it is somebody else. */
    bool broken;              /* The link takes nothing just now, and tells nothing. */
    int slow;                 /* Steps for which it does not read. */
    int silence;              /* Steps for which nothing comes that it waits for. */
    json_t *state;            /* NULL: none yet. */
    int64_t seq;              /* Complete up to. */
    int64_t last;             /* Number of the newest fact on this connection. */
    int64_t known;            /* What anybody had been told when it came; */
    bool lags;                /* whoever it came to may not know that. */
    bool greeted;             /* It has had its welcome on this connection. */
    bool moved;               /* It was sent away though all was well: its seats are others. */
    int64_t heard_at;         /* By the true time: until then it has heard all. */
    int64_t welcomed;         /* Meeting clock at its welcome. */
    int64_t skew;             /* How far its own clock is from the meeting's. */
    int64_t asked, asked_at;  /* Its clock, and the meeting's, when it asked for the time last. */
    char taken_off[37];       /* The point that it wanted off the board last, or "". */
    bool wants_snapshot;      /* Comes back without `since`. */

    size_t pending_count;
    struct pending pending[PEER_PENDING_MAX];
};

/* Joins the crowd; NULL when there is no room.  A phone has a name. */
struct peer *peer_add(struct sim *s, const char *role);
void peer_free(struct peer *p);

/* Opens a connection and says hello. */
void peer_connect(struct peer *p);
void peer_drop(struct peer *p);

/* Drops what it has at this server, which is no more. */
void peer_leave(struct peer *p, const struct world *w);

/* Of several servers: gives up one of which nothing comes. */
void peer_wait(struct peer *p);

/* A command with a new id; `with` is taken over.  How it travels is the link's mood. */
void peer_ask(struct peer *p, const char *command, json_t *with);

/* Asks for the meeting clock, by its own wrong one. */
void peer_ask_clock(struct peer *p);

/* Says that it writes in some answer, as a console or a scribe does; nobody answers. */
void peer_write(struct peer *p);

/* Sends what waits, as far as its time has come. */
void peer_push(struct peer *p);

/* Sends everything that waits, now. */
void peer_push_all(struct peer *p);

/* Hears all that there is. */
void peer_hear(struct peer *p);

bool peer_is(const struct peer *p, const char *role);
bool peer_owns(const struct peer *p, int64_t seat);

#endif
