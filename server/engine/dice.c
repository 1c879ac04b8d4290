#include "engine/dice.h"

uint64_t dice_roll(uint64_t *dice)
{
    uint64_t z = (*dice += UINT64_C(0x9E3779B97F4A7C15));

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

struct uuid dice_id(uint64_t *dice)
{
    struct uuid id;

    for (size_t i = 0; i < sizeof(id.b); i++)
        id.b[i] = (uint8_t)dice_roll(dice);
    id.b[6] = (uint8_t)((id.b[6] & 0x0F) | 0x40);
    id.b[8] = (uint8_t)((id.b[8] & 0x3F) | 0x80);
    return id;
}
