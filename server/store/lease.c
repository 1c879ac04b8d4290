#include "store/lease.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"

enum {
    RETRY_MS = 100,                      /* After a renewal that failed. */
    NAME_MS = OWNERSHIP_LEASE_MS + 1000, /* How long a name is waited for. */
};

struct item {
    struct lease_answer answer;
    struct item *next;
};

struct items {
    struct item *first, **last;
};

struct lease {
    struct lease_ports ports;
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock;
    pthread_cond_t more;

    /* The thread's own. */
    struct ownership *ownership;
    int64_t due; /* When to renew next. */
    bool left;

    /* Under the lock. */
    int64_t until; /* The lease surely runs so long. */
    int64_t ahead; /* See lease_ahead. */
    int health;
    bool stop;
    size_t under_way;
    struct items waiting, done;
    struct lease_figures figures;
};

static void items_clear(struct items *l)
{
    l->first = NULL;
    l->last = &l->first;
}

static void items_add(struct items *l, struct item *one)
{
    one->next = NULL;
    *l->last = one;
    l->last = &one->next;
}

static struct item *items_take(struct items *l)
{
    struct item *one = l->first;

    if (one && !(l->first = one->next))
        l->last = &l->first;
    return one;
}

static void free_item(struct item *one)
{
    free(one->answer.nodes);
    free(one);
}

static int64_t now_of(const struct lease *l)
{
    int64_t (*clock)(void *) = l->ports.steady ? l->ports.steady : l->ports.boottime;

    return clock(l->ports.boottime_context);
}

static void wake(const struct lease *l)
{
    l->ports.wake(l->ports.wake_context);
}

struct lease *lease_new(struct ownership *o, const struct lease_ports *ports)
{
    struct lease *l = alloc_many(1, sizeof(*l));
    pthread_condattr_t monotonic;

    if (!l)
        return NULL;
    l->ownership = o;
    l->ports = *ports;
    items_clear(&l->waiting);
    items_clear(&l->done);
    pthread_mutex_init(&l->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&l->more, &monotonic);
    pthread_condattr_destroy(&monotonic);
    l->due = now_of(l);
    return l;
}

/* Takes down how a renewal went that was asked for at `asked`; `ran` says whether a lease ran then.
 * One that was out before the answer came, or in the database, counts as broken, for somebody may
 * have seen that. */
static void note(struct lease *l, int64_t asked, bool ran, int error)
{
    pthread_mutex_lock(&l->lock);
    bool broken = ran && (error == -ETIME || now_of(l) >= l->until);
    if (error == -EEXIST || error == -ESTALE || error == -EKEYREJECTED)
        l->health = error == -EKEYREJECTED ? error : -EEXIST;
    l->figures.failures += error || broken;
    l->figures.terms += !error && !ran;
    if (broken || l->health)
        l->until = 0;
    else if (!error)
        l->until = asked + OWNERSHIP_LEASE_MS;
    pthread_mutex_unlock(&l->lock);
    l->due = broken ? asked : asked + (error ? RETRY_MS : OWNERSHIP_RENEW_MS);
    if (broken || !ran || l->health)
        wake(l);
}

/* Takes it anew, and reads the clock that holds for the term. */
static int enter(struct lease *l)
{
    int64_t now = 0;
    int error = ownership_enter(l->ownership);

    if (!error)
        error = ownership_clock(l->ownership, &now);
    if (error)
        return error;
    pthread_mutex_lock(&l->lock);
    l->ahead = now - l->ports.boottime(l->ports.boottime_context);
    pthread_mutex_unlock(&l->lock);
    return 0;
}

static void renew(struct lease *l)
{
    int64_t asked = now_of(l);
    bool runs = asked < l->until; /* Nobody else changes it. */
    int error = runs ? ownership_renew(l->ownership) : enter(l);

    note(l, asked, runs, error);
}

static void claim(struct lease *l, struct lease_answer *a)
{
    a->error = ownership_claim(l->ownership, a->code, &a->claim);
    if (a->error == -EBUSY && ownership_find(l->ownership, a->code, &a->owner) != 0)
        a->owner = (struct owner){ .epoch = 0 };
    pthread_mutex_lock(&l->lock);
    l->figures.claims += a->error == 0;
    l->figures.refused += a->error == -EBUSY;
    pthread_mutex_unlock(&l->lock);
}

static void ask_nodes(struct lease *l, struct lease_answer *a)
{
    a->nodes = alloc_many(OWNERSHIP_NODES_MAX, sizeof(*a->nodes));
    a->error = a->nodes ? ownership_nodes(l->ownership, a->nodes, &a->count) : -ENOMEM;
}

static void leave(struct lease *l, struct lease_answer *a)
{
    l->left = true;
    a->error = ownership_leave(l->ownership);
    pthread_mutex_lock(&l->lock);
    l->until = 0;
    pthread_mutex_unlock(&l->lock);
}

static void carry_out(struct lease *l, struct lease_answer *a)
{
    a->term = lease_term(l);
    if (a->term == 0 && a->kind != LEASE_LEAVE) {
        a->error = -ESTALE;
        return;
    }
    switch (a->kind) {
    case LEASE_CLAIM:
        claim(l, a);
        return;
    case LEASE_GIVE_UP:
        a->error = ownership_give_up(l->ownership, a->code, a->claim.epoch);
        return;
    case LEASE_UNOWNED:
        a->error = ownership_unowned(l->ownership, a->codes, &a->count);
        return;
    case LEASE_NODES:
        ask_nodes(l, a);
        return;
    case LEASE_LEAVE:
        leave(l, a);
        return;
    }
}

