#include "bench/peer.h"

#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    READ_BYTES = 1048576,
    EVENTS = 1024,
    SAMPLED = 16, /* Every so many-th peer reads the texts. */
    MASK = 0x80,
    LAST = 0x80,
    OPCODE = 0x0f,
    TEXT = 1,
    CLOSE = 8,
    PING = 9,
    PONG = 10,
};

static enum dialect dialect;
static struct sockaddr_in server, other; /* The other's port is 0 where there is none. */
static char (*room_codes)[CODE_ROOM];
static const struct peer_ops *ops;
static int epoll;
static unsigned char bytes[2 * READ_BYTES];
static int64_t commands;
int64_t peers_bytes;

int64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void peers_open(enum dialect speaks, int port, char (*codes)[CODE_ROOM],
                const struct peer_ops *peer_ops)
{
    dialect = speaks;
    room_codes = codes;
    ops = peer_ops;
    server = (struct sockaddr_in){ .sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)port),
                                   .sin_addr = { htonl(INADDR_LOOPBACK) } };
    epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0)
        err(1, "epoll");
}

void peers_halve(int port)
{
    other = server;
    other.sin_port = htons((uint16_t)port);
}

static const struct sockaddr_in *server_of(const struct peer *p)
{
    return other.sin_port && p->number % 2 ? &other : &server;
}

static void watch(struct peer *p, int how, uint32_t events)
{
    struct epoll_event e = { .events = events, .data = { .ptr = p } };

    if (epoll_ctl(epoll, how, p->fd, &e) != 0)
        err(1, "epoll_ctl");
}

void peer_connect(struct peer *p)
{
    int on = 1;

    p->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (p->fd < 0)
        err(1, "socket");
    setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    const struct sockaddr_in *to = server_of(p);
    if (connect(p->fd, (const struct sockaddr *)to, sizeof(*to)) != 0 && errno != EINPROGRESS)
        err(1, "connect");
    p->state = PEER_CONNECTING;
    p->rest_len = 0;
    p->sent_at = p->acked = 0;
    p->continued = false;
    watch(p, EPOLL_CTL_ADD, EPOLLOUT);
}

void peer_drop(struct peer *p)
{
    close(p->fd);
    p->fd = -1;
}

static void put_out(struct peer *p, const void *what, size_t len)
{
    if (send(p->fd, what, len, MSG_NOSIGNAL) != (ssize_t)len)
        err(1, "send");
}

/* A masked frame; the mask is nought, so that nothing need be changed. */
static void say(struct peer *p, int opcode, const char *text, size_t len)
{
    unsigned char frame[2048] = { (unsigned char)(LAST | opcode) };
    size_t head = len < 126 ? 2 : 4;

    frame[1] = (unsigned char)(MASK | (len < 126 ? len : 126));
    if (head == 4) {
        frame[2] = (unsigned char)(len >> 8);
        frame[3] = (unsigned char)len;
    }
    if (len > sizeof(frame) - head - 4)
        errx(1, "too long to be said");
    memcpy(frame + head + 4, text, len);
    put_out(p, frame, head + 4 + len);
}

/* Says a message of ours, in its envelope. */
static void say_json(struct peer *p, const char *json)
{
    char text[1024];
    int len =
        snprintf(text, sizeof(text), dialect == DIALECT_SOCKETIO ? "42[\"m\",%s]" : "%s", json);

    say(p, TEXT, text, (size_t)len);
}

static void say_hello(struct peer *p)
{
    char text[512];

    p->state = PEER_JOINING;
    if (dialect != DIALECT_RUNDE)
        snprintf(text, sizeof(text), "{\"hello\":{\"room\":%d}}", p->room);
    else if (p->token[0])
        snprintf(text, sizeof(text),
                 "{\"hello\":{\"as\":\"phone\",\"meeting\":\"%s\",\"token\":\"%s\"}}",
                 room_codes[p->room], p->token);
    else
        snprintf(text, sizeof(text),
                 "{\"hello\":{\"as\":\"phone\",\"meeting\":\"%s\",\"name\":\"Navn %d\","
                 "\"id\":\"%08x-0000-4000-8000-000000000000\"}}",
                 room_codes[p->room], p->number, (unsigned)p->number);
    say_json(p, text);
}

