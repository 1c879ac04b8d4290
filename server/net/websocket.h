/* websocket.h -- this layer's side of a session, which gateway.c (what comes in) and sending.c
 * (what goes out) share. */
#ifndef NET_WEBSOCKET_H
#define NET_WEBSOCKET_H

#include "hub/hub.h"
#include "net/inside.h"

/* Whether a peer that says nothing is asked for a sign of life. */
enum silence {
    SILENCE_SHORT,
    SILENCE_ASK,   /* A ping is to go out. */
    SILENCE_ASKED, /* It has gone. */
};

struct websocket {
    struct connection *connection;
    struct session *session;

    char *in; /* A message that came in pieces; NULL between messages. */
    size_t in_len, in_room;
    int fragments;
    bool greeted;     /* The first message has come. */
    int64_t heard_at; /* When something came last. */
    enum silence silence;
    int looks; /* Since it was asked; meaningful unless SILENCE_SHORT. */

    struct frame *out; /* Being sent, or next to be; NULL when the outbox was empty. */
    size_t sent;       /* Bytes of `out` that have gone. */
    bool eager;        /* Stands in the net's list of those with something to send. */
    bool wanted;       /* Waits since `since` to be told that it can be written. */
    int64_t since;
    TAILQ_ENTRY(websocket) place; /* Meaningful while `eager`. */

    int status; /* Close with it once the outbox is empty; 0 while open. */
    bool hasty; /* ... or at once. */
    bool over;  /* The closing handshake goes on: nothing more may be written. */
    int64_t closing_since;
};

#endif
