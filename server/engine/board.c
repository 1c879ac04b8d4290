#include "engine/board.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/group.h"
#include "engine/method/method.h"
#include "engine/turn.h"
#include "engine/undo.h"

static struct contribution *lookup(const struct meeting *m, struct uuid id)
{
    for (size_t i = m->contribution_count; i > 0; i--) {
        struct contribution *c = &m->contributions[i - 1];
        if (!c->withdrawn && uuid_same(c->id, id))
            return c;
    }
    return NULL;
}

const struct contribution *board_find(const struct meeting *m, struct uuid id)
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

enum refusal board_place(const struct meeting *m, const struct placing *p, const struct step *step,
                         struct facts *out)
{
    if (m->contribution_count >= LIMIT_CONTRIBUTIONS)
        return REFUSED_FULL;
    if (p->builds_on && !board_has_all(m, p->builds_on))
        return REFUSED_NO_SUCH_CONTRIBUTION;

    bool late = p->part != m->floor.part;
    struct fact *f = facts_add(out, FACT_CONTRIBUTION_ADDED);
    struct fact_contribution_added *a = &f->is.contribution_added;
    *a = (struct fact_contribution_added){
        .contribution = step->id,
        .has_seat = p->seat != 0,
        .seat = p->seat,
        .part = text_ref(m->parts[p->part].part->id),
        .has_lap = !late && m->floor.laps > 1,
        .lap = m->floor.lap,
        .text = text_ref(p->text),
        .box = p->box,
        .answer = p->answer,
        .has_late = late,
        .late = late,
    };
    if (p->builds_on && p->builds_on->count > 0) {
        a->has_builds_on = true;
        if (!copy_ids(p->builds_on, &a->builds_on))
            out->failed = true;
    }
    out->made = MADE_CONTRIBUTION;
    out->made_id = step->id;
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
    if (c->box == BOX_NOT ? method->box_required : !(method->boxes & 1u << c->box)) {
        out->field = "box";
        return false;
    }
    if (c->answer != ANSWER_NOT && !method->takes_suggestions) {
        out->field = "answer";
        return false;
    }
    return true;
}

enum refusal contribution_add_decide(const struct meeting *m,
                                     const struct command_contribution_add *c,
                                     const struct step *step, struct facts *out)
{
    int part = PART_NONE;
    int64_t seat = 0;
    enum refusal refusal = board_part_meant(m, c->part, &part);

    if (refusal == REFUSED_NOT)
        refusal = turn_whose(m, step, c->has_seat, c->seat, &seat);
    if (refusal != REFUSED_NOT)
        return refusal;
    enum method method = m->parts[part].part->method;
    if (!fits(&method_infos[method], c, out))
        return REFUSED_BAD_FIELD;
    if (seat == 0 && !method_infos[method].seatless) {
        out->field = "seat"; /* Here every point is somebody's. */
        return REFUSED_BAD_FIELD;
    }
    if (method_hooks[method]->contribute)
        return method_hooks[method]->contribute(m, c, part, seat, step, out);
    const struct placing p = {
        .part = part,
        .seat = seat,
        .text = c->text,
        .builds_on = c->has_builds_on ? &c->builds_on : NULL,
        .box = c->box,
        .answer = c->answer,
    };
    return board_place(m, &p, step, out);
}

bool board_owns(const struct step *step, int64_t seat)
{
    if (step->role != ROLE_PHONE)
        return true;
    for (size_t i = 0; i < step->own_count; i++)
        if (step->own[i] == seat)
            return true;
    return false;
}

enum refusal contribution_edit_decide(const struct meeting *m,
                                      const struct command_contribution_edit *c,
                                      const struct step *step, struct facts *out)
{
    const struct contribution *was = lookup(m, c->contribution);

    if (!was)
        return method_edit_sealed(m, c, step, out);
    if (!board_owns(step, was->seat))
        return REFUSED_NOT_YOURS;
    if (m->parts[was->part].shown)
        return REFUSED_PART_OVER;
    if (step->role == ROLE_SCRIBE && c->text)
        return REFUSED_FORBIDDEN;
    if ((!c->text || text_same(c->text, was->text)) && !c->has_builds_on)
        return REFUSED_NOTHING_CHANGED;
    if (c->has_builds_on && !board_has_all(m, &c->builds_on))
        return REFUSED_NO_SUCH_CONTRIBUTION;

    struct fact *f = facts_add(out, FACT_CONTRIBUTION_EDITED);
    struct fact_contribution_edited *e = &f->is.contribution_edited;
    *e = (struct fact_contribution_edited){ .contribution = c->contribution,
                                            .text = text_ref(c->text),
                                            .has_builds_on = c->has_builds_on };
    if (c->has_builds_on && !copy_ids(&c->builds_on, &e->builds_on))
        out->failed = true;
    return REFUSED_NOT;
}

