#include "engine/decision.h"

#include <assert.h>

#include "dispatch.gen.h"
#include "engine/board.h"
#include "engine/roster.h"

bool decision_filled(const struct meeting *m, enum answer answer)
{
    assert(answer > ANSWER_NOT && answer < ANSWER_COUNT);
    const struct fact_decision_changed *a = &m->answers[answer];

    return m->answered[answer] && (a->text || a->date || a->stakeholders.count > 0 ||
                                   a->tasks.count > 0 || (a->has_unsettled && a->unsettled));
}

/* Each kind of content belongs to one answer; a text may stand in all. */
static bool fits(const struct command_decision_set *c, struct facts *out)
{
    if (c->date && c->answer != ANSWER_FOLLOW_UP)
        out->field = "date";
    else if (c->has_stakeholders && c->answer != ANSWER_STAKEHOLDERS)
        out->field = "stakeholders";
    else if (c->has_tasks && c->answer != ANSWER_TASKS)
        out->field = "tasks";
    return !out->field;
}

static enum refusal set(const struct meeting *m, const struct command_decision_set *c,
                        struct facts *out)
{
    if (!fits(c, out))
        return REFUSED_BAD_FIELD;
    for (size_t i = 0; i < c->tasks.count; i++) {
        const struct task *task = &c->tasks.at[i];
        if (task->has_seat && !roster_has(m, task->seat))
            return REFUSED_NO_SUCH_SEAT;
        if (!board_has_all(m, &task->builds_on))
            return REFUSED_NO_SUCH_CONTRIBUTION;
    }
    if (!board_has_all(m, &c->based_on))
        return REFUSED_NO_SUCH_CONTRIBUTION;

    struct text *text = c->text && c->text->len > 0 ? c->text : NULL;
    const struct fact_decision_changed borrowed = {
        .answer = c->answer,
        .text = text,
        .has_unsettled = c->has_unsettled,
        .unsettled = c->unsettled,
        .date = c->date,
        .has_stakeholders = c->has_stakeholders,
        .stakeholders = c->stakeholders,
        .has_tasks = c->has_tasks,
        .tasks = c->tasks,
        .has_based_on = c->has_based_on,
        .based_on = c->based_on,
    };
    struct fact *f = facts_add(out, FACT_DECISION_CHANGED);
    if (!record_copy(fact_infos[FACT_DECISION_CHANGED].fields, &f->is.decision_changed, &borrowed))
        out->failed = true;
    return REFUSED_NOT;
}

enum refusal decision_decide(const struct meeting *m, const struct command *c,
                             const struct step *step, struct facts *out)
{
    (void)step;
    switch ((int)c->kind) {
    case COMMAND_DECISION_SET:
        return set(m, &c->with.decision_set, out);
    case COMMAND_DECISION_OPEN:
        if (m->floor.state == STATE_LOBBY)
            return REFUSED_NOT_RUNNING;
        if (m->floor.state == STATE_CLOSED)
            return REFUSED_CLOSED;
        facts_add(out, FACT_DECISION_OPENED)->is.decision_opened.answer =
            c->with.decision_open.answer;
        return REFUSED_NOT;
    }
    assert(false);
    return REFUSED_UNKNOWN_COMMAND;
}

void decision_apply(struct meeting *m, const struct fact *f)
{
    enum answer answer;

    switch ((int)f->kind) {
    case FACT_DECISION_OPENED:
        m->open = f->is.decision_opened.answer;
        break;
    case FACT_DECISION_CHANGED:
        answer = f->is.decision_changed.answer;
        assert(m->next_answer.answer == answer); /* meeting_prepare has made the copy. */
        record_release(fact_infos[FACT_DECISION_CHANGED].fields, &m->answers[answer]);
        m->answers[answer] = m->next_answer;
        m->next_answer = (struct fact_decision_changed){ 0 };
        m->answered[answer] = true;
        break;
    }
}
