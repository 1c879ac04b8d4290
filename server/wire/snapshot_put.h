/* snapshot_put.h -- how a part of a snapshot gets into it. */
#ifndef WIRE_SNAPSHOT_PUT_H
#define WIRE_SNAPSHOT_PUT_H

#include <assert.h>
#include <jansson.h>

#include "wire/record_json.h"

/* Puts a value, one reference, under a name of records/snapshot.json.  NULL, when memory was
 * exhausted, leaves the name out: the whole is refused by json_text_write then. */
static inline void snapshot_put(json_t *to, const char *name, json_t *value)
{
    assert(record_find(&snapshot_record, name));
    json_object_set_new(to, name, value);
}

#endif
