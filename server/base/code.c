#include "base/code.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/clean.h"

enum { HALF = 4, PAGES = 4 };

/* Where a code may be found, the surest first. */
enum place {
    PLACE_LINK,     /* Behind the name of a page. */
    PLACE_DASHED,   /* "K7QM-4XPR", with blanks round the dash too. */
    PLACE_TOGETHER, /* "K7QM4XPR" */
    PLACE_CAPITALS, /* "K7QM 4XPR": in small letters these may be two words. */
    PLACE_COUNT,
};

static const char *const pages[PAGES] = { "/m/", "/console/", "/board/", "/minutes/" };

void code_new(char ret_chars[static CODE_CHARS + 1])
{
    static const char alphabet[] = CODE_ALPHABET;
    char *to = ret_chars;

    while (to < ret_chars + CODE_CHARS) {
        uint8_t byte;
        if (to == ret_chars + HALF) {
            *to++ = '-';
            continue;
        }
        random_fill(&byte, 1);
        if (byte < 248) /* 8 * 31: beyond it the first letters would come more often. */
            *to++ = alphabet[byte % 31];
    }
    *to = '\0';
}

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* How many of the letters of a code stand here, up to half a code. */
static size_t half_at(const char *at, bool capitals)
{
    size_t n = 0;

    while (n < HALF && at[n] && (!capitals || !islower((unsigned char)at[n])) &&
           strchr(CODE_ALPHABET, toupper((unsigned char)at[n])))
        n++;
    return n;
}

/* What stands between the halves; SIZE_MAX where it is not what belongs there. */
static size_t between(const char *at, enum place place)
{
    size_t blank = place == PLACE_DASHED && at[0] == ' ' ? 1 : 0;

    switch (place) {
    case PLACE_LINK:
        return at[0] == '-' ? 1 : 0;
    case PLACE_DASHED:
        if (at[blank] != '-')
            return SIZE_MAX;
        return blank + 1 + (at[blank + 1] == ' ' ? 1 : 0);
    case PLACE_TOGETHER:
        return 0;
    case PLACE_CAPITALS:
        return at[0] == ' ' ? 1 : SIZE_MAX;
    case PLACE_COUNT:
        break;
    }
    return SIZE_MAX;
}

static bool begins_at(const char *text, size_t at, enum place place)
{
    if (place != PLACE_LINK)
        return at == 0 || !is_alphanumeric(text[at - 1]);
    for (size_t i = 0; i < PAGES; i++) {
        size_t len = strlen(pages[i]);
        if (at >= len && memcmp(text + at - len, pages[i], len) == 0)
            return true;
    }
    return false;
}

static bool found_at(const char *text, size_t at, enum place place,
                     char ret_chars[static CODE_CHARS + 1])
{
    bool capitals = place == PLACE_CAPITALS;
    const char *first = text + at;

    if (!begins_at(text, at, place) || half_at(first, capitals) < HALF)
        return false;
    size_t gap = between(first + HALF, place);
    if (gap == SIZE_MAX)
        return false;
    const char *second = first + HALF + gap;
    if (half_at(second, capitals) < HALF || is_alphanumeric(second[HALF]))
        return false;
    for (size_t i = 0; i < HALF; i++) {
        ret_chars[i] = (char)toupper((unsigned char)first[i]);
        ret_chars[HALF + 1 + i] = (char)toupper((unsigned char)second[i]);
    }
    ret_chars[HALF] = '-';
    ret_chars[CODE_CHARS] = '\0';
    return true;
}

/* Eight letters with nothing but blanks and dashes among them, wherever these stand. */
static bool spelled(const char *text, char ret_chars[static CODE_CHARS + 1])
{
    char letters[2 * HALF + 1];
    size_t n = 0;

    for (const char *c = text; *c; c++) {
        if (*c == ' ' || *c == '-')
            continue;
        if (n == 2 * HALF)
            return false;
        letters[n++] = *c;
    }
    letters[n] = '\0';
    return found_at(letters, 0, PLACE_TOGETHER, ret_chars);
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : isxdigit((unsigned char)c) ? (c | 0x20) - 'a' + 10 : -1;
}

/* Every dash becomes "-", and what an address writes as %XX a blank, but for its dash. */
static void make_plain(const char *bytes, size_t len, char *to)
{
    for (size_t i = 0; i < len; i++) {
        const unsigned char *c = (const unsigned char *)bytes + i;
        if (len - i > 2 && *c == '%' && hex_value(bytes[i + 1]) >= 0 &&
            hex_value(bytes[i + 2]) >= 0) {
            *to++ = hex_value(bytes[i + 1]) == 2 && hex_value(bytes[i + 2]) == 13 ? '-' : ' ';
            i += 2;
        } else if (len - i > 2 && c[0] == 0xE2 &&
                   ((c[1] == 0x80 && c[2] >= 0x90 && c[2] <= 0x95) ||
                    (c[1] == 0x88 && c[2] == 0x92))) { /* U+2010 to U+2015, U+2212 */
            *to++ = '-';
            i += 2;
        } else {
            *to++ = *c == '_' ? '-' : bytes[i];
        }
    }
    *to = '\0';
}

/* A code alone, with its dash or without: to read it no memory is asked for, which there may not
 * be. */
static bool is_bare(const char *chars, size_t len, char ret_chars[static CODE_CHARS + 1])
{
    char bare[CODE_CHARS + 1];

    if (len > CODE_CHARS)
        return false;
    memcpy(bare, chars, len);
    bare[len] = '\0';
    return found_at(bare, 0, len == CODE_CHARS ? PLACE_DASHED : PLACE_TOGETHER, ret_chars);
}

bool code_read(const char *chars, size_t len, char ret_chars[static CODE_CHARS + 1])
{
    char plain[CODE_TEXT_MAX + 1];
    bool found = false;

    if (is_bare(chars, len, ret_chars))
        return true;
    if (len > CODE_TEXT_MAX || !text_valid(chars, len))
        return false;
    struct text *cleaned = text_clean(chars, len, CLEAN_LINE);
    if (!cleaned)
        return false;
    make_plain(cleaned->bytes, cleaned->len, plain);
    size_t plain_len = strlen(plain);
    for (enum place place = 0; place < PLACE_COUNT && !found; place++)
        for (size_t at = 0; at < plain_len && !found; at++)
            found = found_at(plain, at, place, ret_chars);
    found = found || spelled(plain, ret_chars);
    text_unref(cleaned);
    return found;
}

bool code_alone(const char *chars, size_t len)
{
    char code[CODE_CHARS + 1];

    if (!code_read(chars, len, code))
        return false;
    if (len == CODE_CHARS)
        return strncasecmp(chars, code, len) == 0;
    return len == 2 * HALF && strncasecmp(chars, code, HALF) == 0 &&
           strncasecmp(chars + HALF, code + HALF + 1, HALF) == 0;
}
