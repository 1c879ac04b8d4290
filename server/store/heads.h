/* heads.h -- how far each meeting has come, as the writer knows it.
 *
 * Everything stands twice: as the open transaction will leave it, and as it is on disk.
 */
#ifndef STORE_HEADS_H
#define STORE_HEADS_H

#include <stdbool.h>
#include <stdint.h>

#include "store/batch.h"

/* A meeting as a row of the database. */
struct meeting_row {
    int64_t
        id; /* 0: it is not kept; HEAD_ID_UNTOLD: it will be, and the database has not said it. */
    int64_t origin, epoch;
    int64_t last_seq;
    int64_t last_fact; /* SQLite: the newest fact's id, where the chain begins. */
    int64_t fence;     /* PostgreSQL: how often an outcome was asked for, */
    bool foreign;      /* and whether another server owns it. */
};
enum { HEAD_ID_UNTOLD = -1 };

struct head {
    char code[CODE_CHARS + 1];
    int64_t generation; /* Of its epoch; 0 until a batch or a reading says it. */
    struct meeting_row now, disk;
    bool dirty;
    struct head *next, *next_dirty;
};

struct heads;

/* Reads a meeting's row from the database: 0, -ENOENT when there is none, or another errno. */
typedef int heads_load_fn(void *context, const char *code, struct meeting_row *ret_row);

/* NULL when memory is exhausted. */
struct heads *heads_new(heads_load_fn *load, void *context);
void heads_free(struct heads *m);

/* Makes the head of a meeting that is declared; called on the owner's thread.  NULL when memory is
 * exhausted. */
struct head *head_new(const char *code, int64_t origin);

/* Takes over a declared meeting; one that is known stays as it is. */
void heads_declare(struct heads *m, struct head *declared);

/* Makes the head of a meeting that is to come whole; -EEXIST where it is there, or -ENOMEM. */
int heads_add(struct heads *m, const char *code, int64_t origin, struct head **ret_head);

/* Finds a meeting, here or in the database; -ENOENT when there is none. */
int heads_find(struct heads *m, const char *code, struct head **ret_head);

/* Whether this batch is the next, by its epoch, its generation and its first number.  The first one
 * gives the meeting its epoch and its generation. */
bool head_expects(struct head *m, const struct batch *b);

/* Raises the generation: what is under it is refused from here on. */
void head_fence(struct head *m, int64_t generation);

/* Notes that the open transaction leaves the meeting under this id, with this newest fact. */
void heads_move(struct heads *m, struct head *which, int64_t id, int64_t seq, int64_t fact);

/* The first head that the open transaction changes; the others follow by `next_dirty`. */
struct head *heads_changed(struct heads *m);

/* After the transaction: takes `now` for what is on disk if it was committed, and else goes back to
 * `disk`. */
void heads_settle(struct heads *m, bool committed);

/* Forgets a meeting that is no longer in the database. */
void heads_forget(struct heads *m, struct head *which);

#endif
