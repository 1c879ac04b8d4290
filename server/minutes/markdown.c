#include "minutes/markdown.h"

#include <string.h>

#include "base/buffer.h"

struct writer {
    const struct document *d;
    struct buffer out;
    bool fresh; /* Nothing stands yet on a line where blocks may begin. */
};

/* Characters that mean something anywhere.  Those of HTML and of template languages become
 * entities, for not every reader knows a backslash before them. */
static const char *anywhere(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '{':
        return "&#123;";
    case '}':
        return "&#125;";
    case '\\':
        return "\\\\";
    case '`':
        return "\\`";
    case '*':
        return "\\*";
    case '_':
        return "\\_";
    case '[':
        return "\\[";
    case ']':
        return "\\]";
    case '|':
        return "\\|";
    case '~':
        return "\\~";
    case '$':
        return "\\$";
    case '#':
        return "\\#";
    case '^':
        return "\\^";
    case '@':
        return "\\@";
    default:
        return NULL;
    }
}

/* Whether the '.', ')' or ':' at `i` must be escaped: "1." and "1)" begin a list, "www." and
 * "://" a link in some dialects. */
static bool here(const char *s, size_t i, size_t len, bool digits)
{
    if (s[i] == ':')
        return len - i > 2 && s[i + 1] == '/' && s[i + 2] == '/';
    if (digits)
        return true;
    return s[i] == '.' && i >= 3 && (s[i - 1] | 0x20) == 'w' && (s[i - 2] | 0x20) == 'w' &&
           (s[i - 3] | 0x20) == 'w';
}

static void escaped(struct writer *w, const char *s, size_t len)
{
    bool digits = w->fresh; /* Nothing but digits so far on this line. */

    for (size_t i = 0; i < len; i++) {
        const char *word = anywhere(s[i]);
        bool first = w->fresh && i == 0;
        if (word) {
            buffer_say(&w->out, word);
        } else {
            if ((first && strchr("+-=:%", s[i])) ||
                (strchr(".):", s[i]) && here(s, i, len, digits && i > 0)))
                buffer_say(&w->out, "\\");
            buffer_add(&w->out, s + i, 1);
        }
        digits = digits && s[i] >= '0' && s[i] <= '9';
    }
    w->fresh = w->fresh && len == 0;
}

static const char *mark_of(const struct node *n)
{
    if (n->kind != NODE_TEXT)
        return ""; /* Nor has a date a mark. */
    return n->mark == MARK_STRONG ? "**" : n->mark == MARK_OPEN ? "*" : "";
}

/* Neighbours with the same mark share one pair of stars. */
static void write_text(struct writer *w, const struct node *n, const char *before)
{
    const char *mark = mark_of(n);

    if (strcmp(mark, before) != 0)
        buffer_say(&w->out, mark);
    if (*mark)
        w->fresh = false;
    escaped(w, document_chars(w->d, n), n->len);
    if (n->next == NODE_NONE || strcmp(mark, mark_of(document_node(w->d, n->next))) != 0)
        buffer_say(&w->out, mark);
}

/* The inline content of a block, after `before` and with `new_line` for its line breaks. */
static void write_inline(struct writer *w, const struct node *n, const char *before,
                         const char *new_line)
{
    const char *mark = "";

    buffer_say(&w->out, before);
    w->fresh = n->kind == NODE_PARAGRAPH || n->kind == NODE_ITEM || n->kind == NODE_CAPTION;
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next) {
        const struct node *child = document_node(w->d, c);
        if (child->kind != NODE_BREAK) {
            write_text(w, child, mark);
        } else {
            buffer_say(&w->out, new_line);
            w->fresh = new_line[0] == '\\'; /* The others stay on the line. */
        }
        mark = mark_of(child);
    }
}

static void write_heading(struct writer *w, const struct node *n)
{
    buffer_add(&w->out, "####", (size_t)n->level);
    write_inline(w, n, " ", " ");
    buffer_say(&w->out, "\n\n");
}

