/* hands.c -- who waits for the floor because they asked for it, and who is ready. */
#include "engine/hands.h"

#include <assert.h>
#include <string.h>

#include "dispatch.gen.h"
#include "engine/lap.h"
#include "engine/method/method.h"
#include "engine/turn.h"
#include "engine/undo.h"

static bool heard_of(const struct hand_rule *rule, int64_t seat)
{
    return seat == rule->speaker || seats_have(rule->heard, seat);
}

void hands_place(struct seats *queue, const struct hand_rule *rule, int64_t seat)
{
    bool remark = seats_have(rule->remarks, seat);
    bool early = rule->fair && !heard_of(rule, seat);
    size_t at = 0;

    if (seats_have(queue, seat))
        return;
    assert(queue->count < queue->room);
    while (at < queue->count && seats_have(rule->remarks, queue->at[at]))
        at++;
    while (!remark && at < queue->count && !(early && seats_have(rule->heard, queue->at[at])))
        at++;
    memmove(&queue->at[at + 1], &queue->at[at], (queue->count - at) * sizeof(queue->at[0]));
    queue->at[at] = seat;
    queue->count++;
}

/* Adds the new order of those who wait. The first `kept` of the queue stay; the rule then puts the
 * seats of `more` among them, one by one. */
static void queue_hands(const struct meeting *m, const struct hand_rule *rule, size_t kept,
                        const struct seats *more, struct facts *out)
{
    const struct floor_state *floor = &m->floor;
    struct seats order = { 0 };

    if (!seats_reserve(&order, kept + more->count)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < kept; i++)
        seats_push(&order, floor->queue.at[i]);
    for (size_t i = 0; i < more->count; i++)
        hands_place(&order, rule, more->at[i]);
    facts_order(out, &facts_add(out, FACT_FLOOR_ORDERED)->is.floor_ordered.order, &order);
    seats_free(&order);
}

static struct hand_rule rule_now(const struct meeting *m)
{
    return (struct hand_rule){ .heard = &m->floor.heard,
                               .remarks = &m->floor.remarks,
                               .speaker = m->floor.speaker,
                               .fair = m->floor.fair };
}

/* A hand goes up where hands wait. */
static void queue_hand(const struct meeting *m, int64_t seat, bool remark, struct facts *out)
{
    struct hand_rule rule = rule_now(m);
    struct seats remarks = { 0 }, one = { .count = 1, .room = 1, .at = &seat };

    if (!seats_reserve(&remarks, m->floor.remarks.count + 1)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < m->floor.remarks.count; i++)
        seats_push(&remarks, m->floor.remarks.at[i]);
    if (remark)
        seats_push(&remarks, seat);
    rule.remarks = &remarks;
    queue_hands(m, &rule, m->floor.queue.count, &one, out);
    seats_free(&remarks);
}

static void unqueue(const struct meeting *m, int64_t seat, struct facts *out)
{
    struct fact *f = facts_add(out, FACT_FLOOR_ORDERED);
    struct ints *order = &f->is.floor_ordered.order;

    facts_order(out, order, &m->floor.queue);
    if (out->failed)
        return;
    struct seats rest = { .count = order->count, .room = order->count, .at = order->at };
    seats_take(&rest, seat);
    order->count = rest.count;
}

/* Whoever volunteers comes after those who did before, and before all others. */
static void volunteer(const struct meeting *m, int64_t seat, struct facts *out)
{
    const struct seats *queue = &m->floor.queue;
    struct seats order = { 0 };

    if (!seats_reserve(&order, queue->count)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < queue->count; i++)
        if (queue->at[i] != seat && seats_have(&m->hands, queue->at[i]))
            seats_push(&order, queue->at[i]);
    seats_push(&order, seat);
    for (size_t i = 0; i < queue->count; i++)
        seats_push(&order, queue->at[i]);
    facts_order(out, &facts_add(out, FACT_FLOOR_ORDERED)->is.floor_ordered.order, &order);
    seats_free(&order);
}

/* A hand may ask for a short remark where hands wait and the part has remarks. */
static bool takes_remarks(const struct meeting *m)
{
    return method_now(m)->hands_wait && m->parts[m->floor.part].part->remarks;
}

