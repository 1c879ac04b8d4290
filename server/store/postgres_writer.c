#include "store/postgres_writer.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "store/postgres_schema.h"
#include "store/postgres_statements.h"
#include "store/why.h"

enum {
    BACKOFF_MS = 50, /* Between two attempts, doubled each time up to */
    BACKOFF_MS_MAX = 2000,
    STOP_MS = 10000, /* A server that is to stop waits for the database so long. */
    LOCK_TRIES = 60, /* Who has just ended may hold the lock a moment longer. */
    LOCK_MS = 50,
};

/* What this process left at the server when it lost its connection may hold locks there: it is
 * ended. */
static int end_old_sessions(struct connection *c)
{
    PGresult *r;
    int error = connection_ask(c,
                               "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                               " WHERE application_name = $1 AND datname = current_database()"
                               " AND usename = current_user AND pid <> pg_backend_pid()",
                               c->name, &r);

    if (!error)
        PQclear(r);
    return error;
}

/* One that is alone excludes all others, those that share exclude one that is alone.  This keeps
 * people from starting two servers by mistake; what is written is kept by epochs and fences. */
static int take_lock(struct postgres_writer *w)
{
    char sql[128];
    bool taken = false;

    snprintf(sql, sizeof(sql), "SELECT pg_try_advisory_lock%s(%d, %d)", w->node ? "_shared" : "",
             POSTGRES_LOCK, POSTGRES_LOCK_ALONE);
    for (int tries = 0; !taken && tries < LOCK_TRIES; tries++) {
        PGresult *r;
        int error = connection_run(&w->connection, sql, &r);
        if (error)
            return error;
        taken = strcmp(PQgetvalue(r, 0, 0), "t") == 0;
        PQclear(r);
        if (!taken)
            poll(NULL, 0, LOCK_MS);
    }
    return taken ? 0 : -EBUSY;
}

static int prepare(struct connection *c)
{
    int error = connection_pipeline(c);

    for (const struct postgres_statement *s = postgres_statements; !error && s->name; s++)
        if (PQsendPrepare(c->pg, s->name, s->sql, 0, NULL) != 1)
            error = -ECONNRESET;
    if (!error)
        error = connection_sync(c);
    for (const struct postgres_statement *s = postgres_statements; !error && s->name; s++)
        PQclear(connection_next(c));
    return error ? error : connection_end(c);
}

/* UTF-8 is what facts are in; another encoding would change them. */
int postgres_bring_up(struct connection *c, const char **ret_why)
{
    const char *encoding = PQparameterStatus(c->pg, "server_encoding");

    if (encoding && strcmp(encoding, "UTF8") == 0)
        return postgres_upgrade(c, postgres_migrations, postgres_newest(), ret_why);
    *ret_why = why_of("the database's encoding must be UTF8, and is %s", encoding ? encoding : "?");
    return -EINVAL;
}

static int make_ready(struct postgres_writer *w, const char **ret_why)
{
    struct connection *c = &w->connection;
    int error = postgres_bring_up(c, ret_why);

    if (error)
        return error;
    *ret_why = NULL;
    error = end_old_sessions(c);
    if (!error)
        error = take_lock(w);
    if (error == -EBUSY)
        *ret_why = "another server uses the database";
    if (!error)
        error = prepare(c);
    if (error && !*ret_why)
        *ret_why = connection_said(c);
    return error;
}

int postgres_connect(struct postgres_writer *w, const char **ret_why)
{
    int error = connection_open(&w->connection, w->where, ret_why);

    if (error)
        return error;
    error = make_ready(w, ret_why);
    if (error)
        connection_close(&w->connection);
    return error;
}

static int64_t now_ms(void)
{
    return writer_now_us() / 1000;
}

/* Whether whoever stops the server has waited long enough for a database that is away. */
static bool is_given_up(struct postgres_writer *w)
{
    if (!exchange_stops(w->writer.exchange))
        return false;
    if (w->stopping_since == 0)
        w->stopping_since = now_ms();
    return now_ms() - w->stopping_since > STOP_MS;
}

int postgres_reconnect(struct postgres_writer *w)
{
    int64_t since = now_ms();
    int wait = BACKOFF_MS;
    bool told = false;
    const char *why = "";

    connection_close(&w->connection);
    for (;;) {
        int error = postgres_connect(w, &why);
        if (error == 0)
            break;
        if (!told)
            log_event(LOG_LEVEL_ERROR, "journal.away", "why=\"%s\"", why);
        told = true;
        if (error == -EPROTO || is_given_up(w)) {
            log_event(LOG_LEVEL_ERROR, "journal.given_up", "why=\"%s\"", why);
            writer_end(&w->writer, error, why);
            return error;
        }
        poll(NULL, 0, wait);
        wait = wait < BACKOFF_MS_MAX ? 2 * wait : BACKOFF_MS_MAX;
    }
    log_event(LOG_LEVEL_WARN, "journal.back", "away_ms=%" PRId64, now_ms() - since);
    exchange_give(w->writer.exchange, NULL, 0, &(struct journal_figures){ .reconnects = 1 }, 0);
    return 0;
}

bool postgres_again(struct postgres_writer *w, int error)
{
    return error == -EAGAIN || (error == -ECONNRESET && postgres_reconnect(w) == 0);
}

int postgres_ask(struct postgres_writer *w, const char *statement, struct params *p,
                 PGresult **ret_result)
{
    struct connection *c = &w->connection;

    if (!c->pg)
        return -ECONNRESET;
    int error = connection_send(c, statement, p);
    int synced = connection_sync(c);
    if (error || synced) {
        if (!synced)
            (void)connection_end(c);
        return synced ? synced : error;
    }
    PGresult *r = connection_next(c);
    error = connection_end(c);
    if (error)
        PQclear(r);
    else
        *ret_result = r;
    return error;
}

static int look_up(struct postgres_writer *w, const char *code, struct meeting_row *ret_row)
{
    PGresult *r;
    int error;

    do {
        struct params p = { 0 };
        params_text(&p, code);
        params_text(&p, w->node);
        error = atomic_load(&w->writer.health);
        if (!error)
            error = postgres_ask(w, "meeting", &p, &r);
    } while (error && postgres_again(w, error));
    if (error)
        return error;
    bool is_there = PQntuples(r) == 1;
    if (is_there)
        *ret_row = (struct meeting_row){
            .id = result_number(r, 0, 0),
            .origin = result_number(r, 0, 1),
            .epoch = result_number(r, 0, 2),
            .fence = result_number(r, 0, 3),
            .last_seq = result_number(r, 0, 4),
            .foreign = result_number(r, 0, 5) != 0,
        };
    PQclear(r);
    return is_there ? 0 : -ENOENT;
}

int postgres_load(void *writer, const char *code, struct meeting_row *ret_row)
{
    return look_up(writer, code, ret_row);
}

int postgres_refresh(struct postgres_writer *w, struct head *m)
{
    struct meeting_row row = { .origin = m->now.origin };
    int error = look_up(w, m->code, &row);

    if (error && error != -ENOENT)
        return error;
    if (m->now.epoch != row.epoch)
        m->generation = 0; /* It counts within an epoch. */
    m->now = m->disk = row;
    return 0;
}

int postgres_find(struct writer *writer, const char *code, struct head **ret_head)
{
    struct postgres_writer *w = (struct postgres_writer *)writer;
    int error = heads_find(writer->heads, code, ret_head);

    return error || !w->node ? error : postgres_refresh(w, *ret_head);
}
