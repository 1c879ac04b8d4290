#include "store/sqlite_schema.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/sqlite_log.h"
#include "store/why.h"

/* Where things stand on disk. */
struct place {
    char disk[PATH_MAX]; /* The database file, a plain name. */
    const char *head;    /* What SQLite is given before that: "", or "file:" */
    const char *tail;    /* ... and after it: "", or "?" and parameters. */
};

int errno_of(sqlite3 *db)
{
    int code = sqlite3_extended_errcode(db);

    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return -EBADMSG;
    case SQLITE_FULL:
        return -ENOSPC;
    case SQLITE_NOMEM:
        return -ENOMEM;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return -EBUSY;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return -EACCES;
    case SQLITE_CANTOPEN:
        return sqlite3_system_errno(db) > 0 ? -sqlite3_system_errno(db) : -ENOENT;
    case SQLITE_TOOBIG:
        return -E2BIG;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
        return -EINVAL;
    default:
        return -EIO;
    }
}

static int place_of(const char *path, struct place *ret)
{
    bool uri = strncmp(path, "file:", 5) == 0;
    const char *name = uri ? path + 5 : path;
    size_t len = uri ? strcspn(name, "?") : strlen(name);

    if (len == 0 || strlen(path) >= PATH_MAX - 16)
        return -ENAMETOOLONG;
    snprintf(ret->disk, sizeof(ret->disk), "%.*s", (int)len, name);
    ret->head = uri ? "file:" : "";
    ret->tail = name + len;
    return 0;
}

/* The first column of the first row that `sql` gives, as text; "" when there is none. */
static int ask(sqlite3 *db, const char *sql, size_t room, char *ret)
{
    sqlite3_stmt *s = NULL;
    int error = 0;

    ret[0] = '\0';
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) {
        error = errno_of(db);
    } else {
        int code = sqlite3_step(s);
        if (code == SQLITE_ROW && sqlite3_column_text(s, 0))
            snprintf(ret, room, "%s", (const char *)sqlite3_column_text(s, 0));
        else if (code != SQLITE_DONE && code != SQLITE_ROW)
            error = errno_of(db);
    }
    sqlite3_finalize(s);
    return error;
}

static const char *open_failed(const struct place *p, sqlite3 *db, int error)
{
    if (error == -EBADMSG)
        return why_of("The database %s is damaged, or is not a database: %s. It was left as it is.",
                      p->disk, sqlite3_errmsg(db));
    return why_of("The database %s cannot be opened: %s (%s).", p->disk, sqlite3_errmsg(db),
                  strerror(-error));
}

/* Whether the file is a whole database of ours that this version understands. */
static int trust(const struct place *p, sqlite3 *db, const char **ret_why)
{
    char id[32], version[32], said[256];
    int error = ask(db, "PRAGMA application_id", sizeof(id), id);

    if (!error)
        error = ask(db, "PRAGMA user_version", sizeof(version), version);
    if (error) {
        *ret_why = open_failed(p, db, error);
        return error;
    }
    char ours[32];
    snprintf(ours, sizeof(ours), "%d", SCHEMA_APPLICATION);
    if (strcmp(id, ours) != 0) {
        *ret_why = why_of("The file %s is an SQLite database of another program.", p->disk);
        return -EBADMSG;
    }
    if (strtoll(version, NULL, 10) < 1) {
        *ret_why = why_of("The database %s is damaged: its schema has the number %s. It was left "
                          "as it is.",
                          p->disk, version);
        return -EBADMSG;
    }
    if (strtoll(version, NULL, 10) > (long long)schema_newest()) {
        *ret_why = why_of("The database %s was written by a newer version of this program "
                          "(schema %s; this one knows up to %zu).",
                          p->disk, version, schema_newest());
        return -EPROTO;
    }
    error = ask(db, "PRAGMA quick_check(1)", sizeof(said), said);
    if (!error && strcmp(said, "ok") == 0)
        return 0;
    *ret_why = error
                   ? open_failed(p, db, error)
                   : why_of("The database %s is damaged: %s. It was left as it is.", p->disk, said);
    return error ? error : -EBADMSG;
}

