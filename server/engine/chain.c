/* chain.c -- which meetings this one was made from, and which were made from it. */
#include <assert.h>

#include "dispatch.gen.h"

enum refusal meeting_follow_decide(const struct meeting *m, const struct command_meeting_follow *c,
                                   const struct context *context, struct facts *out)
{
    if (m->chain_count >= LIMIT_CHAIN)
        return REFUSED_FULL;
    facts_add(out, FACT_CHAIN_LINKED)->is.chain_linked.chained =
        (struct chained){ .is = c->is,
                          .meeting = text_ref(c->meeting),
                          .title = text_ref(c->title),
                          .date = text_ref(c->date) };
    return REFUSED_NOT;
}

void chain_linked_apply(struct meeting *m, const struct fact_chain_linked *f)
{
    assert(m->chain_count < LIMIT_CHAIN);
    struct chained *to = &m->chain[m->chain_count++];

    *to = f->chained;
    text_ref(to->meeting);
    text_ref(to->title);
    text_ref(to->date);
}
