/* postgres_connection.h -- a connection to PostgreSQL that knows when it is lost.
 *
 * Statements are sent in a pipeline: what is sent until connection_sync is one transaction, which
 * the server commits when it comes there, or of which it leaves nothing.  Functions return 0 or
 * a negative errno; of these -ECONNRESET says that the connection is lost and with it the outcome
 * of what was sent last, and -EAGAIN that the server undid the transaction for a reason of its own
 * and it may be sent again.
 */
#ifndef STORE_POSTGRES_CONNECTION_H
#define STORE_POSTGRES_CONNECTION_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"

enum { PARAMS_MAX = 12, CONNECTION_NAME_MAX = 64 };

struct connection {
    PGconn *pg;                     /* NULL: there is none. */
    char name[CONNECTION_NAME_MAX]; /* What the server knows it by, this process' own. */
    int patience_ms;                /* How long the server may be silent; -1: for ever. */
    bool doubted;                   /* The server warned while it committed. */
    int error;                      /* Of the pipeline that is read just now. */
};

/* Connects to the first host that can be written to, and asks for commits that are on disk.  A
 * server that is then silent for longer than the string's tcp_user_timeout (15 s) counts as lost:
 * its host may have gone, or stand still while another has taken its place.  On failure `ret_why`
 * has the words, and there is no connection. */
int connection_open(struct connection *c, const char *where, const char **ret_why);
void connection_close(struct connection *c);

/* Runs SQL that the program has written, outside of a pipeline; `ret_result`, unless NULL, is what
 * its last statement gave, to be cleared. */
int connection_run(struct connection *c, const char *sql, PGresult **ret_result);

/* The same with one text as parameter. */
int connection_ask(struct connection *c, const char *sql, const char *param, PGresult **ret_result);

/* What the server said of the last failure, on one line, in this thread's buffer. */
const char *connection_said(const struct connection *c);

/* From here on statements go in pipelines; and back. */
int connection_pipeline(struct connection *c);
int connection_plain(struct connection *c);

/* Parameters of a statement, in its order.  Texts are borrowed until the statement is sent. */
struct params {
    int count;
    bool exhausted; /* Memory was: sending says so. */
    const char *values[PARAMS_MAX];
    int lengths[PARAMS_MAX], formats[PARAMS_MAX];
    int64_t numbers[PARAMS_MAX];
    char *owned[PARAMS_MAX];
};
void params_text(struct params *p, const char *text); /* NULL: null. */
void params_number(struct params *p, int64_t number);
void params_bytes(struct params *p, const void *bytes, size_t len); /* NULL: null. */
void params_numbers(struct params *p, const int64_t *numbers, size_t count);

/* An array of texts: `stride` bytes lie between one pointer and the next; NULL: null. */
void params_texts(struct params *p, const char *const *first, size_t stride, size_t count);

/* Sends a prepared statement, and frees the parameters. */
int connection_send(struct connection *c, const char *statement, struct params *p);

/* Ends the transaction, and sends all that was not sent yet. */
int connection_sync(struct connection *c);

/* What the next statement gave, in the order of sending; to be cleared.  After an error the others
 * give NULL, and connection_end says which it was. */
PGresult *connection_next(struct connection *c);

/* Reads on until the server says that the transaction is over, and how it ended. */
int connection_end(struct connection *c);

/* Binary columns. */
int64_t result_number(const PGresult *r, int row, int column);
const char *result_text(const PGresult *r, int row, int column); /* NULL: null. */

#endif
