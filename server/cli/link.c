/* link.c -- `runde link CODE [ROLE]`: a link made anew, when nobody has it any more.
 *
 * The running server has the data folder's lock, so it is asked, by the socket that it keeps in
 * that folder for whoever may read the folder.
 */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/code.h"
#include "cli/cli.h"
#include "cli/data.h"
#include "cli/links.h"
#include "cli/options.h"

enum { PATIENCE_SECONDS = 30, ANSWER_MAX = 4096 };

static const struct option_row rows[] = {
    { "data", "DIR", "data", "where the running server keeps everything" },
    { "config", "FILE", NULL, "an INI file with the same names" },
    { NULL, NULL, NULL, NULL },
};

static const char about[] =
    "Makes a new link when the old one is lost.\n\n"
    "CODE is the meeting's, as phones show it.  ROLE is console, board, scribe or leader; console "
    "where it is not given.  The server must be running.  The old links of that role stop working "
    "at once, and anyone who used them is disconnected.";

/* A connection to the server of this folder, or -1 after saying that there is none. */
static int dial(const char *data)
{
    const struct timeval patience = { .tv_sec = PATIENCE_SECONDS };
    struct sockaddr_un to = { .sun_family = AF_UNIX };
    char path[DATA_INLET_MAX];

    static_assert(sizeof(to.sun_path) >= DATA_INLET_MAX, "the path fits");
    if (data_inlet(data, path) != 0)
        return -1;
    memcpy(to.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&to, sizeof(to)) != 0) {
        bool none = errno == ENOENT || errno == ECONNREFUSED;
        complain(0, data, none ? "no server runs on this folder" : strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    return fd;
}

/* Reads all that the server says; "" when it says nothing. */
static void hear(int fd, char ret_answer[static ANSWER_MAX])
{
    size_t len = 0;
    ssize_t n;

    while (len < ANSWER_MAX - 1 && (n = read(fd, ret_answer + len, ANSWER_MAX - 1 - len)) > 0)
        len += (size_t)n;
    ret_answer[len] = '\0';
}

static int ask(const char *data, const char *code, const char *role)
{
    char answer[ANSWER_MAX];
    int fd = dial(data);

    if (fd < 0)
        return EX_UNAVAILABLE;
    dprintf(fd, "/api/meetings/%s/links?role=%s\n", code, role);
    hear(fd, answer);
    close(fd);
    if (links_print_anew(answer, role))
        return EX_OK;
    if (strstr(answer, "\"no_such_meeting\""))
        return complain(EX_NOINPUT, code, "the server has no meeting with this code");
    return complain(EX_TEMPFAIL, "the server did not create a link",
                    answer[0] ? answer : "no answer");
}

static bool is_role(const char *name)
{
    static const char *const roles[] = { "console", "board", "scribe", "leader" };

    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
        if (strcmp(roles[i], name) == 0)
            return true;
    return false;
}

static int link_anew(const struct options *o)
{
    const char *role = o->word_count > 1 ? o->words[1] : "console";
    char code[CODE_CHARS + 1];

    if (!code_read(o->words[0], strlen(o->words[0]), code))
        return complain(EX_USAGE, o->words[0], "is not a meeting code");
    if (!is_role(role))
        return complain(EX_USAGE, role, "is none of console, board, scribe, leader");
    return ask(options_get(o, "data"), code, role);
}

int cli_link(int argc, char **argv)
{
    struct options o = { .rows = rows,
                         .about = about,
                         .words_about = "CODE [ROLE]",
                         .words_least = 1,
                         .words_most = 2 };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = link_anew(&o);
    options_free(&o);
    return code;
}
