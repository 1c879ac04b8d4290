/* zone_rule.h -- when clocks are set each year, as POSIX writes it: "CET-1CEST,M3.5.0,M10.5.0/3"
 * (RFC 9636, 3.3; POSIX.1-2017, 8.3, TZ). */
#ifndef BASE_ZONE_RULE_H
#define BASE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

/* A day of each year, and the second of it. */
struct zone_change {
    enum { CHANGE_WEEKDAY, CHANGE_DAY, CHANGE_DAY_NO_LEAP } by;
    int month, week, day; /* WEEKDAY: the week'th (5: the last) of that weekday. Else: the day. */
    int32_t second;       /* By the clocks as they are before; negative: of the day before. */
};

struct zone_rule {
    int32_t offset, summer_offset; /* Seconds ahead of UTC. */
    bool has_summer;
    struct zone_change begins, ends; /* Of summer time. */
};

/* Reads a rule; false, and nothing written, where it is none. */
bool zone_rule_read(const char *text, struct zone_rule *ret_rule);

/* Seconds ahead of UTC at a moment, in seconds since 1970. */
int32_t zone_rule_offset(const struct zone_rule *rule, int64_t when);

#endif
