/* record_json.h -- any struct of the protocol, to and from a JSON object, by its description.
 *
 * Only wire/ includes this header; others use record_text.h.
 */
#ifndef WIRE_RECORD_JSON_H
#define WIRE_RECORD_JSON_H

#include <jansson.h>
#include <stdbool.h>

#include "wire/record_text.h"

/* Reads `object` (borrowed) as a struct of kind `r` into `ret_thing`, which then owns what it
 * holds; NULL as `r` stands for a struct without fields.  Fields that are not known are refused.
 *
 * Returns REFUSED_NOT; REFUSED_BAD_FIELD with the path of the first bad field in `ret_field`
 * ("tasks.2.text"; "" when `object` itself is none); or REFUSED_BUSY when memory is exhausted.
 * Then `ret_thing` is untouched and nothing is owned. */
enum refusal record_decode(const struct record *r, json_t *object, enum record_source source,
                           void *ret_thing, char ret_field[static FIELD_PATH_ROOM]);

/* A new object with the struct's fields; NULL when memory is exhausted. */
json_t *record_encode(const struct record *r, const void *thing, enum record_part part);

/* The same, added to an object that is there.  False when memory is exhausted; the object may
 * have got some of the fields then. */
bool record_encode_into(json_t *object, const struct record *r, const void *thing,
                        enum record_part part);

/* Whether `r` has a field of this name; NULL when not. */
const struct record_field *record_find(const struct record *r, const char *name);

/* Writes a name that came from outside into `ret_field`, or "?" when it is no plain word. */
void field_name(const char *name, char ret_field[static FIELD_PATH_ROOM]);

#endif
