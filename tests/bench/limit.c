/* limit.c -- what the machine could do: a server that does only the system calls that the same work
 * needs, on one thread and one epoll.
 *
 *     limit joined|each FILE
 *
 * One read for each socket that has something to say; one append to FILE and one fdatasync for all
 * that has come meanwhile; then either one write for each receiver (joined) or one for each
 * contribution and receiver (each).  It takes nothing apart that it need not, checks nothing, and
 * waits for a peer that does not read.  It says "listening http://127.0.0.1:PORT".
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_BYTES = 65536, EVENTS = 1024, SOCKETS = 65536, ROOMS = 4096, ID = 36, TEXT = 200 };

struct text {
    char *bytes;
    size_t len, room;
};

/* A contribution that is not durable yet. */
struct said {
    int fd;
    int64_t seq;
    char id[ID];
    size_t fact_at, fact_len; /* In its room's `facts`. */
};

struct room {
    int *members;
    size_t count, capacity, most; /* The most at once that there have been: a seat each. */
    int64_t seq;
    struct text facts; /* Of this turn, with commas between. */
    struct said *said;
    size_t said_count, said_room;
    struct text history; /* All facts before, with commas between. */
};

static struct {
    bool open;
    int room; /* -1 before its hello. */
    size_t place;
} sockets[SOCKETS];
static struct room rooms[ROOMS];
static int epoll, file;
static bool joined;
static struct text journal;

static void add(struct text *t, const char *bytes, size_t len)
{
    if (t->len + len > t->room) {
        t->room = 2 * (t->len + len) + 1024;
        t->bytes = realloc(t->bytes, t->room);
        if (!t->bytes)
            err(1, "memory");
    }
    memcpy(t->bytes + t->len, bytes, len);
    t->len += len;
}

static void add_frame(struct text *t, const char *bytes, size_t len)
{
    unsigned char head[10] = { 0x81, (unsigned char)len };
    size_t wide = len < 126 ? 0 : len < 65536 ? 2 : 8;

    if (wide > 0)
        head[1] = wide == 2 ? 126 : 127;
    for (size_t i = 0; i < wide; i++)
        head[2 + i] = (unsigned char)(len >> 8 * (wide - 1 - i));
    add(t, (char *)head, 2 + wide);
    add(t, bytes, len);
}

/* Who sits at the table, which whoever comes is told: a seat as our server has it. */
static void add_seats(struct text *t, size_t count)
{
    static const char seat[] = "{\"seat\":1000,\"name\":\"Peer "
                               "1000\",\"device\":\"own\",\"presence\":\"here\",\"held\":true},";

    add(t, "\"seats\":[", 9);
    for (size_t i = 0; i < count; i++)
        add(t, seat, sizeof(seat) - 1);
    add(t, "0],", 3);
}

/* `{"facts":[…],"seq":N}` or a snapshot, framed. */
static void add_list(struct text *t, const char *what, size_t seats, const char *facts, size_t len,
                     int64_t seq)
{
    static struct text whole;
    char part[64];

    whole.len = 0;
    add(&whole, part, (size_t)snprintf(part, sizeof(part), "{\"%s\":[", what));
    add(&whole, facts, len);
    add(&whole, "],", 2);
    if (seats > 0)
        add_seats(&whole, seats);
    add(&whole, part, (size_t)snprintf(part, sizeof(part), "\"seq\":%" PRId64 "}", seq));
    add_frame(t, whole.bytes, whole.len);
}

static void put_out(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN)
            return; /* It is read from later, and found closed. */
        if (n < 0)
            poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, -1);
        bytes += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
}

static void leave(int fd)
{
    if (sockets[fd].room >= 0) {
        struct room *r = &rooms[sockets[fd].room];
        int last = r->members[--r->count];
        r->members[sockets[fd].place] = last;
        sockets[last].place = sockets[fd].place;
    }
    close(fd);
    sockets[fd].open = false;
}

static void enter(int fd, int number)
{
    struct room *r = &rooms[number];
    struct text out = { 0 };

    if (r->count == r->capacity) {
        r->capacity = 2 * r->capacity + 16;
        r->members = realloc(r->members, r->capacity * sizeof(*r->members));
        if (!r->members)
            err(1, "memory");
    }
    sockets[fd].room = number;
    sockets[fd].place = r->count;
    r->members[r->count++] = fd;
    r->most = r->count > r->most ? r->count : r->most;
    add_list(&out, "snapshot", r->most, r->history.bytes, r->history.len, r->seq);
    put_out(fd, out.bytes, out.len);
    free(out.bytes);
}

static void take(int fd, const char *text)
{
    struct room *r = &rooms[sockets[fd].room];
    char head[64];

    if (r->said_count == r->said_room) {
        r->said_room = 2 * r->said_room + 16;
        r->said = realloc(r->said, r->said_room * sizeof(*r->said));
        if (!r->said)
            err(1, "memory");
    }
    struct said *s = &r->said[r->said_count++];
    s->fd = fd;
    s->seq = ++r->seq;
    memcpy(s->id, strstr(text, "\"id\":\"") + 6, ID);
    if (r->facts.len > 0)
        add(&r->facts, ",", 1);
    s->fact_at = r->facts.len;
    int len = snprintf(head, sizeof(head), "{\"seq\":%" PRId64 ",\"text\":\"", s->seq);
    add(&r->facts, head, (size_t)len);
    add(&r->facts, strstr(text, "\"text\":\"") + 8, TEXT);
    add(&r->facts, "\"}", 2);
    s->fact_len = r->facts.len - s->fact_at;
}

