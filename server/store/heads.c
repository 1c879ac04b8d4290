#include "store/heads.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { SLOTS = 4096 };

struct heads {
    heads_load_fn *load;
    void *context;
    struct head *slots[SLOTS];
    struct head *dirty;
};

struct heads *heads_new(heads_load_fn *load, void *context)
{
    struct heads *m = alloc_many(1, sizeof(*m));

    if (!m)
        return NULL;
    m->load = load;
    m->context = context;
    return m;
}

void heads_free(struct heads *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < SLOTS; i++) {
        while (m->slots[i]) {
            struct head *next = m->slots[i]->next;
            free(m->slots[i]);
            m->slots[i] = next;
        }
    }
    free(m);
}

struct head *head_new(const char *code, int64_t origin)
{
    struct head *m = alloc_many(1, sizeof(*m));

    if (!m)
        return NULL;
    memcpy(m->code, code, CODE_CHARS + 1);
    m->now.origin = origin;
    m->disk = m->now;
    return m;
}

static struct head **slot_of(struct heads *m, const char *code)
{
    uint32_t hash = 2166136261U;

    for (const char *c = code; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619U;
    return &m->slots[hash % SLOTS];
}

static void insert(struct heads *m, struct head *one)
{
    struct head **slot = slot_of(m, one->code);

    one->next = *slot;
    *slot = one;
}

int heads_find(struct heads *m, const char *code, struct head **ret_head)
{
    struct meeting_row row;

    for (struct head *one = *slot_of(m, code); one; one = one->next) {
        if (strcmp(one->code, code) == 0) {
            *ret_head = one;
            return 0;
        }
    }
    int error = m->load(m->context, code, &row);
    if (error)
        return error;
    struct head *one = head_new(code, row.origin);
    if (!one)
        return -ENOMEM;
    one->now = row;
    one->disk = row;
    insert(m, one);
    *ret_head = one;
    return 0;
}

void heads_declare(struct heads *m, struct head *declared)
{
    struct head *known;

    if (heads_find(m, declared->code, &known) == -ENOENT)
        insert(m, declared);
    else
        free(declared);
}

int heads_add(struct heads *m, const char *code, int64_t origin, struct head **ret_head)
{
    struct head *one;
    int error = heads_find(m, code, &one);

    if (error != -ENOENT)
        return error ? error : -EEXIST;
    one = head_new(code, origin);
    if (!one)
        return -ENOMEM;
    insert(m, one);
    *ret_head = one;
    return 0;
}

bool head_expects(struct head *m, const struct batch *b)
{
    bool unkept = m->now.id == 0;

    if ((m->generation != 0 && b->generation != m->generation) ||
        (!unkept && b->epoch != m->now.epoch) || b->rows[0].seq != m->now.last_seq + 1)
        return false;
    m->generation = b->generation;
    if (unkept)
        m->now.epoch = b->epoch;
    return true;
}

void head_fence(struct head *m, int64_t generation)
{
    if (m->generation < generation)
        m->generation = generation;
}

void heads_move(struct heads *m, struct head *which, int64_t id, int64_t seq, int64_t fact)
{
    assert(id != 0);
    assert(seq > which->now.last_seq);
    which->now.id = id;
    which->now.last_seq = seq;
    which->now.last_fact = fact;
    if (which->dirty)
        return;
    which->dirty = true;
    which->next_dirty = m->dirty;
    m->dirty = which;
}

struct head *heads_changed(struct heads *m)
{
    return m->dirty;
}

void heads_settle(struct heads *m, bool committed)
{
    while (m->dirty) {
        struct head *one = m->dirty;
        m->dirty = one->next_dirty;
        one->dirty = false;
        one->next_dirty = NULL;
        if (committed)
            one->disk = one->now;
        else
            one->now = one->disk;
    }
}

void heads_forget(struct heads *m, struct head *which)
{
    struct head **at = slot_of(m, which->code);

    assert(!which->dirty);
    while (*at != which)
        at = &(*at)->next;
    *at = which->next;
    free(which);
}
