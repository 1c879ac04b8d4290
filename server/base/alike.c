#include "base/alike.h"

#include <assert.h>
#include <utf8proc.h>

/* The next code point in small letters; false at the end. */
static bool next_point(const struct text *t, size_t *at, int32_t *ret_point)
{
    utf8proc_int32_t point;

    if (*at >= t->len)
        return false;
    utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)t->bytes + *at,
                                              (utf8proc_ssize_t)(t->len - *at), &point);
    assert(taken > 0); /* Texts are valid. */
    *at += (size_t)taken;
    *ret_point = utf8proc_tolower(point);
    return true;
}

int text_order(const struct text *a, const struct text *b)
{
    size_t i = 0, k = 0;
    int32_t one, other;

    for (;;) {
        bool more = next_point(a, &i, &one), others = next_point(b, &k, &other);
        if (!more || !others)
            return (int)more - (int)others;
        if (one != other)
            return one < other ? -1 : 1;
    }
}

bool text_alike(const struct text *a, const struct text *b)
{
    return a && b && text_order(a, b) == 0;
}
