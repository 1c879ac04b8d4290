/* lap.h -- once round the table, and perhaps again. */
#ifndef ENGINE_LAP_H
#define ENGINE_LAP_H

#include "engine/facts.h"
#include "engine/state.h"

/* Whether the person at the seat speaks in the part's laps, in a turn of their own or in one that
 * is taken together: not those who have left, nor a presenter or facilitator who takes no turn
 * there (`presenter_turn`, `facilitator_turn`). */
bool lap_takes(const struct meeting *m, int part, int64_t seat);

/* Whether the seat has a turn of its own in the part's laps: lap_takes, and nobody else's turn is
 * taken together with it (together.h).  Example: three at one phone who take it together: lap_takes
 * is true of all three, lap_gives of the seat whose phone it is alone. */
bool lap_gives(const struct meeting *m, int part, int64_t seat);

/* What lap_takes would say of somebody with this function who is about to sit down. */
bool lap_takes_newcomer(const struct meeting *m, int part, const struct text *function);

/* How many people speak in the part's laps (lap_takes). */
int64_t lap_people(const struct meeting *m, int part);

/* Whether those whose hands are up come first in the part's laps. */
bool lap_volunteers(const struct meeting *m, int part);

/* Adds the beginning of lap `lap` of `laps`, with the seats that have a turn in it, in the part's
 * order (`start`).  Its time ends at `until`. */
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
