/* buffer.h -- bytes that grow at their end.
 *
 * Exhausted memory is remembered, not reported by every call: after it nothing more is added, and
 * buffer_take gives NULL.  A zeroed struct is an empty buffer.
 */
#ifndef MINUTES_BUFFER_H
#define MINUTES_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
    char *at;
    size_t len, room; /* Bytes. */
    bool failed;
};

/* Adds `len` bytes. */
void buffer_add(struct buffer *b, const char *bytes, size_t len);

/* Adds a closed string. */
void buffer_say(struct buffer *b, const char *string);

/* Hands the bytes over, with a closing NUL that `ret_len` does not count; the caller frees them.
 * NULL, and `ret_len` untouched, when memory was exhausted.  The buffer is empty afterwards. */
char *buffer_take(struct buffer *b, size_t *ret_len);

/* Frees what it holds and empties it. */
void buffer_release(struct buffer *b);

#endif