/* A log that ends early, or belongs to another file, may leave facts that their meeting does not
 * know of, or a meeting that ends with a fact that is not there.  Of a meeting that was erased
 * there are empty facts, which have no meeting. */
static int look_at_ends(const struct place *p, sqlite3 *db, const char **ret_why)
{
    char ends[64];
    int error = ask(db,
                    "SELECT f || ' and ' || m FROM (SELECT coalesce((SELECT id FROM fact WHERE"
                    " meeting <> 0 ORDER BY id DESC LIMIT 1), 0) AS f, (SELECT"
                    " coalesce(max(last_fact), 0) FROM meeting) AS m) WHERE f <> m",
                    sizeof(ends), ends);

    if (error) {
        *ret_why = open_failed(p, db, error);
        return error;
    }
    if (ends[0] == '\0')
        return 0;
    *ret_why = why_of("The database %s is damaged: its newest fact and that of its meetings differ "
                      "(%s). It was left as it is.",
                      p->disk, ends);
    return -EBADMSG;
}

/* Settings that a connection has, not the file. */
static int configure(sqlite3 *db)
{
    static const char settings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                   "PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = ON;"
                                   "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;"
                                   "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192;"
                                   "PRAGMA journal_size_limit = 67108864";
    char mode[16];

    if (sqlite3_exec(db, settings, NULL, NULL, NULL) != SQLITE_OK)
        return errno_of(db);
    int error = ask(db, "PRAGMA journal_mode", sizeof(mode), mode);
    return error ? error : strcmp(mode, "wal") == 0 ? 0 : -EIO;
}

static int open_at(const struct place *p, const char *suffix, int flags, sqlite3 **ret_db)
{
    char name[2 * PATH_MAX];

    snprintf(name, sizeof(name), "%s%s%s%s", p->head, p->disk, suffix, p->tail);
    int code = sqlite3_open_v2(name, ret_db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    if (!*ret_db)
        return -ENOMEM;
    sqlite3_extended_result_codes(*ret_db, 1);
    sqlite3_busy_timeout(*ret_db, 2000);
    return code == SQLITE_OK ? 0 : errno_of(*ret_db);
}

static int sync_folder(const struct place *p)
{
    char folder[PATH_MAX];

    snprintf(folder, sizeof(folder), "%s", p->disk);
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder ? 1 : 0] = '\0';
    int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    int error = fsync(fd) == 0 ? 0 : -errno;
    close(fd);
    return error;
}

static int upgrade(const struct place *p, sqlite3 *db, const char **ret_why)
{
    char words[512];
    int error = schema_upgrade(db, schema_migrations, schema_newest(), ret_why);

    if (!error)
        return 0;
    snprintf(words, sizeof(words), "%s", *ret_why);
    *ret_why =
        why_of("The database %s cannot be brought up to date: %s (%s). It can be begun again.",
               p->disk, words, strerror(-error));
    return error;
}

static int fill_new(const struct place *p, const char **ret_why)
{
    sqlite3 *db = NULL;
    int error = open_at(p, ".new", SQLITE_OPEN_READWRITE, &db);

    if (!error)
        error = configure(db);
    if (error)
        *ret_why = open_failed(p, db, error);
    else if (!(error = upgrade(p, db, ret_why)) &&
             sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL)) {
        error = errno_of(db);
        *ret_why = open_failed(p, db, error);
    }
    sqlite3_close(db);
    return error;
}

