/* recap.h -- what a lap of a spiral came to, in the scribe's words. */
#ifndef ENGINE_RECAP_H
#define ENGINE_RECAP_H

#include "engine/state.h"

/* The recap of a part's lap, or NULL where none was written. */
const struct recap *recap_find(const struct meeting *m, int part, int64_t lap);

#endif
