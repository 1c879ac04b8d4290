#include "support/journal_kit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/journal_memory.h"
#include "store/journal_postgres.h"
#include "support/check.h"
#include "support/postgres.h"

static void wake(void *context)
{
    struct kit *k = context;

    __atomic_add_fetch(&k->wakes, 1, __ATOMIC_RELAXED);
    sem_post(&k->woken);
}

int kit_open(struct kit *k)
{
    char uri[512];

    k->journal = NULL;
    k->why = NULL;
    if (k->kind == KIT_POSTGRES)
        return journal_postgres_open(k->where ? k->where : postgres_url(), k->node, wake, k,
                                     &k->journal, &k->why);
    if (k->vfs)
        snprintf(uri, sizeof(uri), "file:%s?vfs=%s", k->path, k->vfs);
    else
        snprintf(uri, sizeof(uri), "%s", k->path);
    return journal_sqlite_open(uri, wake, k, &k->journal, &k->why);
}

static void make_folder(struct kit *k)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(k->path, sizeof(k->path), "%s/journal-XXXXXX", tmp ? tmp : "/tmp");
    CHECK(mkdtemp(k->path));
    strncat(k->path, "/runde.db", sizeof(k->path) - strlen(k->path) - 1);
}

struct kit *kit_new(enum kit_kind kind, const char *vfs)
{
    struct kit *k = calloc(1, sizeof(*k));
    int error = 0;

    CHECK(k);
    CHECK(sem_init(&k->woken, 0, 0) == 0);
    k->kind = kind;
    k->vfs = vfs;
    switch (kind) {
    case KIT_MEMORY:
        k->journal = journal_memory_new();
        CHECK(k->journal);
        break;
    case KIT_SQLITE:
        make_folder(k);
        error = kit_open(k);
        break;
    case KIT_POSTGRES:
        postgres_empty();
        error = kit_open(k);
        break;
    }
    if (error)
        fprintf(stderr, "%s\n", k->why);
    CHECK(error == 0);
    return k;
}

void kit_shut(struct kit *k)
{
    journal_close(k->journal);
    k->journal = NULL;
    k->pending = 0;
}

void kit_free(struct kit *k)
{
    static const char *const names[] = { "",         "-wal",       "-shm",
                                         "-lock",    "-journal",   ".new",
                                         ".new-wal", ".new-shm",   ".new-journal",
                                         ".copy",    ".copy-lock", "-saved" };
    char name[320];

    kit_shut(k);
    for (size_t i = 0; k->kind == KIT_SQLITE && i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(name, sizeof(name), "%s%s", k->path, names[i]);
        (void)unlink(name);
    }
    if (k->kind == KIT_SQLITE) {
        *strrchr(k->path, '/') = '\0';
        (void)rmdir(k->path);
    }
    sem_destroy(&k->woken);
    free(k);
}

static char *format(const char *with, const char *meeting, int64_t seq)
{
    char *s;

    CHECK(asprintf(&s, "{\"%s\":\"%s #%lld\"}", with, meeting, (long long)seq) > 0);
    return s;
}

char *kit_body(const char *meeting, int64_t seq)
{
    return format("body", meeting, seq);
}

char *kit_text(const char *meeting, int64_t seq)
{
    return format("secret", meeting, seq);
}

struct batch *kit_batch(const char *meeting, int64_t first, size_t count)
{
    struct batch *b = batch_new(count, 0);

    CHECK(b);
    snprintf(b->meeting, sizeof(b->meeting), "%s", meeting);
    b->epoch = 1;
    b->generation = 1;
    b->wall = 1700000000000 + first;
    b->has_command = true;
    b->command = uuid_new();
    b->made = format("made", meeting, first);
    for (size_t i = 0; i < count; i++) {
        int64_t seq = first + (int64_t)i;
        b->rows[i] = (struct journal_row){ .seq = seq,
                                           .at = 10 * seq,
                                           .body = kit_body(meeting, seq),
                                           .text = kit_text(meeting, seq) };
    }
    return b;
}

void kit_submit(struct kit *k, struct batch *b)
{
    CHECK(journal_submit(k->journal, b) == 0);
    journal_go(k->journal);
    k->pending++;
}

