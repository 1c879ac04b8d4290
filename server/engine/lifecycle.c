/* lifecycle.c -- how a meeting comes to be, begins and ends. */
#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/carried.h"
#include "engine/door.h"
#include "engine/facts.h"
#include "engine/keep.h"
#include "engine/links.h"
#include "engine/prepared.h"
#include "engine/roster.h"
#include "engine/schedule.h"
#include "engine/undo.h"

enum refusal meeting_create_decide(const struct meeting *m, const struct command_meeting_create *c,
                                   const struct context *context, struct facts *out)
{
    if (!agenda_sound(&c->agenda, &out->field))
        return REFUSED_BAD_FIELD;
    struct fact_meeting_created *f = &facts_add(out, FACT_MEETING_CREATED)->is.meeting_created;
    f->wall = c->wall;
    f->has_keep = c->has_keep;
    f->keep = c->keep;
    if (!record_copy(&agenda_record, &f->agenda, &c->agenda))
        out->failed = true;
    else
        carried_settle(&f->agenda, NULL, context->id);
    links_issue(out, ROLE_CONSOLE, c->console);
    links_issue(out, ROLE_BOARD, c->board);
    links_issue(out, ROLE_SCRIBE, c->scribe);
    links_issue(out, ROLE_LEADER, c->leader);
    if (c->from)
        facts_add(out, FACT_CHAIN_LINKED)->is.chain_linked.chained =
            (struct chained){ .is = IN_CHAIN_BEFORE,
                              .meeting = text_ref(c->from),
                              .title = text_ref(c->agenda.cover.from),
                              .date = text_ref(c->agenda.cover.from_date) };
    if (!out->failed)
        prepared_part(&f->agenda, NULL, out);
    return REFUSED_NOT;
}

static bool anything_begun(const struct meeting *m)
{
    bool begun = m->started;

    for (size_t i = 0; i < m->part_count; i++)
        begun |= m->parts[i].begun;
    return begun;
}

/* How the agenda's parts stand in its plan. */
static bool plan_of(const struct agenda *a, struct slot_list *ret_plan)
{
    struct progress_state *parts = alloc_many(PARTS_MAX, sizeof(*parts));
    size_t count = parts ? agenda_plan(a, parts) : 0;
    struct slot *slots = parts ? alloc_many(count, sizeof(*slots)) : NULL;

    for (size_t i = 0; slots && i < count; i++)
        slots[i] = (struct slot){ .part = text_ref(parts[i].part->id),
                                  .ms = parts[i].ms,
                                  .on = parts[i].on };
    free(parts);
    if (slots)
        *ret_plan = (struct slot_list){ .count = count, .at = slots };
    return slots;
}

/* Whether nobody has written anything that belongs to a part. */
enum refusal agenda_change_decide(const struct meeting *m, const struct command_agenda_change *c,
                                  const struct context *context, struct facts *out)
{
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (anything_begun(m))
        return REFUSED_ALREADY_STARTED;
    if (c->has_base && m->agenda_seq > c->base)
        return REFUSED_TEXT_CHANGED;
    if (!agenda_sound(&c->agenda, &out->field))
        return REFUSED_BAD_FIELD;
    struct fact_agenda_changed *f = &facts_add(out, FACT_AGENDA_CHANGED)->is.agenda_changed;
    if (!record_copy(&agenda_record, &f->agenda, &c->agenda) || !plan_of(&c->agenda, &f->plan))
        out->failed = true;
    else
        carried_settle(&f->agenda, &m->agenda, context->id);
    if (!f->agenda.cover.locale)
        f->agenda.cover.locale = m->agenda.cover.locale; /* The meeting's language stays, */
    if (!f->agenda.cover.zone)
        f->agenda.cover.zone = text_ref(m->agenda.cover.zone); /* and where it is. */
    if (!out->failed)
        prepared_part(&f->agenda, &m->agenda, out);
    return REFUSED_NOT;
}

/* What was promised in the lobby holds; else what the console says that people were told, unless
 * that would be over by now. */
static struct promise promise_at_start(const struct meeting *m,
                                       const struct command_meeting_start *c, struct instant now)
{
    int64_t length = agenda_length(&m->agenda).ms;
    bool held = m->promise.has_ends && m->promise.ends.ms > now.ms;
    int64_t ends = held ? m->promise.ends.ms : c->begins.ms + length;

    if (!held && (!c->has_begins || ends <= now.ms))
        return (struct promise){ 0 };
    return (struct promise){ true, true, { ends - length }, { ends } };
}

