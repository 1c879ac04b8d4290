/* marks.h -- what must not be published unasked, found in a text: names of those who were there,
 * addresses, numbers, classes, groups of a few.
 *
 * Nothing here knows a document: a text goes in, finds come out, from front to back.  What is found
 * by guessing (capitalised words, classes, groups) may be something else; whoever publishes looks.
 */
#ifndef MINUTES_MARKS_H
#define MINUTES_MARKS_H

#include "base/buffer.h"
#include "minutes/minutes.h"

/* What is known of the meeting: who was there, which words are no names, what was decided. */
struct marks;

/* NULL when memory is exhausted.  The source is borrowed for the life of the marks. */
struct marks *marks_new(const struct minutes_source *source, enum locale locale);

/* NULL is ignored. */
void marks_free(struct marks *m);

/* What kind of text it is that is looked at. */
enum marks_place {
    MARKS_TEXT,
    MARKS_CELL,  /* Of a table of figures: a small number alone is a group. */
    MARKS_OWNER, /* Whoever has a task, as somebody wrote it: a name, unless it is a function. */
};

struct find {
    enum find_kind kind;
    size_t at, len;             /* Where in the text, in bytes. */
    int64_t seat;               /* Whose name it is; 0: of several, or of none. */
    const struct text *instead; /* Decided by people; NULL: what marks_instead says. */
    bool decided, keep;         /* Whether people have decided; whether it stays. */
};

/* The first find at or behind `from`; false where there is none. */
bool marks_next(struct marks *m, enum marks_place place, const char *bytes, size_t len, size_t from,
                struct find *ret_find);

/* Adds what stands in its place. */
void marks_instead(const struct marks *m, const char *bytes, const struct find *f,
                   struct buffer *out);

/* Adds what finds that are the same have in common: "name:mette". */
void marks_key(const char *bytes, const struct find *f, struct buffer *out);

#endif
