/* once.h -- the ids of the commands that a meeting has accepted, with what they were answered.
 *
 * They are remembered for the meeting's life: should a command come again with the same id from the
 * same sender (room.c makes one id of both), it gets the same answer and changes nothing
 * (server/ARCHITECTURE.md, "The road of a command").
 */
#ifndef APP_ONCE_H
#define APP_ONCE_H

#include <stdbool.h>

#include "base/ids.h"

struct once_entry {
    struct uuid id;
    int64_t seq; /* Of the command's last fact; 0: the place is free. */
    char *made;  /* JSON for its reply, or NULL. */
};

struct once {
    size_t count, capacity; /* capacity is a power of two, or 0. */
    struct once_entry *at;
};

/* Makes room for one more; false when memory is exhausted. */
bool once_reserve(struct once *o);

/* Remembers a command that was accepted.  There must be room, and the id must be new.  Takes `made`
 * over. */
void once_add(struct once *o, struct uuid id, int64_t seq, char *made);

/* The entry of the command with this id, or NULL. */
const struct once_entry *once_find(const struct once *o, struct uuid id);

/* The fact with this number was blanked: forgets the command whose last fact it was, if any. */
void once_forget(struct once *o, int64_t seq);

/* Forgets all and frees it. */
void once_clear(struct once *o);

#endif
