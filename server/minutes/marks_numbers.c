#include "minutes/marks_numbers.h"

#include <strings.h>

#include "minutes/marks_ascii.h"

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
    int day = number_of(ddmm, 2), month = number_of(ddmm + 2, 2);

    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/* What may stand between the day and its four digits; how long it is. */
static size_t line_at(const char *bytes, size_t len, size_t at)
{
    static const char *const lines[] = { " - ", " – ", "- ", "-", "–", " ", "/" };

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        size_t n = strlen(lines[i]);
        if (len - at > n && memcmp(bytes + at, lines[i], n) == 0)
            return n;
    }
    return 0;
}

/* The four, or what stands in their place when somebody has taken them out. */
static size_t four_at(const char *bytes, size_t len, size_t at)
{
    if (digits_at(bytes, len, at) == 4)
        return 4;
    bool hidden = len - at >= 4 &&
                  (strncasecmp(bytes + at, "xxxx", 4) == 0 || memcmp(bytes + at, "****", 4) == 0);
    return hidden ? 4 : 0;
}

/* "010203", "01 02 03", "01.02.03": where it ends, and its digits; 0 where it is no day. */
static size_t day_end(const char *bytes, size_t len, size_t at, char ret_day[static 6])
{
    if (digits_at(bytes, len, at) == 6) {
        memcpy(ret_day, bytes + at, 6);
        return at + 6;
    }
    if (len - at < 8 || !strchr(" .-/", bytes[at + 2]) || bytes[at + 5] != bytes[at + 2])
        return 0;
    for (size_t i = 0; i < 3; i++) {
        if (digits_at(bytes, len, at + 3 * i) != 2)
            return 0;
        memcpy(ret_day + 2 * i, bytes + at + 3 * i, 2);
    }
    return at + 8;
}

size_t marks_cpr(const char *bytes, size_t len, size_t at)
{
    char day[6];

    if (!is_fresh(bytes, at) || !is_digit(bytes[at]))
        return 0;
    if (digits_at(bytes, len, at) == 10)
        return is_day(bytes + at) ? 10 : 0;
    size_t end = day_end(bytes, len, at, day);
    if (end == 0 || !is_day(day))
        return 0;
    size_t line = line_at(bytes, len, end), four = four_at(bytes, len, end + line);
    return line > 0 && four > 0 ? end + line + four - at : 0;
}

/* What stands between groups of digits: a blank of one kind or another, a line, a dot. */
static size_t gap_at(const char *bytes, size_t len, size_t at)
{
    static const char *const gaps[] = { ") ",     ")", " ", "\u00a0", "\u202f",
                                        "\u2009", "-", "–", ".",      "/" };

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
    char between; /* The first byte of what stands between them; 0: not always the same. */
};

static struct digits groups_at(const char *bytes, size_t len, size_t at)
{
    struct digits d = { .end = at };

    while (d.groups < 8) {
        size_t gap = d.groups > 0 ? gap_at(bytes, len, d.end) : 0;
        size_t n = d.groups > 0 && gap == 0 ? 0 : digits_at(bytes, len, d.end + gap);
        if (n == 0)
            break;
        if (d.groups > 0)
            d.between = d.groups == 1 || d.between == bytes[d.end] ? bytes[d.end] : '\0';
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
    bool pairs = d->groups == 4 && d->sizes[0] == 2;
    bool lined = d->groups == 2 && strchr("-\xe2", d->between);
    bool blank = d->groups == 1 || strchr(" \xc2\xe2", d->between);
    if (!fits || (first[0] < '2' && !pairs) || (d->groups > 1 && d->between == '\0') ||
        !(pairs || lined || blank))
        return false;
    if (d->groups == 2 && is_year(first) && is_year(bytes + d->starts[1]))
        return false;
    if (d->groups == 1 && is_year(first) && number_of(first + 4, 2) >= 1 &&
        number_of(first + 4, 2) <= 12 && number_of(first + 6, 2) >= 1 &&
        number_of(first + 6, 2) <= 31)
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
    while (!abroad && d.groups > 4 &&
           d.sizes[0] == 2) { /* "22 34 56 78 90": rather one too many. */
        d.groups--;
        d.count -= d.sizes[d.groups];
        d.end = d.starts[d.groups - 1] + d.sizes[d.groups - 1];
    }
    if (d.groups == 0 ||
        (d.end + 1 < len && strchr(".,", bytes[d.end]) && is_digit(bytes[d.end + 1])) ||
        (d.end < len && is_letter(bytes[d.end]) && gap_at(bytes, len, d.end) == 0))
        return 0;
    if (abroad)
        return d.count >= 8 && d.count <= 15 ? d.end - at : 0;
    return d.count == 8 && is_danish(bytes, len, &d) ? d.end - at : 0;
}
