#include "store/batch.h"

#include <stdlib.h>

#include "base/alloc.h"

struct batch *batch_new(size_t count, size_t blank_count)
{
    struct batch *b = alloc_many(1, sizeof(*b));

    if (!b)
        return NULL;
    b->count = count;
    b->blank_count = blank_count;
    b->rows = alloc_many(count, sizeof(*b->rows));
    b->blanks = alloc_many(blank_count, sizeof(*b->blanks));
    if (!b->rows || !b->blanks) {
        batch_free(b);
        return NULL;
    }
    return b;
}

void batch_free(struct batch *b)
{
    if (!b)
        return;
    for (size_t i = 0; b->rows && i < b->count; i++) {
        free(b->rows[i].body);
        free(b->rows[i].text);
    }
    free(b->rows);
    free(b->blanks);
    free(b->made);
    free(b);
}
