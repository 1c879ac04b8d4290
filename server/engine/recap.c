#include "engine/recap.h"

#include <assert.h>

#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/facts.h"

static struct recap *lookup(const struct meeting *m, int part, int64_t lap)
{
    for (size_t i = 0; i < m->recap_count; i++)
        if (text_same(m->recaps[i].part, m->parts[part].part->id) && m->recaps[i].lap == lap)
            return (struct recap *)&m->recaps[i];
    return NULL;
}

const struct recap *recap_find(const struct meeting *m, int part, int64_t lap)
{
    const struct recap *r = lookup(m, part, lap);

    return r && r->text ? r : NULL;
}

enum refusal recap_save_decide(const struct meeting *m, const struct command_recap_save *save,
                               const struct context *context, struct facts *out)
{
    int part = agenda_find(m, save->recap.part);

    if (part == PART_NONE)
        return REFUSED_NO_SUCH_PART;
    if (!method_infos[m->parts[part].part->method].more_laps)
        return REFUSED_WRONG_METHOD;
    if (!m->parts[part].begun) /* Another agenda may still replace it. */
        return REFUSED_NOT_RUNNING;
    const struct recap *was = lookup(m, part, save->recap.lap);
    struct text *text = save->text->len > 0 ? save->text : NULL;
    if (!was && m->recap_count >= LIMIT_RECAPS)
        return REFUSED_FULL;
    if (save->base && !text_same(save->base->len > 0 ? save->base : NULL, was ? was->text : NULL))
        return REFUSED_TEXT_CHANGED;
    if (text_same(text, was ? was->text : NULL))
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_RECAP_SAVED)->is.recap_saved.recap = (struct recap){
        .part = text_ref(save->recap.part), .lap = save->recap.lap, .text = text_ref(text)
    };
    return REFUSED_NOT;
}

void recap_saved_apply(struct meeting *m, const struct fact_recap_saved *f)
{
    const struct recap *saved = &f->recap;
    int part = agenda_find(m, saved->part);
    struct recap *r = lookup(m, part, saved->lap);

    assert(part != PART_NONE);
    if (!r) {
        assert(m->recap_count < LIMIT_RECAPS);
        r = &m->recaps[m->recap_count++];
        *r = (struct recap){ .part = text_ref(saved->part), .lap = saved->lap };
    }
    text_put(&r->text, saved->text);
}
