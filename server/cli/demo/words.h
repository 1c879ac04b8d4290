/* words.h -- who is at the demo's table, and what they have to say.  Nobody here exists. */
#ifndef CLI_DEMO_WORDS_H
#define CLI_DEMO_WORDS_H

#include <stddef.h>

#include "protocol.gen.h"

/* What somebody does that others do not, as bits. */
enum trait {
    TRAIT_PRESENTS = 1,  /* Answers questions about the data. */
    TRAIT_DEFERS = 2,    /* Would rather come last, once a round. */
    TRAIT_PASSES = 4,    /* Passes in one round. */
    TRAIT_EAGER = 8,     /* Raises a hand again and again. */
    TRAIT_LONG = 16,     /* Talks past the time, and asks for more. */
    TRAIT_UNSTEADY = 32, /* Loses the connection now and then. */
    TRAIT_FLAT = 64,     /* The battery dies in mid-turn, once. */
    TRAIT_BESIDE = 128,  /* Shares the phone of the one before. */
};

struct character {
    const char *name, *function;
    unsigned traits;
};

extern const struct character characters[];
extern const size_t character_count;

enum topic {
    TOPIC_QUESTION, /* To the data. */
    TOPIC_THOUGHT,  /* Of the silent minutes, and the round after them. */
    TOPIC_JOINT,    /* What those agree on who write one text. */
    TOPIC_FIRST,    /* The spiral's first lap. */
    TOPIC_AGAIN,    /* What builds on what others said. */
    TOPIC_DIALOGUE,
    TOPIC_MISSING, /* "Der mangler noget". */
    TOPIC_IDEA,    /* A suggestion for an answer. */
    TOPIC_WORKED,  /* Samtale om samtalen. */
    TOPIC_ADJUST,
    TOPIC_CARRY,
    TOPIC_COUNT,
};

/* The texts on a topic, each to be said once. */
struct topic_texts {
    const char *const *texts;
    size_t count;
};

extern const struct topic_texts topics[TOPIC_COUNT];

/* What goes into each box of a method that has it. */
struct box_texts {
    const char *scribe;    /* The facilitator's text; NULL: they write none. */
    enum topic topic;      /* What people write about, */
    int percent, from, to; /* how many of them do, and between which hundredths of the part. */
};

extern const struct box_texts box_texts[BOX_COUNT];

/* The figures that the presenter shows, as a table; and what they are called. */
extern const char *const figures_title, *const figures_csv;

/* What the scribe writes: the first lap's recap, the groups' titles, and the answers in text. */
extern const char *const recap_text;
extern const char *const group_titles[2];

#endif
