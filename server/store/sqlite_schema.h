/* sqlite_schema.h -- the database file: opening it, trusting it, bringing it up to date.
 *
 * The first page carries our application id and the number of the schema.  Upgrades are a list
 * of migrations; each runs in a transaction of its own together with the new number, so that one
 * that was interrupted goes on where it stopped.
 */
#ifndef STORE_SQLITE_SCHEMA_H
#define STORE_SQLITE_SCHEMA_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "store/sqlite_files.h"

enum {
    SCHEMA_APPLICATION = 0x52756e64, /* "Rund" */
};

/* A database that is ours alone while it is open. */
struct database {
    sqlite3 *db;
    struct files files;
};

/* Opens the database at `path`, making it when there is none, and upgrades it.
 *
 * `path` is a file name, or an SQLite URI "file:NAME?vfs=..." for tests.  A new database is made
 * beside its place and moved there when it is whole, so that a file which is there but empty is
 * always one that lost its contents.
 * Returns 0; -EBADMSG: damaged, or not ours; -EPROTO: of a newer version; -EBUSY: another
 * process has it open; or another negative errno, with the reason in `ret_why`. */
int database_open(const char *path, struct database *ret_database, const char **ret_why);

/* Closes what database_open opened. */
void database_close(struct database *d);

/* Opens for reading only what may be in use by a server at the same time, and looks whether it
 * is ours; for backups and checks.  The caller closes with sqlite3_close. */
int database_open_reading(const char *path, sqlite3 **ret_db, const char **ret_why);

/* Runs every migration above the database's own number: number i brings it to i + 1.
 * Returns 0, -EPROTO when the number is above `count`, or another negative errno; then SQLite's
 * words for it are in `ret_why`, until why_of is called again. */
int schema_upgrade(sqlite3 *db, const char *const migrations[], size_t count, const char **ret_why);

/* The migrations of this program, and how many there are: the newest schema it knows. */
extern const char *const schema_migrations[];
size_t schema_newest(void);

/* Whether an earlier release has left the database: not all of our tables are there. */
bool schema_is_older(sqlite3 *db);

/* The negative errno that stands for the database's last error. */
int errno_of(sqlite3 *db);

#endif
