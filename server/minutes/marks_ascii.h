/* marks_ascii.h -- reading numbers, byte by byte. */
#ifndef MINUTES_MARKS_ASCII_H
#define MINUTES_MARKS_ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes beyond ASCII stand in letters of other languages. */
static inline bool is_letter(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
}

static inline size_t digits_at(const char *bytes, size_t len, size_t at)
{
    size_t n = 0;

    while (at + n < len && is_digit(bytes[at + n]))
        n++;
    return n;
}

static inline int number_of(const char *bytes, size_t digits)
{
    int n = 0;

    for (size_t i = 0; i < digits; i++)
        n = 10 * n + (bytes[i] - '0');
    return n;
}

/* Whether a number can begin here: it is not the rest of a word, or of a larger number. */
static inline bool is_fresh(const char *bytes, size_t at)
{
    if (at == 0)
        return true;
    char last = bytes[at - 1];
    bool joined = at > 1 && strchr(".,-/:", last) && is_digit(bytes[at - 2]);
    return !is_digit(last) && !is_letter(last) && !joined && last != '+' && last != '#';
}

#endif
