/* data.h -- figures and links that a school's leader presents. */
#ifndef ENGINE_DATA_H
#define ENGINE_DATA_H

#include "engine/facts.h"
#include "engine/state.h"

/* The figures with this id, or NULL. */
const struct figure *data_find(const struct meeting *m, struct uuid id);

/* Keeps the figures with this id, if they are there. */
void data_keep(const struct meeting *m, struct uuid id, struct setting *was);

/* Adds the fact by which they are there again, if there is room. */
void data_back(const struct meeting *m, const struct setting *was, struct facts *out);

#endif
