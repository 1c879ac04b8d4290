/* sqlite_writer.h -- the writer thread of journal_sqlite: group commit, readings, upkeep. */
#ifndef STORE_SQLITE_WRITER_H
#define STORE_SQLITE_WRITER_H

#include "store/sqlite_files.h"
#include "store/sqlite_rows.h"
#include "store/writer.h"

struct sqlite_writer {
    struct writer writer;
    struct rows *rows;
    const struct files *files;

    /* The thread's own. */
    int64_t last_fact;    /* The highest id given to a fact, in the open transaction too, */
    int64_t last_meeting; /* and to a meeting. */
    bool truncate;        /* Something was redacted that the log may still hold. */
    int64_t upkeep_at;    /* When the log is looked at next; ms, monotonic. */
    int log_pages_max;    /* Above it, the log is moved even under load. */
    int log_pages_moved;  /* How many of the log's pages are in the database already. */
};

/* Makes the writer ready to run on `db`: 0, -ENOMEM, or -EBADMSG when the tables are not what they
 * should be.  What was made until then sqlite_writer_release frees. */
int sqlite_writer_prepare(struct sqlite_writer *w, sqlite3 *db, void (*wake)(void *),
                          void *wake_context);
void sqlite_writer_release(struct sqlite_writer *w);

/* Notes a failure that is final, if the last one was. */
void sqlite_writer_look(struct sqlite_writer *w, int error);

/* Commits the open transaction; fails where the database's files are not in their place any more,
 * for what was written then is in no file that another start would find. */
int sqlite_writer_commit(struct sqlite_writer *w);

/* sqlite_group.c: the writer's `commit`. */
void sqlite_commit(struct writer *w, const struct request *requests, size_t count,
                   const struct journal_mark *mark);

/* Writes one batch into the open transaction, or nothing of it and a negative errno.
 *
 * ret_lost  set when the whole transaction is lost with it. */
int group_add(struct sqlite_writer *w, const struct batch *b, bool *ret_lost);

/* Writes what the open transaction changed of the heads. */
int group_write_heads(struct sqlite_writer *w);

/* sqlite_reading.c: the writer's `read`, `erase` and `restore`. */
void sqlite_read_on(struct writer *w, struct reading *r, struct chunk *c);
int sqlite_erase(struct writer *w, const struct reading *r);
int sqlite_restore(struct writer *w, const struct reading *r);

/* Ids of a meeting's facts from number `from` to its last, by following the chain back from
 * there.  `ret_ids` is freed by the caller.  -EBADMSG when the chain is broken. */
int reading_chain(struct rows *rows, int64_t meeting, int64_t last_seq, int64_t last_fact,
                  int64_t from, int64_t **ret_ids);

#endif
