#include "store/sqlite_writer.h"

#include <assert.h>
#include <errno.h>
#include <time.h>

#include "base/alloc.h"

enum {
    LOG_PAGES_IDLE = 1000, /* Worth moving into the database when nothing else is to be done. */
    LOG_PAGES_BUSY = 4000, /* Moved even though commits wait for it meanwhile. */
    UPKEEP_MS = 1000,
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void writer_look_for_end(struct writer *w, int error)
{
    assert(error < 0);
    if (!rows_broken(w->rows) || atomic_load(&w->health) != 0)
        return;
    atomic_store(&w->health, error);
    exchange_wake(w->exchange);
}

static int list_meetings(struct writer *w, struct ask *a)
{
    struct meeting_row row = { 0 };
    struct asked_meeting one, *all = NULL;
    size_t room = 0;
    int error;

    while ((error = rows_meeting_next(w->rows, row.id, one.code, &row)) == 0) {
        if (a->count == room) {
            room = room ? 2 * room : 64;
            all = alloc_again(a->meetings, room, sizeof(*all));
            if (!all)
                break;
            a->meetings = all;
        }
        one.origin = row.origin;
        one.last_seq = row.last_seq;
        a->meetings[a->count++] = one;
    }
    return error == -ENOENT ? 0 : error ? error : -ENOMEM;
}

static int list_erased(struct writer *w, struct ask *a)
{
    struct asked_erased one, *all = NULL;
    int64_t id = 0;
    size_t room = 0;
    int error;

    while ((error = rows_erased_next(w->rows, &id, &one.code, &one.wall)) == 0) {
        if (a->erased_count == room) {
            room = room ? 2 * room : 64;
            all = alloc_again(a->erased, room, sizeof(*all));
            if (!all)
                break;
            a->erased = all;
        }
        a->erased[a->erased_count++] = one;
    }
    return error == -ENOENT ? 0 : error ? error : -ENOMEM;
}

static void answer(struct writer *w, struct ask *a)
{
    a->error = list_meetings(w, a);
    if (!a->error)
        a->error = list_erased(w, a);
    a->has_mark = rows_mark(w->rows, &a->mark) == 0;
    exchange_answer(w->exchange, a);
}

/* How many requests from `at` on can share a commit.  A reading ends a group: it sees all that
 * was submitted before it, and fences what comes after. */
static size_t group_size(const struct request_list *in, size_t at)
{
    size_t n = 0;

    while (at + n < in->count &&
           (in->at[at + n].kind == REQUEST_BATCH || in->at[at + n].kind == REQUEST_DECLARE))
        n++;
    return n;
}

static size_t declarations(const struct request *requests, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        n += requests[i].kind == REQUEST_DECLARE ? 1 : 0;
    return n;
}

static void do_work(struct writer *w, const struct work *work)
{
    const struct request_list *in = work->requests;
    const struct journal_mark *mark = work->has_mark ? &work->mark : NULL;

    for (size_t i = 0; i < in->count;) {
        const struct request *r = &in->at[i];
        size_t n = group_size(in, i);
        if (n > 0) {
            size_t declared = declarations(r, n);
            group_commit(w, r, n, mark);
            exchange_dealt(w->exchange, declared);
            mark = NULL;
            i += n;
            continue;
        }
        if (r->kind == REQUEST_READING)
            reading_take(w, r->reading);
        else
            answer(w, r->ask);
        i++;
    }
    if (mark)
        group_commit(w, NULL, 0, mark);
}

/* Moves the log into the database: when all is quiet, when it has grown long, and soon after
 * something was redacted, for then the log may still hold it. */
static void upkeep(struct writer *w, bool quiet)
{
    int pages = rows_log_pages(w->rows);
    int64_t now = now_ms();

    if (pages < w->log_pages_moved) { /* It has begun anew. */
        w->log_pages_moved = 0;
        w->log_pages_max = LOG_PAGES_BUSY;
    }
    bool due = w->truncate || (quiet && pages >= LOG_PAGES_IDLE && pages > w->log_pages_moved);
    if (atomic_load(&w->health) != 0 ||
        !((due && now >= w->upkeep_at) || pages >= w->log_pages_max))
        return;

    int error = rows_checkpoint(w->rows, w->truncate);
    if (error)
        writer_look_for_end(w, error);
    else
        w->truncate = false;
    w->upkeep_at = now + UPKEEP_MS;
    w->log_pages_moved = rows_log_pages(w->rows);
    w->log_pages_max = w->log_pages_moved + LOG_PAGES_BUSY;
}

static int patience(const struct writer *w)
{
    int pages = rows_log_pages(w->rows);

    return w->truncate || (pages >= LOG_PAGES_IDLE && pages > w->log_pages_moved) ? UPKEEP_MS : -1;
}

void *writer_run(void *writer)
{
    struct writer *w = writer;
    struct work work;

    w->log_pages_max = LOG_PAGES_BUSY;

    do {
        exchange_take(w->exchange, w->first != NULL, patience(w), &work);
        bool quiet = work.requests->count == 0 && !work.has_mark;
        do_work(w, &work);
        reading_advance(w);
        upkeep(w, quiet);
    } while (!work.stop);

    while (w->first) {
        struct reading *r = w->first;
        w->first = r->next;
        reading_free(r);
    }
    return NULL;
}
