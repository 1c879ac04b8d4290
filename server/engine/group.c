#include "engine/group.h"

#include <assert.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/board.h"
#include "engine/undo_values.h"

enum { KEPT_MAX = 16 };
static_assert(KEPT_MAX + 2 <= LIMIT_FACTS_A_COMMAND, "undo sets each of them again by a fact");

/* Its number from 1, or 0. */
static size_t lookup(const struct meeting *m, struct uuid id)
{
    for (size_t i = 0; i < m->group_count; i++)
        if (uuid_same(m->groups[i].id, id))
            return i + 1;
    return 0;
}

enum refusal group_set_decide(const struct meeting *m, const struct command_group_set *set,
                              const struct context *context, struct facts *out)
{
    size_t number = set->has_group ? lookup(m, set->group) : 0;

    if (set->has_group && !number)
        return REFUSED_NO_SUCH_GROUP;
    const struct text *title = number ? m->groups[number - 1].title : NULL;
    if (set->base && !text_same(set->base->len > 0 ? set->base : NULL, title))
        return REFUSED_TEXT_CHANGED;
    if (!set->has_group && m->group_count >= LIMIT_GROUPS)
        return REFUSED_FULL;
    if (!board_has_all(m, &set->contributions))
        return REFUSED_NO_SUCH_CONTRIBUTION;

    const struct grouping borrowed = { .group = set->has_group ? set->group : context->id,
                                       .title = set->title,
                                       .contributions = set->contributions };
    struct fact *f = facts_add(out, FACT_GROUP_CHANGED);
    if (!record_copy(&grouping_record, &f->is.group_changed.grouping, &borrowed))
        out->failed = true;
    out->made = MADE_GROUP;
    out->made_id = borrowed.group;
    return REFUSED_NOT;
}

static bool names(const struct uuids *ids, struct uuid id)
{
    for (size_t i = 0; i < ids->count; i++)
        if (uuid_same(ids->at[i], id))
            return true;
    return false;
}

/* Which points a fact puts into a group.
 *
 * `were` NULL: the points of group `own` as it stands, and the withdrawn point `back` (NULL: none).
 * Else undo sets group `own` again, which lost points to group `target`: it gets those of `were`
 * that are on the board and in no third group by now, and keeps what has come to it since.  With
 * `own` the same as `target` nothing is kept beside `were`. */
struct choice {
    size_t own, target;
    const struct uuids *were;
    const struct board_point *back;
};

static bool chosen(const struct board_point *c, const struct choice *k)
{
    bool free = c->group == 0 || c->group == k->own || c->group == k->target;

    if (c->withdrawn)
        return c == k->back;
    if (k->were && free && names(k->were, c->id))
        return true;
    return c->group == k->own && (!k->were || k->own != k->target);
}

static void collect(const struct meeting *m, const struct choice *k, struct uuids *ret_ids,
                    struct facts *out)
{
    struct uuid *at = alloc_many(m->contribution_count, sizeof(*at));
    size_t count = 0;

    if (!at) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < m->contribution_count; i++)
        if (chosen(&m->contributions[i], k))
            at[count++] = m->contributions[i].id;
    *ret_ids = (struct uuids){ .count = count, .at = at };
}

/* The group with this number as it stands. */
static void image(const struct meeting *m, size_t number, struct grouping_list *to,
                  struct facts *out)
{
    const struct group *g = &m->groups[number - 1];
    struct grouping *one = &to->at[to->count++];

    *one = (struct grouping){ .group = g->id, .title = text_ref(g->title) };
    collect(m, &(struct choice){ .own = number }, &one->contributions, out);
}

/* Whether a group loses a point when `c` is done. */
static bool loses(const struct meeting *m, size_t number, const struct command_group_set *c)
{
    for (size_t i = 0; i < m->contribution_count; i++)
        if (m->contributions[i].group == number && names(&c->contributions, m->contributions[i].id))
            return true;
    return false;
}

