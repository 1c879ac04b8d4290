/* clean.h -- what becomes of a text that a person has written, before anything is done with it.
 *
 * Screens, minutes and comparisons all work with the cleaned text: what looks the same is the same,
 * and nothing in it reaches beyond its own place on a screen.
 */
#ifndef BASE_CLEAN_H
#define BASE_CLEAN_H

#include <stddef.h>

#include "base/text.h"

/* How much of its form a text keeps; the keyword `clean` in protocol/types.json. */
enum clean {
    CLEAN_NOT,   /* No text from people: it stays as it is. */
    CLEAN_LINE,  /* One line, with one blank between words. */
    CLEAN_LINES, /* Lines, with at most one empty line between two of them. */
    CLEAN_TABLE, /* Blanks, tabs and lines are part of the form, and all of them stay. */
};

enum {
    CLEAN_ACCENTS_MAX = 4, /* Of the marks that go with any letter: Vietnamese needs two. */
    CLEAN_MARKS_MAX = 8,   /* All marks of one letter: Burmese needs six. */
};

/* The cleaned text of `len` bytes of valid UTF-8, as one reference; NULL when memory is exhausted.
 *
 * It is in Unicode's normal form C (UAX #15).  Gone are control characters, those that turn the
 * direction of text or cannot be seen, private characters, and marks without a letter or beyond
 * the two bounds.  Joiners stay in pictures and in scripts that are not written without them,
 * variation selectors where they choose a picture or a form of a letter.
 * Cleaning a cleaned text changes nothing. */
struct text *text_clean(const char *bytes, size_t len, enum clean clean);

#endif
