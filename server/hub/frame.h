/* frame.h -- a whole message, made once and shared by all who get it. */
#ifndef HUB_FRAME_H
#define HUB_FRAME_H

#include <stddef.h>
#include <stdint.h>

enum { FRAME_HEAD = 32 }; /* Room in front of the bytes, for the transport: at least LWS_PRE. */

struct frame {
    size_t refs;
    size_t len;
    int64_t
        complete; /* Whoever has it has heard all up to this number; -1: it says nothing of it. */
    unsigned char *bytes; /* JSON without a NUL; the FRAME_HEAD bytes before it may be written. */
};

/* Copies `len` bytes; `complete` is -1.  One reference, or NULL when memory is exhausted. */
struct frame *frame_new(const char *bytes, size_t len);

/* The same for a NUL-terminated string, which it frees.  NULL gives NULL. */
struct frame *frame_from(char *text);

struct frame *frame_ref(struct frame *f);

/* Gives a reference back.  NULL is ignored. */
void frame_unref(struct frame *f);

#endif
