/* marks_read.h -- reading a text by code points and by words. */
#ifndef MINUTES_MARKS_READ_H
#define MINUTES_MARKS_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum { WORD_ROOM = 256 /* Of a folded word; a longer one is no name. */ };

/* How a word is written. */
enum shape {
    SHAPE_SMALL,    /* "mette"; and whatever is none of the others */
    SHAPE_CAPITAL,  /* "Mette" */
    SHAPE_CAPITALS, /* "METTE" */
    SHAPE_INITIAL,  /* "M" */
};

/* A word in a text, and what it is folded to. */
struct token {
    size_t at, len; /* In the text; none where len is 0. */
    size_t points;  /* How many letters it has. */
    char folded[WORD_ROOM];
    size_t folded_len;
    bool capital; /* Its first letter is one. */
    enum shape shape;
};

/* The code point at `at`, and how many bytes it takes. */
int32_t read_point(const char *bytes, size_t len, size_t at, size_t *ret_taken);

/* Where the code point before `at` begins; `at` itself at the beginning. */
size_t read_before(const char *bytes, size_t at);

bool read_is_letter(int32_t point);

/* Whether a letter stands at `at`; none does at the end. */
bool read_letter(const char *bytes, size_t len, size_t at);

/* The word that begins at `at`. */
struct token read_token(const char *bytes, size_t len, size_t at);

/* Whether a word is this one, folded. */
bool read_is(const struct token *w, const char *folded);

/* Whether two texts are one but for capitals. */
bool read_same(const char *one, size_t one_len, const char *other, size_t other_len);
bool read_alike(const char *bytes, size_t len, const struct text *t);

#endif
