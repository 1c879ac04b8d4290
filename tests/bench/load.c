/* load.c -- the crowd of the bench: many WebSocket clients on one thread.
 *
 *     load DIALECT PORT closed ROOMS PEERS SENDERS TOTAL    SENDERS of each room have one in flight
 *     load DIALECT PORT paced  ROOMS PEERS RATE SECONDS     RATE contributions a second in all
 *     load DIALECT PORT clocks ROOMS PEERS RATE SECONDS     RATE questions for the clock a second
 * in all load DIALECT PORT storm  ROOMS PEERS TIMES HISTORY    all drop at once and come back load
 * DIALECT PORT idle   ROOMS PEERS 0 0              all join and say nothing
 *
 * PORT may be two, 8080,8081: then every other peer goes to the second.
 * DIALECT is runde, plain or socketio; for runde, the codes of ROOMS meetings are read first.  All
 * join, "ready" is said, and at a line from outside the work begins.  What was measured comes as a
 * line of JSON, times in ms.  In closed work a sender goes on once it has its answer and has heard
 * its own contribution.
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/peer.h"

enum { JOINING_MAX = 256, TIMES_MAX = 1 << 20, QUIET_MS = 300, STUCK_S = 60 };

/* Times that were measured; beyond the room, none more are kept. */
struct times {
    size_t count;
    int64_t ns[TIMES_MAX];
};

static struct peer *peers;
static int room_count, peer_count, senders, rate, seconds;
static int64_t total, history;
static int live;
static int64_t sent, answered, delivered, last_heard, began;
static bool working, closed, clocks;
static struct times acks, fan_out;

static void keep_time(struct times *t, int64_t ns)
{
    if (t->count < TIMES_MAX)
        t->ns[t->count++] = ns;
}

static void contribute(struct peer *p)
{
    sent++;
    if (clocks)
        peer_ask_clock(p);
    else
        peer_contribute(p);
}

static void on_live(struct peer *p, int64_t now)
{
    (void)p;
    live++;
    last_heard = now;
}

/* A sender is done when it has its answer and has heard what it said. */
static void go_on(struct peer *p)
{
    if (p->sent_at == 0 || p->acked == 0 || p->seq < p->acked)
        return;
    p->sent_at = 0;
    if (closed && sent < total)
        contribute(p);
}

static void on_heard(struct peer *p, int64_t more, int64_t now)
{
    last_heard = now;
    if (!working)
        return;
    delivered += more;
    go_on(p);
}

static void on_answered(struct peer *p, int64_t now)
{
    answered++;
    keep_time(&acks, now - p->sent_at);
    go_on(p);
}

static void on_text(int64_t sent_at, int64_t now)
{
    if (working)
        keep_time(&fan_out, now - sent_at);
}

static const struct peer_ops ops = {
    .live = on_live, .heard = on_heard, .answered = on_answered, .text = on_text
};

/* A turn, unless nothing has happened for so long that nothing will. */
static void turn(int ms)
{
    peers_turn(ms);
    if (now_ns() - last_heard > (int64_t)STUCK_S * 1000000000)
        errx(1, "stuck: %d live, %" PRId64 " sent, %" PRId64 " answered, %" PRId64 " delivered",
             live, sent, answered, delivered);
}

/* Connects everybody, at most so many at a time, and waits until they are live. */
static void join_all(int at_a_time)
{
    last_heard = now_ns();
    live = 0;
    for (int next = 0; live < peer_count;) {
        while (next < peer_count && next - live < at_a_time)
            peer_connect(&peers[next++]);
        turn(100);
    }
}

static void until_quiet(void)
{
    while (now_ns() - last_heard < (int64_t)QUIET_MS * 1000000)
        peers_turn(QUIET_MS);
}

/* Until all that was sent has been answered and heard by everybody of its room. */
static bool all_told(void)
{
    return answered == sent && (clocks || delivered == sent * (peer_count / room_count));
}

static void work_closed(void)
{
    int a_room = peer_count / room_count;

    closed = true;
    for (int i = 0; i < peer_count; i++)
        if (i % a_room < senders && sent < total)
            contribute(&peers[i]);
    while (sent < total || !all_told())
        turn(1000);
}

