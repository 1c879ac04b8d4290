/* journal_upkeep.h -- looking after a database from outside: copies and checks.
 *
 * Both only read, and may be called while a server has the same database open and writes.
 * They return 0 or a negative errno, with the reason in `ret_why` (static or thread-local).
 */
#ifndef STORE_JOURNAL_UPKEEP_H
#define STORE_JOURNAL_UPKEEP_H

/* Copies the database at `path`, as it is at one moment, into the new file `to`, and checks the
 * copy.  -EEXIST when `to` is there already; after a failure it is not. */
int journal_sqlite_backup(const char *path, const char *to, const char **ret_why);

/* Looks at everything: the file's structure, each meeting's facts, each row's sum; of a database
 * that an earlier release has left, at the structure alone. -EBADMSG when anything is not as it was
 * written. */
int journal_sqlite_check(const char *path, const char **ret_why);

#endif
