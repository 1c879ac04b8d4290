/* journal_memory.h -- a journal in memory with the contract of journal.h, that can misbehave.
 *
 * It has no thread: batches become durable when journal_memory_commit is called, which the
 * simulator does when its virtual disk is done.  Used by tests alone.
 */
#ifndef STORE_JOURNAL_MEMORY_H
#define STORE_JOURNAL_MEMORY_H

#include "store/journal.h"

/* Makes an empty journal.  NULL when memory is exhausted. */
struct journal *journal_memory_new(void);

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

/* This server has claimed a meeting that is there: from here on it is written in `epoch`. */
void journal_memory_claim(struct journal *j, const char *code, int64_t epoch);

/* It is one of several servers': `clock` is the clock that they share, ms, read at each start. */
void journal_memory_share(struct journal *j, const int64_t *clock);

/* Harms the last fact of a meeting that is there: readings of it end with -EBADMSG. */
void journal_memory_damage(struct journal *j, const char *code);

/* Forgets all that is not durable, as kill -9 would, and gives back nothing of it: the submitter
 * is gone as well.  Batches are freed. */
void journal_memory_crash(struct journal *j);

#endif
