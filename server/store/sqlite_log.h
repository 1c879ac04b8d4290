/* sqlite_log.h -- whether SQLite's write-ahead log is as the last server left it.
 *
 * A log that ends early looks like a shorter one to SQLite, which then goes on as if what stood
 * behind had never been written.  What a server that was killed left in PATH-shm says how long it
 * was: SQLite notes there, once a commit is on disk, its last page with that page's sum.
 * See https://sqlite.org/walformat.html.
 */
#ifndef STORE_SQLITE_LOG_H
#define STORE_SQLITE_LOG_H

#include <stdbool.h>

/* Looks at the log of the database at `path`, a file that nobody has open.
 *
 * same_boot  the last server ran since the machine was started: then PATH-shm is what it noted at
 *            last.  After a power cut it may be older than the log; what it says of this very log
 *            holds all the same, for a commit is noted after it was synced.
 * Returns 0 where nothing tells that something is missing: without PATH-shm nothing can.  Else
 * -EBADMSG, or another negative errno, with the reason in `ret_why`.  Touches no file. */
int log_look(const char *path, bool same_boot, const char **ret_why);

#endif
