#include "wire/pattern.h"

#include <string.h>

#include "base/zone.h"

enum { PART_ID_CHARS_MAX = 16, CODE_HALF = 4, URL_CHARS_MAX = 500 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_base64url(char c)
{
    return is_digit(c) || is_lower(c) || is_upper(c) || c == '_' || c == '-';
}

static bool is_part_id(char c)
{
    return is_digit(c) || is_lower(c) || c == '_' || c == '-';
}

/* A letter or digit of a join code, in either case. */
static bool is_code(char c)
{
    return c && strchr(CODE_ALPHABET, is_lower(c) ? c - 'a' + 'A' : c);
}

static bool all(bool (*is)(char c), const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!is(bytes[i]))
            return false;
    return true;
}

static bool code_matches(const char *bytes, size_t len)
{
    size_t dash = len == CODE_CHARS ? 1 : 0;

    if (len != 2 * CODE_HALF + dash || (dash && bytes[CODE_HALF] != '-'))
        return false;
    return all(is_code, bytes, CODE_HALF) && all(is_code, bytes + CODE_HALF + dash, CODE_HALF);
}

static int two_digits(const char *bytes)
{
    return (bytes[0] - '0') * 10 + (bytes[1] - '0');
}

/* Month and day in range, of any year, for journals have what was taken by the rules of their day;
 * day_is_taken knows better. */
static bool date_matches(const char *bytes, size_t len)
{
    if (len != 10 || !all(is_digit, bytes, 4) || bytes[4] != '-' || !all(is_digit, bytes + 5, 2) ||
        bytes[7] != '-' || !all(is_digit, bytes + 8, 2))
        return false;
    int month = two_digits(bytes + 5), day = two_digits(bytes + 8);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool day_is_taken(const char *date)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int year = two_digits(date) * 100 + two_digits(date + 2), month = two_digits(date + 5);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return year >= 2000 && year <= 2199 &&
           two_digits(date + 8) <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static bool time_matches(const char *bytes, size_t len)
{
    return len == 5 && all(is_digit, bytes, 2) && bytes[2] == ':' && all(is_digit, bytes + 3, 2) &&
           two_digits(bytes) <= 23 && two_digits(bytes + 3) <= 59;
}

static bool is_graphic(char c)
{
    return c >= '!' && c <= '~';
}

static bool url_matches(const char *bytes, size_t len)
{
    size_t scheme = strncmp(bytes, "https://", 8) == 0 ? 8 : 7;

    if (len < scheme || (scheme == 7 && strncmp(bytes, "http://", 7) != 0))
        return false;
    size_t rest = len - scheme;
    return rest >= 1 && rest <= URL_CHARS_MAX && all(is_graphic, bytes + scheme, rest);
}

bool pattern_matches(enum record_pattern pattern, const char *bytes, size_t len)
{
    struct uuid id;
    struct hash hash;

    switch (pattern) {
    case PATTERN_NONE:
        return true;
    case PATTERN_UUID:
        return uuid_read(bytes, len, &id);
    case PATTERN_HASH:
        return hash_read(bytes, len, &hash);
    case PATTERN_SECRET:
        return len == SECRET_CHARS && all(is_base64url, bytes, len);
    case PATTERN_CODE:
        return code_matches(bytes, len);
    case PATTERN_DATE:
        return date_matches(bytes, len);
    case PATTERN_TIME:
        return time_matches(bytes, len);
    case PATTERN_URL:
        return url_matches(bytes, len);
    case PATTERN_PART_ID:
        return len >= 1 && len <= PART_ID_CHARS_MAX && all(is_part_id, bytes, len);
    case PATTERN_ZONE:
        return zone_name_matches(bytes, len);
    }
    return false;
}
