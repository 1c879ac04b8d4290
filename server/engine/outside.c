#include "engine/outside.h"

#include <assert.h>

#include "base/alloc.h"

static bool is_barred(const struct meeting *m, struct hash handset, int64_t seat)
{
    for (size_t i = 0; i < m->outsider_count; i++)
        if (m->outsiders[i].seat == seat && hash_same(m->outsiders[i].handset, handset))
            return true;
    return false;
}

bool outside_barred(const struct meeting *m, int64_t seat)
{
    assert(seat >= 1 && seat <= (int64_t)m->seat_count);
    return is_barred(m, m->seats[seat - 1].handset, seat);
}

int64_t outside_of(const struct meeting *m, struct hash handset)
{
    int64_t out = 0;

    for (size_t i = 0; i < m->outsider_count && out == 0; i++)
        if (hash_same(m->outsiders[i].handset, handset))
            out = m->outsiders[i].seat;
    for (size_t i = 0; i < m->seat_count; i++) {
        const struct seat_state *s = &m->seats[i];
        int64_t seat = (int64_t)i + 1;
        if (s->removed || !hash_same(s->handset, handset))
            continue;
        if (s->held && !is_barred(m, handset, seat))
            return 0;
        if (out == 0 && s->linked && !s->held)
            out = seat;
    }
    return out;
}

static void take_out(struct meeting *m, size_t at)
{
    m->outsiders[at] = m->outsiders[--m->outsider_count];
}

void outside_seat_returns(struct meeting *m, int64_t seat)
{
    for (size_t i = m->outsider_count; i > 0; i--)
        if (m->outsiders[i - 1].seat == seat &&
            hash_same(m->outsiders[i - 1].handset, m->seats[seat - 1].handset))
            take_out(m, i - 1);
}

bool outside_room(struct meeting *m)
{
    if (m->outsider_count < m->outsider_room)
        return true;
    size_t room = m->outsider_room * 2 + 4;
    struct outsider *outsiders = alloc_again(m->outsiders, room, sizeof(*outsiders));
    if (!outsiders)
        return false;
    m->outsiders = outsiders;
    m->outsider_room = room;
    return true;
}

void outside_seat_barred(struct meeting *m, int64_t seat)
{
    struct hash handset = m->seats[seat - 1].handset;

    if (is_barred(m, handset, seat))
        return;
    assert(m->outsider_count < m->outsider_room);
    m->outsiders[m->outsider_count++] = (struct outsider){ .handset = handset, .seat = seat };
}
