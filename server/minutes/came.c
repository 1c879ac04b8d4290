/* came.c -- what came of the tasks that the meeting before left. */
#include "minutes/build.h"

static bool is_task(const struct carried *c)
{
    return c->kind == CARRIED_KIND_TASK && c->text;
}

static void add_row(struct builder *b, const struct carried *c)
{
    document_open(b->d, NODE_ROW);
    document_open(b->d, NODE_ROW_HEAD);
    document_add(b->d, MARK_NONE, c->text);
    document_close(b->d);
    document_open(b->d, NODE_CELL);
    if (c->came.outcome)
        say(b, MARK_NONE, WORD_OUTCOMES + c->came.outcome - 1);
    else
        say(b, MARK_OPEN, WORD_NOT_SAID);
    document_close(b->d);
    document_open(b->d, NODE_CELL);
    document_add(b->d, MARK_NONE, c->came.word);
    document_close(b->d);
    document_close(b->d);
}

void came_add(struct builder *b)
{
    const struct carried_list *carried = &b->source->agenda->carried;
    bool any = false;

    for (size_t i = 0; i < carried->count; i++) {
        if (!is_task(&carried->at[i]))
            continue;
        if (!any) {
            document_open(b->d, NODE_SECTION);
            document_about(b->d, "came", "");
            layout_heading(b, SECTION_CAME, WORD_CAME);
            open_table(
                b, WORD_CAME_CAPTION,
                (const enum word[4]){ WORD_TASK, WORD_CAME_HEAD, WORD_CAME_WORD, WORD_COUNT });
        }
        any = true;
        add_row(b, &carried->at[i]);
    }
    if (any) {
        document_close(b->d);
        document_close(b->d);
    }
}
