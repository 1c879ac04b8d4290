/* json_text.h -- bytes to a JSON tree and back, with the guards that all input passes.
 *
 * The caller has checked the size already.
 */
#ifndef WIRE_JSON_TEXT_H
#define WIRE_JSON_TEXT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "protocol.gen.h"

/* A walk over JSON text that need not be any: from bracket to bracket and string to string, never
 * into a string.  Begins with `bytes` and `len`, and the rest zero. */
struct json_walk {
    const char *bytes;
    size_t len;
    size_t at; /* Where `mark` stands. */
    char mark; /* A bracket, or the quote that begins a string. */
    int depth; /* How many brackets are open, with this one. */
};

/* Goes on to the next mark; false at the end. */
bool json_walk_on(struct json_walk *walk);

/* Parses one JSON object.  Its depth is counted before anything is parsed; duplicate keys, NUL,
 * lone surrogates and numbers out of range are refused.
 *
 * Returns REFUSED_NOT with one reference in `ret_object`; REFUSED_MALFORMED; or REFUSED_BUSY when
 * memory is exhausted. */
enum refusal json_text_read(const char *bytes, size_t len, json_t **ret_object);

/* The object as compact JSON text, to be freed; takes over the reference.  NULL when memory is
 * exhausted, also when `object` is NULL. */
char *json_text_write(json_t *object);

/* For SCOPED. */
void json_release(json_t **p);

#endif
