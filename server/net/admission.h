/* admission.h -- who may come in: a brake on guessing, and a count of open connections.
 *
 * A whole school sits behind one address, so joins are never limited; failures are, and who comes
 * with a good key or token is let in all the same (session_hold, api_request.held).  Each
 * address may fail LIMIT_FAILURES_A_MINUTE times a minute with a burst of LIMIT_FAILURES_BURST;
 * beyond that it waits.  All together may fail ADMISSION_ALL_A_MINUTE times a minute; while
 * they fail more often, addresses that have failed more than ADMISSION_PARDON times within ten
 * minutes wait as well, and so do unknown ones when so many have failed that not all can be
 * remembered (tests/README.md, rows 41 and 44).
 *
 * Pure: time comes as an argument, in ms on any clock that does not go back.
 */
#ifndef NET_ADMISSION_H
#define NET_ADMISSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/address.h"

struct admission;

enum {
    ADMISSION_ALL_A_MINUTE = 60,
    ADMISSION_ALL_BURST = 60,
    ADMISSION_PARDON = 3,
    ADMISSION_ADDRESSES_MAX = 4096, /* The one that failed longest ago makes room. */
};

/* `open_max` is how many connections may be open at once.  NULL when memory is exhausted. */
struct admission *admission_new(size_t open_max);

/* NULL is ignored. */
void admission_free(struct admission *a);

/* Somebody at this address gave a code, key or token that does not exist. */
void admission_failed(struct admission *a, const struct address *who, int64_t now);

/* Seconds that this address must wait before it may try again; 0 when it need not. */
int admission_wait(const struct admission *a, const struct address *who, int64_t now);

/* Counts a connection in; false when as many are open as may be. */
bool admission_enter(struct admission *a);
void admission_leave(struct admission *a);

struct admission_figures {
    size_t open, open_max;
    int64_t entered, turned_away; /* Connections since the start. */
    int64_t failures, held;       /* Attempts: failed ones, and all that came while it must wait. */
};

/* Counts one attempt of an address that must wait. */
void admission_held(struct admission *a);

struct admission_figures admission_figures(const struct admission *a);

#endif
