/* hands.h -- the list of speakers: who asked for the floor, in which order they get it. */
#ifndef ENGINE_HANDS_H
#define ENGINE_HANDS_H

#include "engine/facts.h"
#include "engine/state.h"

/* A new seat, or one that is back, comes in at the end of a lap that runs. */
void hands_seat_joins(const struct meeting *m, int64_t seat, struct facts *out);

/* What decides who comes before whom. */
struct hand_rule {
    const struct seats *heard, *remarks;
    int64_t speaker; /* 0: nobody. */
    bool fair;       /* Those who have not had the floor come before those who have. */
};

/* Puts a seat that raises its hand among those who wait: short remarks come first, then, where it
 * is to be fair, those who have not had the floor; within each, as they asked.  There must be
 * room. */
void hands_place(struct seats *queue, const struct hand_rule *rule, int64_t seat);

#endif
