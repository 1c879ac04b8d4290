/* notes.h -- private notes, which are kept for a day after the end and then gone for good. */
#ifndef ENGINE_NOTES_H
#define ENGINE_NOTES_H

#include "engine/facts.h"
#include "engine/state.h"

/* A fact that holds a private text, the newest one, is to be blanked with the notes.  There must
 * be room for its number, and for those of all facts of one command; false when memory is
 * exhausted. */
bool notes_text_room(struct meeting *m);
void notes_text_kept(struct meeting *m);

/* When they are to go; false while the meeting goes on, and where there are none. */
bool notes_wake_at(const struct meeting *m, struct instant *ret_at);

/* Blanks every text of a note, also of those that were removed; REFUSED_TOO_EARLY before. */
enum refusal notes_expire(const struct meeting *m, struct instant now, struct facts *out);

#endif
