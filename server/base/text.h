/* text.h -- an immutable piece of UTF-8, shared by counting.
 *
 * Commands, facts and the state of a meeting all hold the same bytes: whoever keeps a text
 * takes a reference, whoever lets go gives it back.  NULL stands for "no text" everywhere.
 * Not for use by two threads: texts belong to the thread that owns meetings.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
    size_t refs;
    size_t len;   /* Bytes, without the closing NUL that `bytes` has too. */
    char bytes[]; /* Valid UTF-8 without NUL. */
};

/* Copies `len` bytes of valid UTF-8.  Returns one reference, or NULL when memory is exhausted. */
struct text *text_new(const char *bytes, size_t len);

/* The same for a NUL-terminated string; NULL gives NULL. */
struct text *text_from(const char *string);

/* Takes one more reference and returns `t`; NULL gives NULL. */
struct text *text_ref(struct text *t);

/* Gives one reference back.  NULL is ignored. */
void text_unref(struct text *t);

/* Puts `t` in the place of another text: takes a reference to `t` and gives that of the other
 * back. */
void text_put(struct text **at, struct text *t);

/* The bytes, or "" for NULL; borrowed. */
const char *text_str(const struct text *t);

/* Equal bytes; NULL equals only NULL. */
bool text_same(const struct text *a, const struct text *b);
bool text_is(const struct text *t, const char *string);

/* Code points of `len` bytes of valid UTF-8: what all lengths in protocol/ count. */
size_t text_points(const char *bytes, size_t len);

/* Whether these bytes are UTF-8 without surrogates, overlong forms or NUL. */
bool text_valid(const char *bytes, size_t len);

#endif
