#include "store/journal_memory.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/journal_ops.h"
#include "store/memory_facts.h"
#include "store/ownership_memory.h"

enum kind { KIND_DECLARE, KIND_BATCH, KIND_READING, KIND_ERASE, KIND_RESTORE };

/* A request, and once it was carried out, its result. */
struct request {
    enum kind kind;
    char code[CODE_CHARS + 1];
    int64_t origin;               /* Of what is declared. */
    int64_t wall;                 /* When it is erased. */
    struct batch *const *batches; /* Of what is restored: its sender's. */
    size_t batch_count;
    struct batch *batch;
    bool durable;
    int64_t from, generation;
    journal_read_fn *each;
    void *context;
    int error;
    size_t count; /* What was read. */
    struct memory_fact *facts;
    struct request *next;
};

struct list {
    struct request *first, *last;
};

/* That a meeting was erased. */
struct memory_erased {
    struct hash code;
    int64_t wall;
};

/* What is durable. */
struct disk {
    size_t users;                    /* Journals that are on it. */
    struct memory_meeting *meetings; /* In the order in which they came. */
    size_t erased_count, erased_room;
    struct memory_erased *erased; /* Oldest first. */
    journal_memory_seen_fn *seen; /* NULL: nobody looks. */
    void *seen_context;
};

struct journal_memory {
    struct journal journal;
    struct disk *disk;
    struct list waiting, done;
    size_t batches, others; /* Under way. */
    size_t fail;
    bool full;   /* The disk is; */
    int trouble; /* and something has failed for it. */
    bool has_mark, mark_waits;
    struct journal_mark mark, next_mark;
    bool away;                     /* The database cannot be reached. */
    struct ownership_table *table; /* journal_memory_share; NULL: it is one server's. */
    char name[OWNERSHIP_NAME_MAX + 1];
    struct journal_figures figures;
};

static struct journal_memory *own(struct journal *j)
{
    return (struct journal_memory *)j;
}

static void request_free(struct request *r)
{
    batch_free(r->batch);
    memory_facts_free(r->facts, r->count);
    free(r);
}

static void list_add(struct list *l, struct request *r)
{
    r->next = NULL;
    *(l->first ? &l->last->next : &l->first) = r;
    l->last = r;
}

static struct request *list_take(struct list *l)
{
    struct request *r = l->first;

    if (r)
        l->first = r->next;
    return r;
}

static void list_clear(struct list *l)
{
    for (struct request *r = list_take(l); r; r = list_take(l))
        request_free(r);
}

/* Of several servers' meetings the owner, NULL where there is none yet, and the epoch are the
 * table's; generations count within an epoch. */
static const char *owner_of(const struct journal_memory *m, struct memory_meeting *one)
{
    int64_t epoch = one->epoch;
    const char *owner = m->table ? ownership_table_owner(m->table, one->code, &epoch) : NULL;

    if (owner && epoch != one->epoch) {
        one->epoch = epoch;
        one->generation = 0;
        one->foreign = false;
    }
    return owner;
}

static bool is_foreign(const struct journal_memory *m, struct memory_meeting *one)
{
    const char *owner = owner_of(m, one);

    return one->foreign || (owner && strcmp(owner, m->name) != 0);
}

/* The meeting is this server's from its first batch on.  False when memory is exhausted. */
static bool make_own(const struct journal_memory *m, const struct memory_meeting *one)
{
    return !m->table || one->count > 0 ||
           ownership_table_add(m->table, one->code, m->name, one->origin) == 0;
}

static void commit_batch(struct journal_memory *m, struct request *r)
{
    const struct batch *b = r->batch;
    struct memory_meeting *one = *memory_meeting_find(&m->disk->meetings, b->meeting);

    if (one)
        (void)owner_of(m, one);
    bool expected =
        one && !one->foreign && (one->generation == 0 || b->generation == one->generation) &&
        (one->count == 0 || b->epoch == one->epoch) && b->rows[0].seq == (int64_t)one->count + 1;

    if (m->full)
        m->trouble = -ENOSPC;
    else if (m->fail > 0)
        m->fail--;
    else
        r->durable = expected && make_own(m, one) && memory_meeting_add(one, b) == 0;
    if (m->disk->seen)
        m->disk->seen(m->disk->seen_context, m->name, b, r->durable);
    if (r->durable) {
        one->epoch = b->epoch;
        one->generation = b->generation;
        m->figures.batches++;
        m->figures.facts += (int64_t)b->count;
    } else {
        m->figures.failures++;
    }
}

