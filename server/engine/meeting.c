#include "engine/meeting.h"

#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/board.h"
#include "engine/door.h"
#include "engine/keep.h"
#include "engine/notes.h"
#include "engine/roster.h"
#include "engine/schedule.h"
#include "engine/standing.h"
#include "engine/turn.h"
#include "engine/undo.h"

struct meeting *meeting_new(void)
{
    struct meeting *m = alloc_many(1, sizeof(*m));

    if (!m)
        return NULL;
    m->floor.state = STATE_LOBBY;
    m->floor.fair = true;
    m->floor.part = m->floor.before = PART_NONE;
    m->on_wall.show = SHOW_MEETING;
    m->standing.state = STANDING_STATE_DRAFT;
    m->keep.days = KEEP_DAYS_USUAL;
    return m;
}

static void free_texts(struct meeting *m)
{
    for (size_t i = 0; i < m->seat_count; i++) {
        text_unref(m->seats[i].name);
        text_unref(m->seats[i].leaves);
        text_unref(m->seats[i].function);
    }
    for (size_t i = 0; i < m->contribution_count; i++)
        record_release(&post_record, &m->contributions[i].post);
    for (size_t i = 0; i < m->group_count; i++)
        text_unref(m->groups[i].title);
    for (size_t i = 0; i < m->figure_count; i++)
        record_release(&exhibit_record, &m->figures[i]);
    for (size_t i = 0; i < m->recap_count; i++)
        record_release(&recap_record, &m->recaps[i]);
    for (size_t i = 0; i < m->dispute_count; i++)
        record_release(&dispute_record, &m->disputes[i]);
    for (size_t i = 0; i < m->chief_count; i++)
        record_release(&consent_record, &m->chiefs[i]);
    for (size_t i = 0; i < m->fetched_count; i++)
        record_release(&fetched_record, &m->fetched[i]);
    for (size_t i = 0; i < m->chain_count; i++)
        record_release(&chained_record, &m->chain[i]);
    for (size_t i = 0; i < m->marking_count; i++)
        record_release(&marking_record, &m->markings[i]);
    for (size_t i = 0; i < m->note_count; i++)
        text_unref(m->notes[i].text);
}

void meeting_free(struct meeting *m)
{
    if (!m)
        return;
    const struct record *answer = &written_answer_record;
    struct seats *lists[] = { &m->floor.queue, &m->floor.heard, &m->floor.remarks, &m->hands,
                              &m->ready,       &m->passed,      &m->table };

    free_texts(m);
    record_release(&on_wall_record, &m->on_wall);
    record_release(&standing_record, &m->standing);
    for (int i = METHOD_NOT + 1; i < METHOD_COUNT; i++)
        record_release(method_infos[i].state, (char *)&m->methods + method_infos[i].state_offset);
    undo_clear(m);
    door_clear(m);
    for (size_t i = 0; i < ANSWER_COUNT; i++)
        record_release(answer, &m->answers[i]);
    record_release(answer, &m->next_answer);
    record_release(&post_record, &m->next_post);
    record_release(&fact_undo_kept_record, &m->next_undo);
    record_release(&agenda_record, &m->next_agenda);
    record_release(&agenda_record, &m->agenda);
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        seats_free(lists[i]);
    free(m->seats);
    free(m->contributions);
    free(m->outsiders);
    free(m->notes);
    free(m->note_texts);
    free(m->passes);
    free(m);
}

enum refusal meeting_decide(const struct meeting *m, const struct command *c,
                            const struct context *context, struct facts *ret_facts)
{
    struct facts *out = ret_facts;

    facts_begin(out);
    assert(m->created || c->kind == COMMAND_MEETING_CREATE);
    undo_keep(m, c, context, out);
    enum refusal refusal =
        standing_waits(m, c, context) ? REFUSED_NOT_CLOSED : dispatch_decide(m, c, context, out);
    if (refusal == REFUSED_NOT)
        standing_follow(m, out);
    if (refusal == REFUSED_NOT && out->failed)
        refusal = REFUSED_BUSY;
    if (refusal != REFUSED_NOT) {
        facts_release(out);
        return refusal;
    }
    assert(out->count > 0);
    for (size_t i = 0; i < out->count; i++) {
        out->at[i].seq = m->seq + 1 + (int64_t)i;
        out->at[i].at = fact_infos[out->at[i].kind].undated ? m->at : context->now;
    }
    return REFUSED_NOT;
}

bool meeting_prepare(struct meeting *m, const struct fact *f)
{
    return dispatch_room(m, f);
}

void meeting_apply(struct meeting *m, const struct fact *f)
{
    assert(f->seq == m->seq + 1);
    assert(m->created || f->kind == FACT_MEETING_CREATED);
    m->seq = f->seq;
    m->at = f->at;
    dispatch_apply(m, f);
}

bool meeting_wake_at(const struct meeting *m, struct instant *ret_at)
{
    return schedule_wake_at(m, ret_at) || notes_wake_at(m, ret_at);
}
