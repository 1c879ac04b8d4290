/* person_inside.h -- a person, as person.c (what they mean to do) and deeds.c (what they do) know
 * it. */
#ifndef CLI_DEMO_PERSON_INSIDE_H
#define CLI_DEMO_PERSON_INSIDE_H

#include "cli/demo/crowd.h"

enum { NOTES_MAX = 12 };

enum deed {
    DEED_NOTE,
    DEED_READY,
    DEED_HAND,
    DEED_POINT, /* number: an enum topic */
    DEED_BUILD, /* A point that rests on others'. */
    DEED_IDEA,
    DEED_JOINT, /* number: an enum topic */
    DEED_BOX,   /* number: an enum box */
    DEED_SHARE, /* number: which seat's notes */
    DEED_LATER,
    DEED_PASS,
    DEED_MORE,
    DEED_DONE,
    DEED_ANSWER, /* number: whether it begins */
    DEED_DROP,   /* number: for how many ms */
};

struct jotting {
    char id[UUID_CHARS + 1];
    int64_t seat;
    bool shared;
};

struct person {
    struct guest guest; /* First: a guest is its person. */
    struct jotting notes[NOTES_MAX];
    size_t note_count;
    unsigned spent;                         /* Traits that show only once, and have. */
    int planned_in, deferred_in, passed_in; /* Parts; -1: in none yet. */
};

static inline struct person *person_of(struct guest *g)
{
    return (struct person *)g;
}

/* True so many times in a hundred. */
static inline bool chance(struct guest *g, int percent)
{
    return crowd_roll(g->crowd, 1, 100) <= percent;
}

/* A moment between `from` and `to` hundredths of a length; 0 when there is no length. */
static inline int64_t within(struct guest *g, int64_t ms, int from, int to)
{
    return ms > 0 ? crowd_roll(g->crowd, ms * from / 100, ms * to / 100) : 0;
}

/* Does what was meant: the guest_ops' does. */
void person_does(struct guest *g, const struct errand *e);

#endif