/* Keeps how the group stood before `c` and how it stands after, and every other group that loses a
 * point to it. Where there are more of those than a step can hold, the last are left out, and undo
 * leaves their points in no group. */
bool group_set_keep(const struct meeting *m, const struct command_group_set *c,
                    const struct context *context, struct keeping *keeping, struct facts *out)
{
    struct undo_values *was = &keeping->kept->was, *became = &keeping->kept->became;
    const struct grouping next = { .group = c->has_group ? c->group : context->id,
                                   .title = c->title,
                                   .contributions = c->contributions };
    size_t target = lookup(m, next.group);

    keeping->kept->has_was = keeping->kept->has_became = true;
    was->groups.at = alloc_many(KEPT_MAX, sizeof(*was->groups.at));
    became->groups.at = alloc_many(1, sizeof(*became->groups.at));
    if (!was->groups.at || !became->groups.at ||
        !record_copy(&grouping_record, became->groups.at, &next)) {
        out->failed = true;
        return true;
    }
    was->has_groups = became->has_groups = true;
    became->groups.count = 1;
    if (target)
        image(m, target, &was->groups, out);
    else
        was->groups.at[was->groups.count++].group = next.group;
    for (size_t i = 1; i <= m->group_count && was->groups.count < KEPT_MAX; i++)
        if (i != target && loses(m, i, c))
            image(m, i, &was->groups, out);
    return true;
}

/* Whether the group is what the command made of it, but for points that it has lost since. */
static bool untouched(const struct meeting *m, size_t number, const struct grouping *became)
{
    if (!number || !text_same(m->groups[number - 1].title, became->title))
        return false;
    for (size_t i = 0; i < m->contribution_count; i++) {
        const struct board_point *c = &m->contributions[i];
        if (!c->withdrawn && c->group == number && !names(&became->contributions, c->id))
            return false;
    }
    return true;
}

/* Puts the points back, unless somebody has changed the group since. What has come to the other
 * groups since stays in them. */
void group_set_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    const struct undo_values *was = &kept->was, *became = &kept->became;
    const struct meeting *m = then;

    if (!undo_has_values(kept) || became->groups.count == 0)
        return;
    size_t target = lookup(m, became->groups.at[0].group);

    if (!untouched(m, target, &became->groups.at[0]))
        return;
    for (size_t i = 0; i < was->groups.count; i++) {
        const struct grouping *g = &was->groups.at[i];
        size_t own = lookup(m, g->group);
        struct text *title = own == target ? g->title : m->groups[own - 1].title;
        struct grouping *f = &facts_add(out, FACT_GROUP_CHANGED)->is.group_changed.grouping;
        *f = (struct grouping){ .group = g->group, .title = text_ref(title) };
        const struct choice k = { .own = own, .target = target, .were = &g->contributions };
        collect(m, &k, &f->contributions, out);
    }
}

void group_takes_back(const struct meeting *m, const struct board_point *point, struct facts *out)
{
    const struct group *g = &m->groups[point->group - 1];
    struct grouping *f = &facts_add(out, FACT_GROUP_CHANGED)->is.group_changed.grouping;

    assert(point->withdrawn);
    *f = (struct grouping){ .group = g->id, .title = text_ref(g->title) };
    collect(m, &(struct choice){ .own = point->group, .back = point }, &f->contributions, out);
}

void group_changed_apply(struct meeting *m, const struct fact_group_changed *f)
{
    const struct grouping *changed = &f->grouping;
    size_t number = lookup(m, changed->group);

    if (!number) {
        assert(m->group_count < LIMIT_GROUPS);
        m->groups[m->group_count++] = (struct group){ .id = changed->group };
        number = m->group_count;
    }
    text_put(&m->groups[number - 1].title, changed->title);
    for (size_t i = 0; i < m->contribution_count; i++) {
        struct board_point *c = &m->contributions[i];
        if (c->group == number)
            c->group = 0;
        for (size_t k = 0; k < changed->contributions.count; k++)
            if (uuid_same(c->id, changed->contributions.at[k]))
                c->group = number;
    }
}
