/* undo_since.c -- undo takes back what the console did, and not what people did after it: whoever
 * has left neither waits nor speaks, whoever came waits at the end of the lap, and a hand is up or
 * down as its owner left it. */
#include <assert.h>
#include <stdlib.h>

#include "engine/agenda.h"
#include "engine/hands.h"
#include "engine/lap.h"
#include "engine/roster.h"
#include "engine/undo.h"

/* The lists of what a step kept, with room for every seat. */
struct lists {
    struct seats queue, heard, hands, remarks, table;
};

static bool present(const struct meeting *m, int64_t seat)
{
    return roster_seat(m, seat)->presence != PRESENCE_LEFT;
}

/* Makes a list of the seats in `from`, with room for every seat of the meeting. */
static bool listed(const struct meeting *m, const struct ints *from, struct seats *ret_list)
{
    if (!seats_reserve(ret_list, m->seat_count))
        return false;
    for (size_t i = 0; i < from->count; i++)
        seats_push(ret_list, from->at[i]);
    return true;
}

static void relist(const struct seats *from, struct ints *to, struct facts *out)
{
    free(to->at);
    *to = (struct ints){ 0 };
    facts_order(out, to, from);
}

/* Whoever has left neither waits nor asks nor speaks. */
static void leave(const struct meeting *m, struct memento *b, struct lists *l)
{
    for (size_t i = 0; i < m->seat_count; i++)
        if (m->seats[i].presence == PRESENCE_LEFT) {
            seats_take(&l->queue, (int64_t)i + 1);
            seats_take(&l->hands, (int64_t)i + 1);
            seats_take(&l->remarks, (int64_t)i + 1);
        }
    if (b->course.has_answering && !present(m, b->course.answering))
        b->course.has_answering = false;
    if (!b->course.has_speaker || present(m, b->course.speaker))
        return;
    seats_push(&l->heard, b->course.speaker);
    b->course.has_speaker = b->course.has_answering = b->course.clocks.has_until =
        b->course.clocks.has_left = false;
}

/* Whoever came in the middle of a lap waits at its end. */
static void come(const struct meeting *m, const struct memento *b, int part, struct lists *l)
{
    int64_t speaker = b->course.has_speaker ? b->course.speaker : 0;

    for (size_t i = 0; i < m->seat_count && b->course.lap > 0 && part != PART_NONE; i++) {
        int64_t seat = (int64_t)i + 1;
        if (lap_gives(m, part, seat) && seat != speaker && !seats_have(&l->heard, seat))
            seats_push(&l->queue, seat);
    }
}

/* A hand that went up since is up, and waits where it would wait if it went up now. */
static void raise_hands(const struct meeting *m, const struct memento *b, int part, struct lists *l)
{
    bool waits = part != PART_NONE && method_infos[m->parts[part].part->method].hands_wait;
    const struct hand_rule rule = { .heard = &l->heard,
                                    .remarks = &l->remarks,
                                    .speaker = b->course.has_speaker ? b->course.speaker : 0,
                                    .fair = b->course.fair };

    for (size_t i = 0; i < m->hands.count; i++) {
        int64_t seat = m->hands.at[i];
        if (!present(m, seat))
            continue;
        if (!seats_have(&l->hands, seat) && seats_have(&m->floor.remarks, seat))
            seats_push(&l->remarks, seat);
        if (waits)
            hands_place(&l->queue, &rule, seat);
        seats_push(&l->hands, seat);
    }
}

static bool copied(const struct meeting *m, const struct memento *b, struct lists *l)
{
    return listed(m, &b->course.queue, &l->queue) && listed(m, &b->course.heard, &l->heard) &&
           listed(m, &b->course.hands, &l->hands) && listed(m, &b->course.remarks, &l->remarks) &&
           listed(m, &b->table, &l->table);
}

void undo_since(const struct meeting *m, struct memento *b, struct facts *out)
{
    struct lists l = { .queue = { 0 } };
    int part = b->course.part ? agenda_find(m, b->course.part) : PART_NONE;

    if (copied(m, b, &l)) {
        leave(m, b, &l);
        come(m, b, part, &l);
        raise_hands(m, b, part, &l);
        b->course.has_hands = b->course.has_remarks = true;
        relist(&l.queue, &b->course.queue, out);
        relist(&l.heard, &b->course.heard, out);
        relist(&l.hands, &b->course.hands, out);
        relist(&l.remarks, &b->course.remarks, out);
        for (size_t i = 0; i < m->table.count && b->has_table; i++)
            seats_push(&l.table, m->table.at[i]);
        if (b->has_table)
            relist(&l.table, &b->table, out);
    } else
        out->failed = true;
    seats_free(&l.queue);
    seats_free(&l.heard);
    seats_free(&l.hands);
    seats_free(&l.remarks);
    seats_free(&l.table);
}
