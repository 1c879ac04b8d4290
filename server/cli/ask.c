#include "cli/ask.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { PATIENCE_SECONDS = 30 };

/* 1 to 65535, as getaddrinfo does not ask. */
static bool is_port(const char *digits)
{
    size_t len = strlen(digits);
    long port = len <= 5 && strspn(digits, "0123456789") == len ? strtol(digits, NULL, 10) : 0;

    return port > 0 && port <= 65535;
}

bool ask_authority(const char *url, char ret_authority[static AUTHORITY_ROOM])
{
    if (strncasecmp(url, "http://", 7) == 0)
        url += 7;
    size_t len = strcspn(url, "/");

    if (len == 0 || len + 4 > AUTHORITY_ROOM || strstr(url, "://") ||
        url[len + strspn(url + len, "/")])
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)url[i] <= ' ')
            return false;
    snprintf(ret_authority, AUTHORITY_ROOM, "%.*s", (int)len, url);
    const char *colon = strrchr(ret_authority, ':');
    if (colon && !strchr(colon, ']'))
        return colon > ret_authority && is_port(colon + 1);
    snprintf(ret_authority + len, AUTHORITY_ROOM - len, ":80");
    return true;
}

int ask_split(const char *authority, char ret_host[static AUTHORITY_ROOM])
{
    const char *colon = strrchr(authority, ':');
    bool bracket = authority[0] == '[';

    snprintf(ret_host, AUTHORITY_ROOM, "%.*s", (int)(colon - authority) - 2 * bracket,
             authority + bracket);
    return (int)strtol(colon + 1, NULL, 10);
}

static int dial(const char *authority)
{
    const struct timeval patience = { .tv_sec = PATIENCE_SECONDS };
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;
    char host[AUTHORITY_ROOM];
    int fd = -1;

    ask_split(authority, host);
    if (getaddrinfo(host, strrchr(authority, ':') + 1, &hints, &found) != 0)
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

char *ask_post(const char *authority, const char *path, const char *key, const char *body)
{
    char *request = NULL, *answer = NULL, *said = NULL;
    int fd = dial(authority);

    if (fd < 0)
        return NULL;
    if (asprintf(&request,
                 "POST %s HTTP/1.1\r\nHost: %s\r\n%s%s%s"
                 "Content-Type: application/json\r\nContent-Length: %zu\r\n"
                 "Connection: close\r\n\r\n%s",
                 path, authority, key ? "Authorization: Bearer " : "", key ? key : "",
                 key ? "\r\n" : "", strlen(body), body) < 0)
        request = NULL;
    if (request)
        answer = exchange(fd, request);
    close(fd);
    const char *end = answer ? strstr(answer, "\r\n\r\n") : NULL;
    if (end)
        said = strdup(end + 4);
    free(request);
    free(answer);
    return said;
}
