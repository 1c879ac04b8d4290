#include "app/ring.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/scoped.h"

static struct ring_fact *slot(const struct ring *r, int64_t seq)
{
    return &r->at[(size_t)seq & (r->capacity - 1)];
}

bool ring_reserve(struct ring *r, size_t count, int64_t keep)
{
    int64_t last = r->newest + (int64_t)count;
    int64_t live = last - LIMIT_FACTS_LIVE + 1;
    int64_t from = keep < live || live < 1 ? keep : live;
    size_t capacity = r->capacity ? r->capacity : 32;

    if (from < 1)
        from = 1;
    if (last - from >= RING_CAPACITY_MAX)
        return false;
    while ((int64_t)capacity <= last - from)
        capacity *= 2;
    if (capacity == r->capacity)
        return true;
    struct ring bigger = { .newest = r->newest, .capacity = capacity };
    bigger.at = alloc_many(capacity, sizeof(*bigger.at));
    if (!bigger.at)
        return false;
    for (size_t i = 0; i < r->capacity; i++)
        if (r->at[i].seq != 0)
            *slot(&bigger, r->at[i].seq) = r->at[i];
    free(r->at);
    *r = bigger;
    return true;
}

void ring_add(struct ring *r, const struct fact *f, struct text *json)
{
    const struct fact_info *info = &fact_infos[f->kind];
    struct ring_fact *to = slot(r, f->seq);
    int64_t author = 0;

    assert(r->newest == 0 || f->seq == r->newest + 1);
    if (info->author)
        author = *(const int64_t *)(const void *)((const char *)f + info->author_offset);
    text_unref(to->json);
    *to = (struct ring_fact){
        .seq = f->seq, .seen_by = info->seen_by, .author = author, .json = json
    };
    if (info->handset_offset != SIZE_MAX) {
        to->has_handset = *((const bool *)f + info->has_handset_offset);
        memcpy(&to->handset, (const char *)f + info->handset_offset, sizeof(to->handset));
    }
    r->newest = f->seq;
}

void ring_drop(struct ring *r, size_t count)
{
    for (; count > 0; count--, r->newest--) {
        struct ring_fact *f = slot(r, r->newest);
        assert(f->seq == r->newest);
        text_unref(f->json);
        *f = (struct ring_fact){ 0 };
    }
}

void ring_blank(struct ring *r, int64_t seq)
{
    struct ring_fact *f = seq > 0 && r->capacity > 0 ? slot(r, seq) : NULL;

    if (f && f->seq == seq)
        text_unref(GIVE(f->json));
}

const struct ring_fact *ring_get(const struct ring *r, int64_t seq)
{
    const struct ring_fact *f = seq > 0 && r->capacity > 0 ? slot(r, seq) : NULL;

    return f && f->seq == seq ? f : NULL;
}

bool ring_reaches(const struct ring *r, int64_t seq)
{
    return seq >= 0 && seq <= r->newest && (seq == r->newest || ring_get(r, seq + 1));
}

void ring_clear(struct ring *r)
{
    for (size_t i = 0; i < r->capacity; i++)
        text_unref(r->at[i].json);
    free(r->at);
    *r = (struct ring){ 0 };
}
