/* new.c -- `runde new`: asks a running server for one more meeting. */
#include <jansson.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/scoped.h"
#include "cli/cli.h"
#include "cli/data.h"
#include "cli/links.h"
#include "cli/options.h"

enum { PATIENCE_SECONDS = 30 };

/* clang-format off */
static const struct option_row rows[] = {
    { "server", "URL", "http://localhost:8080", "the server to ask" },
    { "template", "NAME", "skoleudviklingssamtale", "which agenda" },
    { "agenda", "FILE", NULL, "an agenda of your own, instead of a template" },
    { "title", "TEXT", NULL, "what the meeting is called" },
    { "locale", "da|en", NULL, "its language" },
    { "key", "KEY", NULL, "what stands in the server's create.key, where it wants one" },
    { "config", "FILE", NULL, "an INI file with the same names" },
    { NULL, NULL, NULL, NULL },
};
/* clang-format on */

static void string_release(char **p)
{
    free(*p);
}

static void json_release(json_t **p)
{
    json_decref(*p);
}

/* "http://localhost:8080/" -> "localhost:8080"; false for what cannot be asked. */
static bool authority_of(const char *url, char *ret_authority, size_t room)
{
    if (strncasecmp(url, "http://", 7) == 0)
        url += 7;
    size_t len = strcspn(url, "/");

    if (len == 0 || len + 4 > room || strstr(url, "://") || url[len + strspn(url + len, "/")])
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)url[i] <= ' ')
            return false;
    snprintf(ret_authority, room, "%.*s", (int)len, url);
    const char *colon = strrchr(ret_authority, ':');
    if (!colon || strchr(colon, ']'))
        snprintf(ret_authority + len, room - len, ":80");
    return true;
}

static int dial(const char *authority)
{
    const struct timeval patience = { .tv_sec = PATIENCE_SECONDS };
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
    const char *colon = strrchr(authority, ':');
    struct addrinfo *found = NULL;
    char host[256];
    int fd = -1;

    bool bracket = authority[0] == '[';
    snprintf(host, sizeof(host), "%.*s", (int)(colon - authority) - 2 * bracket,
             authority + bracket);
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

/* The whole answer to one request; to be freed, or NULL. */
static char *exchange(int fd, const char *request)
{
    char *answer = NULL, bytes[4096];
    size_t len = 0;
    ssize_t n;
    FILE *out = open_memstream(&answer, &len);

    if (!out)
        return NULL;
    if (send_all(fd, request, strlen(request)))
        while ((n = read(fd, bytes, sizeof(bytes))) > 0)
            fwrite(bytes, 1, (size_t)n, out);
    fclose(out);
    return answer;
}

/* What is asked for, as JSON; to be freed.  NULL after saying why not. */
static char *body_of(const struct options *o)
{
    static const char *const texts[] = { "title", "locale" };
    const char *agenda = options_get(o, "agenda");
    SCOPED(json_release) json_t *body = json_object();
    json_error_t error;

    if (agenda) {
        json_t *read = json_load_file(agenda, JSON_REJECT_DUPLICATES, &error);
        if (!read) {
            complain(EX_NOINPUT, agenda, error.text);
            return NULL;
        }
        json_object_set_new(body, "agenda", read);
    } else {
        json_object_set_new(body, "template", json_string(options_get(o, "template")));
    }
    for (size_t i = 0; i < 2; i++)
        if (options_get(o, texts[i]))
            json_object_set_new(body, texts[i], json_string(options_get(o, texts[i])));
    char *text = json_dumps(body, JSON_COMPACT);
    if (!text)
        complain(EX_DATAERR, "runde new", "this is not UTF-8");
    return text;
}

static int tell(const char *answer)
{
    const char *json = answer ? strstr(answer, "\r\n\r\n") : NULL;

    if (json && links_print(json + 4))
        return EX_OK;
    fprintf(stderr, "runde: the server made no meeting: %s\n", json ? json + 4 : "no answer");
    return EX_UNAVAILABLE;
}

static int ask(const struct options *o)
{
    const char *key = options_get(o, "key"), *server = options_get(o, "server");
    SCOPED(string_release) char *body = body_of(o), *request = NULL, *answer = NULL;
    char authority[300];

    if (!body)
        return EX_DATAERR;
    if (!authority_of(server, authority, sizeof(authority)))
        return complain(EX_USAGE, server, "wants http://HOST:PORT");
    if (key && strcspn(key, "\r\n") != strlen(key))
        return complain(EX_USAGE, "--key", "is no key");
    int fd = dial(authority);
    if (fd < 0)
        return complain(EX_UNAVAILABLE, server, "no server answers");
    if (asprintf(&request,
                 "POST /api/meetings HTTP/1.1\r\nHost: %s\r\n%s%s%s"
                 "Content-Type: application/json\r\nContent-Length: %zu\r\n"
                 "Connection: close\r\n\r\n%s",
                 authority, key ? "Authorization: Bearer " : "", key ? key : "", key ? "\r\n" : "",
                 strlen(body), body) < 0)
        request = NULL;
    if (request)
        answer = exchange(fd, request);
    close(fd);
    return tell(answer);
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
