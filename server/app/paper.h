/* paper.h -- from a meeting as it stands to its minutes. */
#ifndef APP_PAPER_H
#define APP_PAPER_H

#include "engine/state.h"
#include "minutes/minutes.h"

/* Writes the minutes of an edition in a format, for a preview with what was found in them; the
 * caller frees them.  `now` is in ms since 1970,
 * `ret_len` in bytes: none where the minutes have nothing for that format.  The dictionary is
 * borrowed, or NULL.  NULL when memory is exhausted. */
char *paper_write(const struct meeting *m, const char *code, int64_t now,
                  struct dictionary *dictionary, enum edition edition, bool preview,
                  const struct minutes_format *format, size_t *ret_len);

/* What a chief with whom the meeting is shared reads of it (minutes/card.h), as JSON; the caller
 * frees it.  NULL when memory is exhausted. */
char *paper_card(const struct meeting *m, struct dictionary *dictionary);

/* What is kept of a meeting that is over for when it has been forgotten: the next one's agenda, as
 * a file, with nobody's name (wire/api_json.h, minutes/kept.h); the caller frees it.  NULL when
 * memory is exhausted. */
char *paper_kept(const struct meeting *m);

/* The day, where the meeting is, of a moment in ms since 1970.  False when memory is exhausted. */
enum { PAPER_DAY_ROOM = 11 }; /* "2026-11-17" */
bool paper_day(const struct meeting *m, int64_t wall, char ret_day[static PAPER_DAY_ROOM]);

#endif
