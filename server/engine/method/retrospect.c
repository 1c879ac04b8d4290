/* retrospect.c -- samtale om samtalen: what worked, what to adjust, what to take along.
 *
 * Unattributed means unlinkable (design.md, section 10).  Until they are shown, points are their
 * authors' alone and can be mended.  Then they get new ids and a shuffled order, without seat and
 * without time, and the facts that they were made of are blanked in the journal by the same
 * commit.  After that there is nothing left that says who wrote what.
 */
#include <assert.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/board.h"
#include "engine/lap.h"
#include "engine/method/method.h"
#include "engine/turn.h"
#include "engine/undo.h"

bool board_reserve_point(struct meeting *m)
{
    void *points = m->points, *blanks = m->blanks;
    bool there = board_reserve(&points, &m->point_room, m->point_count + 1, sizeof(*m->points));

    m->points = points;
    there = board_reserve(&blanks, &m->blank_room, m->blank_count + 1, sizeof(*m->blanks)) && there;
    m->blanks = blanks;
    return there;
}

static struct retro_point *find(const struct meeting *m, struct uuid id)
{
    for (size_t i = 0; i < m->point_count; i++)
        if (m->points[i].text && uuid_same(m->points[i].id, id))
            return &m->points[i];
    return NULL;
}

static enum refusal contribute(const struct meeting *m, const struct command_contribution_add *c,
                               int part, int64_t seat, const struct step *step, struct facts *out)
{
    if (m->shown[part])
        return REFUSED_PART_OVER;
    if (m->point_count + m->contribution_count >= LIMIT_CONTRIBUTIONS)
        return REFUSED_FULL;
    if (c->has_builds_on && c->builds_on.count > 0) {
        out->field = "builds_on";
        return REFUSED_BAD_FIELD;
    }
    facts_add(out, FACT_RETRO_ADDED)->is.retro_added = (struct fact_retro_added){
        .contribution = step->id,
        .has_seat = seat != 0,
        .seat = seat,
        .part = text_ref(m->parts[part].part->id),
        .box = c->box,
        .text = text_ref(c->text),
    };
    out->made = MADE_CONTRIBUTION;
    out->made_id = step->id;
    return REFUSED_NOT;
}

