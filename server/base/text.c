#include "base/text.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct text *text_new(const char *bytes, size_t len)
{
    assert(bytes || len == 0);
    struct text *t = alloc_bytes(sizeof(*t) + len + 1);
    if (!t)
        return NULL;
    t->refs = 1;
    t->len = len;
    if (len > 0)
        memcpy(t->bytes, bytes, len);
    t->bytes[len] = '\0';
    return t;
}

struct text *text_from(const char *string)
{
    return string ? text_new(string, strlen(string)) : NULL;
}

struct text *text_ref(struct text *t)
{
    if (t) {
        assert(t->refs > 0);
        t->refs++;
    }
    return t;
}

void text_unref(struct text *t)
{
    if (!t)
        return;
    assert(t->refs > 0);
    if (--t->refs == 0)
        free(t);
}

void text_put(struct text **at, struct text *t)
{
    text_ref(t);
    text_unref(*at);
    *at = t;
}

const char *text_str(const struct text *t)
{
    return t ? t->bytes : "";
}

bool text_same(const struct text *a, const struct text *b)
{
    if (!a || !b)
        return a == b;
    return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

bool text_is(const struct text *t, const char *string)
{
    return t && strcmp(t->bytes, string) == 0;
}

size_t text_points(const char *bytes, size_t len)
{
    size_t points = 0;

    for (size_t i = 0; i < len; i++)
        points += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return points;
}

/* How many bytes follow a leading byte, and the least code point that needs so many. */
static int follow(unsigned char lead, uint32_t *ret_least)
{
    if (lead < 0x80) {
        *ret_least = 1; /* NUL is not text. */
        return 0;
    }
    if ((lead & 0xE0) == 0xC0) {
        *ret_least = 0x80;
        return 1;
    }
    if ((lead & 0xF0) == 0xE0) {
        *ret_least = 0x800;
        return 2;
    }
    if ((lead & 0xF8) == 0xF0) {
        *ret_least = 0x10000;
        return 3;
    }
    return -1;
}

bool text_valid(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len;) {
        unsigned char lead = (unsigned char)bytes[i++];
        uint32_t least = 0;
        int more = follow(lead, &least);
        if (more < 0 || (size_t)more > len - i)
            return false;
        uint32_t point = more == 0 ? lead : lead & (0x3Fu >> more);
        for (int k = 0; k < more; k++, i++) {
            if (((unsigned char)bytes[i] & 0xC0) != 0x80)
                return false;
            point = point << 6 | ((unsigned char)bytes[i] & 0x3Fu);
        }
        if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
            return false;
    }
    return true;
}
