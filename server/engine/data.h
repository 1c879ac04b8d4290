/* data.h -- figures, links and texts that a school's leader presents. */
#ifndef ENGINE_DATA_H
#define ENGINE_DATA_H

#include "engine/facts.h"
#include "engine/state.h"

/* The figures with this id, or NULL. */
const struct exhibit *data_find(const struct meeting *m, struct uuid id);

/* Whether a fact is about figures that the room has not seen; a text it has, by reading it. */
bool data_is_unseen(const struct meeting *m, const struct fact *f);

#endif
