#include "engine/reader.h"

bool reader_holds(const struct reader *reader, int64_t seat)
{
    for (size_t i = 0; i < reader->own_count; i++)
        if (reader->own[i] == seat)
            return true;
    return false;
}

bool reader_wrote(const struct reader *reader, int64_t seat, struct hash handset)
{
    return reader->role == ROLE_PHONE && reader_holds(reader, seat) &&
           hash_same(reader->handset, handset);
}
