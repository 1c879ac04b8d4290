/* journal_postgres.h -- the journal in a PostgreSQL database, which several servers may share.
 *
 * The database may go away and come back, as another host of the same string too: what was
 * submitted waits meanwhile, and becomes durable once.  Of a transaction whose outcome nobody
 * heard, the database is asked (server/ARCHITECTURE.md, "The journal in PostgreSQL").
 */
#ifndef STORE_JOURNAL_POSTGRES_H
#define STORE_JOURNAL_POSTGRES_H

#include <stdbool.h>

#include "store/journal.h"

/* Looks at a connection string without connecting: postgresql://HOST,HOST/DATABASE, or
 * service=NAME. Returns 0; -EINVAL when it is none, -EPERM when it has a password in it, which
 * others could read there, or -ENOSYS when this program was built without PostgreSQL.  `ret_why`
 * never shows it. */
int journal_postgres_look(const char *where, const char **ret_why);

/* Connects, makes or upgrades the schema `runde`, and starts the writer thread.
 *
 * node  this server's name among those that share the database; NULL: it is alone there, and no
 *       other one may use it.
 * Returns 0, what journal_postgres_look returns, -EPROTO when the schema is of a newer version,
 * -EBUSY when another server uses the database, -EACCES when the role may not do what is to be
 * done, or -EHOSTDOWN when no host answers as it should.  `wake`, `ret_why`: as of
 * journal_sqlite_open. */
int journal_postgres_open(const char *where, const char *node, void (*wake)(void *),
                          void *wake_context, struct journal **ret_journal, const char **ret_why);

/* Makes the schema or brings it up to date, as the role that may: opening does the same first,
 * where its role may.  Returns what opening would. */
int journal_postgres_upgrade(const char *where, const char **ret_why);

/* Says of the database, one line at a time, what its administrator should know: that it does not
 * wait for its disk, or keeps no sums of its pages.  Returns 0, or what opening it would. */
int journal_postgres_check(const char *where, void (*note)(const char *line), const char **ret_why);

#endif