/* What has come is whole frames, with a mask of nought: our own generator sends them. */
static void take_in(int fd)
{
    static char bytes[READ_BYTES + 1];
    static const char yes[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                              "Connection: Upgrade\r\n"
                              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    ssize_t n = recv(fd, bytes, READ_BYTES, 0);

    if (n <= 0) {
        leave(fd);
        return;
    }
    bytes[n] = '\0';
    if (strncmp(bytes, "GET ", 4) == 0) {
        put_out(fd, yes, sizeof(yes) - 1);
        return;
    }
    for (char *at = bytes; at < bytes + n;) {
        size_t len = (unsigned char)at[1] & 0x7f, head = len == 126 ? 8 : 6;
        if (len == 126)
            len = (size_t)((unsigned char)at[2] << 8 | (unsigned char)at[3]);
        const char *text = at + head;
        if (sockets[fd].room >= 0)
            take(fd, text);
        else
            enter(fd, atoi(strstr(text, "\"room\":") + 7));
        at += head + len;
    }
}

static void make_durable(void)
{
    if (journal.len == 0)
        return;
    if (write(file, journal.bytes, journal.len) != (ssize_t)journal.len || fdatasync(file) != 0)
        err(1, "journal");
    journal.len = 0;
}

static void answer(struct text *out, const struct said *s)
{
    char reply[128];
    int len = snprintf(reply, sizeof(reply), "{\"re\":\"%.*s\",\"ok\":true,\"seq\":%" PRId64 "}",
                       ID, s->id, s->seq);

    add_frame(out, reply, (size_t)len);
}

/* One write for each receiver: answers go with the facts. */
static void tell_joined(struct room *r)
{
    static struct text facts, mine;

    facts.len = 0;
    add_list(&facts, "facts", 0, r->facts.bytes, r->facts.len, r->seq);
    for (size_t i = 0; i < r->said_count; i++)
        sockets[r->said[i].fd].open = false; /* Until it has been told. */
    for (size_t i = 0; i < r->said_count; i++) {
        int fd = r->said[i].fd;
        if (sockets[fd].open)
            continue;
        mine.len = 0;
        for (size_t k = i; k < r->said_count; k++)
            if (r->said[k].fd == fd)
                answer(&mine, &r->said[k]);
        add(&mine, facts.bytes, facts.len);
        put_out(fd, mine.bytes, mine.len);
        sockets[fd].open = true;
    }
    for (size_t i = 0; i < r->count; i++) {
        bool told = false;
        for (size_t k = 0; k < r->said_count && !told; k++)
            told = r->said[k].fd == r->members[i];
        if (!told)
            put_out(r->members[i], facts.bytes, facts.len);
    }
}

static void tell_each(struct room *r)
{
    static struct text out;

    for (size_t k = 0; k < r->said_count; k++) {
        const struct said *s = &r->said[k];
        out.len = 0;
        answer(&out, s);
        put_out(s->fd, out.bytes, out.len);
        out.len = 0;
        add_list(&out, "facts", 0, r->facts.bytes + s->fact_at, s->fact_len, s->seq);
        for (size_t i = 0; i < r->count; i++)
            put_out(r->members[i], out.bytes, out.len);
    }
}

static void tell_all(void)
{
    for (size_t i = 0; i < ROOMS; i++)
        add(&journal, rooms[i].facts.len > 0 ? rooms[i].facts.bytes : "", rooms[i].facts.len);
    make_durable();
    for (size_t i = 0; i < ROOMS; i++) {
        struct room *r = &rooms[i];
        if (r->said_count == 0)
            continue;
        (joined ? tell_joined : tell_each)(r);
        if (r->history.len > 0)
            add(&r->history, ",", 1);
        add(&r->history, r->facts.bytes, r->facts.len);
        r->facts.len = r->said_count = 0;
    }
}

static void let_in(int listening)
{
    int on = 1, fd;

    while ((fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        struct epoll_event e = { .events = EPOLLIN, .data = { .fd = fd } };
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        sockets[fd].open = true;
        sockets[fd].room = -1;
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
    }
}

static int listen_somewhere(void)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t len = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 || listen(fd, 4096) != 0)
        err(1, "listen");
    getsockname(fd, (struct sockaddr *)&at, &len);
    fprintf(stderr, "listening http://127.0.0.1:%d\n", ntohs(at.sin_port));
    return fd;
}

int main(int argc, char **argv)
{
    static struct epoll_event events[EVENTS];
    struct rlimit most;

    if (argc != 3)
        errx(2, "limit joined|each FILE");
    joined = strcmp(argv[1], "joined") == 0;
    file = open(argv[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        err(1, "%s", argv[2]);
    getrlimit(RLIMIT_NOFILE, &most);
    most.rlim_cur = most.rlim_max;
    setrlimit(RLIMIT_NOFILE, &most);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    int listening = listen_somewhere();
    struct epoll_event e = { .events = EPOLLIN, .data = { .fd = listening } };
    epoll_ctl(epoll, EPOLL_CTL_ADD, listening, &e);
    for (;;) {
        int n = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < n; i++)
            if (events[i].data.fd == listening)
                let_in(listening);
            else
                take_in(events[i].data.fd);
        tell_all();
    }
}
