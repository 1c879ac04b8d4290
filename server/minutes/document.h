/* document.h -- a document as a tree, which knows neither meetings nor any format.
 *
 * It is written from front to back: open a block, put text into it, close it.  Each writer (html,
 * markdown, …) then walks it, so that all that people get to read is one text.  When memory is
 * exhausted the document takes nothing more, and document_failed says so.
 *
 * What a person wrote is cleaned as it comes in (base/clean.h), and line breaks become NODE_BREAK.
 * Each writer escapes it for its own format.
 */
#ifndef MINUTES_DOCUMENT_H
#define MINUTES_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"

enum node_kind {
    NODE_DOCUMENT,  /* The root: sections, headings, paragraphs, lists, terms, tables. */
    NODE_SECTION,   /* The same, all about one thing.  It may be empty. */
    NODE_HEADING,   /* Inline; `level` 1 to 4. */
    NODE_PARAGRAPH, /* Inline. */
    NODE_LIST,      /* Items. */
    NODE_ITEM,      /* Inline. */
    NODE_TERMS,     /* Terms, each followed by its detail. */
    NODE_TERM,      /* Inline. */
    NODE_DETAIL,    /* Inline. */
    NODE_TABLE,     /* A caption, then rows of one length, at most DOCUMENT_COLUMNS; the first is
                       made of column heads, where there are any. */
    NODE_CAPTION,   /* Inline. */
    NODE_ROW,       /* Cells and heads. */
    NODE_COLUMN_HEAD,
    NODE_ROW_HEAD,
    NODE_CELL,  /* Inline, like both heads. */
    NODE_TEXT,  /* Inline: characters, with a mark. */
    NODE_DATE,  /* Inline: a day, as it is written. */
    NODE_BREAK, /* Inline: a new line. */
    NODE_FIND,  /* Inline: something in what a person wrote that was found, as it was written. */
};

enum mark {
    MARK_NONE,
    MARK_STRONG,
    MARK_SOFT,   /* Beside the matter. */
    MARK_AUTHOR, /* Who said it. */
    MARK_QUOTE,  /* Words that stand elsewhere, repeated. */
    MARK_OPEN,   /* Not settled, or missing. */
};

/* What the whole document is; all of it is borrowed for the document's life. */
struct document_facts {
    const char *lang;    /* "da" */
    const char *code;    /* Of its meeting; "" where it is not known. */
    const char *edition; /* "participants" */
    const char *state;   /* "draft" */
    int64_t made;        /* When it was made: s since 1970, UTC. */
};

enum { DOCUMENT_DEPTH = 8, DOCUMENT_COLUMNS = 8, NODE_NONE = 0 /* The root is nobody's child. */ };

struct node {
    enum node_kind kind;
    enum mark mark;     /* TEXT */
    int level;          /* HEADING */
    bool out;           /* ITEM: it is shown to whoever may take it in, and is in no file. */
    bool kept, decided; /* FIND: whether it stays, and whether people said so. */
    const char *about;  /* What a block is about ("part"), or NULL. */
    uint32_t first, last, next;
    size_t chars, len; /* TEXT, DATE: where its bytes begin in the document, and how many. */
    size_t id, id_len; /* The same: which one a block is about, a DATE's day ("2026-11-17"), what
                          a FIND has in common with others. */
    size_t other, other_len; /* The same: what stands in a FIND's place. */
};

struct document;

/* An empty document with its root open.  NULL when memory is exhausted. */
struct document *document_new(const struct document_facts *facts);

/* NULL is ignored. */
void document_free(struct document *d);

/* Whether memory was exhausted, so that something is missing. */
bool document_failed(const struct document *d);

/* Says so: whoever writes had no memory for what belongs in it. */
void document_fail(struct document *d);

/* Begins a block inside the one that is open, and ends it. */
void document_open(struct document *d, enum node_kind kind);
void document_open_heading(struct document *d, int level);
void document_close(struct document *d);

/* Says what the block that was just opened is about, for pages that work on it and for calendars:
 * "part" and "4b".  `what` is never freed; the id is copied. */
void document_about(struct document *d, const char *what, const char *id);

/* Adds words of our own to the open block, as they are; NULL adds nothing. */
void document_say(struct document *d, enum mark mark, const char *words);

/* Adds what a person wrote, cleaned; NULL adds nothing.  The same of `len` bytes of UTF-8. */
void document_add(struct document *d, enum mark mark, const struct text *t);
void document_add_written(struct document *d, enum mark mark, const char *bytes, size_t len);

/* The same on one line and no longer than `points` code points, with an ellipsis where it was
 * longer. */
void document_add_short(struct document *d, enum mark mark, const struct text *t, size_t points);

/* Adds a day ("2026-11-17"), written as people read it. */
void document_add_date(struct document *d, const char *day, const char *written);

/* Lets `look` add what people wrote from here on, a line at a time and cleaned, instead of adding
 * it as it is.  The look and its context live as long as the document is written. */
typedef void document_look(void *context, struct document *d, enum mark mark, const char *line,
                           size_t len);
void document_look_through(struct document *d, document_look *look, void *context);

/* Adds `len` bytes as they are. */
void document_put(struct document *d, enum mark mark, const char *bytes, size_t len);

/* Something that was found: `kind` is never freed. */
struct document_find {
    const char *kind; /* "name" */
    const char *bytes, *key, *instead;
    size_t len, key_len, instead_len;
    bool kept, decided;
};
void document_add_find(struct document *d, const struct document_find *find);

/* Says that the item that was just opened is not taken in. */
void document_leave_out(struct document *d);

/* A new line inside the open block. */
void document_break(struct document *d);

/* Reading.  Nodes are numbers; 0 is the root, and as a child or neighbour it means "none". */
const struct node *document_node(const struct document *d, uint32_t node);
const char *document_chars(const struct document *d, const struct node *n);   /* n->len bytes */
const char *document_id(const struct document *d, const struct node *n);      /* n->id_len bytes */
const char *document_instead(const struct document *d, const struct node *n); /* n->other_len */
const struct document_facts *document_facts(const struct document *d);

/* Whether a block is about this thing. */
bool document_is_about(const struct document *d, const struct node *n, const char *what,
                       const char *id);

/* Whether a paragraph stands beside the matter and leads to what comes behind it: a goal, a
 * question.  On paper it goes with that. */
bool document_leads(const struct document *d, const struct node *n);

/* The text of a node and all below it, without marks; a new line is a blank. */
void document_plain(const struct document *d, const struct node *n, struct buffer *out);

/* The text of the first heading: what the document is called. */
void document_title(const struct document *d, struct buffer *out);

#endif
