#include "store/writer.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <time.h>

void writer_end(struct writer *w, int error, const char *why)
{
    assert(error < 0);
    if (atomic_load(&w->health) != 0)
        return;
    snprintf(w->why, sizeof(w->why), "%s", why);
    atomic_store(&w->health, error);
    exchange_wake(w->exchange);
}

int64_t writer_now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void writer_give(struct writer *w, size_t count, int error, int64_t commit_us)
{
    struct journal_figures f = { .commits = commit_us < 0 ? 0 : 1 };

    for (size_t i = 0; i < count; i++) {
        const struct result *r = &w->results[i];
        f.batches += r->durable ? 1 : 0;
        f.facts += r->durable ? (int64_t)r->batch->count : 0;
        f.failures += r->durable ? 0 : 1;
    }
    if (error || f.batches > 0 || count == 0) /* Where all were refused, nothing was written. */
        atomic_store(&w->trouble, error);
    exchange_give(w->exchange, w->results, count, &f, commit_us);
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

/* Takes up a reading, in the order of submission, and fences its meeting. */
static void take_reading(struct writer *w, struct reading *r)
{
    struct head *m;

    r->error = r->batches ? 0 : w->ops->find(w, r->code, &m);
    if (!r->error && !r->batches) {
        /* After an erasure nothing may follow, whatever its generation. */
        head_fence(m, r->erase ? INT64_MAX : r->generation);
        r->meeting = m->disk.id;
        r->last_seq = m->disk.last_seq;
        r->last_fact = m->disk.last_fact;
        r->error = m->disk.foreign ? -ESTALE : 0;
    }
    *(w->first ? &w->last->next : &w->first) = r;
    w->last = r;
}

static void answer(struct writer *w, struct ask *a)
{
    a->error = w->ops->answer(w, a);
    exchange_answer(w->exchange, a);
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
            w->ops->commit(w, r, n, mark);
            exchange_dealt(w->exchange, declared);
            mark = NULL;
            i += n;
            continue;
        }
        if (r->kind == REQUEST_READING)
            take_reading(w, r->reading);
        else
            answer(w, r->ask);
        i++;
    }
    if (mark)
        w->ops->commit(w, NULL, 0, mark);
}

/* Sends the next chunk of the oldest reading, if one is free. */
static void advance_reading(struct writer *w)
{
    struct reading *r = w->first;
    struct chunk *c = r ? exchange_chunk(w->exchange) : NULL;

    if (!c)
        return;
    c->each = r->each;
    c->context = r->context;
    if (r->error || r->erase || r->batches) {
        c->error = r->error ? r->error : r->erase ? w->ops->erase(w, r) : w->ops->restore(w, r);
        c->last = true;
    } else {
        w->ops->read(w, r, c);
    }
    if (c->last) {
        w->first = r->next;
        reading_free(r);
        exchange_dealt(w->exchange, 1);
    }
    exchange_send(w->exchange, c);
}

void *writer_run(void *writer)
{
    struct writer *w = writer;
    struct work work;

    do {
        exchange_take(w->exchange, w->first != NULL, w->ops->patience(w), &work);
        bool quiet = work.requests->count == 0 && !work.has_mark;
        do_work(w, &work);
        advance_reading(w);
        w->ops->upkeep(w, quiet);
    } while (!work.stop);
    return NULL;
}

void writer_release(struct writer *w)
{
    while (w->first) {
        struct reading *r = w->first;
        w->first = r->next;
        reading_free(r);
    }
    heads_free(w->heads);
    exchange_free(w->exchange);
}
