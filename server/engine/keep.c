#include "engine/keep.h"

#include "dispatch.gen.h"
#include "engine/facts.h"

static const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;

/* Days from 1970-01-01 to a day of the Gregorian calendar: years are counted from March, so that
 * the leap day is the last of one. */
static int64_t day_number(int64_t year, int64_t month, int64_t day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return 365 * y + y / 4 - y / 100 + y / 400 + of_year - 719468;
}

static int64_t digits(const char *from, size_t count)
{
    int64_t n = 0;

    for (size_t i = 0; i < count; i++)
        n = 10 * n + (from[i] - '0');
    return n;
}

/* When the day for which the meeting is planned is over everywhere on earth; 0 where none is named.
 */
static int64_t planned_end(const struct meeting *m)
{
    const struct text *date = m->agenda.cover.date;

    if (!date || date->len != 10) /* "2026-11-30" */
        return 0;
    int64_t day =
        day_number(digits(date->bytes, 4), digits(date->bytes + 5, 2), digits(date->bytes + 8, 2));
    return (day + 1) * day_ms + day_ms / 2 - m->wall;
}

struct instant keep_after_end(struct instant ended, int64_t days)
{
    return (struct instant){ ended.ms + days * day_ms };
}

struct instant keep_until(const struct meeting *m)
{
    int64_t planned = planned_end(m), days = m->keep.days;

    if (m->floor.state == STATE_CLOSED)
        return m->keep.has_erases ? m->keep.erases : keep_after_end(m->ended, days);
    return (struct instant){ (planned > m->at.ms ? planned : m->at.ms) +
                             (days > 1 ? days : 1) * day_ms };
}

/* Where the journal says nothing of it, as of a meeting made by an earlier release, nobody was told
 * how long it is kept: then the server, when it is to erase it the first time, says it now. */
enum refusal meeting_keep_decide(const struct meeting *m, const struct command_meeting_keep *c,
                                 const struct context *context, struct facts *out)
{
    bool closed = m->floor.state == STATE_CLOSED, late = context->role == ROLE_NOT;

    if (m->keep.said && m->keep.days == c->days)
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_KEEP_CHANGED)->is.keep_changed = (struct fact_keep_changed){
        .keep = c->days,
        .has_erases = closed,
        .erases = keep_after_end(late ? context->now : m->ended, c->days),
    };
    return REFUSED_NOT;
}

void keep_changed_apply(struct meeting *m, const struct fact_keep_changed *f)
{
    m->keep = (struct keep_state){
        .said = true, .days = f->keep, .has_erases = f->has_erases, .erases = f->erases
    };
}
