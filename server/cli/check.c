/* check.c -- `runde check`: reads every meeting of a journal, as a server that starts does. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/data.h"
#include "cli/options.h"
#include "store/journal.h"

static const struct option_row rows[] = {
    { "data", "DIR", "data", "where everything is kept" },
    { "config", "FILE", NULL, "an INI file with the same names" },
    { NULL, NULL, NULL, NULL },
};

static void ignore(void *context)
{
    (void)context;
}

static int check(const char *data)
{
    const struct app_options app_options = { .base_url = "http://localhost",
                                             .keep_days = LIMIT_KEEP_DAYS,
                                             .offline = true };
    struct journal *journal;
    const char *why = "";
    char path[DATA_PATH_MAX];
    int code = data_path(data, "runde.db", path);

    if (code)
        return code;
    if (access(path, R_OK) != 0)
        return complain(EX_NOINPUT, path, strerror(errno));
    if ((code = data_lock(data)))
        return code;
    if (journal_sqlite_open(path, ignore, NULL, &journal, &why) != 0)
        return complain(EX_DATAERR, path, why);
    struct app *app = app_new(journal, app_machine(), &app_options, templates);
    while (app && !app_all_read(app)) {
        app_collect(app);
        poll(NULL, 0, 5);
    }
    size_t all = app ? app_meetings(app) : 0, broken = app ? app_broken(app) : 0;
    printf("meetings: %zu, unreadable: %zu\n", all, broken);
    journal_close(journal);
    app_free(app);
    return !app ? EX_OSERR : broken > 0 ? EX_DATAERR : EX_OK;
}

int cli_check(int argc, char **argv)
{
    struct options o = { .rows = rows,
                         .about = "Says whether every meeting of a data folder can be read." };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = check(options_get(&o, "data"));
    options_free(&o);
    return code;
}
