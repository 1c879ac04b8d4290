/* sqlite_copy.h -- a database into a new file. */
#ifndef STORE_SQLITE_COPY_H
#define STORE_SQLITE_COPY_H

#include <sqlite3.h>

/* Copies the database, as it is at one moment, whoever writes meanwhile, into the new file `to`.
 * Returns 0; -EEXIST when `to` is there already; or another negative errno, with the reason in
 * `ret_why`: then it is not. */
int database_copy(sqlite3 *from, const char *to, const char **ret_why);

#endif
