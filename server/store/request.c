#include "store/request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { ASKED_FIRST = 64 };

void reading_free(struct reading *r)
{
    if (!r)
        return;
    free(r->ids);
    free(r);
}

/* Whether a list of `count` has to grow: it does at 64, 128, 256 ... */
static bool is_full(size_t count)
{
    return count == 0 || (count >= ASKED_FIRST && (count & (count - 1)) == 0);
}

int ask_add(struct ask *a, const struct asked_meeting *one)
{
    if (is_full(a->count)) {
        size_t room = a->count ? 2 * a->count : ASKED_FIRST;
        struct asked_meeting *all = alloc_again(a->meetings, room, sizeof(*all));
        if (!all)
            return -ENOMEM;
        a->meetings = all;
    }
    a->meetings[a->count++] = *one;
    return 0;
}

int ask_add_erased(struct ask *a, const struct asked_erased *one)
{
    if (is_full(a->erased_count)) {
        size_t room = a->erased_count ? 2 * a->erased_count : ASKED_FIRST;
        struct asked_erased *all = alloc_again(a->erased, room, sizeof(*all));
        if (!all)
            return -ENOMEM;
        a->erased = all;
    }
    a->erased[a->erased_count++] = *one;
    return 0;
}

void ask_clear(struct ask *a)
{
    free(a->meetings);
    free(a->erased);
    *a = (struct ask){ 0 };
}

bool chunk_has_room(const struct chunk *c)
{
    return c->count < CHUNK_FACTS_MAX && c->used < CHUNK_BYTES;
}

/* Copies a string into the chunk. */
static int put(struct chunk *c, const char *string, ptrdiff_t *ret_at)
{
    *ret_at = -1;
    if (!string)
        return 0;
    size_t len = strlen(string) + 1;
    if (c->used + len > c->room) {
        size_t room = c->used + len > CHUNK_BYTES ? 2 * (c->used + len) : CHUNK_BYTES;
        char *bytes = alloc_again(c->bytes, room, 1);
        if (!bytes)
            return -ENOMEM;
        c->bytes = bytes;
        c->room = room;
    }
    memcpy(c->bytes + c->used, string, len);
    *ret_at = (ptrdiff_t)c->used;
    c->used += len;
    return 0;
}

int chunk_add(struct chunk *c, const struct journal_fact *fact)
{
    struct chunk_fact *to = &c->facts[c->count];

    *to = (struct chunk_fact){
        .seq = fact->seq, .at = fact->at, .wall = fact->wall, .rest = fact->rest
    };
    int error = put(c, fact->body, &to->body);
    if (!error)
        error = put(c, fact->text, &to->text);
    if (!error)
        error = put(c, fact->made, &to->made);
    if (error)
        return error;
    to->has_command = fact->command != NULL;
    if (fact->command)
        to->command = *fact->command;
    c->count++;
    return 0;
}
