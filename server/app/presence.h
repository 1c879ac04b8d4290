/* presence.h -- which phones and screens are connected: no facts, told at most once a second. */
#ifndef APP_PRESENCE_H
#define APP_PRESENCE_H

#include "app/room.h"

/* Tells every screen which seats and screens are connected.  Phones are not told: a thousand phones
 * that hear of each other's Wi-Fi help nobody.  When memory is exhausted nobody is told, and
 * `presence` of the room stays set, so that the next call tries again. */
void presence_tell(struct room *r);

#endif
