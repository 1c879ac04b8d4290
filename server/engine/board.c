#include "engine/board.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/group.h"
#include "engine/method/method.h"
#include "engine/roster.h"
#include "engine/standing.h"
#include "engine/turn.h"
#include "engine/undo_values.h"

static struct board_point *lookup(const struct meeting *m, struct uuid id)
{
    for (size_t i = m->contribution_count; i > 0; i--) {
        struct board_point *c = &m->contributions[i - 1];
        if (!c->withdrawn && uuid_same(c->id, id))
            return c;
    }
    return NULL;
}

const struct board_point *board_find(const struct meeting *m, struct uuid id)
{
    return lookup(m, id);
}

bool board_has_all(const struct meeting *m, const struct uuids *ids)
{
    for (size_t i = 0; i < ids->count; i++)
        if (!lookup(m, ids->at[i]))
            return false;
    return true;
}

bool board_reserve(void **at, size_t *room, size_t count, size_t size)
{
    if (count <= *room)
        return true;
    size_t more = *room * 2 > count ? *room * 2 : count + 15;
    void *bigger = alloc_again(*at, more, size);
    if (!bigger)
        return false;
    *at = bigger;
    *room = more;
    return true;
}

bool board_reserve_contributions(struct meeting *m, size_t more)
{
    void *at = m->contributions;
    bool there = board_reserve(&at, &m->contribution_room, m->contribution_count + more,
                               sizeof(*m->contributions));
    m->contributions = at;
    return there;
}

static bool copy_ids(const struct uuids *from, struct uuids *ret_to)
{
    struct uuid *at = alloc_many(from->count, sizeof(*at));

    if (!at)
        return false;
    if (from->count > 0)
        memcpy(at, from->at, from->count * sizeof(*at));
    *ret_to = (struct uuids){ .count = from->count, .at = at };
    return true;
}

enum refusal board_place(const struct meeting *m, int part, int64_t seat,
                         const struct content *content, const struct context *context,
                         struct facts *out)
{
    if (m->contribution_count >= LIMIT_CONTRIBUTIONS)
        return REFUSED_FULL;
    if (!board_has_all(m, &content->builds_on))
        return REFUSED_NO_SUCH_CONTRIBUTION;

    bool late = part != m->floor.part;
    struct fact_contribution_added *a =
        &facts_add(out, FACT_CONTRIBUTION_ADDED)->is.contribution_added;
    a->contribution = context->id;
    a->post = (struct post){
        .has_seat = seat != 0,
        .seat = seat,
        .part = text_ref(m->parts[part].part->id),
        .has_lap = !late && m->floor.laps > 1,
        .lap = m->floor.lap,
        .has_late = late,
        .late = late,
    };
    if (!record_copy(&content_record, &a->post.content, content))
        out->failed = true;
    a->post.content.has_builds_on = a->post.content.builds_on.count > 0;
    out->made = MADE_CONTRIBUTION;
    out->made_id = context->id;
    return REFUSED_NOT;
}

enum refusal board_part_meant(const struct meeting *m, const struct text *id, int *ret_part)
{
    enum refusal refusal = turn_open(m);

    if (refusal != REFUSED_NOT && refusal != REFUSED_PAUSED)
        return refusal;
    int part = id ? agenda_find(m, id) : m->floor.part;
    if (part == PART_NONE || (part != m->floor.part && !m->parts[part].begun))
        return REFUSED_NO_SUCH_PART;
    *ret_part = part;
    return REFUSED_NOT;
}

static bool fits(const struct method_info *method, const struct command_contribution_add *c,
                 struct facts *out)
{
    enum box box = c->content.box;

    if (box == BOX_NOT ? method->box_required : !(method->boxes & 1u << box)) {
        out->field = "box";
        return false;
    }
    if (c->content.answer != ANSWER_NOT && !method->takes_suggestions) {
        out->field = "answer";
        return false;
    }
    return true;
}

enum refusal contribution_add_decide(const struct meeting *m,
                                     const struct command_contribution_add *c,
                                     const struct context *context, struct facts *out)
{
    int part = PART_NONE;
    int64_t seat = 0;
    enum refusal refusal = board_part_meant(m, c->part, &part);

    if (refusal == REFUSED_NOT)
        refusal = turn_whose(m, context, c->has_seat, c->seat, &seat);
    if (refusal != REFUSED_NOT)
        return refusal;
    enum method method = m->parts[part].part->method;
    if (!fits(&method_infos[method], c, out))
        return REFUSED_BAD_FIELD;
    if (seat == 0 && !method_infos[method].seatless) {
        out->field = "seat"; /* Here every point is somebody's. */
        return REFUSED_BAD_FIELD;
    }
    if (method_hooks[method].contribute)
        return method_hooks[method].contribute(m, c, part, seat, context, out);
    return board_place(m, part, seat, &c->content, context, out);
}

