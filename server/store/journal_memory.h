/* journal_memory.h -- a journal in memory with the contract of journal.h, that can misbehave.
 *
 * It has no thread: batches become durable when journal_memory_commit is called, which the
 * simulator does when its virtual disk is done.  Used by tests alone.
 */
#ifndef STORE_JOURNAL_MEMORY_H
#define STORE_JOURNAL_MEMORY_H

#include "store/journal.h"

struct ownership_table;

/* Makes an empty journal.  NULL when memory is exhausted. */
struct journal *journal_memory_new(void);

/* Makes the journal of another server on the same database, which is there until the last of them
 * is closed.  Each is to be shared.  NULL when memory is exhausted. */
struct journal *journal_memory_beside(struct journal *j);

/* Makes the oldest `count` waiting requests (batches or readings) durable, or answers them. */
void journal_memory_commit(struct journal *j, size_t count);

/* Requests that wait for a commit. */
size_t journal_memory_waiting(const struct journal *j);

/* Lets the next `count` batches fail instead of becoming durable. */
void journal_memory_fail(struct journal *j, size_t count);

/* Whether the disk is full: then every batch and every mark fails. */
void journal_memory_fill(struct journal *j, bool full);

/* Gives a meeting that is there to another server: what waits of it is lost, and readings of it end
 * with -ESTALE. */
void journal_memory_take_over(struct journal *j, const char *code);

/* It is the server's of this name, one of several: `table`, which must outlive it, says whose a
 * meeting is and in which epoch it is written, and has the clock that they share. */
void journal_memory_share(struct journal *j, struct ownership_table *table, const char *name);

/* Whether this server cannot reach the database: then nothing is committed and nothing given back.
 * What was committed before, and not collected, nobody has heard of. */
void journal_memory_away(struct journal *j, bool away);

/* Called with each batch that any server on this database has written, or tried to: `name` is the
 * server's, "" of one that is alone. */
typedef void journal_memory_seen_fn(void *context, const char *name, const struct batch *b,
                                    bool durable);
void journal_memory_watch(struct journal *j, journal_memory_seen_fn *seen, void *context);

/* Harms the last fact of a meeting that is there: readings of it end with -EBADMSG. */
void journal_memory_damage(struct journal *j, const char *code);

/* Forgets all that is not durable, as kill -9 would, and gives back nothing of it: the submitter
 * is gone as well.  Batches are freed. */
void journal_memory_crash(struct journal *j);

#endif
