#include "store/postgres_connection.h"

#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/why.h"

enum { PATIENCE_MS = 15000 };

/* The server's own words on one line, without its "ERROR:". */
static const char *one_line(const char *words)
{
    char line[512];
    size_t len = 0;

    for (const char *p = words ? words : ""; *p && len + 1 < sizeof(line); p++) {
        bool space = *p == '\n' || *p == '\t' || *p == ' ';
        if (!space || (len > 0 && line[len - 1] != ' '))
            line[len++] = space ? ' ' : *p;
    }
    while (len > 0 && (line[len - 1] == ' ' || line[len - 1] == '.'))
        len--;
    line[len] = '\0';
    return why_of("%s", line);
}

const char *connection_said(const struct connection *c)
{
    return one_line(PQerrorMessage(c->pg));
}

/* A commit that was made to end its wait for a standby says so by a warning alone, and counts as
 * done: so a warning puts it in doubt. */
static void noticed(void *context, const PGresult *notice)
{
    struct connection *c = context;
    const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (severity && strcmp(severity, "WARNING") == 0)
        c->doubted = true;
}

/* What an error of the server's means here; PostgreSQL 15, appendix A. */
static int errno_of_state(const char *state)
{
    /* clang-format off */
    static const struct { const char *begins; int error; } known[] = {
        { "08", -ECONNRESET },    /* The connection. */
        { "57P", -ECONNRESET },   /* The server is stopping, or starting. */
        { "25006", -ECONNRESET }, /* It has become a standby: it can only be read. */
        { "40", -EAGAIN },        /* Undone for somebody else's sake. */
        { "57014", -EAGAIN },     /* Cancelled by its administrator. */
        { "55P03", -EAGAIN },     /* A lock was not to be had. */
        { "53100", -ENOSPC },
        { "53200", -ENOMEM },
        { "53", -EBUSY },
        { "28", -EACCES },
        { "42501", -EACCES },
        { "3D", -ENOENT },        /* There is no such database, */
        { "3F", -ENOENT },        /* or schema, */
        { "42P01", -ENOENT },     /* or table. */
        { "XX001", -EBADMSG },    /* Damaged. */
        { "XX002", -EBADMSG },
        { "22", -EINVAL },
        { "23", -EINVAL },
        { "54", -E2BIG },
    };
    /* clang-format on */
    for (size_t i = 0; state && i < sizeof(known) / sizeof(known[0]); i++)
        if (strncmp(state, known[i].begins, strlen(known[i].begins)) == 0)
            return known[i].error;
    return state ? -EIO : -ECONNRESET;
}