/* Nothing more is taken from phones once the meeting is over. */
static bool is_too_late(const struct meeting *m, const struct context *context)
{
    return context->role == ROLE_PHONE && m->floor.state == STATE_CLOSED;
}

bool board_owns(const struct context *context, int64_t seat)
{
    if (context->role != ROLE_PHONE)
        return true;
    for (size_t i = 0; i < context->own_count; i++)
        if (context->own[i] == seat)
            return true;
    return false;
}

/* But until they are published, whoever said a point may take it out of the minutes. */
static bool is_too_late_to_take_off(const struct meeting *m, const struct context *context)
{
    return is_too_late(m, context) && m->standing.state == STANDING_STATE_PUBLISHED;
}

/* It is nobody's any more, so that nobody can mend it. */
static bool is_nameless(const struct meeting *m, const struct board_point *c)
{
    return m->parts[c->part].shown && method_infos[m->parts[c->part].part->method].nameless;
}

bool board_owns_point(const struct context *context, const struct post *post)
{
    bool owns = board_owns(context, post->seat);

    for (size_t i = 0; i < post->with_seats.count; i++)
        owns |= board_owns(context, post->with_seats.at[i]);
    return owns;
}

/* Whose a point is, console and scribe may mend, where it is one person's: of two who said it
 * together, and of nobody's, none could be put back. */
static enum refusal may_move(const struct meeting *m, const struct command_contribution_edit *c,
                             const struct context *context, const struct board_point *was,
                             struct facts *out)
{
    if (context->role == ROLE_PHONE)
        return REFUSED_FORBIDDEN;
    if (!roster_has(m, c->seat))
        return REFUSED_NO_SUCH_SEAT;
    if (was->post.has_seat && was->post.with_seats.count == 0)
        return REFUSED_NOT;
    out->field = "seat";
    return REFUSED_BAD_FIELD;
}

enum refusal contribution_edit_decide(const struct meeting *m,
                                      const struct command_contribution_edit *c,
                                      const struct context *context, struct facts *out)
{
    const struct board_point *was = lookup(m, c->contribution);

    if (!was)
        return method_edit_sealed(m, c, context, out);
    if (!board_owns_point(context, &was->post))
        return REFUSED_NOT_YOURS;
    if (is_nameless(m, was))
        return REFUSED_PART_OVER;
    if (is_too_late(m, context))
        return REFUSED_CLOSED;
    enum refusal refusal = c->has_seat ? may_move(m, c, context, was, out) : REFUSED_NOT;
    if (refusal != REFUSED_NOT)
        return refusal;
    if (c->base && !text_same(c->base, was->post.content.text))
        return REFUSED_TEXT_CHANGED;
    bool other_seat = c->has_seat && c->seat != was->post.seat;
    if ((!c->text || text_same(c->text, was->post.content.text)) && !c->has_builds_on &&
        !other_seat)
        return REFUSED_NOTHING_CHANGED;
    if (c->has_builds_on && !board_has_all(m, &c->builds_on))
        return REFUSED_NO_SUCH_CONTRIBUTION;

    struct fact *f = facts_add(out, FACT_CONTRIBUTION_EDITED);
    struct fact_contribution_edited *e = &f->is.contribution_edited;
    *e = (struct fact_contribution_edited){ .contribution = c->contribution,
                                            .text = text_ref(c->text),
                                            .has_seat = other_seat,
                                            .seat = c->seat,
                                            .has_builds_on = c->has_builds_on };
    if (c->has_builds_on && !copy_ids(&c->builds_on, &e->builds_on))
        out->failed = true;
    return REFUSED_NOT;
}

enum refusal contribution_withdraw_decide(const struct meeting *m,
                                          const struct command_contribution_withdraw *c,
                                          const struct context *context, struct facts *out)
{
    const struct board_point *was = lookup(m, c->contribution);

    if (!was)
        return method_withdraw_sealed(m, c, context, out);
    if (!board_owns_point(context, &was->post))
        return REFUSED_NOT_YOURS;
    if (is_nameless(m, was) && context->role == ROLE_PHONE)
        return REFUSED_PART_OVER;
    if (is_too_late_to_take_off(m, context))
        return REFUSED_CLOSED;
    facts_add(out, FACT_CONTRIBUTION_WITHDRAWN)->is.contribution_withdrawn =
        (struct fact_contribution_withdrawn){ .contribution = c->contribution,
                                              .by = context->role };
    return REFUSED_NOT;
}

/* The index of the withdrawn point with this id; contribution_count when there is none. */
static size_t withdrawn(const struct meeting *m, struct uuid id)
{
    size_t i = 0;

    while (i < m->contribution_count &&
           !(m->contributions[i].withdrawn && uuid_same(m->contributions[i].id, id)))
        i++;
    return i;
}

