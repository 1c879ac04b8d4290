/* resting.h -- a meeting that nobody uses is in the journal alone.  It is read when somebody asks
 * for it, who waits meanwhile, and leaves memory again when it was not asked for in a while.
 *
 * After a start each meeting is read once, so that what has a deadline is woken and what is damaged
 * is named; whoever comes is not kept waiting by that. */
#ifndef APP_RESTING_H
#define APP_RESTING_H

#include "app/asking.h"
#include "app/room.h"

/* Whether whoever asks for this meeting has to wait until it has been read. */
bool resting_is(const struct room *r);

/* Has the meeting read, and says the hello again to the application then.  The session must be in
 * no room.  False when memory is exhausted. */
bool resting_hello(struct room *r, struct session *s, const struct hello *hello);

/* Has the meeting read, and asks again then; what app_api returns. */
struct api_call *resting_call(const struct asking *a, struct room *r);

/* What is known of the meeting, also while it is not in memory; false when nothing is: it was not
 * read yet, or cannot be. */
bool resting_brief(const struct room *r, struct brief *ret_brief);

/* The session is gone, or closed: it waits for no meeting any more. */
void resting_leave(struct session *s);

/* It has been read, or cannot be, or not now, or is erased: whoever waited is answered. */
void resting_over(struct room *r);

/* Nobody may have asked for it: it was read because of a start.  Then it leaves memory at once. */
void resting_again(struct room *r);

/* Once a second: what nobody uses leaves memory, and what somebody waits for is asked for again
 * where the journal was too busy. */
void resting_tick(struct app *app, int64_t now);

/* Passes all who wait on, where there is a way (room.way); those whom another server has passed on
 * must look again from there. */
void resting_pass(struct room *r);

/* Refuses those who have waited for long enough. */
void resting_expire(struct room *r, int64_t now);

/* Frees those who wait without a word; their calls are the caller's. */
void resting_forget(struct room *r);

#endif
