#include "store/sqlite_heads.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { SLOTS = 4096 };

struct heads {
    struct rows *rows;
    struct head *slots[SLOTS];
    struct head *dirty;
    int64_t last_id; /* The highest id given to a meeting, in the open transaction too. */
};

struct heads *heads_new(struct rows *rows)
{
    struct heads *m = alloc_many(1, sizeof(*m));

    if (!m)
        return NULL;
    m->rows = rows;
    if (rows_last_meeting(rows, &m->last_id) != 0) {
        free(m);
        return NULL;
    }
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
    int error = rows_meeting(m->rows, code, &row);
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

int64_t heads_id(const struct heads *m, const struct head *which)
{
    return which->now.id ? which->now.id : m->last_id + 1;
}

void heads_move(struct heads *m, struct head *which, int64_t seq, int64_t fact)
{
    assert(seq > which->now.last_seq);
    which->now.id = heads_id(m, which);
    which->now.last_seq = seq;
    which->now.last_fact = fact;
    if (m->last_id < which->now.id)
        m->last_id = which->now.id;
    if (which->dirty)
        return;
    which->dirty = true;
    which->next_dirty = m->dirty;
    m->dirty = which;
}

int heads_write(struct heads *m)
{
    for (struct head *one = m->dirty; one; one = one->next_dirty) {
        int error = rows_meeting_put(m->rows, one->code, &one->now, one->disk.id == 0);
        if (error)
            return error;
    }
    return 0;
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
