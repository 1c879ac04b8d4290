#include "engine/board.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/group.h"
#include "engine/method/method.h"
#include "engine/turn.h"

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

static bool fits(const struct method_ops *ops, const struct command_contribution_add *c,
                 struct facts *out)
{
    if (c->box == BOX_NOT ? ops->box_required : !(ops->boxes & 1u << c->box)) {
        out->field = "box";
        return false;
    }
    if (c->answer != ANSWER_NOT && !ops->answers) {
        out->field = "answer";
        return false;
    }
    return true;
}

static enum refusal add(const struct meeting *m, const struct command_contribution_add *c,
                        const struct step *step, struct facts *out)
{
    int part = PART_NONE;
    int64_t seat = 0;
    enum refusal refusal = board_part_meant(m, c->part, &part);

    if (refusal == REFUSED_NOT)
        refusal = turn_whose(m, step, c->has_seat, c->seat, &seat);
    if (refusal != REFUSED_NOT)
        return refusal;
    const struct method_ops *ops = method_of(m->parts[part].part->method);
    if (!fits(ops, c, out))
        return REFUSED_BAD_FIELD;
    if (seat == 0 && ops->boxes == 0 && !ops->answers) {
        out->field = "seat"; /* Here every point is somebody's. */
        return REFUSED_BAD_FIELD;
    }
    if (ops->contribute)
        return ops->contribute(m, c, part, seat, step, out);
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

static enum refusal edit(const struct meeting *m, const struct command_contribution_edit *c,
                         const struct step *step, struct facts *out)
{
    const struct contribution *was = lookup(m, c->contribution);

    if (!was)
        return REFUSED_NO_SUCH_CONTRIBUTION;
    if (!board_owns(step, was->seat))
        return REFUSED_NOT_YOURS;
    if (m->shown[was->part])
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

static enum refusal withdraw(const struct meeting *m, const struct command_contribution_withdraw *c,
                             const struct step *step, struct facts *out)
{
    const struct contribution *was = lookup(m, c->contribution);

    if (!was)
        return REFUSED_NO_SUCH_CONTRIBUTION;
    if (!board_owns(step, was->seat))
        return REFUSED_NOT_YOURS;
    if (m->shown[was->part] && step->role == ROLE_PHONE)
        return REFUSED_PART_OVER;
    facts_add(out, FACT_CONTRIBUTION_WITHDRAWN)->is.contribution_withdrawn.contribution =
        c->contribution;
    return REFUSED_NOT;
}

enum refusal board_decide(const struct meeting *m, const struct command *c, const struct step *step,
                          struct facts *out)
{
    /* A point of a retrospect is its author's until it is shown: that method answers. */
    switch ((int)c->kind) {
    case COMMAND_CONTRIBUTION_ADD:
        return add(m, &c->with.contribution_add, step, out);
    case COMMAND_CONTRIBUTION_EDIT:
        if (!lookup(m, c->with.contribution_edit.contribution))
            return retrospect_decide(m, c, step, out);
        return edit(m, &c->with.contribution_edit, step, out);
    case COMMAND_CONTRIBUTION_WITHDRAW:
        if (!lookup(m, c->with.contribution_withdraw.contribution))
            return retrospect_decide(m, c, step, out);
        return withdraw(m, &c->with.contribution_withdraw, step, out);
    }
    assert(false);
    return REFUSED_UNKNOWN_COMMAND;
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

void board_back(const struct meeting *m, struct uuid id, struct facts *out)
{
    size_t i = withdrawn(m, id);

    if (i == m->contribution_count)
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

static void apply_added(struct meeting *m, const struct fact_contribution_added *f)
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

void board_apply(struct meeting *m, const struct fact *f)
{
    struct contribution *c;

    switch ((int)f->kind) {
    case FACT_CONTRIBUTION_ADDED:
        apply_added(m, &f->is.contribution_added);
        break;
    case FACT_CONTRIBUTION_EDITED:
        c = lookup(m, f->is.contribution_edited.contribution);
        assert(c);
        if (f->is.contribution_edited.text)
            text_put(&c->text, f->is.contribution_edited.text);
        if (f->is.contribution_edited.has_builds_on)
            put_builds(c, &f->is.contribution_edited.builds_on);
        break;
    case FACT_CONTRIBUTION_WITHDRAWN:
        c = lookup(m, f->is.contribution_withdrawn.contribution);
        assert(c);
        c->withdrawn = true; /* Undo may bring it back. */
        break;
    }
}
