/* sqlite_heads.h -- how far each meeting has come, as the writer knows it.
 *
 * Everything stands twice: as the open transaction will leave it, and as it is on disk.
 */
#ifndef STORE_SQLITE_HEADS_H
#define STORE_SQLITE_HEADS_H

#include "store/sqlite_rows.h"

struct head {
    char code[CODE_CHARS + 1];
    int64_t generation;           /* 0 until a batch or a reading says it. */
    struct meeting_row now, disk; /* id 0: nothing of it is kept. */
    bool dirty;
    struct head *next, *next_dirty;
};

struct heads;

struct heads *heads_new(struct rows *rows);
void heads_free(struct heads *m);

/* Makes the head of a meeting that is declared; called on the owner's thread.  NULL when memory is
 * exhausted. */
struct head *head_new(const char *code, int64_t origin);

/* Takes over a declared meeting; one that is known stays as it is. */
void heads_declare(struct heads *m, struct head *declared);

/* Finds a meeting, here or in the database; -ENOENT when there is none. */
int heads_find(struct heads *m, const char *code, struct head **ret_head);

/* Whether this batch is the next, by its epoch, its generation and its first number.  The first one
 * gives the meeting its epoch and its generation. */
bool head_expects(struct head *m, const struct batch *b);

/* Raises the generation: what is under it is refused from here on. */
void head_fence(struct head *m, int64_t generation);

/* The id under which the meeting is kept, or would be. */
int64_t heads_id(const struct heads *m, const struct head *which);

/* Notes that the open transaction leaves the meeting with this newest fact. */
void heads_move(struct heads *m, struct head *which, int64_t seq, int64_t fact);

/* heads_write writes what the open transaction changed of the heads: 0 or a negative errno.  After
 * the transaction heads_settle takes `now` for what is on disk if it was committed, and else goes
 * back to `disk`. */
int heads_write(struct heads *m);
void heads_settle(struct heads *m, bool committed);

/* Forgets a meeting that is no longer in the database. */
void heads_forget(struct heads *m, struct head *which);

#endif
