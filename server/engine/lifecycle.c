/* lifecycle.c -- how a meeting comes to be, begins and ends. */
#include <assert.h>

#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/facts.h"
#include "engine/schedule.h"
#include "engine/undo.h"

static void issue(struct facts *out, enum role role, struct hash hash)
{
    facts_add(out, FACT_KEY_ISSUED)->is.key_issued =
        (struct fact_key_issued){ .role = role, .hash = hash };
}

static enum refusal create(const struct command_meeting_create *c, struct facts *out)
{
    if (!agenda_sound(&c->agenda, &out->field))
        return REFUSED_BAD_FIELD;
    struct fact_meeting_created *f = &facts_add(out, FACT_MEETING_CREATED)->is.meeting_created;
    f->wall = c->wall;
    if (!record_copy(&agenda_record, &f->agenda, &c->agenda))
        out->failed = true;
    issue(out, ROLE_CONSOLE, c->console);
    issue(out, ROLE_BOARD, c->board);
    issue(out, ROLE_SCRIBE, c->scribe);
    issue(out, ROLE_LEADER, c->leader);
    return REFUSED_NOT;
}

static enum refusal start(const struct meeting *m, const struct step *step, struct facts *out)
{
    int first = agenda_after(m, PART_NONE);

    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (m->started)
        return REFUSED_ALREADY_STARTED;
    if (first == PART_NONE)
        return REFUSED_NO_NEXT_PART;
    facts_add(out, FACT_MEETING_STARTED)->is.meeting_started.wall = step->wall;
    schedule_move(m, first, step, out);
    return REFUSED_NOT;
}

static enum refusal finish(const struct meeting *m, const struct step *step, struct facts *out)
{
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    schedule_leave(m, step, out);
    facts_add(out, FACT_MEETING_CLOSED);
    return REFUSED_NOT;
}

enum refusal lifecycle_decide(const struct meeting *m, const struct command *c,
                              const struct step *step, struct facts *out)
{
    switch ((int)c->kind) {
    case COMMAND_MEETING_CREATE:
        return create(&c->with.meeting_create, out);
    case COMMAND_MEETING_START:
        return start(m, step, out);
    case COMMAND_MEETING_CLOSE:
        return finish(m, step, out);
    }
    assert(false);
    return REFUSED_UNKNOWN_COMMAND;
}

void lifecycle_apply(struct meeting *m, const struct fact *f)
{
    switch ((int)f->kind) {
    case FACT_MEETING_CREATED:
        assert(!m->created);
        m->created = true;
        m->wall = f->is.meeting_created.wall;
        m->agenda = m->next_agenda; /* meeting_prepare has made the copy. */
        m->next_agenda = (struct agenda){ 0 };
        agenda_lay_out(m);
        break;
    case FACT_KEY_ISSUED:
        m->has_key[f->is.key_issued.role] = true;
        m->key[f->is.key_issued.role] = f->is.key_issued.hash;
        break;
    case FACT_MEETING_STARTED:
        m->started = true;
        m->began = f->at;
        break;
    case FACT_MEETING_CLOSED:
        m->floor.state = STATE_CLOSED;
        m->floor.part = PART_NONE;
        m->floor.speaker = 0;
        m->floor.queue.count = 0;
        m->hands.count = 0;
        undo_clear(m);
        break;
    }
}
