/* memory_facts.h -- what journal_memory keeps: meetings with their facts. */
#ifndef STORE_MEMORY_FACTS_H
#define STORE_MEMORY_FACTS_H

#include "store/batch.h"

/* A fact, owning its strings. */
struct memory_fact {
    int64_t seq, at, wall;
    int64_t rest; /* Facts of the same batch that follow. */
    char *body, *text, *made;
    bool has_command;
    struct uuid command;
};

struct memory_meeting {
    char code[CODE_CHARS + 1];
    int64_t origin, epoch, generation;
    bool foreign; /* Another server's. */
    bool damaged; /* The last of its facts is not as it was written. */
    size_t count, room;
    struct memory_fact *facts;
    struct memory_meeting *next;
};

/* Frees `count` facts and their array; NULL is ignored. */
void memory_facts_free(struct memory_fact *facts, size_t count);

/* Copies a fact with its strings.  On failure, -ENOMEM, nothing is left of it. */
int memory_fact_copy(const struct memory_fact *f, struct memory_fact *ret_copy);

/* The link of the list that points to the meeting with this code; at the list's end, where `*` of
 * it is NULL, when there is none.  memory_meeting_remove takes out and frees what a link points to.
 */
struct memory_meeting **memory_meeting_find(struct memory_meeting **list, const char *code);
void memory_meeting_remove(struct memory_meeting **at);

/* Adds a batch's facts and blanks what it says, or changes nothing: -EINVAL when a number to
 * blank is none of the meeting's, or -ENOMEM. */
int memory_meeting_add(struct memory_meeting *m, const struct batch *b);

#endif