enum refusal meeting_start_decide(const struct meeting *m, const struct command_meeting_start *c,
                                  const struct context *context, struct facts *out)
{
    int first = agenda_after(m, PART_NONE);

    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (m->started)
        return REFUSED_ALREADY_STARTED;
    if (first == PART_NONE)
        return REFUSED_NO_NEXT_PART;
    const struct promise promise = promise_at_start(m, c, context->now);
    facts_add(out, FACT_MEETING_STARTED)->is.meeting_started =
        (struct fact_meeting_started){ .wall = context->wall,
                                       .has_begins = promise.has_begins,
                                       .begins = promise.begins,
                                       .has_ends = promise.has_ends,
                                       .ends = promise.ends };
    schedule_move(m, first, context, out);
    return REFUSED_NOT;
}

enum refusal meeting_close_decide(const struct meeting *m, const struct context *context,
                                  struct facts *out)
{
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    schedule_leave(m, context, out);
    facts_add(out, FACT_MEETING_CLOSED)->is.meeting_closed =
        (struct fact_meeting_closed){ .has_erases = true,
                                      .erases = keep_after_end(context->now, m->keep.days) };
    return REFUSED_NOT;
}

/* The part with this id in an agenda that is not laid out yet, or PART_NONE. */
static int part_in(const struct agenda *a, const struct text *id)
{
    int part = 0;

    for (size_t i = 0; i < a->items.count; i++)
        for (size_t k = 0; k < a->items.at[i].parts.count; k++, part++)
            if (text_same(a->items.at[i].parts.at[k].id, id))
                return part;
    return PART_NONE;
}

/* Copies the agenda that the next fact brings, so that applying it cannot fail. */
static bool next_agenda(struct meeting *m, const struct agenda *agenda)
{
    record_release(&agenda_record, &m->next_agenda);
    return record_copy(&agenda_record, &m->next_agenda, agenda);
}

bool meeting_created_room(struct meeting *m, const struct fact_meeting_created *f)
{
    return next_agenda(m, &f->agenda);
}

bool agenda_changed_room(struct meeting *m, const struct fact_agenda_changed *f)
{
    return next_agenda(m, &f->agenda);
}

void meeting_created_apply(struct meeting *m, const struct fact_meeting_created *f)
{
    assert(!m->created);
    m->created = true;
    m->wall = f->wall;
    if (f->has_keep)
        m->keep = (struct keep_state){ .said = true, .days = f->keep };
    m->agenda = m->next_agenda;
    m->next_agenda = (struct agenda){ 0 };
    m->agenda_seq = m->seq;
    agenda_lay_out(m);
}

/* A note stays with its part where the new agenda still has it, and so does whoever was named for a
 * part. */
void agenda_changed_apply(struct meeting *m, const struct fact_agenda_changed *f)
{
    struct {
        int64_t presenter, facilitator;
    } named[PARTS_MAX] = { 0 };

    for (size_t i = 0; i < m->note_count; i++)
        if (m->notes[i].part != PART_NONE)
            m->notes[i].part = part_in(&m->next_agenda, m->parts[m->notes[i].part].part->id);
    for (size_t i = 0; i < m->part_count; i++) {
        int to = part_in(&m->next_agenda, m->parts[i].part->id);
        if (to == PART_NONE)
            continue;
        named[to].presenter = m->parts[i].presenter;
        named[to].facilitator = m->parts[i].facilitator;
    }
    undo_clear(m); /* The steps of undo name parts of the agenda that is gone. */
    m->promise = (struct promise){ 0 };
    prepared_keep(&m->next_agenda, &m->agenda);
    record_release(&agenda_record, &m->agenda);
    m->agenda = m->next_agenda;
    m->next_agenda = (struct agenda){ 0 };
    m->agenda_seq = m->seq;
    agenda_lay_out(m);
    for (size_t i = 0; i < m->part_count; i++) {
        m->parts[i].presenter = named[i].presenter;
        m->parts[i].facilitator = named[i].facilitator;
    }
}

void meeting_started_apply(struct meeting *m, const struct fact_meeting_started *f)
{
    m->started = true;
    m->began = m->at;
    m->began_wall = f->wall;
    m->promise = (struct promise){ f->has_begins, f->has_ends, f->begins, f->ends };
}

void meeting_closed_apply(struct meeting *m, const struct fact_meeting_closed *f)
{
    roster_close(m);
    m->floor.state = STATE_CLOSED;
    m->ended = m->at;
    m->keep.has_erases = f->has_erases;
    m->keep.erases = f->erases;
    m->floor.part = PART_NONE;
    m->floor.speaker = 0;
    m->floor.queue.count = m->floor.remarks.count = 0;
    m->hands.count = 0;
    undo_clear(m);
    door_clear(m);
}
