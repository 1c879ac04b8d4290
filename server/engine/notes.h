/* notes.h -- private notes, which are kept for a day after the end and then gone for good. */
#ifndef ENGINE_NOTES_H
#define ENGINE_NOTES_H

#include "engine/facts.h"
#include "engine/state.h"

/* For facts that hold a private text, a note's or a pair's: their numbers are remembered, so that
 * all of them can be blanked.  notes_text_room makes room before such a fact is applied, for as
 * many as one command may have; false when memory is exhausted.  notes_text_kept then remembers the
 * newest fact. */
bool notes_text_room(struct meeting *m);
void notes_text_kept(struct meeting *m);

/* When the private texts are to be blanked; false while the meeting goes on, and where there are
 * none. */
bool notes_wake_at(const struct meeting *m, struct instant *ret_at);

/* Adds the fact that blanks every private text, also of notes that were removed.
 * REFUSED_TOO_EARLY before notes_wake_at. */
enum refusal notes_expire(const struct meeting *m, struct instant now, struct facts *out);

#endif
