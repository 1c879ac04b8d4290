/* options.h -- settings of a subcommand: a flag comes before the environment, the environment
 * before the file that --config names, the file before the default.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct option_row {
    const char *name;      /* "listen": --listen, RUNDE_LISTEN, and `listen =` in the file. */
    const char *argument;  /* What stands in --help; NULL: a flag without one. */
    const char *otherwise; /* The default, or NULL. */
    const char *about;
};

enum { OPTIONS_MAX = 24 };

struct options {
    const struct option_row *rows; /* Ends with a NULL name. */
    const char *usage;
    char *values[OPTIONS_MAX]; /* Owned; NULL: not given. */
};

/* Reads the three sources.  Returns 0; -1 when --help was asked for and has been printed; or an
 * exit code of sysexits.h after saying on stderr what is wrong.  Free with options_free. */
int options_read(struct options *o, int argc, char **argv);
void options_free(struct options *o);

/* The value, or the default; NULL when there is neither. */
const char *options_get(const struct options *o, const char *name);

/* The value as a whole number from `least` to `most`; false, after saying so, when it is none. */
bool options_number(const struct options *o, const char *name, long least, long most,
                    long *ret_number);

#endif
