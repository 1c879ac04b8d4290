/* fetched.c -- which files of a meeting that is over were fetched, before it is erased. */
#include <assert.h>
#include <string.h>

#include "dispatch.gen.h"
#include "engine/facts.h"

/* Where it stands that this file was fetched in this format by this role; fetched_count where it
 * was not. */
static size_t lookup(const struct meeting *m, const struct fetched *what)
{
    size_t i = 0;

    while (i < m->fetched_count &&
           !(m->fetched[i].file == what->file && m->fetched[i].format == what->format &&
             m->fetched[i].as == what->as))
        i++;
    return i;
}

/* What is fetched while people sit there holds no outcome yet: it would be a false comfort. */
enum refusal minutes_fetch_decide(const struct meeting *m, const struct command_minutes_fetch *c,
                                  const struct context *context, struct facts *out)
{
    size_t i = lookup(m, &c->fetched);

    if (m->floor.state != STATE_CLOSED)
        return REFUSED_NOT_CLOSED;
    if (i < m->fetched_count && text_same(m->fetched[i].day, c->fetched.day))
        return REFUSED_NOTHING_CHANGED;
    if (i == LIMIT_FETCHED)
        return REFUSED_FULL;
    struct fetched *to = &facts_add(out, FACT_MINUTES_FETCHED)->is.minutes_fetched.fetched;
    *to = c->fetched;
    text_ref(to->day);
    return REFUSED_NOT;
}

void minutes_fetched_apply(struct meeting *m, const struct fact_minutes_fetched *f)
{
    size_t i = lookup(m, &f->fetched);

    if (i < m->fetched_count) {
        record_release(&fetched_record, &m->fetched[i]);
        m->fetched_count--;
        memmove(&m->fetched[i], &m->fetched[i + 1], (m->fetched_count - i) * sizeof(m->fetched[0]));
    }
    assert(m->fetched_count < LIMIT_FETCHED);
    struct fetched *to = &m->fetched[m->fetched_count++];
    *to = f->fetched;
    text_ref(to->day);
}
