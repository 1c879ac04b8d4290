#include "support/meet_wire.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/check.h"

enum { PATIENCE_MS = 120000 };

/* Negative when nobody is there. */
static int dial(int port)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    CHECK(fd >= 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
        return fd;
    close(fd);
    return -1;
}

static void write_all(int fd, const void *bytes, size_t len)
{
    const char *at = bytes;

    while (len > 0) {
        ssize_t n = send(fd, at, len, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* The reading side will notice. */
        at += n;
        len -= (size_t)n;
    }
}

/* Waits for more bytes; false when none come, or no more can. */
static bool read_more(struct meet_wire *w)
{
    struct pollfd p = { .fd = w->fd, .events = POLLIN };

    if (w->closed || poll(&p, 1, PATIENCE_MS) <= 0)
        return false;
    if (w->room - w->len < 65536) {
        w->room = w->room * 2 + 131072;
        w->bytes = realloc(w->bytes, w->room);
        CHECK(w->bytes);
    }
    ssize_t n = recv(w->fd, w->bytes + w->len, w->room - w->len, 0);
    if (n <= 0) {
        w->closed = true;
        return false;
    }
    w->len += (size_t)n;
    return true;
}

static void forget(struct meet_wire *w, size_t len)
{
    memmove(w->bytes, w->bytes + len, w->len - len);
    w->len -= len;
}

/* Sends a request, which is freed, and gives the answer's body. */
static char *ask(int port, char *request, int len)
{
    struct meet_wire w = { .fd = dial(port) };

    CHECK(len > 0);
    if (w.fd >= 0)
        write_all(w.fd, request, (size_t)len);
    free(request);
    if (w.fd < 0)
        return NULL;
    while (read_more(&w))
        continue; /* The server closes when it has said all. */
    char *end = w.len ? memmem(w.bytes, w.len, "\r\n\r\n", 4) : NULL;
    char *answer = end ? strndup(end + 4, w.len - (size_t)(end + 4 - w.bytes)) : NULL;
    close(w.fd);
    free(w.bytes);
    return answer;
}

char *wire_create(int port, const char *body)
{
    char *request;

    int n = asprintf(&request,
                     "POST /api/meetings HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                     "Content-Type: application/json\r\nContent-Length: %zu\r\n"
                     "Connection: close\r\n\r\n%s",
                     port, strlen(body), body);
    return ask(port, request, n);
}

char *wire_get(int port, const char *path, const char *query, const char *bearer)
{
    char *request;

    int n = asprintf(&request,
                     "GET %s?%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
                     "Connection: close\r\n\r\n",
                     path, query, port, bearer);
    return ask(port, request, n);
}

/* Reads the answer to the upgrade. */
static bool is_upgraded(struct meet_wire *w)
{
    char *end;

    while (!(end = w->len ? memmem(w->bytes, w->len, "\r\n\r\n", 4) : NULL))
        if (!read_more(w))
            return false;
    if (strncmp(w->bytes, "HTTP/1.1 101", 12) != 0)
        return false;
    forget(w, (size_t)(end + 4 - w->bytes));
    return true;
}

struct meet_wire *wire_open(int port)
{
    struct meet_wire *w;
    char head[512];
    int fd = dial(port);

    if (fd < 0)
        return NULL;
    w = calloc(1, sizeof(*w));
    CHECK(w);
    w->port = port;
    w->fd = fd;
    int n = snprintf(head, sizeof(head),
                     "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nOrigin: http://127.0.0.1:%d\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: runde.v1\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                     port, port);
    write_all(fd, head, (size_t)n);
    if (is_upgraded(w))
        return w;
    wire_close(w);
    return NULL;
}

/* One text frame, masked as a client must (RFC 6455, 5.3); the mask may be any. */
static void send_frame(struct meet_wire *w, int opcode, const char *bytes, size_t len)
{
    unsigned char head[14] = { (unsigned char)(0x80 | opcode) };
    size_t n = 2;

    if (len < 126)
        head[1] = (unsigned char)(0x80 | len);
    else if (len < 65536) {
        head[1] = 0x80 | 126;
        head[2] = (unsigned char)(len >> 8);
        head[3] = (unsigned char)len;
        n = 4;
    } else {
        head[1] = 0x80 | 127;
        for (int i = 0; i < 8; i++)
            head[2 + i] = (unsigned char)(len >> (8 * (7 - i)));
        n = 10;
    }
    n += 4; /* A mask of zeros leaves the bytes as they are. */
    write_all(w->fd, head, n);
    write_all(w->fd, bytes, len);
}

void wire_send(struct meet_wire *w, const char *text)
{
    send_frame(w, 1, text, strlen(text));
}

/* Takes one WebSocket frame off; false when it is not all there yet. */
static bool take_frame(struct meet_wire *w, int *ret_first, size_t *ret_at, size_t *ret_len)
{
    const unsigned char *b = (const unsigned char *)w->bytes;
    size_t at = 2;

    if (w->len < 2)
        return false;
    size_t len = b[1] & 127;
    if (len == 126)
        at = 4;
    else if (len == 127)
        at = 10;
    if (w->len < at)
        return false;
    if (at > 2)
        for (len = 0, at = 2; at < ((b[1] & 127) == 126 ? 4u : 10u); at++)
            len = len << 8 | b[at];
    if (w->len < at + len)
        return false;
    *ret_first = b[0];
    *ret_at = at;
    *ret_len = len;
    return true;
}

char *wire_receive(struct meet_wire *w, bool *ret_closed)
{
    char *text = NULL;
    size_t have = 0, at, len;
    int first;

    for (;;) {
        while (!take_frame(w, &first, &at, &len))
            if (!read_more(w)) {
                *ret_closed = w->closed;
                free(text);
                return NULL;
            }
        if ((first & 15) == 8)
            w->closed = w->told = true;
        if ((first & 15) == 9)
            send_frame(w, 10, w->bytes + at, len);
        if ((first & 15) > 2) {
            forget(w, at + len);
            continue;
        }
        text = realloc(text, have + len + 1);
        CHECK(text);
        memcpy(text + have, w->bytes + at, len);
        have += len;
        text[have] = '\0';
        forget(w, at + len);
        if (first & 0x80)
            return text;
    }
}

void wire_close(struct meet_wire *w)
{
    close(w->fd);
    free(w->bytes);
    free(w);
}
