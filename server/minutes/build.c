#include "minutes/build.h"

#include <inttypes.h>
#include <stdio.h>

const char *own(const struct builder *b, enum word w)
{
    return word(b->locale, w);
}

void say(struct builder *b, enum mark mark, enum word w)
{
    document_say(b->d, mark, own(b, w));
}

void say_number(struct builder *b, enum mark mark, int64_t number)
{
    char digits[24];

    snprintf(digits, sizeof(digits), "%" PRId64, number);
    document_say(b->d, mark, digits);
}

void say_part(struct builder *b, const struct part *part)
{
    if (part->title)
        document_add_short(b->d, MARK_NONE, part->title, LIMIT_TITLE);
    else
        document_say(b->d, MARK_NONE, method_words[b->locale][part->method]);
}

void block(struct builder *b, enum node_kind kind, enum mark mark, enum word w)
{
    document_open(b->d, kind);
    say(b, mark, w);
    document_close(b->d);
}

void heading(struct builder *b, int level, enum word w)
{
    document_open_heading(b->d, level);
    say(b, MARK_NONE, w);
    document_close(b->d);
}

void open_table(struct builder *b, enum word caption, const enum word heads[static 4])
{
    document_open(b->d, NODE_TABLE);
    block(b, NODE_CAPTION, MARK_NONE, caption);
    document_open(b->d, NODE_ROW);
    for (size_t i = 0; i < 4 && heads[i] != WORD_COUNT; i++)
        block(b, NODE_COLUMN_HEAD, MARK_NONE, heads[i]);
    document_close(b->d);
}

void say_date(struct builder *b, const char *date)
{
    char written[DATE_WRITTEN];

    date_written(b->locale, date, written);
    document_add_date(b->d, date, written);
}

const struct minutes_seat *seat_find(const struct builder *b, int64_t seat)
{
    for (size_t i = 0; i < b->source->seat_count; i++)
        if (b->source->seats[i].seat == seat)
            return &b->source->seats[i];
    return NULL;
}

static const struct called *called_of(const struct builder *b, const struct minutes_seat *seat)
{
    return &b->called[seat - b->source->seats];
}

const struct text *seat_called(const struct builder *b, const struct minutes_seat *seat)
{
    const struct called *called = called_of(b, seat);

    return called->text ? called->text : seat->name ? seat->name : seat->function;
}

void say_person(struct builder *b, enum mark mark, const struct minutes_seat *seat)
{
    const struct text *first = called_of(b, seat)->by_function ? seat->name : seat_called(b, seat);
    const struct text *then = seat->name ? seat->function : NULL;

    document_add(b->d, mark, first);
    if (then && !text_same(seat->name, then)) {
        document_say(b->d, mark, ", ");
        document_add(b->d, mark, then);
    }
}
