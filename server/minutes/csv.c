#include "minutes/csv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/alloc.h"

/* What the separator is told by: the beginning, in UTF-16's units, for pages count them so. */
enum { BEGIN = 4000, BEGIN_ROWS = 20 };

/* Some bytes of a text. */
struct piece {
    const char *at;
    size_t len;
};

/* The fields as they come, of rows of any length. */
struct fields {
    struct buffer chars;
    struct csv_cell *cells;
    size_t *ends; /* Of each row: the number of cells up to its end. */
    size_t count, room, rows, rows_room;
    bool failed;
};

/* The code point at `bytes`, of which `len` > 0 are left, and how many bytes it takes. */
static int32_t point_at(const char *bytes, size_t len, size_t *ret_taken)
{
    utf8proc_int32_t point;
    utf8proc_ssize_t taken =
        utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)len, &point);

    *ret_taken = taken > 0 ? (size_t)taken : 1;
    return taken > 0 ? point : 0xFFFD;
}

/* What JavaScript's trim() takes away. */
static bool is_blank(int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);

    return (point >= '\t' && point <= '\r') || point == 0xFEFF ||
           category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

size_t csv_blanks(const char *bytes, size_t len)
{
    size_t at = 0, taken;

    while (at < len && is_blank(point_at(bytes + at, len - at, &taken)))
        at += taken;
    return at;
}

static struct piece trimmed(struct piece p)
{
    size_t before = csv_blanks(p.at, p.len), taken, end = before;

    for (size_t at = before; at < p.len; at += taken)
        if (!is_blank(point_at(p.at + at, p.len - at, &taken)))
            end = at + taken;
    return (struct piece){ p.at + before, end - before };
}

static bool begins(struct piece p, size_t at, struct piece with)
{
    return p.len - at >= with.len && memcmp(p.at + at, with.at, with.len) == 0;
}

/* Makes room for one more of `size` bytes. */
static bool grow(void **list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return true;
    void *larger = alloc_again(*list, *room ? 2 * *room : 64, size);
    if (!larger)
        return false;
    *list = larger;
    *room = *room ? 2 * *room : 64;
    return true;
}

/* Adds a field; in quotes two of them stand for one. */
static void add_field(struct fields *f, struct piece p, bool quoted)
{
    size_t from = f->chars.len;

    if (!grow((void **)&f->cells, f->count, &f->room, sizeof(*f->cells))) {
        f->failed = true;
        return;
    }
    for (size_t i = 0; i < p.len; i++) {
        buffer_add(&f->chars, p.at + i, 1);
        if (quoted && i + 1 < p.len && p.at[i] == '"' && p.at[i + 1] == '"')
            i++;
    }
    if (f->chars.failed) {
        f->failed = true;
        return;
    }
    const char *chars = f->chars.at ? f->chars.at : "";
    struct piece bare = trimmed((struct piece){ chars + from, f->chars.len - from });
    f->cells[f->count++] = (struct csv_cell){ (size_t)(bare.at - chars), bare.len };
}

/* Ends a row; one without a letter is none. */
static void end_row(struct fields *f)
{
    size_t first = f->rows > 0 ? f->ends[f->rows - 1] : 0;
    bool any = false;

    for (size_t i = first; i < f->count; i++)
        any = any || f->cells[i].len > 0;
    if (!any) {
        f->count = first;
        return;
    }
    if (!grow((void **)&f->ends, f->rows, &f->rows_room, sizeof(*f->ends)))
        f->failed = true;
    else
        f->ends[f->rows++] = f->count;
}

/* Where a field in quotes ends, which begins behind `at`: at its closing quote, behind which there
 * are but blanks before a separator or the line's end.  `ret_next` is where they begin; npos: no
 * closing quote, and all that is left is one field. */
#define NPOS ((size_t)-1)
static size_t quoted_end(struct piece p, size_t at, struct piece separator, size_t *ret_next)
{
    while (at < p.len) {
        const char *quote = memchr(p.at + at, '"', p.len - at);
        size_t q = quote ? (size_t)(quote - p.at) : NPOS, next = q + 1, taken;
        if (!quote)
            return NPOS;
        *ret_next = next;
        if (next == p.len)
            return q;
        if (p.at[next] == '"') {
            at = q + 2;
            continue;
        }
        while (next < p.len && p.at[next] != '\n' && !begins(p, next, separator) &&
               is_blank(point_at(p.at + next, p.len - next, &taken)))
            next += taken;
        *ret_next = next;
        if (next < p.len && (p.at[next] == '\n' || begins(p, next, separator)))
            return q;
        at = q + 2; /* It belongs to the text. */
    }
    return NPOS;
}

/* Takes a text apart as Papa Parse does. */
static void take_apart(struct piece p, struct piece separator, size_t rows_max, struct fields *f)
{
    size_t at = 0;

    while (f->rows < rows_max && !f->failed) {
        size_t end, next;
        if (at < p.len && p.at[at] == '"') {
            end = quoted_end(p, at + 1, separator, &next);
            bool closed = end != NPOS;
            end = closed ? end : p.len;
            next = closed ? next : p.len;
            add_field(f, (struct piece){ p.at + at + 1, end - at - 1 }, closed);
        } else {
            for (end = at; end < p.len && p.at[end] != '\n' && !begins(p, end, separator);)
                end++;
            next = end;
            add_field(f, (struct piece){ p.at + at, end - at }, false);
        }
        if (next < p.len && p.at[next] != '\n') {
            at = next + separator.len;
            continue;
        }
        end_row(f);
        if (next >= p.len)
            return;
        at = next + 1;
    }
}

static void fields_release(struct fields *f)
{
    buffer_release(&f->chars);
    free(f->cells);
    free(f->ends);
    *f = (struct fields){ 0 };
}

