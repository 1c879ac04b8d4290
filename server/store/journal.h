/* journal.h -- the durable list of facts, one per meeting, numbered from 1.
 *
 * Appending is asynchronous: many batches share one commit.  A batch becomes durable whole or
 * not at all, and batches become durable in the order in which they were submitted.  Nobody may
 * be told of a fact before its batch is durable.
 *
 * All calls are made from one thread, the one that owns meetings.  A writer thread of the
 * journal's own does the writing and the reading; it calls nothing of the caller's but `wake`.
 *
 * Three kinds stand behind this header: journal_sqlite, journal_postgres (journal_postgres.h) and,
 * for tests and simulations, journal_memory, which can be told to be slow, to fail and to forget
 * what was not yet durable.
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/histogram.h"
#include "store/batch.h"

struct journal;

enum {
    JOURNAL_QUEUE_MAX = 4096, /* Batches that may wait; queue_batches in protocol/limits.json. */
};

/* How long it is known that a meeting was erased: a year. */
#define JOURNAL_ERASED_KEPT_MS (INT64_C(365) * 24 * 60 * 60 * 1000)

/* What journal_read brings: one call for each fact, oldest first, and one with seq 0 at the end,
 * whose `error` is 0 or a negative errno.  Strings live for the call only.  The last fact of a
 * batch brings the id of the command that caused the batch, and what that made; other facts, and
 * batches without a command, have NULL there. */
