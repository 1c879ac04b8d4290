/* archive.h -- a zip archive in memory, by libzip. */
#ifndef MINUTES_ARCHIVE_H
#define MINUTES_ARCHIVE_H

#include "base/buffer.h"

struct archive_entry {
    const char *name; /* "word/document.xml" */
    struct buffer bytes;
    bool stored; /* Not compressed. */
};

/* The archive of these entries, in their order, which the caller frees.  No clock goes into it: the
 * same entries give the same bytes.  NULL when memory is exhausted. */
char *archive_write(const struct archive_entry *entries, size_t count, size_t *ret_len);

#endif
