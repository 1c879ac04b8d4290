/* framing.h -- the heads of WebSocket frames as a server sends them: RFC 6455, section 5.2. */
#ifndef NET_FRAMING_H
#define NET_FRAMING_H

#include <stdbool.h>
#include <stddef.h>

enum { FRAMING_HEAD_MAX = 10 };

enum opcode {
    OPCODE_CONTINUATION = 0,
    OPCODE_TEXT = 1,
    OPCODE_CLOSE = 8,
    OPCODE_PING = 9,
};

/* Writes the head of a frame whose payload has `len` bytes.
 *
 * last  the message ends with this frame
 * Returns how many bytes it has, FRAMING_HEAD_MAX at most. */
size_t framing_head(unsigned char *at, enum opcode opcode, bool last, size_t len);

#endif
