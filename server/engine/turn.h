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

/* How what is left of a lap is divided: among `people` who are still to speak, of whom `voices`
 * speak in the turn that begins.  Example: five are to speak and two of them share the first turn:
 * that one gets two fifths. */
struct slice {
    int64_t people, voices;
};

/* Adds the beginning of the seat's turn.  In a lap (`lap` from 1) it lasts its slice of the time
 * left until `budget`; elsewhere (`lap` 0) as long as the method says (`turn_ms`). */
void turn_begins(const struct meeting *m, int64_t seat, int64_t lap, struct instant budget,
                 struct slice slice, struct instant now, struct facts *out);

/* Ends the running turn, if there is one: whoever speaks has been heard. */
void turn_ends(const struct meeting *m, struct facts *out);

/* The running part is being left: ends the turn, and blanks who passed.  Every turn of the part has
 * left a turn.passed, with a seat where it was passed and without one where it was done; once the
 * seats are blanked, nothing tells one from the other. */
void turn_part_ends(const struct meeting *m, struct facts *out);

/* A seat leaves the meeting: ends its turn if it speaks, and lets the round go on without it. */
void turn_seat_leaves(const struct meeting *m, int64_t seat, const struct context *context,
                      struct facts *out);

/* For whom a command is sent: the seat that it names (`has_seat`), which a phone must hold, or else
 * the phone's first seat.  Sets `ret_seat` on REFUSED_NOT; 0 when console or scribe name none. */
enum refusal turn_whose(const struct meeting *m, const struct context *context, bool has_seat,
                        int64_t seat, int64_t *ret_seat);

#endif