void kit_submit_many(struct kit *k, const char *meeting, int64_t first, size_t count)
{
    for (size_t i = 0; i < count; i++)
        kit_submit(k, kit_batch(meeting, first + (int64_t)i, 1));
}

static void done(void *context, struct batch *b, bool durable)
{
    struct kit *k = context;

    CHECK(k->count < KIT_RETURNS_MAX);
    CHECK(k->pending > 0);
    struct kit_return *r = &k->returns[k->count++];
    snprintf(r->meeting, sizeof(r->meeting), "%s", b->meeting);
    r->first = b->rows[0].seq;
    r->last = b->rows[b->count - 1].seq;
    r->durable = durable;
    r->readings = k->readings;
    k->pending--;
    batch_free(b);
}

void kit_settle(struct kit *k)
{
    while (k->pending > 0) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 900;
        if (k->kind == KIT_MEMORY)
            journal_memory_commit(k->journal, SIZE_MAX);
        else
            CHECK(sem_timedwait(&k->woken, &until) == 0 || errno == EINTR);
        journal_collect(k->journal, done, k);
    }
}

void kit_begin(struct kit *k, const char *meeting)
{
    CHECK(journal_declare(k->journal, meeting, 500) == 0);
    kit_submit(k, kit_batch(meeting, 1, 1));
    kit_settle(k);
}

static char *copy(const char *s)
{
    char *c = s ? strdup(s) : NULL;

    CHECK(c || !s);
    return c;
}

void kit_fact(void *context, const struct journal_fact *fact, int error)
{
    struct kit_facts *f = context;

    CHECK(!f->ended);
    if (fact->seq == 0) {
        f->ended = true;
        f->error = error;
        f->kit->readings++;
        CHECK(f->kit->pending > 0);
        f->kit->pending--;
        return;
    }
    if (f->count == f->room) {
        f->room = f->room ? 2 * f->room : 64;
        f->facts = reallocarray(f->facts, f->room, sizeof(*f->facts));
        CHECK(f->facts);
    }
    f->facts[f->count++] = (struct kit_fact){
        .seq = fact->seq,
        .at = fact->at,
        .wall = fact->wall,
        .body = copy(fact->body),
        .text = copy(fact->text),
        .made = copy(fact->made),
        .has_command = fact->command != NULL,
        .command = fact->command ? *fact->command : (struct uuid){ { 0 } },
    };
}

struct kit_facts kit_read(struct kit *k, const char *meeting, int64_t from, int64_t generation)
{
    struct kit_facts f = { .kit = k };

    CHECK(journal_read(k->journal, meeting, from, generation, kit_fact, &f) == 0);
    k->pending++;
    kit_settle(k);
    CHECK(f.ended);
    return f;
}

void kit_facts_clear(struct kit_facts *f)
{
    for (size_t i = 0; i < f->count; i++) {
        free(f->facts[i].body);
        free(f->facts[i].text);
        free(f->facts[i].made);
    }
    free(f->facts);
    *f = (struct kit_facts){ 0 };
}

int kit_erase(struct kit *k, const char *meeting)
{
    struct kit_facts f = { .kit = k };

    CHECK(journal_erase(k->journal, meeting, KIT_ERASED, kit_fact, &f) == 0);
    k->pending++;
    kit_settle(k);
    CHECK(f.ended && f.count == 0);
    return f.error;
}

size_t kit_durable(const struct kit *k)
{
    size_t n = 0;

    for (size_t i = 0; i < k->count; i++)
        n += k->returns[i].durable ? 1 : 0;
    return n;
}

bool kit_facts_are(const struct kit_facts *f, const char *meeting, int64_t from, int64_t to)
{
    if (f->error || f->count != (size_t)(to - from + 1))
        return false;
    for (size_t i = 0; i < f->count; i++) {
        const struct kit_fact *one = &f->facts[i];
        int64_t seq = from + (int64_t)i;
        char *body = kit_body(meeting, seq), *text = kit_text(meeting, seq);
        bool same = one->seq == seq && one->at == 10 * seq && strcmp(one->body, body) == 0 &&
                    one->text && strcmp(one->text, text) == 0;
        free(body);
        free(text);
        if (!same)
            return false;
    }
    return true;
}
