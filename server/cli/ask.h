/* ask.h -- one HTTP request to a running server, as the command line asks it. */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include <stdbool.h>
#include <stddef.h>

enum { AUTHORITY_ROOM = 300 };

/* "http://localhost:8080/" -> "localhost:8080", with ":80" where no port is named.  False, and
 * nothing of use written, for what cannot be asked. */
bool ask_authority(const char *url, char ret_authority[static AUTHORITY_ROOM]);

/* The host of an authority, without the brackets of IPv6; returns its port. */
int ask_split(const char *authority, char ret_host[static AUTHORITY_ROOM]);

/* Posts JSON and returns the body of the answer, to be freed; NULL when nobody answers.
 *
 * key  what the server may want as Bearer, or NULL */
char *ask_post(const char *authority, const char *path, const char *key, const char *body);

#endif
