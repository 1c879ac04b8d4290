/* chiefs.h -- which meetings are shared with which chief of several schools.
 *
 * Nothing is kept of a chief: the meetings that are shared hold their codes, and this is the way
 * back, in memory, so that no meeting need be looked at that is not shared.  It follows what the
 * meetings say: once for each that is read from the journal, and at each consent given or taken
 * back.
 */
#ifndef APP_CHIEFS_H
#define APP_CHIEFS_H

#include "app/asking.h"
#include "base/chief.h"

struct chief_entry {
    char code[CHIEF_CODE_CHARS + 1];
    struct room *room;
};

/* Makes room for `more` entries; false when memory is exhausted. */
bool chiefs_reserve(struct app *app, size_t more);

/* Takes in with whom the room's meeting is shared now, and nothing where it is erased.  There must
 * be room. */
void chiefs_follow(struct room *r);

/* The room is not this server's any more: chiefs read nothing of it here. */
void chiefs_drop(struct room *r);

/* What was made for chiefs of the meeting as it stood counts no more: it is folded anew. */
void chiefs_forget_card(struct room *r);

/* GET /api/chief: what the bearer may read.  Who has a secret that nobody shares with hears the
 * same as who has made one up: nothing. */
struct api_call *chiefs_answer(const struct asking *a);

/* POST /api/chiefs: a link and its code; nothing is kept of it. */
struct api_call *chiefs_make(const struct asking *a);

#endif
