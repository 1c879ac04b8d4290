/* outbox.h -- the frames that wait for a connection, bounded.
 *
 * A slow reader must not cost others anything: when a frame does not fit, the session drops the
 * facts that wait and owes a snapshot instead.  Answers are never dropped.
 */
#ifndef HUB_OUTBOX_H
#define HUB_OUTBOX_H

#include <stdbool.h>

#include "hub/frame.h"
#include "protocol.gen.h"

struct outbox {
    size_t first, count, bytes;
    struct {
        struct frame *frame;
        bool droppable;
    } at[LIMIT_OUTBOX_FRAMES];
};

/* Puts a frame last; the outbox takes a reference of its own.  False when it does not fit: then
 * nothing was taken.  One frame alone always fits, however long. */
bool outbox_put(struct outbox *o, struct frame *f, bool droppable);

/* The first frame, still the outbox's, and whether it may be dropped; or NULL. */
struct frame *outbox_first(const struct outbox *o, bool *ret_droppable);

/* Takes the first frame, or NULL; the reference is the caller's. */
struct frame *outbox_take(struct outbox *o);

/* Drops every droppable frame. */
void outbox_drop(struct outbox *o);

/* Drops all. */
void outbox_clear(struct outbox *o);

#endif
