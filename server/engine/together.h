/* together.h -- people who share a phone and take one turn together: "Vi tager den sammen".
 *
 * Their turn is that of the seat whose phone it is, and as long as all of theirs.  In a lap the
 * others wait for none of their own, unless they had it before they came together.
 */
#ifndef ENGINE_TOGETHER_H
#define ENGINE_TOGETHER_H

#include "engine/facts.h"
#include "engine/state.h"

/* Whether a turn in the part's laps of somebody at the phone of seat `with` is that seat's: they
 * take it together, and it takes one.  0: at nobody's phone. */
bool together_joins(const struct meeting *m, int part, int64_t with);

/* Whether anybody shares the phone of this seat. */
bool together_shares(const struct meeting *m, int64_t host);

/* How many people speak in the seat's turn: in the running lap, or in one that begins now, when
 * `leaving` is not there any more; 0: all are. */
int64_t together_voices(const struct meeting *m, int64_t seat);
int64_t together_voices_anew(const struct meeting *m, int part, int64_t seat, int64_t leaving);

/* The seat waits and is leaving the meeting: those who would have shared its turn wait in its
 * place.  Returns how many do. */
size_t together_seat_leaves(const struct meeting *m, int64_t seat, struct facts *out);

/* The seat gets a phone of its own: where a shared turn is yet to come, it waits for one of its
 * own, or those do who stay at the old phone. */
void together_seat_parts(const struct meeting *m, int64_t seat, struct facts *out);

/* It has one: the first of those who stay is the host there now, and they go on as they did. */
void together_part(struct meeting *m, int64_t seat);

#endif