static enum refusal hand(const struct meeting *m, bool up, bool remark, bool has_seat,
                         int64_t named, const struct context *context, struct facts *out)
{
    int64_t seat = 0;
    enum refusal refusal = turn_open_or_paused(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    refusal = turn_whose(m, context, has_seat, named, &seat);
    if (refusal != REFUSED_NOT)
        return refusal;
    if (seat == 0) {
        out->field = "seat";
        return REFUSED_BAD_FIELD;
    }
    if (seats_have(&m->hands, seat) == up)
        return REFUSED_NOTHING_CHANGED;
    if (up && m->floor.closed && context->role == ROLE_PHONE)
        return REFUSED_LIST_CLOSED;
    if (remark && !takes_remarks(m))
        return REFUSED_WRONG_METHOD;

    if (up)
        facts_add(out, FACT_HAND_RAISED)->is.hand_raised =
            (struct fact_hand_raised){ .seat = seat, .has_remark = remark, .remark = remark };
    else
        facts_add(out, FACT_HAND_LOWERED)->is.hand_lowered.seat = seat;
    if (up && lap_volunteers(m, m->floor.part) && seats_have(&m->floor.queue, seat))
        volunteer(m, seat, out);
    if (!method_now(m)->hands_wait)
        return REFUSED_NOT;
    if (up)
        queue_hand(m, seat, remark, out);
    else if (seats_have(&m->floor.queue, seat))
        unqueue(m, seat, out);
    return REFUSED_NOT;
}

enum refusal ready_set_decide(const struct meeting *m, const struct command_ready_set *c,
                              const struct context *context, struct facts *out)
{
    int64_t seat = 0;
    enum refusal refusal = turn_open_or_paused(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    refusal = turn_whose(m, context, c->has_seat, c->seat, &seat);
    if (refusal != REFUSED_NOT)
        return refusal;
    if (seats_have(&m->ready, seat) == c->ready)
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_READY_CHANGED)->is.ready_changed =
        (struct fact_ready_changed){ .seat = seat, .ready = c->ready };
    return REFUSED_NOT;
}

enum refusal floor_order_decide(const struct meeting *m, const struct command_floor_order *c,
                                const struct context *context, struct facts *out)
{
    enum refusal refusal = turn_open_or_paused(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    if (!seats_permuted(&m->floor.queue, &c->order))
        return REFUSED_ORDER_MISMATCH;
    const struct seats order = { .count = c->order.count, .at = c->order.at };
    facts_order(out, &facts_add(out, FACT_FLOOR_ORDERED)->is.floor_ordered.order, &order);
    return REFUSED_NOT;
}

enum refusal floor_close_decide(const struct meeting *m, const struct command_floor_close *c,
                                const struct context *context, struct facts *out)
{
    enum refusal refusal = turn_open_or_paused(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    facts_add(out, FACT_FLOOR_CLOSED)->is.floor_closed.closed = c->closed;
    return REFUSED_NOT;
}

enum refusal floor_fair_decide(const struct meeting *m, const struct command_floor_fair *c,
                               const struct context *context, struct facts *out)
{
    enum refusal refusal = turn_open_or_paused(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    if (!method_now(m)->hands_wait)
        return REFUSED_WRONG_METHOD;
    if (m->floor.fair == c->fair)
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_FLOOR_FAIR)->is.floor_fair.fair = c->fair;
    struct hand_rule rule = rule_now(m);
    rule.fair = c->fair;
    if (c->fair && m->floor.queue.count > 1)
        queue_hands(m, &rule, 0, &m->floor.queue, out);
    return REFUSED_NOT;
}

void hands_seat_joins(const struct meeting *m, int64_t seat, struct facts *out)
{
    if (m->floor.lap == 0 || seats_have(&m->floor.queue, seat) || m->floor.speaker == seat ||
        seats_have(&m->floor.heard, seat))
        return;
    struct seats order = { 0 };
    if (!seats_reserve(&order, m->floor.queue.count + 1)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < m->floor.queue.count; i++)
        seats_push(&order, m->floor.queue.at[i]);
    seats_push(&order, seat);
    facts_order(out, &facts_add(out, FACT_FLOOR_ORDERED)->is.floor_ordered.order, &order);
    seats_free(&order);
}

enum refusal hand_raise_decide(const struct meeting *m, const struct command_hand_raise *c,
                               const struct context *context, struct facts *out)
{
    return hand(m, true, c->remark, c->has_seat, c->seat, context, out);
}

enum refusal hand_lower_decide(const struct meeting *m, const struct command_hand_lower *c,
                               const struct context *context, struct facts *out)
{
    return hand(m, false, false, c->has_seat, c->seat, context, out);
}

bool hand_raise_keep(const struct meeting *m, const struct command_hand_raise *c,
                     const struct context *context, struct keeping *keeping, struct facts *out)
{
    return true;
}

/* The console put this hand up, so it comes down although its owner left it up. */
void hand_raise_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    if (kept->undo_label.has_seat)
        seats_take(&then->hands, kept->undo_label.seat);
}

void hand_raised_apply(struct meeting *m, const struct fact_hand_raised *f)
{
    seats_push(&m->hands, f->seat);
    if (f->remark)
        seats_push(&m->floor.remarks, f->seat);
}

void hand_lowered_apply(struct meeting *m, const struct fact_hand_lowered *f)
{
    seats_take(&m->hands, f->seat);
    seats_take(&m->floor.remarks, f->seat);
    undo_hand_lowered(m, f->seat);
}

void floor_ordered_apply(struct meeting *m, const struct fact_floor_ordered *f)
{
    seats_set(&m->floor.queue, &f->order);
}

void floor_fair_apply(struct meeting *m, const struct fact_floor_fair *f)
{
    m->floor.fair = f->fair;
}

void floor_closed_apply(struct meeting *m, const struct fact_floor_closed *f)
{
    m->floor.closed = f->closed;
}

void ready_changed_apply(struct meeting *m, const struct fact_ready_changed *f)
{
    if (f->ready)
        seats_push(&m->ready, f->seat);
    else
        seats_take(&m->ready, f->seat);
}