static void work_paced(void)
{
    int a_room = peer_count / room_count;
    int64_t most = (int64_t)rate * seconds;

    /* Room after room, and in each one seat after the other. */
    while (sent < most) {
        int64_t due = began + sent * 1000000000 / rate, now = now_ns();
        if (now >= due) {
            int64_t room = sent % room_count, seat = sent / room_count % a_room;
            struct peer *p = &peers[room * a_room + seat];
            while (p->sent_at != 0)
                turn(1);
            contribute(p);
        }
        turn(now >= due ? 0 : (int)((due - now) / 1000000));
    }
    while (!all_told())
        turn(1000);
}

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void print_times(const char *name, struct times *t)
{
    if (t->count == 0)
        return;
    qsort(t->ns, t->count, sizeof(*t->ns), by_size);
    printf(",\"%s\":[%.3f,%.3f]", name, (double)t->ns[t->count / 2] / 1e6,
           (double)t->ns[t->count * 99 / 100] / 1e6);
}

/* Everybody is away for a moment, and comes back at once. */
static void work_storms(int times)
{
    printf("{\"storms\":[");
    for (int i = 0; i < times; i++) {
        for (int k = 0; k < peer_count; k++)
            peer_drop(&peers[k]);
        usleep(QUIET_MS * 1000);
        int64_t from = now_ns();
        join_all(peer_count);
        printf("%s%.1f", i > 0 ? "," : "", (double)(now_ns() - from) / 1e6);
        until_quiet();
    }
    printf("]}\n");
}

static void wait_for_go(void)
{
    char c;

    printf("ready\n");
    fflush(stdout);
    /* The line after the codes; stdin is not buffered. */
    if (read(STDIN_FILENO, &c, 1) != 1)
        errx(1, "nobody said go");
}

static void work(const char *kind)
{
    int64_t from = now_ns();

    join_all(JOINING_MAX);
    double joining = (double)(now_ns() - from) / 1e9;
    until_quiet();
    if (history > 0) {
        total = history;
        senders = senders > 0 ? senders : 1;
        working = true;
        work_closed();
        closed = working = false;
        sent = answered = delivered = 0;
    }
    wait_for_go();
    acks.count = fan_out.count = 0;
    peers_bytes = 0;
    clocks = strcmp(kind, "clocks") == 0;
    if (strcmp(kind, "storm") == 0) {
        work_storms(seconds);
        return;
    }
    began = last_heard = now_ns();
    working = true;
    if (strcmp(kind, "closed") == 0)
        work_closed();
    else if (clocks || strcmp(kind, "paced") == 0)
        work_paced();
    double took = (double)(now_ns() - began) / 1e9;
    printf("{\"joins_a_second\":%.0f,\"seconds\":%.4f,\"contributions\":%" PRId64
           ",\"deliveries\":%" PRId64 ",\"bytes\":%" PRId64,
           peer_count / joining, took, sent, delivered, peers_bytes);
    print_times("ack", &acks);
    print_times("fan_out", &fan_out);
    printf("}\n");
}

static enum dialect dialect_of(const char *name)
{
    if (strcmp(name, "runde") == 0)
        return DIALECT_RUNDE;
    return strcmp(name, "socketio") == 0 ? DIALECT_SOCKETIO : DIALECT_PLAIN;
}

/* A code is nine characters and a line's end. */
static void read_codes(char (*ret_codes)[CODE_ROOM])
{
    for (int i = 0; i < room_count; i++) {
        size_t have = 0;
        while (have < 10) {
            ssize_t n = read(STDIN_FILENO, ret_codes[i] + have, 10 - have);
            if (n <= 0)
                errx(1, "codes are missing");
            have += (size_t)n;
        }
        ret_codes[i][9] = '\0';
    }
}

int main(int argc, char **argv)
{
    if (argc != 8)
        errx(2, "see the head of load.c");
    const char *kind = argv[3];
    enum dialect dialect = dialect_of(argv[1]);
    room_count = atoi(argv[4]);
    peer_count = room_count * atoi(argv[5]);
    bool is_closed = strcmp(kind, "closed") == 0;
    bool is_paced = strcmp(kind, "paced") == 0 || strcmp(kind, "clocks") == 0;
    if (is_closed || is_paced)
        *(is_closed ? &senders : &rate) = atoi(argv[6]);
    else
        seconds = atoi(argv[6]);
    if (is_paced)
        seconds = atoi(argv[7]);
    else
        *(is_closed ? &total : &history) = atoll(argv[7]);

    char(*codes)[CODE_ROOM] = calloc((size_t)room_count, sizeof(*codes));
    peers = calloc((size_t)peer_count, sizeof(*peers));
    if (!codes || !peers)
        err(1, "memory");
    if (dialect == DIALECT_RUNDE)
        read_codes(codes);
    peers_open(dialect, atoi(argv[2]), codes, &ops);
    if (strchr(argv[2], ','))
        peers_halve(atoi(strchr(argv[2], ',') + 1));
    for (int i = 0; i < peer_count; i++)
        peers[i] = (struct peer){ .fd = -1, .number = i, .room = i / (peer_count / room_count) };
    work(kind);
    return 0;
}
