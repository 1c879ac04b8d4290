/* outside.h -- phones that the console has taken out of the meeting.
 *
 * Such a phone is known by its own id, and by a token that it has: another name, another tab or a
 * cleared browser store changes nothing.  It comes in again by the console's leave alone: let in at
 * the door, back at the table, or by a link that was made since.
 */
#ifndef ENGINE_OUTSIDE_H
#define ENGINE_OUTSIDE_H

#include "engine/state.h"

/* Whether the phone that the seat is at has been taken out of it.  It may hold others that it was
 * not taken out of; see outside_of. */
bool outside_barred(const struct meeting *m, int64_t seat);

/* The seat from which this phone is out: one that it was taken out of, or that waits for a link.
 * 0 where it is out of none, or still holds another. */
int64_t outside_of(const struct meeting *m, struct hash handset);

/* Makes room for one more; false when memory is exhausted. */
bool outside_room(struct meeting *m);

/* The phone that the seat is at is out.  There is room. */
void outside_seat_barred(struct meeting *m, int64_t seat);

/* The phone that the seat is at now is in again, if it was taken out of it. */
void outside_seat_returns(struct meeting *m, int64_t seat);

#endif
