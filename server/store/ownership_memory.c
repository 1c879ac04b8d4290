#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/ownership_memory.h"

struct member {
    struct node node;
    int64_t run, until;
    struct member *next;
};

struct owned {
    char code[CODE_CHARS + 1];
    char owner[OWNERSHIP_NAME_MAX + 1]; /* "": nobody. */
    int64_t epoch, origin;
    int64_t led; /* Meaningful while nobody owns it; -1: nobody can say. */
    struct owned *next;
};

struct ownership_table {
    const int64_t *now;
    int64_t runs;
    struct member *nodes;
    struct owned *meetings;
};

struct ownership_memory {
    struct ownership ownership;
    struct ownership_table *table;
    struct node node;
    int64_t run;
    ownership_travel_fn *travel; /* NULL: at once. */
    void *travel_context;
};

static struct ownership_memory *own(struct ownership *o)
{
    return (struct ownership_memory *)o;
}

static bool travels(const struct ownership *o, const char *question, bool back)
{
    const struct ownership_memory *m = (const struct ownership_memory *)o;

    return !m->travel || m->travel(m->travel_context, question, back);
}

static int answer(const struct ownership *o, const char *question, int error)
{
    return travels(o, question, true) ? error : -ECONNRESET;
}

static struct member *member_of(const struct ownership_table *t, const char *name)
{
    struct member *n = t->nodes;

    while (n && strcmp(n->node.name, name) != 0)
        n = n->next;
    return n;
}

static struct owned *meeting_of(const struct ownership_table *t, const char *code)
{
    struct owned *m = t->meetings;

    while (m && strcmp(m->code, code) != 0)
        m = m->next;
    return m;
}

static bool is_leased(const struct ownership_table *t, const char *name)
{
    const struct member *n = member_of(t, name);

    return n && n->until > *t->now;
}

/* The node that this process entered as; NULL when another has its name. */
static struct member *self(struct ownership *o)
{
    struct member *n = member_of(own(o)->table, own(o)->node.name);

    return n && n->run == own(o)->run ? n : NULL;
}

/* What the node owned is nobody's, who led it until `led`. */
static void free_all(struct ownership_table *t, const char *name, int64_t led)
{
    for (struct owned *m = t->meetings; m; m = m->next)
        if (strcmp(m->owner, name) == 0) {
            m->owner[0] = '\0';
            m->led = led;
        }
}

static int do_enter(struct ownership *o)
{
    struct ownership_memory *m = own(o);
    struct member *n = member_of(m->table, m->node.name);

    if (n && n->run != m->run && n->until > *m->table->now)
        return -EEXIST;
    if (!n) {
        n = alloc_many(1, sizeof(*n));
        if (!n)
            return -ENOMEM;
        struct member **at = &m->table->nodes;
        while (*at && strcmp((*at)->node.name, m->node.name) < 0)
            at = &(*at)->next;
        n->next = *at;
        *at = n;
    }
    free_all(m->table, m->node.name, n->until - OWNERSHIP_LEASE_MS);
    n->node = m->node;
    n->run = m->run;
    n->until = *m->table->now + OWNERSHIP_LEASE_MS;
    return 0;
}

static int do_renew(struct ownership *o)
{
    struct member *n = self(o);

    if (!n)
        return -ESTALE;
    if (n->until <= *own(o)->table->now)
        return -ETIME;
    n->until = *own(o)->table->now + OWNERSHIP_LEASE_MS;
    return 0;
}

static int do_clock(struct ownership *o, int64_t *ret_now)
{
    *ret_now = *own(o)->table->now;
    return 0;
}

static int do_claim(struct ownership *o, const char *code, struct claim *ret_claim)
{
    const struct ownership_table *t = own(o)->table;
    struct owned *m = meeting_of(t, code);
    const struct member *n = self(o);

    if (!m)
        return -ENOENT;
    if (!n || n->until <= *t->now)
        return -ESTALE;
    if (strcmp(m->owner, n->node.name) != 0 && is_leased(t, m->owner))
        return -EBUSY;
    const struct member *was = member_of(t, m->owner);
    *ret_claim = (struct claim){ .epoch = ++m->epoch,
                                 .origin = m->origin,
                                 .led = was ? was->until - OWNERSHIP_LEASE_MS : m->led };
    memcpy(m->owner, n->node.name, sizeof(m->owner));
    return 0;
}

static int do_unowned(struct ownership *o, char (*ret_codes)[CODE_CHARS + 1], size_t *ret_count)
{
    const struct ownership_table *t = own(o)->table;

    *ret_count = 0;
    for (const struct owned *m = t->meetings; m && *ret_count < OWNERSHIP_UNOWNED_MAX; m = m->next)
        if (!is_leased(t, m->owner))
            memcpy(ret_codes[(*ret_count)++], m->code, sizeof(m->code));
    return 0;
}

static int do_give_up(struct ownership *o, const char *code, int64_t epoch)
{
    struct owned *m = meeting_of(own(o)->table, code);

    if (!m || m->epoch != epoch || strcmp(m->owner, own(o)->node.name) != 0)
        return -ESTALE;
    m->owner[0] = '\0';
    m->led = *own(o)->table->now;
    return 0;
}

static int do_find(struct ownership *o, const char *code, struct owner *ret_owner)
{
    const struct ownership_table *t = own(o)->table;
    const struct owned *m = meeting_of(t, code);

    if (!m)
        return -ENOENT;
    const struct member *n = member_of(t, m->owner);
    *ret_owner = (struct owner){ .epoch = m->epoch, .leased = is_leased(t, m->owner) };
    memcpy(ret_owner->node.name, m->owner, sizeof(m->owner));
    if (n)
        ret_owner->node = n->node;
    return 0;
}

