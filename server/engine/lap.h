/* lap.h -- once round the table, and perhaps again. */
#ifndef ENGINE_LAP_H
#define ENGINE_LAP_H

#include "engine/facts.h"
#include "engine/state.h"

/* Adds the lap's beginning, with all who have not left in the part's order; its time ends at
 * `until`. */
void lap_begins(const struct meeting *m, int part, int64_t lap, int64_t laps, struct instant until,
                struct facts *out);

/* A part begins, and runs until `until`: adds its first lap, where its method goes in laps. */
void lap_part_begins(const struct meeting *m, int part, struct instant now, struct instant until,
                     struct facts *out);

/* Nobody waits any more.  Adds the lap's end, and the next lap with its first turn where one is
 * planned, unless everybody passed or it could not give everyone the floor time (methods.md,
 * spiral).
 *
 * passing  the turn that has just ended was passed */
void lap_over(const struct meeting *m, bool passing, const struct step *step, struct facts *out);

#endif
