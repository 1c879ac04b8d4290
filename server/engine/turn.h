/* turn.h -- the floor: who speaks, who waits for it, and for how long it is theirs.
 *
 * Each person gets an equal share of what is left of the lap, and never less than the part's
 * shortest turn.  The share is worked out anew at every hand-over, so the others get what one
 * leaves unused.  The clock never takes the floor from anyone.  The formula, with an example,
 * stands in protocol/methods/README.md.
 */
#ifndef ENGINE_TURN_H
#define ENGINE_TURN_H

#include "engine/facts.h"
#include "engine/state.h"

/* Whether the meeting runs: REFUSED_NOT, or why a command that needs that is refused.  The other
 * one is for what needs no clock and can be done in a pause too: moving to another part, raising a
 * hand, putting those who wait in another order. */
enum refusal turn_open(const struct meeting *m);
enum refusal turn_open_or_paused(const struct meeting *m);

/* The time that one of `waiting` people gets when `left` is left for all of them. */
struct span turn_share(struct span left, int64_t waiting, struct span turn_min);

/* So many people share what is left of a lap; so many of them speak in the turn that begins. */
struct slice {
    int64_t people, voices;
};

/* Adds the turn's beginning.  In a lap it gets its slice of what is left until `budget`; elsewhere
 * the method says how long it is. */
void turn_begins(const struct meeting *m, int64_t seat, int64_t lap, struct instant budget,
                 struct slice slice, struct instant now, struct facts *out);

/* Whoever speaks has been heard. */
void turn_ends(const struct meeting *m, struct facts *out);

/* The running part is being left: whoever speaks has been heard, and who passed is nobody's to
 * know any more.  Each turn that was done or passed has left a fact of the same form, so that
 * none of those that are blanked now tells by being there. */
void turn_part_ends(const struct meeting *m, struct facts *out);

/* A seat has left the meeting: the round goes on without it. */
void turn_seat_leaves(const struct meeting *m, int64_t seat, const struct context *context,
                      struct facts *out);

/* Whose a command is: the seat it names, or else the phone's first.  `ret_seat` is set on
 * REFUSED_NOT; 0 when console or scribe name none. */
enum refusal turn_whose(const struct meeting *m, const struct context *context, bool has_seat,
                        int64_t seat, int64_t *ret_seat);

#endif
