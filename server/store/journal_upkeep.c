#include "store/journal_upkeep.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/scoped.h"
#include "store/sqlite_copy.h"
#include "store/sqlite_schema.h"
#include "store/sqlite_writer.h"
#include "store/why.h"

static void rows_release(struct rows **r)
{
    rows_free(*r);
}

static void ids_release(int64_t **ids)
{
    free(*ids);
}

static int check_meeting(struct rows *rows, const struct meeting_row *m)
{
    SCOPED(ids_release) int64_t *ids = NULL;
    struct fact_row f;
    int error = reading_chain(rows, m->id, m->last_seq, m->last_fact, 1, &ids);

    for (int64_t i = 0; !error && i < m->last_seq; i++)
        error = rows_get(rows, ids[i], &f);
    rows_got(rows);
    return error;
}

static int check_all(sqlite3 *db, const char *path, const char **ret_why)
{
    SCOPED(rows_release) struct rows *rows = rows_new(db);
    char code[CODE_CHARS + 1] = "";
    struct meeting_row m = { 0 };

    if (!rows) {
        *ret_why = why_of("The database %s has not our tables: %s.", path, sqlite3_errmsg(db));
        return -EBADMSG;
    }
    int error = rows_begin_reading(rows);
    while (!error) {
        error = rows_meeting_next(rows, m.id, code, &m);
        if (!error)
            error = check_meeting(rows, &m);
        if (error && error != -ENOENT)
            *ret_why = why_of("The database %s is damaged: meeting %s is not as it was written "
                              "(%s).",
                              path, code, strerror(-error));
    }
    rows_rollback(rows);
    return error == -ENOENT ? 0 : error;
}

/* quick_check, which opening makes, leaves the index of codes out. */
static int check_structure(sqlite3 *db, const char *path, const char **ret_why)
{
    sqlite3_stmt *s = NULL;
    int error = 0;

    if (sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &s, NULL) != SQLITE_OK ||
        sqlite3_step(s) != SQLITE_ROW) {
        error = errno_of(db);
        *ret_why = why_of("The database %s cannot be checked: %s.", path, sqlite3_errmsg(db));
    } else if (strcmp((const char *)sqlite3_column_text(s, 0), "ok") != 0) {
        error = -EBADMSG;
        *ret_why = why_of("The database %s is damaged: %s.", path,
                          (const char *)sqlite3_column_text(s, 0));
    }
    sqlite3_finalize(s);
    return error;
}

int journal_sqlite_check(const char *path, const char **ret_why)
{
    sqlite3 *db = NULL;
    int error = database_open_reading(path, &db, ret_why);

    if (!error)
        error = check_structure(db, path, ret_why);
    if (!error && !schema_is_older(db))
        error = check_all(db, path, ret_why);
    sqlite3_close(db);
    return error;
}

int journal_sqlite_backup(const char *path, const char *to, const char **ret_why)
{
    sqlite3 *db = NULL;
    int error = database_open_reading(path, &db, ret_why);

    if (error)
        return error;
    error = database_copy(db, to, ret_why);
    sqlite3_close(db);
    if (error)
        return error;
    error = journal_sqlite_check(to, ret_why);
    if (error)
        (void)unlink(to);
    return error;
}
