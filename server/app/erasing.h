/* erasing.h -- meetings whose days are over, and those that are known to have been erased.
 *
 * A meeting is erased once a second has come in which it is due (engine/keep.h), by the server's
 * clock and by the clock on the wall: either may be wrong.  The journal goes first; then whoever is
 * connected hears `erased`, and when the last of them is gone the room is freed.
 */
#ifndef APP_ERASING_H
#define APP_ERASING_H

#include "app/room.h"

/* That a meeting was erased: the hash of its code, and when. */
struct erased {
    struct hash code;
    int64_t wall;
};

/* One that the journal names (journal_erased_fn; `app` is a struct app). */
void erasing_known(void *app, struct hash code, int64_t wall);

/* Whether the meeting of this code is erased. */
bool erasing_has(const struct app *app, const char *code);

/* Whether nothing of it is on its way: neither to the journal nor to people. */
bool erasing_rests(const struct room *r);

/* Whether its days are over.  False while something of it is on its way. */
bool erasing_is_due(const struct room *r);

/* Erases the meeting at once, also one that cannot be read; `call` is answered when that is done.
 * False when it is busy: then nothing was begun. */
bool erasing_now(struct room *r, struct api_call *call);

/* Erases what is due, and frees what is erased: each second. */
void erasing_tick(struct app *app);

#endif
