/* backup.c -- `runde backup FILE`: the database as it is at one moment, also while a server writes.
 */
#include <errno.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/data.h"
#include "cli/journal.h"
#include "cli/options.h"
#include "store/journal_upkeep.h"

static const struct option_row rows[] = {
    { "data", "DIR", "data", "where everything is kept" },
    JOURNAL_OPTION,
    { "config", "FILE", NULL, "an INI file with the same names" },
    { NULL, NULL, NULL, NULL },
};

static const char about[] =
    "Copies all meetings into a new file, and checks the copy.\n\n"
    "It may run while the server does.  To go back to it, stop the server, put the file in place "
    "of DIR/runde.db and remove DIR/runde.db-wal and DIR/runde.db-shm.  What is erased later is "
    "still in the file: keep a backup no longer than your meetings.  Meetings in PostgreSQL "
    "(--journal) are backed up by its own means, pg_dump.";

static int backup(const struct options *o)
{
    char path[DATA_PATH_MAX];
    const char *why = "";

    if (options_get(o, "journal"))
        return complain(EX_UNAVAILABLE, "--journal",
                        "a PostgreSQL database is backed up by its own means: pg_dump "
                        "--schema=runde --format=custom, or pg_basebackup");
    int code = data_path(options_get(o, "data"), "runde.db", path);

    if (code)
        return code;
    if (access(path, R_OK) != 0)
        return complain(EX_NOINPUT, path, strerror(errno));
    switch (journal_sqlite_backup(path, o->words[0], &why)) {
    case 0:
        return EX_OK;
    case -EBADMSG:
    case -EPROTO:
        return complain(EX_DATAERR, o->words[0], why);
    default:
        return complain(EX_CANTCREAT, o->words[0], why);
    }
}

int cli_backup(int argc, char **argv)
{
    struct options o = {
        .rows = rows, .about = about, .words_about = "FILE", .words_least = 1, .words_most = 1
    };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = backup(&o);
    options_free(&o);
    return code;
}
