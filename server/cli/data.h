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

enum { DATA_INLET_MAX = 64 };

/* Writes a path of the socket by which whoever runs the server asks it for something; the path is
 * short, however long the folder's is, and holds as long as this process does.  0, or an exit code
 * after saying what is wrong. */
int data_inlet(const char *data, char ret_path[static DATA_INLET_MAX]);

/* Says on stderr what is wrong with what, and returns `code`. */
int complain(int code, const char *what, const char *why);

/* The same in words of one's own. */
int complain_of(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Keeps the first complaint from here on instead of saying it, in `ret_words`, which is emptied;
 * with NULL they are said again. */
void complaint_keep(char *ret_words, size_t room);

#endif
