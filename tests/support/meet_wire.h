/* meet_wire.h -- a script's connections to real servers, on loopback. */
#ifndef SUPPORT_MEET_WIRE_H
#define SUPPORT_MEET_WIRE_H

#include "support/meet.h"

struct meet_wire {
    int port; /* Of whom it speaks with. */
    int fd;
    bool closed, told; /* Told: the server has said so, and not just gone. */
    size_t len, room;
    char *bytes; /* Received and not yet taken. */
};

/* A WebSocket to the server at `port`; NULL when nobody is there, or it takes nobody in. */
struct meet_wire *wire_open(int port);
void wire_send(struct meet_wire *w, const char *text);
char *wire_receive(struct meet_wire *w, bool *ret_closed);
void wire_close(struct meet_wire *w);

/* Requests.  The answer's body, to be freed; NULL when there is none. */
char *wire_create(int port, const char *body);
char *wire_get(int port, const char *path, const char *query, const char *bearer);

#endif
