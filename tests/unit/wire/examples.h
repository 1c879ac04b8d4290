/* examples.h -- the examples that stand beside each command and fact in protocol/. */
#ifndef UNIT_WIRE_EXAMPLES_H
#define UNIT_WIRE_EXAMPLES_H

#include <jansson.h>
#include <stdio.h>

#include "support/cmocka_all.h"

/* A file below protocol/, whole. */
static inline json_t *protocol_file(const char *sub, const char *name)
{
    char path[4096];
    json_error_t error;

    snprintf(path, sizeof(path), "%s/protocol/%s/%s.json", SOURCE_FOLDER, sub, name);
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("%s: %s", path, error.text);
    return root;
}

/* Its example, one reference. */
static inline json_t *example(const char *sub, const char *name)
{
    json_t *root = protocol_file(sub, name);
    json_t *found = json_incref(json_object_get(root, "example"));

    assert_true(json_is_object(found));
    json_decref(root);
    return found;
}

#endif
