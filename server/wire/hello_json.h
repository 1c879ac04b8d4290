/* hello_json.h -- a hello as a client's frame, and the server's answer to it, as one server reads
 * and writes them that passes clients on to another (protocol/frames).
 */
#ifndef WIRE_HELLO_JSON_H
#define WIRE_HELLO_JSON_H

#include "wire/frame_json.h"

/* The frame that says it, which the caller frees; NULL when memory is exhausted. */
char *hello_write(const struct hello *hello);

enum greeting {
    GREETING_NOT,     /* It is another frame. */
    GREETING_WELCOME, /* `ret_seats` has its seats, each with its token where that is new. */
    GREETING_REFUSED,
};

/* Reads a frame of a server of ours. */
enum greeting greeting_read(const char *bytes, size_t len,
                            struct seat_token ret_seats[static LIMIT_SEATS_A_PHONE],
                            size_t *ret_count);

/* Whether the frame answers a command, and then the command's id. */
bool reply_id(const char *bytes, size_t len, struct uuid *ret_re);

#endif
