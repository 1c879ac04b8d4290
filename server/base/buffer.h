/* buffer.h -- bytes that are added one after the other.
 *
 * When memory is exhausted the buffer remembers it: it takes nothing more, and buffer_take gives
 * NULL. So only buffer_take need be looked at.  A zeroed struct is an empty buffer.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
    char *at;
    size_t len, room; /* Bytes. */
    bool failed;
};

/* Adds `len` bytes. */
void buffer_add(struct buffer *b, const char *bytes, size_t len);

/* Adds a string, without its NUL. */
void buffer_say(struct buffer *b, const char *string);

/* Adds a whole number. */
void buffer_number(struct buffer *b, int64_t number);

/* Hands the bytes over, with a closing NUL that `ret_len` does not count; the caller frees them.
 * NULL, and `ret_len` untouched, when memory was exhausted.  The buffer is empty afterwards. */
char *buffer_take(struct buffer *b, size_t *ret_len);

/* Frees what it holds and empties it. */
void buffer_release(struct buffer *b);

#endif
