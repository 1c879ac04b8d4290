#include "store/exchange.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"

struct exchange {
    pthread_mutex_t lock;
    pthread_cond_t work;   /* Tells the writer. */
    pthread_cond_t answer; /* Tells the owner, in exchange_await. */
    struct request_list *in, *taken;
    struct result_list *out, *given; /* `given` is the owner's, while it collects. */
    bool collecting;
    bool left; /* The owner has left what is in `out`: it wants to hear of more. */
    bool held; /* The owner's: the writer may sleep though there is a batch. */
    struct chunk *chunks, *spare[CHUNKS_MAX];
    size_t spare_count;
    size_t batches; /* Submitted and not given back. */
    size_t others;
    bool stop, has_mark;
    struct journal_mark mark;
    void (*wake)(void *);
    void *wake_context;
    struct journal_figures figures;
};

struct exchange *exchange_new(void (*wake)(void *), void *wake_context)
{
    struct exchange *q = alloc_many(1, sizeof(*q));
    pthread_condattr_t monotonic;

    if (!q)
        return NULL;
    pthread_mutex_init(&q->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&q->work, &monotonic);
    pthread_cond_init(&q->answer, NULL);
    pthread_condattr_destroy(&monotonic);
    q->wake = wake;
    q->wake_context = wake_context;
    q->in = alloc_many(1, sizeof(*q->in));
    q->taken = alloc_many(1, sizeof(*q->taken));
    q->out = alloc_many(1, sizeof(*q->out));
    q->given = alloc_many(1, sizeof(*q->given));
    q->chunks = alloc_many(CHUNKS_MAX, sizeof(*q->chunks));
    if (!q->in || !q->taken || !q->out || !q->given || !q->chunks) {
        exchange_free(q);
        return NULL;
    }
    for (; q->spare_count < CHUNKS_MAX; q->spare_count++)
        q->spare[q->spare_count] = &q->chunks[q->spare_count];
    return q;
}

static void request_free(const struct request *r)
{
    switch (r->kind) {
    case REQUEST_BATCH:
        batch_free(r->batch);
        break;
    case REQUEST_DECLARE:
        free(r->declared);
        break;
    case REQUEST_READING:
        reading_free(r->reading);
        break;
    case REQUEST_ASK:
        break;
    }
}

void exchange_free(struct exchange *q)
{
    if (!q)
        return;
    assert(!q->collecting);
    for (size_t i = 0; q->in && i < q->in->count; i++)
        request_free(&q->in->at[i]);
    for (size_t i = 0; q->out && i < q->out->count; i++)
        batch_free(q->out->at[i].batch);
    for (size_t i = 0; q->chunks && i < CHUNKS_MAX; i++)
        free(q->chunks[i].bytes);
    free(q->in);
    free(q->taken);
    free(q->out);
    free(q->given);
    free(q->chunks);
    pthread_cond_destroy(&q->work);
    pthread_cond_destroy(&q->answer);
    pthread_mutex_destroy(&q->lock);
    free(q);
}

/* Counts a request as under way, if one more of its kind may be. */
static bool admit(struct exchange *q, enum request_kind kind)
{
    switch (kind) {
    case REQUEST_BATCH:
        if (q->batches == JOURNAL_QUEUE_MAX)
            return false;
        q->batches++;
        return true;
    case REQUEST_DECLARE:
    case REQUEST_READING:
        if (q->others == OTHERS_MAX)
            return false;
        q->others++;
        return true;
    case REQUEST_ASK:
        break; /* The asker waits: there is never a second one. */
    }
    return true;
}

int exchange_put(struct exchange *q, struct request r)
{
    pthread_mutex_lock(&q->lock);
    bool admitted = admit(q, r.kind);
    if (admitted) {
        assert(q->in->count < REQUESTS_MAX);
        q->in->at[q->in->count++] = r;
        if (r.kind == REQUEST_BATCH)
            q->held = true;
        else
            pthread_cond_signal(&q->work);
    }
    pthread_mutex_unlock(&q->lock);
    return admitted ? 0 : -EAGAIN;
}

void exchange_go(struct exchange *q)
{
    if (!q->held)
        return;
    q->held = false;
    pthread_mutex_lock(&q->lock);
    if (q->in->count > 0)
        pthread_cond_signal(&q->work);
    pthread_mutex_unlock(&q->lock);
}

void exchange_leave(struct exchange *q)
{
    pthread_mutex_lock(&q->lock);
    q->left = q->out->count > 0;
    pthread_mutex_unlock(&q->lock);
}

void exchange_put_mark(struct exchange *q, const struct journal_mark *mark)
{
    pthread_mutex_lock(&q->lock);
    q->mark = *mark;
    q->has_mark = true;
    pthread_cond_signal(&q->work);
    pthread_mutex_unlock(&q->lock);
}

void exchange_put_stop(struct exchange *q)
{
    pthread_mutex_lock(&q->lock);
    q->stop = true;
    pthread_cond_signal(&q->work);
    pthread_mutex_unlock(&q->lock);
}

bool exchange_stops(struct exchange *q)
{
    pthread_mutex_lock(&q->lock);
    bool stop = q->stop;
    pthread_mutex_unlock(&q->lock);
    return stop;
}

void exchange_await(struct exchange *q, const struct ask *ask)
{
    pthread_mutex_lock(&q->lock);
    while (!ask->done)
        pthread_cond_wait(&q->answer, &q->lock);
    pthread_mutex_unlock(&q->lock);
}

