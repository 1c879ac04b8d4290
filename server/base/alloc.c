#include "base/alloc.h"

#include <stdlib.h>

static _Thread_local size_t fail_in; /* Requests until one fails; 0 for never. */
static _Thread_local bool failed;

static bool fails(void)
{
    bool now = fail_in > 0 && --fail_in == 0;

    failed |= now;
    return now;
}

void *alloc_many(size_t count, size_t size)
{
    return fails() ? NULL : calloc(count ? count : 1, size);
}

void *alloc_bytes(size_t size)
{
    return fails() ? NULL : malloc(size ? size : 1);
}

void *alloc_again(void *old, size_t count, size_t size)
{
    return fails() ? NULL : reallocarray(old, count ? count : 1, size);
}

void alloc_fail_at(size_t n)
{
    fail_in = n;
    failed = false;
}

bool alloc_failed(void)
{
    return failed;
}
