/* links.h -- the links of a meeting, as the one who made it reads them in a terminal. */
#ifndef CLI_LINKS_H
#define CLI_LINKS_H

#include <stdbool.h>

/* Prints the links of POST /api/meetings' answer, and the join link as a QR code.  False when
 * `json` is no such answer. */
bool links_print(const char *json);

/* Prints the link that was made anew for a role, also as a QR code.  False when `json` is no such
 * answer. */
bool links_print_anew(const char *json, const char *role);

/* Prints the link of the chief of several schools, and the code of it. */
void links_print_chief(const char *link, const char *code);

#endif
