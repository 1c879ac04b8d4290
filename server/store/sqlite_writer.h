/* sqlite_writer.h -- the thread that owns the database: group commit, readings, upkeep. */
#ifndef STORE_SQLITE_WRITER_H
#define STORE_SQLITE_WRITER_H

#include <stdatomic.h>

#include "store/sqlite_exchange.h"
#include "store/sqlite_heads.h"

struct writer {
    struct exchange *exchange;
    struct rows *rows;
    struct heads *heads;
    atomic_int health; /* journal_health; the owner reads it. */

    /* The thread's own. */
    int64_t last_fact;            /* The highest id given to a fact, in the open transaction too. */
    struct reading *first, *last; /* Readings under way, oldest first. */
    bool truncate;                /* Something was redacted that the log may still hold. */
    int64_t upkeep_at;            /* When the log is looked at next; ms, monotonic. */
    int log_pages_max;            /* Above it, the log is moved even under load. */
    int log_pages_moved;          /* How many of the log's pages are in the database already. */
    struct result results[JOURNAL_QUEUE_MAX];
};

/* Runs until the exchange says stop; as start routine of a thread. */
void *writer_run(void *writer);

/* Notes a failure that is final, if the last one was. */
void writer_look_for_end(struct writer *w, int error);

/* sqlite_group.c: makes the batches and declarations of `requests` durable with one commit,
 * with the mark unless NULL, and gives the batches back. */
void group_commit(struct writer *w, const struct request *requests, size_t count,
                  const struct journal_mark *mark);

/* Writes one batch into the open transaction, or nothing of it and a negative errno.
 *
 * ret_lost  set when the whole transaction is lost with it. */
int group_add(struct writer *w, const struct batch *b, bool *ret_lost);

/* sqlite_reading.c: takes up a reading, in the order of submission, and fences its meeting. */
void reading_take(struct writer *w, struct reading *r);

/* Sends the next chunk of the oldest reading, if one is free. */
void reading_advance(struct writer *w);

/* Ids of a meeting's facts from number `from` to its last, by following the chain back from
 * there.  `ret_ids` is freed by the caller.  -EBADMSG when the chain is broken. */
int reading_chain(struct rows *rows, int64_t meeting, int64_t last_seq, int64_t last_fact,
                  int64_t from, int64_t **ret_ids);

#endif
