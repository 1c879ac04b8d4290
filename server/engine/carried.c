#include "engine/carried.h"

#include <assert.h>

#include "dispatch.gen.h"

static struct carried *lookup(const struct agenda *a, struct uuid id)
{
    for (size_t i = 0; i < a->carried.count; i++)
        if (a->carried.at[i].has_id && uuid_same(a->carried.at[i].id, id))
            return &a->carried.at[i];
    return NULL;
}

static bool is_twice(const struct agenda *a, size_t at)
{
    return a->carried.at[at].has_id && lookup(a, a->carried.at[at].id) != &a->carried.at[at];
}

/* The seed with the thing's place in its last bytes. */
static struct uuid nth_id(struct uuid seed, size_t n)
{
    seed.b[14] ^= (uint8_t)(n >> 8);
    seed.b[15] ^= (uint8_t)n;
    return seed;
}

void carried_settle(struct agenda *a, const struct agenda *was, struct uuid seed)
{
    for (size_t i = 0; i < a->carried.count; i++) {
        struct carried *c = &a->carried.at[i];
        const struct carried *before = was && c->has_id ? lookup(was, c->id) : NULL;

        if (before && !c->came.outcome && !c->came.word) {
            c->came.outcome = before->came.outcome;
            c->came.word = text_ref(before->came.word);
        }
        if (!c->has_id || is_twice(a, i)) {
            c->has_id = true;
            c->id = nth_id(seed, i);
        }
    }
}

static bool is_empty(const struct text *word)
{
    return !word || word->len == 0;
}

static bool same_word(const struct text *a, const struct text *b)
{
    return is_empty(a) || is_empty(b) ? is_empty(a) == is_empty(b) : text_same(a, b);
}

enum refusal carried_set_decide(const struct meeting *m, const struct command_carried_set *set,
                                const struct context *context, struct facts *out)
{
    const struct carried *c = lookup(&m->agenda, set->id);

    if (!c)
        return REFUSED_NO_SUCH_CARRIED;
    enum outcome outcome = set->outcome ? set->outcome : c->came.outcome;
    struct text *word = set->word ? set->word : c->came.word;
    if (set->base && !same_word(set->base, c->came.word))
        return REFUSED_TEXT_CHANGED;
    if (outcome == c->came.outcome && same_word(word, c->came.word))
        return REFUSED_NOTHING_CHANGED;
    struct text *told = word ? text_ref(word) : text_from("");
    out->failed = out->failed || !told;
    facts_add(out, FACT_CARRIED_CAME)->is.carried_came =
        (struct fact_carried_came){ .id = set->id, .came = { .outcome = outcome, .word = told } };
    return REFUSED_NOT;
}

void carried_came_apply(struct meeting *m, const struct fact_carried_came *f)
{
    struct carried *c = lookup(&m->agenda, f->id);

    assert(c);
    c->came.outcome = f->came.outcome;
    text_put(&c->came.word, f->came.word);
}
