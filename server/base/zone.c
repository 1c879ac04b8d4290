#include "base/zone.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/scoped.h"
#include "base/zone_rule.h"

#define FOLDER "/usr/share/zoneinfo/"

enum {
    FILE_MAX = 65536, /* The largest of tzdata has 4 kB. */
    HEADER = 44,
    COUNTS = 20, /* Where the six counts of a header begin. */
    KIND_BYTES = 6,
    RULE_MAX = 128,
};

static const char home_rule[] = "CET-1CEST,M3.5.0,M10.5.0/3";

struct zone {
    size_t count;         /* Changes of clocks. */
    const uint8_t *times; /* When, 8 bytes each; in `bytes`, as all that follows. */
    const uint8_t *kinds; /* What they are from then on: indices, a byte each. */
    const uint8_t *kind;  /* KIND_BYTES each, the offset first. */
    bool has_rule;
    struct zone_rule rule; /* After the last change. */
    uint8_t bytes[];
};

/* What stands in a header, in its order. */
struct counts {
    size_t is_ut, is_standard, leaps, times, kinds, chars;
};

static uint64_t big_endian(const uint8_t *at, size_t bytes)
{
    uint64_t n = 0;

    for (size_t i = 0; i < bytes; i++)
        n = n << 8 | at[i];
    return n;
}

static bool header(const uint8_t *at, size_t len, struct counts *ret_counts)
{
    size_t n[6];

    if (len < HEADER || memcmp(at, "TZif", 4) != 0 || at[4] < '2')
        return false;
    for (size_t i = 0; i < 6; i++) {
        n[i] = (size_t)big_endian(at + COUNTS + 4 * i, 4);
        if (n[i] > FILE_MAX)
            return false;
    }
    *ret_counts = (struct counts){ n[0], n[1], n[2], n[3], n[4], n[5] };
    return true;
}

static size_t size_of(const struct counts *c, size_t time_bytes)
{
    return c->times * (time_bytes + 1) + c->kinds * KIND_BYTES + c->chars +
           c->leaps * (time_bytes + 4) + c->is_standard + c->is_ut;
}

/* The line at the end, "\nRULE\n"; an empty one says that nothing is known. */
static bool footer(const uint8_t *at, size_t len, struct zone *z)
{
    char text[RULE_MAX];

    if (len < 2 || len > sizeof(text) || at[0] != '\n' || at[len - 1] != '\n')
        return false;
    memcpy(text, at + 1, len - 2);
    text[len - 2] = '\0';
    z->has_rule = len > 2;
    return !z->has_rule || (strlen(text) == len - 2 && zone_rule_read(text, &z->rule));
}

/* The first block, of 32 bits, is passed over. */
static bool parse(struct zone *z, size_t len)
{
    struct counts old, c;

    if (!header(z->bytes, len, &old))
        return false;
    size_t at = HEADER + size_of(&old, 4);
    if (at > len || !header(z->bytes + at, len - at, &c))
        return false;
    at += HEADER;
    if (c.kinds == 0 || c.leaps != 0 || at + size_of(&c, 8) > len)
        return false;
    z->count = c.times;
    z->times = z->bytes + at;
    z->kinds = z->times + 8 * c.times;
    z->kind = z->kinds + c.times;
    for (size_t i = 0; i < c.times; i++)
        if (z->kinds[i] >= c.kinds)
            return false;
    at += size_of(&c, 8);
    return footer(z->bytes + at, len - at, z);
}

static void fd_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

/* The zone of a file, NULL where there is none; false when memory is exhausted. */
static bool load(const char *name, struct zone **ret_zone)
{
    char path[sizeof(FOLDER) + ZONE_NAME_MAX];
    size_t len = 0;
    ssize_t got;

    *ret_zone = NULL;
    if (!zone_name_matches(name, strlen(name)))
        return true;
    snprintf(path, sizeof(path), FOLDER "%s", name);
    SCOPED(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return true;
    struct zone *z = alloc_many(1, sizeof(*z) + FILE_MAX);
    if (!z)
        return false;
    while ((got = read(fd, z->bytes + len, FILE_MAX - len)) > 0)
        len += (size_t)got;
    if (got == 0 && parse(z, len))
        *ret_zone = z;
    else
        free(z);
    return true;
}

static bool is_name_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' ||
           c == '-' || c == '_';
}

bool zone_name_matches(const char *bytes, size_t len)
{
    bool begins = true; /* A word of the name. */

    if (len < 1 || len > ZONE_NAME_MAX || bytes[0] < 'A' || bytes[0] > 'Z')
        return false;
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] != '/' && !is_name_char(bytes[i]))
            return false;
        if (bytes[i] == '/' && begins)
            return false;
        begins = bytes[i] == '/';
    }
    return !begins;
}

bool zone_known(const char *name)
{
    struct zone *z = NULL;

    if (strcmp(name, "Factory") == 0) /* It stands for a clock that nobody has set. */
        return false;
    bool known = load(name, &z) && z;
    zone_free(z);
    return known;
}

struct zone *zone_open(const char *name)
{
    struct zone *z = NULL;

    if ((name && !load(name, &z)) || (!z && !load(ZONE_HOME, &z)))
        return NULL;
    if (!z) {
        z = alloc_many(1, sizeof(*z));
        if (z)
            z->has_rule = zone_rule_read(home_rule, &z->rule);
    }
    return z;
}

void zone_free(struct zone *z)
{
    free(z);
}

static int64_t time_at(const struct zone *z, size_t i)
{
    return (int64_t)big_endian(z->times + 8 * i, 8);
}

int32_t zone_offset(const struct zone *z, int64_t when)
{
    size_t low = 0, high = z->count; /* How many changes have been. */

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (time_at(z, middle) <= when)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == z->count && z->has_rule)
        return zone_rule_offset(&z->rule, when);
    size_t kind = low == 0 ? 0 : z->kinds[low - 1];
    return (int32_t)big_endian(z->kind + KIND_BYTES * kind, 4);
}

struct tm zone_time(const struct zone *z, int64_t when)
{
    time_t here = (time_t)(when + zone_offset(z, when));
    struct tm shown = { 0 };

    gmtime_r(&here, &shown);
    return shown;
}
