/* json_values.h -- small values of the meeting as JSON; each gives one reference. */
#ifndef WIRE_JSON_VALUES_H
#define WIRE_JSON_VALUES_H

#include <jansson.h>

#include "engine/state.h"

/* NULL becomes null. */
json_t *json_of_text(const struct text *t);
json_t *json_of_uuid(struct uuid id);

/* The part's id; PART_NONE becomes null. */
json_t *json_of_part(const struct meeting *m, int part);

/* Sets the text under this name, unless there is none. */
void json_put_text(json_t *to, const char *name, const struct text *t);

#endif
