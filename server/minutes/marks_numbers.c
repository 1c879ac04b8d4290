#include "minutes/marks_numbers.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes beyond ASCII stand in letters of other languages. */
static bool is_letter(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
}

static size_t digits_at(const char *bytes, size_t len, size_t at)
{
    size_t n = 0;

    while (at + n < len && is_digit(bytes[at + n]))
        n++;
    return n;
}

static int number(const char *bytes, size_t digits)
{
    int n = 0;

    for (size_t i = 0; i < digits; i++)
        n = 10 * n + (bytes[i] - '0');
    return n;
}

/* Whether a number can begin here: it is not the rest of a word, or of a larger number. */
static bool is_fresh(const char *bytes, size_t at)
{
    if (at == 0)
        return true;
    char last = bytes[at - 1];
    bool joined = at > 1 && strchr(".,-/:", last) && is_digit(bytes[at - 2]);
    return !is_digit(last) && !is_letter(last) && !joined && last != '+' && last != '#';
}

static bool in_address(char c)
{
    return is_letter(c) || is_digit(c) || (c && strchr("._%+-", c));
}

size_t marks_email(const char *bytes, size_t len, size_t at)
{
    size_t end = at, dot = 0;

    if (!in_address(bytes[at]) || (at > 0 && in_address(bytes[at - 1])))
        return 0;
    while (end < len && in_address(bytes[end]))
        end++;
    if (end == at || end >= len || bytes[end] != '@')
        return 0;
    size_t host = ++end;
    for (; end < len && (is_letter(bytes[end]) || is_digit(bytes[end]) || bytes[end] == '-' ||
                         (bytes[end] == '.' && end > host && end + 1 < len &&
                          (is_letter(bytes[end + 1]) || is_digit(bytes[end + 1]))));
         end++)
        if (bytes[end] == '.')
            dot = end;
    return dot > host && end - dot > 2 ? end - at : 0;
}

static bool is_day(const char *ddmm)
{
    int day = number(ddmm, 2), month = number(ddmm + 2, 2);

    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

size_t marks_cpr(const char *bytes, size_t len, size_t at)
{
    static const char *const lines[] = { "-", " ", "–", " - ", "- ", "" };
    size_t first = is_fresh(bytes, at) ? digits_at(bytes, len, at) : 0;

    if ((first != 6 && first != 10) || !is_day(bytes + at))
        return 0;
    if (first == 10)
        return 10;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        size_t n = strlen(lines[i]);
        if (len - at >= 10 + n && memcmp(bytes + at + 6, lines[i], n) == 0 &&
            digits_at(bytes, len, at + 6 + n) == 4)
            return 10 + n;
    }
    return 0;
}

/* A blank of one kind or another between groups of digits. */
static size_t gap_at(const char *bytes, size_t len, size_t at)
{
    static const char *const gaps[] = { " ", "\u00a0", "\u202f", "\u2009" };

    for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++) {
        size_t n = strlen(gaps[i]);
        if (len - at > n && memcmp(bytes + at, gaps[i], n) == 0)
            return n;
    }
    return 0;
}

static bool is_year(const char *bytes)
{
    return memcmp(bytes, "19", 2) == 0 || memcmp(bytes, "20", 2) == 0;
}

/* The groups of digits from `at` on. */
struct digits {
    size_t count, groups, end;
    size_t sizes[8], starts[8];
};

static struct digits groups_at(const char *bytes, size_t len, size_t at)
{
    struct digits d = { .end = at };

    while (d.groups < 8) {
        size_t gap = d.groups > 0 ? gap_at(bytes, len, d.end) : 0;
        size_t n = d.groups > 0 && gap == 0 ? 0 : digits_at(bytes, len, d.end + gap);
        if (n == 0)
            break;
        d.starts[d.groups] = d.end + gap;
        d.sizes[d.groups++] = n;
        d.count += n;
        d.end += gap + n;
    }
    return d;
}

