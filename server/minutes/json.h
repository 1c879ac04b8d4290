/* json.h -- a document as JSON, by protocol/minutes.schema.json: for pages and for programs. */
#ifndef MINUTES_JSON_H
#define MINUTES_JSON_H

#include "minutes/document.h"

/* The bytes, which the caller frees; NULL when memory is exhausted. */
char *json_write(const struct document *d, size_t *ret_len);

#endif
