/* reader.h -- who reads a snapshot: what a role may not see is not in it. */
#ifndef ENGINE_READER_H
#define ENGINE_READER_H

#include <stdbool.h>

#include "protocol.gen.h"

/* A role, and for a phone which one it is (see seat_state) and the seats that it holds. */
struct reader {
    enum role role;
    struct hash handset;
    size_t own_count;
    int64_t own[LIMIT_SEATS_A_PHONE];
};

/* Whether the reader's phone holds the seat. */
bool reader_holds(const struct reader *reader, int64_t seat);

/* Whether this is the phone on which something private was written for the seat.  Another phone of
 * that seat is not. */
bool reader_wrote(const struct reader *reader, int64_t seat, struct hash handset);

#endif
