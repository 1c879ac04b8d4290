/* decisions.c -- the seven answers, and what they still lack. */
#include <stdio.h>
#include <stdlib.h>

#include "minutes/build.h"

static const struct written_answer *answer_of(const struct builder *b, enum answer answer)
{
    return b->source->answers[answer];
}

/* Whether there is anything in the answer that says what was agreed. */
static bool is_filled(const struct written_answer *a)
{
    return a && ((a->text && a->text->len > 0) || a->date || a->tasks.count > 0 ||
                 a->stakeholders.count > 0);
}

static bool is_settled(const struct written_answer *a)
{
    return is_filled(a) && !a->unsettled;
}

bool decisions_settled(const struct builder *b, enum answer answer)
{
    return is_settled(answer_of(b, answer));
}

/* How an answer that is not settled is called: left open on purpose, or not given at all. */
static enum word lack_of(const struct written_answer *a)
{
    return a && a->unsettled ? WORD_LEFT_OPEN : WORD_UNANSWERED;
}

bool decisions_wanted(const struct builder *b)
{
    const struct item_list *items = &b->source->agenda->items;

    for (enum answer a = ANSWER_NEXT_STEP; a < ANSWER_COUNT; a++)
        if (b->is_public ? is_filled(answer_of(b, a)) : answer_of(b, a) != NULL)
            return true;
    if (b->is_public)
        return false;
    for (size_t i = 0; i < items->count; i++)
        for (size_t p = 0; p < items->at[i].parts.count; p++)
            if (method_infos[items->at[i].parts.at[p].method].decides)
                return true;
    return false;
}

/* What stands in the row itself: a text, a date, or where to look. */
static void add_answer_content(struct builder *b, const struct written_answer *a)
{
    bool more = false;

    if (a->date) {
        say_date(b, a->date->bytes);
        more = true;
    }
    if (a->text && a->text->len > 0) {
        if (more)
            document_break(b->d);
        document_add(b->d, MARK_NONE, a->text);
        more = true;
    }
    if (a->tasks.count > 0) {
        if (more)
            document_break(b->d);
        say_number(b, MARK_NONE, (int64_t)a->tasks.count);
        say(b, MARK_NONE, a->tasks.count == 1 ? WORD_TASKS_BELOW_ONE : WORD_TASKS_BELOW);
    }
    if (a->stakeholders.count > 0) {
        if (more)
            document_break(b->d);
        say(b, MARK_NONE, WORD_STAKEHOLDERS_BELOW);
    }
}

static void add_answers(struct builder *b)
{
    enum answer answer;

    open_table(b, WORD_ANSWERS_CAPTION,
               (const enum word[4]){ WORD_QUESTION, WORD_ANSWER, WORD_COUNT, WORD_COUNT });
    for (size_t i = 0; (answer = layout_answer_at(b, i)) != ANSWER_NOT; i++) {
        const struct written_answer *a = answer_of(b, answer);
        if (b->is_public && !is_filled(a))
            continue;
        document_open(b->d, NODE_ROW);
        document_about(b->d, "answer", answer_enum.names[answer]);
        document_open(b->d, NODE_ROW_HEAD);
        say_answer(b, MARK_NONE, answer);
        document_close(b->d);
        document_open(b->d, NODE_CELL);
        if (!is_settled(a))
            say(b, MARK_OPEN, lack_of(a));
        if (is_filled(a)) {
            if (!is_settled(a))
                document_break(b->d);
            add_answer_content(b, a);
        }
        if (a)
            quote_points(b, WORD_RESTS_ON, a->based_on.at, a->based_on.count, a->text);
        document_close(b->d);
        document_close(b->d);
    }
    document_close(b->d);
}

static void answer_heading(struct builder *b, enum answer answer)
{
    document_open_heading(b->d, 3);
    say_answer(b, MARK_NONE, answer);
    document_close(b->d);
}

/* The newest that was said about a body, or NULL. */
static const struct stakeholder *stakeholder_find(const struct stakeholder_list *list,
                                                  enum body body)
{
    for (size_t i = list->count; i-- > 0;)
        if (list->at[i].body == body)
            return &list->at[i];
    return NULL;
}

