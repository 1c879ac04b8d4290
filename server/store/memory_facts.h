/* memory_facts.h -- what journal_memory keeps: meetings with their facts. */
#ifndef STORE_MEMORY_FACTS_H
#define STORE_MEMORY_FACTS_H

#include "store/batch.h"

/* A fact, owning its strings. */
struct kept {
    int64_t seq, at, wall;
    int64_t rest; /* Facts of the same batch that follow. */
    char *body, *text, *made;
    bool has_command;
    struct uuid command;
};

struct kept_meeting {
    char code[CODE_CHARS + 1];
    int64_t origin, epoch, generation;
    size_t count, room;
    struct kept *facts;
    struct kept_meeting *next;
};

/* Frees `count` facts and their array; NULL is ignored. */
void kept_free(struct kept *facts, size_t count);

/* Copies a fact with its strings.  On failure, -ENOMEM, nothing is left of it. */
int kept_copy(const struct kept *k, struct kept *ret_copy);

/* Where the list points to the meeting, or its end; kept_forget takes it out there. */
struct kept_meeting **kept_find(struct kept_meeting **list, const char *code);
void kept_forget(struct kept_meeting **at);

/* Adds a batch's facts and blanks what it says, or changes nothing: -EINVAL when a number to
 * blank is none of the meeting's, or -ENOMEM. */
int kept_add(struct kept_meeting *m, const struct batch *b);

#endif
