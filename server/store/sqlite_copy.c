#include "store/sqlite_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "store/sqlite_schema.h"
#include "store/why.h"

static int fill(sqlite3 *from, const char *to, const char **ret_why)
{
    sqlite3 *db = NULL;
    int error = 0;

    if (sqlite3_open_v2(to, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
        /* In one step, so that it is of one moment. */
        sqlite3_backup *b = sqlite3_backup_init(db, "main", from, "main");
        if (b)
            (void)sqlite3_backup_step(b, -1);
        (void)sqlite3_backup_finish(b);
    }
    if (!db || sqlite3_errcode(db) != SQLITE_OK) {
        error = db ? errno_of(db) : -ENOMEM;
        *ret_why = why_of("The copy %s cannot be written: %s.", to,
                          db ? sqlite3_errmsg(db) : "out of memory");
    }
    sqlite3_close(db);
    return error;
}

int database_copy(sqlite3 *from, const char *to, const char **ret_why)
{
    int fd = open(to, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0) {
        int error = -errno;
        *ret_why = why_of("The copy %s cannot be made: %s.", to, strerror(-error));
        return error;
    }
    close(fd);
    int error = fill(from, to, ret_why);
    if (error)
        (void)unlink(to);
    return error;
}
