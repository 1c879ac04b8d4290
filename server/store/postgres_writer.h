/* postgres_writer.h -- the writer thread of journal_postgres: its connection, and the statements
 * that are prepared on it. */
#ifndef STORE_POSTGRES_WRITER_H
#define STORE_POSTGRES_WRITER_H

#include "store/postgres_connection.h"
#include "store/writer.h"

/* What becomes of a batch that is to be written. */
enum fate {
    FATE_OPEN, /* Not sent yet, or to be sent again. */
    FATE_SENT,
    FATE_DURABLE,
    FATE_FENCED, /* The database had another epoch, or another number, for its meeting. */
    FATE_LOST,
};
struct line {
    const struct batch *batch;
    enum fate fate;
    bool begins; /* The meeting's row was sent before it. */
};

struct postgres_writer {
    struct writer writer;
    struct connection connection;
    char *where; /* The connection string. */
    char *node;  /* This server's name; NULL: it is alone. */

    /* The thread's own. */
    int64_t stopping_since; /* ms, monotonic; 0: nobody has asked to stop while the database was
                             * away. */
    struct line lines[JOURNAL_QUEUE_MAX];
};

/* Makes or upgrades the schema of a database that facts can be in. */
int postgres_bring_up(struct connection *c, const char **ret_why);

/* Connects, once, and makes the connection ready: schema, lock, statements.  What went wrong is in
 * `ret_why`. */
int postgres_connect(struct postgres_writer *w, const char **ret_why);

/* Connects again until it works: 0, or a negative errno when it never will, or when the server is
 * to stop and has waited long enough. */
int postgres_reconnect(struct postgres_writer *w);

/* Sends a statement alone, and gives its result, to be cleared: 0 or a negative errno. */
int postgres_ask(struct postgres_writer *w, const char *statement, struct params *p,
                 PGresult **ret_result);

/* Whether what failed is to be done again: after -ECONNRESET on a new connection. */
bool postgres_again(struct postgres_writer *w, int error);

/* Reads a meeting's row: a heads_load_fn. */
int postgres_load(void *writer, const char *code, struct meeting_row *ret_row);

/* The same for a head that is not what the database has. */
int postgres_refresh(struct postgres_writer *w, struct head *m);

/* The writer's `find`: other servers may have changed the meeting since its head was read. */
int postgres_find(struct writer *w, const char *code, struct head **ret_head);

/* postgres_group.c: the writer's `commit`; and the same for the batches of one meeting that comes
 * whole, of which all become durable or none does: 0 or a negative errno. */
void postgres_commit(struct writer *w, const struct request *requests, size_t count,
                     const struct journal_mark *mark);
int postgres_commit_whole(struct postgres_writer *w, struct line *lines, size_t count);

/* postgres_outcome.c: asks what became of the lines that were sent when the connection was lost,
 * on the new one: they are durable, or open and to be sent again, or lost to another owner.  The
 * heads that the transaction changed become what the database has. */
int postgres_find_out(struct postgres_writer *w, struct line *lines, size_t count);

/* postgres_reading.c: the writer's `read`, `erase`, `restore` and `answer`. */
void postgres_read_on(struct writer *w, struct reading *r, struct chunk *c);
int postgres_erase(struct writer *w, const struct reading *r);
int postgres_restore(struct writer *w, const struct reading *r);
int postgres_answer(struct writer *w, struct ask *a);

#endif
