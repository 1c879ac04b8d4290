/* stranding.h -- those who are in meetings of a server whose lease is out, while the database is
 * away for all.
 *
 * Nothing more is said to them of their meetings, and what they say is not heard: their pages go on
 * showing what they have, and boards, consoles and scribes are told each second that nothing is
 * saved.  Once there is a lease again, here or, as others say, elsewhere, they are sent away to
 * come again.  Where servers do not speak with each other nobody knows whether others go on, and
 * they are sent away at once.
 */
#ifndef APP_STRANDING_H
#define APP_STRANDING_H

#include "app/room.h"

/* The room is not this server's any more: those who are in it strand, or are sent away. */
void stranding_leave(struct room *r);

/* Whether this server has no lease and nobody is known who has one: then those who are held because
 * nobody leads their meeting (relay.h) go on waiting. */
bool stranding_is(const struct app *app);

/* Each second. */
void stranding_tick(struct app *app);

#endif
