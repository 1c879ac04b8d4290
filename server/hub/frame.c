#include "hub/frame.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct frame *frame_new(const char *bytes, size_t len)
{
    struct frame *f = alloc_bytes(sizeof(*f) + FRAME_HEAD + len);

    if (!f)
        return NULL;
    f->refs = 1;
    f->len = len;
    f->complete = -1;
    f->bytes = (unsigned char *)(f + 1) + FRAME_HEAD;
    memcpy(f->bytes, bytes, len);
    return f;
}

struct frame *frame_from(char *text)
{
    struct frame *f = text ? frame_new(text, strlen(text)) : NULL;

    free(text);
    return f;
}

struct frame *frame_ref(struct frame *f)
{
    assert(f->refs > 0);
    f->refs++;
    return f;
}

void frame_unref(struct frame *f)
{
    if (!f)
        return;
    assert(f->refs > 0);
    if (--f->refs == 0)
        free(f);
}
