/* data.h -- the folder in which a server keeps everything, and whose it is just now. */
#ifndef CLI_DATA_H
#define CLI_DATA_H

#include <stddef.h>

enum { DATA_PATH_MAX = 4096 };

/* Makes the folder where there is none, readable by its owner alone, and locks it until the
 * process ends: two servers would overwrite each other's clocks.
 * Returns 0, or an exit code of sysexits.h after saying on stderr what is wrong. */
int data_lock(const char *data);

/* Writes the path of a file in it.  0, or EX_USAGE after saying that it is too long. */
int data_path(const char *data, const char *name, char ret_path[static DATA_PATH_MAX]);

/* Says on stderr what is wrong with what, and returns `code`. */
int complain(int code, const char *what, const char *why);

#endif
