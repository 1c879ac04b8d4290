/* telling.h -- who hears what, and when: nothing before it is durable. */
#ifndef APP_TELLING_H
#define APP_TELLING_H

#include "app/floor.h"

/* Sends a frame to a session once all that is submitted by now is durable: at once when nothing is
 * in flight.  Takes over the reference; NULL closes the session. */
void telling_answer(struct floor *f, struct session *s, const struct uuid *re, struct frame *frame);

/* The same for a session's welcome; what it does not know yet follows. */
void telling_welcome(struct floor *f, struct session *s, struct frame *welcome);

/* Answers a call of the HTTP interface then; false when it was answered at once, and is gone. */
bool telling_call(struct floor *f, struct api_call *call);

/* Owes a session a snapshot. */
void telling_owed(struct floor *f, struct session *s);

/* What was submitted from number `first` on is lost: whoever waits for it hears not_saved. */
void telling_lost(struct floor *f, int64_t first);

/* Something became durable, or nothing is in flight: tells all that may be told. */
void telling_flush(struct floor *f);

/* The session joins those who hear this meeting's facts, and leaves them. */
bool telling_enter(struct floor *f, struct session *s);
void telling_leave(struct floor *f, struct session *s);

/* Tells who is connected, to all but phones. */
void telling_presence(struct floor *f);

/* Closes every session that holds the seat, but one, saying why. */
void telling_dismiss(struct floor *f, int64_t seat, const struct session *but, enum refusal why);

#endif
