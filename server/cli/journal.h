/* journal.h -- where a server's meetings are kept, as its settings say: in PostgreSQL with
 * --journal, else in the file runde.db of the data folder. */
#ifndef CLI_JOURNAL_H
#define CLI_JOURNAL_H

#include "cli/options.h"
#include "store/journal.h"
#include "store/lease.h"

/* What stands in the table of a command that opens the journal. */
#define JOURNAL_OPTION                                                                             \
    {                                                                                              \
        "journal", "URL", NULL, "the PostgreSQL database, where the server has one"                \
    }

/* Opens it; `node` as of journal_postgres_open, `wake` as of journal_sqlite_open.  0, or an exit
 * code after saying what is wrong, in which what --journal says is never repeated. */
int journal_open(const struct options *o, const char *node, void (*wake)(void *),
                 void *wake_context, struct journal **ret_journal);

/* Takes the name and the lease of one of several servers, as --node and --node-url say, on the
 * journal that is open; `mark` as of ownership_postgres_open.  0, or an exit code after saying what
 * is wrong. */
int journal_lease(const struct options *o, const char *mark, const struct lease_ports *ports,
                  struct lease **ret_lease);

/* The exit code for what a function of journal_postgres.h returned, after saying `why`; 0 for 0. */
int journal_wrong(int error, const char *why);

#endif