enum refusal contribution_withdraw_decide(const struct meeting *m,
                                          const struct command_contribution_withdraw *c,
                                          const struct step *step, struct facts *out)
{
    const struct contribution *was = lookup(m, c->contribution);

    if (!was)
        return method_withdraw_sealed(m, c, step, out);
    if (!board_owns(step, was->seat))
        return REFUSED_NOT_YOURS;
    if (m->parts[was->part].shown && step->role == ROLE_PHONE)
        return REFUSED_PART_OVER;
    facts_add(out, FACT_CONTRIBUTION_WITHDRAWN)->is.contribution_withdrawn.contribution =
        c->contribution;
    return REFUSED_NOT;
}

/* The index of a withdrawn one, or of the next to come. */
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
                                const struct step *step, struct keeping *keeping, struct facts *out)
{
    keeping->kept->has_was = keeping->kept->has_became = true;
    keeping->kept->was.has_contribution = true;
    keeping->kept->was.contribution = c->contribution;
    return lookup(m, c->contribution);
}

/* It stands on the board again, the last of all. */
void contribution_withdraw_back(struct meeting *then, const struct fact_undo_kept *kept,
                                struct facts *out)
{
    const struct meeting *m = then;
    struct uuid id = kept->was.contribution;
    size_t i = withdrawn(m, id);

    if (!undo_has_values(kept) || !kept->was.has_contribution || i == m->contribution_count)
        return;
    const struct contribution *c = &m->contributions[i];
    struct fact_contribution_added *a =
        &facts_add(out, FACT_CONTRIBUTION_ADDED)->is.contribution_added;
    *a = (struct fact_contribution_added){
        .contribution = id,
        .has_seat = c->seat != 0,
        .seat = c->seat,
        .part = text_ref(m->parts[c->part].part->id),
        .has_lap = c->lap != 0,
        .lap = c->lap,
        .text = text_ref(c->text),
        .has_builds_on = c->builds_count > 0,
        .box = c->box,
        .answer = c->answer,
        .has_late = c->late,
        .late = c->late,
    };
    const struct uuids builds = { .count = c->builds_count, .at = (struct uuid *)c->builds };
    if (!copy_ids(&builds, &a->builds_on))
        out->failed = true;
    if (c->group != 0)
        group_takes_back(m, c, out);
}

static void put_builds(struct contribution *c, const struct uuids *ids)
{
    assert(ids->count <= LIMIT_BUILDS_ON);
    c->builds_count = ids->count;
    if (ids->count > 0)
        memcpy(c->builds, ids->at, ids->count * sizeof(c->builds[0]));
}

bool contribution_added_room(struct meeting *m, const struct fact_contribution_added *f)
{
    return board_reserve_contributions(m, 1);
}

void contribution_added_apply(struct meeting *m, const struct fact_contribution_added *f)
{
    int part = agenda_find(m, f->part);

    assert(part != PART_NONE);
    assert(m->contribution_count < m->contribution_room);
    size_t was = withdrawn(m, f->contribution);
    if (was < m->contribution_count) { /* It becomes the last. */
        text_unref(m->contributions[was].text);
        m->contribution_count--;
        memmove(&m->contributions[was], &m->contributions[was + 1],
                (m->contribution_count - was) * sizeof(m->contributions[0]));
    }
    struct contribution *c = &m->contributions[m->contribution_count++];
    *c = (struct contribution){
        .id = f->contribution,
        .seat = f->has_seat ? f->seat : 0,
        .part = part,
        .lap = f->has_lap ? f->lap : 0,
        .text = text_ref(f->text),
        .box = f->box,
        .answer = f->answer,
        .late = f->has_late && f->late,
    };
    put_builds(c, &f->builds_on);
}

void contribution_edited_apply(struct meeting *m, const struct fact_contribution_edited *f)
{
    struct contribution *c = lookup(m, f->contribution);

    assert(c);
    if (f->text)
        text_put(&c->text, f->text);
    if (f->has_builds_on)
        put_builds(c, &f->builds_on);
}

void contribution_withdrawn_apply(struct meeting *m, const struct fact_contribution_withdrawn *f)
{
    struct contribution *c = lookup(m, f->contribution);

    assert(c);
    c->withdrawn = true; /* Undo may bring it back. */
}
