#include "engine/seats.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

bool seats_reserve(struct seats *s, size_t room)
{
    if (room <= s->room)
        return true;
    size_t more = s->room * 2 > room ? s->room * 2 : room;
    int64_t *at = alloc_again(s->at, more, sizeof(*at));
    if (!at)
        return false;
    s->at = at;
    s->room = more;
    return true;
}

void seats_free(struct seats *s)
{
    free(s->at);
    *s = (struct seats){ 0 };
}

bool seats_have(const struct seats *s, int64_t seat)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i] == seat)
            return true;
    return false;
}

void seats_push(struct seats *s, int64_t seat)
{
    assert(seat > 0);
    if (seats_have(s, seat))
        return;
    assert(s->count < s->room);
    s->at[s->count++] = seat;
}

void seats_take(struct seats *s, int64_t seat)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->at[i] != seat)
            continue;
        s->count--;
        memmove(&s->at[i], &s->at[i + 1], (s->count - i) * sizeof(s->at[0]));
        return;
    }
}

void seats_set(struct seats *s, const struct ints *order)
{
    assert(order->count <= s->room);
    s->count = order->count;
    if (order->count > 0)
        memcpy(s->at, order->at, order->count * sizeof(s->at[0]));
}

bool seats_copy(const struct seats *s, struct ints *ret_order)
{
    int64_t *at = alloc_many(s->count, sizeof(*at));

    if (!at)
        return false;
    if (s->count > 0)
        memcpy(at, s->at, s->count * sizeof(*at));
    *ret_order = (struct ints){ .count = s->count, .at = at };
    return true;
}

bool seats_permuted(const struct seats *s, const struct ints *order)
{
    if (order->count != s->count)
        return false;
    for (size_t i = 0; i < order->count; i++) {
        if (!seats_have(s, order->at[i]))
            return false;
        for (size_t k = 0; k < i; k++)
            if (order->at[k] == order->at[i])
                return false;
    }
    return true;
}
