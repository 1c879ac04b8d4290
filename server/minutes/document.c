#include "minutes/document.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/clean.h"

struct document {
    const char *lang;
    bool failed;
    struct node *nodes;
    uint32_t count, room;
    struct buffer chars;
    uint32_t open[DOCUMENT_DEPTH];
    size_t depth;
};

/* A new node at the end of the open block; NULL when memory is exhausted. */
static struct node *append(struct document *d, enum node_kind kind)
{
    if (d->failed)
        return NULL;
    if (d->count == d->room) {
        uint32_t room = d->room ? d->room * 2 : 64;
        struct node *grown = alloc_again(d->nodes, room, sizeof(*grown));
        if (!grown) {
            d->failed = true;
            return NULL;
        }
        d->nodes = grown;
        d->room = room;
    }
    uint32_t made = d->count++;
    d->nodes[made] = (struct node){ .kind = kind };
    if (made > 0) {
        struct node *parent = &d->nodes[d->open[d->depth - 1]];
        if (parent->last != NODE_NONE)
            d->nodes[parent->last].next = made;
        else
            parent->first = made;
        parent->last = made;
    }
    return &d->nodes[made];
}

struct document *document_new(const char *lang)
{
    struct document *d = alloc_many(1, sizeof(*d));

    if (!d)
        return NULL;
    d->lang = lang;
    if (!append(d, NODE_DOCUMENT)) {
        free(d);
        return NULL;
    }
    d->depth = 1;
    return d;
}

void document_free(struct document *d)
{
    if (!d)
        return;
    free(d->nodes);
    buffer_release(&d->chars);
    free(d);
}

bool document_failed(const struct document *d)
{
    return d->failed || d->chars.failed;
}

void document_open(struct document *d, enum node_kind kind)
{
    if (!append(d, kind))
        return;
    assert(d->depth < DOCUMENT_DEPTH);
    d->open[d->depth++] = d->count - 1;
}

void document_open_heading(struct document *d, int level)
{
    assert(level >= 1 && level <= 4);
    document_open(d, NODE_HEADING);
    if (!d->failed)
        d->nodes[d->count - 1].level = level;
}

void document_close(struct document *d)
{
    if (d->failed)
        return;
    assert(d->depth > 1);
    d->depth--;
}

static void add_chars(struct document *d, enum mark mark, const char *bytes, size_t len)
{
    struct node *n = len > 0 ? append(d, NODE_TEXT) : NULL;

    if (!n)
        return;
    n->mark = mark;
    n->chars = d->chars.len;
    n->len = len;
    buffer_add(&d->chars, bytes, len);
    d->failed = d->chars.failed;
}

void document_say(struct document *d, enum mark mark, const char *words)
{
    if (words)
        add_chars(d, mark, words, strlen(words));
}

/* The lines of a cleaned text; between two of them at most one is empty. */
static void add_lines(struct document *d, enum mark mark, const struct text *cleaned)
{
    const char *line = cleaned->bytes, *end = cleaned->bytes + cleaned->len;

    while (line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t len = (size_t)((stop ? stop : end) - line);
        if (len > 0 && line > cleaned->bytes)
            document_break(d);
        add_chars(d, mark, line, len);
        line += len + 1;
    }
}

/* Meetings from before texts were cleaned as they came in are written, too. */
void document_add(struct document *d, enum mark mark, const struct text *t)
{
    struct text *cleaned = t ? text_clean(t->bytes, t->len, CLEAN_LINES) : NULL;

    if (cleaned)
        add_lines(d, mark, cleaned);
    else if (t)
        d->failed = true;
    text_unref(cleaned);
}

/* Bytes of the first `points` code points. */
static size_t bytes_of(const struct text *t, size_t points)
{
    size_t at = 0;

    for (; at < t->len; at++)
        if (((unsigned char)t->bytes[at] & 0xC0) != 0x80 && points-- == 0)
            break;
    return at;
}

void document_add_short(struct document *d, enum mark mark, const struct text *t, size_t points)
{
    struct text *cleaned = t ? text_clean(t->bytes, t->len, CLEAN_LINE) : NULL;
    struct buffer line = { 0 };

    if (!t)
        return;
    if (cleaned) {
        size_t len = bytes_of(cleaned, points);
        buffer_add(&line, cleaned->bytes, len);
        if (len < cleaned->len)
            buffer_say(&line, "…");
    }
    if (!cleaned || line.failed)
        d->failed = true;
    else
        add_chars(d, mark, line.at, line.len);
    buffer_release(&line);
    text_unref(cleaned);
}

void document_break(struct document *d)
{
    append(d, NODE_BREAK);
}

const struct node *document_node(const struct document *d, uint32_t node)
{
    assert(node < d->count);
    return &d->nodes[node];
}

const char *document_chars(const struct document *d, const struct node *n)
{
    assert(n->kind == NODE_TEXT && n->chars + n->len <= d->chars.len);
    return d->chars.at + n->chars;
}

const char *document_lang(const struct document *d)
{
    return d->lang;
}
