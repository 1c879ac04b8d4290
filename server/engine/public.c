/* public.c -- what was chosen for the public minutes: what becomes of names and the like that were
 * found in them, and which single contributions stand there. */
#include <assert.h>

#include "base/alike.h"
#include "dispatch.gen.h"
#include "engine/board.h"

/* Where this was marked before; marking_count where it was not. */
static size_t lookup(const struct meeting *m, enum find_kind kind, const struct text *text)
{
    size_t i = 0;

    while (i < m->marking_count &&
           !(m->markings[i].kind == kind && text_alike(m->markings[i].text, text)))
        i++;
    return i;
}

enum refusal public_mark_decide(const struct meeting *m, const struct command_public_mark *c,
                                const struct context *context, struct facts *out)
{
    const struct marking *to = &c->marking;
    size_t i = lookup(m, to->kind, to->text);
    const struct marking *was = i < m->marking_count ? &m->markings[i] : NULL;

    if (to->instead && to->choice == FIND_CHOICE_KEEP) {
        out->field = "instead";
        return REFUSED_BAD_FIELD;
    }
    if (!was && i == LIMIT_MARKINGS)
        return REFUSED_FULL;
    if (was && was->choice == to->choice && text_same(was->instead, to->instead))
        return REFUSED_NOTHING_CHANGED;
    if (!record_copy(&marking_record, &facts_add(out, FACT_PUBLIC_MARKED)->is.public_marked.marking,
                     to))
        out->failed = true;
    return REFUSED_NOT;
}

/* One whose text was blanked says nothing any more. */
void public_marked_apply(struct meeting *m, const struct fact_public_marked *f)
{
    size_t i = f->marking.text ? lookup(m, f->marking.kind, f->marking.text) : LIMIT_MARKINGS;

    if (i == LIMIT_MARKINGS)
        return;
    if (i == m->marking_count)
        m->marking_count++;
    record_release(&marking_record, &m->markings[i]);
    m->markings[i] = f->marking;
    text_ref(f->marking.text);
    text_ref(f->marking.instead);
}

enum refusal public_choose_decide(const struct meeting *m, const struct command_public_choose *c,
                                  const struct context *context, struct facts *out)
{
    const struct board_point *point = board_find(m, c->contribution);

    if (!point || !point->post.content.text)
        return REFUSED_NO_SUCH_CONTRIBUTION;
    if (point->chosen == c->on)
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_PUBLIC_CHOSEN)->is.public_chosen =
        (struct fact_public_chosen){ .contribution = c->contribution, .on = c->on };
    return REFUSED_NOT;
}

void public_chosen_apply(struct meeting *m, const struct fact_public_chosen *f)
{
    struct board_point *point = (struct board_point *)board_find(m, f->contribution);

    if (point)
        point->chosen = f->on;
}
