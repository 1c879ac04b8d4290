/* trunk_key.h -- the key by which several servers know each other (--cluster-key-file). */
#ifndef CLI_TRUNK_KEY_H
#define CLI_TRUNK_KEY_H

#include "base/ids.h"

/* Reads it from a file: TRUNK_KEY_MIN_CHARS at least, whatever they are, without white space around
 * them.  `ret_mark` tells one key from another, and nothing of either.  Returns 0, or an exit code
 * after a complaint: also where others than the file's owner and group can read it. */
enum { TRUNK_KEY_MIN_CHARS = 32 };
int trunk_key_read(const char *path, struct hash *ret_key, char ret_mark[static HASH_CHARS + 1]);

#endif
