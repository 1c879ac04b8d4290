#include "minutes/build.h"

/* What the agenda says of the section, or NULL. */
static const struct layout_section *find(const struct builder *b, enum section section)
{
    const struct layout_section_list *layout = &b->source->agenda->layout;

    for (size_t i = 0; i < layout->count; i++)
        if (layout->at[i].section == section)
            return &layout->at[i];
    return NULL;
}

enum section layout_section_at(const struct builder *b, size_t place)
{
    const struct layout_section_list *layout = &b->source->agenda->layout;

    if (place < layout->count)
        return layout->at[place].section;
    size_t at = layout->count;
    for (enum section s = SECTION_NOT + 1; s < SECTION_COUNT; s++)
        if (!find(b, s) && at++ == place)
            return s;
    return SECTION_NOT;
}

void layout_say(struct builder *b, enum mark mark, enum section section, enum word w)
{
    const struct layout_section *named = find(b, section);

    if (named && named->heading)
        document_add_short(b->d, mark, named->heading, LIMIT_TITLE);
    else
        say(b, mark, w);
}

void layout_heading(struct builder *b, enum section section, enum word w)
{
    document_open_heading(b->d, 2);
    layout_say(b, MARK_NONE, section, w);
    document_close(b->d);
}

/* What the agenda says of the answer, or NULL. */
static const struct layout_answer *find_answer(const struct layout_section *s, enum answer answer)
{
    for (size_t i = 0; s && i < s->answers.count; i++)
        if (s->answers.at[i].answer == answer)
            return &s->answers.at[i];
    return NULL;
}

enum answer layout_answer_at(const struct builder *b, size_t place)
{
    const struct layout_section *s = find(b, SECTION_DECISIONS);
    size_t at = s ? s->answers.count : 0;

    if (place < at)
        return s->answers.at[place].answer;
    for (enum answer a = ANSWER_NOT + 1; a < ANSWER_COUNT; a++)
        if (!find_answer(s, a) && at++ == place)
            return a;
    return ANSWER_NOT;
}

void say_answer(struct builder *b, enum mark mark, enum answer answer)
{
    const struct layout_answer *named = find_answer(find(b, SECTION_DECISIONS), answer);

    if (named && named->heading)
        document_add_short(b->d, mark, named->heading, LIMIT_TITLE);
    else
        document_say(b->d, mark, answer_words[b->locale][answer]);
}
