/* marks_names.h -- the names of those who were there, found in a text. */
#ifndef MINUTES_MARKS_NAMES_H
#define MINUTES_MARKS_NAMES_H

#include "minutes/marks.h"
#include "minutes/marks_read.h"

/* Which words are somebody's name, and which are a function's and nobody's. */
struct names;

/* Of everybody at the table.  NULL when memory is exhausted. */
struct names *names_new(const struct minutes_source *source);

/* NULL is ignored. */
void names_free(struct names *n);

/* Whether the word is a name of somebody, or of a function; in the genitive, too. */
bool names_has(const struct names *n, const struct token *w);

/* The name at `at`, with the names that go on with it: "Mette Holm", "Anne-Marie"; false where none
 * is. */
bool names_at(const struct names *n, const char *bytes, size_t len, size_t at,
              struct find *ret_find);

#endif
