/* writer.h -- the thread that owns a journal's database: what waits together is committed together,
 * and readings go on between commits.
 *
 * A kind of journal embeds `struct writer` as the first member of its own.
 */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include <stdatomic.h>

#include "store/exchange.h"
#include "store/heads.h"

struct writer;

enum { WRITER_WHY_MAX = 1024 }; /* Bytes of the words for an end. */

/* What a kind does in the thread.  Functions return 0 or a negative errno. */
struct writer_ops {
    /* Makes the batches and declarations of `requests` durable with one commit, with the mark
     * unless NULL, and gives the batches back by writer_give. */
    void (*commit)(struct writer *w, const struct request *requests, size_t count,
                   const struct journal_mark *mark);
    /* Reads on into an empty chunk: its `last` says whether that was all, its `error` how it went.
     */
    void (*read)(struct writer *w, struct reading *r, struct chunk *c);
    int (*erase)(struct writer *w, const struct reading *r);
    int (*restore)(struct writer *w, const struct reading *r);
    /* The head of a meeting that is to be read, as the database has it: heads_find, where nobody
     * else changes it. */
    int (*find)(struct writer *w, const char *code, struct head **ret_head);
    /* Fills in the answer by ask_add and ask_add_erased, and the mark. */
    int (*answer)(struct writer *w, struct ask *a);
    /* Called after all else, with whether there was nothing to do; and how long the thread may
     * sleep until it is called again, ms; -1: for ever. */
    void (*upkeep)(struct writer *w, bool quiet);
    int (*patience)(const struct writer *w);
};

struct writer {
    const struct writer_ops *ops;
    struct exchange *exchange;
    struct heads *heads;
    atomic_int health; /* journal_health, and journal_trouble; the owner reads them. */
    atomic_int trouble;
    char why[WRITER_WHY_MAX]; /* In words; written before `health` is. */

    /* The thread's own. */
    struct reading *first, *last; /* Readings under way, oldest first. */
    struct result results[JOURNAL_QUEUE_MAX];
};

/* Runs until the exchange says stop; as start routine of a thread. */
void *writer_run(void *writer);

/* Frees what the writer has, once its thread has ended or where it never ran. */
void writer_release(struct writer *w);

/* Notes a failure that is final, with `why` in words, and wakes the owner; one that follows another
 * changes nothing. */
void writer_end(struct writer *w, int error, const char *why);

/* Gives back the batches of `results`, the first `count` of them, with what is counted.
 *
 * error      0, or the negative errno for which the commit failed: the journal's trouble from here
 *            on, before anybody has the batches; but where all of them were refused.
 * commit_us  how long the commit took; negative: there was none. */
void writer_give(struct writer *w, size_t count, int error, int64_t commit_us);

/* Microseconds, monotonic. */
int64_t writer_now_us(void);

#endif
