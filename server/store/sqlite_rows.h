/* sqlite_rows.h -- the rows of the database, through statements prepared once.
 *
 * Belongs to the writer thread.  Functions return 0 or a negative errno; after a failure,
 * rows_broken says whether it is final.
 */
#ifndef STORE_SQLITE_ROWS_H
#define STORE_SQLITE_ROWS_H

#include <sqlite3.h>

#include "store/heads.h"
#include "store/journal.h"

struct rows;

/* A fact as a row.  Rows of one batch have consecutive ids, in their order. */
struct fact_row {
    int64_t id;
    int64_t meeting; /* Its id in the database. */
    int64_t seq, at, wall;
    int64_t rest; /* Facts of the same batch that follow. */
    int64_t prev; /* Id of the meeting's fact before, or 0. */
    const char *body, *text;
    const struct uuid *command;
    const char *made;
};

/* Prepares the statements; `db` stays the caller's.  NULL when memory is exhausted or the
 * tables are not what they should be. */
struct rows *rows_new(sqlite3 *db);
void rows_free(struct rows *r);

/* Begins a transaction that writes; or one that reads, whose statements all see the database as it
 * was at one moment. */
int rows_begin(struct rows *r);
int rows_begin_reading(struct rows *r);
int rows_commit(struct rows *r);

/* Undoes the transaction and ends it, unless SQLite has done so by itself after a failure. */
void rows_rollback(struct rows *r);

/* A savepoint inside the transaction: rows_save sets it, rows_keep keeps what was done since, and
 * rows_go_back undoes that. */
int rows_save(struct rows *r);
int rows_keep(struct rows *r);
int rows_go_back(struct rows *r);

/* Whether the last failure is final: an fsync that failed, or damage. */
bool rows_broken(const struct rows *r);

/* Moves the log into the database, as far as no reader is in the way.  With `truncate` it moves all
 * and leaves no byte in the log, or returns -EBUSY. */
int rows_checkpoint(struct rows *r, bool truncate);

/* Pages in the log, as of the last commit. */
int rows_log_pages(const struct rows *r);

/* The highest id of a fact, and of a meeting; 0 when there is none. */
int rows_last_fact(struct rows *r, int64_t *ret_id);
int rows_last_meeting(struct rows *r, int64_t *ret_id);

/* Adds a fact, with its text in the table of texts. */
int rows_add(struct rows *r, const struct fact_row *f);

/* Reads where a fact stands in its meeting's chain: its number, and the id of the fact before.
 * -EBADMSG when there is no such row. */
int rows_link(struct rows *r, int64_t id, int64_t *ret_meeting, int64_t *ret_seq,
              int64_t *ret_prev);

/* Reads a whole fact; its strings live until the next call.  -EBADMSG when the row is missing
 * or not as it was written. */
int rows_get(struct rows *r, int64_t id, struct fact_row *ret_fact);

/* Lets go of rows_get's strings, so that no transaction stays open because of them. */
void rows_got(struct rows *r);

/* Blanks a fact's text, and with `command_too` the command with what it made of the batch that it
 * came in. */
int rows_blank(struct rows *r, int64_t id, bool command_too);

/* Leaves nothing of a fact but an empty row. */
int rows_wipe(struct rows *r, int64_t id);

/* The same of all facts of a meeting, by looking at every row: where its chain is broken. */
int rows_wipe_all(struct rows *r, int64_t meeting);

/* Reads a meeting's row; -ENOENT when there is none. */
int rows_meeting(struct rows *r, const char *code, struct meeting_row *ret_meeting);

/* Adds a meeting's row (`fresh`) or changes it, and removes it. */
int rows_meeting_put(struct rows *r, const char *code, const struct meeting_row *m, bool fresh);
int rows_meeting_remove(struct rows *r, int64_t id);

/* One meeting after the other: the one with the next id above `after`; -ENOENT at the end. */
int rows_meeting_next(struct rows *r, int64_t after, char ret_code[static CODE_CHARS + 1],
                      struct meeting_row *ret_meeting);

/* Notes that the meeting of this code was erased at `wall`, and forgets what was noted before
 * `forget`; and one such note after the other, as rows_meeting_next: `id` is its own, 0 at first.
 */
int rows_erased_add(struct rows *r, const char *code, int64_t wall, int64_t forget);
int rows_erased_next(struct rows *r, int64_t *id, struct hash *ret_code, int64_t *ret_wall);

/* SQLite's words for what failed last; until anything else is asked of it. */
const char *rows_words(const struct rows *r);

/* All of it into a new file (database_copy). */
int rows_copy(struct rows *r, const char *to, const char **ret_why);

/* Keeps the mark, and reads it; -ENOENT when there is none. */
int rows_mark_put(struct rows *r, const struct journal_mark *mark);
int rows_mark(struct rows *r, struct journal_mark *ret_mark);

#endif
