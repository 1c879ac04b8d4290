/* dictionary.h -- the words of a language, as its dictionary for spelling has them: which are
 * ordinary, and which are somebody's or some place's name.
 *
 * They are Hunspell's (Debian's hunspell-da, hunspell-en-gb).  Each is opened when it is first
 * asked (0.1 s, 20 MB), and stays open.  Where one is not installed it has no word and no name, so
 * that whoever asks takes everything for what is not ordinary.
 */
#ifndef MINUTES_DICTIONARY_H
#define MINUTES_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>

#include "protocol.gen.h"

enum { DICTIONARY_WORD = 48 /* Longer than that, in bytes, none has a word. */ };

struct dictionary;

/* All of them, none open yet.  NULL when memory is exhausted. */
struct dictionary *dictionary_new(void);

/* NULL is ignored. */
void dictionary_free(struct dictionary *d);

/* Whether one is installed. */
bool dictionary_is_installed(enum locale locale);

/* Whether a word, in whatever capitals, is an ordinary one when it is written in small letters; the
 * compounds of the language are.  False of NULL. */
bool dictionary_is_word(struct dictionary *d, enum locale locale, const char *word, size_t len);

/* Whether it is a name when it begins with a capital: of people, or of places.  False of NULL. */
bool dictionary_is_name(struct dictionary *d, enum locale locale, const char *word, size_t len);

#endif
