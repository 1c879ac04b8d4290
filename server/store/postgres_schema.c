#include "store/postgres_schema.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/why.h"

/* Each migration stays for ever as it was released; a change of the schema is one more.  A server
 * of the release before may still run on the database: a migration adds what that one does not see.
 *
 * A meeting's row is the fence: whoever appends moves `last_seq` where `epoch`, `last_seq` and
 * `fence` are still what it knows, and inserts facts from the row that this gives.  `epoch` is
 * raised by whoever takes the meeting over, `fence` by whoever asks how an unheard transaction
 * ended, so that one which is still on its way cannot become true after the answer.  A row without
 * facts (last_seq 0) is what such a question leaves of a meeting that was not there.
 *
 * What can be redacted stands apart and is deleted: texts in `text`, the commands' ids and what
 * they made in `command`, under the last fact of their batch.  Facts themselves never change.  What
 * was deleted is cleared away as soon as the database's own cleaner looks (every minute, as it is
 * set from the start), however little it is.
 *
 * `node` is who takes part, each with a lease by the database's clock and a mark of the key that
 * they share, and `led` when a meeting
 * that nobody owns was led last, on the clock that they share, which begins at `clock.zero`; `mark`
 * is when a server was alive last, `erased` the SHA-256 of the codes of meetings that were erased,
 * and when. */
const char *const postgres_migrations[] = {
    "CREATE TABLE runde.meeting (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " code text NOT NULL UNIQUE, origin bigint NOT NULL, owner text, epoch bigint NOT NULL,"
    " fence bigint NOT NULL DEFAULT 0, last_seq bigint NOT NULL) WITH (fillfactor = 50);"
    "CREATE INDEX meeting_owner ON runde.meeting (owner);"
    "CREATE TABLE runde.fact (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " meeting bigint NOT NULL, seq bigint NOT NULL, epoch bigint NOT NULL, at bigint NOT NULL,"
    " wall bigint NOT NULL, rest bigint NOT NULL, body text NOT NULL, UNIQUE (meeting, seq));"
    "CREATE TABLE runde.text (fact bigint PRIMARY KEY, body text NOT NULL);"
    "CREATE TABLE runde.command (fact bigint PRIMARY KEY, id uuid NOT NULL, made text);"
    "ALTER TABLE runde.fact SET"
    " (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);"
    "ALTER TABLE runde.text SET"
    " (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);"
    "ALTER TABLE runde.command SET"
    " (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);"
    "CREATE TABLE runde.erased (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " code bytea NOT NULL, wall bigint NOT NULL);"
    "CREATE TABLE runde.mark (node text PRIMARY KEY, boot_id text NOT NULL,"
    " boottime bigint NOT NULL, wall bigint NOT NULL, server bigint NOT NULL);"
    "CREATE TABLE runde.node (name text PRIMARY KEY, url text NOT NULL, run uuid NOT NULL,"
    " until timestamptz NOT NULL);",
    /* It goes on from the clock of the one server that there was. */
    "CREATE TABLE runde.clock (zero bigint NOT NULL);"
    "INSERT INTO runde.clock SELECT coalesce("
    " (SELECT wall - server FROM runde.mark ORDER BY wall DESC LIMIT 1),"
    " (extract(epoch FROM clock_timestamp()) * 1000)::bigint);"
    "ALTER TABLE runde.meeting ADD COLUMN led bigint;",
    "ALTER TABLE runde.node ADD COLUMN mark text NOT NULL DEFAULT '';",
};

size_t postgres_newest(void)
{
    return sizeof(postgres_migrations) / sizeof(postgres_migrations[0]);
}

/* Whether a question gives a row.  Catalogs are asked by SQL: to_regclass may answer from what this
 * session knew before it waited for the lock. */
