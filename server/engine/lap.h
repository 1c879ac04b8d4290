/* lap.h -- once round the table, and perhaps again. */
#ifndef ENGINE_LAP_H
#define ENGINE_LAP_H

#include "engine/facts.h"
#include "engine/state.h"

/* Whether the seat gets a turn in the part's laps: it has not left, and is not that of a presenter
 * or facilitator who goes without one there. */
bool lap_takes(const struct meeting *m, int part, int64_t seat);

/* Whether that turn is its own, and not one that it takes together with others (together.h). */
bool lap_gives(const struct meeting *m, int part, int64_t seat);

/* Whether somebody with this function who is about to sit down gets a turn in the part's laps. */
bool lap_takes_newcomer(const struct meeting *m, int part, const struct text *function);

/* How many do. */
int64_t lap_people(const struct meeting *m, int part);

/* Whether those whose hands are up come first in the part's laps. */
bool lap_volunteers(const struct meeting *m, int part);

/* Adds the lap's beginning, with all who take a turn in the part's order; its time ends at
 * `until`. */
void lap_begins(const struct meeting *m, int part, int64_t lap, int64_t laps, struct instant until,
                struct facts *out);

/* A part begins, and runs until `until`: adds its first lap, where its method goes in laps. */
void lap_part_begins(const struct meeting *m, int part, struct instant now, struct instant until,
                     struct facts *out);

/* Nobody waits any more.  Adds the lap's end, and the next lap with its first turn where one is
 * planned, unless everybody passed or it could not give everyone the floor time (spiral, in
 * protocol/methods/README.md).
 *
 * passing  the turn that has just ended was passed
 * leaving  a seat that is leaving the meeting, and in no lap any more; 0: none */
void lap_over(const struct meeting *m, bool passing, int64_t leaving, const struct context *context,
              struct facts *out);

#endif
