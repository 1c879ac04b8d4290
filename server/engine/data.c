#include "engine/data.h"

#include <assert.h>

#include "dispatch.gen.h"
#include "engine/undo_values.h"
#include "engine/wall.h"

static struct exhibit *lookup(struct meeting *m, struct uuid id)
{
    for (size_t i = 0; i < m->figure_count; i++)
        if (uuid_same(m->figures[i].figures.data, id))
            return &m->figures[i];
    return NULL;
}

const struct exhibit *data_find(const struct meeting *m, struct uuid id)
{
    return lookup((struct meeting *)m, id);
}

/* What the room has not seen: a text that is not confidential it could read. */
static bool is_unseen(const struct meeting *m, struct uuid id)
{
    const struct exhibit *e = data_find(m, id);

    return !wall_showing(m, id) && !(e && e->figures.text && !e->confidential);
}

bool data_is_unseen(const struct meeting *m, const struct fact *f)
{
    switch ((int)f->kind) {
    case FACT_DATA_CHANGED:
        return !f->is.data_changed.figures.text && is_unseen(m, f->is.data_changed.figures.data);
    case FACT_DATA_CONFIDED:
        return is_unseen(m, f->is.data_confided.figures.data);
    case FACT_DATA_REMOVED:
        return is_unseen(m, f->is.data_removed.data);
    default:
        return false;
    }
}

/* A table has cells, a link an address, a text its words; and none has what is another's. */
static bool fits(const struct figures *c, struct facts *out)
{
    if ((c->kind == DATA_KIND_TABLE) != (c->csv != NULL))
        out->field = "csv";
    else if ((c->kind == DATA_KIND_LINK) != (c->url != NULL))
        out->field = "url";
    else if ((c->kind == DATA_KIND_TEXT) != (c->text != NULL))
        out->field = "text";
    else if (c->kind != DATA_KIND_TABLE && c->chart != CHART_NOT)
        out->field = "chart";
    return !out->field;
}

static void gone(struct uuid id, struct facts *out)
{
    facts_add(out, FACT_DATA_REMOVED)->is.data_removed.data = id;
}

/* `it` borrows its texts. */
static void shown(const struct figures *it, bool confidential, struct facts *out)
{
    struct fact *f = facts_add(out, confidential ? FACT_DATA_CONFIDED : FACT_DATA_CHANGED);
    struct figures *to = confidential ? &f->is.data_confided.figures : &f->is.data_changed.figures;

    if (!record_copy(&figures_record, to, it))
        out->failed = true;
}

enum refusal data_put_decide(const struct meeting *m, const struct command_data_put *c,
                             const struct context *context, struct facts *out)
{
    const struct exhibit *was = c->has_data ? data_find(m, c->data) : NULL;
    bool confidential = c->has_confidential && c->confidential;

    if (c->has_data && !was)
        return REFUSED_NO_SUCH_DATA;
    if (!was && m->figure_count >= LIMIT_DATA)
        return REFUSED_FULL;
    if (!fits(&c->figures, out))
        return REFUSED_BAD_FIELD;
    struct uuid id = c->has_data ? c->data : context->id;
    if (was && was->confidential != confidential)
        gone(id, out);
    struct figures figures = c->figures;
    figures.data = id;
    shown(&figures, confidential, out);
    out->made = MADE_DATA;
    out->made_id = id;
    return REFUSED_NOT;
}

enum refusal data_remove_decide(const struct meeting *m, const struct command_data_remove *c,
                                const struct context *context, struct facts *out)
{
    if (!data_find(m, c->data))
        return REFUSED_NO_SUCH_DATA;
    gone(c->data, out);
    return REFUSED_NOT;
}

bool data_remove_keep(const struct meeting *m, const struct command_data_remove *c,
                      const struct context *context, struct keeping *keeping, struct facts *out)
{
    const struct exhibit *f = data_find(m, c->data);
    struct undo_values *was = &keeping->kept->was;

    keeping->kept->has_was = keeping->kept->has_became = true;
    if (!f)
        return true;
    was->has_figures = was->has_confidential = true;
    was->confidential = f->confidential;
    if (!record_copy(&figures_record, &was->figures, &f->figures))
        out->failed = true;
    return true;
}

void data_remove_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    const struct undo_values *was = &kept->was;

    if (!undo_has_values(kept) || !was->has_figures)
        return;
    if (!data_find(then, was->figures.data) && then->figure_count < LIMIT_DATA)
        shown(&was->figures, was->confidential, out);
}

static void forget(struct meeting *m, struct uuid id)
{
    struct exhibit *f = lookup(m, id);

    assert(f && m->figure_count > 0);
    record_release(&exhibit_record, f);
    for (struct exhibit *next = f + 1; next < m->figures + m->figure_count; f++, next++)
        *f = *next;
    m->figure_count--;
}

static bool same_figures(const struct figures *a, const struct figures *b)
{
    return a->kind == b->kind && text_same(a->title, b->title) && text_same(a->csv, b->csv) &&
           text_same(a->url, b->url) && text_same(a->text, b->text);
}

/* `in` borrows its texts. */
static void keep(struct meeting *m, const struct figures *in, bool confidential)
{
    struct exhibit *f = lookup(m, in->data);

    bool on_wall = m->on_wall.show == SHOW_DATA && uuid_same(m->on_wall.data, in->data);
    if (confidential || (f && !on_wall && !same_figures(&f->figures, in)))
        wall_not_shown(m, in->data);
    if (!f) {
        assert(m->figure_count < LIMIT_DATA);
        f = &m->figures[m->figure_count++];
        *f = (struct exhibit){ .figures = { .data = in->data } };
    }
    record_release(&exhibit_record, f);
    *f = (struct exhibit){ .figures = *in,
                           .has_confidential = confidential,
                           .confidential = confidential };
    text_ref(in->title);
    text_ref(in->url);
    text_ref(in->csv);
    text_ref(in->text);
}

void data_removed_apply(struct meeting *m, const struct fact_data_removed *f)
{
    forget(m, f->data);
}

void data_changed_apply(struct meeting *m, const struct fact_data_changed *f)
{
    keep(m, &f->figures, false);
}

void data_confided_apply(struct meeting *m, const struct fact_data_confided *f)
{
    keep(m, &f->figures, true);
}