static void commit_declare(struct journal_memory *m, const struct request *r)
{
    struct memory_meeting **at = memory_meeting_find(&m->disk->meetings, r->code);

    if (*at)
        return;
    struct memory_meeting *one = alloc_many(1, sizeof(*one));
    if (!one)
        return; /* Its batches come back as not durable. */
    memcpy(one->code, r->code, sizeof(one->code));
    one->origin = r->origin;
    *at = one;
}

static void commit_reading(struct journal_memory *m, struct request *r)
{
    struct memory_meeting *one = *memory_meeting_find(&m->disk->meetings, r->code);

    if (!one) {
        r->error = -ENOENT;
        return;
    }
    if (is_foreign(m, one)) {
        r->error = -ESTALE;
        return;
    }
    if (one->generation < r->generation)
        one->generation = r->generation;
    if (r->from > (int64_t)one->count)
        return;
    size_t from = (size_t)r->from - 1;
    r->facts = alloc_many(one->count - from, sizeof(*r->facts));
    r->error = r->facts ? 0 : -ENOMEM;
    for (size_t i = from; !r->error && i < one->count; i++) {
        if (one->damaged && i == one->count - 1) {
            r->error = -EBADMSG;
            return;
        }
        r->error = memory_fact_copy(&one->facts[i], &r->facts[r->count]);
        r->count += r->error ? 0 : 1;
    }
}

/* Forgets those that were erased long ago, and makes room for one more. */
static int erased_room(struct disk *m, int64_t wall)
{
    size_t kept = 0;

    for (size_t i = 0; i < m->erased_count; i++)
        if (m->erased[i].wall >= wall - JOURNAL_ERASED_KEPT_MS)
            m->erased[kept++] = m->erased[i];
    m->erased_count = kept;
    if (kept < m->erased_room)
        return 0;
    struct memory_erased *more = alloc_again(m->erased, 2 * kept + 8, sizeof(*more));
    if (!more)
        return -ENOMEM;
    m->erased = more;
    m->erased_room = 2 * kept + 8;
    return 0;
}

static void commit_erase(struct journal_memory *m, struct request *r)
{
    struct disk *d = m->disk;
    struct memory_meeting **at = memory_meeting_find(&d->meetings, r->code);

    r->error = !*at ? -ENOENT : m->table && is_foreign(m, *at) ? -ESTALE : erased_room(d, r->wall);
    if (r->error)
        return;
    if ((*at)->count > 0)
        d->erased[d->erased_count++] =
            (struct memory_erased){ .code = hash_of(r->code, CODE_CHARS), .wall = r->wall };
    if (m->table)
        ownership_table_remove(m->table, r->code);
    memory_meeting_remove(at);
}

static void commit_restore(struct journal_memory *m, struct request *r)
{
    r->error = *memory_meeting_find(&m->disk->meetings, r->code) ? -EEXIST : 0;
    if (r->error)
        return;
    commit_declare(m, r);
    struct memory_meeting **at = memory_meeting_find(&m->disk->meetings, r->code);
    r->error = *at ? 0 : -ENOMEM;
    if (!r->error && !make_own(m, *at))
        r->error = -ENOMEM;
    for (size_t i = 0; !r->error && i < r->batch_count; i++)
        r->error = r->batches[i]->rows[0].seq == (int64_t)(*at)->count + 1
                       ? memory_meeting_add(*at, r->batches[i])
                       : -ESTALE;
    if (!r->error)
        (*at)->epoch = r->batches[0]->epoch;
    else if (*at)
        memory_meeting_remove(at);
}

/* Carries out the oldest request. */
static void commit_one(struct journal_memory *m)
{
    struct request *r = list_take(&m->waiting);

    switch (r->kind) {
    case KIND_DECLARE:
        commit_declare(m, r);
        m->others--;
        request_free(r);
        return;
    case KIND_BATCH:
        commit_batch(m, r);
        break;
    case KIND_READING:
        commit_reading(m, r);
        m->others--;
        break;
    case KIND_ERASE:
        commit_erase(m, r);
        m->others--;
        break;
    case KIND_RESTORE:
        commit_restore(m, r);
        m->others--;
        break;
    }
    list_add(&m->done, r);
}

