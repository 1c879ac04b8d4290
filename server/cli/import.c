/* import.c -- `runde import FILE`: takes a meeting in that `runde export` has written. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "app/inside.h"
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

/* Each has an exit code of its own; --help says them. */
enum { EXIT_UNLIKE = 10, EXIT_NEWER, EXIT_CUT, EXIT_EDITED, EXIT_FOREIGN, EXIT_THERE, EXIT_ERASED };

static const char about[] =
    "Takes in a meeting from a file that `runde export` has written, whole or not at all.\n\n"
    "Its code, links and phones' seats are what they were.  Exit codes: 10 it is no such file, 11 "
    "a newer version of runde has made it, 12 its end is missing, 13 it was changed after it was "
    "written, 14 it holds what this version does not know, 15 a meeting with its code is here, 16 "
    "its meeting was erased here.";

static char *read_file(const char *path, size_t *ret_len)
{
    FILE *in = fopen(path, "rbe"), *out = NULL;
    char *bytes = NULL, piece[65536];
    size_t n;

    if (!in || !(out = open_memstream(&bytes, ret_len))) {
        complain(EX_NOINPUT, path, strerror(errno));
        if (in)
            fclose(in);
        return NULL;
    }
    while ((n = fread(piece, 1, sizeof(piece), in)) > 0)
        fwrite(piece, 1, n, out);
    bool failed = ferror(in);
    fclose(in);
    fclose(out);
    if (!failed && *ret_len <= PARCEL_BYTES_MAX)
        return bytes;
    complain(EX_NOINPUT, path, failed ? "cannot be read" : "is too large");
    free(bytes);
    return NULL;
}

static int refuse(const char *path, enum parcel_fault fault)
{
    switch (fault) {
    case PARCEL_WHOLE:
        return EX_OK;
    case PARCEL_UNLIKE:
        return complain(EXIT_UNLIKE, path, "is not a meeting that runde has exported");
    case PARCEL_NEWER:
        return complain(EXIT_NEWER, path, "was made by a newer version of runde");
    case PARCEL_CUT:
        return complain(EXIT_CUT, path, "is not whole: its end is missing");
    case PARCEL_EDITED:
        return complain(EXIT_EDITED, path, "is not as it was written");
    case PARCEL_FOREIGN:
        return complain(EXIT_FOREIGN, path, "holds what this version of runde does not know");
    case PARCEL_NO_MEMORY:
        break;
    }
    return complain(EX_OSERR, path, "memory is exhausted");
}

/* Folds the meeting in a process of its own, which facts that contradict each other may end. */
static enum parcel_fault rehearse(const struct parcel *p)
{
    int status = 0;
    pid_t child = fork();

    if (child < 0)
        return PARCEL_NO_MEMORY;
    if (child == 0) {
        const struct rlimit none = { 0 };
        int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
        setrlimit(RLIMIT_CORE, &none);
        if (null >= 0)
            dup2(null, STDERR_FILENO);
        _exit(inside_rehearse(p) ? 0 : 1);
    }
    if (waitpid(child, &status, 0) != child)
        return PARCEL_NO_MEMORY;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? PARCEL_WHOLE : PARCEL_FOREIGN;
}

static int look(const char *path, const char *bytes, size_t len)
{
    struct parcel p;
    enum parcel_fault fault = parcel_read(bytes, len, &p);

    if (fault == PARCEL_WHOLE)
        fault = rehearse(&p);
    parcel_release(&p);
    return refuse(path, fault);
}

static int take_in(const struct options *o, const char *path, const char *bytes, size_t len)
{
    char *answer = NULL;
    size_t answer_len;
    int code = inside_ask(o, "/inside/import", bytes, len, &answer, &answer_len);

    if (code == 0 && strstr(answer, "\"exists\""))
        code = complain(EXIT_THERE, path, "a meeting with its code is here already");
    if (code == 0 && strstr(answer, "\"erased\""))
        code = complain(EXIT_ERASED, path, "its meeting was erased here");
    if (code == 0)
        code = inside_refused(path, answer);
    if (code == 0)
        printf("%.9s\n", strlen(answer) > 21 ? answer + 12 : "");
    free(answer);
    return code;
}

static int import(const struct options *o)
{
    const char *path = o->words[0];
    size_t len = 0;
    char *bytes = read_file(path, &len);

    if (!bytes)
        return EX_NOINPUT;
    int code = look(path, bytes, len);
    if (code == 0)
        code = take_in(o, path, bytes, len);
    free(bytes);
    return code;
}

int cli_import(int argc, char **argv)
{
    struct options o = {
        .rows = rows, .about = about, .words_about = "FILE", .words_least = 1, .words_most = 1
    };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = import(&o);
    options_free(&o);
    return code;
}
