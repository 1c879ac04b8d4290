/* removing.c -- a seat that was put at the table by mistake is taken away again, unless somebody
 * has used it since: sat down there, written, or been given a task. */
#include <assert.h>

#include "dispatch.gen.h"
#include "engine/method/method.h"
#include "engine/roster.h"
#include "engine/together.h"
#include "engine/undo_values.h"

/* Whether a phone of its own has the seat, or is meant to. */
static bool sat_down(const struct meeting *m, int64_t seat)
{
    const struct seat_state *s = roster_seat(m, seat);
    bool at_hosts = s->with != 0 && hash_same(s->token, roster_seat(m, s->with)->token);

    return s->linked || (s->held && !at_hosts) || together_shares(m, seat);
}

static bool wrote(const struct meeting *m, int64_t seat)
{
    for (size_t i = 0; i < m->contribution_count; i++)
        if (m->contributions[i].post.seat == seat)
            return true;
    for (size_t i = 0; i < m->note_count; i++)
        if (m->notes[i].seat == seat)
            return true;
    return method_wrote(m, seat);
}

static bool has_task(const struct meeting *m, int64_t seat)
{
    const struct task_list *tasks = &m->answers[ANSWER_TASKS].tasks;

    for (size_t i = 0; i < tasks->count; i++)
        if (tasks->at[i].has_seat && tasks->at[i].seat == seat)
            return true;
    return false;
}

bool seat_add_keep(const struct meeting *m, const struct command_seat_add *c,
                   const struct context *context, struct keeping *keeping, struct facts *out)
{
    return true; /* There was nothing before. */
}

void seat_add_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    int64_t seat = undo_seat(then, kept);

    if (seat == 0)
        return;
    struct seat_state *s = &then->seats[seat - 1];
    int64_t host = s->with;
    if (sat_down(then, seat) || wrote(then, seat) || has_task(then, seat))
        return;
    s->removed = true;
    s->presence = PRESENCE_LEFT;
    s->with = 0;
    facts_add(out, FACT_SEAT_REMOVED)->is.seat_removed.seat = seat;
    if (host != 0 && roster_seat(then, host)->held && !together_shares(then, host))
        facts_add(out, FACT_SEAT_CHANGED)->is.seat_changed =
            (struct fact_seat_changed){ .seat = host, .device = DEVICE_OWN };
}

void seat_removed_apply(struct meeting *m, const struct fact_seat_removed *f)
{
    struct seat_state *s = &m->seats[f->seat - 1];

    assert(roster_has(m, f->seat));
    s->removed = true;
    s->presence = PRESENCE_LEFT;
    s->with = 0;
    s->held = s->linked = false;
    s->moved = m->seq;
    seats_take(&m->table, f->seat);
}
