/* schedule.h -- the clock of the running part, and the plan of those to come.
 *
 * While a part runs, what it has used is what it may take less what is left until its deadline:
 *
 *     used = ms - (part_until - now)
 *
 * clock.add moves both, so there is nothing else to keep.
 */
#ifndef ENGINE_SCHEDULE_H
#define ENGINE_SCHEDULE_H

#include "engine/facts.h"
#include "engine/state.h"

/* All the time that a part has had until `now`. */
struct span schedule_used(const struct meeting *m, int part, struct instant now);

/* Leaves the running part, if one runs, and begins `part`, switching it on where it is off. */
void schedule_move(const struct meeting *m, int part, const struct context *context,
                   struct facts *out);

/* Leaves the running part, if one runs. */
void schedule_leave(const struct meeting *m, const struct context *context, struct facts *out);

/* When the next deadline comes; false when nothing is timed. */
bool schedule_wake_at(const struct meeting *m, struct instant *ret_at);

#endif