static size_t row_len(const struct fields *f, size_t row)
{
    return f->ends[row] - (row > 0 ? f->ends[row - 1] : 0);
}

/* The bytes of the beginning that the separator is told by. */
static size_t begin_of(struct piece p)
{
    size_t at = 0, units = 0, taken;

    while (at < p.len) {
        units += point_at(p.at + at, p.len - at, &taken) > 0xFFFF ? 2 : 1;
        if (units > BEGIN)
            break;
        at += taken;
    }
    return at;
}

/* The separator that makes the most even rows of the first lines, the one before where two do.  No
 * bytes when memory is exhausted. */
static struct piece separator_of(struct piece p)
{
    static const char *const separators[] = { "\t", ";", "," };
    struct piece best = { ";", 1 };
    double most = 0;

    p.len = begin_of(p);
    for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
        struct piece separator = { separators[i], 1 };
        struct fields f = { 0 };
        size_t same = 0;
        take_apart(p, separator, BEGIN_ROWS, &f);
        if (f.failed) {
            fields_release(&f);
            return (struct piece){ NULL, 0 };
        }
        size_t wide = f.rows > 0 ? row_len(&f, 0) : 0;
        for (size_t r = 0; r < f.rows; r++)
            same += row_len(&f, r) == wide;
        double even = wide < 2 ? 0 : (double)same / (double)f.rows;
        if (even > most) {
            best = separator;
            most = even;
        }
        fields_release(&f);
    }
    return best;
}

/* Excel's own first line, "sep=;", says the separator and is no row.  Whether it stands there; then
 * it is taken off. */
static bool said_separator(struct piece *p, struct piece *ret_separator)
{
    size_t at = p->len > 0 && p->at[0] == '"', taken;

    if (p->len - at < 5 || strncasecmp(p->at + at, "sep=", 4) != 0)
        return false;
    at += 4;
    int32_t point = point_at(p->at + at, p->len - at, &taken);
    if (point == '"' || point == '\n' || point > 0xFFFF)
        return false;
    *ret_separator = (struct piece){ p->at + at, taken };
    at += taken;
    at += at < p->len && p->at[at] == '"';
    if (at < p->len && p->at[at] != '\n')
        return false;
    at += at < p->len;
    *p = (struct piece){ p->at + at, p->len - at };
    return true;
}

/* Lines ended by "\n", none of them empty at the beginning. */
static void add_lines(const struct text *text, struct buffer *out)
{
    const char *bytes = text->bytes;
    size_t at = text->len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    for (; at < text->len; at++) {
        bool end = bytes[at] == '\n' || bytes[at] == '\r';
        if (end && out->len == 0)
            continue;
        buffer_add(out, end ? "\n" : bytes + at, 1);
        if (bytes[at] == '\r' && at + 1 < text->len && bytes[at + 1] == '\n')
            at++;
    }
}

/* A quote behind a separator and a blank begins a field in quotes, as most who write so mean it; a
 * doubled one stands within them. */
static void add_closed_up(struct piece p, struct buffer *out)
{
    for (size_t at = 0; at < p.len; at++) {
        bool first = at == 0 || strchr(";,\t\n", p.at[at - 1]) != NULL;
        size_t blanks = 0;
        while (first && at + blanks < p.len && p.at[at + blanks] == ' ')
            blanks++;
        size_t quote = at + blanks;
        if (blanks > 0 && quote < p.len && p.at[quote] == '"' &&
            (quote + 1 == p.len || p.at[quote + 1] != '"'))
            at = quote;
        buffer_add(out, p.at + at, 1);
    }
}

/* Rows of one length out of rows of any. */
static bool make_even(struct fields *f, struct csv *to)
{
    for (size_t r = 0, i = 0; r < f->rows; r++)
        for (size_t c = 0; i < f->ends[r]; i++, c++)
            if (f->cells[i].len > 0 && c >= to->columns)
                to->columns = c + 1;
    to->cells = alloc_many(f->rows * to->columns, sizeof(*to->cells));
    if (!to->cells)
        return false;
    for (size_t r = 0, i = 0; r < f->rows; r++)
        for (size_t c = 0; i < f->ends[r]; i++, c++)
            if (c < to->columns)
                to->cells[r * to->columns + c] = f->cells[i];
    to->rows = f->rows;
    to->chars = f->chars;
    f->chars = (struct buffer){ 0 };
    return true;
}

bool csv_read(const struct text *text, struct csv *ret_csv)
{
    struct buffer lines = { 0 }, closed_up = { 0 };
    struct fields fields = { 0 };
    struct piece separator = { NULL, 0 };
    bool made = false;

    *ret_csv = (struct csv){ 0 };
    add_lines(text, &lines);
    struct piece body = { lines.at ? lines.at : "", lines.len };
    bool said = said_separator(&body, &separator);
    add_closed_up(body, &closed_up);
    if (!lines.failed && !closed_up.failed) {
        body = (struct piece){ closed_up.at ? closed_up.at : "", closed_up.len };
        if (!said)
            separator = separator_of(body);
        if (separator.len > 0)
            take_apart(body, separator, NPOS, &fields);
        made = separator.len > 0 && !fields.failed && make_even(&fields, ret_csv);
    }
    fields_release(&fields);
    buffer_release(&lines);
    buffer_release(&closed_up);
    return made;
}

void csv_release(struct csv *c)
{
    buffer_release(&c->chars);
    free(c->cells);
    *c = (struct csv){ 0 };
}

const char *csv_cell(const struct csv *c, size_t row, size_t column, size_t *ret_len)
{
    const struct csv_cell *cell = &c->cells[row * c->columns + column];

    *ret_len = cell->len;
    return c->chars.at ? c->chars.at + cell->at : "";
}
