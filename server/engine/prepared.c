#include "engine/prepared.h"

#include <assert.h>

#include "dispatch.gen.h"

static struct preparation *lookup(const struct agenda *a, const struct text *id)
{
    for (size_t i = 0; i < a->before.count; i++)
        if (text_same(a->before.at[i].id, id))
            return &a->before.at[i];
    return NULL;
}

static bool is_empty(const struct text *text)
{
    return !text || text->len == 0;
}

static bool same_text(const struct text *a, const struct text *b)
{
    return is_empty(a) || is_empty(b) ? is_empty(a) == is_empty(b) : text_same(a, b);
}

/* What stands there once `said` is said on top of `was`: a fact of it.  False, and nothing is
 * added, where that is what stood there.  Both are borrowed. */
static bool say(struct text *id, const struct prepared *said, const struct prepared *was,
                struct facts *out)
{
    struct prepared now = *was;

    if (said->has_yes) {
        now.has_yes = true;
        now.yes = said->yes;
    }
    now.text = said->text ? said->text : was->text;
    if (now.has_yes == was->has_yes && now.yes == was->yes && same_text(now.text, was->text))
        return false;
    now.text = now.text ? text_ref(now.text) : text_from("");
    out->failed = out->failed || !now.text;
    facts_add(out, FACT_PREPARED_CHANGED)->is.prepared_changed =
        (struct fact_prepared_changed){ .id = text_ref(id), .prepared = now };
    return true;
}

enum refusal prepared_set_decide(const struct meeting *m, const struct command_prepared_set *set,
                                 const struct context *context, struct facts *out)
{
    const struct preparation *p = lookup(&m->agenda, set->id);

    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (!p)
        return REFUSED_NO_SUCH_PREPARATION;
    if (set->has_yes && !p->yes_no) {
        out->field = "yes";
        return REFUSED_BAD_FIELD;
    }
    if (set->base && !same_text(set->base, p->prepared.text))
        return REFUSED_TEXT_CHANGED;
    const struct prepared said = { .has_yes = set->has_yes, .yes = set->yes, .text = set->text };
    return say(set->id, &said, &p->prepared, out) ? REFUSED_NOT : REFUSED_NOTHING_CHANGED;
}

void prepared_changed_apply(struct meeting *m, const struct fact_prepared_changed *f)
{
    struct preparation *p = lookup(&m->agenda, f->id);

    assert(p);
    p->prepared.has_yes = f->prepared.has_yes;
    p->prepared.yes = f->prepared.yes;
    text_put(&p->prepared.text, f->prepared.text);
}

void prepared_part(struct agenda *a, const struct agenda *was, struct facts *out)
{
    for (size_t i = 0; i < a->before.count; i++) {
        struct preparation *p = &a->before.at[i];
        const struct preparation *then = was ? lookup(was, p->id) : NULL;
        const struct prepared nothing = { 0 };

        if (!p->yes_no)
            p->prepared.has_yes = p->prepared.yes = false;
        say(p->id, &p->prepared, then ? &then->prepared : &nothing, out);
        record_release(&prepared_record, &p->prepared);
        p->prepared = nothing;
    }
}

void prepared_keep(struct agenda *a, const struct agenda *was)
{
    for (size_t i = 0; i < a->before.count; i++) {
        struct preparation *p = &a->before.at[i];
        const struct preparation *then = lookup(was, p->id);

        if (!then)
            continue;
        p->prepared.has_yes = p->yes_no && then->prepared.has_yes;
        p->prepared.yes = p->prepared.has_yes && then->prepared.yes;
        text_put(&p->prepared.text, then->prepared.text);
    }
}
