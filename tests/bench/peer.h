/* peer.h -- one end of many: WebSocket clients on one epoll, for load.c.
 *
 * Frames are taken apart here, as cheaply as can be, for the generator must be faster than what it
 * measures.  Three kinds of server are spoken to, and what is said is the same but for the hello
 * and the envelope: a command `{"id":…,"do":"contribution.add","with":{"text":…}}` is answered by
 * `{"re":…,"ok":true,"seq":N}`, and everybody of the room hears `{"facts":[…],"seq":N}`.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum dialect {
    DIALECT_RUNDE,
    DIALECT_PLAIN,    /* limit.c and peers.js: a hello names the room. */
    DIALECT_SOCKETIO, /* The same in the envelope of socket.io. */
};

enum { TOKEN_ROOM = 64, CODE_ROOM = 16, TEXT_BYTES = 200 };

struct peer {
    int fd; /* -1 while not connected. */
    int number, room;
    enum { PEER_CONNECTING, PEER_UPGRADING, PEER_JOINING, PEER_LIVE } state;
    char token[TOKEN_ROOM]; /* What it comes back with; empty before its first welcome. */
    int64_t seq;            /* Complete up to here. */
    int64_t sent_at;        /* When its last command went, ns; 0: none waits. */
    int64_t acked;          /* The number that its last command got; 0: no answer yet. */
    bool continued;         /* In the middle of a fragmented message ... */
    bool counts;            /* ... that tells a number at its end. */
    unsigned char *rest;    /* The beginning of a frame. */
    size_t rest_len, rest_room;
};

/* What load.c hears; `now` is ns. */
struct peer_ops {
    void (*live)(struct peer *p, int64_t now);
    void (*heard)(struct peer *p, int64_t more, int64_t now); /* `more` numbers were told. */
    void (*answered)(struct peer *p, int64_t now);            /* `acked` is set. */
    void (*text)(int64_t sent_at, int64_t now); /* Of a peer that samples: when this was sent. */
};

int64_t now_ns(void);

/* Sets up: `codes` has a meeting's code for each room (DIALECT_RUNDE). */
void peers_open(enum dialect dialect, int port, char (*codes)[CODE_ROOM],
                const struct peer_ops *ops);

/* Every other peer connects to this port instead, where another server is. */
void peers_halve(int port);

/* Begins to connect. */
void peer_connect(struct peer *p);

/* Hangs up without a word. */
void peer_drop(struct peer *p);

/* Sends a contribution that says when it was sent. */
void peer_contribute(struct peer *p);

/* Asks for the clock; the answer is `answered`. */
void peer_ask_clock(struct peer *p);

/* Bytes that have come for all of them. */
extern int64_t peers_bytes;

/* Waits `ms` at most and takes in what has come. */
void peers_turn(int ms);

#endif
