/* fact_json.h -- facts as JSON text: on the wire, and in the journal in two parts.
 *
 *     {"seq":413,"at":82110,"fact":"turn.began","seat":4,"turn":7,"lap":1,"until":202110}
 *
 * The journal keeps texts and authors apart, so that they can be blanked: RECORD_KEPT is a row's
 * body, RECORD_REDACTABLE its text.  RECORD_TOLD is what clients get: without what is told to
 * nobody.
 */
#ifndef WIRE_FACT_JSON_H
#define WIRE_FACT_JSON_H

#include "protocol.gen.h"
#include "wire/record_text.h"

/* The fact as JSON text, to be freed; NULL when memory is exhausted.
 *
 * RECORD_REDACTABLE gives those fields alone, without seq, at and fact, and is only for facts
 * that have such fields: fact_infos[kind].redacts. */
char *fact_encode(const struct fact *f, enum record_part part);

/* Reads a fact from its body, and its text or NULL (none, or blanked: then the redacted fields
 * are missing, and a list of them is empty).
 *
 * Fills `ret_fact` on REFUSED_NOT, release it with fact_release; untouched otherwise.
 * REFUSED_MALFORMED and REFUSED_BAD_FIELD: these are not what fact_encode made;
 * REFUSED_BUSY: memory is exhausted. */
enum refusal fact_decode(const char *body, const char *text, struct fact *ret_fact);

/* The fact of this name; FACT_COUNT when there is none. */
enum fact_kind fact_named(const char *name);

#endif
