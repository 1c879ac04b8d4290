/* record_text.h -- any struct of the protocol, to and from JSON text.
 *
 * For the layers that know no JSON: agendas, what a command made, and the like.
 */
#ifndef WIRE_RECORD_TEXT_H
#define WIRE_RECORD_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "protocol.gen.h"

enum { FIELD_PATH_ROOM = 64 }; /* Bytes of a field's path with its NUL; longer ones are cut. */

/* Which of a struct's own fields are written.  What stands in them goes with them whole. */
enum record_part {
    RECORD_ALL,
    RECORD_KEPT,       /* Those that are never redacted. */
    RECORD_REDACTABLE, /* Only those that can be. */
    RECORD_TOLD,       /* Those that somebody may be told of. */
};

/* Who wrote what is read: texts of people are cleaned (base/clean.h), before their length counts,
 * and their days must exist; what we wrote ourselves is taken as it stands. */
enum record_source { RECORD_OURS, RECORD_PEOPLES };

/* Reads one JSON object as a struct of kind `r`; guards and results as record_decode in
 * record_json.h, and REFUSED_MALFORMED for what is no JSON object. */
enum refusal record_read(const struct record *r, const char *bytes, size_t len,
                         enum record_source source, void *ret_thing,
                         char ret_field[static FIELD_PATH_ROOM]);

/* The struct as a JSON object, to be freed; NULL when memory is exhausted. */
char *record_write(const struct record *r, const void *thing, enum record_part part);

#endif