static int has_row(struct connection *c, const char *sql, bool *ret_has)
{
    PGresult *r;
    int error = connection_run(c, sql, &r);

    if (error)
        return error;
    *ret_has = PQntuples(r) > 0;
    PQclear(r);
    return 0;
}

int postgres_version(struct connection *c, long *ret_version)
{
    PGresult *r;
    bool is_there;
    int error = has_row(c,
                        "SELECT FROM pg_catalog.pg_tables"
                        " WHERE schemaname = 'runde' AND tablename = 'version'",
                        &is_there);

    if (error)
        return error;
    *ret_version = 0;
    if (!is_there)
        return 0;
    error = connection_run(c, "SELECT max(number) FROM runde.version", &r);
    if (error)
        return error;
    *ret_version = strtol(PQgetvalue(r, 0, 0), NULL, 10);
    PQclear(r);
    return 0;
}

/* Begins a transaction that nobody else's upgrade can share. */
static int begin(struct connection *c)
{
    char sql[128];

    snprintf(sql, sizeof(sql), "BEGIN; SELECT pg_advisory_xact_lock(%d, %d)", POSTGRES_LOCK,
             POSTGRES_LOCK_MIGRATION);
    return connection_run(c, sql, NULL);
}

/* Only who may make a schema is asked to: an administrator may have made it for us. */
static int make_schema(struct connection *c)
{
    bool is_there;
    int error =
        has_row(c, "SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'runde'", &is_there);

    if (error)
        return error;
    if (!is_there)
        error = connection_run(c, "CREATE SCHEMA runde", NULL);
    return error
               ? error
               : connection_run(
                     c, "CREATE TABLE IF NOT EXISTS runde.version (number bigint NOT NULL)", NULL);
}

/* One step, from whatever number is there by now.  `ret_version` is the number after it. */
static int step(struct connection *c, const char *const migrations[], size_t count,
                long *ret_version)
{
    char stamp[128];
    long version;
    int error = begin(c);

    if (!error)
        error = postgres_version(c, &version);
    if (!error && version == 0)
        error = make_schema(c);
    if (!error && (size_t)version < count) {
        error = connection_run(c, migrations[version], NULL);
        snprintf(stamp, sizeof(stamp),
                 "DELETE FROM runde.version; INSERT INTO runde.version VALUES (%ld)", ++version);
        if (!error)
            error = connection_run(c, stamp, NULL);
    }
    if (!error)
        error = connection_run(c, "COMMIT", NULL);
    if (!error)
        *ret_version = version;
    return error;
}

int postgres_is_newer(long version, size_t count, const char **ret_why)
{
    *ret_why = why_of("the schema is of a newer version of this program (%ld; this one knows up to "
                      "%zu)",
                      version, count);
    return -EPROTO;
}

static const char *why_not_brought(long version, size_t count, int error, const char *said)
{
    if (error != -EACCES)
        return why_of("the schema is at version %ld and cannot be brought to %zu: %s", version,
                      count, said);
    if (version == 0)
        return why_of("the tables are not there yet, and this role may not make them");
    return why_of("the schema is of an older version (%ld; this program needs %zu), and this role "
                  "may not upgrade it",
                  version, count);
}

int postgres_upgrade(struct connection *c, const char *const migrations[], size_t count,
                     const char **ret_why)
{
    int patience_ms = c->patience_ms;
    long version = 0;
    int error = postgres_version(c, &version);

    while (!error && version < (long)count) {
        c->patience_ms =
            -1; /* What is large takes long, and so does whoever upgrades it just now. */
        error = step(c, migrations, count, &version);
        c->patience_ms = patience_ms;
        if (error) {
            *ret_why = why_not_brought(version, count, error, connection_said(c));
            (void)connection_run(c, "ROLLBACK", NULL);
            return error;
        }
    }
    if (error) {
        *ret_why = why_of("the schema cannot be read: %s", connection_said(c));
        return error;
    }
    return version > (long)count ? postgres_is_newer(version, count, ret_why) : 0;
}
