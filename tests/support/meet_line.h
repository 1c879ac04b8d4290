/* meet_line.h -- a line of a script, in words. */
#ifndef SUPPORT_MEET_LINE_H
#define SUPPORT_MEET_LINE_H

#include <jansson.h>

enum { MEET_WORDS_MAX = 24 };

struct meet_line {
    int number;
    const char *path;
    int count;
    char *words[MEET_WORDS_MAX];
};

/* Says what is not so, and where, and exits. */
void meet_die(const struct meet_line *l, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));

/* Splits in place; quotes and braces keep a word together.  False for an empty line. */
int meet_split(struct meet_line *l, char *text);

/* The words from `from` on that have the form key=value, as an object; names are looked up in
 * `vars`. */
json_t *meet_fields(const struct meet_line *l, int from, json_t *vars);

/* Whether `have` has all that `want` says; the string "_" matches anything. */
int meet_matches(json_t *want, json_t *have);

/* What stands at a path like "now.queue.0"; NULL when nothing does.  Borrowed. */
json_t *meet_at(json_t *root, const char *path);

#endif