static bool stakeholder_settled(const struct stakeholder *s)
{
    return s && (s->settled == SETTLED_TODAY || s->settled == SETTLED_NOT_RELEVANT ||
                 (s->settled == SETTLED_DATE && s->date));
}

/* Whether a body has a row: a text answers for those that nobody spoke of. */
static bool stakeholder_told(const struct written_answer *a, const struct stakeholder *s)
{
    return s || !a->text || a->text->len == 0;
}

static void add_stakeholder_when(struct builder *b, const struct stakeholder *s)
{
    document_open(b->d, NODE_CELL);
    if (!stakeholder_settled(s))
        say(b, MARK_OPEN, s ? WORD_UNSETTLED : WORD_UNANSWERED);
    else if (s->settled == SETTLED_TODAY)
        say(b, MARK_NONE, WORD_AT_THE_MEETING);
    else if (s->settled == SETTLED_NOT_RELEVANT)
        say(b, MARK_NONE, WORD_NOT_RELEVANT);
    else
        say_date(b, s->date->bytes);
    document_close(b->d);
}

/* Once one is spoken of, the three bodies have their rows; others follow. */
static void add_stakeholders(struct builder *b)
{
    const struct written_answer *a = answer_of(b, ANSWER_STAKEHOLDERS);
    const struct stakeholder_list list = a ? a->stakeholders : (struct stakeholder_list){ 0 };

    if (list.count == 0)
        return;
    answer_heading(b, ANSWER_STAKEHOLDERS);
    open_table(b, WORD_STAKEHOLDERS_CAPTION,
               (const enum word[4]){ WORD_WHO, WORD_WHEN, WORD_COUNT, WORD_COUNT });
    for (enum body body = BODY_SCHOOL_BOARD; body < BODY_OTHER; body++) {
        const struct stakeholder *s = stakeholder_find(&list, body);
        if (!stakeholder_told(a, s))
            continue;
        document_open(b->d, NODE_ROW);
        block(b, NODE_ROW_HEAD, MARK_NONE, WORD_BODIES + body - 1);
        add_stakeholder_when(b, s);
        document_close(b->d);
    }
    for (size_t i = 0; i < list.count; i++) {
        if (list.at[i].body != BODY_OTHER || !list.at[i].name)
            continue;
        document_open(b->d, NODE_ROW);
        document_open(b->d, NODE_ROW_HEAD);
        document_add(b->d, MARK_NONE, list.at[i].name);
        document_close(b->d);
        add_stakeholder_when(b, &list.at[i]);
        document_close(b->d);
    }
    document_close(b->d);
}

static bool task_has_owner(const struct builder *b, const struct task *t)
{
    const struct minutes_seat *seat = t->has_seat ? seat_find(b, t->seat) : NULL;

    return t->owner || (seat && seat->name);
}

static void add_owner(struct builder *b, const struct task *t)
{
    const struct minutes_seat *seat = t->has_seat ? seat_find(b, t->seat) : NULL;

    document_open(b->d, NODE_CELL);
    if (b->is_public) {
        public_owner(b, t);
        document_close(b->d);
        return;
    }
    if (!task_has_owner(b, t))
        say(b, MARK_OPEN, WORD_UNSETTLED);
    else if (seat && seat->presence == PRESENCE_LEFT)
        say(b, MARK_NONE, WORD_TO_BE_AGREED);
    document_add(b->d, MARK_NONE, t->owner ? t->owner : seat ? seat_called(b, seat) : NULL);
    document_close(b->d);
}

static void add_task(struct builder *b, const struct task *t, size_t no)
{
    char id[UUID_CHARS + 1], digits[24];

    if (t->has_id)
        uuid_write(t->id, id);
    snprintf(digits, sizeof(digits), "%zu", no);
    document_open(b->d, NODE_ROW);
    document_about(b->d, "task", t->has_id ? id : digits);
    document_open(b->d, NODE_ROW_HEAD);
    document_say(b->d, MARK_NONE, digits);
    document_close(b->d);
    document_open(b->d, NODE_CELL);
    document_add(b->d, MARK_NONE, t->text);
    quote_points(b, WORD_RESTS_ON, t->builds_on.at, t->builds_on.count, t->text);
    document_close(b->d);
    add_owner(b, t);
    document_open(b->d, NODE_CELL);
    if (t->due)
        say_date(b, t->due->bytes);
    else
        say(b, MARK_OPEN, WORD_UNSETTLED);
    document_close(b->d);
    document_close(b->d);
}

