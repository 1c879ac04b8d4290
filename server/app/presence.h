/* presence.h -- which phones and screens are connected, and who writes where: no facts, told at
 * most once a second.
 */
#ifndef APP_PRESENCE_H
#define APP_PRESENCE_H

#include "app/room.h"

/* Tells every screen which seats and screens are connected, and consoles and scribes also who
 * writes where.  Phones are not told: a thousand phones that hear of each other's Wi-Fi help
 * nobody. Whoever reads too slowly hears it by a later call (`due` of the room).  When
 * memory is exhausted nobody is told, and `presence` of the room stays set, so that the next call
 * tries again. */
void presence_tell(struct room *r);

/* The owner of `s` writes there from now on; what `writing` holds is taken over.  It is told when
 * it is another place than before, and forgotten after LIMIT_WRITING_MS unless it is said again.
 * `now` is boottime. */
void presence_writes(struct room *r, struct session *s, struct writing *writing, int64_t now);

/* Forgets who has written nothing for long. */
void presence_lapse(struct room *r, int64_t now);

#endif
