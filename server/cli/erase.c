/* erase.c -- `runde erase CODE`: erases a meeting before its days are over. */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/ids.h"
#include "cli/cli.h"
#include "cli/inside.h"
#include "cli/journal.h"
#include "cli/options.h"

static const struct option_row rows[] = {
    { "data", "DIR", "data", "where everything is kept" },
    JOURNAL_OPTION,
    { "config", "FILE", NULL, "an INI file with the same names" },
    { NULL, NULL, NULL, NULL },
};

static const char about[] =
    "Erases a meeting at once: all that was said and written, its links and seats.\n\n"
    "It cannot be undone.  Whoever is connected is told.  Backups and exported files that you have "
    "made are not touched.";

static int erase(const struct options *o)
{
    char code[CODE_CHARS + 1], path[64];
    char *answer = NULL;
    size_t len;
    int status = inside_code(o->words[0], code);

    if (status)
        return status;
    snprintf(path, sizeof(path), "/inside/erase?code=%s", code);
    status = inside_ask(o, path, NULL, 0, &answer, &len);
    if (status == 0)
        status = inside_refused(code, answer);
    free(answer);
    return status;
}

int cli_erase(int argc, char **argv)
{
    struct options o = {
        .rows = rows, .about = about, .words_about = "CODE", .words_least = 1, .words_most = 1
    };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = erase(&o);
    options_free(&o);
    return code;
}
