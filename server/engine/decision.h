/* decision.h -- the seven answers of the decision record. */
#ifndef ENGINE_DECISION_H
#define ENGINE_DECISION_H

#include "engine/facts.h"
#include "engine/state.h"

/* Whether the answer says something, or says that it is not settled. */
bool decision_filled(const struct meeting *m, enum answer answer);

#endif
