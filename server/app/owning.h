/* owning.h -- which meetings are this server's, where several share a journal (store/lease.h).
 *
 * A meeting is claimed before it is read: because somebody asks for it, or because nobody has it,
 * for somebody must wake it and, one day, erase it.  It is this server's until another one has it,
 * or the lease is out: then its room closes, whoever is in it is told to come again, and nothing
 * more is said of it.  A room that is not this server's and that nobody waits for is freed.
 *
 * Of a server that is alone (no app_options.lease) all meetings are its own.
 */
#ifndef APP_OWNING_H
#define APP_OWNING_H

#include "app/room.h"

/* Whether this server may answer just now.  Asked before anything is said of a meeting; closes the
 * rooms that it had when its lease has been out since it was asked last. */
bool owning_look(struct app *app);

/* The meeting of this code, as code_read gives it.  One that is not known here may be in the
 * journal: then it is STORED, and whoever waits for it hears whether it is there.  NULL: there is
 * none, or memory is exhausted. */
struct room *owning_seek(struct app *app, const char *code);

/* Whether the meeting is this server's: otherwise it must be claimed before it is read. */
bool owning_has(const struct room *r);

/* Claims it, and has it read then.  Where that cannot be asked for now, the tick tries again. */
void owning_claim(struct room *r);

/* It is not this server's any more: its room closes, at once or when the journal has answered. */
void owning_lose(struct room *r);

/* The same once the journal has nothing of it to read or to erase. */
void owning_close(struct room *r);

/* Gives a meeting up that is wanted elsewhere: everybody in it comes by one other server, and has
 * for OWNING_WANTED_MS.  That one will claim it, since their way there is lost.  Called each
 * second. */
enum { OWNING_WANTED_MS = 5000 };
void owning_give(struct room *r, int64_t now);

/* Takes what the lease has answered. */
void owning_collect(struct app *app);

/* Asks what nobody has: each second, and as soon as what was named before has been read. */
void owning_go_on(struct app *app);

/* Whether all that nobody had has been taken. */
bool owning_settled(const struct app *app);

/* The server is stopping, and nothing is on its way to the journal: gives all meetings up.  Once
 * that is done, or where there is nothing to give up, owning_has_left. */
void owning_leave(struct app *app);
bool owning_has_left(const struct app *app);

#endif
