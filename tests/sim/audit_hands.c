/* audit_hands.c -- the list of speakers, by its rule: short remarks, then those who have not had
 * the floor, then those who have; within each in the order in which they asked. */
#include <string.h>

#include "sim/ledger.h"

static bool is(const struct auditor *a, const char *before)
{
    return strcmp(a->fact, before) == 0;
}

static bool caused_by(const struct auditor *a, const char *command)
{
    return strcmp(a->cause, command) == 0;
}

static bool present(const struct auditor *a, int seat)
{
    return a->person[seat].presence != LEFT;
}

void ledger_place(const struct ledger *l, struct list *queue, int seat)
{
    bool early = l->fair && !list_has(&l->heard, seat) && seat != l->speaker;
    struct list next = { .count = 0 };
    int k = 0;

    if (list_has(queue, seat))
        return;
    for (; k < queue->count && list_has(&l->remarks, queue->at[k]); k++)
        list_push(&next, queue->at[k]);
    if (list_has(&l->remarks, seat))
        list_push(&next, seat);
    for (; k < queue->count; k++) {
        if (early && list_has(&l->heard, queue->at[k]))
            list_push(&next, seat);
        list_push(&next, queue->at[k]);
    }
    list_push(&next, seat);
    *queue = next;
}

/* All who wait, put in anew. */
static struct list by_rule(const struct ledger *l)
{
    struct list order = { .count = 0 };

    for (int i = 0; i < l->queue.count; i++)
        ledger_place(l, &order, l->queue.at[i]);
    return order;
}

/* Those who wait, without those at the seat's phone; or with its heirs after it. */
static struct list regrouped(const struct auditor *a, int host, bool together)
{
    struct list order = { .count = 0 };

    for (int i = 0; i < a->now.queue.count; i++) {
        int seat = a->now.queue.at[i];
        if (!together || a->person[seat].with != host)
            list_push(&order, seat);
        for (int k = 0; seat == host && k < a->heirs.count; k++)
            list_push(&order, a->heirs.at[k]);
    }
    return order;
}

static void floor_ordered(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    struct list order = list_of(json_object_get(fact, "order")), expected = l->queue;
    bool hands_wait = l->parts[l->part].method->hands_wait;

    if (caused_by(a, "floor.order")) {
        for (int i = 0; i < l->queue.count; i++)
            A_CHECK(a, list_has(&order, l->queue.at[i]));
        A_CHECK(a, order.count == l->queue.count);
        l->queue = order;
        a->cause[0] = 0;
        return;
    }
    if (is(a, "hand.raised") && hands_wait)
        ledger_place(l, &expected, a->fact_seat);
    else if (is(a, "floor.fair") && l->fair)
        expected = by_rule(l);
    else if (is(a, "seat.together"))
        expected = regrouped(a, a->fact_seat, a->person[a->fact_seat].together);
    else if (is(a, "hand.lowered") || (is(a, "seat.changed") && !present(a, a->fact_seat))) {
        expected = regrouped(a, a->fact_seat, false);
        list_take(&expected, a->fact_seat);
    } else { /* Whoever comes in the middle of a lap enters at its end. */
        A_CHECK(a, is(a, "seat.added") || is(a, "seat.changed"));
        A_CHECK(a, l->lap > 0 && present(a, a->fact_seat));
        if (a->heirs.count > 0) /* It stays; who shared its turn waits for one too. */
            expected = regrouped(a, a->fact_seat, false);
        else
            list_push(&expected, a->fact_seat);
    }
    A_CHECK(a, list_same(&order, &expected));
    a->heirs.count = 0;
    l->queue = order;
}

/* A hand that was taken down does not come up again by undo, unless the console took it. */
static void taken_down(struct auditor *a, int seat)
{
    bool console = is(a, "undo.kept") && caused_by(a, "hand.lower");

    list_take(&a->now.hands, seat);
    list_take(&a->now.remarks, seat);
    for (size_t i = 0; i < a->undo_count && !console; i++) {
        struct ledger *before = &a->undo[i].before;
        list_take(&before->hands, seat);
        list_take(&before->remarks, seat);
        if (before->part >= 0 && before->parts[before->part].method->hands_wait)
            list_take(&before->queue, seat);
    }
}

static void hand(struct auditor *a, int seat, bool up)
{
    A_CHECK(a, list_has(&a->now.hands, seat) != up);
    if (up)
        list_push(&a->now.hands, seat);
    else
        taken_down(a, seat);
}

bool audit_hands(struct auditor *a, const json_t *fact)
{
    const char *kind = ledger_word(fact, "fact");
    struct ledger *l = &a->now;
    int seat = (int)ledger_number(fact, "seat");

    if (strcmp(kind, "floor.ordered") == 0)
        floor_ordered(a, fact);
    else if (strcmp(kind, "floor.closed") == 0)
        l->closed = json_is_true(json_object_get(fact, "closed"));
    else if (strcmp(kind, "floor.fair") == 0) {
        A_CHECK(a, caused_by(a, "floor.fair"));
        A_CHECK(a, l->fair != json_is_true(json_object_get(fact, "fair")));
        l->fair = !l->fair;
    } else if (strncmp(kind, "hand.", 5) == 0) {
        hand(a, seat, strcmp(kind, "hand.raised") == 0);
        if (!json_is_true(json_object_get(fact, "remark")))
            return true;
        A_CHECK(a, l->parts[l->part].remarks && l->parts[l->part].method->hands_wait);
        list_push(&l->remarks, seat);
    } else
        return false;
    return true;
}
