/* snapshot_room.h -- the branches of a snapshot that all but phones get: wall, figures, groups,
 * recaps. */
#ifndef WIRE_SNAPSHOT_ROOM_H
#define WIRE_SNAPSHOT_ROOM_H

#include <jansson.h>

#include "wire/snapshot_json.h"

/* The figures and links that this reader may see; a phone all that are not confidential. */
json_t *snapshot_figures(const struct meeting *m, const struct reader *reader);

/* Puts them into `to`; confidential figures for console and leader alone. */
void snapshot_put_room(const struct meeting *m, const struct reader *reader, json_t *to);

#endif
