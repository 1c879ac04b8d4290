/* chief.h -- with which chiefs of several schools the leader shares what was agreed. */
#ifndef ENGINE_CHIEF_H
#define ENGINE_CHIEF_H

#include "base/chief.h"
#include "engine/state.h"

/* Whether the chief with this code, as chief_code_of writes it, may read what was agreed. */
bool chief_is_allowed(const struct meeting *m, const char *code);

/* The chief whom the agenda proposes, as chief_code_of writes it; false where it proposes none. */
bool chief_proposed(const struct agenda *a, char ret_code[static CHIEF_CODE_CHARS + 1]);

#endif