static void write_list(struct writer *w, const struct node *n)
{
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next) {
        write_inline(w, document_node(w->d, c), "- ", "\\\n  ");
        buffer_say(&w->out, "\n");
    }
    buffer_say(&w->out, "\n");
}

/* Markdown has no definitions: a list, with each term in bold. */
static void write_terms(struct writer *w, const struct node *n)
{
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next) {
        const struct node *child = document_node(w->d, c);
        if (child->kind == NODE_TERM) {
            write_inline(w, child, "- **", " ");
            buffer_say(&w->out, ":** ");
        } else {
            write_inline(w, child, "", "\\\n  ");
            buffer_say(&w->out, "\n");
        }
    }
    buffer_say(&w->out, "\n");
}

static void repeat(struct writer *w, const char *cell, size_t columns)
{
    for (size_t i = 0; i < columns; i++)
        buffer_say(&w->out, cell);
    buffer_say(&w->out, "|\n");
}

/* Markdown has no table without heads: where there are none they are empty. */
static void write_empty_heads(struct writer *w, const struct node *row)
{
    size_t columns = 0;

    for (uint32_t c = row->first; c != NODE_NONE; c = document_node(w->d, c)->next)
        columns++;
    repeat(w, "|  ", columns);
    repeat(w, "| --- ", columns);
}

static void write_row(struct writer *w, const struct node *n)
{
    size_t columns = 0;

    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next, columns++) {
        const struct node *cell = document_node(w->d, c);
        bool strong = cell->kind == NODE_ROW_HEAD && cell->first != NODE_NONE;
        write_inline(w, cell, strong ? "| **" : "| ", "<br>");
        buffer_say(&w->out, strong ? "** " : " ");
    }
    buffer_say(&w->out, "|\n");
    if (document_node(w->d, n->first)->kind == NODE_COLUMN_HEAD)
        repeat(w, "| --- ", columns);
}

/* Markdown has no captions either: a paragraph above the table. */
static void write_table(struct writer *w, const struct node *n)
{
    bool any = false;

    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next) {
        const struct node *child = document_node(w->d, c);
        if (child->kind == NODE_ROW) {
            if (!any && document_node(w->d, child->first)->kind != NODE_COLUMN_HEAD)
                write_empty_heads(w, child);
            any = true;
            write_row(w, child);
        } else {
            write_inline(w, child, "", " ");
            buffer_say(&w->out, "\n\n");
        }
    }
    buffer_say(&w->out, "\n");
}

static void write_block(struct writer *w, const struct node *n)
{
    switch (n->kind) {
    case NODE_HEADING:
        write_heading(w, n);
        break;
    case NODE_PARAGRAPH:
        write_inline(w, n, "", "\\\n");
        buffer_say(&w->out, "\n\n");
        break;
    case NODE_LIST:
        write_list(w, n);
        break;
    case NODE_TERMS:
        write_terms(w, n);
        break;
    case NODE_TABLE:
        write_table(w, n);
        break;
    case NODE_DOCUMENT:
    case NODE_SECTION:
        for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next)
            write_block(w, document_node(w->d, c));
        break;
    case NODE_ITEM:
    case NODE_TERM:
    case NODE_DETAIL:
    case NODE_ROW:
    case NODE_COLUMN_HEAD:
    case NODE_ROW_HEAD:
    case NODE_CELL:
    case NODE_CAPTION:
    case NODE_TEXT:
    case NODE_DATE:
    case NODE_FIND:
    case NODE_BREAK:
        break; /* These stand inside the blocks above. */
    }
}

char *markdown_write(const struct document *d, size_t *ret_len)
{
    struct writer w = { .d = d };

    if (document_failed(d))
        return NULL;
    write_block(&w, document_node(d, 0));
    return buffer_take(&w.out, ret_len);
}
