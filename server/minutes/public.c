/* public.c -- the public edition: nobody by name, and what people wrote looked through on its way
 * in. */
#include <stdlib.h>
#include <string.h>

#include "base/alike.h"
#include "base/alloc.h"
#include "minutes/build.h"

/* What was found: as people decided, or, for whoever prepares the edition, marked. */
static void add_find(struct builder *b, enum mark mark, const char *line, const struct find *f)
{
    struct buffer key = { 0 }, instead = { 0 };

    marks_key(line, f, &key);
    marks_instead(b->marks, line, f, &instead);
    if (key.failed || instead.failed)
        document_fail(b->d);
    else if (b->source->preview)
        document_add_find(b->d, &(struct document_find){ .kind = find_kind_enum.names[f->kind],
                                                         .bytes = line + f->at,
                                                         .len = f->len,
                                                         .key = key.at,
                                                         .key_len = key.len,
                                                         .instead = instead.at ? instead.at : "",
                                                         .instead_len = instead.len,
                                                         .kept = f->keep,
                                                         .decided = f->decided });
    else if (f->keep && (f->decided || !b->nameless ||
                         (f->kind != FIND_KIND_NAME && f->kind != FIND_KIND_WORD)))
        document_put(b->d, mark, line + f->at, f->len);
    else
        document_put(b->d, mark, instead.at ? instead.at : "", instead.len);
    buffer_release(&key);
    buffer_release(&instead);
}

static void look(void *context, struct document *d, enum mark mark, const char *line, size_t len)
{
    struct builder *b = context;
    struct find f;
    size_t from = 0;

    while (from < len && marks_next(b->marks, b->place, line, len, from, &f)) {
        document_put(d, mark, line + from, f.at - from);
        add_find(b, mark, line, &f);
        from = f.at + f.len;
    }
    if (from < len)
        document_put(d, mark, line + from, len - from);
}

bool public_begin(struct builder *b)
{
    if (!b->is_public)
        return true;
    b->marks = marks_new(b->source, b->locale);
    document_look_through(b->d, look, b);
    return b->marks != NULL;
}

bool public_has(const struct minutes_point *point)
{
    enum box box = point->post.content.box;

    return point->chosen || box == BOX_AGREED || box == BOX_DIFFERING;
}

/* By function, whoever comes first in the table's order. */
static int by_function(const void *a, const void *b)
{
    const struct minutes_seat *const *one = a, *const *other = b;
    int order = text_order((*one)->function, (*other)->function);

    return order ? order : (*one > *other) - (*one < *other);
}

static void add_count(struct builder *b, const struct text *function, size_t count)
{
    document_open(b->d, NODE_ITEM);
    if (function)
        document_add(b->d, MARK_NONE, function);
    else
        say(b, MARK_NONE, WORD_OTHERS);
    if (count > 1 || !function) {
        document_say(b->d, MARK_NONE, ": ");
        say_number(b, MARK_NONE, (int64_t)count);
    }
    document_close(b->d);
}

/* Each function once, with how many had it. */
static void add_functions(struct builder *b, const struct minutes_seat **seats, size_t count)
{
    for (size_t i = 0, same; i < count; i += same) {
        for (same = 1;
             i + same < count && text_alike(seats[i]->function, seats[i + same]->function);)
            same++;
        add_count(b, seats[i]->function, same);
    }
}

void public_participants(struct builder *b)
{
    const struct minutes_source *s = b->source;
    const struct minutes_seat **seats = alloc_many(s->seat_count + 1, sizeof(*seats));
    size_t count = 0, others = 0;

    if (!seats) {
        document_fail(b->d);
        return;
    }
    for (size_t i = 0; i < s->seat_count; i++) {
        if (!s->seats[i].came)
            continue;
        if (s->seats[i].function)
            seats[count++] = &s->seats[i];
        else
            others++;
    }
    if (count > 0)
        qsort(seats, count, sizeof(*seats), by_function);
    layout_heading(b, SECTION_PARTICIPANTS, WORD_PARTICIPANTS);
    if (count + others > 0) {
        document_open(b->d, NODE_LIST);
        add_functions(b, seats, count);
        if (others > 0)
            add_count(b, NULL, others);
        document_close(b->d);
    } else {
        block(b, NODE_PARAGRAPH, MARK_SOFT, WORD_NOBODY);
    }
    free(seats);
}

void public_owner(struct builder *b, const struct task *t)
{
    const struct minutes_seat *seat = t->has_seat ? seat_find(b, t->seat) : NULL;

    if (seat && seat->function) {
        document_add(b->d, MARK_NONE, seat->function);
    } else if (seat) {
        say(b, MARK_NONE, WORD_A_PARTICIPANT);
    } else if (t->owner) {
        b->place = MARKS_OWNER;
        document_add(b->d, MARK_NONE, t->owner);
        b->place = MARKS_TEXT;
    } else {
        say(b, MARK_OPEN, WORD_UNSETTLED);
    }
}
