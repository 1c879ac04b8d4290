/* door.h -- who may come in: a closed door, and a seat that another phone holds.
 *
 * A phone that may not come in at once knocks, by a name that is made of its own id, for that id
 * opens its seat and its private notes and is nobody's to know; the console answers.  The answer
 * holds for what was asked: a seat that was claimed, or a place at the table.
 */
#ifndef ENGINE_DOOR_H
#define ENGINE_DOOR_H

#include "engine/facts.h"
#include "engine/state.h"

/* What the console knows a phone by that waits.  Nothing else can be made of it. */
struct uuid door_name(struct hash handset);

/* Whether a phone that comes new may take a seat: REFUSED_NOT, or why not. */
enum refusal door_lets_in(const struct meeting *m, const struct command_seat_join *c);

/* Whether it may take the seat that it claims from the phone that holds it. */
enum refusal door_lets_take(const struct meeting *m, const struct command_seat_join *c);

/* Whether a phone that is out may have the seat that it claims. */
enum refusal door_lets_back(const struct meeting *m, const struct command_seat_join *c);

/* A phone gets a seat, or is let in otherwise than at the door: adds the fact by which the console
 * hears that it waits no more, if it did. */
void door_in(const struct meeting *m, struct hash handset, struct facts *out);

/* The phone of this name holds a seat now: forgets its knock and the answer to it. */
void door_forget(struct meeting *m, struct uuid name);

/* The phone is out, from now on: what the console has answered it before counts no more. */
void door_spent(struct meeting *m, struct hash handset);

/* Forgets every knock: the meeting is over. */
void door_clear(struct meeting *m);

#endif