static const char *string_at(const struct chunk *c, ptrdiff_t at)
{
    return at < 0 ? NULL : c->bytes + at;
}

static void deliver(const struct chunk *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct chunk_fact *f = &c->facts[i];
        struct journal_fact fact = {
            .seq = f->seq,
            .at = f->at,
            .wall = f->wall,
            .rest = f->rest,
            .body = string_at(c, f->body),
            .text = string_at(c, f->text),
            .command = f->has_command ? &f->command : NULL,
            .made = string_at(c, f->made),
        };
        c->each(c->context, &fact, 0);
    }
    if (c->last)
        c->each(c->context, &(struct journal_fact){ 0 }, c->error);
}

static void chunk_back(struct exchange *q, struct chunk *c)
{
    pthread_mutex_lock(&q->lock);
    q->spare[q->spare_count++] = c;
    pthread_cond_signal(&q->work);
    pthread_mutex_unlock(&q->lock);
}

void exchange_collect(struct exchange *q, journal_done_fn *done, void *context)
{
    assert(!q->collecting);
    pthread_mutex_lock(&q->lock);
    struct result_list *list = q->out;
    q->out = q->given;
    q->given = list;
    q->left = false;
    for (size_t i = 0; i < list->count; i++)
        q->batches -= list->at[i].batch ? 1 : 0;
    pthread_mutex_unlock(&q->lock);

    q->collecting = true;
    for (size_t i = 0; i < list->count; i++) {
        const struct result *r = &list->at[i];
        if (r->batch) {
            done(context, r->batch, r->durable);
            continue;
        }
        deliver(r->chunk);
        chunk_back(q, r->chunk);
    }
    list->count = 0;
    q->collecting = false;
}

void exchange_figures(struct exchange *q, struct journal_figures *ret_figures)
{
    pthread_mutex_lock(&q->lock);
    *ret_figures = q->figures;
    ret_figures->waiting = (int64_t)q->batches;
    pthread_mutex_unlock(&q->lock);
}

static bool idle(const struct exchange *q, bool reading)
{
    return q->in->count == 0 && !q->has_mark && !q->stop && !(reading && q->spare_count > 0);
}

void exchange_take(struct exchange *q, bool reading, int ms, struct work *ret_work)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;

    pthread_mutex_lock(&q->lock);
    while (idle(q, reading)) {
        if (ms < 0)
            pthread_cond_wait(&q->work, &q->lock);
        else if (pthread_cond_timedwait(&q->work, &q->lock, &until) == ETIMEDOUT)
            break;
    }
    struct request_list *list = q->in;
    q->in = q->taken;
    q->in->count = 0;
    q->taken = list;
    *ret_work = (struct work){
        .requests = list, .has_mark = q->has_mark, .mark = q->mark, .stop = q->stop
    };
    q->has_mark = false;
    pthread_mutex_unlock(&q->lock);
}

/* Adds a result; true when the owner must be woken for it. */
static bool put_result(struct exchange *q, struct result r)
{
    assert(q->out->count < RESULTS_MAX);
    q->out->at[q->out->count++] = r;
    bool wake = q->out->count == 1 || q->left;
    q->left = false;
    return wake;
}

void exchange_give(struct exchange *q, const struct result *results, size_t count,
                   const struct journal_figures *add, int64_t commit_us)
{
    bool wake = false;

    pthread_mutex_lock(&q->lock);
    for (size_t i = 0; i < count; i++)
        wake |= put_result(q, results[i]);
    q->figures.commits += add->commits;
    q->figures.batches += add->batches;
    q->figures.facts += add->facts;
    q->figures.failures += add->failures;
    q->figures.reconnects += add->reconnects;
    q->figures.fenced += add->fenced;
    if (add->commits > 0) {
        histogram_add(&q->figures.commit_us, journal_commit_us, commit_us);
        histogram_add(&q->figures.commit_batches, journal_commit_batches, add->batches);
    }
    pthread_mutex_unlock(&q->lock);
    if (wake)
        q->wake(q->wake_context);
}

void exchange_answer(struct exchange *q, struct ask *ask)
{
    pthread_mutex_lock(&q->lock);
    ask->done = true;
    pthread_cond_signal(&q->answer);
    pthread_mutex_unlock(&q->lock);
}

struct chunk *exchange_chunk(struct exchange *q)
{
    struct chunk *c = NULL;

    pthread_mutex_lock(&q->lock);
    if (q->spare_count > 0)
        c = q->spare[--q->spare_count];
    pthread_mutex_unlock(&q->lock);
    if (c) {
        c->count = 0;
        c->used = 0;
        c->last = false;
        c->error = 0;
    }
    return c;
}

void exchange_send(struct exchange *q, struct chunk *c)
{
    pthread_mutex_lock(&q->lock);
    bool wake = put_result(q, (struct result){ .chunk = c });
    pthread_mutex_unlock(&q->lock);
    if (wake)
        q->wake(q->wake_context);
}

void exchange_dealt(struct exchange *q, size_t count)
{
    pthread_mutex_lock(&q->lock);
    assert(q->others >= count);
    q->others -= count;
    pthread_mutex_unlock(&q->lock);
}

void exchange_wake(struct exchange *q)
{
    q->wake(q->wake_context);
}
