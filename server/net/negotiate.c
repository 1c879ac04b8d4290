#include "net/negotiate.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* One element of a comma-separated list: its value, and its weight in thousandths. */
struct element {
    const char *value;
    size_t len;
    int weight;
};

static const char *skip_blanks(const char *p)
{
    return p + strspn(p, " \t");
}

/* "q=0.8" -> 800; whatever else stands there counts in full. */
static int weight_read(const char *p)
{
    int weight = 0, place = 100;

    if ((p[0] != 'q' && p[0] != 'Q') || p[1] != '=')
        return 1000;
    p += 2;
    if (*p == '1')
        return 1000;
    if (*p != '0')
        return 0;
    if (*++p == '.')
        for (p++; isdigit((unsigned char)*p) && place > 0; p++, place /= 10)
            weight += (*p - '0') * place;
    return weight;
}

/* Takes the next element; returns what follows it, or NULL at the end. */
static const char *element_next(const char *p, struct element *ret_element)
{
    p += strspn(p, " \t,");
    if (!*p)
        return NULL;
    ret_element->value = p;
    ret_element->len = strcspn(p, ",; \t");
    ret_element->weight = 1000;
    p += ret_element->len;
    while (*(p = skip_blanks(p)) == ';') {
        p = skip_blanks(p + 1);
        if (*p == 'q' || *p == 'Q')
            ret_element->weight = weight_read(p);
        p += strcspn(p, ",;");
    }
    return p + strcspn(p, ",");
}

static bool is(const struct element *e, const char *value)
{
    return e->len == strlen(value) && strncasecmp(e->value, value, e->len) == 0;
}

/* "da-DK" begins with "da" as a whole subtag. */
static bool begins(const struct element *e, const char *locale)
{
    size_t n = strlen(locale);

    return e->len >= n && strncasecmp(e->value, locale, n) == 0 &&
           (e->len == n || e->value[n] == '-');
}

int negotiate_language(const char *header, const char *locale)
{
    struct element e;
    int named = -1, rest = 0;

    for (const char *p = header; (p = element_next(p, &e));) {
        if (begins(&e, locale))
            named = e.weight > named ? e.weight : named;
        else if (is(&e, "*"))
            rest = e.weight;
    }
    return named >= 0 ? named : rest;
}

bool negotiate_coding(const char *header, const char *coding)
{
    struct element e;
    int named = -1, rest = 0;

    for (const char *p = header; (p = element_next(p, &e));) {
        if (is(&e, coding) || (is(&e, "x-gzip") && strcmp(coding, "gzip") == 0))
            named = e.weight;
        else if (is(&e, "*"))
            rest = e.weight;
    }
    return (named >= 0 ? named : rest) > 0;
}

bool negotiate_etag(const char *header, const char *tag)
{
    size_t n = strlen(tag);

    for (const char *p = header; *(p += strspn(p, " \t,"));) {
        if (*p == '*')
            return true;
        if (strncmp(p, "W/", 2) == 0)
            p += 2;
        if (*p != '"')
            return false;
        const char *end = strchr(++p, '"');
        if (!end)
            return false;
        if ((size_t)(end - p) == n && memcmp(p, tag, n) == 0)
            return true;
        p = end + 1;
    }
    return false;
}

bool negotiate_query(const char *query, const char *name, char *ret_value, size_t room)
{
    size_t n = strlen(name);

    for (const char *p = query; *p; p += strspn(p, "&")) {
        size_t len = strcspn(p, "&");
        if (len > n && p[n] == '=' && strncmp(p, name, n) == 0) {
            if (len - n - 1 >= room)
                return false;
            memcpy(ret_value, p + n + 1, len - n - 1);
            ret_value[len - n - 1] = '\0';
            return true;
        }
        p += len;
    }
    return false;
}