struct journal_fact {
    int64_t seq, at, wall;
    int64_t rest; /* Facts of the same batch that follow. */
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

/* A meeting that the journal knows, for journal_meetings, and in which epoch it is to be written.
 */
typedef void journal_meeting_fn(void *context, const char *code, int64_t origin, int64_t epoch,
                                int64_t last_seq);

/* A meeting that was erased, for journal_erased. */
typedef void journal_erased_fn(void *context, struct hash code, int64_t wall);

/* A reading of the server clock, kept so that clocks go on across a restart
 * (server/ARCHITECTURE.md, "Time").  `server` is ms on the server clock, which never goes back;
 * boottime is CLOCK_BOOTTIME.  Several servers that share a journal have its own
 * clock for theirs: then journal_mark_get says what that shows `now`. */
struct journal_mark {
    char boot_id[UUID_CHARS + 1];
    int64_t boottime, wall, server;
    bool shared; /* They share it; */
    int64_t now; /* and it shows this, just now; */
    int64_t day; /* and this the clock on the wall of who keeps it, ms since 1970; 0: unknown. */
};

enum { JOURNAL_CLOCKS_APART_MS = 5000 }; /* As far as two machines' clocks on the wall may be. */

/* Opens, or makes, the database at `path` and starts the writer thread.
 *
 * wake  is called from the writer thread whenever journal_collect has something to give; it may
 *       do no more than wake the owner.
 * Returns 0; -EBADMSG when the file is damaged or no database of ours, -EPROTO when it was
 * written by a newer version, or another negative errno.  `ret_why` (static or thread-local,
 * never NULL on failure) says it in words for the person who started the server.  A damaged file is
 * never replaced or added to. */
int journal_sqlite_open(const char *path, void (*wake)(void *), void *wake_context,
                        struct journal **ret_journal, const char **ret_why);

/* Declares a meeting before its first batch.  `origin` is the server clock at its creation.
 * Takes effect in the order of submission; a meeting without facts is not kept, one that has
 * some stays as it is.  Returns 0, -EAGAIN or -ENOMEM. */
int journal_declare(struct journal *j, const char *code, int64_t origin);

/* Hands `b` over for writing.
 *
 * The batch comes back as not durable when its epoch or generation is not the meeting's, or when
 * its first number is not the next on disk: what was decided after a lost batch is lost with it.  A
 * meeting's epoch is that of its first batch.  Its generation is the highest that a reading named;
 * before any did, that of the first batch since the journal was opened.
 * Returns 0, or -EAGAIN when JOURNAL_QUEUE_MAX batches wait: then nothing was taken, and the
 * command is answered with `busy`. */
int journal_submit(struct journal *j, struct batch *b);

/* Lets the writer begin with what was submitted.  Called at the end of each turn of the owner's
 * loop, it makes all of the turn share a commit; a writer that is at work goes on by itself. */
void journal_go(struct journal *j);

/* What has come is left for a while: the next that comes wakes all the same, once. */
void journal_leave(struct journal *j);

/* Gives back every batch that has become durable, or failed, and every fact that was read, since
 * the last call.  Never blocks. */
void journal_collect(struct journal *j, journal_done_fn *done, void *context);

/* Asks for a meeting's facts from number `from` on, and fences it: batches of a generation under
 * `generation` are refused from here on.  They are read between commits, after what was
 * submitted before, and come back through journal_collect, some at each call.  A text that is
 * blanked meanwhile may come as blank.  The reading ends with -EBADMSG at a damaged row, and then
 * the meeting must not go on; with -ENOENT when there is no such meeting, nor one declared; with
 * -ESTALE when another server owns it: then it is none of this one's.
 * Returns 0, -EAGAIN when too many readings are under way, or -ENOMEM. */
int journal_read(struct journal *j, const char *code, int64_t from, int64_t generation,
                 journal_read_fn *each, void *context);

/* Takes in a meeting that comes from elsewhere, whole: `batches` from number 1 on become durable in
 * one transaction, or none does.  `each` is called once, as by journal_erase: with -EEXIST where a
 * meeting of this code is there already.  The batches stay the caller's, and must stay until then.
 * Returns 0, -EAGAIN or -ENOMEM. */
int journal_restore(struct journal *j, const char *code, int64_t origin,
                    struct batch *const *batches, size_t count, journal_read_fn *each,
                    void *context);

/* Removes a meeting with all that was submitted of it, for good; nothing more of it is taken.
 * `each` is called once, with seq 0 and 0 or a negative errno, as at the end of a reading.  Its
 * texts leave the log soon after.  That there was a meeting of this code, and that it was erased at
 * `wall` (ms since 1970), is kept for JOURNAL_ERASED_KEPT_MS.  Returns 0, -EAGAIN or -ENOMEM. */
int journal_erase(struct journal *j, const char *code, int64_t wall, journal_read_fn *each,
                  void *context);

/* Names every meeting in the journal, oldest first.  Blocks: for start-up, before the first submit.
 */
int journal_meetings(struct journal *j, journal_meeting_fn *each, void *context);

/* Names every meeting that was erased, by the hash of its code, and when.  Blocks, as above. */
int journal_erased(struct journal *j, journal_erased_fn *each, void *context);

/* Keeps a mark; the newest replaces the one before.  Best effort, shares the next commit. */
void journal_mark_set(struct journal *j, const struct journal_mark *mark);

/* The mark that was kept last, or the journal's own clock; false when there is neither.  Blocks:
 * for start-up. */
bool journal_mark_get(struct journal *j, struct journal_mark *ret_mark);

/* 0 while the journal can be written; a negative errno after a failure that is final (an fsync
 * that returned EIO, a damaged database, one whose files were taken away): the server must stop,
 * for nothing can become durable any more.  `wake` was called when it came about.  Whether the
 * batches that failed with it are there after all, the next start finds out.  `ret_why` (NULL: not
 * asked for) has the journal's words for it, which live as long as the journal; "" while healthy.
 */
int journal_health(const struct journal *j, const char **ret_why);

/* 0, or the negative errno for which the newest commit failed, as -ENOSPC on a full disk, and most
 * likely the next one will: until one succeeds, as that of a mark.  Set before its batches come
 * back.  What is submitted meanwhile is tried all the same. */
int journal_trouble(const struct journal *j);

/* How the journal has fared, for /metrics. */
struct journal_figures {
    int64_t commits, batches, facts, failures;
    int64_t reconnects; /* How often the database was away and came back, */
    int64_t fenced;  /* and how many batches were lost because another server has their meeting. */
    int64_t waiting; /* Batches submitted and not yet given back. */
    struct histogram commit_us;      /* How long commits took, */
    struct histogram commit_batches; /* and how many batches each held. */
};
extern const int64_t journal_commit_us[HISTOGRAM_BOUNDS];
extern const int64_t journal_commit_batches[HISTOGRAM_BOUNDS];
void journal_figures(const struct journal *j, struct journal_figures *ret_figures);

/* Waits for what was submitted to become durable, then closes.  Batches that were not collected
 * are freed (not their contexts); readings end without a word.  NULL is ignored. */
void journal_close(struct journal *j);

#endif
