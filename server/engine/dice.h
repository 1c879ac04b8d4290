/* dice.h -- more random numbers from the one that came with the command: the engine casts none. */
#ifndef ENGINE_DICE_H
#define ENGINE_DICE_H

#include <stdint.h>

#include "base/ids.h"

/* The next number of the sequence (splitmix64), whose state `dice` is. */
uint64_t dice_roll(uint64_t *dice);

/* A new id that says nothing of any other: a random one by its form (RFC 9562, version 4). */
struct uuid dice_id(uint64_t *dice);

#endif
