/* upgrade.c -- `runde upgrade`: makes the tables in PostgreSQL, or brings them up to date, as the
 * role that owns them. */
#include <stdio.h>
#include <sysexits.h>

#include "cli/cli.h"
#include "cli/data.h"
#include "cli/journal.h"
#include "store/journal_postgres.h"

static const struct option_row rows[] = {
    { "journal", "URL", NULL, "the PostgreSQL database, as the role that owns the schema runde" },
    { "config", "FILE", NULL, "an INI file with the same names" },
    { NULL, NULL, NULL, NULL },
};

static const char about[] =
    "Makes the tables of a PostgreSQL database (--journal), or brings them up to date.\n\n"
    "`runde serve` does so itself where its role may.  Where it may not (postgresql.sql), run this "
    "as the "
    "role that owns the tables before the first start and after each update of runde; servers of "
    "the "
    "release before may still be running.";

static int upgrade(const struct options *o)
{
    const char *where = options_get(o, "journal"), *why = "";

    if (!where)
        return complain(EX_USAGE, "--journal",
                        "is needed: a file is upgraded by the server's start");
    int error = journal_postgres_upgrade(where, &why);
    return journal_wrong(error, why);
}

int cli_upgrade(int argc, char **argv)
{
    struct options o = { .rows = rows, .about = about };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = upgrade(&o);
    options_free(&o);
    return code;
}
