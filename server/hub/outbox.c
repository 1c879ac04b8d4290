#include "hub/outbox.h"

#include <assert.h>

bool outbox_put(struct outbox *o, struct frame *f, bool droppable)
{
    bool full =
        o->count == LIMIT_OUTBOX_FRAMES || (o->count > 0 && o->bytes + f->len > LIMIT_OUTBOX_BYTES);

    if (full)
        return false;
    size_t last = (o->first + o->count++) % LIMIT_OUTBOX_FRAMES;
    o->at[last].frame = frame_ref(f);
    o->at[last].droppable = droppable;
    o->bytes += f->len;
    return true;
}

struct frame *outbox_first(const struct outbox *o, bool *ret_droppable)
{
    if (o->count == 0)
        return NULL;
    *ret_droppable = o->at[o->first].droppable;
    return o->at[o->first].frame;
}

struct frame *outbox_take(struct outbox *o)
{
    if (o->count == 0)
        return NULL;
    struct frame *f = o->at[o->first].frame;
    o->first = (o->first + 1) % LIMIT_OUTBOX_FRAMES;
    o->count--;
    assert(o->bytes >= f->len);
    o->bytes -= f->len;
    return f;
}

void outbox_drop(struct outbox *o)
{
    struct outbox kept = { 0 };

    while (o->count > 0) {
        bool droppable = o->at[o->first].droppable;
        struct frame *f = outbox_take(o);
        if (!droppable)
            (void)outbox_put(&kept, f, false); /* It fitted before. */
        frame_unref(f);
    }
    *o = kept;
}

void outbox_clear(struct outbox *o)
{
    while (o->count > 0)
        frame_unref(outbox_take(o));
}
