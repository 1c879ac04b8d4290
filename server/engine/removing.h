/* removing.h -- a seat that was put at the table by mistake is taken away again. */
#ifndef ENGINE_REMOVING_H
#define ENGINE_REMOVING_H

#include "engine/facts.h"
#include "engine/state.h"

/* Adds the facts by which the seat is gone, unless somebody has used it since: sat down there,
 * written, or been given a task.  `then` is as in setting_back. */
void removing_back(struct meeting *then, int64_t seat, struct facts *out);

#endif
