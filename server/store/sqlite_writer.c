#include "store/sqlite_writer.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>

enum {
    LOG_PAGES_IDLE = 1000, /* Worth moving into the database when nothing else is to be done. */
    LOG_PAGES_BUSY = 4000, /* Moved even though commits wait for it meanwhile. */
    UPKEEP_MS = 1000,
};

static struct sqlite_writer *own(struct writer *w)
{
    return (struct sqlite_writer *)w;
}

void sqlite_writer_look(struct sqlite_writer *w, int error)
{
    if (rows_broken(w->rows))
        writer_end(&w->writer, error, rows_words(w->rows));
}

/* As long as it is open, all that was acknowledged can still be read. */
static void end_without(struct sqlite_writer *w, const char *gone)
{
    char to[PATH_MAX + 16], words[WRITER_WHY_MAX];
    const char *why = "";
    int len =
        snprintf(words, sizeof(words), "%s was removed or replaced while it was in use; ", gone);

    snprintf(to, sizeof(to), "%s-saved", w->files->path);
    bool saved = rows_copy(w->rows, to, &why) == 0;
    if (len > 0 && (size_t)len < sizeof(words))
        snprintf(words + len, sizeof(words) - (size_t)len,
                 saved ? "all that was acknowledged is in %s" : "%s", saved ? to : why);
    writer_end(&w->writer, -ENOENT, words);
}

int sqlite_writer_commit(struct sqlite_writer *w)
{
    int error = rows_commit(w->rows);
    const char *gone = error ? NULL : files_gone(w->files);

    if (!gone)
        return error;
    end_without(w, gone);
    return -ENOENT;
}

static int list_meetings(struct rows *rows, struct ask *a)
{
    struct meeting_row row = { 0 };
    struct asked_meeting one;
    int error;

    while ((error = rows_meeting_next(rows, row.id, one.code, &row)) == 0) {
        one.origin = row.origin;
        one.epoch = row.epoch;
        one.last_seq = row.last_seq;
        if (ask_add(a, &one) != 0)
            return -ENOMEM;
    }
    return error == -ENOENT ? 0 : error;
}

static int list_erased(struct rows *rows, struct ask *a)
{
    struct asked_erased one;
    int64_t id = 0;
    int error;

    while ((error = rows_erased_next(rows, &id, &one.code, &one.wall)) == 0) {
        if (ask_add_erased(a, &one) != 0)
            return -ENOMEM;
    }
    return error == -ENOENT ? 0 : error;
}

static int find(struct writer *w, const char *code, struct head **ret_head)
{
    return heads_find(w->heads, code, ret_head);
}

static int answer(struct writer *writer, struct ask *a)
{
    struct rows *rows = own(writer)->rows;
    int error = list_meetings(rows, a);

    if (!error)
        error = list_erased(rows, a);
    a->has_mark = rows_mark(rows, &a->mark) == 0;
    return error;
}

/* Moves the log into the database: when all is quiet, when it has grown long, and soon after
 * something was redacted, for then the log may still hold it. */
static void upkeep(struct writer *writer, bool quiet)
{
    struct sqlite_writer *w = own(writer);
    int pages = rows_log_pages(w->rows);
    int64_t now = writer_now_us() / 1000;

    if (pages < w->log_pages_moved) { /* It has begun anew. */
        w->log_pages_moved = 0;
        w->log_pages_max = LOG_PAGES_BUSY;
    }
    bool due = w->truncate || (quiet && pages >= LOG_PAGES_IDLE && pages > w->log_pages_moved);
    if (atomic_load(&writer->health) != 0 ||
        !((due && now >= w->upkeep_at) || pages >= w->log_pages_max))
        return;

    int error = rows_checkpoint(w->rows, w->truncate);
    if (error)
        sqlite_writer_look(w, error);
    else
        w->truncate = false;
    w->upkeep_at = now + UPKEEP_MS;
    w->log_pages_moved = rows_log_pages(w->rows);
    w->log_pages_max = w->log_pages_moved + LOG_PAGES_BUSY;
}

static int patience(const struct writer *writer)
{
    const struct sqlite_writer *w = (const struct sqlite_writer *)writer;
    int pages = rows_log_pages(w->rows);

    return w->truncate || (pages >= LOG_PAGES_IDLE && pages > w->log_pages_moved) ? UPKEEP_MS : -1;
}

static int load(void *rows, const char *code, struct meeting_row *ret_row)
{
    return rows_meeting(rows, code, ret_row);
}

int sqlite_writer_prepare(struct sqlite_writer *w, sqlite3 *db, void (*wake)(void *),
                          void *wake_context)
{
    static const struct writer_ops ops = {
        .commit = sqlite_commit,
        .read = sqlite_read_on,
        .erase = sqlite_erase,
        .restore = sqlite_restore,
        .answer = answer,
        .find = find,
        .upkeep = upkeep,
        .patience = patience,
    };

    w->writer.ops = &ops;
    w->log_pages_max = LOG_PAGES_BUSY;
    w->writer.exchange = exchange_new(wake, wake_context);
    w->rows = rows_new(db);
    if (!w->writer.exchange || !w->rows)
        return !w->writer.exchange || sqlite3_errcode(db) == SQLITE_OK ? -ENOMEM : -EBADMSG;
    w->writer.heads = heads_new(load, w->rows);
    if (!w->writer.heads)
        return -ENOMEM;
    int error = rows_last_meeting(w->rows, &w->last_meeting);
    return error ? error : rows_last_fact(w->rows, &w->last_fact);
}

void sqlite_writer_release(struct sqlite_writer *w)
{
    writer_release(&w->writer);
    rows_free(w->rows);
}