void journal_memory_commit(struct journal *j, size_t count)
{
    struct journal_memory *m = own(j);

    if (m->away)
        return;
    m->figures.commits++;
    if (m->mark_waits) {
        m->trouble = m->full ? -ENOSPC : 0;
        m->mark = m->full ? m->mark : m->next_mark;
        m->has_mark |= !m->full;
        m->mark_waits = false;
    }
    while (m->waiting.first && (count > 0 || m->waiting.first->kind == KIND_DECLARE)) {
        count -= m->waiting.first->kind == KIND_DECLARE ? 0 : 1;
        commit_one(m);
    }
}

size_t journal_memory_waiting(const struct journal *j)
{
    const struct journal_memory *m = (const struct journal_memory *)j;
    size_t n = 0;

    for (const struct request *r = m->away ? NULL : m->waiting.first; r; r = r->next)
        n += r->kind == KIND_DECLARE ? 0 : 1;
    return n;
}

void journal_memory_fail(struct journal *j, size_t count)
{
    own(j)->fail = count;
}

void journal_memory_fill(struct journal *j, bool full)
{
    own(j)->full = full;
}

void journal_memory_take_over(struct journal *j, const char *code)
{
    struct memory_meeting *one = *memory_meeting_find(&own(j)->disk->meetings, code);

    assert(one);
    one->foreign = true;
}

void journal_memory_share(struct journal *j, struct ownership_table *table, const char *name)
{
    struct journal_memory *m = own(j);

    assert(strlen(name) < sizeof(m->name));
    m->table = table;
    memcpy(m->name, name, strlen(name) + 1);
}

void journal_memory_away(struct journal *j, bool away)
{
    own(j)->away = away;
}

void journal_memory_watch(struct journal *j, journal_memory_seen_fn *seen, void *context)
{
    own(j)->disk->seen = seen;
    own(j)->disk->seen_context = context;
}

void journal_memory_damage(struct journal *j, const char *code)
{
    struct memory_meeting *one = *memory_meeting_find(&own(j)->disk->meetings, code);

    assert(one);
    one->damaged = true;
}

void journal_memory_crash(struct journal *j)
{
    struct journal_memory *m = own(j);

    list_clear(&m->waiting);
    list_clear(&m->done);
    m->batches = 0;
    m->others = 0;
    m->mark_waits = false;
    for (struct memory_meeting **at = &m->disk->meetings; *at && !m->table;) {
        (*at)->generation = 0;
        if ((*at)->count == 0)
            memory_meeting_remove(at);
        else
            at = &(*at)->next;
    }
}

static int put(struct journal_memory *m, const char *code, struct request like)
{
    size_t *under_way = like.kind == KIND_BATCH ? &m->batches : &m->others;

    if (*under_way == JOURNAL_QUEUE_MAX)
        return -EAGAIN;
    struct request *r = alloc_many(1, sizeof(*r));
    if (!r)
        return like.kind == KIND_BATCH ? -EAGAIN : -ENOMEM;
    *r = like;
    memcpy(r->code, code, CODE_CHARS + 1);
    list_add(&m->waiting, r);
    (*under_way)++;
    return 0;
}

static int memory_declare(struct journal *j, const char *code, int64_t origin)
{
    return put(own(j), code, (struct request){ .kind = KIND_DECLARE, .origin = origin });
}

static int memory_submit(struct journal *j, struct batch *b)
{
    return put(own(j), b->meeting, (struct request){ .kind = KIND_BATCH, .batch = b });
}

static void memory_go(struct journal *j)
{
    (void)j; /* Its owner says when what commits: journal_memory_commit. */
}

static void memory_leave(struct journal *j)
{
    (void)j; /* It wakes nobody. */
}

static int memory_read(struct journal *j, const char *code, int64_t from, int64_t generation,
                       journal_read_fn *each, void *context)
{
    return put(own(j), code,
               (struct request){ .kind = KIND_READING,
                                 .from = from,
                                 .generation = generation,
                                 .each = each,
                                 .context = context });
}

static int memory_restore(struct journal *j, const char *code, int64_t origin,
                          struct batch *const *batches, size_t count, journal_read_fn *each,
                          void *context)
{
    return put(own(j), code,
               (struct request){ .kind = KIND_RESTORE,
                                 .origin = origin,
                                 .batches = batches,
                                 .batch_count = count,
                                 .each = each,
                                 .context = context });
}