static uint64_t roll(uint64_t *dice)
{
    uint64_t z = (*dice += UINT64_C(0x9E3779B97F4A7C15));

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* A new id that says nothing of the old one: a random id by its form (RFC 9562, version 4). */
static struct uuid new_id(uint64_t *dice)
{
    struct uuid id;

    for (size_t i = 0; i < sizeof(id.b); i++)
        id.b[i] = (uint8_t)roll(dice);
    id.b[6] = (uint8_t)((id.b[6] & 0x0F) | 0x40);
    id.b[8] = (uint8_t)((id.b[8] & 0x3F) | 0x80);
    return id;
}

static bool collect(const struct meeting *m, int part, uint64_t dice, struct fact_retro_shown *f)
{
    f->points.at = alloc_many(m->point_count, sizeof(*f->points.at));
    f->blanks.at = alloc_many(m->blank_count, sizeof(*f->blanks.at));
    if (!f->points.at || !f->blanks.at)
        return false;
    for (size_t i = 0; i < m->point_count; i++) {
        const struct retro_point *from = &m->points[i];
        if (from->part != part || !from->text)
            continue;
        f->points.at[f->points.count++] = (struct point){ .contribution = new_id(&dice),
                                                          .box = from->box,
                                                          .text = text_ref(from->text) };
    }
    for (size_t i = f->points.count; i > 1; i--) { /* Fisher and Yates. */
        size_t k = roll(&dice) % i;
        struct point swap = f->points.at[i - 1];
        f->points.at[i - 1] = f->points.at[k];
        f->points.at[k] = swap;
    }
    f->has_blanks = true;
    for (size_t i = 0; i < m->blank_count; i++)
        if (m->blanks[i].part == part)
            f->blanks.at[f->blanks.count++] = m->blanks[i].seq;
    return true;
}

static void show(const struct meeting *m, const struct step *step, struct facts *out)
{
    struct fact *f = facts_add(out, FACT_RETRO_SHOWN);

    f->is.retro_shown.part = text_ref(m->parts[m->floor.part].part->id);
    if (!collect(m, m->floor.part, step->dice, &f->is.retro_shown))
        out->failed = true;
}

static void end(const struct meeting *m, const struct step *step, struct facts *out)
{
    bool any = false;

    for (size_t i = 0; i < m->point_count; i++)
        any |= m->points[i].part == m->floor.part;
    if (!m->shown[m->floor.part] && any)
        show(m, step, out);
}

const struct method_ops method_retrospect = {
    .method = METHOD_RETROSPECT,
    .turn = { 60000 },
    .boxes = 1u << BOX_WORKED_WELL | 1u << BOX_ADJUST | 1u << BOX_CARRY_FORWARD,
    .box_required = true,
    .contribute = contribute,
    .end = end,
};

/* What the author, and the console with it, may do to a point that is not shown. */
static enum refusal mend(const struct meeting *m, const struct command *c, const struct step *step,
                         struct facts *out)
{
    bool edits = c->kind == COMMAND_CONTRIBUTION_EDIT;
    struct uuid id =
        edits ? c->with.contribution_edit.contribution : c->with.contribution_withdraw.contribution;
    const struct retro_point *p = find(m, id);
    bool own = false;

    if (!p)
        return REFUSED_NO_SUCH_CONTRIBUTION;
    for (size_t i = 0; i < step->own_count; i++)
        own |= step->own[i] == p->seat;
    if (step->role == ROLE_PHONE && !own)
        return REFUSED_NO_SUCH_CONTRIBUTION; /* Not even that it is there is told. */
    if (edits && !c->with.contribution_edit.text)
        return REFUSED_NOTHING_CHANGED;
    if (edits)
        facts_add(out, FACT_RETRO_EDITED)->is.retro_edited = (struct fact_retro_edited){
            .contribution = id,
            .has_seat = p->seat != 0,
            .seat = p->seat,
            .text = text_ref(c->with.contribution_edit.text),
        };
    else
        facts_add(out, FACT_RETRO_WITHDRAWN)->is.retro_withdrawn = (struct fact_retro_withdrawn){
            .contribution = id, .has_seat = p->seat != 0, .seat = p->seat
        };
    return REFUSED_NOT;
}

enum refusal retrospect_decide(const struct meeting *m, const struct command *c,
                               const struct step *step, struct facts *out)
{
    if (c->kind != COMMAND_RETRO_SHOW)
        return mend(m, c, step, out);

    enum refusal refusal = turn_open(m);
    if (refusal != REFUSED_NOT)
        return refusal;
    if (m->parts[m->floor.part].part->method != METHOD_RETROSPECT)
        return REFUSED_WRONG_METHOD;
    if (m->shown[m->floor.part])
        return REFUSED_ALREADY_SHOWN;
    turn_ends(m, out); /* A round begins, and whoever speaks now has a turn in it too. */
    show(m, step, out);
    lap_begins(m, m->floor.part, 1, 1, m->floor.part_until, out);
    return REFUSED_NOT;
}

static void blank(struct meeting *m, int64_t seq, int part)
{
    assert(m->blank_count < m->blank_room);
    m->blanks[m->blank_count++] = (struct retro_blank){ .seq = seq, .part = part };
}

/* The part of a point, also of one that is withdrawn or blanked. */
static int part_of(const struct meeting *m, struct uuid id)
{
    for (size_t i = m->point_count; i > 0; i--)
        if (uuid_same(m->points[i - 1].id, id))
            return m->points[i - 1].part;
    return PART_NONE;
}

static void apply_added(struct meeting *m, const struct fact_retro_added *f)
{
    int part = agenda_find(m, f->part);

    assert(part != PART_NONE);
    assert(m->point_count < m->point_room);
    m->points[m->point_count++] = (struct retro_point){
        .id = f->contribution,
        .seat = f->has_seat ? f->seat : 0,
        .part = part,
        .box = f->box,
        .text = text_ref(f->text),
    };
}

/* Another retrospect's points still wait, should the meeting have gone back and forth. */
static void forget(struct meeting *m, int part)
{
    size_t points = 0, blanks = 0;

    for (size_t i = 0; i < m->point_count; i++) {
        if (m->points[i].part == part)
            text_unref(m->points[i].text);
        else
            m->points[points++] = m->points[i];
    }
    for (size_t i = 0; i < m->blank_count; i++)
        if (m->blanks[i].part != part)
            m->blanks[blanks++] = m->blanks[i];
    m->point_count = points;
    m->blank_count = blanks;
}

static void apply_shown(struct meeting *m, const struct fact_retro_shown *f)
{
    int part = agenda_find(m, f->part);

    assert(part != PART_NONE);
    forget(m, part);
    m->shown[part] = true;
    undo_clear(m); /* Undo never crosses a redaction. */
    for (size_t i = 0; i < f->points.count; i++) {
        assert(m->contribution_count < m->contribution_room);
        m->contributions[m->contribution_count++] =
            (struct contribution){ .id = f->points.at[i].contribution,
                                   .part = part,
                                   .box = f->points.at[i].box,
                                   .text = text_ref(f->points.at[i].text) };
    }
}

void retrospect_apply(struct meeting *m, const struct fact *f)
{
    struct retro_point *p;

    switch ((int)f->kind) {
    case FACT_RETRO_ADDED:
        apply_added(m, &f->is.retro_added);
        blank(m, f->seq, agenda_find(m, f->is.retro_added.part));
        break;
    case FACT_RETRO_EDITED:
        p = find(m, f->is.retro_edited.contribution);
        blank(m, f->seq, part_of(m, f->is.retro_edited.contribution));
        if (!p)
            break; /* Both were blanked since: nothing is left of the point. */
        text_put(&p->text, f->is.retro_edited.text);
        break;
    case FACT_RETRO_WITHDRAWN:
        p = find(m, f->is.retro_withdrawn.contribution);
        blank(m, f->seq, part_of(m, f->is.retro_withdrawn.contribution));
        if (!p)
            break;
        text_put(&p->text, NULL);
        break;
    case FACT_RETRO_SHOWN:
        apply_shown(m, &f->is.retro_shown);
        break;
    }
}
