/* exhibits.c -- what was presented, under the part in which it was: tables and links that were
 * shown on the wall, and texts, which are in no public edition: they are somebody's own words. */
#include "minutes/build.h"
#include "minutes/sheet.h"

/* What an upright page of paper holds and a reader takes in: a longer table would be a supplement,
 * and a wider one is set too small to be read. */
enum { ROWS_MAX = 30, COLUMNS_MAX = DOCUMENT_COLUMNS };

static bool is_here(const struct builder *b, size_t exhibit, size_t index)
{
    const struct minutes_exhibit *e = &b->source->exhibits[exhibit];

    return e->part == index && e->title && !(e->text && b->is_public);
}

bool exhibits_any(const struct builder *b, size_t index)
{
    for (size_t i = 0; i < b->source->exhibit_count; i++)
        if (is_here(b, i, index))
            return true;
    return false;
}

static void add_cell(struct builder *b, const struct sheet *s, size_t row, size_t column)
{
    enum node_kind kind = s->headed && row == 0     ? NODE_COLUMN_HEAD
                          : (int)column == s->label ? NODE_ROW_HEAD
                                                    : NODE_CELL;
    size_t len;
    const char *bytes = csv_cell(&s->csv, row, column, &len);

    document_open(b->d, kind);
    b->place = kind == NODE_CELL ? MARKS_CELL : MARKS_TEXT;
    document_add_written(b->d, MARK_NONE, bytes, len);
    b->place = MARKS_TEXT;
    document_close(b->d);
}

static void add_table(struct builder *b, const struct text *title, const struct sheet *s)
{
    document_open(b->d, NODE_TABLE);
    document_open(b->d, NODE_CAPTION);
    document_add(b->d, MARK_NONE, title);
    document_close(b->d);
    for (size_t r = 0; r < s->csv.rows; r++) {
        document_open(b->d, NODE_ROW);
        for (size_t c = 0; c < s->csv.columns; c++)
            add_cell(b, s, r, c);
        document_close(b->d);
    }
    document_close(b->d);
}

static void add_title(struct builder *b, enum word before, const struct text *title)
{
    document_open(b->d, NODE_PARAGRAPH);
    say(b, MARK_SOFT, before);
    document_add(b->d, MARK_NONE, title);
    document_close(b->d);
}

/* A text by its title, and what it says below: lines as they were written. */
static void add_text(struct builder *b, const struct minutes_exhibit *e)
{
    document_open(b->d, NODE_PARAGRAPH);
    document_add(b->d, MARK_SOFT, e->title);
    document_close(b->d);
    document_open(b->d, NODE_PARAGRAPH);
    document_add(b->d, MARK_NONE, e->text);
    document_close(b->d);
}

static void add_exhibit(struct builder *b, const struct minutes_exhibit *e)
{
    struct sheet s = { 0 };

    if (e->text) {
        add_text(b, e);
        return;
    }
    if (e->csv && !sheet_read(e->csv, &s))
        document_fail(b->d);
    size_t rows = e->csv ? sheet_rows(&s) : 0;
    if (rows > ROWS_MAX || s.csv.columns > COLUMNS_MAX)
        add_title(b, WORD_TOO_LARGE, e->title);
    else if (rows == 0)
        add_title(b, WORD_SHOWN, e->title);
    else
        add_table(b, e->title, &s);
    sheet_release(&s);
}

void exhibits_add(struct builder *b, size_t index)
{
    for (size_t i = 0; i < b->source->exhibit_count; i++)
        if (is_here(b, i, index))
            add_exhibit(b, &b->source->exhibits[i]);
}