/* Makes a new database beside its place and moves it there once it is whole and on disk. */
static int make(const struct place *p, const char **ret_why)
{
    static const char *const leftovers[] = { ".new", ".new-wal", ".new-shm", ".new-journal" };
    char fresh[PATH_MAX + 16];

    for (size_t i = 0; i < sizeof(leftovers) / sizeof(leftovers[0]); i++) {
        snprintf(fresh, sizeof(fresh), "%s%s", p->disk, leftovers[i]);
        (void)unlink(fresh);
    }
    snprintf(fresh, sizeof(fresh), "%s.new", p->disk);
    int fd = open(fresh, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int error = fd < 0 ? -errno : 0;
    if (fd >= 0) {
        close(fd);
        error = fill_new(p, ret_why);
        if (error)
            return error;
        error = rename(fresh, p->disk) == 0 ? sync_folder(p) : -errno;
    }
    if (error)
        *ret_why = why_of("The database %s cannot be made: %s.", p->disk, strerror(-error));
    return error;
}

/* Looks what is there, and makes a database only where no earlier one can have been. */
static int make_if_missing(const struct place *p, const struct files *f, const char **ret_why)
{
    static const char *const left[] = { "-wal", "-shm" };
    int64_t size = files_size(f, "");

    if (size > 0)
        return 0;
    if (size == 0) {
        *ret_why = why_of("The database %s is empty: its contents were lost. It was left as it is.",
                          p->disk);
        return -EBADMSG;
    }
    for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++)
        if (files_size(f, left[i]) >= 0) {
            *ret_why = why_of("The database %s is missing, but its log %s%s is there.", p->disk,
                              p->disk, left[i]);
            return -EBADMSG;
        }
    if (f->made) {
        *ret_why = why_of("The database %s is missing, but %s-lock says that there was one. Bring "
                          "back a backup, or move that file away to begin with nothing.",
                          p->disk, p->disk);
        return -EBADMSG;
    }
    return make(p, ret_why);
}

/* From "there is a file" to "it is ours, whole, of this version, and its log is empty". */
static int open_trusted(const struct place *p, sqlite3 *db, const char **ret_why)
{
    /* Until it is trusted, not even closing may move the log into the file. */
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    int error = trust(p, db, ret_why);
    if (!error)
        error = look_at_ends(p, db, ret_why);
    if (error)
        return error;
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);

    error = configure(db);
    int upgraded = error ? 0 : upgrade(p, db, ret_why);
    if (upgraded)
        return upgraded;
    /* What was redacted before a crash leaves the log now.  Whoever still reads makes this
     * return SQLITE_BUSY, and the writer tries again. */
    if (!error &&
        sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK &&
        errno_of(db) != -EBUSY)
        error = errno_of(db);
    if (error)
        *ret_why = open_failed(p, db, error);
    return error;
}

/* Files are there, and nothing says that one has lost anything. */
static int open_files(const struct place *p, struct database *d, const char **ret_why)
{
    int error = log_look(p->disk, d->files.same_boot, ret_why);

    if (error)
        return error;
    error = open_at(p, "", SQLITE_OPEN_READWRITE, &d->db);
    if (error)
        *ret_why = open_failed(p, d->db, error);
    else
        error = open_trusted(p, d->db, ret_why);
    if (error)
        return error;
    error = files_keep(&d->files);
    if (error)
        *ret_why = why_of("The files of the database %s cannot be looked at: %s.", p->disk,
                          strerror(-error));
    return error;
}

int database_open(const char *path, struct database *ret_database, const char **ret_why)
{
    struct database d = { .files.lock = -1 };
    struct place p;
    int error = place_of(path, &p);

    if (error) {
        *ret_why = "The name of the database is empty or too long.";
        return error;
    }
    error = files_lock(p.disk, &d.files, ret_why);
    if (!error)
        error = make_if_missing(&p, &d.files, ret_why);
    if (!error)
        error = open_files(&p, &d, ret_why);
    if (error) {
        database_close(&d);
        return error;
    }
    *ret_database = d;
    return 0;
}

void database_close(struct database *d)
{
    sqlite3_close(d->db);
    files_unlock(&d->files);
    d->db = NULL;
}

int database_open_reading(const char *path, sqlite3 **ret_db, const char **ret_why)
{
    struct place p;
    sqlite3 *db = NULL;
    int error = place_of(path, &p);

    if (error) {
        *ret_why = "The name of the database is empty or too long.";
        return error;
    }
    error = open_at(&p, "", SQLITE_OPEN_READONLY, &db);
    if (error)
        *ret_why = open_failed(&p, db, error);
    else
        error = trust(&p, db, ret_why);
    if (error) {
        sqlite3_close(db);
        return error;
    }
    *ret_db = db;
    return 0;
}
