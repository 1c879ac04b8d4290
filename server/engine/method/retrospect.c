/* retrospect.c -- samtale om samtalen: what worked, what to adjust, what to take along.
 *
 * Until they are shown, points are their authors' alone and can be mended.  Then they get new ids
 * and a shuffled order, without seat and without time, and the facts that they were made of are
 * blanked in the journal by the same commit.  After that nothing is left that says who wrote what.
 */
#include <assert.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/board.h"
#include "engine/dice.h"
#include "engine/lap.h"
#include "engine/method/method.h"
#include "engine/roster.h"
#include "engine/turn.h"
#include "engine/undo.h"

/* A sealed point, and the number of the fact that holds its text and author: to be blanked when
 * the part's points are shown. */
static struct sealed_kept *find(const struct meeting *m, struct uuid id)
{
    const struct sealed_kept_list *points = &m->methods.retrospect.points;

    for (size_t i = 0; i < points->count; i++)
        if (points->at[i].sealed_point.text && uuid_same(points->at[i].sealed_point.id, id))
            return &points->at[i];
    return NULL;
}

enum refusal retrospect_contribute(const struct meeting *m,
                                   const struct command_contribution_add *c, int part, int64_t seat,
                                   const struct context *context, struct facts *out)
{
    if (m->parts[part].shown)
        return REFUSED_PART_OVER;
    if (m->methods.retrospect.points.count + m->contribution_count >= LIMIT_CONTRIBUTIONS)
        return REFUSED_FULL;
    if (c->content.builds_on.count > 0) {
        out->field = "builds_on";
        return REFUSED_BAD_FIELD;
    }
    struct fact_retro_added *f = &facts_add(out, FACT_RETRO_ADDED)->is.retro_added;
    *f = (struct fact_retro_added){
        .contribution = context->id,
        .has_seat = seat != 0,
        .seat = seat,
        .part = text_ref(m->parts[part].part->id),
        .box = c->content.box,
        .text = text_ref(c->content.text),
    };
    f->has_handset = roster_writer(m, context, seat, &f->handset);
    out->made = MADE_CONTRIBUTION;
    out->made_id = context->id;
    return REFUSED_NOT;
}

static bool collect(const struct meeting *m, const struct text *part, uint64_t dice,
                    struct fact_retro_shown *f)
{
    const struct retrospect_state *from = &m->methods.retrospect;

    f->points.at = alloc_many(from->points.count, sizeof(*f->points.at));
    f->blanks.at = alloc_many(from->blanks.count, sizeof(*f->blanks.at));
    if (!f->points.at || !f->blanks.at)
        return false;
    for (size_t i = 0; i < from->points.count; i++) {
        const struct sealed_point *p = &from->points.at[i].sealed_point;
        if (!text_same(p->part, part) || !p->text)
            continue;
        f->points.at[f->points.count++] = (struct point){ .contribution = dice_id(&dice),
                                                          .box = p->box,
                                                          .text = text_ref(p->text) };
    }
    for (size_t i = f->points.count; i > 1; i--) { /* Fisher and Yates. */
        size_t k = dice_roll(&dice) % i;
        struct point swap = f->points.at[i - 1];
        f->points.at[i - 1] = f->points.at[k];
        f->points.at[k] = swap;
    }
    f->has_blanks = true;
    for (size_t i = 0; i < from->blanks.count; i++)
        if (text_same(from->blanks.at[i].part, part))
            f->blanks.at[f->blanks.count++] = from->blanks.at[i].seq;
    return true;
}

static void show(const struct meeting *m, const struct context *context, struct facts *out)
{
    struct fact *f = facts_add(out, FACT_RETRO_SHOWN);
    struct text *part = m->parts[m->floor.part].part->id;

    f->is.retro_shown.part = text_ref(part);
    if (!collect(m, part, context->dice, &f->is.retro_shown))
        out->failed = true;
}

void retrospect_end(const struct meeting *m, const struct context *context, struct facts *out)
{
    const struct sealed_kept_list *points = &m->methods.retrospect.points;
    const struct progress_state *now = &m->parts[m->floor.part];
    bool any = false;

    for (size_t i = 0; i < points->count; i++)
        any |= text_same(points->at[i].sealed_point.part, now->part->id);
    if (!now->shown && any)
        show(m, context, out);
}