void lease_turn(struct lease *l)
{
    struct item *one;

    do {
        if (!l->left && !l->health && now_of(l) >= l->due)
            renew(l);
        pthread_mutex_lock(&l->lock);
        one = items_take(&l->waiting);
        pthread_mutex_unlock(&l->lock);
        if (!one)
            return;
        carry_out(l, &one->answer);
        pthread_mutex_lock(&l->lock);
        items_add(&l->done, one);
        pthread_mutex_unlock(&l->lock);
        wake(l);
    } while (true);
}

/* When the thread must look again, on the clock of its condition. */
static struct timespec next_look(const struct lease *l)
{
    int64_t wait = l->left || l->health ? OWNERSHIP_RENEW_MS : l->due - now_of(l);
    struct timespec t;

    if (wait < 0)
        wait = 0;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += (time_t)(wait / 1000);
    t.tv_nsec += (long)(wait % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

static void *run(void *context)
{
    struct lease *l = context;
    bool stop;

    do {
        lease_turn(l);
        struct timespec look = next_look(l);
        pthread_mutex_lock(&l->lock);
        if (!l->stop && !l->waiting.first)
            pthread_cond_timedwait(&l->more, &l->lock, &look);
        stop = l->stop;
        pthread_mutex_unlock(&l->lock);
    } while (!stop);
    return NULL;
}

/* Signals are the owner's business, as of the journal's thread. */
int lease_start(struct lease *l)
{
    int64_t since = now_of(l);
    sigset_t all, before;
    int error;

    while (((error = ownership_enter(l->ownership)) == -EEXIST || error == -EADDRINUSE ||
            error == -EAGAIN /* Another server is just taking a meeting of this name's. */) &&
           now_of(l) - since < NAME_MS)
        poll(NULL, 0, RETRY_MS);
    if (error)
        return error;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    error = pthread_create(&l->thread, NULL, run, l);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    l->has_thread = !error;
    return -error;
}

int64_t lease_term(struct lease *l)
{
    pthread_mutex_lock(&l->lock);
    int64_t term = now_of(l) < l->until ? l->figures.terms : 0;
    pthread_mutex_unlock(&l->lock);
    return term;
}

int64_t lease_ahead(struct lease *l)
{
    pthread_mutex_lock(&l->lock);
    int64_t ahead = l->ahead;
    pthread_mutex_unlock(&l->lock);
    return ahead;
}

int lease_health(struct lease *l)
{
    pthread_mutex_lock(&l->lock);
    int health = l->health;
    pthread_mutex_unlock(&l->lock);
    return health;
}

static int put(struct lease *l, enum lease_kind kind, const char *code, int64_t epoch)
{
    struct item *one = alloc_many(1, sizeof(*one));

    if (!one)
        return -ENOMEM;
    one->answer.kind = kind;
    one->answer.claim.epoch = epoch;
    if (code)
        memcpy(one->answer.code, code, sizeof(one->answer.code));
    pthread_mutex_lock(&l->lock);
    bool taken = l->under_way < LEASE_REQUESTS_MAX;
    l->under_way += taken;
    if (taken)
        items_add(&l->waiting, one);
    pthread_cond_signal(&l->more);
    pthread_mutex_unlock(&l->lock);
    if (!taken)
        free(one);
    return taken ? 0 : -EAGAIN;
}

int lease_claim(struct lease *l, const char *code)
{
    assert(strlen(code) == CODE_CHARS);
    return put(l, LEASE_CLAIM, code, 0);
}

int lease_give_up(struct lease *l, const char *code, int64_t epoch)
{
    assert(strlen(code) == CODE_CHARS && epoch > 0);
    return put(l, LEASE_GIVE_UP, code, epoch);
}

int lease_unowned(struct lease *l)
{
    return put(l, LEASE_UNOWNED, NULL, 0);
}

int lease_nodes(struct lease *l)
{
    return put(l, LEASE_NODES, NULL, 0);
}

int lease_leave(struct lease *l)
{
    return put(l, LEASE_LEAVE, NULL, 0);
}

static struct item *take_done(struct lease *l)
{
    pthread_mutex_lock(&l->lock);
    struct item *one = items_take(&l->done);
    l->under_way -= one != NULL;
    pthread_mutex_unlock(&l->lock);
    return one;
}

void lease_collect(struct lease *l, lease_answer_fn *each, void *context)
{
    for (struct item *one = take_done(l); one; one = take_done(l)) {
        each(context, &one->answer);
        free_item(one);
    }
}

void lease_figures(struct lease *l, struct lease_figures *ret_figures)
{
    pthread_mutex_lock(&l->lock);
    *ret_figures = l->figures;
    pthread_mutex_unlock(&l->lock);
}

static void drop_all(struct items *l)
{
    for (struct item *one = items_take(l); one; one = items_take(l))
        free_item(one);
}

void lease_close(struct lease *l)
{
    if (!l)
        return;
    pthread_mutex_lock(&l->lock);
    l->stop = true;
    pthread_cond_signal(&l->more);
    pthread_mutex_unlock(&l->lock);
    if (l->has_thread)
        pthread_join(l->thread, NULL);
    ownership_close(l->ownership);
    drop_all(&l->waiting);
    drop_all(&l->done);
    pthread_cond_destroy(&l->more);
    pthread_mutex_destroy(&l->lock);
    free(l);
}
