#include "cli/inside.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/code.h"
#include "cli/cli.h"
#include "cli/data.h"
#include "cli/journal.h"

enum { PATIENCE_SECONDS = 120 };

/* A connection to the server of this folder; -1 where none runs. */
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
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&to, sizeof(to)) != 0) {
        close(fd);
        return -1;
    }
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    return fd;
}

static bool send_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

static int ask_server(int fd, const char *path, const char *body, size_t body_len,
                      char **ret_answer, size_t *ret_len)
{
    char head[256], bytes[65536];
    ssize_t n;
    FILE *out = open_memstream(ret_answer, ret_len);

    if (!out)
        return complain(EX_OSERR, "runde", "memory is exhausted");
    int len = body ? snprintf(head, sizeof(head), "%s %zu\n", path, body_len)
                   : snprintf(head, sizeof(head), "%s\n", path);
    if (send_all(fd, head, (size_t)len) && (!body || send_all(fd, body, body_len)))
        while ((n = read(fd, bytes, sizeof(bytes))) > 0)
            fwrite(bytes, 1, (size_t)n, out);
    fclose(out);
    return *ret_len > 0 ? 0 : complain(EX_UNAVAILABLE, "the server", "did not answer");
}

/* What this process answers itself. */
struct heard {
    bool done;
    char *body;
    size_t len;
};

static void respond(void *context, const struct api_answer *from)
{
    struct heard *to = context;

    to->done = true;
    to->body = alloc_bytes(from->body_len + 1);
    if (!to->body)
        return;
    memcpy(to->body, from->body, from->body_len);
    to->body[from->body_len] = '\0';
    to->len = from->body_len;
}

static void ignore(void *context)
{
    (void)context;
}

static void turn(struct app *app)
{
    app_turn_over(app);
    app_collect(app);
    poll(NULL, 0, 2);
}

static int answer_here(struct journal *journal, const char *path, const char *body, size_t body_len,
                       char **ret_answer, size_t *ret_len)
{
    const struct app_options app_options = { .base_url = "http://localhost",
                                             .keep_days = LIMIT_KEEP_DAYS,
                                             .offline = true };
    struct app *app = app_new(journal, app_machine(), &app_options, templates);
    struct heard answer = { 0 };
    char only[128];

    if (!app)
        return complain(EX_OSERR, "runde", "memory is exhausted");
    while (!app_all_read(app))
        turn(app);
    snprintf(only, sizeof(only), "%.*s", (int)strcspn(path, "?"), path);
    const char *query = strchr(path, '?');
    const struct api_request request = { .method = "POST",
                                         .path = only,
                                         .query = query ? query + 1 : "",
                                         .body = body ? body : "",
                                         .body_len = body_len,
                                         .inside = true };
    (void)app_api(app, &request, respond, &answer);
    while (!answer.done)
        turn(app);
    while (!app_all_read(app) || !app_idle(app))
        turn(app);
    app_free(app);
    *ret_answer = answer.body;
    *ret_len = answer.len;
    return answer.body ? 0 : complain(EX_OSERR, "runde", "memory is exhausted");
}

static int ask_here(const struct options *o, const char *path, const char *body, size_t body_len,
                    char **ret_answer, size_t *ret_len)
{
    const char *data = options_get(o, "data");
    struct journal *journal;
    int code;

    if (access(data, R_OK | W_OK | X_OK) != 0)
        return complain(EX_NOINPUT, data, strerror(errno));
    if ((code = data_lock(data)))
        return code;
    code = journal_open(o, NULL, ignore, NULL, &journal);
    if (code)
        return code;
    code = answer_here(journal, path, body, body_len, ret_answer, ret_len);
    journal_close(journal);
    return code;
}

bool inside_runs(const char *data)
{
    int fd = access(data, X_OK) == 0 ? dial(data) : -1;

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

int inside_ask(const struct options *o, const char *path, const char *body, size_t body_len,
               char **ret_answer, size_t *ret_len)
{
    *ret_answer = NULL;
    *ret_len = 0;
    int fd = dial(options_get(o, "data"));
    if (fd < 0)
        return ask_here(o, path, body, body_len, ret_answer, ret_len);
    int code = ask_server(fd, path, body, body_len, ret_answer, ret_len);
    close(fd);
    return code;
}

int inside_code(const char *word, char ret_code[])
{
    return code_read(word, strlen(word), ret_code)
               ? 0
               : complain(EX_USAGE, word, "is not a meeting code");
}

int inside_refused(const char *what, const char *answer)
{
    if (strncmp(answer, "{\"code\":", 8) != 0)
        return 0;
    if (strstr(answer, "\"no_such_meeting\""))
        return complain(EX_NOINPUT, what, "there is no meeting with this code");
    if (strstr(answer, "\"erased\""))
        return complain(EX_NOINPUT, what, "the meeting was erased here");
    if (strstr(answer, "\"damaged\""))
        return complain(EX_DATAERR, what, "what the disk has of the meeting is damaged");
    return complain(EX_TEMPFAIL, what, "the server is busy, or could not save; try again");
}
