/* sqlite_files.h -- the files of a database beside each other: PATH, PATH-wal, PATH-shm, and
 * PATH-lock, which is ours.
 *
 * The lock is on a file of its own: closing the database file would drop SQLite's locks on it.  It
 * holds the id of the boot in which the database was last opened, so that it also tells that there
 * was one.
 */
#ifndef STORE_SQLITE_FILES_H
#define STORE_SQLITE_FILES_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

enum { FILES_KEPT = 4 };

struct files {
    char path[PATH_MAX];
    int lock;             /* File descriptor of PATH-lock, held exclusively; -1: none. */
    bool made, same_boot; /* A database was made here; it was last opened since this boot. */
    struct stat kept[FILES_KEPT]; /* The files as they were when files_keep was called. */
};

/* Takes the lock of the database at `path`, shorter than PATH_MAX less 16.  Returns 0; -EBUSY when
 * another process has it; or another negative errno, with the reason in `ret_why`. */
int files_lock(const char *path, struct files *ret_files, const char **ret_why);

/* The size of the file, or -1 when there is none. */
int64_t files_size(const struct files *f, const char *suffix);

/* Notes that the database is made and open, and which files are its own.  0 or a negative errno. */
int files_keep(struct files *f);

/* NULL while each file is the one that was noted; else the name of one that is gone, or is
 * another. */
const char *files_gone(const struct files *f);

void files_unlock(struct files *f);

#endif
