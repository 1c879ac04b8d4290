/* snapshot_json.h -- a meeting as one reader may see it (protocol/frames/snapshot.json).
 *
 * Hidden means not sent: what the role may not see is not in the text at all.
 */
#ifndef WIRE_SNAPSHOT_JSON_H
#define WIRE_SNAPSHOT_JSON_H

#include "engine/reader.h"
#include "engine/state.h"

/* Whether this reader's snapshot differs from that of others of its role: a phone's does once
 * there are notes, points or a hint of its own. */
bool snapshot_is_own(const struct meeting *m, const struct reader *reader);

/* The whole frame.  The caller frees it; NULL when memory is exhausted. */
char *snapshot_encode(const struct meeting *m, const char *code, const struct reader *reader);

#endif
