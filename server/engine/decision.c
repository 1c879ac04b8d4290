#include "engine/decision.h"

#include <assert.h>

#include "dispatch.gen.h"
#include "engine/board.h"
#include "engine/roster.h"
#include "engine/undo.h"

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

enum refusal decision_set_decide(const struct meeting *m, const struct command_decision_set *c,
                                 const struct step *step, struct facts *out)
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
    if (!record_copy(&fact_decision_changed_record, &f->is.decision_changed, &borrowed))
        out->failed = true;
    return REFUSED_NOT;
}

enum refusal decision_open_decide(const struct meeting *m, const struct command_decision_open *c,
                                  const struct step *step, struct facts *out)
{
    if (m->floor.state == STATE_LOBBY)
        return REFUSED_NOT_RUNNING;
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    facts_add(out, FACT_DECISION_OPENED)->is.decision_opened.answer = c->answer;
    return REFUSED_NOT;
}

bool decision_open_keep(const struct meeting *m, const struct command_decision_open *c,
                        const struct step *step, struct keeping *keeping, struct facts *out)
{
    struct fact_undo_kept *kept = keeping->kept;

    kept->has_was = kept->has_became = true;
    kept->was.answer = m->open;
    kept->became.answer = c->answer;
    return true;
}

void decision_open_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    if (undo_has_values(kept) && then->open == kept->became.answer)
        facts_add(out, FACT_DECISION_OPENED)->is.decision_opened.answer = kept->was.answer;
}

void decision_opened_apply(struct meeting *m, const struct fact_decision_opened *f)
{
    m->open = f->answer;
}

bool decision_changed_room(struct meeting *m, const struct fact_decision_changed *f)
{
    record_release(&fact_decision_changed_record, &m->next_answer);
    return record_copy(&fact_decision_changed_record, &m->next_answer, f);
}

void decision_changed_apply(struct meeting *m, const struct fact_decision_changed *f)
{
    assert(m->next_answer.answer == f->answer);
    record_release(&fact_decision_changed_record, &m->answers[f->answer]);
    m->answers[f->answer] = m->next_answer;
    m->next_answer = (struct fact_decision_changed){ 0 };
    m->answered[f->answer] = true;
}