static void add_tasks(struct builder *b)
{
    const struct written_answer *a = answer_of(b, ANSWER_TASKS);

    if (!a || a->tasks.count == 0)
        return;
    answer_heading(b, ANSWER_TASKS);
    open_table(b, WORD_TASKS_CAPTION,
               (const enum word[4]){ WORD_NUMBER, WORD_TASK, WORD_OWNER, WORD_DUE });
    for (size_t i = 0; i < a->tasks.count; i++)
        add_task(b, &a->tasks.at[i], i + 1);
    document_close(b->d);
}

/* Opens the list of what is open, at its first item. */
static void open_item(struct builder *b, bool *any)
{
    if (!*any) {
        heading(b, 3, WORD_STILL_OPEN);
        document_open(b->d, NODE_LIST);
    }
    *any = true;
    document_open(b->d, NODE_ITEM);
}

static void add_open_stakeholders(struct builder *b, bool *any)
{
    const struct written_answer *a = answer_of(b, ANSWER_STAKEHOLDERS);

    if (!is_settled(a) || a->stakeholders.count == 0)
        return; /* Then the whole answer is on the list, or was given as a text. */
    for (enum body body = BODY_SCHOOL_BOARD; body < BODY_OTHER; body++) {
        const struct stakeholder *s = stakeholder_find(&a->stakeholders, body);
        if (stakeholder_settled(s) || !stakeholder_told(a, s))
            continue;
        open_item(b, any);
        say_answer(b, MARK_NONE, ANSWER_STAKEHOLDERS);
        document_say(b->d, MARK_NONE, " ");
        say(b, MARK_NONE, WORD_BODIES + body - 1);
        document_close(b->d);
    }
    for (size_t i = 0; i < a->stakeholders.count; i++) {
        const struct stakeholder *s = &a->stakeholders.at[i];
        if (s->body != BODY_OTHER || !s->name || stakeholder_settled(s))
            continue;
        open_item(b, any);
        say_answer(b, MARK_NONE, ANSWER_STAKEHOLDERS);
        document_say(b->d, MARK_NONE, " ");
        document_add(b->d, MARK_NONE, s->name);
        document_close(b->d);
    }
}

static void add_open_tasks(struct builder *b, bool *any)
{
    const struct written_answer *a = answer_of(b, ANSWER_TASKS);

    for (size_t i = 0; a && i < a->tasks.count; i++) {
        bool owner = task_has_owner(b, &a->tasks.at[i]), due = a->tasks.at[i].due != NULL;
        if (owner && due)
            continue;
        open_item(b, any);
        say(b, MARK_NONE, WORD_TASK_NO);
        say_number(b, MARK_NONE, (int64_t)i + 1);
        document_say(b->d, MARK_NONE, " ");
        say(b, MARK_NONE, owner ? WORD_LACKS_DUE : due ? WORD_LACKS_OWNER : WORD_LACKS_BOTH);
        document_close(b->d);
    }
}

static void add_open(struct builder *b)
{
    enum answer answer;
    bool any = false;

    for (size_t i = 0; (answer = layout_answer_at(b, i)) != ANSWER_NOT; i++) {
        if (is_settled(answer_of(b, answer)))
            continue;
        open_item(b, &any);
        say_answer(b, MARK_NONE, answer);
        document_say(b->d, MARK_SOFT, " – ");
        say(b, MARK_SOFT, lack_of(answer_of(b, answer)));
        document_close(b->d);
    }
    add_open_stakeholders(b, &any);
    add_open_tasks(b, &any);
    if (any)
        document_close(b->d);
    else
        block(b, NODE_PARAGRAPH, MARK_SOFT, WORD_ALL_SETTLED);
}

void decisions_add(struct builder *b)
{
    document_open(b->d, NODE_SECTION);
    document_about(b->d, "decisions", "");
    layout_heading(b, SECTION_DECISIONS, WORD_DECISIONS);
    add_answers(b);
    add_stakeholders(b);
    add_tasks(b);
    if (!b->is_public)
        add_open(b);
    document_close(b->d);
}
