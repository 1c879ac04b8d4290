/* reader.h -- who reads a snapshot: what a role may not see is not in it. */
#ifndef ENGINE_READER_H
#define ENGINE_READER_H

#include <stdbool.h>

#include "protocol.gen.h"

/* A role, and for a phone the seats that it holds. */
struct reader {
    enum role role;
    size_t own_count;
    int64_t own[LIMIT_SEATS_A_PHONE];
};

/* Whether the reader's phone holds the seat. */
bool reader_holds(const struct reader *reader, int64_t seat);

#endif
