/* meet_live.c -- scripts against the real daemon, on loopback, with a clock that can be moved.
 *
 * The daemon reads its clocks through a file (RUNDE_TEST_CLOCK), and they stand still: however slow
 * the machine is, time passes by `wait` and `restart` alone, as in virtual time.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "support/check.h"
#include "support/meet.h"

enum { PATIENCE_MS = 120000, WIRES_MAX = 256 };

struct daemon {
    const char *program;
    char data[512], clock[600], url[128], origin[64];
    int64_t *shift;
    pid_t pid;
    int port;
    struct meet_wire *wires[WIRES_MAX];
};

struct meet_wire {
    struct daemon *daemon;
    int fd;
    bool closed;
    size_t len, room;
    char *bytes; /* Received and not yet taken. */
};

/* Reads until the daemon says where it listens. */
static void read_port(struct daemon *d, int from)
{
    FILE *in = fdopen(from, "r");
    char *line = NULL;
    size_t room = 0;

    CHECK(in);
    while (getline(&line, &room, in) >= 0) {
        char *at = strstr(line, "listening http://127.0.0.1:");
        if (!at)
            continue;
        d->port = atoi(strrchr(at, ':') + 1);
        break;
    }
    CHECK(d->port > 0);
    free(line);
    /* The pipe stays open, so that the daemon's later lines go nowhere without harm. */
    fcntl(fileno(in), F_SETFL, O_NONBLOCK);
}

static void start(struct daemon *d)
{
    int ends[2];
    char listen[32];

    snprintf(listen, sizeof(listen), "127.0.0.1:%d", d->port);
    d->port = 0;
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    d->pid = fork();
    CHECK(d->pid >= 0);
    if (d->pid == 0) {
        dup2(ends[1], STDERR_FILENO);
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        setenv("RUNDE_TEST_CLOCK", d->clock, 1);
        execl(d->program, d->program, "serve", "--listen", listen, "--data", d->data, "--rate", "0",
              "--meeting", "none", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    read_port(d, ends[0]);
    snprintf(d->origin, sizeof(d->origin), "http://127.0.0.1:%d", d->port);
}

static int dial(const struct daemon *d)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)d->port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    CHECK(fd >= 0);
    CHECK(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
    return fd;
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
static char *ask(struct daemon *d, char *request, int len)
{
    struct meet_wire w = { .fd = dial(d) };

    CHECK(len > 0);
    write_all(w.fd, request, (size_t)len);
    free(request);
    while (read_more(&w))
        continue; /* The server closes when it has said all. */
    char *end = w.len ? memmem(w.bytes, w.len, "\r\n\r\n", 4) : NULL;
    char *answer = end ? strndup(end + 4, w.len - (size_t)(end + 4 - w.bytes)) : NULL;
    close(w.fd);
    free(w.bytes);
    return answer;
}

static char *create(void *state, const char *body)
{
    struct daemon *d = state;
    char *request;

    int n = asprintf(&request,
                     "POST /api/meetings HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                     "Content-Type: application/json\r\nContent-Length: %zu\r\n"
                     "Connection: close\r\n\r\n%s",
                     d->port, strlen(body), body);
    return ask(d, request, n);
}

static char *get(void *state, const char *path, const char *query, const char *bearer)
{
    struct daemon *d = state;
    char *request;

    int n = asprintf(&request,
                     "GET %s?%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
                     "Connection: close\r\n\r\n",
                     path, query, d->port, bearer);
    return ask(d, request, n);
}

static struct meet_wire *open_wire(void *state)
{
    struct daemon *d = state;
    struct meet_wire *w = calloc(1, sizeof(*w));
    char head[512];

    CHECK(w);
    w->daemon = d;
    w->fd = dial(d);
    int n = snprintf(head, sizeof(head),
                     "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nOrigin: %s\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Protocol: runde.v1\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                     d->port, d->origin);
    write_all(w->fd, head, (size_t)n);
    char *end;
    while (!(end = w->len ? memmem(w->bytes, w->len, "\r\n\r\n", 4) : NULL))
        CHECK(read_more(w));
    CHECK(strncmp(w->bytes, "HTTP/1.1 101", 12) == 0);
    forget(w, (size_t)(end + 4 - w->bytes));
    for (size_t i = 0; i < WIRES_MAX; i++)
        if (!d->wires[i]) {
            d->wires[i] = w;
            break;
        }
    return w;
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

static void send_text(struct meet_wire *w, const char *text)
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

static char *receive(struct meet_wire *w, bool *ret_closed)
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
            w->closed = true;
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

static void close_wire(struct meet_wire *w)
{
    for (size_t i = 0; i < WIRES_MAX; i++)
        if (w->daemon->wires[i] == w)
            w->daemon->wires[i] = NULL;
    close(w->fd);
    free(w->bytes);
    free(w);
}

static void wait_for(void *state, int64_t ms)
{
    struct daemon *d = state;

    __atomic_add_fetch(d->shift, ms, __ATOMIC_SEQ_CST);
    for (size_t i = 0; i < WIRES_MAX; i++)
        if (d->wires[i]) { /* Any frame makes the daemon look at its clock. */
            send_text(d->wires[i], "{\"clock\":{\"sent\":2}}");
            return;
        }
}

static void restart(void *state, int64_t away_ms)
{
    struct daemon *d = state;

    kill(d->pid, SIGKILL);
    waitpid(d->pid, NULL, 0);
    __atomic_add_fetch(d->shift, away_ms, __ATOMIC_SEQ_CST);
    start(d);
}

static struct daemon *running; /* For a script that fails: nothing may outlive it. */

static void stop(void)
{
    if (!running)
        return;
    kill(running->pid, SIGKILL);
    waitpid(running->pid, NULL, 0);
    running = NULL;
}

/* A daemon that is told to stop does so by itself, and says that all was well. */
static void finish(void *state)
{
    struct daemon *d = state;
    int status = 0;

    kill(d->pid, SIGTERM);
    waitpid(d->pid, &status, 0);
    running = NULL;
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    munmap(d->shift, sizeof(*d->shift));
    free(d);
}

struct meet_backend meet_live(const char *program, const char *folder)
{
    struct daemon *d = calloc(1, sizeof(*d));
    const int64_t stands[] = { 0, clock_boottime(), clock_wall() };

    CHECK(d);
    d->program = program;
    snprintf(d->data, sizeof(d->data), "%s/data", folder);
    snprintf(d->clock, sizeof(d->clock), "%s/clock", folder);
    int fd = open(d->clock, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(fd >= 0 && write(fd, stands, sizeof(stands)) == (ssize_t)sizeof(stands));
    d->shift = mmap(NULL, sizeof(*d->shift), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    CHECK(d->shift != MAP_FAILED);
    close(fd);
    start(d);
    running = d;
    atexit(stop);
    return (struct meet_backend){
        .name = "daemon",
        .state = d,
        .create = create,
        .get = get,
        .open = open_wire,
        .send = send_text,
        .receive = receive,
        .close = close_wire,
        .wait = wait_for,
        .restart = restart,
        .finish = finish,
    };
}
