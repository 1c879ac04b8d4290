/* alloc.h -- the one place where our own code asks for memory.
 *
 * Behaves like calloc and friends.  Tests can make the n-th request from now on fail, so that they
 * walk every path that must survive exhausted memory (tests/README.md, row 12).
 * The caller frees what it gets with free(3).
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed memory for `count` things of `size` bytes, or NULL. */
void *alloc_many(size_t count, size_t size);

/* `size` bytes, not zeroed, or NULL. */
void *alloc_bytes(size_t size);

/* Like reallocarray: NULL leaves `old` as it was. */
void *alloc_again(void *old, size_t count, size_t size);

/* Makes the n-th request from now fail, counting from 1, once; 0 lets all succeed. */
void alloc_fail_at(size_t n);

/* Whether the request that alloc_fail_at planned last has failed. */
bool alloc_failed(void);

#endif