static int errno_of_result(const struct connection *c, const PGresult *r)
{
    switch (PQresultStatus(r)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_PIPELINE_SYNC:
        return 0;
    case PGRES_EMPTY_QUERY:
    case PGRES_COPY_OUT:
    case PGRES_COPY_IN:
    case PGRES_BAD_RESPONSE:
    case PGRES_NONFATAL_ERROR:
    case PGRES_FATAL_ERROR:
    case PGRES_COPY_BOTH:
    case PGRES_SINGLE_TUPLE:
    case PGRES_PIPELINE_ABORTED:
        break;
    }
    if (PQstatus(c->pg) == CONNECTION_BAD)
        return -ECONNRESET;
    return errno_of_state(PQresultErrorField(r, PG_DIAG_SQLSTATE));
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits until the server takes or says something; false when it is silent for too long. */
static bool await(struct connection *c, short events)
{
    struct pollfd p = { .fd = PQsocket(c->pg), .events = events };
    int64_t until = now_ms() + c->patience_ms;
    int n;

    do {
        int64_t left = c->patience_ms < 0 ? -1 : until - now_ms();
        bool over = p.fd < 0 || (c->patience_ms >= 0 && left <= 0);
        n = over ? 0 : poll(&p, 1, (int)left);
    } while (n < 0 && errno == EINTR);
    return n > 0 && (p.revents == POLLOUT || PQconsumeInput(c->pg) == 1);
}

/* The next result of what was sent; NULL when there is none, or the connection is lost. */
static PGresult *take(struct connection *c)
{
    while (PQisBusy(c->pg)) {
        if (!await(c, POLLIN)) {
            c->error = -ECONNRESET;
            return NULL;
        }
    }
    return PQgetResult(c->pg);
}

/* Takes all that a text of SQL has given; the last of it is `ret_last`. */
static int take_plain(struct connection *c, bool sent, PGresult **ret_last)
{
    PGresult *r, *last = NULL;

    c->error = sent ? 0 : -ECONNRESET;
    while (!c->error && (r = take(c))) {
        c->error = errno_of_result(c, r);
        PQclear(last);
        last = r;
    }
    if (!c->error && last) {
        *ret_last = last;
        return 0;
    }
    PQclear(last);
    while (c->error != -ECONNRESET && (r = take(c)))
        PQclear(r);
    return c->error ? c->error : (c->error = -ECONNRESET);
}

int connection_run(struct connection *c, const char *sql, PGresult **ret_result)
{
    PGresult *r;
    int error = take_plain(c, PQsendQuery(c->pg, sql) == 1, &r);

    if (!error && ret_result)
        *ret_result = r;
    else if (!error)
        PQclear(r);
    return error;
}

int connection_ask(struct connection *c, const char *sql, const char *param, PGresult **ret_result)
{
    bool sent = PQsendQueryParams(c->pg, sql, 1, NULL, &param, NULL, NULL, 0) == 1;

    return take_plain(c, sent, ret_result);
}

/* Commits are on disk when they are answered, on the standby's too where one is waited for; nothing
 * that a role or a database has been given stands in the way; and the server, too, notices when
 * this end has gone. */
static const char settings[] =
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') <> 'remote_apply';"
    "SET search_path = '';"
    "SET default_transaction_isolation = 'read committed';"
    "SET statement_timeout = 0; SET lock_timeout = 0;"
    "SET idle_in_transaction_session_timeout = '10s';"
    "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;"
    "SET jit = off;"
    "SET client_min_messages = warning";

/* What the string says of tcp_user_timeout, or we. */
static int patience_of(PGconn *pg)
{
    PQconninfoOption *all = PQconninfo(pg);
    long ms = 0;

    for (const PQconninfoOption *o = all; o && o->keyword; o++)
        if (o->val && strcmp(o->keyword, "tcp_user_timeout") == 0)
            ms = strtol(o->val, NULL, 10);
    PQconninfoFree(all);
    return ms > 0 && ms < INT_MAX ? (int)ms : PATIENCE_MS;
}

int connection_open(struct connection *c, const char *where, const char **ret_why)
{
    /* What stands before `dbname` the string may say otherwise. */
    const char *const names[] = { "connect_timeout",
                                  "keepalives_idle",
                                  "keepalives_interval",
                                  "keepalives_count",
                                  "tcp_user_timeout",
                                  "target_session_attrs",
                                  "dbname",
                                  "application_name",
                                  "client_encoding",
                                  NULL };
    const char *const values[] = { "3",          "5",   "2",     "3",    "15000",
                                   "read-write", where, c->name, "UTF8", NULL };

    assert(!c->pg);
    c->pg = PQconnectdbParams(names, values, 1);
    if (!c->pg) {
        *ret_why = "memory is exhausted";
        return -ENOMEM;
    }
    int error = PQstatus(c->pg) == CONNECTION_OK ? 0 : -EHOSTDOWN;
    if (!error) {
        PQsetNoticeReceiver(c->pg, noticed, c);
        c->patience_ms = patience_of(c->pg);
        error = connection_run(c, settings, NULL);
    }
    if (error) {
        *ret_why = connection_said(c);
        connection_close(c);
    }
    return error;
}

void connection_close(struct connection *c)
{
    PQfinish(c->pg);
    c->pg = NULL;
}

int connection_pipeline(struct connection *c)
{
    return PQsetnonblocking(c->pg, 1) == 0 && PQenterPipelineMode(c->pg) == 1 ? 0 : -ECONNRESET;
}

int connection_plain(struct connection *c)
{
    return PQexitPipelineMode(c->pg) == 1 && PQsetnonblocking(c->pg, 0) == 0 ? 0 : -ECONNRESET;
}

int connection_send(struct connection *c, const char *statement, struct params *p)
{
    int error = p->exhausted ? -ENOMEM : 0;

    if (!error &&
        PQsendQueryPrepared(c->pg, statement, p->count, p->values, p->lengths, p->formats, 1) != 1)
        error = PQstatus(c->pg) == CONNECTION_BAD ? -ECONNRESET : -ENOMEM;
    for (int i = 0; i < p->count; i++)
        free(p->owned[i]);
    *p = (struct params){ 0 };
    return error;
}

int connection_sync(struct connection *c)
{
    c->error = 0;
    c->doubted = false;
    if (PQpipelineSync(c->pg) != 1)
        return c->error = -ECONNRESET;
    /* The server answers while it is still being told: somebody must take that. */
    int more;
    while ((more = PQflush(c->pg)) == 1)
        if (!await(c, POLLIN | POLLOUT))
            return c->error = -ECONNRESET;
    return more < 0 ? c->error = -ECONNRESET : 0;
}

static void note_error(struct connection *c, const PGresult *r)
{
    int error = errno_of_result(c, r);

    if (c->error == 0 || error == -ECONNRESET)
        c->error = error;
}

PGresult *connection_next(struct connection *c)
{
    PGresult *r = c->error ? NULL : take(c);

    if (!r) {
        if (!c->error)
            c->error = -ECONNRESET; /* There is always one. */
        return NULL;
    }
    note_error(c, r);
    if (c->error) {
        PQclear(r);
        return NULL;
    }
    PGresult *end = take(c);
    assert(!end);
    return r;
}

int connection_end(struct connection *c)
{
    for (int nothing = 0; c->error != -ECONNRESET && nothing < 2;) {
        PGresult *r = take(c);
        bool over = r && PQresultStatus(r) == PGRES_PIPELINE_SYNC;
        nothing = r ? 0 : nothing + 1;
        if (r && !over && PQresultStatus(r) != PGRES_PIPELINE_ABORTED)
            note_error(c, r);
        PQclear(r);
        if (over)
            return c->doubted ? c->error = -ECONNRESET : c->error;
    }
    return c->error = -ECONNRESET;
}

int64_t result_number(const PGresult *r, int row, int column)
{
    uint64_t bytes;

    assert(PQgetlength(r, row, column) == sizeof(bytes));
    memcpy(&bytes, PQgetvalue(r, row, column), sizeof(bytes));
    return (int64_t)be64toh(bytes);
}

const char *result_text(const PGresult *r, int row, int column)
{
    return PQgetisnull(r, row, column) ? NULL : PQgetvalue(r, row, column);
}
