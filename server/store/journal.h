/* journal.h -- the durable list of facts, one per meeting, numbered from 1.
 *
 * Appending is asynchronous: many batches share one commit.  A batch becomes durable whole or
 * not at all, and batches become durable in the order in which they were submitted.  Nobody may
 * be told of a fact before its batch is durable.
 *
 * All calls are made from one thread, the one that owns meetings.  A writer thread of the
 * journal's own does the writing and the reading; it calls nothing of the caller's but `wake`.
 *
 * Two kinds stand behind this header: journal_sqlite and, for tests and simulations,
 * journal_memory, which can be told to be slow, to fail and to forget what was not yet durable.
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"

struct journal;

enum {
    JOURNAL_QUEUE_MAX = 4096, /* Batches that may wait; queue_batches in protocol/limits.json. */
};

/* One fact as it is kept.  `text` holds what can be redacted (texts and authors) as a JSON object
 * of its own, in a table of its own; NULL when the fact has nothing of the kind. */
struct journal_row {
    int64_t seq;
    int64_t at; /* Meeting clock, ms. */
    char *body; /* JSON object: the fact without what stands in `text`. */
    char *text;
};

/* The facts of one command.  The submitter makes it and frees it with batch_free once it has
 * come back; in between it is the journal's. */
struct batch {
    char meeting[CODE_CHARS + 1];
    int64_t epoch;      /* Who owns the meeting; 1 while there is one node. */
    int64_t generation; /* Raised by each rebuild of the meeting. */
    int64_t wall;       /* Wall clock, ms since 1970: for people only. */
    bool has_command;
    struct uuid command; /* The id of the command that caused it, remembered for ever. */
    char *made;          /* JSON object of what the command made, for its reply; or NULL. */
    size_t count;        /* Rows; at least 1. */
    struct journal_row *rows;
    size_t blank_count;
    int64_t *blanks; /* Numbers of facts whose text is blanked in the same transaction. */
    void *context;   /* The submitter's own; the journal never looks at it. */
};

/* Makes a batch with room for `count` rows and `blank_count` blanks, all zeroed.
 * NULL when memory is exhausted. */
struct batch *batch_new(size_t count, size_t blank_count);

/* Frees the batch with its rows.  NULL is ignored. */
void batch_free(struct batch *b);

/* What journal_read brings, one call a fact, oldest first.  Strings live for the call only.
 * `command` is NULL, or the id that the fact's batch was caused by, on the last fact of that
 * batch alone, with `made` beside it.
 * seq 0 ends the reading: `error` 0, or a negative errno. */
struct journal_fact {
    int64_t seq, at, wall;
    const char *body, *text;
    const struct uuid *command;
    const char *made;
};
typedef void journal_read_fn(void *context, const struct journal_fact *fact, int error);

/* Called from journal_collect, once per batch and in the order of submission; hands `b` back.
 *
 * durable  false when it was not written: it left no trace, and its meeting must be rebuilt
 *          from the journal before it may go on. */
typedef void journal_done_fn(void *context, struct batch *b, bool durable);

/* A meeting that the journal knows, for journal_meetings. */
typedef void journal_meeting_fn(void *context, const char *code, int64_t origin, int64_t last_seq);

/* A reading of the server clock, kept so that clocks go on across a restart (design: section 5).
 * `server` is ms on the server clock, which only ever grows; boottime is CLOCK_BOOTTIME. */
struct journal_mark {
    char boot_id[UUID_CHARS + 1];
    int64_t boottime, wall, server;
};

/* Opens, or makes, the database at `path` and starts the writer thread.
 *
 * wake  is called from the writer thread whenever journal_collect has something to give; it may
 *       do no more than wake the owner.
 * Returns 0; -EBADMSG when the file is damaged or no database of ours, -EPROTO when it was
 * written by a newer version, or another negative errno.  `ret_why` (static or thread-local,
 * never NULL on failure) says it in words for the person who started the server.  A damaged file is never
 * replaced or added to. */
int journal_sqlite_open(const char *path, void (*wake)(void *), void *wake_context,
                        struct journal **ret_journal, const char **ret_why);

/* Declares a meeting before its first batch.  `origin` is the server clock at its creation.
 * Takes effect in the order of submission; a meeting without facts is not kept. */
int journal_declare(struct journal *j, const char *code, int64_t origin);

/* Hands `b` over for writing.
 *
 * One whose epoch or generation is not the meeting's, or whose first number is not the next on
 * disk, comes back as not durable: so what was decided on a lost batch is lost with it.
 * Returns 0, or -EAGAIN when JOURNAL_QUEUE_MAX batches wait: then nothing was taken, and the
 * command is answered with `busy`. */
int journal_submit(struct journal *j, struct batch *b);

/* Gives back every batch that has become durable, or failed, and every fact that was read, since
 * the last call.  Never blocks. */
void journal_collect(struct journal *j, journal_done_fn *done, void *context);

/* Asks for a meeting's facts from number `from` on, and fences it: batches of a generation under
 * `generation` are refused from here on.  They are read between commits, after what was
 * submitted before, and come back through journal_collect.  A row that is damaged ends the
 * reading with -EBADMSG: that meeting must not go on.  Returns 0 or -EAGAIN. */
int journal_read(struct journal *j, const char *code, int64_t from, int64_t generation,
                 journal_read_fn *each, void *context);

/* Names every meeting in the journal.  Blocks: for start-up, before the first submit. */
int journal_meetings(struct journal *j, journal_meeting_fn *each, void *context);

/* Keeps a mark; the newest replaces the one before.  Best effort, shares the next commit. */
void journal_mark_set(struct journal *j, const struct journal_mark *mark);

/* The mark that was kept last; false when there is none.  Blocks: for start-up. */
bool journal_mark_get(struct journal *j, struct journal_mark *ret_mark);

/* 0 while the journal can be written; a negative errno after a failure that is final (an fsync
 * that returned EIO): the server must stop, for nothing can become durable any more. */
int journal_health(const struct journal *j);

/* How the journal has fared, for /metrics. */
struct journal_figures {
    int64_t commits, batches, facts, failures;
    int64_t waiting;                        /* Batches submitted and not yet given back. */
    int64_t commit_us_total, commit_us_max; /* Time spent in commits. */
};
void journal_figures(const struct journal *j, struct journal_figures *ret_figures);

/* Waits for what was submitted to become durable, then closes.  What was not collected is
 * freed.  NULL is ignored. */
void journal_close(struct journal *j);

#endif