/* Eight digits as Danes group them, that are neither two years, nor a day, nor money. */
static bool is_danish(const char *bytes, size_t len, const struct digits *d)
{
    static const size_t usual[][4] = { { 8 }, { 4, 4 }, { 2, 2, 2, 2 }, { 2, 3, 3 }, { 3, 2, 3 } };
    const char *first = bytes + d->starts[0];
    bool fits = false;

    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
        bool same = true;
        for (size_t g = 0; g < 4; g++)
            same = same && (g < d->groups ? d->sizes[g] : 0) == usual[i][g];
        fits = fits || (same && d->groups <= 4);
    }
    if (!fits || first[0] < '2')
        return false;
    if (d->groups == 2 && is_year(first) && is_year(bytes + d->starts[1]))
        return false;
    if (d->groups == 1 && is_year(first) && number(first + 4, 2) >= 1 &&
        number(first + 4, 2) <= 12 && number(first + 6, 2) >= 1 && number(first + 6, 2) <= 31)
        return false;
    return len - d->end < 3 || strncasecmp(bytes + d->end, " kr", 3) != 0;
}

size_t marks_phone(const char *bytes, size_t len, size_t at)
{
    bool abroad = bytes[at] == '+' || (len - at > 4 && memcmp(bytes + at, "0045", 4) == 0);
    size_t from = at + (bytes[at] == '+');

    if (!is_fresh(bytes, at) || !is_digit(bytes[from < len ? from : at]))
        return 0;
    struct digits d = groups_at(bytes, len, from);
    if (d.groups == 0 ||
        (d.end + 1 < len && strchr(".,-/", bytes[d.end]) && is_digit(bytes[d.end + 1])) ||
        (d.end < len && is_letter(bytes[d.end]) && gap_at(bytes, len, d.end) == 0))
        return 0;
    if (abroad)
        return d.count >= 8 && d.count <= 15 ? d.end - at : 0;
    return d.count == 8 && is_danish(bytes, len, &d) ? d.end - at : 0;
}

size_t marks_class(const char *bytes, size_t len, size_t at)
{
    size_t digits = is_fresh(bytes, at) ? digits_at(bytes, len, at) : 0, end = at + digits;

    if (digits == 0 || digits > 2 || number(bytes + at, digits) > 10 ||
        (digits == 2 && bytes[at] == '0'))
        return 0;
    bool dot = end < len && bytes[end] == '.';
    end += dot;
    bool apart = dot && end < len && bytes[end] == ' ';
    end += apart;
    if (end >= len || !bytes[end] || !strchr("abcdefghxyzABCDEFGHXYZ", bytes[end]))
        return 0;
    char letter = bytes[end++];
    bool goes_on = end < len && (is_letter(bytes[end]) || is_digit(bytes[end]));
    bool measure = !dot && strchr("DGdg", letter) && number(bytes + at, digits) <= 5;
    bool article = apart && (letter == 'a' || letter == 'A') && end < len && bytes[end] == ' ' &&
                   end + 1 < len && bytes[end + 1] >= 'a' && bytes[end + 1] <= 'z' && letter == 'a';
    return goes_on || measure || article ? 0 : end - at;
}

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

size_t marks_under_five(const char *bytes, size_t len, size_t at)
{
    static const char *const less[] = { "under fem",   "under 5",         "færre end fem",
                                        "færre end 5", "fewer than five", "fewer than 5",
                                        "under five" };

    if (bytes[at] == '<')
        return below(bytes, len, at);
    for (size_t i = 0; i < sizeof(less) / sizeof(less[0]); i++) {
        size_t n = strlen(less[i]);
        if (len - at > n && strncasecmp(bytes + at, less[i], n) == 0 && bytes[at + n] == ' ')
            return n;
    }
    return is_fresh(bytes, at) && digits_at(bytes, len, at) == 1 && bytes[at] >= '1' &&
                   bytes[at] <= '4' && at + 1 < len && bytes[at + 1] == ' '
               ? 1
               : 0;
}
