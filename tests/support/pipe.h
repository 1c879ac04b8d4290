/* pipe.h -- connections between servers of one process: bytes in memory, by which trunks speak
 * (app/trunk.h), chopped, late, cut and refused as whoever owns them says.
 */
#ifndef SUPPORT_PIPE_H
#define SUPPORT_PIPE_H

#include "app/app.h"
#include "app/trunk.h"

/* One side of a connection. */
struct pipe_end {
    void *server; /* NULL: it is in the hands of a test. */
    struct trunk *trunk;
    struct buffer in; /* On its way to it; of a test's, all that has come. */
    size_t at;
    int64_t due; /* Nothing gets to it before, ms. */
    bool wakes, closes;
    bool over;   /* Nobody is there any more; the other side sees that behind what was sent. */
    bool stuck;  /* It says nothing any more: what it has to say waits. */
    size_t most; /* Not 0: one more than the bytes that still get to it. */
};

struct pipe {
    struct pipe_end calls, answers; /* answers.server NULL: there is no server of that url. */
    bool connected;
    bool cut; /* Nothing goes through any more, and nobody hears of it. */
    struct pipe *next;
};

/* What is known of servers. */
struct pipe_ops {
    struct app *(*app)(void *server); /* NULL: it is down. */
    bool (*is_up)(void *server);      /* It does not stand still. */
    void (*settle)(void *server);     /* Something has come to it. */
    size_t (*piece)(void *context);   /* How many bytes go through at once, at most. */
    int64_t (*delay)(void *context);  /* ms that a piece takes; NULL: no time. */
    bool (*parted)(void *context, const void *one, const void *other); /* Nothing gets
                                                                          through. */
};

struct pipes {
    const struct pipe_ops *ops;
    void *context;
    struct pipe *first; /* Oldest first. */
    struct pipe *gone;  /* Kept, so that none is taken for another. */
};

/* A call of `server`: the end by which it calls, as the transport of its trunk. */
struct pipe_end *pipe_reach(struct pipes *ps, void *server, void *other, struct trunk *trunk,
                            int64_t now);

/* Adds one that a test makes itself. */
struct pipe *pipe_add(struct pipes *ps);

/* trunk_ports' wake and close. */
void pipe_wake(void *end);
void pipe_close(void *end);

/* Moves what is due; whether anything has moved.  It may be gone then. */
bool pipe_move(struct pipes *ps, struct pipe *p, int64_t now);

/* When something can move on one of them next; `end` where nothing does before. */
int64_t pipe_next(const struct pipes *ps, int64_t end);

/* Whether nothing is on its way on any of them. */
bool pipe_quiet(const struct pipes *ps);

/* Ends it, for both sides at once; or for one, which is told. */
void pipe_end(struct pipes *ps, struct pipe *p);
void pipe_end_gone(struct pipes *ps, struct pipe_end *end);

/* The server was killed: its trunks are gone, and the others see it behind what it has sent. */
void pipe_kill(struct pipes *ps, const void *server);

/* Frees them all. */
void pipe_free(struct pipes *ps);

#endif
