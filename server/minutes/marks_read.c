#include "minutes/marks_read.h"

#include <string.h>
#include <utf8proc.h>

int32_t read_point(const char *bytes, size_t len, size_t at, size_t *ret_taken)
{
    utf8proc_int32_t point;
    utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)bytes + at,
                                              (utf8proc_ssize_t)(len - at), &point);

    *ret_taken = taken > 0 ? (size_t)taken : 1;
    return taken > 0 ? point : 0xFFFD;
}

size_t read_before(const char *bytes, size_t at)
{
    while (at > 0 && ((unsigned char)bytes[--at] & 0xC0) == 0x80)
        continue;
    return at;
}

bool read_is_letter(int32_t point)
{
    switch ((int)utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
        return true;
    default:
        return false;
    }
}

bool read_letter(const char *bytes, size_t len, size_t at)
{
    size_t taken;

    return at < len && read_is_letter(read_point(bytes, len, at, &taken));
}

/* In small letters and without accents; 0 where it is longer than a name. */
static size_t fold(const char *bytes, size_t len, char to[static WORD_ROOM])
{
    size_t out = 0, taken;

    for (size_t at = 0; at < len; at += taken) {
        utf8proc_int32_t points[16];
        int bound = 0;
        utf8proc_ssize_t n = utf8proc_decompose_char(
            read_point(bytes, len, at, &taken), points, 16,
            UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &bound);
        for (utf8proc_ssize_t i = 0; i < n && i < 16; i++) {
            if (out + 5 > WORD_ROOM)
                return 0;
            out += (size_t)utf8proc_encode_char(points[i], (utf8proc_uint8_t *)to + out);
        }
    }
    return out;
}

struct token read_token(const char *bytes, size_t len, size_t at)
{
    struct token w = { .at = at };
    size_t taken, end = at, small = 0;
    bool second_small = false;

    for (; read_letter(bytes, len, end); end += taken) {
        bool upper = utf8proc_category(read_point(bytes, len, end, &taken)) == UTF8PROC_CATEGORY_LU;
        w.capital = w.points == 0 ? upper : w.capital;
        second_small = w.points == 1 ? !upper : second_small;
        small += !upper;
        w.points++;
    }
    w.len = end - at;
    w.folded_len = fold(bytes + at, w.len, w.folded);
    if (w.capital)
        w.shape = w.points == 1  ? SHAPE_INITIAL
                  : small == 0   ? SHAPE_CAPITALS
                  : second_small ? SHAPE_CAPITAL
                                 : SHAPE_SMALL;
    return w;
}

bool read_is(const struct token *w, const char *folded)
{
    return w->folded_len == strlen(folded) && memcmp(w->folded, folded, w->folded_len) == 0;
}

bool read_same(const char *one, size_t one_len, const char *other, size_t other_len)
{
    size_t i = 0, k = 0, in_one, in_other;

    while (i < one_len && k < other_len) {
        if (utf8proc_tolower(read_point(one, one_len, i, &in_one)) !=
            utf8proc_tolower(read_point(other, other_len, k, &in_other)))
            return false;
        i += in_one;
        k += in_other;
    }
    return i == one_len && k == other_len;
}

bool read_alike(const char *bytes, size_t len, const struct text *t)
{
    return read_same(bytes, len, t->bytes, t->len);
}