/* The phone that wrote it may change it, and console or scribe what they wrote for somebody: its id
 * is a secret that they have of no other.  Others are not even told that it is there. */
static const struct sealed_kept *may_change(const struct meeting *m, struct uuid id,
                                            const struct context *context)
{
    const struct sealed_kept *p = find(m, id);
    bool wrote = p && board_owns(context, p->sealed_point.seat) &&
                 (context->role != ROLE_PHONE || hash_same(p->handset, context->handset));

    return wrote ? p : NULL;
}

enum refusal retrospect_edit(const struct meeting *m, const struct command_contribution_edit *c,
                             const struct context *context, struct facts *out)
{
    const struct sealed_kept *p = may_change(m, c->contribution, context);

    if (!p)
        return REFUSED_NO_SUCH_CONTRIBUTION;
    if (c->has_seat) { /* Whose it is stays sealed with it. */
        out->field = "seat";
        return REFUSED_BAD_FIELD;
    }
    if (c->base && !text_same(c->base, p->sealed_point.text))
        return REFUSED_TEXT_CHANGED;
    if (!c->text)
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_RETRO_EDITED)->is.retro_edited =
        (struct fact_retro_edited){ .contribution = c->contribution,
                                    .has_seat = p->sealed_point.has_seat,
                                    .seat = p->sealed_point.seat,
                                    .text = text_ref(c->text),
                                    .has_handset = p->has_handset,
                                    .handset = p->handset };
    return REFUSED_NOT;
}

enum refusal retrospect_withdraw(const struct meeting *m,
                                 const struct command_contribution_withdraw *c,
                                 const struct context *context, struct facts *out)
{
    const struct sealed_kept *p = may_change(m, c->contribution, context);

    if (!p)
        return REFUSED_NO_SUCH_CONTRIBUTION;
    facts_add(out, FACT_RETRO_WITHDRAWN)->is.retro_withdrawn =
        (struct fact_retro_withdrawn){ .contribution = c->contribution,
                                       .has_seat = p->sealed_point.has_seat,
                                       .seat = p->sealed_point.seat,
                                       .has_handset = p->has_handset,
                                       .handset = p->handset };
    return REFUSED_NOT;
}

bool retrospect_wrote(const struct meeting *m, int64_t seat)
{
    const struct sealed_kept_list *points = &m->methods.retrospect.points;

    for (size_t i = 0; i < points->count; i++)
        if (points->at[i].sealed_point.seat == seat)
            return true;
    return false;
}

/* A phone gets the points that it wrote itself; nobody else gets any. */
bool retrospect_see(const struct meeting *m, const struct reader *reader, void *ret_seen)
{
    const struct sealed_kept_list *points = &m->methods.retrospect.points;
    struct retrospect_seen *seen = ret_seen;

    if (reader->role != ROLE_PHONE)
        return true;
    seen->has_own = true;
    seen->own.at = alloc_many(points->count, sizeof(*seen->own.at));
    if (!seen->own.at)
        return false;
    for (size_t i = 0; i < points->count; i++) {
        const struct sealed_point *p = &points->at[i].sealed_point;
        struct sealed_point *to = &seen->own.at[seen->own.count];
        if (!p->text || !reader_wrote(reader, p->seat, points->at[i].handset))
            continue;
        if (!record_copy(&sealed_point_record, to, p))
            return false;
        seen->own.count++;
    }
    return true;
}

