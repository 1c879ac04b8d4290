/* facts.h -- what a command is decided with, and what comes of it. */
#ifndef ENGINE_FACTS_H
#define ENGINE_FACTS_H

#include "protocol.gen.h"

struct seats;

/* All that the engine may know of the world while it decides: it reads no clock and casts no
 * dice of its own. */
struct context {
    struct instant now;
    int64_t wall;        /* ms since 1970; for people only. */
    struct uuid id;      /* A new id, for what the command makes. */
    struct hash secret;  /* The hash of a new secret, for a seat or a link. */
    uint64_t dice;       /* Random, for shuffling. */
    enum role role;      /* Who asks; ROLE_NOT: the server itself. */
    struct hash handset; /* ROLE_PHONE: which phone it is, see seat_state, */
    size_t own_count;    /* and the seats that it holds. */
    int64_t own[LIMIT_SEATS_A_PHONE];
};

/* What a command made, for its reply. */
enum made { MADE_NOTHING, MADE_CONTRIBUTION, MADE_SEAT, MADE_GROUP, MADE_DATA };

/* The facts of one command, oldest first.  Owns what they hold. */
struct facts {
    size_t count;
    bool failed; /* Memory was exhausted while they were made: none of them counts. */
    enum made made;
    struct uuid made_id;
    int64_t made_seat;
    const char *field; /* REFUSED_BAD_FIELD: which, a static string. */
    struct fact at[LIMIT_FACTS_A_COMMAND];
};

/* Makes it an empty list.  The room for facts is not touched: it is large, and few need it. */
void facts_begin(struct facts *ret_facts);

/* Adds an empty fact and returns it to be filled. */
struct fact *facts_add(struct facts *out, enum fact_kind kind);

/* Copies a list into a fact's order, which owns the copy.  Sets `failed` of `out` when memory is
 * exhausted. */
void facts_order(struct facts *out, struct ints *ret_order, const struct seats *from);

/* Releases every fact and empties the list. */
void facts_release(struct facts *out);

#endif
