#include "store/journal_ops.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/sqlite_schema.h"
#include "store/sqlite_writer.h"

struct journal_sqlite {
    struct journal journal;
    struct database database; /* The writer's, while it runs. */
    struct writer writer;
    pthread_t thread;
};

static struct journal_sqlite *own(struct journal *j)
{
    return (struct journal_sqlite *)j;
}

static int sqlite_declare(struct journal *j, const char *code, int64_t origin)
{
    struct head *m = head_new(code, origin);

    if (!m)
        return -ENOMEM;
    int error = exchange_put(own(j)->writer.exchange,
                             (struct request){ .kind = REQUEST_DECLARE, .declared = m });
    if (error)
        free(m);
    return error;
}

static int sqlite_submit(struct journal *j, struct batch *b)
{
    return exchange_put(own(j)->writer.exchange,
                        (struct request){ .kind = REQUEST_BATCH, .batch = b });
}

static void sqlite_go(struct journal *j)
{
    exchange_go(own(j)->writer.exchange);
}

static void sqlite_collect(struct journal *j, journal_done_fn *done, void *context)
{
    exchange_collect(own(j)->writer.exchange, done, context);
}

static int put_reading(struct journal *j, const char *code, struct reading like)
{
    struct reading *r = alloc_many(1, sizeof(*r));

    if (!r)
        return -ENOMEM;
    *r = like;
    memcpy(r->code, code, CODE_CHARS + 1);
    int error = exchange_put(own(j)->writer.exchange,
                             (struct request){ .kind = REQUEST_READING, .reading = r });
    if (error)
        reading_free(r);
    return error;
}

static int sqlite_read(struct journal *j, const char *code, int64_t from, int64_t generation,
                       journal_read_fn *each, void *context)
{
    return put_reading(
        j, code,
        (struct reading){
            .from = from, .generation = generation, .each = each, .context = context });
}

static int sqlite_restore(struct journal *j, const char *code, int64_t origin,
                          struct batch *const *batches, size_t count, journal_read_fn *each,
                          void *context)
{
    return put_reading(j, code,
                       (struct reading){ .origin = origin,
                                         .batches = batches,
                                         .batch_count = count,
                                         .each = each,
                                         .context = context });
}

static int sqlite_erase(struct journal *j, const char *code, int64_t wall, journal_read_fn *each,
                        void *context)
{
    return put_reading(
        j, code, (struct reading){ .erase = true, .wall = wall, .each = each, .context = context });
}

static void put_ask(struct journal *j, struct ask *a)
{
    struct exchange *q = own(j)->writer.exchange;

    (void)exchange_put(q, (struct request){ .kind = REQUEST_ASK, .ask = a });
    exchange_await(q, a);
}

static void ask_clear(struct ask *a)
{
    free(a->meetings);
    free(a->erased);
}

static int sqlite_meetings(struct journal *j, journal_meeting_fn *each, void *context)
{
    struct ask a = { 0 };

    put_ask(j, &a);
    for (size_t i = 0; !a.error && i < a.count; i++)
        each(context, a.meetings[i].code, a.meetings[i].origin, a.meetings[i].last_seq);
    ask_clear(&a);
    return a.error;
}

static int sqlite_erased(struct journal *j, journal_erased_fn *each, void *context)
{
    struct ask a = { 0 };

    put_ask(j, &a);
    for (size_t i = 0; !a.error && i < a.erased_count; i++)
        each(context, a.erased[i].code, a.erased[i].wall);
    ask_clear(&a);
    return a.error;
}

static void sqlite_mark_set(struct journal *j, const struct journal_mark *mark)
{
    exchange_put_mark(own(j)->writer.exchange, mark);
}

static bool sqlite_mark_get(struct journal *j, struct journal_mark *ret_mark)
{
    struct ask a = { 0 };

    put_ask(j, &a);
    ask_clear(&a);
    if (a.has_mark)
        *ret_mark = a.mark;
    return a.has_mark;
}

static int sqlite_health(const struct journal *j)
{
    return atomic_load(&((const struct journal_sqlite *)j)->writer.health);
}

static void sqlite_figures(const struct journal *j, struct journal_figures *ret_figures)
{
    exchange_figures(((const struct journal_sqlite *)j)->writer.exchange, ret_figures);
}

static void release(struct journal_sqlite *s)
{
    /* After a failure that is final, what the log holds is for the next start to judge. */
    if (s->database.db && atomic_load(&s->writer.health) != 0)
        sqlite3_db_config(s->database.db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    heads_free(s->writer.heads);
    rows_free(s->writer.rows);
    exchange_free(s->writer.exchange);
    database_close(&s->database);
    free(s);
}

static void sqlite_close(struct journal *j)
{
    struct journal_sqlite *s = own(j);

    exchange_put_stop(s->writer.exchange);
    pthread_join(s->thread, NULL);
    release(s);
}

static const struct journal_ops ops = {
    .declare = sqlite_declare,
    .submit = sqlite_submit,
    .go = sqlite_go,
    .collect = sqlite_collect,
    .read = sqlite_read,
    .restore = sqlite_restore,
    .erase = sqlite_erase,
    .meetings = sqlite_meetings,
    .erased = sqlite_erased,
    .mark_set = sqlite_mark_set,
    .mark_get = sqlite_mark_get,
    .health = sqlite_health,
    .figures = sqlite_figures,
    .close = sqlite_close,
};

/* Signals are the owner's business: none may land on the writer. */
static int start(struct journal_sqlite *s)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&s->thread, NULL, writer_run, &s->writer);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return -error;
}

static int prepare(struct writer *w, sqlite3 *db, void (*wake)(void *), void *wake_context)
{
    w->exchange = exchange_new(wake, wake_context);
    w->rows = rows_new(db);
    if (!w->exchange || !w->rows)
        return !w->exchange || sqlite3_errcode(db) == SQLITE_OK ? -ENOMEM : -EBADMSG;
    w->heads = heads_new(w->rows);
    return w->heads ? rows_last_fact(w->rows, &w->last_fact) : -ENOMEM;
}

int journal_sqlite_open(const char *path, void (*wake)(void *), void *wake_context,
                        struct journal **ret_journal, const char **ret_why)
{
    assert(path);
    assert(wake);
    struct journal_sqlite *s = alloc_many(1, sizeof(*s));

    if (!s) {
        *ret_why = "There is not enough memory to open the database.";
        return -ENOMEM;
    }
    s->journal.ops = &ops;
    s->database.lock = -1;
    int error = database_open(path, &s->database, ret_why);
    if (!error) {
        error = prepare(&s->writer, s->database.db, wake, wake_context);
        if (!error)
            error = start(s);
        if (error)
            *ret_why = why_of("The database %s cannot be used: %s.", path, strerror(-error));
    }
    if (error) {
        release(s);
        return error;
    }
    *ret_journal = &s->journal;
    return 0;
}
