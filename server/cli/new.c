/* new.c -- `runde new`: asks a running server for one more meeting. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/links.h"
#include "cli/options.h"

/* clang-format off */
static const struct option_row rows[] = {
    { "server", "HOST:PORT", "127.0.0.1:8080", "the server to ask" },
    { "template", "NAME", "skoleudviklingssamtale", "which agenda" },
    { "key", "KEY", NULL, "what stands in the server's create.key, where it wants one" },
    { "config", "FILE", NULL, "an INI file with the same names" },
    { NULL, NULL, NULL, NULL },
};
/* clang-format on */

static int dial(const char *server)
{
    char host[256];
    const char *colon = strrchr(server, ':');
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found = NULL;
    int fd = -1;

    if (!colon || (size_t)(colon - server) >= sizeof(host))
        return -1;
    snprintf(host, sizeof(host), "%.*s", (int)(colon - server), server);
    if (getaddrinfo(host, colon + 1, &hints, &found) != 0)
        return -1;
    for (struct addrinfo *a = found; a && fd < 0; a = a->ai_next) {
        fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd >= 0 && connect(fd, a->ai_addr, a->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(found);
    return fd;
}

/* The whole answer to one request; to be freed, or NULL. */
static char *exchange(int fd, const char *request)
{
    char *answer = NULL, bytes[4096];
    size_t len = 0;
    ssize_t n;
    FILE *out = open_memstream(&answer, &len);

    if (!out)
        return NULL;
    if (send(fd, request, strlen(request), MSG_NOSIGNAL) == (ssize_t)strlen(request))
        while ((n = read(fd, bytes, sizeof(bytes))) > 0)
            fwrite(bytes, 1, (size_t)n, out);
    fclose(out);
    return answer;
}

static int ask(const struct options *o)
{
    const char *server = options_get(o, "server"), *key = options_get(o, "key");
    char *request = NULL, *body = NULL;
    int fd = dial(server);

    if (fd < 0) {
        fprintf(stderr, "runde: no server answers at %s\n", server);
        return EX_UNAVAILABLE;
    }
    int len = asprintf(&body, "{\"template\":\"%s\"}", options_get(o, "template"));
    int n = asprintf(&request,
                     "POST /api/meetings HTTP/1.1\r\nHost: %s\r\n%s%s%s"
                     "Content-Type: application/json\r\nContent-Length: %d\r\n"
                     "Connection: close\r\n\r\n%s",
                     server, key ? "Authorization: Bearer " : "", key ? key : "", key ? "\r\n" : "",
                     len, len < 0 ? "" : body);
    char *answer = len < 0 || n < 0 ? NULL : exchange(fd, request);
    const char *json = answer ? strstr(answer, "\r\n\r\n") : NULL;
    bool made = json && links_print(json + 4);
    if (!made)
        fprintf(stderr, "runde: the server made no meeting: %s\n", json ? json + 4 : "no answer");
    free(answer);
    free(request);
    free(body);
    close(fd);
    return made ? EX_OK : EX_UNAVAILABLE;
}

int cli_new(int argc, char **argv)
{
    struct options o = { .rows = rows, .usage = "runde new -- one more meeting on a server" };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = ask(&o);
    options_free(&o);
    return code < 0 ? EX_OK : code;
}
