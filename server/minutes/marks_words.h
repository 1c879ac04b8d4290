/* marks_words.h -- words that tell names and groups from what only looks like them. */
#ifndef MINUTES_MARKS_WORDS_H
#define MINUTES_MARKS_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Folded (marks.c), in each list; the word is `len` bytes, folded too. */

/* An ordinary word that is also somebody's name: in small letters it is the word. */
bool marks_word_is_common(const char *word, size_t len);

/* A word that is written with a capital and is nobody's name: a day, a month, a place, a form of
 * address. */
bool marks_word_is_known(const char *word, size_t len);

/* A word for people of whom there may be a few: "elever", "children". */
bool marks_word_is_group(const char *word, size_t len);

/* A part of names that tells nobody from anybody: "de", "von". */
bool marks_word_is_particle(const char *word, size_t len);

/* The same inside a name, that goes on behind it: "al", "van". */
bool marks_word_is_joining(const char *word, size_t len);

/* An ordinary word that begins sentences, though a dictionary has it as a name as well: "hold". */
bool marks_word_is_starter(const char *word, size_t len);

/* What is written in capitals and is nobody: "sfo". */
bool marks_word_is_abbreviation(const char *word, size_t len);

bool marks_word_is_month(const char *word, size_t len);

/* What ends as streets do: "nørregade". */
bool marks_word_is_street(const char *word, size_t len);

/* What ends as functions do: "afdelingsleder", "elevrådet". */
bool marks_word_is_function(const char *word, size_t len);

/* What ends as a school or another house of a municipality does, with or without an s: "skoles",
 * "bækskolen". */
bool marks_word_is_institution(const char *word, size_t len);

/* A form of address behind whose full stop a name stands: "hr", "mrs". */
bool marks_word_is_title(const char *word, size_t len);

#endif
