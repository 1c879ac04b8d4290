#include "minutes/document.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/clean.h"

struct document {
    struct document_facts facts;
    bool failed;
    struct node *nodes;
    uint32_t count, room;
    struct buffer chars;
    uint32_t open[DOCUMENT_DEPTH];
    size_t depth;
    document_look *look; /* NULL: nobody looks. */
    void *context;
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

struct document *document_new(const struct document_facts *facts)
{
    struct document *d = alloc_many(1, sizeof(*d));

    if (!d)
        return NULL;
    d->facts = *facts;
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

/* Keeps bytes of the document's own; where they begin. */
static size_t keep(struct document *d, const char *bytes, size_t len)
{
    size_t at = d->chars.len;

    buffer_add(&d->chars, bytes, len);
    d->failed = d->failed || d->chars.failed;
    return at;
}

void document_about(struct document *d, const char *what, const char *id)
{
    if (d->failed)
        return;
    struct node *n = &d->nodes[d->open[d->depth - 1]];
    assert(n->first == NODE_NONE);
    n->about = what;
    n->id = keep(d, id, strlen(id));
    n->id_len = strlen(id);
}

/* The text that ends where the next bytes begin, if they can go on with it; or NULL. */
static struct node *text_before(struct document *d, enum mark mark)
{
    uint32_t last = d->failed ? NODE_NONE : d->nodes[d->open[d->depth - 1]].last;
    struct node *n = last == NODE_NONE ? NULL : &d->nodes[last];

    return n && n->kind == NODE_TEXT && n->mark == mark && n->chars + n->len == d->chars.len ? n
                                                                                             : NULL;
}

static void add_chars(struct document *d, enum mark mark, const char *bytes, size_t len)
{
    struct node *before = text_before(d, mark);

    if (len > 0 && before) {
        before->len += len;
        keep(d, bytes, len);
        return;
    }
    struct node *n = len > 0 ? append(d, NODE_TEXT) : NULL;

    if (!n)
        return;
    n->mark = mark;
    n->len = len;
    n->chars = keep(d, bytes, len);
}

void document_put(struct document *d, enum mark mark, const char *bytes, size_t len)
{
    add_chars(d, mark, bytes, len);
}

void document_look_through(struct document *d, document_look *look, void *context)
{
    d->look = look;
    d->context = context;
}

/* What a person wrote, in one line. */
static void add_line(struct document *d, enum mark mark, const char *line, size_t len)
{
    if (d->look)
        d->look(d->context, d, mark, line, len);
    else
        add_chars(d, mark, line, len);
}

void document_add_find(struct document *d, const struct document_find *find)
{
    struct node *n = append(d, NODE_FIND);

    if (!n)
        return;
    n->about = find->kind;
    n->kept = find->kept;
    n->decided = find->decided;
    n->len = find->len;
    n->chars = keep(d, find->bytes, find->len);
    n->id_len = find->key_len;
    n->id = keep(d, find->key, find->key_len);
    n->other_len = find->instead_len;
    n->other = keep(d, find->instead, find->instead_len);
}

void document_leave_out(struct document *d)
{
    if (!d->failed)
        d->nodes[d->open[d->depth - 1]].out = true;
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
        add_line(d, mark, line, len);
        line += len + 1;
    }
}

/* Meetings from before texts were cleaned as they came in are written, too. */
void document_add_written(struct document *d, enum mark mark, const char *bytes, size_t len)
{
    struct text *cleaned = text_clean(bytes, len, CLEAN_LINES);

    if (cleaned)
        add_lines(d, mark, cleaned);
    else
        d->failed = true;
    text_unref(cleaned);
}

void document_add(struct document *d, enum mark mark, const struct text *t)
{
    if (t)
        document_add_written(d, mark, t->bytes, t->len);
}

void document_fail(struct document *d)
{
    d->failed = true;
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
        add_line(d, mark, line.at ? line.at : "", line.len);
    buffer_release(&line);
    text_unref(cleaned);
}

void document_add_date(struct document *d, const char *day, const char *written)
{
    struct node *n = append(d, NODE_DATE);

    if (!n)
        return;
    n->len = strlen(written);
    n->chars = keep(d, written, n->len);
    n->id_len = strlen(day);
    n->id = keep(d, day, n->id_len);
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
    assert((n->kind == NODE_TEXT || n->kind == NODE_DATE || n->kind == NODE_FIND) &&
           n->chars + n->len <= d->chars.len);
    return d->chars.at + n->chars;
}

const char *document_id(const struct document *d, const struct node *n)
{
    assert(n->id + n->id_len <= d->chars.len);
    return n->id_len > 0 ? d->chars.at + n->id : "";
}

const char *document_instead(const struct document *d, const struct node *n)
{
    assert(n->kind == NODE_FIND && n->other + n->other_len <= d->chars.len);
    return n->other_len > 0 ? d->chars.at + n->other : "";
}

const struct document_facts *document_facts(const struct document *d)
{
    return &d->facts;
}

bool document_is_about(const struct document *d, const struct node *n, const char *what,
                       const char *id)
{
    return n->about && strcmp(n->about, what) == 0 && n->id_len == strlen(id) &&
           memcmp(document_id(d, n), id, n->id_len) == 0;
}

bool document_leads(const struct document *d, const struct node *n)
{
    const struct node *first = n->first == NODE_NONE ? NULL : document_node(d, n->first);

    return n->kind == NODE_PARAGRAPH && n->next != NODE_NONE && first && first->kind == NODE_TEXT &&
           first->mark == MARK_SOFT;
}

void document_plain(const struct document *d, const struct node *n, struct buffer *out)
{
    if (n->kind == NODE_TEXT || n->kind == NODE_DATE || n->kind == NODE_FIND)
        buffer_add(out, document_chars(d, n), n->len);
    else if (n->kind == NODE_BREAK)
        buffer_say(out, " ");
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(d, c)->next)
        document_plain(d, document_node(d, c), out);
}

void document_title(const struct document *d, struct buffer *out)
{
    for (uint32_t c = d->nodes[0].first; c != NODE_NONE; c = d->nodes[c].next) {
        if (d->nodes[c].kind != NODE_HEADING)
            continue;
        document_plain(d, &d->nodes[c], out);
        return;
    }
}
