#include "minutes/marks_people.h"

#include <strings.h>

#include "minutes/marks_ascii.h"
#include "minutes/marks_read.h"
#include "minutes/marks_words.h"

/* Classes. */

/* Letters that classes have when the dot is left out, or a blank stands behind it. */
static bool is_class_letter(char c)
{
    return c && strchr("abcdefghxyzABCDEFGHXYZ", c);
}

static bool ends_word(const char *bytes, size_t len, size_t at)
{
    return at >= len || !(is_letter(bytes[at]) || is_digit(bytes[at]));
}

/* "/b", " og b" of classes that are told together. */
static size_t more_classes(const char *bytes, size_t len, size_t at)
{
    static const char *const between[] = { "/", " og ", " & ", "+", " and " };

    for (size_t i = 0; i < sizeof(between) / sizeof(between[0]); i++) {
        size_t n = strlen(between[i]);
        if (len - at > n && memcmp(bytes + at, between[i], n) == 0 &&
            is_class_letter(bytes[at + n]) && ends_word(bytes, len, at + n + 1))
            return n + 1;
    }
    return 0;
}

/* Whether the letter at `end`, behind a number, tells a class: not "3D", "5. a day", "2 d". */
static bool is_class(const char *bytes, size_t len, size_t end, int number, bool dot, bool apart)
{
    char letter = bytes[end];
    bool beside = dot && !apart;
    bool measure = !dot && strchr("DGdg", letter) && number <= 5;
    bool small = letter >= 'a' && letter <= 'z';
    bool article = dot && apart && letter == 'a' && end + 2 < len && bytes[end + 1] == ' ' &&
                   bytes[end + 2] >= 'a' && bytes[end + 2] <= 'z';

    if (!(beside ? (letter | 0x20) >= 'a' && (letter | 0x20) <= 'z' : is_class_letter(letter)))
        return false;
    return !measure && !article && !(apart && !dot && small);
}

size_t marks_class(const char *bytes, size_t len, size_t at)
{
    size_t digits = is_fresh(bytes, at) ? digits_at(bytes, len, at) : 0, end = at + digits;
    int number = digits > 0 && digits <= 2 ? number_of(bytes + at, digits) : 11;

    if (number > 10 || (digits == 2 && bytes[at] == '0'))
        return 0;
    bool dot = end < len && bytes[end] == '.';
    end += dot;
    bool apart = end < len && bytes[end] == ' ';
    end += apart;
    if (end >= len || !is_class(bytes, len, end, number, dot, apart))
        return 0;
    end++;
    bool owned = end < len && bytes[end] == 's' && ends_word(bytes, len, end + 1);
    if (!ends_word(bytes, len, end) && !owned)
        return 0;
    for (size_t more = 1; !owned && more > 0;) {
        more = more_classes(bytes, len, end);
        end += more;
    }
    return end - at;
}

/* Groups of a few. */

/* "<5", "< 5" */
static size_t below(const char *bytes, size_t len, size_t at)
{
    bool blank = at + 1 < len && bytes[at + 1] == ' ';
    size_t n = bytes[at] != '<' ? 0 : blank ? 2 : 1;

    if (n == 0 || digits_at(bytes, len, at + n) != 1 || bytes[at + n] > '5')
        return 0;
    size_t end = at + n + 1;
    bool more = (end < len && bytes[end] == '%') ||
                (end + 1 < len && bytes[end] == ' ' && bytes[end + 1] == '%') ||
                (end + 1 < len && strchr(".,", bytes[end]) && is_digit(bytes[end + 1]));
    return more ? 0 : n + 1;
}

/* One of these, in whatever capitals, and a blank: how long it is, or 0. */
static size_t one_of(const char *const *words, const char *bytes, size_t len, size_t at)
{
    for (; *words; words++) {
        size_t n = strlen(*words);
        if (len - at > n && strncasecmp(bytes + at, *words, n) == 0 && bytes[at + n] == ' ')
            return n;
    }
    return 0;
}

/* A number under five: "3", "to", "<5", "færre end fem". */
static size_t number_at(enum locale locale, const char *bytes, size_t len, size_t at)
{
    static const char *const less[] = {
        "under fem",    "under 5",         "færre end fem", "færre end 5", "mindre end fem",
        "mindre end 5", "fewer than five", "fewer than 5",  "under five",  NULL
    };
    static const char *const danish[] = { "én", "ét", "to", "tre", "fire", NULL };
    static const char *const english[] = { "one", "two", "three", "four", NULL };

    if (bytes[at] == '<')
        return below(bytes, len, at);
    if (is_fresh(bytes, at) && digits_at(bytes, len, at) == 1 && bytes[at] >= '1' &&
        bytes[at] <= '4' && at + 1 < len && bytes[at + 1] == ' ')
        return 1;
    size_t words = one_of(less, bytes, len, at);
    return words ? words : one_of(locale == LOCALE_EN ? english : danish, bytes, len, at);
}

/* Of how many: " ud af fire", " out of 7"; where that ends, or 0. */
static size_t out_of(const char *bytes, size_t len, size_t at)
{
    static const char *const between[] = { " ud af", " out of", NULL };
    size_t n = one_of(between, bytes, len, at);

    if (n == 0)
        return 0;
    at += n + 1;
    size_t digits = digits_at(bytes, len, at);
    return at + (digits > 0 ? digits : read_token(bytes, len, at).len);
}

/* The people that a number counts: "elever", "tosprogede elever"; where they end, or 0. */
static size_t people_end(const char *bytes, size_t len, size_t at)
{
    size_t end = 0;

    for (int i = 0; i < 2 && at + 1 < len && bytes[at] == ' '; i++) {
        struct token w = read_token(bytes, len, at + 1);
        at += 1 + w.len;
        if (w.len > 0 && marks_word_is_group(w.folded, w.folded_len))
            end = at;
        else if (w.len == 0 || w.capital)
            break;
    }
    return end;
}

size_t marks_few(enum locale locale, const char *bytes, size_t len, size_t at)
{
    size_t number = number_at(locale, bytes, len, at);

    if (number == 0)
        return 0;
    size_t whole = out_of(bytes, len, at + number);
    size_t people = people_end(bytes, len, whole ? whole : at + number);
    size_t end = people ? people : whole ? whole : bytes[at] == '<' ? at + number : at;
    return end - at;
}
