#include "minutes/columns.h"

enum {
    LETTER = 115,  /* An ordinary one, in twentieths of a point. */
    PADDING = 3,   /* Of a cell, in letters. */
    WORD_MAX = 24, /* Longer ones are broken, */
    LINE_MAX = 48, /* and longer texts take several lines. */
};

/* What a cell, or all cells of a column, want, in letters. */
struct want {
    size_t word, line; /* The longest word; all of it, on one line. */
};

static void longest(size_t *most, size_t len, size_t bound)
{
    len = len < bound ? len : bound;
    *most = len > *most ? len : *most;
}

/* Adds what stands in a node; `run` is how long the word is that it goes on with. */
static void measure(const struct document *d, const struct node *n, struct want *want, size_t *run)
{
    if (n->kind == NODE_TEXT || n->kind == NODE_DATE) {
        const char *chars = document_chars(d, n);
        for (size_t i = 0; i < n->len; i++) {
            bool begins = ((unsigned char)chars[i] & 0xC0) != 0x80;
            *run = chars[i] == ' ' ? 0 : *run + begins;
            want->line += begins;
            longest(&want->word, *run, WORD_MAX);
        }
    } else if (n->kind == NODE_BREAK) {
        *run = 0;
    }
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(d, c)->next)
        measure(d, document_node(d, c), want, run);
}

static size_t measure_row(const struct document *d, const struct node *row,
                          struct want wants[static DOCUMENT_COLUMNS])
{
    size_t column = 0;

    for (uint32_t c = row->first; c != NODE_NONE && column < DOCUMENT_COLUMNS;
         c = document_node(d, c)->next, column++) {
        struct want cell = { 0 };
        size_t run = 0;
        measure(d, document_node(d, c), &cell, &run);
        longest(&wants[column].word, cell.word, WORD_MAX);
        longest(&wants[column].line, cell.line, LINE_MAX);
    }
    return column;
}

size_t columns_share(const struct document *d, const struct node *table, int width,
                     int ret_widths[static DOCUMENT_COLUMNS])
{
    struct want wants[DOCUMENT_COLUMNS] = { 0 };
    size_t count = 0, words = 0, more = 0, all = (size_t)width / LETTER;

    for (uint32_t r = table->first; r != NODE_NONE; r = document_node(d, r)->next) {
        const struct node *row = document_node(d, r);
        size_t columns = row->kind == NODE_ROW ? measure_row(d, row, wants) : 0;
        count = columns > count ? columns : count;
    }
    for (size_t i = 0; i < count; i++) {
        words += wants[i].word + PADDING;
        more += wants[i].line - wants[i].word;
    }
    size_t spare = all > words && more > 0 ? all - words : 0;
    for (size_t i = 0; i < count; i++) {
        size_t has = (wants[i].word + PADDING) * (more > 0 ? more : 1) +
                     spare * (wants[i].line - wants[i].word);
        ret_widths[i] = (int)((size_t)width * has / (words * (more > 0 ? more : 1) + spare * more));
    }
    return count;
}
