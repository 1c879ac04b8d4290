/* once.h -- the ids of the commands that a meeting has accepted, with what they were answered.
 *
 * Remembered for the meeting's life, so that the same id again gets the same answer and changes
 * nothing (design.md, section 10).
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

/* Room for one more; false when memory is exhausted. */
bool once_reserve(struct once *o);

/* Remembers; there must be room, and the id must be new.  Takes `made` over. */
void once_add(struct once *o, struct uuid id, int64_t seq, char *made);

const struct once_entry *once_find(const struct once *o, struct uuid id);

/* Forgets the command whose last fact has this number, if there is one: that fact was blanked. */
void once_forget(struct once *o, int64_t seq);

void once_clear(struct once *o);

#endif