/* They are kept in the order of their names. */
static int do_nodes(struct ownership *o, struct node *ret_nodes, size_t *ret_count)
{
    const struct ownership_table *t = own(o)->table;

    *ret_count = 0;
    for (const struct member *n = t->nodes; n && *ret_count < OWNERSHIP_NODES_MAX; n = n->next)
        if (n->until > *t->now)
            ret_nodes[(*ret_count)++] = n->node;
    return 0;
}

static int do_leave(struct ownership *o)
{
    struct ownership_table *t = own(o)->table;
    struct member **at = &t->nodes, *n = self(o);

    if (!n)
        return 0;
    free_all(t, n->node.name, *t->now);
    while (*at != n)
        at = &(*at)->next;
    *at = n->next;
    free(n);
    return 0;
}

static int enter(struct ownership *o)
{
    return travels(o, "enter", false) ? answer(o, "enter", do_enter(o)) : -ECONNRESET;
}

static int renew(struct ownership *o)
{
    return travels(o, "renew", false) ? answer(o, "renew", do_renew(o)) : -ECONNRESET;
}

static int read_clock(struct ownership *o, int64_t *ret_now)
{
    return travels(o, "clock", false) ? answer(o, "clock", do_clock(o, ret_now)) : -ECONNRESET;
}

static int claim(struct ownership *o, const char *code, struct claim *ret_claim)
{
    return travels(o, "claim", false) ? answer(o, "claim", do_claim(o, code, ret_claim))
                                      : -ECONNRESET;
}

static int unowned(struct ownership *o, char (*ret_codes)[CODE_CHARS + 1], size_t *ret_count)
{
    return travels(o, "unowned", false) ? answer(o, "unowned", do_unowned(o, ret_codes, ret_count))
                                        : -ECONNRESET;
}

static int give_up(struct ownership *o, const char *code, int64_t epoch)
{
    return travels(o, "give_up", false) ? answer(o, "give_up", do_give_up(o, code, epoch))
                                        : -ECONNRESET;
}

static int find(struct ownership *o, const char *code, struct owner *ret_owner)
{
    return travels(o, "find", false) ? answer(o, "find", do_find(o, code, ret_owner)) : -ECONNRESET;
}

static int nodes(struct ownership *o, struct node *ret_nodes, size_t *ret_count)
{
    return travels(o, "nodes", false) ? answer(o, "nodes", do_nodes(o, ret_nodes, ret_count))
                                      : -ECONNRESET;
}

static int leave(struct ownership *o)
{
    return travels(o, "leave", false) ? answer(o, "leave", do_leave(o)) : -ECONNRESET;
}

static void shut(struct ownership *o)
{
    free(o);
}

struct ownership_table *ownership_table_new(const int64_t *now)
{
    struct ownership_table *t = alloc_many(1, sizeof(*t));

    if (t)
        t->now = now;
    return t;
}

void ownership_table_free(struct ownership_table *t)
{
    while (t && t->nodes) {
        struct member *n = t->nodes;
        t->nodes = n->next;
        free(n);
    }
    while (t && t->meetings) {
        struct owned *m = t->meetings;
        t->meetings = m->next;
        free(m);
    }
    free(t);
}

int ownership_table_add(struct ownership_table *t, const char *code, const char *owner,
                        int64_t origin)
{
    struct owned *m = alloc_many(1, sizeof(*m));

    if (!m)
        return -ENOMEM;
    memcpy(m->code, code, sizeof(m->code));
    snprintf(m->owner, sizeof(m->owner), "%s", owner);
    m->epoch = 1;
    m->origin = origin;
    m->led = -1;
    m->next = t->meetings;
    t->meetings = m;
    return 0;
}

const char *ownership_table_owner(const struct ownership_table *t, const char *code,
                                  int64_t *ret_epoch)
{
    const struct owned *m = meeting_of(t, code);

    if (!m)
        return NULL;
    *ret_epoch = m->epoch;
    return m->owner;
}

void ownership_table_remove(struct ownership_table *t, const char *code)
{
    struct owned **at = &t->meetings;

    while (*at && strcmp((*at)->code, code) != 0)
        at = &(*at)->next;
    if (!*at)
        return;
    struct owned *m = *at;
    *at = m->next;
    free(m);
}

int64_t ownership_table_now(const struct ownership_table *t)
{
    return *t->now;
}

void ownership_memory_travel(struct ownership *o, ownership_travel_fn *travel, void *context)
{
    own(o)->travel = travel;
    own(o)->travel_context = context;
}

struct ownership *ownership_memory_new(struct ownership_table *t, const char *name, const char *url)
{
    static const struct ownership_ops ops = { .enter = enter,
                                              .renew = renew,
                                              .clock = read_clock,
                                              .claim = claim,
                                              .unowned = unowned,
                                              .give_up = give_up,
                                              .find = find,
                                              .nodes = nodes,
                                              .leave = leave,
                                              .close = shut };
    struct ownership_memory *o = alloc_many(1, sizeof(*o));

    assert(*name && strlen(name) <= OWNERSHIP_NAME_MAX);
    if (!o)
        return NULL;
    o->ownership.ops = &ops;
    o->table = t;
    o->run = ++t->runs;
    snprintf(o->node.name, sizeof(o->node.name), "%s", name);
    snprintf(o->node.url, sizeof(o->node.url), "%s", url);
    return &o->ownership;
}
