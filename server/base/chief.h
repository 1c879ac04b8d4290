/* chief.h -- the code by which leaders know a chief of several schools.
 *
 * The chief's link has a secret like every other.  The code is made of its hash, so that nothing of
 * the chief need be kept: a meeting that is shared keeps the code, and whoever comes with the
 * secret has the code in it.  It opens nothing by itself, and may be read aloud, printed and sent.
 *
 * 15 letters of the alphabet of join codes stand for 74 bits of the hash, too many to look for a
 * secret that has the same; the sixteenth tells a slip of the hand: one wrong letter, or two that
 * have changed places.
 */
#ifndef BASE_CHIEF_H
#define BASE_CHIEF_H

#include "base/ids.h"

enum { CHIEF_CODE_CHARS = 19 /* XXXX-XXXX-XXXX-XXXX */ };

/* The code of whoever has the secret with this hash, with a NUL behind it. */
void chief_code_of(struct hash secret, char ret_code[static CHIEF_CODE_CHARS + 1]);

/* Reads a code as people write it: in either case, with blanks and dashes wherever they stand.
 * False, and nothing written, if it is none. */
bool chief_code_read(const char *chars, size_t len, char ret_code[static CHIEF_CODE_CHARS + 1]);

#endif
