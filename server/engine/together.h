/* together.h -- people who share a phone and take one turn together: "Vi tager den sammen".
 *
 * Their turn is that of the seat whose phone it is, and as long as all of theirs.  In a lap the
 * others wait for none of their own, unless they had it before they came together.
 */
#ifndef ENGINE_TOGETHER_H
#define ENGINE_TOGETHER_H

#include "engine/facts.h"
#include "engine/state.h"

/* Whether those at the phone of seat `with` take the turn of that seat in the part's laps: they
 * take it together, and the seat itself speaks there.  `with` 0 stands for nobody's phone: false.
 */
bool together_joins(const struct meeting *m, int part, int64_t with);

/* Whether anybody shares the phone of this seat. */
bool together_shares(const struct meeting *m, int64_t host);

/* How many people speak in the seat's turn, itself included: in the running lap, where those who
 * had a turn of their own already do not count; and (anew) in a lap that begins now, when seat
 * `leaving` is not there any more (0: nobody leaves). */
int64_t together_voices(const struct meeting *m, int64_t seat);
int64_t together_voices_anew(const struct meeting *m, int part, int64_t seat, int64_t leaving);

/* The seat waits and is leaving the meeting: those who would have shared its turn wait in its
 * place.  Returns how many do. */
size_t together_seat_leaves(const struct meeting *m, int64_t seat, struct facts *out);

/* The seat gets a phone of its own.  If the turn that it shares is yet to come, adds the fact that
 * puts those into the queue who would have no turn otherwise: the seat itself, or, if the phone was
 * its own, those who stay at the old phone; of these only the first, where that one's turn will be
 * all of theirs. */
void together_seat_parts(const struct meeting *m, int64_t seat, struct facts *out);

/* Applies that: the seat has left the phone.  Where it was the host, the first of those who stay is
 * the host now, and they take turns together if they did before. */
void together_part(struct meeting *m, int64_t seat);

#endif
