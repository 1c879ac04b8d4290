#include "store/sqlite_statements.h"

#include <errno.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "store/sqlite_copy.h"
#include "store/sqlite_schema.h"

/* Nothing here deletes a text: taking a row out makes SQLite rearrange the pages, which can
 * leave a copy of a neighbour in a page's unused part, where a later secure_delete of that
 * neighbour does not reach (seen on 3.40).  A row made shorter stays where it is. */
static const char *const sql[SQL_COUNT] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_BEGIN_READING] = "BEGIN",
    [SQL_COMMIT] = "COMMIT",
    [SQL_SAVE] = "SAVEPOINT batch",
    [SQL_KEEP] = "RELEASE batch",
    [SQL_GO_BACK] = "ROLLBACK TO batch",
    [SQL_FACT_LAST] = "SELECT max(id) FROM fact",
    [SQL_FACT_ADD] =
        "INSERT INTO fact (id, meeting, seq, at, wall, rest, prev, body, command, made,"
        " sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [SQL_FACT_LINK] = "SELECT meeting, seq, prev FROM fact WHERE id = ?1",
    [SQL_FACT_GET] = "SELECT f.meeting, f.seq, f.at, f.wall, f.rest, f.prev, f.body, f.command,"
                     " f.made, f.sum, t.fact, t.body, t.sum"
                     " FROM fact f LEFT JOIN text t ON t.fact = f.id WHERE f.id = ?1",
    [SQL_FACT_FORGET] = "UPDATE fact SET command = NULL, made = NULL, sum = ?2 WHERE id = ?1",
    [SQL_FACT_WIPE] = "UPDATE fact SET meeting = 0, seq = 0, at = 0, wall = 0, rest = 0, prev = 0,"
                      " body = NULL, command = NULL, made = NULL, sum = 0 WHERE id = ?1",
    [SQL_FACT_WIPE_ALL] =
        "UPDATE fact SET meeting = 0, seq = 0, at = 0, wall = 0, rest = 0, prev = 0,"
        " body = NULL, command = NULL, made = NULL, sum = 0 WHERE meeting = ?1",
    [SQL_TEXT_WIPE_ALL] = "UPDATE text SET body = NULL, sum = ~fact"
                          " WHERE fact IN (SELECT id FROM fact WHERE meeting = ?1)",
    [SQL_TEXT_ADD] = "INSERT INTO text (fact, body, sum) VALUES (?1, ?2, ?3)",
    [SQL_TEXT_BLANK] = "UPDATE text SET body = NULL, sum = ~fact WHERE fact = ?1",
    [SQL_MEETING_LAST] = "SELECT max(id) FROM meeting",
    [SQL_MEETING_GET] =
        "SELECT id, origin, epoch, last_seq, last_fact FROM meeting WHERE code = ?1",
    [SQL_MEETING_ADD] = "INSERT INTO meeting (last_seq, last_fact, id, code, origin, epoch)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_MEETING_MOVE] = "UPDATE meeting SET last_seq = ?1, last_fact = ?2 WHERE id = ?3",
    [SQL_MEETING_REMOVE] = "DELETE FROM meeting WHERE id = ?1",
    [SQL_MEETING_NEXT] = "SELECT id, origin, epoch, last_seq, last_fact, code FROM meeting"
                         " WHERE id > ?1 ORDER BY id LIMIT 1",
    [SQL_ERASED_ADD] = "INSERT INTO erased (code, wall) VALUES (?1, ?2)",
    [SQL_ERASED_FORGET] = "DELETE FROM erased WHERE wall < ?1",
    [SQL_ERASED_NEXT] = "SELECT id, code, wall FROM erased WHERE id > ?1 ORDER BY id LIMIT 1",
    [SQL_MARK_PUT] = "INSERT INTO mark (id, boot_id, boottime, wall, server)"
                     " VALUES (1, ?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET"
                     " boot_id = ?1, boottime = ?2, wall = ?3, server = ?4",
    [SQL_MARK_GET] = "SELECT boot_id, boottime, wall, server FROM mark",
};

static int logged(void *context, sqlite3 *db, const char *name, int pages)
{
    struct rows *r = context;

    (void)db;
    (void)name;
    r->log_pages = pages;
    return SQLITE_OK;
}

struct rows *rows_new(sqlite3 *db)
{
    struct rows *r = alloc_many(1, sizeof(*r));

    if (!r)
        return NULL;
    r->db = db;
    sqlite3_wal_hook(db, logged, r);
    for (size_t i = 0; i < SQL_COUNT; i++) {
        if (sqlite3_prepare_v3(db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &r->at[i], NULL) !=
            SQLITE_OK) {
            rows_free(r);
            return NULL;
        }
    }
    return r;
}

void rows_free(struct rows *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(r->at[i]);
    sqlite3_wal_hook(r->db, NULL, NULL);
    free(r);
}

/* Looks at why something failed before anything else changes it. */
static int failed(struct rows *r)
{
    int code = sqlite3_extended_errcode(r->db);
    int error = errno_of(r->db);

    /* After fsync has failed once, the kernel may have dropped the pages: a later fsync that
     * succeeds proves nothing. */
    r->broken = code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC || error == -EBADMSG;
    return error;
}

bool rows_broken(const struct rows *r)
{
    return r->broken;
}

const char *rows_words(const struct rows *r)
{
    return sqlite3_errmsg(r->db);
}

int rows_copy(struct rows *r, const char *to, const char **ret_why)
{
    return database_copy(r->db, to, ret_why);
}

int statement_run(struct rows *r, enum statement which)
{
    sqlite3_stmt *s = r->at[which];
    int error = sqlite3_step(s) == SQLITE_DONE ? 0 : failed(r);

    sqlite3_reset(s);
    return error;
}

int statement_row(struct rows *r, enum statement which)
{
    int code = sqlite3_step(r->at[which]);

    return code == SQLITE_ROW ? 0 : code == SQLITE_DONE ? -ENOENT : failed(r);
}

void statement_text(sqlite3_stmt *s, int at, const char *text)
{
    if (text)
        sqlite3_bind_text(s, at, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_null(s, at);
}

int rows_begin(struct rows *r)
{
    return statement_run(r, SQL_BEGIN);
}

int rows_begin_reading(struct rows *r)
{
    return statement_run(r, SQL_BEGIN_READING);
}

int rows_commit(struct rows *r)
{
    return statement_run(r, SQL_COMMIT);
}

void rows_rollback(struct rows *r)
{
    if (!sqlite3_get_autocommit(r->db))
        (void)sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
}

int rows_save(struct rows *r)
{
    return statement_run(r, SQL_SAVE);
}

int rows_keep(struct rows *r)
{
    return statement_run(r, SQL_KEEP);
}

int rows_go_back(struct rows *r)
{
    int error = statement_run(r, SQL_GO_BACK);

    return error ? error : statement_run(r, SQL_KEEP);
}

int rows_checkpoint(struct rows *r, bool truncate)
{
    int mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;

    sqlite3_busy_timeout(r->db, 0); /* Who reads is not waited for: commits are. */
    int error = sqlite3_wal_checkpoint_v2(r->db, NULL, mode, NULL, NULL) ? failed(r) : 0;
    sqlite3_busy_timeout(r->db, 2000);
    if (!error && truncate)
        r->log_pages = 0;
    return error;
}

int rows_log_pages(const struct rows *r)
{
    return r->log_pages;
}
