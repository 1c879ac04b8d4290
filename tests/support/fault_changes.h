/* fault_changes.h -- what was written to files since their last fsync; of use to fault_vfs.c.
 *
 * Not for two threads at once.
 */
#ifndef SUPPORT_FAULT_CHANGES_H
#define SUPPORT_FAULT_CHANGES_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

/* Notes a write that is about to happen to `real`, the file `name`; without `bytes`, that the
 * file is cut off at `offset`. */
void changes_add(const char *name, sqlite3_file *real, const void *bytes, size_t len,
                 int64_t offset);

/* The file's changes are on disk, or it is gone; NULL: all files'. */
void changes_synced(const char *name);

/* Puts every file back to its last fsync; with a seed other than 0, some of what came after is
 * done again. */
void changes_take_back(uint64_t seed);

#endif
