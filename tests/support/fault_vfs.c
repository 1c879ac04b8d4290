#include "support/fault_vfs.h"

#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/check.h"
#include "support/fault_changes.h"

struct fault_file {
    sqlite3_file base;
    char *name;
    sqlite3_file *real;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static enum fault planned;
static int64_t countdown, operations, syncs;
static bool struck, dead, dies;
static uint64_t death;
static const char *full_while;

static struct fault_file *own(sqlite3_file *f)
{
    return (struct fault_file *)f;
}

void fault_reset(void)
{
    pthread_mutex_lock(&lock);
    changes_synced(NULL);
    planned = FAULT_NONE;
    operations = syncs = 0;
    struck = dead = false;
    pthread_mutex_unlock(&lock);
}

void fault_plan(enum fault kind, int64_t n)
{
    pthread_mutex_lock(&lock);
    planned = kind;
    countdown = n;
    struck = false;
    pthread_mutex_unlock(&lock);
}

bool fault_struck(void)
{
    pthread_mutex_lock(&lock);
    bool s = struck;
    pthread_mutex_unlock(&lock);
    return s;
}

int64_t fault_operations(void)
{
    pthread_mutex_lock(&lock);
    int64_t n = operations;
    pthread_mutex_unlock(&lock);
    return n;
}

int64_t fault_syncs(void)
{
    pthread_mutex_lock(&lock);
    int64_t n = syncs;
    pthread_mutex_unlock(&lock);
    return n;
}

/* Counts an operation; true when the plan `kind` strikes it. */
static bool strikes(enum fault kind)
{
    if (planned != kind)
        return false;
    if (struck)
        return kind == FAULT_FULL;
    return struck = --countdown <= 0;
}

/* Whether the power is there for one more operation. */
static bool powered(void)
{
    operations++;
    if (strikes(FAULT_POWER))
        dead = true;
    if (dead && dies) {
        changes_take_back(death);
        kill(getpid(), SIGKILL);
    }
    return !dead;
}

static int write_locked(struct fault_file *f, const void *bytes, int len, sqlite3_int64 offset)
{
    if (!powered())
        return SQLITE_IOERR_WRITE;
    if (strikes(FAULT_FULL) || (full_while && access(full_while, F_OK) == 0))
        return SQLITE_FULL;
    if (strikes(FAULT_WRITE))
        return SQLITE_IOERR_WRITE;
    bool short_one = strikes(FAULT_SHORT);
    if (short_one)
        len /= 2;
    changes_add(f->name, f->real, bytes, (size_t)len, offset);
    int code = f->real->pMethods->xWrite(f->real, bytes, len, offset);
    return short_one ? SQLITE_IOERR_WRITE : code;
}

static int file_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 offset)
{
    pthread_mutex_lock(&lock);
    int code = write_locked(own(file), bytes, len, offset);
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct fault_file *f = own(file);
    int code = SQLITE_IOERR_TRUNCATE;

    pthread_mutex_lock(&lock);
    if (powered()) {
        changes_add(f->name, f->real, NULL, 0, size);
        code = f->real->pMethods->xTruncate(f->real, size);
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_sync(sqlite3_file *file, int flags)
{
    int code = SQLITE_IOERR_FSYNC;

    (void)flags;
    pthread_mutex_lock(&lock);
    syncs++;
    if (powered() && !strikes(FAULT_SYNC)) {
        changes_synced(own(file)->name);
        code = SQLITE_OK;
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_close(sqlite3_file *file)
{
    struct fault_file *f = own(file);
    int code = f->real->pMethods->xClose(f->real);

    free(f->name);
    return code;
}

static bool is_dead(void)
{
    pthread_mutex_lock(&lock);
    bool d = dead;
    pthread_mutex_unlock(&lock);
    return d;
}

static int file_read(sqlite3_file *f, void *bytes, int len, sqlite3_int64 offset)
{
    if (is_dead())
        return SQLITE_IOERR_READ;
    return own(f)->real->pMethods->xRead(own(f)->real, bytes, len, offset);
}

static int file_size(sqlite3_file *f, sqlite3_int64 *ret)
{
    return own(f)->real->pMethods->xFileSize(own(f)->real, ret);
}

static int file_lock(sqlite3_file *f, int level)
{
    return own(f)->real->pMethods->xLock(own(f)->real, level);
}

static int file_unlock(sqlite3_file *f, int level)
{
    return own(f)->real->pMethods->xUnlock(own(f)->real, level);
}

static int file_reserved(sqlite3_file *f, int *ret)
{
    return own(f)->real->pMethods->xCheckReservedLock(own(f)->real, ret);
}

static int file_control(sqlite3_file *f, int op, void *arg)
{
    return own(f)->real->pMethods->xFileControl(own(f)->real, op, arg);
}

static int file_sector(sqlite3_file *f)
{
    return own(f)->real->pMethods->xSectorSize(own(f)->real);
}

static int file_traits(sqlite3_file *f)
{
    return own(f)->real->pMethods->xDeviceCharacteristics(own(f)->real);
}

static int shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **ret)
{
    return own(f)->real->pMethods->xShmMap(own(f)->real, page, size, extend, ret);
}

static int shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    return own(f)->real->pMethods->xShmLock(own(f)->real, offset, n, flags);
}

static void shm_barrier(sqlite3_file *f)
{
    own(f)->real->pMethods->xShmBarrier(own(f)->real);
}

static int shm_unmap(sqlite3_file *f, int remove_it)
{
    return own(f)->real->pMethods->xShmUnmap(own(f)->real, remove_it);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

static sqlite3_vfs *real_of(sqlite3_vfs *v)
{
    return v->pAppData;
}

static int vfs_open(sqlite3_vfs *v, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
    struct fault_file *f = own(file);

    f->base.pMethods = NULL;
    f->real = (sqlite3_file *)(f + 1);
    int code = real_of(v)->xOpen(real_of(v), name, f->real, flags, ret_flags);
    if (code != SQLITE_OK) {
        if (f->real->pMethods)
            f->real->pMethods->xClose(f->real);
        return code;
    }
    f->name = strdup(name ? name : "");
    CHECK(f->name);
    f->base.pMethods = &methods;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *v, const char *name, int sync_folder)
{
    int code = SQLITE_IOERR_DELETE;

    (void)sync_folder;
    pthread_mutex_lock(&lock);
    if (!dead) {
        changes_synced(name);
        code = real_of(v)->xDelete(real_of(v), name, 0);
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int vfs_access(sqlite3_vfs *v, const char *name, int flags, int *ret)
{
    return real_of(v)->xAccess(real_of(v), name, flags, ret);
}

static int vfs_full_name(sqlite3_vfs *v, const char *name, int len, char *ret)
{
    return real_of(v)->xFullPathname(real_of(v), name, len, ret);
}

static sqlite3_vfs vfs;

void fault_install(void)
{
    if (vfs.zName)
        return;
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    CHECK(real);
    vfs = *real;
    vfs.iVersion = 2;
    vfs.zName = "fault";
    vfs.pNext = NULL;
    vfs.pAppData = real;
    vfs.szOsFile = (int)sizeof(struct fault_file) + real->szOsFile;
    vfs.xOpen = vfs_open;
    vfs.xDelete = vfs_delete;
    vfs.xAccess = vfs_access;
    vfs.xFullPathname = vfs_full_name;
    CHECK(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK);
}

void fault_install_for_all(void)
{
    fault_install();
    CHECK(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
}

void fault_full_while(const char *name)
{
    full_while = name;
}

void fault_die_of_power(uint64_t seed)
{
    dies = true;
    death = seed;
}

void fault_restore(uint64_t seed)
{
    pthread_mutex_lock(&lock);
    changes_take_back(seed);
    planned = FAULT_NONE;
    dead = false;
    pthread_mutex_unlock(&lock);
}
