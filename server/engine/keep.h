/* keep.h -- how long a meeting is kept, and when it is erased.
 *
 * The engine says when; the application erases, for that is no fact: nothing is left to hold it.
 */
#ifndef ENGINE_KEEP_H
#define ENGINE_KEEP_H

#include "engine/state.h"

enum { KEEP_DAYS_USUAL = 30 };

/* When the meeting is to be erased.  One that nobody has closed is kept for a day at the least, and
 * until its days after the one for which it is planned. */
struct instant keep_until(const struct meeting *m);

/* When a meeting is erased that ended then and is kept for so many days. */
struct instant keep_after_end(struct instant ended, int64_t days);

#endif
