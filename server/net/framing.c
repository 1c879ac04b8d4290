#include "net/framing.h"

#include <stdint.h>

enum { LAST = 0x80, IN_TWO_BYTES = 126, IN_EIGHT_BYTES = 127 };

/* Big end first. */
static void number(unsigned char *at, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        at[i] = (unsigned char)(value >> 8 * (bytes - 1 - i));
}

size_t framing_head(unsigned char *at, enum opcode opcode, bool last, size_t len)
{
    at[0] = (unsigned char)((last ? LAST : 0) | (int)opcode);
    if (len < IN_TWO_BYTES) {
        at[1] = (unsigned char)len;
        return 2;
    }
    size_t wide = len <= UINT16_MAX ? 2 : 8;
    at[1] = wide == 2 ? IN_TWO_BYTES : IN_EIGHT_BYTES;
    number(at + 2, len, wide);
    return 2 + wide;
}
