/* document.h -- a document as a tree, which knows neither meetings nor any format.
 *
 * It is written from front to back: open a block, put text into it, close it.  A writer (html,
 * markdown) then walks it.  When memory is exhausted the document takes nothing more, and
 * document_failed says so.
 *
 * What a person wrote is cleaned as it comes in (base/clean.h), and line breaks become NODE_BREAK.
 * Each writer escapes it for its own format.
 */
#ifndef MINUTES_DOCUMENT_H
#define MINUTES_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum node_kind {
    NODE_DOCUMENT,  /* The root: headings, paragraphs, lists, terms, tables. */
    NODE_HEADING,   /* Inline; `level` 1 to 4. */
    NODE_PARAGRAPH, /* Inline. */
    NODE_LIST,      /* Items. */
    NODE_ITEM,      /* Inline. */
    NODE_TERMS,     /* Terms, each followed by its detail. */
    NODE_TERM,      /* Inline. */
    NODE_DETAIL,    /* Inline. */
    NODE_TABLE,     /* Rows of one length; the first is made of column heads. */
    NODE_ROW,       /* Cells and heads. */
    NODE_COLUMN_HEAD,
    NODE_ROW_HEAD,
    NODE_CELL,  /* Inline, like both heads. */
    NODE_TEXT,  /* Inline: characters, with a mark. */
    NODE_BREAK, /* Inline: a new line. */
};

enum mark {
    MARK_NONE,
    MARK_STRONG,
    MARK_SOFT, /* Beside the matter: who said it, what it rests on. */
    MARK_OPEN, /* Not settled, or missing. */
};

enum { DOCUMENT_DEPTH = 8, NODE_NONE = 0 /* The root is nobody's child. */ };

struct node {
    enum node_kind kind;
    enum mark mark; /* TEXT */
    int level;      /* HEADING */
    uint32_t first, last, next;
    size_t chars, len; /* TEXT: where its bytes begin in the document, and how many. */
};

struct document;

/* An empty document with its root open; `lang` ("da") is borrowed for its life.  NULL when memory
 * is exhausted. */
struct document *document_new(const char *lang);

/* NULL is ignored. */
void document_free(struct document *d);

/* Whether memory was exhausted, so that something is missing. */
bool document_failed(const struct document *d);

/* Begins a block inside the one that is open, and ends it. */
void document_open(struct document *d, enum node_kind kind);
void document_open_heading(struct document *d, int level);
void document_close(struct document *d);

/* Adds words of our own to the open block, as they are; NULL adds nothing. */
void document_say(struct document *d, enum mark mark, const char *words);

/* Adds what a person wrote, cleaned; NULL adds nothing. */
void document_add(struct document *d, enum mark mark, const struct text *t);

/* The same on one line and no longer than `points` code points, with an ellipsis where it was
 * longer. */
void document_add_short(struct document *d, enum mark mark, const struct text *t, size_t points);

/* A new line inside the open block. */
void document_break(struct document *d);

/* Reading.  Nodes are numbers; 0 is the root, and as a child or neighbour it means "none". */
const struct node *document_node(const struct document *d, uint32_t node);
const char *document_chars(const struct document *d, const struct node *n); /* n->len bytes */
const char *document_lang(const struct document *d);

#endif