void peer_contribute(struct peer *p)
{
    char text[TEXT_BYTES + 1], json[512];
    int64_t now = now_ns();

    int len = snprintf(text, sizeof(text), "@%020" PRId64 " ", now);
    memset(text + len, 'x', (size_t)(TEXT_BYTES - len));
    text[TEXT_BYTES] = '\0';
    commands++;
    snprintf(json, sizeof(json),
             "{\"id\":\"%08x-0000-4000-8000-%012" PRIx64
             "\",\"do\":\"contribution.add\",\"with\":{\"text\":\"%s\"}}",
             (unsigned)p->number, (uint64_t)commands, text);
    p->sent_at = now;
    p->acked = 0;
    say_json(p, json);
}

void peer_ask_clock(struct peer *p)
{
    p->sent_at = now_ns();
    p->acked = 0;
    say_json(p, "{\"clock\":{\"sent\":81234.5}}");
}

static bool begins(const char *text, size_t len, const char *with)
{
    size_t with_len = strlen(with);

    return len >= with_len && memcmp(text, with, with_len) == 0;
}

/* The number that stands last: `…,"seq":413}`. */
static int64_t last_number(const char *text, size_t len)
{
    int64_t number = 0, digit = 1;

    while (len > 0 && (text[len - 1] < '0' || text[len - 1] > '9'))
        len--;
    for (; len > 0 && text[len - 1] >= '0' && text[len - 1] <= '9'; len--, digit *= 10)
        number += (text[len - 1] - '0') * digit;
    return number;
}

static void told(struct peer *p, int64_t seq, int64_t now)
{
    int64_t more = seq - p->seq;

    p->seq = seq;
    if (p->state == PEER_LIVE) {
        ops->heard(p, more, now);
        return;
    }
    p->state = PEER_LIVE;
    ops->live(p, now);
}

static void sample(const char *text, size_t len, int64_t now)
{
    static const char mark[] = "\"text\":\"@";
    const char *end = text + len, *at;

    while ((at = memmem(text, (size_t)(end - text), mark, sizeof(mark) - 1))) {
        text = at + sizeof(mark) - 1;
        ops->text(strtoll(text, NULL, 10), now);
    }
}

static void take_answer(struct peer *p, const char *text, size_t len, int64_t now)
{
    const char *seq = memmem(text, len, "\"seq\":", 6);

    if (!memmem(text, len, "\"ok\":true", 9) || !seq)
        errx(1, "refused: %.*s", (int)len, text);
    p->acked = strtoll(seq + 6, NULL, 10);
    ops->answered(p, now);
}

static void take_token(struct peer *p, const char *text, size_t len)
{
    const char *token = memmem(text, len, "\"token\":\"", 9);
    const char *end = token ? memchr(token + 9, '"', len - (size_t)(token + 9 - text)) : NULL;

    if (end && end - token - 9 < TOKEN_ROOM)
        snprintf(p->token, sizeof(p->token), "%.*s", (int)(end - token - 9), token + 9);
}

/* What socket.io says of its own; true when that was all. */
static bool take_envelope(struct peer *p, const char **text, size_t *len)
{
    if (begins(*text, *len, "0{"))
        say(p, TEXT, "40", 2);
    else if (begins(*text, *len, "40"))
        say_hello(p);
    else if (begins(*text, *len, "2"))
        say(p, TEXT, "3", 1);
    if (!begins(*text, *len, "42[\"m\","))
        return true;
    *text += 7;
    *len -= 8;
    return false;
}

static void take_text(struct peer *p, const char *text, size_t len, bool last, int64_t now)
{
    if (p->continued) {
        if (p->counts && last)
            told(p, last_number(text, len), now);
        p->continued = !last;
        return;
    }
    if (dialect == DIALECT_SOCKETIO && take_envelope(p, &text, &len))
        return;
    bool facts = begins(text, len, "{\"facts\"");
    p->continued = !last;
    p->counts = facts || begins(text, len, "{\"snapshot\"");
    if (begins(text, len, "{\"re\""))
        take_answer(p, text, len, now);
    else if (begins(text, len, "{\"welcome\""))
        take_token(p, text, len);
    else if (begins(text, len, "{\"clock\"")) {
        p->acked = p->seq;
        ops->answered(p, now);
    } else if (begins(text, len, "{\"refused\""))
        errx(1, "refused: %.*s", (int)len, text);
    if (facts && p->number % SAMPLED == 0)
        sample(text, len, now);
    if (p->counts && last)
        told(p, last_number(text, len), now);
}

