/* options.h -- the settings of a subcommand: a flag comes before the environment, the environment
 * before the file that --config names, the file before the default.
 *
 *     runde serve --rate 5                  a flag
 *     RUNDE_RATE=5 runde serve              the environment: RUNDE_BASE_URL for --base-url
 *     rate = 5                              a line of the file
 *
 * The file may be the server's own: what `runde serve` knows and another subcommand does not, that
 * one passes over.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct option_row {
    const char *name;      /* "listen": --listen, RUNDE_LISTEN, and `listen =` in the file. */
    const char *argument;  /* What stands in --help; NULL: it is yes or no, and --NAME means yes. */
    const char *otherwise; /* The default, or NULL. */
    const char *about;
};

enum { OPTIONS_MAX = 32, OPTIONS_WORDS_MAX = 2 };

struct options {
    const struct option_row *rows; /* Ends with a NULL name. */
    const char *about;             /* What the subcommand does, for --help. */
    const char *words_about;       /* "CODE [ROLE]": the words beside the options; NULL: none. */
    size_t words_least, words_most;
    const char *words[OPTIONS_WORDS_MAX]; /* Borrowed from argv. */
    size_t word_count;
    char *values[OPTIONS_MAX]; /* Owned; NULL: not given. */
};

/* Reads the three sources; `argv` begins with the subcommand's own name, "runde serve".
 *
 * --help and --version print and end the process, and so does a flag that cannot be read: with
 * EX_USAGE after saying on stderr what is wrong.  Returns 0, or an exit code of sysexits.h after
 * saying what is wrong with the environment or the file.  Free with options_free. */
int options_read(struct options *o, int argc, char **argv);
void options_free(struct options *o);

/* The value, or the default; NULL when there is neither. */
const char *options_get(const struct options *o, const char *name);

/* Sets a value, whatever it was; NULL: none, so that the default counts.  False when memory is
 * exhausted. */
bool options_set(struct options *o, const char *name, const char *value);

/* Whether an option without an argument is on. */
bool options_on(const struct options *o, const char *name);

/* The value as a whole number from `least` to `most`; false, after saying so, when it is none. */
bool options_number(const struct options *o, const char *name, long least, long most,
                    long *ret_number);

#endif
