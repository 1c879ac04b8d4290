/* export.c -- `runde export CODE FILE`: a meeting as a file. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/ids.h"
#include "cli/cli.h"
#include "cli/data.h"
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
    "Writes a meeting into a new file, from which `runde import` makes it again on another "
    "server.\n\nThe file holds all that was said and written.  Links and phones' seats come with "
    "it, as hashes: whoever has a link has it there, too.  It is yours to keep secret, and to "
    "erase.  The meeting stays here.";

/* Whole and on disk, or not there. */
static int write_file(const char *path, const char *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0)
        return complain(EX_CANTCREAT, path, strerror(errno));
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n <= 0)
            break;
        bytes += n;
        len -= (size_t)n;
    }
    int error = len > 0 || fsync(fd) != 0 ? errno : 0;
    close(fd);
    if (!error)
        return EX_OK;
    unlink(path);
    return complain(EX_IOERR, path, strerror(error));
}

static int export(const struct options *o)
{
    char code[CODE_CHARS + 1], path[64];
    char *answer = NULL;
    size_t len;
    int status = inside_code(o->words[0], code);

    if (status)
        return status;
    if (access(o->words[1], F_OK) == 0)
        return complain(EX_CANTCREAT, o->words[1], strerror(EEXIST));
    snprintf(path, sizeof(path), "/inside/export?code=%s", code);
    status = inside_ask(o, path, NULL, 0, &answer, &len);
    if (status == 0)
        status = inside_refused(code, answer);
    if (status == 0)
        status = write_file(o->words[1], answer, len);
    free(answer);
    return status;
}

int cli_export(int argc, char **argv)
{
    struct options o = {
        .rows = rows, .about = about, .words_about = "CODE FILE", .words_least = 2, .words_most = 2
    };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = export(&o);
    options_free(&o);
    return code;
}
