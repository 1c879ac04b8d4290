/* ring.h -- the newest facts of a live meeting, as the JSON that is told of them. */
#ifndef APP_RING_H
#define APP_RING_H

#include "base/text.h"
#include "protocol.gen.h"

struct ring_fact {
    int64_t seq;
    unsigned seen_by; /* 1u << ROLE_x */
    int64_t author;   /* The seat whose phone sees it too; 0: nobody's. */
    bool has_handset; /* Only this phone of that seat does. */
    struct hash handset;
    struct text *json; /* NULL: told to nobody. */
};

enum { RING_CAPACITY_MAX = 4 * LIMIT_FACTS_LIVE }; /* Some of them may not be durable yet. */

struct ring {
    int64_t newest;  /* 0: none yet. */
    size_t capacity; /* A power of two, or 0; grows with what is in it. */
    struct ring_fact *at;
};

/* Makes room for `count` more facts.  Every fact from number `keep` on stays, and so do the newest
 * LIMIT_FACTS_LIVE.  False when that takes more than RING_CAPACITY_MAX, or memory is exhausted. */
bool ring_reserve(struct ring *r, size_t count, int64_t keep);

/* Adds the fact that follows the newest one.  There must be room.  Takes over the reference to
 * `json`. */
void ring_add(struct ring *r, const struct fact *f, struct text *json);

/* Takes the newest `count` facts off again. */
void ring_drop(struct ring *r, size_t count);

/* The fact is told to nobody any more, if it is still here. */
void ring_blank(struct ring *r, int64_t seq);

/* The fact with this number, or NULL when it is too old, or not there yet. */
const struct ring_fact *ring_get(const struct ring *r, int64_t seq);

/* Whether all facts after `seq` are still here. */
bool ring_reaches(const struct ring *r, int64_t seq);

void ring_clear(struct ring *r);

#endif
