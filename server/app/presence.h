/* presence.h -- which phones and screens are connected: no facts, told at most once a second. */
#ifndef APP_PRESENCE_H
#define APP_PRESENCE_H

#include "app/room.h"

/* Tells it to all but phones: a thousand phones that hear of each other's Wi-Fi help nobody. */
void presence_tell(struct room *r);

#endif