/* Takes one frame off the front; its length, or 0 when it is not whole. */
static size_t take_frame(struct peer *p, const unsigned char *at, size_t len, int64_t now)
{
    if (len < 2)
        return 0;
    size_t head = at[1] == 127 ? 10 : at[1] == 126 ? 4 : 2, payload = at[1];
    if (len < head)
        return 0;
    if (head > 2) {
        payload = 0;
        for (size_t i = 2; i < head; i++)
            payload = payload << 8 | at[i];
    }
    if (len - head < payload)
        return 0;
    const char *text = (const char *)at + head;
    switch (at[0] & OPCODE) {
    case PING:
        say(p, PONG, text, payload);
        break;
    case CLOSE:
        errx(1, "closed by the server with %d",
             payload >= 2 ? (unsigned char)text[0] << 8 | (unsigned char)text[1] : 0);
    default:
        take_text(p, text, payload, at[0] & LAST, now);
    }
    return head + payload;
}

/* The answer to the upgrade; its length, or 0 when it is not whole. */
static size_t take_upgrade(struct peer *p, const unsigned char *at, size_t len)
{
    const unsigned char *end = memmem(at, len, "\r\n\r\n", 4);

    if (!end)
        return 0;
    if (!begins((const char *)at, len, "HTTP/1.1 101"))
        errx(1, "not upgraded: %.*s", (int)len, at);
    p->state = PEER_JOINING;
    if (dialect != DIALECT_SOCKETIO)
        say_hello(p);
    return (size_t)(end - at) + 4;
}

static void keep(struct peer *p, const unsigned char *at, size_t len)
{
    if (len > p->rest_room) {
        p->rest_room = 2 * len;
        p->rest = realloc(p->rest, p->rest_room);
        if (!p->rest)
            err(1, "memory");
    }
    if (len > 0)
        memcpy(p->rest, at, len);
    p->rest_len = len;
}

static void take_in(struct peer *p)
{
    if (p->rest_len > READ_BYTES)
        errx(1, "a frame is too long");
    if (p->rest_len > 0)
        memcpy(bytes, p->rest, p->rest_len);
    ssize_t n = recv(p->fd, bytes + p->rest_len, READ_BYTES, 0);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0)
        errx(1, "peer %d was hung up on", p->number);
    peers_bytes += n;
    size_t len = p->rest_len + (size_t)n, used = 0, one;
    int64_t now = now_ns();
    do {
        one = p->state == PEER_UPGRADING ? take_upgrade(p, bytes + used, len - used)
                                         : take_frame(p, bytes + used, len - used, now);
        used += one;
    } while (one > 0 && used < len && p->fd >= 0);
    keep(p, bytes + used, len - used);
}

static void ask_for_upgrade(struct peer *p)
{
    int port = ntohs(server_of(p)->sin_port);
    char text[512];
    int len = snprintf(
        text, sizeof(text),
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
        dialect == DIALECT_SOCKETIO ? "/socket.io/?EIO=4&transport=websocket" : "/ws", port, port,
        dialect == DIALECT_RUNDE ? "Sec-WebSocket-Protocol: runde.v1\r\n" : "");

    p->state = PEER_UPGRADING;
    watch(p, EPOLL_CTL_MOD, EPOLLIN);
    put_out(p, text, (size_t)len);
}

void peers_turn(int ms)
{
    static struct epoll_event events[EVENTS];
    int n = epoll_wait(epoll, events, EVENTS, ms);

    for (int i = 0; i < n; i++) {
        struct peer *p = events[i].data.ptr;
        if (p->fd < 0)
            continue;
        if (p->state == PEER_CONNECTING)
            ask_for_upgrade(p);
        else
            take_in(p);
    }
}
