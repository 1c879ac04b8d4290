/* exchange.h -- what lies between the thread that owns meetings and the writer thread.
 *
 * Two bounded queues under one lock: requests one way, results the other.  No memory is asked for
 * here: senders make what they send, and both queues hold as much as may be under way.
 */
#ifndef STORE_EXCHANGE_H
#define STORE_EXCHANGE_H

#include <pthread.h>

#include "store/request.h"

enum {
    OTHERS_MAX = 4096, /* Readings and declarations that may be under way. */
    REQUESTS_MAX = JOURNAL_QUEUE_MAX + OTHERS_MAX + 1,
    CHUNKS_MAX = 16, /* Pieces of readings that may wait for the owner. */
    RESULTS_MAX = JOURNAL_QUEUE_MAX + CHUNKS_MAX,
};

struct result {
    struct batch *batch; /* A batch that comes back; or NULL, and then */
    struct chunk *chunk; /* a piece of a reading. */
    bool durable;
};

struct request_list {
    size_t count;
    struct request at[REQUESTS_MAX];
};
struct result_list {
    size_t count;
    struct result at[RESULTS_MAX];
};
struct exchange;

/* What the writer finds to do. */
struct work {
    const struct request_list *requests; /* Valid until the next exchange_take. */
    bool has_mark;
    struct journal_mark mark;
    bool stop; /* Nothing follows. */
};

/* NULL when memory is exhausted. */
struct exchange *exchange_new(void (*wake)(void *), void *wake_context);

/* Frees the exchange with the batches and readings still in it; the writer must be gone. */
void exchange_free(struct exchange *q);

/* The owner's side.  exchange_put hands a request over: 0, or -EAGAIN when as many of its kind are
 * under way as may be; for a batch the writer is not woken before exchange_go.  exchange_put_mark
 * replaces the mark before; exchange_put_stop ends the writer once it has done what was put.
 * exchange_await sleeps until the question is answered. exchange_collect is journal_collect. */
int exchange_put(struct exchange *q, struct request r);
void exchange_go(struct exchange *q);
void exchange_leave(struct exchange *q);
void exchange_put_mark(struct exchange *q, const struct journal_mark *mark);
void exchange_put_stop(struct exchange *q);
void exchange_await(struct exchange *q, const struct ask *ask);
void exchange_collect(struct exchange *q, journal_done_fn *done, void *context);
void exchange_figures(struct exchange *q, struct journal_figures *ret_figures);

/* The writer's side.  exchange_take waits until there is something to do, a chunk is free (if
 * `reading`), or `ms` have passed (if not negative). */
void exchange_take(struct exchange *q, bool reading, int ms, struct work *ret_work);

/* Gives batches back and counts `add` into the figures; they are of one commit, or of none. */
void exchange_give(struct exchange *q, const struct result *results, size_t count,
                   const struct journal_figures *add, int64_t commit_us);

/* Whether exchange_put_stop was called. */
bool exchange_stops(struct exchange *q);

/* Wakes the owner, whose question is answered. */
void exchange_answer(struct exchange *q, struct ask *ask);

/* An empty chunk, or NULL when all are on their way.  exchange_send hands it to the owner. */
struct chunk *exchange_chunk(struct exchange *q);
void exchange_send(struct exchange *q, struct chunk *c);

/* Wakes the owner for something that lies in no queue. */
void exchange_wake(struct exchange *q);

/* The writer has dealt with `count` declarations and readings: as many others may be put. */
void exchange_dealt(struct exchange *q, size_t count);

#endif
