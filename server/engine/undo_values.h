/* undo_values.h -- what a step of undo keeps beside the course of the meeting: for the NAME_keep
 * and NAME_back of commands.  How steps are kept and taken back is undo.h's.
 */
#ifndef ENGINE_UNDO_VALUES_H
#define ENGINE_UNDO_VALUES_H

#include "engine/state.h"

/* What a command's own NAME_keep fills in, or sets to something else than its row in
 * protocol/commands/ says. */
struct keeping {
    struct fact_undo_kept *kept; /* `was` and `became`: what it sets beside the course. */
    bool memento;                /* The step keeps the course of the meeting. */
    bool table;                  /* It keeps the order of the table too, which the command moves. */
};

/* Whether the step knows what was and what the command made of it: both may have been blanked in
 * the journal. */
bool undo_has_values(const struct fact_undo_kept *kept);

/* The seat that the step names, if it is still there; 0: none. */
int64_t undo_seat(const struct meeting *m, const struct fact_undo_kept *kept);

#endif
