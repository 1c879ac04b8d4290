/* zone.h -- what the clocks show where a meeting is, whatever the zone of the server.
 *
 * A zone is read from the system's own data (TZif, RFC 9636; Debian's package tzdata), with the
 * rule that holds after the last change of clocks that it lists.  Nothing of the process is set
 * or read for it (TZ, tzset), so that meetings in several zones and threads do not disturb each
 * other.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/* Where a meeting is that does not say. */
#define ZONE_HOME "Europe/Copenhagen"

enum { ZONE_NAME_MAX = 64 };

struct zone;

/* Whether the name has the form of one: "Europe/Copenhagen". */
bool zone_name_matches(const char *bytes, size_t len);

/* Whether the system has such a zone. */
bool zone_known(const char *name);

/* The zone of this name.  Where the system does not know it (any more), or `name` is NULL, that of
 * ZONE_HOME; where it has no data at all, by the rule that holds there since 1996.  NULL when
 * memory is exhausted. */
struct zone *zone_open(const char *name);
void zone_free(struct zone *z);

/* Seconds that its clocks are ahead of UTC at a moment, in seconds since 1970. */
int32_t zone_offset(const struct zone *z, int64_t when);

/* The day and hour that its clocks show. */
struct tm zone_time(const struct zone *z, int64_t when);

#endif
