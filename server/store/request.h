/* request.h -- what travels between the owner of meetings and the writer thread. */
#ifndef STORE_REQUEST_H
#define STORE_REQUEST_H

#include "store/journal.h"

enum {
    CHUNK_FACTS_MAX = 256,
    CHUNK_BYTES = 128 * 1024, /* A chunk that holds as many bytes takes no further fact. */
};

/* Asks for a meeting's facts, or for its end, or that one that comes whole is taken in. */
struct reading {
    char code[CODE_CHARS + 1];
    int64_t from, generation;
    bool erase;
    int64_t wall;                 /* When it is erased. */
    struct batch *const *batches; /* Of what is taken in: its sender's.  NULL: nothing is. */
    size_t batch_count;
    int64_t origin;
    journal_read_fn *each;
    void *context;
    struct reading *next;
    /* The writer's own, from when the reading's turn came: how far the meeting had come then, and,
     * where the database has no index of them, the ids of the facts that are to be read. */
    int error;
    int64_t meeting, last_seq, last_fact;
    bool begun;
    size_t at, count;
    int64_t *ids;
};

/* Frees it with its ids.  NULL is ignored. */
void reading_free(struct reading *r);

/* A question that the owner waits for: the meetings, those that were erased, and the mark. */
struct asked_meeting {
    char code[CODE_CHARS + 1];
    int64_t origin, epoch, last_seq;
};
struct asked_erased {
    struct hash code;
    int64_t wall;
};
struct ask {
    bool done;
    int error;
    size_t count;
    struct asked_meeting *meetings;
    size_t erased_count;
    struct asked_erased *erased;
    bool has_mark;
    struct journal_mark mark;
};

/* Adds a meeting to the answer, or one that was erased: 0 or -ENOMEM.  ask_clear frees them. */
int ask_add(struct ask *a, const struct asked_meeting *one);
int ask_add_erased(struct ask *a, const struct asked_erased *one);
void ask_clear(struct ask *a);

struct head;

enum request_kind { REQUEST_BATCH, REQUEST_DECLARE, REQUEST_READING, REQUEST_ASK };
struct request {
    enum request_kind kind;
    union {
        struct batch *batch;
        struct head *declared;   /* The writer's from here on. */
        struct reading *reading; /* The same. */
        struct ask *ask;
    };
};

/* A fact in a chunk.  Its strings lie among the chunk's bytes: `body`, `text` and `made` say where
 * each begins; -1 for NULL. */
struct chunk_fact {
    int64_t seq, at, wall, rest;
    ptrdiff_t body, text, made;
    bool has_command;
    struct uuid command;
};

/* Some facts of a reading on their way to the owner. */
struct chunk {
    journal_read_fn *each;
    void *context;
    size_t count;
    struct chunk_fact facts[CHUNK_FACTS_MAX];
    char *bytes;
    size_t used, room;
    bool last; /* The reading ends with this one, with `error`. */
    int error;
};

/* Whether the chunk takes a further fact; chunk_add copies one into it: 0 or -ENOMEM. */
bool chunk_has_room(const struct chunk *c);
int chunk_add(struct chunk *c, const struct journal_fact *fact);

#endif
