/* answering.h -- the presenter answers within the turn of whoever asked. */
#ifndef ENGINE_ANSWERING_H
#define ENGINE_ANSWERING_H

#include "engine/facts.h"
#include "engine/state.h"

/* A seat has left the meeting: an answer that it was giving is over. */
void answering_seat_leaves(const struct meeting *m, int64_t seat, struct facts *out);

#endif
