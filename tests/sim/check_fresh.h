/* check_fresh.h -- what a client has folded is what a fresh one of its kind is told. */
#ifndef SIM_CHECK_FRESH_H
#define SIM_CHECK_FRESH_H

#include "sim/peer.h"

/* Compares, where the client is up to date; else does nothing. */
void check_fresh(struct peer *p);

#endif
