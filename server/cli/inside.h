/* inside.h -- asks for something that only whoever runs the server may ask for: the server that
 * runs on a data folder, or, where none does, this process, which opens the folder itself.
 */
#ifndef CLI_INSIDE_H
#define CLI_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"

/* Asks for `path` (app/inside.h: "/inside/list") with a body, or NULL, and gives the answer's body,
 * to be freed.  `o` says `data` and `journal`.  Returns 0, or an exit code of sysexits.h after
 * saying what is wrong. */
int inside_ask(const struct options *o, const char *path, const char *body, size_t body_len,
               char **ret_answer, size_t *ret_len);

/* Whether a server runs on the data folder. */
bool inside_runs(const char *data);

/* Reads a meeting's code; 0, or EX_USAGE after saying that it is none. */
int inside_code(const char *word, char ret_code[]);

/* What the answer says was refused, in words, and an exit code; 0 where nothing was. */
int inside_refused(const char *what, const char *answer);

#endif