static int memory_erase(struct journal *j, const char *code, int64_t wall, journal_read_fn *each,
                        void *context)
{
    return put(
        own(j), code,
        (struct request){ .kind = KIND_ERASE, .wall = wall, .each = each, .context = context });
}

static void deliver(const struct request *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct memory_fact *f = &r->facts[i];
        struct journal_fact fact = {
            .seq = f->seq,
            .at = f->at,
            .wall = f->wall,
            .rest = f->rest,
            .body = f->body,
            .text = f->text,
            .command = f->has_command ? &f->command : NULL,
            .made = f->made,
        };
        r->each(r->context, &fact, 0);
    }
    r->each(r->context, &(struct journal_fact){ 0 }, r->error);
}

static void memory_collect(struct journal *j, journal_done_fn *done, void *context)
{
    struct journal_memory *m = own(j);
    struct list all = m->done;

    if (m->away)
        return;
    m->done = (struct list){ 0 };
    for (struct request *r = list_take(&all); r; r = list_take(&all)) {
        if (r->kind == KIND_BATCH) {
            struct batch *b = r->batch;
            r->batch = NULL;
            m->batches--;
            done(context, b, r->durable);
        } else {
            deliver(r);
        }
        request_free(r);
    }
}

static int memory_meetings(struct journal *j, journal_meeting_fn *each, void *context)
{
    for (const struct memory_meeting *m = own(j)->disk->meetings; m; m = m->next) {
        if (m->count > 0)
            each(context, m->code, m->origin, m->epoch, (int64_t)m->count);
    }
    return 0;
}

static int memory_erased(struct journal *j, journal_erased_fn *each, void *context)
{
    const struct disk *d = own(j)->disk;

    for (size_t i = 0; i < d->erased_count; i++)
        each(context, d->erased[i].code, d->erased[i].wall);
    return 0;
}

static void memory_mark_set(struct journal *j, const struct journal_mark *mark)
{
    own(j)->next_mark = *mark;
    own(j)->mark_waits = true;
}

static bool memory_mark_get(struct journal *j, struct journal_mark *ret_mark)
{
    const struct journal_memory *m = own(j);

    *ret_mark = m->mark;
    ret_mark->shared = m->table != NULL;
    ret_mark->now = m->table ? ownership_table_now(m->table) : 0;
    return m->has_mark || m->table;
}

static int memory_health(const struct journal *j, const char **ret_why)
{
    (void)j;
    *ret_why = "";
    return 0;
}

static int memory_trouble(const struct journal *j)
{
    return ((const struct journal_memory *)j)->trouble;
}

static void memory_figures(const struct journal *j, struct journal_figures *ret_figures)
{
    const struct journal_memory *m = (const struct journal_memory *)j;

    *ret_figures = m->figures;
    ret_figures->waiting = (int64_t)m->batches;
}

static void memory_close(struct journal *j)
{
    struct disk *d = own(j)->disk;

    journal_memory_crash(j);
    if (--d->users == 0) {
        while (d->meetings)
            memory_meeting_remove(&d->meetings);
        free(d->erased);
        free(d);
    }
    free(j);
}

static struct journal *journal_on(struct disk *d)
{
    static const struct journal_ops ops = {
        .declare = memory_declare,
        .submit = memory_submit,
        .go = memory_go,
        .leave = memory_leave,
        .collect = memory_collect,
        .read = memory_read,
        .restore = memory_restore,
        .erase = memory_erase,
        .meetings = memory_meetings,
        .erased = memory_erased,
        .mark_set = memory_mark_set,
        .mark_get = memory_mark_get,
        .health = memory_health,
        .trouble = memory_trouble,
        .figures = memory_figures,
        .close = memory_close,
    };
    struct journal_memory *m = alloc_many(1, sizeof(*m));

    if (!m)
        return NULL;
    m->journal.ops = &ops;
    m->disk = d;
    d->users++;
    return &m->journal;
}

struct journal *journal_memory_new(void)
{
    struct disk *d = alloc_many(1, sizeof(*d));
    struct journal *j = d ? journal_on(d) : NULL;

    if (!j)
        free(d);
    return j;
}

struct journal *journal_memory_beside(struct journal *j)
{
    return journal_on(own(j)->disk);
}
