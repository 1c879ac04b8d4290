/* check_public.h -- what is published of a meeting that people have led at random. */
#ifndef SIM_CHECK_PUBLIC_H
#define SIM_CHECK_PUBLIC_H

#include "sim/sim.h"

/* Nobody's name is in the public minutes unless somebody let it stand, whatever people wrote; and a
 * phone does not get them before they have been published. */
void check_public(struct sim *s);

#endif
