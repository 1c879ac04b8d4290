#include "engine/data.h"

#include <assert.h>

#include "dispatch.gen.h"

static struct figure *lookup(struct meeting *m, struct uuid id)
{
    for (size_t i = 0; i < m->figure_count; i++)
        if (uuid_same(m->figures[i].id, id))
            return &m->figures[i];
    return NULL;
}

const struct figure *data_find(const struct meeting *m, struct uuid id)
{
    return lookup((struct meeting *)m, id);
}

/* A table has its cells, a link its address, and neither the other's. */
static bool fits(const struct command_data_put *c, struct facts *out)
{
    if ((c->kind == DATA_KIND_TABLE) != (c->csv != NULL))
        out->field = "csv";
    else if ((c->kind == DATA_KIND_LINK) != (c->url != NULL))
        out->field = "url";
    else if (c->kind == DATA_KIND_LINK && c->chart != CHART_NOT)
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
    if (confidential)
        facts_add(out, FACT_DATA_CONFIDED)->is.data_confided =
            (struct fact_data_confided){ .data = it->data,
                                         .title = text_ref(it->title),
                                         .kind = it->kind,
                                         .url = text_ref(it->url),
                                         .csv = text_ref(it->csv),
                                         .chart = it->chart };
    else
        facts_add(out, FACT_DATA_CHANGED)->is.data_changed =
            (struct fact_data_changed){ .data = it->data,
                                        .title = text_ref(it->title),
                                        .kind = it->kind,
                                        .url = text_ref(it->url),
                                        .csv = text_ref(it->csv),
                                        .chart = it->chart };
}

static enum refusal put(const struct meeting *m, const struct command_data_put *c,
                        const struct step *step, struct facts *out)
{
    const struct figure *was = c->has_data ? data_find(m, c->data) : NULL;
    bool confidential = c->has_confidential && c->confidential;

    if (c->has_data && !was)
        return REFUSED_NO_SUCH_DATA;
    if (!was && m->figure_count >= LIMIT_DATA)
        return REFUSED_FULL;
    if (!fits(c, out))
        return REFUSED_BAD_FIELD;
    struct uuid id = c->has_data ? c->data : step->id;
    if (was && was->confidential != confidential)
        gone(id, out);
    shown(&(struct figures){ .data = id,
                             .title = c->title,
                             .kind = c->kind,
                             .url = c->url,
                             .csv = c->csv,
                             .chart = c->chart },
          confidential, out);
    out->made = MADE_DATA;
    out->made_id = id;
    return REFUSED_NOT;
}

enum refusal data_decide(const struct meeting *m, const struct command *c, const struct step *step,
                         struct facts *out)
{
    if (c->kind == COMMAND_DATA_PUT)
        return put(m, &c->with.data_put, step, out);
    assert(c->kind == COMMAND_DATA_REMOVE);
    if (!data_find(m, c->with.data_remove.data))
        return REFUSED_NO_SUCH_DATA;
    gone(c->with.data_remove.data, out);
    return REFUSED_NOT;
}

void data_keep(const struct meeting *m, struct uuid id, struct setting *was)
{
    const struct figure *f = data_find(m, id);

    if (!f)
        return;
    was->has_figures = was->has_confidential = true;
    was->confidential = f->confidential;
    was->figures = (struct figures){ .data = f->id,
                                     .title = text_ref(f->title),
                                     .kind = f->kind,
                                     .url = text_ref(f->url),
                                     .csv = text_ref(f->csv),
                                     .chart = f->chart };
}

void data_back(const struct meeting *m, const struct setting *was, struct facts *out)
{
    if (!data_find(m, was->figures.data) && m->figure_count < LIMIT_DATA)
        shown(&was->figures, was->confidential, out);
}

static void forget(struct meeting *m, struct uuid id)
{
    struct figure *f = lookup(m, id);

    assert(f && m->figure_count > 0);
    text_unref(f->title);
    text_unref(f->url);
    text_unref(f->csv);
    for (struct figure *next = f + 1; next < m->figures + m->figure_count; f++, next++)
        *f = *next;
    m->figure_count--;
}

/* `in` borrows its texts. */
static void keep(struct meeting *m, const struct figure *in)
{
    struct figure *f = lookup(m, in->id);

    if (!f) {
        assert(m->figure_count < LIMIT_DATA);
        f = &m->figures[m->figure_count++];
        *f = (struct figure){ .id = in->id };
    }
    f->kind = in->kind;
    f->chart = in->chart;
    f->confidential = in->confidential;
    text_put(&f->title, in->title);
    text_put(&f->url, in->url);
    text_put(&f->csv, in->csv);
}

void data_apply(struct meeting *m, const struct fact *f)
{
    const struct fact_data_changed *changed = &f->is.data_changed;
    const struct fact_data_confided *confided = &f->is.data_confided;

    if (f->kind == FACT_DATA_REMOVED)
        forget(m, f->is.data_removed.data);
    else if (f->kind == FACT_DATA_CHANGED)
        keep(m, &(struct figure){ .id = changed->data,
                                  .title = changed->title,
                                  .kind = changed->kind,
                                  .url = changed->url,
                                  .csv = changed->csv,
                                  .chart = changed->chart });
    else
        keep(m, &(struct figure){ .id = confided->data,
                                  .title = confided->title,
                                  .kind = confided->kind,
                                  .url = confided->url,
                                  .csv = confided->csv,
                                  .chart = confided->chart,
                                  .confidential = true });
}
