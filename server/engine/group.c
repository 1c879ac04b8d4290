/* group.c -- points that the facilitator put together under a heading. */
#include <assert.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/board.h"
#include "engine/facts.h"
#include "engine/state.h"

/* Its number from 1, or 0. */
static size_t lookup(const struct meeting *m, struct uuid id)
{
    for (size_t i = 0; i < m->group_count; i++)
        if (uuid_same(m->groups[i].id, id))
            return i + 1;
    return 0;
}

enum refusal group_decide(const struct meeting *m, const struct command *c, const struct step *step,
                          struct facts *out)
{
    const struct command_group_set *set = &c->with.group_set;

    assert(c->kind == COMMAND_GROUP_SET);
    if (set->has_group && !lookup(m, set->group))
        return REFUSED_NO_SUCH_GROUP;
    if (!set->has_group && m->group_count >= LIMIT_GROUPS)
        return REFUSED_FULL;
    if (!board_has_all(m, &set->contributions))
        return REFUSED_NO_SUCH_CONTRIBUTION;

    const struct fact_group_changed borrowed = { .group = set->has_group ? set->group : step->id,
                                                 .title = set->title,
                                                 .contributions = set->contributions };
    struct fact *f = facts_add(out, FACT_GROUP_CHANGED);
    if (!record_copy(fact_infos[FACT_GROUP_CHANGED].fields, &f->is.group_changed, &borrowed))
        out->failed = true;
    out->made = MADE_GROUP;
    out->made_id = borrowed.group;
    return REFUSED_NOT;
}

void group_apply(struct meeting *m, const struct fact *f)
{
    const struct fact_group_changed *changed = &f->is.group_changed;
    size_t number = lookup(m, changed->group);

    assert(f->kind == FACT_GROUP_CHANGED);
    if (!number) {
        assert(m->group_count < LIMIT_GROUPS);
        m->groups[m->group_count++] = (struct group){ .id = changed->group };
        number = m->group_count;
    }
    text_put(&m->groups[number - 1].title, changed->title);
    for (size_t i = 0; i < m->contribution_count; i++) {
        struct contribution *c = &m->contributions[i];
        if (c->group == number)
            c->group = 0;
        for (size_t k = 0; k < changed->contributions.count; k++)
            if (uuid_same(c->id, changed->contributions.at[k]))
                c->group = number;
    }
}
