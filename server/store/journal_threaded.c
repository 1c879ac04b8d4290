#include "store/journal_threaded.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static struct journal_threaded *own(struct journal *j)
{
    return (struct journal_threaded *)j;
}

static struct exchange *exchange_of(const struct journal *j)
{
    return ((const struct journal_threaded *)j)->writer->exchange;
}

static int declare(struct journal *j, const char *code, int64_t origin)
{
    struct head *m = head_new(code, origin);

    if (!m)
        return -ENOMEM;
    int error =
        exchange_put(exchange_of(j), (struct request){ .kind = REQUEST_DECLARE, .declared = m });
    if (error)
        free(m);
    return error;
}

static int submit(struct journal *j, struct batch *b)
{
    return exchange_put(exchange_of(j), (struct request){ .kind = REQUEST_BATCH, .batch = b });
}

static void go(struct journal *j)
{
    exchange_go(exchange_of(j));
}

static void leave(struct journal *j)
{
    exchange_leave(exchange_of(j));
}

static void collect(struct journal *j, journal_done_fn *done, void *context)
{
    exchange_collect(exchange_of(j), done, context);
}

static int put_reading(struct journal *j, const char *code, struct reading like)
{
    struct reading *r = alloc_many(1, sizeof(*r));

    if (!r)
        return -ENOMEM;
    *r = like;
    memcpy(r->code, code, CODE_CHARS + 1);
    int error =
        exchange_put(exchange_of(j), (struct request){ .kind = REQUEST_READING, .reading = r });
    if (error)
        reading_free(r);
    return error;
}

static int read_facts(struct journal *j, const char *code, int64_t from, int64_t generation,
                      journal_read_fn *each, void *context)
{
    return put_reading(
        j, code,
        (struct reading){
            .from = from, .generation = generation, .each = each, .context = context });
}

static int restore(struct journal *j, const char *code, int64_t origin,
                   struct batch *const *batches, size_t count, journal_read_fn *each, void *context)
{
    return put_reading(j, code,
                       (struct reading){ .origin = origin,
                                         .batches = batches,
                                         .batch_count = count,
                                         .each = each,
                                         .context = context });
}

static int erase(struct journal *j, const char *code, int64_t wall, journal_read_fn *each,
                 void *context)
{
    return put_reading(
        j, code, (struct reading){ .erase = true, .wall = wall, .each = each, .context = context });
}

static void put_ask(struct journal *j, struct ask *a)
{
    (void)exchange_put(exchange_of(j), (struct request){ .kind = REQUEST_ASK, .ask = a });
    exchange_await(exchange_of(j), a);
}

static int meetings(struct journal *j, journal_meeting_fn *each, void *context)
{
    struct ask a = { 0 };

    put_ask(j, &a);
    int error = a.error;
    for (size_t i = 0; !error && i < a.count; i++)
        each(context, a.meetings[i].code, a.meetings[i].origin, a.meetings[i].epoch,
             a.meetings[i].last_seq);
    ask_clear(&a);
    return error;
}

static int erased(struct journal *j, journal_erased_fn *each, void *context)
{
    struct ask a = { 0 };

    put_ask(j, &a);
    int error = a.error;
    for (size_t i = 0; !error && i < a.erased_count; i++)
        each(context, a.erased[i].code, a.erased[i].wall);
    ask_clear(&a);
    return error;
}

static void mark_set(struct journal *j, const struct journal_mark *mark)
{
    exchange_put_mark(exchange_of(j), mark);
}

static bool mark_get(struct journal *j, struct journal_mark *ret_mark)
{
    struct ask a = { 0 };

    put_ask(j, &a);
    bool has = a.has_mark;
    if (has)
        *ret_mark = a.mark;
    ask_clear(&a);
    return has;
}

static int health(const struct journal *j, const char **ret_why)
{
    const struct writer *w = ((const struct journal_threaded *)j)->writer;
    int error = atomic_load(&w->health);

    *ret_why = error ? w->why : "";
    return error;
}

static int trouble(const struct journal *j)
{
    return atomic_load(&((const struct journal_threaded *)j)->writer->trouble);
}

static void figures(const struct journal *j, struct journal_figures *ret_figures)
{
    exchange_figures(exchange_of(j), ret_figures);
}

static void shut(struct journal *j)
{
    exchange_put_stop(exchange_of(j));
    pthread_join(own(j)->thread, NULL);
    own(j)->release(own(j));
}

/* Signals are the owner's business: none may land on the writer. */
int journal_threaded_start(struct journal_threaded *t, struct writer *writer)
{
    static const struct journal_ops ops = {
        .declare = declare,
        .submit = submit,
        .go = go,
        .leave = leave,
        .collect = collect,
        .read = read_facts,
        .restore = restore,
        .erase = erase,
        .meetings = meetings,
        .erased = erased,
        .mark_set = mark_set,
        .mark_get = mark_get,
        .health = health,
        .trouble = trouble,
        .figures = figures,
        .close = shut,
    };
    sigset_t all, before;

    t->journal.ops = &ops;
    t->writer = writer;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&t->thread, NULL, writer_run, writer);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return -error;
}
