#include "minutes/marks_places.h"

#include <strings.h>

#include "minutes/marks_ascii.h"
#include "minutes/marks_read.h"
#include "minutes/marks_words.h"

/* Streets. */

/* Words before the street's own: "Søndre Ringvej", "Mette Holms Vej". */
enum { STREET_WORDS = 4 };

/* "12", "4 B", "7, 2. tv." */
static size_t house_end(const char *bytes, size_t len, size_t at)
{
    size_t n = digits_at(bytes, len, at), end = at + n;

    if (n == 0 || n > 3)
        return 0;
    size_t blank = end < len && bytes[end] == ' ' ? 1 : 0;
    bool letter = end + blank < len && is_letter(bytes[end + blank]) &&
                  (end + blank + 1 >= len || !is_letter(bytes[end + blank + 1])) &&
                  (blank == 0 || (bytes[end + 1] >= 'A' && bytes[end + 1] <= 'H'));
    return letter ? end + blank + 1 : end;
}

size_t marks_address(const char *bytes, size_t len, size_t at)
{
    size_t end = at;

    for (int i = 0; i < STREET_WORDS; i++) {
        struct token w = read_token(bytes, len, end);
        bool street =
            w.len > 0 && (i > 0 || w.capital) && marks_word_is_street(w.folded, w.folded_len);
        end += w.len;
        if (w.len == 0 || !(w.capital || street) || end >= len || bytes[end] != ' ')
            return 0;
        end++;
        size_t house = street ? house_end(bytes, len, end) : 0;
        if (house > 0)
            return house - at;
    }
    return 0;
}

/* Birthdays. */

static bool is_born(const struct token *w)
{
    return read_is(w, "født") || read_is(w, "f") || read_is(w, "fødselsdag") ||
           read_is(w, "fødselsdato") || read_is(w, "fødselar") || read_is(w, "born") ||
           read_is(w, "birthday");
}

/* Whether "født", "f." stands before, with at most "den", "d." or "er" between. */
static bool is_behind_born(const char *bytes, size_t len, size_t at)
{
    for (int i = 0; i < 3; i++) {
        while (at > 0 && strchr(" .:", bytes[at - 1]))
            at--;
        size_t end = at;
        while (at > 0 && read_letter(bytes, len, read_before(bytes, at)))
            at = read_before(bytes, at);
        if (at == end)
            return false;
        struct token w = read_token(bytes, len, at);
        if (is_born(&w))
            return true;
        if (!read_is(&w, "den") && !read_is(&w, "d") && !read_is(&w, "er") && !read_is(&w, "on") &&
            !read_is(&w, "i"))
            return false;
    }
    return false;
}

size_t marks_birthday(const char *bytes, size_t len, size_t at)
{
    size_t end = at + (is_fresh(bytes, at) ? digits_at(bytes, len, at) : 0);

    if (end == at || !is_behind_born(bytes, len, at))
        return 0;
    for (int i = 0; i < 2 && end < len; i++) {
        size_t gap = end;
        while (gap < len && strchr(" .-/", bytes[gap]) && bytes[gap])
            gap++;
        struct token month = read_token(bytes, len, gap);
        bool known = month.len > 0 && marks_word_is_month(month.folded, month.folded_len);
        size_t n = known ? month.len : gap > end ? digits_at(bytes, len, gap) : 0;
        if (n == 0)
            break;
        end = gap + n;
    }
    return end - at;
}

/* The net. */

static bool in_link(char c)
{
    return is_letter(c) || is_digit(c) || (c && strchr("-._~:/?#[]@!$&'()*+,;=%", c));
}

size_t marks_link(const char *bytes, size_t len, size_t at)
{
    static const char *const begins[] = { "http://", "https://", "www." };
    size_t end = 0;

    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
        size_t n = strlen(begins[i]);
        if (len - at > n && strncasecmp(bytes + at, begins[i], n) == 0)
            end = at + n;
    }
    if (end == 0 || !in_link(bytes[end]))
        return 0;
    while (end < len && in_link(bytes[end]))
        end++;
    while (strchr(".,;:!?)", bytes[end - 1]))
        end--;
    return end - at;
}

size_t marks_handle(const char *bytes, size_t len, size_t at)
{
    size_t end = at + 1;

    if (bytes[at] != '@' || (at > 0 && (is_letter(bytes[at - 1]) || is_digit(bytes[at - 1]))))
        return 0;
    while (end < len && (is_letter(bytes[end]) || is_digit(bytes[end]) ||
                         (strchr("._-", bytes[end]) && bytes[end] && end + 1 < len &&
                          (is_letter(bytes[end + 1]) || is_digit(bytes[end + 1])))))
        end++;
    return end > at + 2 ? end - at : 0;
}
