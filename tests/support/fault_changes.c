#include "support/fault_changes.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/check.h"

/* A change that no fsync has followed yet, with what it takes to undo and to redo it. */
struct change {
    char *name;
    int64_t offset, size_before;
    size_t old_len, new_len; /* A truncation has no new bytes, and `offset` as its size. */
    unsigned char *old, *new;
    bool truncation;
    struct change *before;
};

static struct change *newest;

static void change_free(struct change *c)
{
    free(c->name);
    free(c->old);
    free(c->new);
    free(c);
}

void changes_synced(const char *name)
{
    for (struct change **at = &newest; *at;) {
        struct change *c = *at;
        if (name && strcmp(c->name, name) != 0) {
            at = &c->before;
            continue;
        }
        *at = c->before;
        change_free(c);
    }
}

void changes_add(const char *name, sqlite3_file *real, const void *bytes, size_t len,
                 int64_t offset)
{
    bool truncation = bytes == NULL;
    struct change *c = calloc(1, sizeof(*c));
    CHECK(c);
    CHECK(real->pMethods->xFileSize(real, (sqlite3_int64 *)&c->size_before) == SQLITE_OK);
    int64_t end = truncation ? c->size_before : offset + (int64_t)len;
    int64_t old_end = end < c->size_before ? end : c->size_before;

    c->name = strdup(name);
    c->offset = offset;
    c->truncation = truncation;
    c->old_len = old_end > offset ? (size_t)(old_end - offset) : 0;
    c->old = malloc(c->old_len + 1);
    c->new_len = len;
    c->new = malloc(len + 1);
    CHECK(c->name && c->old && c->new);
    if (len > 0)
        memcpy(c->new, bytes, len);
    if (c->old_len > 0)
        CHECK(real->pMethods->xRead(real, c->old, (int)c->old_len, offset) == SQLITE_OK);
    c->before = newest;
    newest = c;
}

static void put(int fd, const void *bytes, size_t len, int64_t offset)
{
    if (len > 0)
        CHECK(pwrite(fd, bytes, len, offset) == (ssize_t)len);
}

/* Undoes from the newest change to the oldest, turning the list round on the way. */
static struct change *undo_all(void)
{
    struct change *oldest = NULL;

    while (newest) {
        struct change *c = newest;
        int fd = open(c->name, O_RDWR | O_CLOEXEC);
        newest = c->before;
        c->before = oldest;
        oldest = c;
        if (fd < 0)
            continue; /* It has been moved or removed. */
        put(fd, c->old, c->old_len, c->offset);
        CHECK(ftruncate(fd, c->size_before) == 0);
        close(fd);
    }
    return oldest;
}

static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Some of what was not synced had reached the disk, all of it or some sectors. */
static void redo_some(const struct change *c, uint64_t *seed)
{
    size_t sectors = (c->new_len + 511) / 512;
    uint64_t dice = random_next(seed) % 4;
    int fd = dice == 0 ? -1 : open(c->name, O_RDWR | O_CLOEXEC);

    if (fd < 0)
        return;
    if (c->truncation)
        CHECK(ftruncate(fd, c->offset) == 0);
    for (size_t i = 0; i < sectors; i++) {
        size_t at = i * 512, len = c->new_len - at < 512 ? c->new_len - at : 512;
        if (dice > 1 || random_next(seed) % 2)
            put(fd, c->new + at, len, c->offset + (int64_t)at);
    }
    close(fd);
}

void changes_take_back(uint64_t seed)
{
    struct change *c = undo_all();
    while (c) {
        struct change *next = c->before;
        if (seed)
            redo_some(c, &seed);
        change_free(c);
        c = next;
    }
}