/* A point that is sealed still is its author's alone to take back. */
bool contribution_withdraw_keep(const struct meeting *m,
                                const struct command_contribution_withdraw *c,
                                const struct context *context, struct keeping *keeping,
                                struct facts *out)
{
    keeping->kept->has_was = keeping->kept->has_became = true;
    keeping->kept->was.has_contribution = true;
    keeping->kept->was.contribution = c->contribution;
    return lookup(m, c->contribution);
}

/* The point stands on the board again, after all others, and under its heading. */
static void put_back(const struct meeting *m, const struct board_point *c, struct facts *out)
{
    struct fact_contribution_added *a =
        &facts_add(out, FACT_CONTRIBUTION_ADDED)->is.contribution_added;

    assert(c->withdrawn);
    a->contribution = c->id;
    if (!record_copy(&post_record, &a->post, &c->post))
        out->failed = true;
    if (c->group != 0)
        group_takes_back(m, c, out);
}

/* Unless it has been put back since, and its author has taken it off. */
void contribution_withdraw_back(struct meeting *then, const struct fact_undo_kept *kept,
                                struct facts *out)
{
    const struct meeting *m = then;
    size_t i = withdrawn(m, kept->was.contribution);

    if (undo_has_values(kept) && kept->was.has_contribution && i < m->contribution_count &&
        m->contributions[i].by != ROLE_PHONE)
        put_back(m, &m->contributions[i], out);
}

enum refusal contribution_restore_decide(const struct meeting *m,
                                         const struct command_contribution_restore *c,
                                         const struct context *context, struct facts *out)
{
    size_t i = withdrawn(m, c->contribution);

    if (lookup(m, c->contribution))
        return REFUSED_NOTHING_CHANGED;
    if (i == m->contribution_count)
        return REFUSED_NO_SUCH_CONTRIBUTION;
    enum role by = m->contributions[i].by;
    if (by != ROLE_CONSOLE && by != ROLE_SCRIBE && by != ROLE_LEADER)
        return REFUSED_NOT_YOURS;
    put_back(m, &m->contributions[i], out);
    return REFUSED_NOT;
}

bool contribution_added_room(struct meeting *m, const struct fact_contribution_added *f)
{
    record_release(&post_record, &m->next_post);
    return record_copy(&post_record, &m->next_post, &f->post) && board_reserve_contributions(m, 1);
}

void contribution_added_apply(struct meeting *m, const struct fact_contribution_added *f)
{
    int part = agenda_find(m, f->post.part);

    assert(part != PART_NONE);
    assert(m->contribution_count < m->contribution_room);
    size_t was = withdrawn(m, f->contribution);
    if (was < m->contribution_count) { /* It becomes the last. */
        record_release(&post_record, &m->contributions[was].post);
        m->contribution_count--;
        memmove(&m->contributions[was], &m->contributions[was + 1],
                (m->contribution_count - was) * sizeof(m->contributions[0]));
    }
    m->contributions[m->contribution_count++] =
        (struct board_point){ .id = f->contribution, .post = m->next_post, .part = part };
    m->next_post = (struct post){ 0 };
}

bool contribution_edited_room(struct meeting *m, const struct fact_contribution_edited *f)
{
    const struct content borrowed = { .has_builds_on = f->has_builds_on,
                                      .builds_on = f->builds_on };

    record_release(&post_record, &m->next_post);
    return record_copy(&content_record, &m->next_post.content, &borrowed);
}

void contribution_edited_apply(struct meeting *m, const struct fact_contribution_edited *f)
{
    struct board_point *c = lookup(m, f->contribution);

    assert(c);
    struct content *to = &c->post.content, *next = &m->next_post.content;
    if (f->text) {
        text_put(&to->text, f->text);
        standing_mended(m, f->contribution);
    }
    if (f->has_seat)
        c->post.seat = f->seat;
    if (!f->has_builds_on)
        return;
    struct uuids was = to->builds_on;
    to->has_builds_on = next->builds_on.count > 0;
    to->builds_on = next->builds_on;
    next->builds_on = was; /* Released with the next one. */
}

void contribution_withdrawn_apply(struct meeting *m, const struct fact_contribution_withdrawn *f)
{
    struct board_point *c = lookup(m, f->contribution);

    assert(c);
    c->withdrawn = true; /* It may come back. */
    c->by = f->by;
}

void board_take_off(struct meeting *m, struct uuid id)
{
    struct board_point *c = lookup(m, id);

    assert(c);
    record_release(&post_record, &c->post);
    m->contribution_count--;
    memmove(c, c + 1, (m->contribution_count - (size_t)(c - m->contributions)) * sizeof(*c));
}
