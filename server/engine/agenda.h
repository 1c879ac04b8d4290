/* agenda.h -- the plan of a meeting: its parts in order, and the time each may take. */
#ifndef ENGINE_AGENDA_H
#define ENGINE_AGENDA_H

#include "engine/state.h"

/* Lengths in the plan, in milliseconds. */
enum {
    INTRO_TURN_MIN_MS = 15000, /* The shortest turn of a presentation round. */
    PART_MIN_MS = 60000,  /* The least for a part that has no minutes of its own, or comes again. */
    SHARE_STEP_MS = 5000, /* A share of a lap is rounded down to whole steps of it. */
    PLAN_STEP_MS = 30000, /* So are minutes that the agenda does not give. */
};

/* Whether an agenda can be run: it has a part, each item has one, no id of a part stands twice,
 * and each `shares` names another part.  On false `ret_field` is the field at fault, a static
 * string. */
bool agenda_sound(const struct agenda *a, const char **ret_field);

/* Lays the parts of m->agenda out in m->parts, with the time each may take.
 *
 * A part without minutes of its own gets an equal share of what its item has left over, in
 * whole 30 s and never under a minute; one that shares another part's minutes gets none until it
 * begins.  Optional parts start off, unless the agenda says on. */
void agenda_lay_out(struct meeting *m);

/* Lays the parts of any agenda out in an array of PARTS_MAX and returns how many they are.  They
 * point into `a`, which must outlive them. */
size_t agenda_plan(const struct agenda *a, struct progress_state *ret_parts);

/* What all items take, as people were told. */
struct span agenda_length(const struct agenda *a);

/* The index of the part with this id, or PART_NONE. */
int agenda_find(const struct meeting *m, const struct text *id);

/* The part after, or before, `part` that is on; PART_NONE at the end.  From PART_NONE: the
 * first, or the last. */
int agenda_after(const struct meeting *m, int part);
int agenda_before(const struct meeting *m, int part);

/* The shortest turn that the part allows: its own setting, else 15 s in a presentation round, else
 * its method's. */
struct span agenda_turn_min(const struct part *p);

#endif
