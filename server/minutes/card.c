#include "minutes/card.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "minutes/build.h"

/* Takes `value` over.  What could not be made fails the whole card. */
static void put(struct builder *b, json_t *to, const char *name, json_t *value)
{
    if (!value || json_object_set_new_nocheck(to, name, value) != 0)
        document_fail(b->d);
}

static void put_string(struct builder *b, json_t *to, const char *name, const char *bytes)
{
    if (bytes)
        put(b, to, name, json_string(bytes));
}

static void append(struct builder *b, json_t *to, json_t *value)
{
    if (!value || json_array_append_new(to, value) != 0)
        document_fail(b->d);
}

/* The words of a block, line by line. */
static void add_plain(const struct document *d, const struct node *n, struct buffer *out)
{
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(d, c)->next) {
        const struct node *child = document_node(d, c);
        if (child->kind == NODE_BREAK)
            buffer_say(out, "\n");
        else
            buffer_add(out, document_chars(d, child), child->len);
    }
}

/* What was written into the newest block of the document, as it has been looked through. */
static json_t *newest(const struct builder *b)
{
    const struct node *root = document_node(b->d, NODE_NONE);
    struct buffer words = { 0 };
    size_t len = 0;

    if (document_failed(b->d))
        return NULL;
    add_plain(b->d, document_node(b->d, root->last), &words);
    char *bytes = buffer_take(&words, &len);
    json_t *made = bytes ? json_stringn(bytes, len) : NULL;
    free(bytes);
    return made;
}

/* What a person wrote. */
static void put_said(struct builder *b, json_t *to, const char *name, const struct text *said)
{
    if (!said || said->len == 0)
        return;
    document_open(b->d, NODE_PARAGRAPH);
    document_add(b->d, MARK_NONE, said);
    document_close(b->d);
    put(b, to, name, newest(b));
}

static void put_owner(struct builder *b, json_t *to, const struct task *t)
{
    if (!t->owner && !t->has_seat)
        return;
    document_open(b->d, NODE_PARAGRAPH);
    public_owner(b, t);
    document_close(b->d);
    put(b, to, "owner", newest(b));
}

static void put_top(struct builder *b, json_t *card)
{
    const struct minutes_source *s = b->source;
    const struct minutes_standing *stands = &s->standing;
    enum standing_state state =
        stands->state == STANDING_STATE_NOT ? STANDING_STATE_DRAFT : stands->state;

    put_string(b, card, "lang", own(b, WORD_LANG));
    put_said(b, card, "title", s->title);
    put_said(b, card, "place", s->place);
    put_said(b, card, "focus", s->focus);
    put_string(b, card, "date", s->date);
    put_string(b, card, "state", standing_state_enum.names[state]);
    put_string(b, card, "approved", stands->approved);
    put_string(b, card, "published", stands->published);
}

static void put_answers(struct builder *b, json_t *card)
{
    json_t *all = json_array();

    for (enum answer a = ANSWER_NEXT_STEP; all && a < ANSWER_COUNT; a++) {
        const struct written_answer *said = b->source->answers[a];
        if (!said || (!said->date && (!said->text || said->text->len == 0)))
            continue;
        json_t *one = json_object();
        put_string(b, one, "answer", answer_enum.names[a]);
        put_said(b, one, "text", said->text);
        put_string(b, one, "date", said->date ? said->date->bytes : NULL);
        append(b, all, one);
    }
    put(b, card, "answers", all);
}

static void put_tasks(struct builder *b, json_t *card)
{
    const struct written_answer *said = b->source->answers[ANSWER_TASKS];
    json_t *all = json_array();

    for (size_t i = 0; all && said && i < said->tasks.count; i++) {
        const struct task *t = &said->tasks.at[i];
        json_t *one = json_object();
        put_said(b, one, "text", t->text);
        put_owner(b, one, t);
        put_string(b, one, "due", t->due ? t->due->bytes : NULL);
        append(b, all, one);
    }
    put(b, card, "tasks", all);
}

/* Which of the seven are not settled. */
static void put_open(struct builder *b, json_t *card)
{
    json_t *all = json_array();

    for (enum answer a = ANSWER_NEXT_STEP; all && a < ANSWER_COUNT; a++)
        if (!decisions_settled(b, a))
            append(b, all, json_string(answer_enum.names[a]));
    put(b, card, "open", all);
}

/* How many of last time's tasks came to what: their words may name whoever was not here. */
static void put_came(struct builder *b, json_t *card)
{
    const struct carried_list *carried = &b->source->agenda->carried;
    json_int_t count[OUTCOME_COUNT] = { 0 };
    json_t *came = NULL;

    for (size_t i = 0; i < carried->count; i++) {
        if (carried->at[i].kind != CARRIED_KIND_TASK || !carried->at[i].text)
            continue;
        if (!came)
            came = json_object();
        count[carried->at[i].came.outcome]++;
    }
    if (!came)
        return;
    for (enum outcome o = OUTCOME_NOT; o < OUTCOME_COUNT; o++)
        put(b, came, o == OUTCOME_NOT ? "not_said" : outcome_enum.names[o], json_integer(count[o]));
    put(b, card, "came", came);
}

char *card_write(const struct minutes_source *source, size_t *ret_len)
{
    struct builder b = { .source = source,
                         .is_public = true,
                         .locale = source->locale == LOCALE_NOT ? LOCALE_DA : source->locale };
    json_t *card = json_object();
    char *bytes = NULL;

    assert(source->agenda && !source->preview);
    b.d = document_new(&(struct document_facts){ .lang = own(&b, WORD_LANG),
                                                 .code = "",
                                                 .edition = "public",
                                                 .state = "draft",
                                                 .made = source->made });
    if (b.d && card && public_begin(&b)) {
        put_top(&b, card);
        b.nameless = true; /* Nobody looks it through before the chief does. */
        put_answers(&b, card);
        put_tasks(&b, card);
        put_open(&b, card);
        put_came(&b, card);
        bytes = document_failed(b.d) ? NULL : json_dumps(card, JSON_COMPACT);
    }
    if (bytes)
        *ret_len = strlen(bytes);
    marks_free(b.marks);
    document_free(b.d);
    json_decref(card);
    return bytes;
}
