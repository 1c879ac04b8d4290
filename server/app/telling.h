/* telling.h -- who hears what, and when: nothing before it is durable. */
#ifndef APP_TELLING_H
#define APP_TELLING_H

#include "app/room.h"

struct seat_token;

/* Sends a frame to a session once all that is submitted by now is durable; that is at once when
 * nothing is in flight.  Takes over the reference; NULL closes the session. */
void telling_answer(struct room *r, struct session *s, const struct uuid *re, struct frame *frame);

/* Answers a command that was accepted before, once its own last fact, number `seq`, is durable. */
void telling_again(struct room *r, struct session *s, struct uuid re, int64_t seq,
                   struct frame *frame);

/* Ends every session that holds the seat, once all that is submitted by now is durable.  A phone
 * that keeps another seat comes again instead. */
void telling_end(struct room *r, int64_t seat);

/* Ends every session whose phone is out of the meeting, once all that is submitted by now is
 * durable. */
void telling_end_outside(struct room *r);

/* Phones that have other seats since fact number `since`: one is shared from now on, or no longer,
 * or a seat of it is out or in again.  They are closed, come again, and their welcome says which
 * seats they have. */
void telling_moved(struct room *r, int64_t since);

/* Whether the session holds the seat and is not about to be closed. */
bool telling_holds(const struct session *s, int64_t seat);

/* Ends every session whose link is dead by now, once all that is submitted by now is durable. */
void telling_end_links(struct room *r);

/* Forgets the snapshots that were made, since the meeting is folded anew. */
void telling_forget(struct room *r);

/* The welcome of a role, with the seats of a phone.  The caller frees it; NULL when memory is
 * exhausted. */
char *telling_greeting(const struct room *r, enum role role, const struct seat_token *seats,
                       size_t count);

/* Sends a session its welcome when telling_answer would, and then the facts that it does not know
 * yet, or a snapshot. */
void telling_welcome(struct room *r, struct session *s, struct frame *welcome);

/* Answers a call of the HTTP interface at that moment too.  False when that was at once: then the
 * call was answered and is freed. */
bool telling_call(struct room *r, struct api_call *call);

/* Facts for this session were dropped (hub_ops.owed): it gets a snapshot as soon as one may leave.
 */
void telling_owed(struct room *r, struct session *s);

/* The room closes: whoever waits for an answer gets none, and hears `busy` where it is a request.
 */
void telling_drop(struct room *r);

/* What was submitted from number `first` on is lost: whoever waits for it hears not_saved. */
void telling_lost(struct room *r, int64_t first);

/* Something became durable, or nothing is in flight: tells all that may be told. */
void telling_flush(struct room *r);

/* The session joins those who hear this meeting's facts (false when memory is exhausted), and
 * leaves them. */
bool telling_enter(struct room *r, struct session *s);
void telling_leave(struct room *r, struct session *s);

#endif
