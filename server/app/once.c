#include "app/once.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* The ids are random already; clients who choose them badly slow down only their own meeting. */
static size_t slot_of(const struct once *o, struct uuid id)
{
    uint64_t a, b;

    memcpy(&a, id.b, sizeof(a));
    memcpy(&b, id.b + 8, sizeof(b));
    size_t i = (size_t)((a ^ b * UINT64_C(0x9E3779B97F4A7C15)) >> 7) & (o->capacity - 1);
    while (o->at[i].seq != 0 && !uuid_same(o->at[i].id, id))
        i = (i + 1) & (o->capacity - 1);
    return i;
}

bool once_reserve(struct once *o)
{
    if ((o->count + 1) * 2 <= o->capacity)
        return true;
    struct once bigger = { .capacity = o->capacity ? o->capacity * 2 : 64 };
    bigger.at = alloc_many(bigger.capacity, sizeof(*bigger.at));
    if (!bigger.at)
        return false;
    for (size_t i = 0; i < o->capacity; i++)
        if (o->at[i].seq != 0)
            once_add(&bigger, o->at[i].id, o->at[i].seq, o->at[i].made);
    free(o->at);
    *o = bigger;
    return true;
}

void once_add(struct once *o, struct uuid id, int64_t seq, char *made)
{
    assert(seq > 0 && (o->count + 1) * 2 <= o->capacity);
    size_t i = slot_of(o, id);
    assert(o->at[i].seq == 0);
    o->at[i] = (struct once_entry){ .id = id, .seq = seq, .made = made };
    o->count++;
}

const struct once_entry *once_find(const struct once *o, struct uuid id)
{
    if (o->capacity == 0)
        return NULL;
    const struct once_entry *e = &o->at[slot_of(o, id)];
    return e->seq != 0 ? e : NULL;
}

void once_forget(struct once *o, int64_t seq)
{
    size_t i = 0;

    while (i < o->capacity && o->at[i].seq != seq)
        i++;
    if (seq <= 0 || i == o->capacity)
        return;
    free(o->at[i].made);
    o->at[i] = (struct once_entry){ .seq = 0 };
    o->count--;
    /* Entries behind the gap may belong in it: they are added anew. */
    for (i = (i + 1) & (o->capacity - 1); o->at[i].seq != 0; i = (i + 1) & (o->capacity - 1)) {
        struct once_entry e = o->at[i];
        o->at[i] = (struct once_entry){ .seq = 0 };
        o->count--;
        once_add(o, e.id, e.seq, e.made);
    }
}

void once_clear(struct once *o)
{
    for (size_t i = 0; i < o->capacity; i++)
        free(o->at[i].made);
    free(o->at);
    *o = (struct once){ 0 };
}
