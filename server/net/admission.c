#include "net/admission.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ids.h"
#include "protocol.gen.h"

enum {
    WAYS = 8,
    SETS = ADMISSION_ADDRESSES_MAX / WAYS,
    COST = 60000 / LIMIT_FAILURES_A_MINUTE, /* ms of debt for one failure */
    DEBT_MAX = COST * LIMIT_FAILURES_BURST,
    ALL_COST = 60000 / ADMISSION_ALL_A_MINUTE,
    ALL_DEBT_MAX = ALL_COST * ADMISSION_ALL_BURST,
    WINDOW_MS = 600000,
};

/* Debt falls by 1 ms each ms: so it is kept as the time at which it is paid. */
struct neighbour {
    struct address network;
    int64_t last; /* Of its failures; meaningful where `used`. */
    int64_t paid;
    int64_t window; /* When the count of `recent` began. */
    int recent;
    bool used;
};

struct admission {
    struct admission_figures figures;
    int64_t all_paid;
    uint64_t seed; /* So that nobody can choose whom they share a set with. */
    struct neighbour neighbours[SETS][WAYS];
};

struct admission *admission_new(size_t open_max)
{
    struct admission *a = alloc_many(1, sizeof(*a));

    if (!a)
        return NULL;
    a->figures.open_max = open_max;
    random_fill(&a->seed, sizeof(a->seed));
    return a;
}

void admission_free(struct admission *a)
{
    free(a);
}

static size_t set_of(const struct admission *a, const struct address *network)
{
    uint64_t h = a->seed;

    for (size_t i = 0; i < sizeof(network->b); i++) {
        h = (h ^ network->b[i]) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 29;
    }
    return (size_t)(h % SETS);
}

static const struct neighbour *find(const struct admission *a, const struct address *who)
{
    struct address network = address_network(who);
    const struct neighbour *set = a->neighbours[set_of(a, &network)];

    for (size_t i = 0; i < WAYS; i++)
        if (set[i].used && address_same(&set[i].network, &network))
            return &set[i];
    return NULL;
}

/* Finds its row, or takes the one in its set that failed longest ago. */
static struct neighbour *find_or_take(struct admission *a, const struct address *who, int64_t now)
{
    struct address network = address_network(who);
    struct neighbour *set = a->neighbours[set_of(a, &network)], *oldest = &set[0];

    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].used && address_same(&set[i].network, &network))
            return &set[i];
        if (oldest->used && (!set[i].used || set[i].last < oldest->last))
            oldest = &set[i];
    }
    *oldest = (struct neighbour){ .network = network, .used = true, .paid = now, .window = now };
    return oldest;
}

static int64_t owe(int64_t paid, int64_t now, int64_t cost, int64_t most)
{
    int64_t debt = (paid > now ? paid - now : 0) + cost;

    return now + (debt < most ? debt : most);
}

void admission_failed(struct admission *a, const struct address *who, int64_t now)
{
    struct neighbour *n = find_or_take(a, who, now);

    if (now - n->window >= WINDOW_MS) {
        n->window = now;
        n->recent = 0;
    }
    n->recent++;
    n->last = now;
    n->paid = owe(n->paid, now, COST, DEBT_MAX);
    a->all_paid = owe(a->all_paid, now, ALL_COST, ALL_DEBT_MAX);
    a->figures.failures++;
}

/* Seconds until one more failure would fit under `most`, rounded up. */
static int wait_of(int64_t paid, int64_t now, int64_t cost, int64_t most)
{
    int64_t debt = paid > now ? paid - now : 0, over = debt + cost - most;

    return over > 0 ? (int)((over + 999) / 1000) : 0;
}

/* Where an address is unknown because too many others have failed of late to remember it. */
static bool crowded(const struct admission *a, const struct address *who, int64_t now)
{
    struct address network = address_network(who);
    const struct neighbour *set = a->neighbours[set_of(a, &network)];

    for (size_t i = 0; i < WAYS; i++)
        if (!set[i].used || now - set[i].last >= WINDOW_MS)
            return false;
    return true;
}

int admission_wait(const struct admission *a, const struct address *who, int64_t now)
{
    const struct neighbour *n = find(a, who);
    int own = n ? wait_of(n->paid, now, COST, DEBT_MAX) : 0;

    if (own > 0)
        return own;
    bool pardoned =
        n ? n->recent <= ADMISSION_PARDON || now - n->window >= WINDOW_MS : !crowded(a, who, now);
    return pardoned ? 0 : wait_of(a->all_paid, now, ALL_COST, ALL_DEBT_MAX);
}

bool admission_enter(struct admission *a)
{
    if (a->figures.open >= a->figures.open_max) {
        a->figures.turned_away++;
        return false;
    }
    a->figures.open++;
    a->figures.entered++;
    return true;
}

void admission_leave(struct admission *a)
{
    assert(a->figures.open > 0);
    a->figures.open--;
}

void admission_held(struct admission *a)
{
    a->figures.held++;
}

struct admission_figures admission_figures(const struct admission *a)
{
    return a->figures;
}
