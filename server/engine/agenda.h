/* agenda.h -- the plan of a meeting: its parts in order, and the time each may take. */
#ifndef ENGINE_AGENDA_H
#define ENGINE_AGENDA_H

#include "engine/state.h"

/* Milliseconds that one part gets when nothing else says. */
enum {
    INTRO_TURN_MIN_MS = 15000, /* The shortest turn of a presentation round. */
    PART_MIN_MS = 60000,
    SHARE_STEP_MS = 5000,
    PLAN_STEP_MS = 30000,
};

/* Whether an agenda can be run: ids that are there once, at least one part, items with at
 * least one part, `shares` that names another part.  False names the field at fault. */
bool agenda_sound(const struct agenda *a, const char **ret_field);

/* Lays the parts of m->agenda out in m->parts, with the time each may take.
 *
 * A part without minutes of its own gets an equal share of what its item has left over, in
 * whole 30 s and never under a minute; one that shares another part's minutes gets none until it
 * begins.  Optional parts start off, unless the agenda says on. */
void agenda_lay_out(struct meeting *m);

/* The same of an agenda that is not the meeting's, into an array of PARTS_MAX; how many they are.
 */
size_t agenda_plan(const struct agenda *a, struct progress_state *ret_parts);

/* The index of the part with this id, or PART_NONE. */
int agenda_find(const struct meeting *m, const struct text *id);

/* The part after, or before, `part` that is on; PART_NONE at the end.  From PART_NONE: the
 * first, or the last. */
int agenda_after(const struct meeting *m, int part);
int agenda_before(const struct meeting *m, int part);

/* The smallest turn that the part allows. */
struct span agenda_turn_min(const struct part *p);

#endif
