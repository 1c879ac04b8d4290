/* code.h -- the code of a meeting, as people hand it on.
 *
 * Pages read one by the same rule (web/shared/code.js); tests/vectors/codes.json holds both to it.
 */
#ifndef BASE_CODE_H
#define BASE_CODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ids.h"

enum { CODE_TEXT_MAX = 2048 }; /* Bytes in which a code is looked for. */

/* A new join code, as "XXXX-XXXX". */
void code_new(char ret_chars[static CODE_CHARS + 1]);

/* Finds the code in what somebody typed or pasted and brings it to the form above; false, and
 * nothing written, if there is none.
 *
 * It may stand alone, in any case, with or without its dash, or in a link or a sentence, with
 * whatever a mail or a chat has put round it. */
bool code_read(const char *chars, size_t len, char ret_chars[static CODE_CHARS + 1]);

/* Whether `len` bytes are a code and nothing else, as addresses have it: in any case, with its dash
 * or without. */
bool code_alone(const char *chars, size_t len);

#endif
