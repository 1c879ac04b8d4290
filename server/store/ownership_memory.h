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

/* One of the servers; NULL when memory is exhausted.  It must not outlive the table. */
struct ownership *ownership_memory_new(struct ownership_table *t, const char *name,
                                       const char *url);

#endif
