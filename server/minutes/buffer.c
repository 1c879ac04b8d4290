#include "minutes/buffer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static bool make_room(struct buffer *b, size_t more)
{
    if (b->failed)
        return false;
    if (more <= b->room - b->len)
        return true;
    size_t room = b->room ? b->room * 2 : 1024;
    while (room - b->len < more)
        room *= 2;
    char *grown = alloc_again(b->at, room, 1);
    if (!grown) {
        b->failed = true;
        return false;
    }
    b->at = grown;
    b->room = room;
    return true;
}

void buffer_add(struct buffer *b, const char *bytes, size_t len)
{
    assert(bytes || len == 0);
    if (len == 0 || !make_room(b, len))
        return;
    memcpy(b->at + b->len, bytes, len);
    b->len += len;
}

void buffer_say(struct buffer *b, const char *string)
{
    buffer_add(b, string, strlen(string));
}

char *buffer_take(struct buffer *b, size_t *ret_len)
{
    char *bytes = NULL;

    if (make_room(b, 1)) {
        b->at[b->len] = '\0';
        bytes = b->at;
        *ret_len = b->len;
        b->at = NULL;
    }
    buffer_release(b);
    return bytes;
}

void buffer_release(struct buffer *b)
{
    free(b->at);
    *b = (struct buffer){ 0 };
}
