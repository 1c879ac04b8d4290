#include "base/zone_rule.h"

#include <stddef.h>

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, CLOCK_HOURS_MAX = 167, OFFSET_HOURS_MAX = 24 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool skip(const char **at, char c)
{
    if (**at != c)
        return false;
    ++*at;
    return true;
}

static bool number(const char **at, int max, int *ret_number)
{
    int n = 0;

    if (!is_digit(**at))
        return false;
    for (; is_digit(**at); ++*at) {
        n = n * 10 + (**at - '0');
        if (n > max)
            return false;
    }
    *ret_number = n;
    return true;
}

/* "CET", "<+03>": what it is called does not matter. */
static bool name(const char **at)
{
    const char *from = *at;

    if (skip(at, '<')) {
        while (is_letter(**at) || is_digit(**at) || **at == '+' || **at == '-')
            ++*at;
        return skip(at, '>');
    }
    while (is_letter(**at))
        ++*at;
    return *at - from >= 3;
}

/* "3", "-1:30": hours, minutes and seconds, as seconds. */
static bool clock_time(const char **at, int hours_max, int32_t *ret_seconds)
{
    bool minus = skip(at, '-');
    int hours, minutes = 0, seconds = 0;

    if (!minus)
        skip(at, '+');
    if (!number(at, hours_max, &hours) || (skip(at, ':') && !number(at, 59, &minutes)))
        return false;
    if (skip(at, ':') && !number(at, 59, &seconds))
        return false;
    *ret_seconds = (hours * HOUR + minutes * MINUTE + seconds) * (minus ? -1 : 1);
    return true;
}

static bool change(const char **at, struct zone_change *c)
{
    *c = (struct zone_change){ .by = CHANGE_DAY, .second = 2 * HOUR };
    if (!skip(at, ','))
        return false;
    if (skip(at, 'M')) {
        c->by = CHANGE_WEEKDAY;
        if (!number(at, 12, &c->month) || c->month < 1 || !skip(at, '.') ||
            !number(at, 5, &c->week) || c->week < 1 || !skip(at, '.') || !number(at, 6, &c->day))
            return false;
    } else {
        c->by = skip(at, 'J') ? CHANGE_DAY_NO_LEAP : CHANGE_DAY;
        if (!number(at, 365, &c->day) || (c->by == CHANGE_DAY_NO_LEAP && c->day < 1))
            return false;
    }
    return !skip(at, '/') || clock_time(at, CLOCK_HOURS_MAX, &c->second);
}

bool zone_rule_read(const char *text, struct zone_rule *ret_rule)
{
    struct zone_rule r = { 0 };
    const char *at = text;

    if (!name(&at) || !clock_time(&at, OFFSET_HOURS_MAX, &r.offset))
        return false;
    r.offset = -r.offset; /* POSIX counts westwards. */
    if (*at) {
        r.has_summer = true;
        r.summer_offset = r.offset + HOUR;
        if (!name(&at))
            return false;
        if (*at != ',') {
            if (!clock_time(&at, OFFSET_HOURS_MAX, &r.summer_offset))
                return false;
            r.summer_offset = -r.summer_offset;
        }
        if (!change(&at, &r.begins) || !change(&at, &r.ends) || *at)
            return false;
    }
    *ret_rule = r;
    return true;
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 1970-01-01 to the first of January. */
static int64_t days_to(int64_t year)
{
    int64_t before = year - 1;
    int64_t leaps = before / 4 - before / 100 + before / 400;

    return (year - 1970) * 365 + leaps - (1969 / 4 - 1969 / 100 + 1969 / 400);
}

static int64_t year_of(int64_t days)
{
    int64_t year = 1970 + days / 366;

    while (days_to(year + 1) <= days)
        year++;
    while (days_to(year) > days)
        year--;
    return year;
}

/* 0: Sunday. */
static int weekday_of(int64_t days)
{
    return (int)(((days + 4) % 7 + 7) % 7);
}

/* The day of the change in a year, counted from 1970. */
static int64_t day_of(const struct zone_change *c, int64_t year)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int64_t day = days_to(year);

    if (c->by == CHANGE_DAY)
        return day + c->day;
    if (c->by == CHANGE_DAY_NO_LEAP)
        return day + c->day - 1 + (is_leap(year) && c->day >= 60 ? 1 : 0);
    for (int month = 1; month < c->month; month++)
        day += lengths[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
    int length = lengths[c->month - 1] + (c->month == 2 && is_leap(year) ? 1 : 0);
    int first = (c->day - weekday_of(day) + 7) % 7;
    int nth = first + (c->week - 1) * 7;
    return day + (nth < length ? nth : nth - 7);
}

int32_t zone_rule_offset(const struct zone_rule *rule, int64_t when)
{
    if (!rule->has_summer)
        return rule->offset;
    int64_t here = when + rule->offset;
    int64_t year = year_of(here >= 0 ? here / DAY : (here - DAY + 1) / DAY);
    int64_t begins = day_of(&rule->begins, year) * DAY + rule->begins.second - rule->offset;
    int64_t ends = day_of(&rule->ends, year) * DAY + rule->ends.second - rule->summer_offset;
    bool summer = begins < ends ? when >= begins && when < ends : when >= begins || when < ends;
    return summer ? rule->summer_offset : rule->offset;
}
