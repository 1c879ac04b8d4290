/* marks_guess.h -- what is likely to be somebody's name, though nobody of that name was there.
 *
 * A capital inside a sentence tells; at a sentence's start every word has one, so there the
 * dictionary (dictionary.h) does: a name is what is none of its ordinary words.  Rather one too
 * many.
 */
#ifndef MINUTES_MARKS_GUESS_H
#define MINUTES_MARKS_GUESS_H

#include "minutes/dictionary.h"
#include "minutes/marks_names.h"

struct guess {
    const struct minutes_source *source;
    const struct names *names;
    enum locale locale;
    size_t asked; /* How often the dictionary was asked for this document. */
};

/* The name, with those that go on with it, at `at`, where a word begins: "Fatima Yilmaz", "A.K.",
 * "ahmed"; false where nothing looks like one. */
bool guess_at(struct guess *g, const char *bytes, size_t len, size_t at, struct find *ret_find);

/* Whether all of it is a function that the meeting does not name, "Pædagogisk leder": ordinary
 * words, one of which ends as functions do. */
bool guess_is_function(struct guess *g, const char *bytes, size_t len);

#endif
