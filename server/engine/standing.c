#include "engine/standing.h"

#include <assert.h>
#include <string.h>

#include "dispatch.gen.h"
#include "engine/board.h"
#include "engine/data.h"

bool standing_waits(const struct meeting *m, const struct command *c, const struct context *context)
{
    return m->floor.state != STATE_CLOSED && command_infos[c->kind].later & 1u << context->role;
}

static bool is_in_minutes(const struct meeting *m, const struct fact *f)
{
    return fact_infos[f->kind].minutes && !data_is_unseen(m, f);
}

void standing_follow(const struct meeting *m, struct facts *out)
{
    bool changes = false;

    for (size_t i = 0; i < out->count; i++)
        changes |= is_in_minutes(m, &out->at[i]);
    if (!changes || m->standing.state == STANDING_STATE_DRAFT)
        return;
    facts_add(out, FACT_MINUTES_DRAFTED);
    memmove(&out->at[1], &out->at[0], (out->count - 1) * sizeof(out->at[0]));
    out->at[0] = (struct fact){ .kind = FACT_MINUTES_DRAFTED,
                                .is.minutes_drafted = { .has_changed = true, .changed = true } };
}

bool standing_open_to_phones(const struct meeting *m, struct instant now)
{
    return m->standing.state == STANDING_STATE_DRAFT ||
           now.ms - m->standing.approved.ms < LIMIT_MINUTES_KEPT_MS;
}

enum refusal minutes_approve_decide(const struct meeting *m,
                                    const struct command_minutes_approve *c,
                                    const struct context *context, struct facts *out)
{
    if (m->standing.state != STANDING_STATE_DRAFT)
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_MINUTES_APPROVED)->is.minutes_approved.by = text_ref(c->by);
    return REFUSED_NOT;
}

enum refusal minutes_publish_decide(const struct meeting *m,
                                    const struct command_minutes_publish *c,
                                    const struct context *context, struct facts *out)
{
    if (m->standing.state == STANDING_STATE_DRAFT)
        return REFUSED_NOT_APPROVED;
    if (m->standing.state == STANDING_STATE_PUBLISHED)
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_MINUTES_PUBLISHED)->is.minutes_published.by = text_ref(c->by);
    return REFUSED_NOT;
}

enum refusal minutes_reopen_decide(const struct meeting *m, const struct context *context,
                                   struct facts *out)
{
    if (m->standing.state == STANDING_STATE_DRAFT)
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_MINUTES_DRAFTED);
    return REFUSED_NOT;
}

void minutes_approved_apply(struct meeting *m, const struct fact_minutes_approved *f)
{
    record_release(&standing_record, &m->standing);
    m->standing = (struct standing){ .state = STANDING_STATE_APPROVED,
                                     .has_approved = true,
                                     .approved = m->at,
                                     .approved_by = text_ref(f->by) };
}

void minutes_published_apply(struct meeting *m, const struct fact_minutes_published *f)
{
    m->standing.state = STANDING_STATE_PUBLISHED;
    m->standing.has_published = true;
    m->standing.published = m->at;
    text_put(&m->standing.published_by, f->by);
}

/* Who approved them and when is still told, of what has been changed since. */
void minutes_drafted_apply(struct meeting *m, const struct fact_minutes_drafted *f)
{
    struct standing *s = &m->standing;

    s->state = STANDING_STATE_DRAFT;
    s->has_changed = s->changed = f->changed;
    if (f->changed)
        return;
    record_release(&standing_record, s);
    *s = (struct standing){ .state = STANDING_STATE_DRAFT };
}

/* Where this seat has said something of this point; dispute_count where it has not. */
static size_t lookup(const struct meeting *m, struct uuid contribution, int64_t seat)
{
    size_t i = 0;

    while (i < m->dispute_count &&
           !(uuid_same(m->disputes[i].contribution, contribution) && m->disputes[i].seat == seat))
        i++;
    return i;
}

/* The phone's first seat that said the point; 0: none of them did. */
static int64_t whose(const struct context *context, const struct post *post, int64_t named)
{
    for (size_t i = 0; i < context->own_count; i++) {
        int64_t seat = context->own[i];
        bool said = post->has_seat && post->seat == seat;
        for (size_t k = 0; k < post->with_seats.count; k++)
            said |= post->with_seats.at[k] == seat;
        if (said && (named == 0 || named == seat))
            return seat;
    }
    return 0;
}

enum refusal minutes_dispute_decide(const struct meeting *m,
                                    const struct command_minutes_dispute *c,
                                    const struct context *context, struct facts *out)
{
    const struct board_point *point = board_find(m, c->contribution);

    if (m->standing.state == STANDING_STATE_DRAFT)
        return REFUSED_NOT_APPROVED;
    if (!point || !point->post.content.text)
        return REFUSED_NO_SUCH_CONTRIBUTION;
    int64_t seat = whose(context, &point->post, c->has_seat ? c->seat : 0);
    if (seat == 0)
        return REFUSED_NOT_YOURS;
    size_t i = lookup(m, c->contribution, seat);
    const struct text *was = i < m->dispute_count ? m->disputes[i].text : NULL;
    struct text *text = c->text->len > 0 ? c->text : NULL;
    if (text_same(text, was))
        return REFUSED_NOTHING_CHANGED;
    if (text && i == LIMIT_DISPUTES)
        return REFUSED_FULL;
    facts_add(out, FACT_MINUTES_DISPUTED)->is.minutes_disputed = (struct fact_minutes_disputed){
        .contribution = c->contribution, .seat = seat, .text = text_ref(text)
    };
    return REFUSED_NOT;
}

void minutes_disputed_apply(struct meeting *m, const struct fact_minutes_disputed *f)
{
    size_t i = lookup(m, f->contribution, f->seat);

    if (i < m->dispute_count) {
        record_release(&dispute_record, &m->disputes[i]);
        m->disputes[i] = m->disputes[--m->dispute_count];
    }
    if (!f->text)
        return;
    assert(m->dispute_count < LIMIT_DISPUTES);
    m->disputes[m->dispute_count++] = (struct dispute){ .contribution = f->contribution,
                                                        .seat = f->seat,
                                                        .text = text_ref(f->text) };
}

void standing_mended(struct meeting *m, struct uuid contribution)
{
    for (size_t i = 0; i < m->dispute_count; i++)
        if (uuid_same(m->disputes[i].contribution, contribution))
            m->disputes[i].has_mended = m->disputes[i].mended = true;
}
