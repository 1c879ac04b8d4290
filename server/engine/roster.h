/* roster.h -- the seats at the table: who sits there, and which phone holds each. */
#ifndef ENGINE_ROSTER_H
#define ENGINE_ROSTER_H

#include "engine/facts.h"
#include "engine/state.h"

/* Whether there is such a seat at the table. */
bool roster_has(const struct meeting *m, int64_t seat);

/* The seat's data; the seat must have been there. */
const struct seat_state *roster_seat(const struct meeting *m, int64_t seat);

/* The seat that this token or one-time link opens, 0 for none; `ret_link` says whether it was a
 * link.  Compares in constant time. */
int64_t roster_by_token(const struct meeting *m, struct hash token, bool *ret_link);

/* The seats that the phone with this hash of its id holds, LIMIT_SEATS_A_PHONE at most. */
size_t roster_by_handset(const struct meeting *m, struct hash handset,
                         int64_t ret_seats[static LIMIT_SEATS_A_PHONE]);

/* The phone to which belongs what is written now for the seat, by itself or for whoever sits there;
 * false when no phone holds the seat. */
bool roster_writer(const struct meeting *m, const struct context *context, int64_t seat,
                   struct hash *ret_handset);

/* The same of a fact that does not say it, being of an earlier release: the phone that had the seat
 * then.  All zero, which no phone is, when none had. */
struct hash roster_handset(const struct meeting *m, int64_t seat);

/* The seat whose phone this one is at: its own, unless it shares another's. */
int64_t roster_host(const struct meeting *m, int64_t seat);

/* The meeting is over: one-time links that nobody has used open no seat any more. */
void roster_close(struct meeting *m);

#endif
