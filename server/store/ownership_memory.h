/* ownership_memory.h -- ownership.h for several servers of one process, by a clock that is a
 * variable.
 *
 * Used by tests alone.
 */
#ifndef STORE_OWNERSHIP_MEMORY_H
#define STORE_OWNERSHIP_MEMORY_H

#include "store/ownership_ops.h"

/* What they share; `now` is read at each call, ms.  NULL when memory is exhausted. */
struct ownership_table;
struct ownership_table *ownership_table_new(const int64_t *now);
void ownership_table_free(struct ownership_table *t);

/* A meeting that was made by `owner` at `origin`, with epoch 1: 0 or -ENOMEM. */
int ownership_table_add(struct ownership_table *t, const char *code, const char *owner,
                        int64_t origin);

/* The owner's name, "" for nobody, and the epoch; NULL when there is no such meeting. */
const char *ownership_table_owner(const struct ownership_table *t, const char *code,
                                  int64_t *ret_epoch);

/* It was erased. */
void ownership_table_remove(struct ownership_table *t, const char *code);

int64_t ownership_table_now(const struct ownership_table *t);

/* One of the servers; NULL when memory is exhausted.  It must not outlive the table. */
struct ownership *ownership_memory_new(struct ownership_table *t, const char *name,
                                       const char *url);

/* Called as each question, by the name of its function ("renew"), goes to the database, and as its
 * answer comes `back`; time may pass in it.  False: it is lost on the way, and the call returns
 * -ECONNRESET. */
typedef bool ownership_travel_fn(void *context, const char *question, bool back);
void ownership_memory_travel(struct ownership *o, ownership_travel_fn *travel, void *context);

#endif
