#include "minutes/document.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"

struct document {
    const char *lang;
    bool failed;
    struct node *nodes;
    uint32_t count, room;
    struct buffer chars;
    uint32_t open[DOCUMENT_DEPTH];
    size_t depth;
};

/* What a cleaned character is. */
enum sort { SORT_DROP, SORT_BLANK, SORT_LINE, SORT_KEEP };

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

/* The code point that begins here, and how many bytes it takes; the bytes are valid UTF-8. */
static uint32_t point_at(const char *bytes, size_t *ret_len)
{
    unsigned char lead = (unsigned char)bytes[0];
    size_t len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t point = len == 1 ? lead : lead & (0x7Fu >> len);

    for (size_t i = 1; i < len; i++)
        point = point << 6 | ((unsigned char)bytes[i] & 0x3Fu);
    *ret_len = len;
    return point;
}

/* XML 1.0 has no place for most control characters (section 2.2); the ones that turn the
 * direction of text would reach beyond what that person wrote. */
static enum sort sort_of(uint32_t point)
{
    if (point == '\n' || point == '\v' || point == '\f' || point == 0x85 || point == 0x2028 ||
        point == 0x2029)
        return SORT_LINE;
    if (point == ' ' || point == '\t' || point == '\r')
        return SORT_BLANK;
    if (point < 0x20 || (point >= 0x7F && point < 0xA0))
        return SORT_DROP;
    if ((point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069))
        return SORT_DROP;
    if (point == 0xFEFF || point == 0xFFFE || point == 0xFFFF)
        return SORT_DROP;
    return SORT_KEEP;
}

/* Writes one cleaned line of `bytes` to `out`, at most `points` characters of it; returns where
 * the next line begins.  `ret_cut` tells that there was more. */
static size_t clean_line(const char *bytes, size_t len, size_t points, struct buffer *out,
                         bool one_line, bool *ret_cut)
{
    bool blank = false;
    size_t at = 0, step, start = out->len;

    *ret_cut = false;
    for (; at < len; at += step) {
        enum sort sort = sort_of(point_at(bytes + at, &step));
        if (sort == SORT_LINE && !one_line)
            return at + step;
        if (sort == SORT_DROP)
            continue;
        if (sort != SORT_KEEP) {
            blank = out->len > start;
            continue;
        }
        if (points-- == 0) {
            *ret_cut = true;
            return len;
        }
        if (blank)
            buffer_say(out, " ");
        blank = false;
        buffer_add(out, bytes + at, step);
    }
    return len;
}

static void add_lines(struct document *d, enum mark mark, const char *bytes, size_t len)
{
    struct buffer line = { 0 };
    bool any = false, cut;

    for (size_t at = 0; at < len && !d->failed;) {
        line.len = 0;
        at += clean_line(bytes + at, len - at, SIZE_MAX, &line, false, &cut);
        if (line.failed)
            d->failed = true;
        if (line.len == 0)
            continue;
        if (any)
            document_break(d);
        add_chars(d, mark, line.at, line.len);
        any = true;
    }
    buffer_release(&line);
}

void document_add(struct document *d, enum mark mark, const struct text *t)
{
    if (t)
        add_lines(d, mark, t->bytes, t->len);
}

void document_add_string(struct document *d, enum mark mark, const char *string)
{
    if (string)
        add_lines(d, mark, string, strlen(string));
}

void document_add_short(struct document *d, enum mark mark, const struct text *t, size_t points)
{
    struct buffer line = { 0 };
    bool cut = false;

    if (!t)
        return;
    clean_line(t->bytes, t->len, points, &line, true, &cut);
    if (cut)
        buffer_say(&line, "…");
    if (line.failed)
        d->failed = true;
    else
        add_chars(d, mark, line.at, line.len);
    buffer_release(&line);
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
