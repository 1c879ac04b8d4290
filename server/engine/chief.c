#include "engine/chief.h"

#include <assert.h>
#include <string.h>

#include "dispatch.gen.h"

/* Where it stands; chief_count where it does not. */
static size_t lookup(const struct meeting *m, const char *code)
{
    size_t i = 0;

    while (i < m->chief_count && strcmp(m->chiefs[i].code->bytes, code) != 0)
        i++;
    return i;
}

bool chief_is_allowed(const struct meeting *m, const char *code)
{
    return lookup(m, code) < m->chief_count;
}

bool chief_proposed(const struct agenda *a, char ret_code[static CHIEF_CODE_CHARS + 1])
{
    return a->chief && chief_code_read(a->chief->bytes, a->chief->len, ret_code);
}

static enum refusal read_code(const struct text *code, char ret_code[static CHIEF_CODE_CHARS + 1],
                              struct facts *out)
{
    if (chief_code_read(code->bytes, code->len, ret_code))
        return REFUSED_NOT;
    out->field = "code";
    return REFUSED_WRONG_CODE;
}

/* The code as it is kept, whoever wrote it how. */
static struct text *code_text(const char *code, struct facts *out)
{
    struct text *text = text_from(code);

    out->failed = out->failed || !text;
    return text;
}

enum refusal chief_allow_decide(const struct meeting *m, const struct command_chief_allow *c,
                                const struct context *context, struct facts *out)
{
    char code[CHIEF_CODE_CHARS + 1];
    enum refusal refusal = read_code(c->code, code, out);

    if (refusal != REFUSED_NOT)
        return refusal;
    if (chief_is_allowed(m, code))
        return REFUSED_NOTHING_CHANGED;
    if (m->chief_count == LIMIT_CHIEFS)
        return REFUSED_FULL;
    facts_add(out, FACT_CHIEF_ALLOWED)->is.chief_allowed =
        (struct fact_chief_allowed){ .code = code_text(code, out), .by = text_ref(c->by) };
    return REFUSED_NOT;
}

enum refusal chief_refuse_decide(const struct meeting *m, const struct command_chief_refuse *c,
                                 const struct context *context, struct facts *out)
{
    char code[CHIEF_CODE_CHARS + 1];
    enum refusal refusal = read_code(c->code, code, out);

    if (refusal != REFUSED_NOT)
        return refusal;
    if (!chief_is_allowed(m, code))
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_CHIEF_REFUSED)->is.chief_refused =
        (struct fact_chief_refused){ .code = code_text(code, out), .by = text_ref(c->by) };
    return REFUSED_NOT;
}

void chief_allowed_apply(struct meeting *m, const struct fact_chief_allowed *f)
{
    assert(m->chief_count < LIMIT_CHIEFS && !chief_is_allowed(m, f->code->bytes));
    m->chiefs[m->chief_count++] =
        (struct consent){ .code = text_ref(f->code), .by = text_ref(f->by), .at = m->at };
}

void chief_refused_apply(struct meeting *m, const struct fact_chief_refused *f)
{
    size_t i = lookup(m, f->code->bytes);

    assert(i < m->chief_count);
    record_release(&consent_record, &m->chiefs[i]);
    m->chief_count--;
    memmove(&m->chiefs[i], &m->chiefs[i + 1], (m->chief_count - i) * sizeof(m->chiefs[0]));
}
