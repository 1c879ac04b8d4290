#include "minutes/kept.h"

#include <string.h>

#include "minutes/marks.h"
#include "minutes/words.h"

struct looking {
    struct marks *marks;
    enum locale locale;
    bool failed;
};

/* What stands in the place of whoever has a task: the bare function. */
static void put_owner(struct looking *l, const char *bytes, const struct find *f,
                      struct buffer *out)
{
    struct buffer instead = { 0 };

    marks_instead(l->marks, bytes, f, &instead);
    const char *nobody = word(l->locale, WORD_SOMEBODY);
    if (f->instead)
        buffer_add(out, instead.at, instead.len);
    else if (instead.len > 2 && strncmp(instead.at, nobody, instead.len) != 0)
        buffer_add(out, instead.at + 1, instead.len - 2);
    else
        buffer_say(out, word(l->locale, WORD_A_PARTICIPANT));
    out->failed = out->failed || instead.failed;
    buffer_release(&instead);
}

/* Writes the text as it may be kept; `brief`: what is taken out leaves a single sign, so that it
 * does not grow.  False where nothing was taken out. */
static bool write_kept(struct looking *l, enum marks_place place, const struct text *t, bool brief,
                       struct buffer *out)
{
    struct find f;
    size_t from = 0, done = 0;
    bool changed = false;

    while (from < t->len && marks_next(l->marks, place, t->bytes, t->len, from, &f)) {
        from = f.at + f.len;
        if (f.keep)
            continue;
        buffer_add(out, t->bytes + done, f.at - done);
        if (brief)
            buffer_say(out, "…");
        else if (place == MARKS_OWNER)
            put_owner(l, t->bytes, &f, out);
        else
            marks_instead(l->marks, t->bytes, &f, out);
        done = from;
        changed = true;
    }
    buffer_add(out, t->bytes + done, t->len - done);
    return changed;
}

static void look(struct looking *l, enum marks_place place, int64_t max, struct text **at)
{
    struct buffer out = { 0 };

    if (!*at || l->failed)
        return;
    bool changed = write_kept(l, place, *at, false, &out);
    if (changed && !out.failed && (out.len == 0 || text_points(out.at, out.len) > (size_t)max)) {
        buffer_release(&out);
        out = (struct buffer){ 0 };
        write_kept(l, place, *at, true, &out);
    }
    struct text *made = changed && !out.failed ? text_new(out.at, out.len) : NULL;
    l->failed = out.failed || (changed && !made);
    buffer_release(&out);
    if (made) {
        text_unref(*at);
        *at = made;
    }
}

/* A function may be called by somebody's name too: "Mettes makker". */
static void look_at_owner(struct looking *l, int64_t max, struct text **at)
{
    look(l, MARKS_OWNER, max, at);
    look(l, MARKS_TEXT, max, at);
}

static void look_at_record(struct looking *l, const struct record *r, void *thing);

static void look_at_field(struct looking *l, const struct record_field *f, void *thing)
{
    char *where = (char *)thing + f->offset;
    void *list = NULL;

    if (f->type == RECORD_RECORD) {
        look_at_record(l, f->of, where);
    } else if (f->type == RECORD_LIST) {
        size_t count = record_list(f, thing, &list);
        for (size_t i = 0; i < count; i++)
            look_at_record(l, f->of, (char *)list + i * record_element_size(f));
    } else if (f->clean == CLEAN_NOT) {
        return; /* Nobody's words. */
    } else if (f->type == RECORD_TEXTS) {
        size_t count = record_list(f, thing, &list);
        for (size_t i = 0; i < count; i++)
            look(l, MARKS_TEXT, f->max, (struct text **)list + i);
    } else if (f->type == RECORD_TEXT && strcmp(f->name, "owner") == 0) {
        look_at_owner(l, f->max, (struct text **)where);
    } else if (f->type == RECORD_TEXT) {
        look(l, MARKS_TEXT, f->max, (struct text **)where);
    }
}

static void look_at_record(struct looking *l, const struct record *r, void *thing)
{
    for (size_t i = 0; i < r->count; i++)
        look_at_field(l, &r->fields[i], thing);
}

bool kept_look_through(const struct minutes_source *source, struct agenda *a)
{
    enum locale locale = source->locale == LOCALE_NOT ? LOCALE_DA : source->locale;
    struct looking l = { .marks = marks_new(source, locale), .locale = locale };

    l.failed = !l.marks;
    if (l.marks)
        look_at_record(&l, &agenda_record, a);
    marks_free(l.marks);
    return !l.failed;
}
