#include "store/sqlite_schema.h"

#include <errno.h>
#include <stdio.h>

#include "store/why.h"

/* Each migration stays for ever as it was released; a change of the schema is one more.
 *
 * Facts are appended in the order of commits and found by following `prev` from their meeting's
 * newest: an index by meeting would make a commit touch a page for each meeting in it.  `rest`
 * counts the facts of the same batch that follow.  `sum` guards a row against damage that the
 * file's structure does not show.  What can be redacted stands in `text`; a row there without a
 * body was redacted, and has its sum. */
const char *const schema_migrations[] = {
    "CREATE TABLE meeting (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE,"
    " origin INTEGER NOT NULL, epoch INTEGER NOT NULL,"
    " last_seq INTEGER NOT NULL, last_fact INTEGER NOT NULL) STRICT;"
    "CREATE TABLE fact (id INTEGER PRIMARY KEY, meeting INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " at INTEGER NOT NULL, wall INTEGER NOT NULL, rest INTEGER NOT NULL, prev INTEGER NOT NULL,"
    " body TEXT, command BLOB, made TEXT, sum INTEGER NOT NULL) STRICT;"
    "CREATE TABLE text (fact INTEGER PRIMARY KEY, body TEXT, sum INTEGER) STRICT;"
    "CREATE TABLE mark (id INTEGER PRIMARY KEY CHECK (id = 1), boot_id TEXT NOT NULL,"
    " boottime INTEGER NOT NULL, wall INTEGER NOT NULL, server INTEGER NOT NULL) STRICT;",
    /* Of a meeting that was erased: the SHA-256 of its code, and when. */
    ("CREATE TABLE erased (id INTEGER PRIMARY KEY, code BLOB NOT NULL, wall INTEGER NOT NULL)"
     " STRICT;"),
    /* What was redacted says so by its sum: a row without a body may have lost it. */
    "UPDATE text SET sum = ~fact WHERE body IS NULL;",
};

size_t schema_newest(void)
{
    return sizeof(schema_migrations) / sizeof(schema_migrations[0]);
}

static int version_of(sqlite3 *db, size_t *ret_version)
{
    sqlite3_stmt *s = NULL;
    int error = 0;

    if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &s, NULL) != SQLITE_OK ||
        sqlite3_step(s) != SQLITE_ROW)
        error = errno_of(db);
    else if (sqlite3_column_int64(s, 0) < 0)
        error = -EBADMSG;
    else
        *ret_version = (size_t)sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return error;
}

bool schema_is_older(sqlite3 *db)
{
    size_t version = 0;

    return version_of(db, &version) == 0 && version < schema_newest();
}

static int upgrade_to(sqlite3 *db, const char *migration, size_t version, const char **ret_why)
{
    char stamp[96];

    snprintf(stamp, sizeof(stamp), "PRAGMA application_id = %d; PRAGMA user_version = %zu; COMMIT",
             SCHEMA_APPLICATION, version);
    if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_exec(db, migration, NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_exec(db, stamp, NULL, NULL, NULL) == SQLITE_OK)
        return 0;

    int error = errno_of(db);
    *ret_why = why_of("%s", sqlite3_errmsg(db)); /* Rolling back forgets it. */
    if (!sqlite3_get_autocommit(db))
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return error;
}

int schema_upgrade(sqlite3 *db, const char *const migrations[], size_t count, const char **ret_why)
{
    size_t version = 0;
    int error = version_of(db, &version);

    *ret_why = error ? sqlite3_errmsg(db) : "its schema is newer";
    if (error)
        return error;
    if (version > count)
        return -EPROTO;
    for (; version < count; version++) {
        error = upgrade_to(db, migrations[version], version + 1, ret_why);
        if (error)
            return error;
    }
    return 0;
}
