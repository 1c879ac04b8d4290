#include "engine/decision.h"

#include <assert.h>

#include "dispatch.gen.h"
#include "engine/board.h"
#include "engine/roster.h"
#include "engine/undo_values.h"

bool decision_filled(const struct meeting *m, enum answer answer)
{
    assert(answer > ANSWER_NOT && answer < ANSWER_COUNT);
    const struct written_answer *a = &m->answers[answer];

    return m->answered[answer] && (a->text || a->date || a->stakeholders.count > 0 ||
                                   a->tasks.count > 0 || (a->has_unsettled && a->unsettled));
}

/* Each kind of content belongs to one answer; a text may stand in all. */
static bool fits(const struct written_answer *a, struct facts *out)
{
    if (a->date && a->answer != ANSWER_FOLLOW_UP)
        out->field = "date";
    else if (a->has_stakeholders && a->answer != ANSWER_STAKEHOLDERS)
        out->field = "stakeholders";
    else if (a->has_tasks && a->answer != ANSWER_TASKS)
        out->field = "tasks";
    return !out->field;
}

static bool same_stakeholders(const struct stakeholder_list *a, const struct stakeholder_list *b)
{
    bool same = a->count == b->count;

    for (size_t i = 0; same && i < a->count; i++)
        same = record_same(&stakeholder_record, &a->at[i], &b->at[i]);
    return same;
}

/* What stands for nothing may be told or left out: an empty list of points is none. */
static bool same_task(const struct task *a, const struct task *b)
{
    struct task left = *a, right = *b;

    left.has_builds_on = left.builds_on.count > 0;
    right.has_builds_on = right.builds_on.count > 0;
    return record_same(&task_record, &left, &right);
}

/* Whether two say the same; a list without anything in it says as much as none, and so does an
 * `unsettled` that is false. */
static bool same_answer(const struct written_answer *a, const struct written_answer *b)
{
    bool same = a->tasks.count == b->tasks.count && a->based_on.count == b->based_on.count &&
                text_same(a->text, b->text) && text_same(a->date, b->date) &&
                (a->has_unsettled && a->unsettled) == (b->has_unsettled && b->unsettled) &&
                same_stakeholders(&a->stakeholders, &b->stakeholders);

    for (size_t i = 0; same && i < a->tasks.count; i++)
        same = same_task(&a->tasks.at[i], &b->tasks.at[i]);
    for (size_t i = 0; same && i < a->based_on.count; i++)
        same = uuid_same(a->based_on.at[i], b->based_on.at[i]);
    return same;
}

enum refusal decision_set_decide(const struct meeting *m, const struct command_decision_set *c,
                                 const struct context *context, struct facts *out)
{
    struct written_answer written = c->written_answer;

    if (!fits(&written, out))
        return REFUSED_BAD_FIELD;
    if (c->has_base && c->base.answer != c->written_answer.answer) {
        out->field = "base";
        return REFUSED_BAD_FIELD;
    }
    if (c->has_base && !same_answer(&c->base, &m->answers[written.answer]))
        return REFUSED_TEXT_CHANGED;
    for (size_t i = 0; i < written.tasks.count; i++) {
        const struct task *task = &written.tasks.at[i];
        if (task->has_seat && !roster_has(m, task->seat))
            return REFUSED_NO_SUCH_SEAT;
        if (!board_has_all(m, &task->builds_on))
            return REFUSED_NO_SUCH_CONTRIBUTION;
    }
    if (!board_has_all(m, &written.based_on))
        return REFUSED_NO_SUCH_CONTRIBUTION;

    written.text = c->text && c->text->len > 0 ? c->text : NULL;
    struct fact *f = facts_add(out, FACT_DECISION_CHANGED);
    if (!record_copy(&written_answer_record, &f->is.decision_changed.written_answer, &written))
        out->failed = true;
    return REFUSED_NOT;
}

enum refusal decision_open_decide(const struct meeting *m, const struct command_decision_open *c,
                                  const struct context *context, struct facts *out)
{
    if (m->floor.state == STATE_LOBBY)
        return REFUSED_NOT_RUNNING;
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    facts_add(out, FACT_DECISION_OPENED)->is.decision_opened.answer = c->answer;
    return REFUSED_NOT;
}

bool decision_open_keep(const struct meeting *m, const struct command_decision_open *c,
                        const struct context *context, struct keeping *keeping, struct facts *out)
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
    record_release(&written_answer_record, &m->next_answer);
    return record_copy(&written_answer_record, &m->next_answer, &f->written_answer);
}

void decision_changed_apply(struct meeting *m, const struct fact_decision_changed *f)
{
    enum answer answer = f->written_answer.answer;

    assert(m->next_answer.answer == answer);
    record_release(&written_answer_record, &m->answers[answer]);
    m->answers[answer] = m->next_answer;
    m->next_answer = (struct written_answer){ 0 };
    m->answered[answer] = true;
}
