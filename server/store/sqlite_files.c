#include "store/sqlite_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/why.h"

enum { BOOT_CHARS = 36 };

static const char *const suffixes[FILES_KEPT] = { "", "-wal", "-shm", "-lock" };

static void name_of(const struct files *f, const char *suffix, char ret_name[static PATH_MAX + 16])
{
    snprintf(ret_name, PATH_MAX + 16, "%s%s", f->path, suffix);
}

static int look(const struct files *f, const char *suffix, struct stat *ret)
{
    char name[PATH_MAX + 16];

    name_of(f, suffix, name);
    return stat(name, ret) == 0 ? 0 : -errno;
}

int64_t files_size(const struct files *f, const char *suffix)
{
    struct stat st;

    return look(f, suffix, &st) == 0 ? (int64_t)st.st_size : -1;
}

/* What the lock holds, as far as it is a boot's id. */
static void read_lock(struct files *f)
{
    char boot[BOOT_CHARS + 1], held[BOOT_CHARS + 1] = "";
    ssize_t n = pread(f->lock, held, BOOT_CHARS, 0);

    clock_boot_id(boot);
    f->made = n > 0;
    f->same_boot = n == BOOT_CHARS && memcmp(held, boot, BOOT_CHARS) == 0;
}

int files_lock(const char *path, struct files *ret_files, const char **ret_why)
{
    struct files *f = ret_files;
    char name[PATH_MAX + 16];

    *f = (struct files){ .lock = -1 };
    snprintf(f->path, sizeof(f->path), "%s", path);
    name_of(f, "-lock", name);
    int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int error = fd < 0 ? -errno : flock(fd, LOCK_EX | LOCK_NB) == 0 ? 0 : -errno;
    if (!error) {
        f->lock = fd;
        read_lock(f);
        return 0;
    }
    if (fd >= 0)
        close(fd);
    if (error == -EWOULDBLOCK) {
        *ret_why = why_of("The database %s is in use by another process.", path);
        return -EBUSY;
    }
    *ret_why = why_of("The lock %s cannot be taken: %s.", name, strerror(-error));
    return error;
}

static int write_lock(const struct files *f)
{
    char boot[BOOT_CHARS + 2];

    clock_boot_id(boot);
    boot[BOOT_CHARS] = '\n';
    if (pwrite(f->lock, boot, BOOT_CHARS + 1, 0) != BOOT_CHARS + 1)
        return -EIO;
    return f->made || fsync(f->lock) == 0 ? 0 : -errno;
}

int files_keep(struct files *f)
{
    int error = f->same_boot ? 0 : write_lock(f);

    for (int i = 0; !error && i < FILES_KEPT; i++)
        error = look(f, suffixes[i], &f->kept[i]);
    return error;
}

const char *files_gone(const struct files *f)
{
    for (int i = 0; i < FILES_KEPT; i++) {
        const struct stat *kept = &f->kept[i];
        struct stat st;
        if (look(f, suffixes[i], &st) != 0 || st.st_ino != kept->st_ino ||
            st.st_dev != kept->st_dev)
            return why_of("%s%s", f->path, suffixes[i]);
    }
    return NULL;
}

void files_unlock(struct files *f)
{
    if (f->lock >= 0)
        close(f->lock);
    f->lock = -1;
}
