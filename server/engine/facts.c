#include "engine/facts.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "engine/seats.h"

void facts_begin(struct facts *ret_facts)
{
    memset(ret_facts, 0, offsetof(struct facts, at));
}

struct fact *facts_add(struct facts *out, enum fact_kind kind)
{
    assert(out->count < LIMIT_FACTS_A_COMMAND);
    struct fact *f = &out->at[out->count++];

    memset(f, 0, sizeof(*f));
    f->kind = kind;
    return f;
}

void facts_order(struct facts *out, struct ints *ret_order, const struct seats *from)
{
    if (!seats_copy(from, ret_order))
        out->failed = true;
}

void facts_release(struct facts *out)
{
    while (out->count > 0)
        fact_release(&out->at[--out->count]);
}
