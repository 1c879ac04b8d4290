#include "engine/setting.h"

#include <assert.h>

#include "dispatch.gen.h"
#include "engine/board.h"
#include "engine/data.h"
#include "engine/group.h"
#include "engine/removing.h"
#include "engine/roster.h"
#include "engine/together.h"

static void keep_seat(const struct meeting *m, const struct command_seat_change *c,
                      struct setting *was, struct setting *became)
{
    const struct seat_state *s = roster_seat(m, c->seat);

    was->name = text_ref(c->name ? s->name : NULL);
    was->function = text_ref(c->function ? s->function : NULL);
    was->presence = c->presence == PRESENCE_NOT ? PRESENCE_NOT : s->presence;
    became->name = text_ref(c->name);
    became->function = text_ref(c->function);
    became->presence = c->presence;
}

void setting_keep(const struct meeting *m, const struct command *c, const struct step *step,
                  int64_t seat, struct fact_undo_kept *kept, struct facts *out)
{
    struct setting *was = &kept->was, *became = &kept->became;
    bool seated = roster_has(m, seat);

    kept->has_was = kept->has_became = true;
    if (c->kind == COMMAND_SEAT_CHANGE && seated)
        keep_seat(m, &c->with.seat_change, was, became);
    else if (c->kind == COMMAND_SEAT_LEAVES && seated) {
        was->leaves = text_ref(roster_seat(m, seat)->leaves);
        became->leaves = text_ref(c->with.seat_leaves.leaves);
    } else if (c->kind == COMMAND_SEAT_TOGETHER && seated) {
        was->has_together = became->has_together = true;
        was->together = roster_seat(m, roster_host(m, seat))->together;
        became->together = c->with.seat_together.together;
    } else if (c->kind == COMMAND_DECISION_OPEN) {
        was->answer = m->open;
        became->answer = c->with.decision_open.answer;
    } else if (c->kind == COMMAND_DOOR_CLOSE) {
        was->has_closed = became->has_closed = true;
        was->closed = m->door_closed;
        became->closed = c->with.door_close.closed;
    } else if (c->kind == COMMAND_GROUP_SET)
        group_keep(m, &c->with.group_set, step->id, was, became, out);
    else if (c->kind == COMMAND_DATA_REMOVE)
        data_keep(m, c->with.data_remove.data, was);
    else if (c->kind == COMMAND_CONTRIBUTION_WITHDRAW) {
        was->has_contribution = true;
        was->contribution = c->with.contribution_withdraw.contribution;
    } else
        kept->has_was = kept->has_became = false;
}

/* Those of the three that the command changed and nobody since. */
static void seat_back(struct meeting *then, int64_t seat, const struct setting *was,
                      const struct setting *became, struct facts *out)
{
    struct seat_state *s = &then->seats[seat - 1];
    bool name = became->name && text_same(s->name, became->name) && !text_same(s->name, was->name);
    bool function = became->function && text_same(s->function, became->function) &&
                    !text_same(s->function, was->function);
    bool presence = became->presence != PRESENCE_NOT && s->presence == became->presence &&
                    s->presence != was->presence;

    if (!name && !function && !presence)
        return;
    struct fact_seat_changed *f = &facts_add(out, FACT_SEAT_CHANGED)->is.seat_changed;
    f->seat = seat;
    if (name)
        f->name = text_ref(was->name);
    if (function) {
        f->function = was->function ? text_ref(was->function) : text_from("");
        out->failed |= !f->function;
    }
    if (presence)
        f->presence = s->presence = was->presence;
}

static void leaving_back(const struct meeting *m, int64_t seat, const struct setting *was,
                         const struct setting *became, struct facts *out)
{
    const struct seat_state *s = roster_seat(m, seat);

    if (text_same(s->leaves, became->leaves) && !text_same(s->leaves, was->leaves))
        facts_add(out, FACT_SEAT_LEAVES)->is.seat_leaves =
            (struct fact_seat_leaves){ .seat = seat, .leaves = text_ref(was->leaves) };
}

static void together_back(struct meeting *then, int64_t seat, const struct setting *was,
                          struct facts *out)
{
    int64_t host = roster_host(then, seat);
    struct seat_state *s = &then->seats[host - 1];

    if (s->together == was->together || (was->together && !together_shares(then, host)))
        return;
    s->together = was->together;
    facts_add(out, FACT_SEAT_TOGETHER)->is.seat_together =
        (struct fact_seat_together){ .seat = host, .together = was->together };
}

void setting_back(struct meeting *then, enum command_kind kind, const struct fact_undo_kept *kept,
                  struct facts *out)
{
    const struct setting *was = &kept->was, *became = &kept->became;
    int64_t seat = kept->has_seat && roster_has(then, kept->seat) ? kept->seat : 0;

    if (kind == COMMAND_SEAT_ADD && seat)
        removing_back(then, seat, out);
    if (!kept->has_was || !kept->has_became) /* Or they have been blanked in the journal. */
        return;
    if (kind == COMMAND_SEAT_CHANGE && seat)
        seat_back(then, seat, was, became, out);
    else if (kind == COMMAND_SEAT_LEAVES && seat)
        leaving_back(then, seat, was, became, out);
    else if (kind == COMMAND_SEAT_TOGETHER && seat)
        together_back(then, seat, was, out);
    else if (kind == COMMAND_DECISION_OPEN && then->open == became->answer)
        facts_add(out, FACT_DECISION_OPENED)->is.decision_opened.answer = was->answer;
    else if (kind == COMMAND_DOOR_CLOSE && then->door_closed == became->closed)
        facts_add(out, FACT_DOOR_CHANGED)->is.door_changed.closed = was->closed;
    else if (kind == COMMAND_GROUP_SET && became->groups.count > 0)
        group_back(then, was, became, out);
    else if (kind == COMMAND_DATA_REMOVE && was->has_figures)
        data_back(then, was, out);
    else if (kind == COMMAND_CONTRIBUTION_WITHDRAW && was->has_contribution)
        board_back(then, was->contribution, out);
}