enum refusal retro_show_decide(const struct meeting *m, const struct context *context,
                               struct facts *out)
{
    enum refusal refusal = turn_open(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    if (m->parts[m->floor.part].part->method != METHOD_RETROSPECT)
        return REFUSED_WRONG_METHOD;
    if (m->parts[m->floor.part].shown)
        return REFUSED_ALREADY_SHOWN;
    turn_ends(m, out); /* A round begins, and whoever speaks now has a turn in it too. */
    show(m, context, out);
    lap_begins(m, m->floor.part, 1, 1, m->floor.part_until, out);
    return REFUSED_NOT;
}

/* Room for one more point, and for the number of one more fact that is to be blanked. */
static bool room(struct meeting *m)
{
    struct retrospect_state *to = &m->methods.retrospect;

    return record_list_room(&to->points, 1, sizeof(*to->points.at)) &&
           record_list_room(&to->blanks, 1, sizeof(*to->blanks.at));
}

bool retro_added_room(struct meeting *m, const struct fact_retro_added *f)
{
    return room(m);
}

bool retro_edited_room(struct meeting *m, const struct fact_retro_edited *f)
{
    return room(m);
}

bool retro_withdrawn_room(struct meeting *m, const struct fact_retro_withdrawn *f)
{
    return room(m);
}

bool retro_shown_room(struct meeting *m, const struct fact_retro_shown *f)
{
    return board_reserve_contributions(m, f->points.count);
}

/* The newest fact holds a text or an author, and is to be blanked with the part's points. */
static void blank(struct meeting *m, struct text *part)
{
    struct blank_list *blanks = &m->methods.retrospect.blanks;

    blanks->at[blanks->count++] = (struct blank){ .seq = m->seq, .part = text_ref(part) };
}

/* The part of a point, also of one that is withdrawn or blanked; NULL: there was none. */
static struct text *part_of(const struct meeting *m, struct uuid id)
{
    const struct sealed_kept_list *points = &m->methods.retrospect.points;

    for (size_t i = points->count; i > 0; i--)
        if (uuid_same(points->at[i - 1].sealed_point.id, id))
            return points->at[i - 1].sealed_point.part;
    return NULL;
}

void retro_added_apply(struct meeting *m, const struct fact_retro_added *f)
{
    struct sealed_kept_list *points = &m->methods.retrospect.points;

    assert(agenda_find(m, f->part) != PART_NONE);
    struct sealed_kept *to = &points->at[points->count++];
    *to = (struct sealed_kept){
        .has_handset = true,
        .handset = f->has_handset ? f->handset : roster_handset(m, f->seat),
    };
    to->sealed_point = (struct sealed_point){
        .id = f->contribution,
        .has_seat = f->has_seat,
        .seat = f->seat,
        .part = text_ref(f->part),
        .box = f->box,
        .text = text_ref(f->text),
    };
    blank(m, f->part);
}

/* Where both were blanked since, nothing is left of the point. */
static void set_text(struct meeting *m, struct uuid id, struct text *text)
{
    struct sealed_kept *p = find(m, id);

    blank(m, part_of(m, id));
    if (p)
        text_put(&p->sealed_point.text, text);
}

void retro_edited_apply(struct meeting *m, const struct fact_retro_edited *f)
{
    set_text(m, f->contribution, f->text);
}

void retro_withdrawn_apply(struct meeting *m, const struct fact_retro_withdrawn *f)
{
    set_text(m, f->contribution, NULL);
}

/* Another retrospect's points still wait, should the meeting have gone back and forth. */
static void forget(struct meeting *m, const struct text *part)
{
    struct sealed_kept_list *points = &m->methods.retrospect.points;
    struct blank_list *blanks = &m->methods.retrospect.blanks;
    size_t stay = 0;

    for (size_t i = 0; i < points->count; i++) {
        if (text_same(points->at[i].sealed_point.part, part))
            record_release(&sealed_kept_record, &points->at[i]);
        else
            points->at[stay++] = points->at[i];
    }
    points->count = stay;
    stay = 0;
    for (size_t i = 0; i < blanks->count; i++) {
        if (text_same(blanks->at[i].part, part))
            record_release(&blank_record, &blanks->at[i]);
        else
            blanks->at[stay++] = blanks->at[i];
    }
    blanks->count = stay;
}

void retro_shown_apply(struct meeting *m, const struct fact_retro_shown *f)
{
    int part = agenda_find(m, f->part);

    assert(part != PART_NONE);
    forget(m, f->part);
    m->parts[part].shown = true;
    undo_clear(m); /* Undo never crosses a redaction. */
    for (size_t i = 0; i < f->points.count; i++) {
        assert(m->contribution_count < m->contribution_room);
        const struct point *p = &f->points.at[i];
        struct board_point *to = &m->contributions[m->contribution_count++];
        *to = (struct board_point){ .id = p->contribution, .part = part };
        to->post.part = text_ref(f->part);
        to->post.content = (struct content){ .box = p->box, .text = text_ref(p->text) };
    }
}
