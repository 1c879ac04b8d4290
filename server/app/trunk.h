/* trunk.h -- an authenticated connection between two servers of several (wire/trunk_message.h).
 *
 * The one that called sends its own callers, whose meetings the other leads (relay.h); the other
 * takes them for guests (guest.h).  So two servers have up to two trunks, one each way.
 *
 * Whoever makes the connection (net, or the simulator) feeds in what comes and asks for what is to
 * go out.  First both show that they have the same key (app_options.trunk_key): each answers the
 * other's nonce by a hash that only who has the key can make.  What follows is as safe as the
 * connection: between networks that are not trusted the servers need TLS.
 *
 * What waits to go out is bounded: a caller's words by TRUNK_QUEUE_MAX, beyond which it is sent
 * away; and guests' frames by their sessions' outboxes, from which they are taken when the
 * connection can be written.
 */
#ifndef APP_TRUNK_H
#define APP_TRUNK_H

#include <sys/queue.h>

#include "app/app.h"
#include "store/ownership.h"
#include "wire/trunk_message.h"

enum {
    TRUNK_PULSE_MS = 500,
    TRUNK_SILENCE_MS = 2000,   /* Who has said nothing for so long stands still, or is cut off. */
    TRUNK_GREETING_MS = 3000,  /* For the connection, and to show who it is. */
    TRUNK_QUEUE_MAX = 4194304, /* Bytes that wait to go out, of callers' words; */
    TRUNK_ANSWERS_MAX = 67108864, /* and of answers and all else: beyond, it is given up. */
};

enum trunk_state {
    TRUNK_GREETING, /* Nobody has shown yet who it is. */
    TRUNK_UP,
    TRUNK_OVER, /* It is being closed. */
};

struct guest; /* guest.c */

/* Who has a channel of it. */
struct channel {
    uint64_t id; /* Its place here, and above 32 bits how often that was given; 0: nobody. */
    void *who;   /* A struct passage where this server called, else a struct guest. */
};

struct trunk {
    struct app *app;
    struct trunk *next, **link;
    void *transport;
    bool calls; /* This server has called the other. */
    enum trunk_state state;
    bool leased;      /* The other has said, when it was heard last, that its lease runs. */
    struct node node; /* The other; its url only where this server calls. */
    struct hash nonce, others;         /* What the other must answer, and what it asks. */
    int64_t born, heard_at, pulsed_at; /* steady ms */

    struct buffer out; /* What waits to go out, from `sent` on. */
    size_t sent;
    unsigned char *in; /* A message that is not whole yet. */
    size_t in_len, in_room;

    struct channel *channels;
    size_t channel_count, channel_room, free_from; /* No place before `free_from` is free. */
    uint32_t given;
    size_t live;               /* Channels that somebody has. */
    TAILQ_HEAD(, guest) eager; /* Guests with something to send. */
};

/* The other server has called.  NULL when memory is exhausted, or this server speaks with none. */
struct trunk *trunk_answer(struct app *app, void *transport);

/* This server calls: begins to connect.  NULL when memory is exhausted. */
struct trunk *trunk_call(struct app *app, const struct node *node);

/* The connection is there, to a server that was called. */
void trunk_connected(struct trunk *t);

/* The connection is gone, or never came about.  NULL is ignored. */
void trunk_gone(struct trunk *t);

/* Bytes have come.  0, or a negative errno: the connection must end. */
int trunk_receive(struct trunk *t, const unsigned char *bytes, size_t len);

/* Fills in what is to go out; returns how many bytes, 0 when there is nothing. */
size_t trunk_fill(struct trunk *t, unsigned char *bytes, size_t room);

/* Sends the message; false when it is over or too long, memory is exhausted, or too much waits
 * already.  It may be over then, and whoever has a channel is told that later. */
bool trunk_send(struct trunk *t, const struct trunk_message *m);

/* Ends it: callers are held until there is another way, guests are gone. */
void trunk_end(struct trunk *t);

/* Gives somebody a channel: its id, or 0 when memory is exhausted. */
uint64_t trunk_enter(struct trunk *t, void *who);

/* The same for an id that the other server has given.  False when it is taken, or senseless. */
bool trunk_enter_as(struct trunk *t, uint64_t id, void *who);

/* Who has the channel, or NULL. */
void *trunk_who(const struct trunk *t, uint64_t id);
void trunk_leave(struct trunk *t, uint64_t id);

/* Says that it is alive, and ends where the other has not for long. */
void trunk_tick(struct trunk *t, int64_t now);

#endif
