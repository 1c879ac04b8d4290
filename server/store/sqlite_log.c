#include "store/sqlite_log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/why.h"

enum {
    LOG_HEAD = 32,
    FRAME_HEAD = 24,
    PAGE_MAX = 65536,
    NOTE_BYTES = 48,  /* Of SQLite's struct WalIndexHdr, which stands twice at the beginning. */
    NOTE_SUMMED = 40, /* Bytes of it that its sum covers. */
    MOVED_AT = 96,    /* Where PATH-shm says how many pages are in the database as well. */
    LOG_FORMAT = 3007000,
};

/* A running sum of SQLite's over pairs of 32-bit words. */
struct sum {
    uint32_t a, b;
};

/* What a server has noted of its log. */
struct note {
    uint32_t pages;  /* 0: nothing is in the log. */
    uint32_t moved;  /* How many of them the database has. */
    struct sum last; /* The sum of the last one. */
    unsigned char salt[8];
};

static uint32_t word_at(const unsigned char *bytes, bool big)
{
    return big ? (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
                     bytes[3]
               : (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 |
                     bytes[0];
}

static void add(struct sum *s, const unsigned char *bytes, size_t len, bool big)
{
    for (size_t i = 0; i + 8 <= len; i += 8) {
        s->a += word_at(bytes + i, big) + s->b;
        s->b += word_at(bytes + i + 4, big) + s->a;
    }
}

static bool is_big_machine(void)
{
    const uint16_t one = 1;

    return *(const unsigned char *)&one == 0;
}

static int open_beside(const char *path, const char *suffix)
{
    char name[PATH_MAX + 16];

    snprintf(name, sizeof(name), "%s%s", path, suffix);
    return open(name, O_RDONLY | O_CLOEXEC);
}

/* Reads the note; false where there is none, or none that is whole. */
static bool read_note(const char *path, struct note *ret_note)
{
    unsigned char b[MOVED_AT + 4];
    bool big = is_big_machine();
    int fd = open_beside(path, "-shm");
    ssize_t n = fd < 0 ? -1 : pread(fd, b, sizeof(b), 0);
    struct sum sum = { 0 };

    if (fd >= 0)
        close(fd);
    if (n != (ssize_t)sizeof(b) || memcmp(b, b + NOTE_BYTES, NOTE_BYTES) != 0)
        return false;
    add(&sum, b, NOTE_SUMMED, big);
    bool whole = word_at(b, big) == LOG_FORMAT && b[12] == 1 && sum.a == word_at(b + 40, big) &&
                 sum.b == word_at(b + 44, big);
    ret_note->pages = word_at(b + 16, big);
    ret_note->moved = word_at(b + MOVED_AT, big);
    memcpy(ret_note->salt, b + 32, sizeof(ret_note->salt));
    return whole;
}

/* The log's head. */
struct head_of_log {
    size_t page;    /* Bytes of a page; 0: there is no head, and SQLite reads nothing of the log. */
    bool big, same; /* Whether it is the log that the note is about. */
    struct sum sum;
};

static struct head_of_log read_head(int fd, const struct note *note)
{
    unsigned char b[LOG_HEAD];
    struct head_of_log h = { 0 };

    if (fd < 0 || pread(fd, b, sizeof(b), 0) != (ssize_t)sizeof(b))
        return h;
    uint32_t kind = word_at(b, true), size = word_at(b + 8, true);
    h.big = (kind & 1) != 0;
    add(&h.sum, b, 24, h.big);
    if ((kind & ~UINT32_C(1)) != UINT32_C(0x377f0682) || h.sum.a != word_at(b + 24, true) ||
        h.sum.b != word_at(b + 28, true) || size < 512 || size > PAGE_MAX)
        return h;
    h.page = size;
    h.same = memcmp(b + 16, note->salt, sizeof(note->salt)) == 0;
    return h;
}

/* How many of the pages that were noted the log still has, whole and in a row. */
static uint32_t count_pages(int fd, struct head_of_log h, const struct note *note,
                            unsigned char *frame)
{
    size_t len = FRAME_HEAD + h.page;
    uint32_t n = 0;

    for (; h.same && n < note->pages; n++) {
        if (pread(fd, frame, len, LOG_HEAD + (off_t)n * (off_t)len) != (ssize_t)len)
            break;
        add(&h.sum, frame, 8, h.big);
        add(&h.sum, frame + FRAME_HEAD, h.page, h.big);
        if (memcmp(frame + 8, note->salt, sizeof(note->salt)) != 0 ||
            h.sum.a != word_at(frame + 16, true) || h.sum.b != word_at(frame + 20, true))
            break;
    }
    return n;
}

int log_look(const char *path, bool same_boot, const char **ret_why)
{
    struct note note;

    if (!read_note(path, &note) || note.pages == 0)
        return 0;
    unsigned char *frame = alloc_bytes(FRAME_HEAD + PAGE_MAX);
    if (!frame) {
        *ret_why = "There is not enough memory to look at the database's log.";
        return -ENOMEM;
    }
    bool moved = note.moved >= note.pages; /* The database has them all. */
    int fd = open_beside(path, "-wal");
    struct head_of_log head = read_head(fd, &note);
    uint32_t pages = count_pages(fd, head, &note, frame);
    if (fd >= 0)
        close(fd);
    free(frame);
    if (pages == note.pages || (!head.same && !same_boot) || (head.page == 0 && moved))
        return 0;
    *ret_why = why_of(
        "The log %s-wal is damaged: of %u pages that were written to it, %u are there. It was left "
        "as it is. %s the file %s-shm away to go on with what is there.",
        path, note.pages, pages,
        moved ? "The database itself has them all: move it and"
              : "Bring it or a backup back, or move",
        path);
    return -EBADMSG;
}
