/* audit_together.c -- those who share a phone: each a turn, or one together that is as long as all
 * of theirs (protocol/methods/README.md). */
#include <string.h>

#include "sim/ledger.h"

bool ledger_joins(const struct auditor *a, int part, int with)
{
    return with != 0 && a->person[with].together && ledger_takes(a, part, with);
}

bool ledger_gives(const struct auditor *a, int part, int seat)
{
    return ledger_takes(a, part, seat) && !ledger_joins(a, part, a->person[seat].with);
}

static bool has_own(const struct ledger *l, int seat)
{
    return l->speaker == seat || list_has(&l->queue, seat) || list_has(&l->heard, seat);
}

struct list ledger_company(const struct auditor *a, int host)
{
    const struct ledger *l = &a->now;
    struct list some = { .count = 0 };

    if (l->lap == 0 || !ledger_joins(a, l->part, host))
        return some;
    for (int seat = 1; seat <= a->people; seat++)
        if (a->person[seat].with == host && ledger_takes(a, l->part, seat) && !has_own(l, seat))
            list_push(&some, seat);
    return some;
}

/* Those at the host's phone, but one. */
static struct list staying(const struct auditor *a, int host, int but)
{
    struct list stay = { .count = 0 };

    for (int seat = 1; seat <= a->people; seat++)
        if (seat != but && a->person[seat].with == host)
            list_push(&stay, seat);
    return stay;
}

/* Where a shared turn is yet to come, who waits for one of their own now: the seat, or, where it
 * was the host's, the first of those who stay, for them all. */
static void waits_for_own(struct auditor *a, int seat, int host, const struct list *stay)
{
    struct list shares = ledger_company(a, host);

    if (!list_has(&a->now.queue, host))
        return;
    if (host != seat) {
        if (list_has(&shares, seat))
            list_push(&a->now.order, seat);
        return;
    }
    if (stay->count > 0 && list_has(&shares, stay->at[0]))
        shares = (struct list){ .count = 1, .at = { stay->at[0] } };
    a->heirs = shares;
    for (int i = 0; i < shares.count; i++)
        list_push(&a->now.order, shares.at[i]);
}

void audit_parted(struct auditor *a, int seat)
{
    struct person *one = &a->person[seat];
    int host = one->with != 0 ? one->with : seat;
    struct list stay = staying(a, host, seat);
    bool together = a->person[host].together;

    waits_for_own(a, seat, host, &stay);
    one->regrouped++;
    a->person[host].regrouped++;
    one->was = one->with != 0 ? one->with : one->was;
    one->with = 0;
    one->together = false;
    if (host == seat && stay.count > 0) {
        host = stay.at[0];
        for (int i = 0; i < stay.count; i++) {
            a->person[stay.at[i]].was = seat;
            a->person[stay.at[i]].with = i > 0 ? host : 0;
        }
        list_take(&stay, host);
    }
    if (host != seat)
        a->person[host].together = together && stay.count > 0;
}

bool audit_together(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    int host = (int)ledger_number(fact, "seat");
    bool together = json_is_true(json_object_get(fact, "together"));

    if (strcmp(ledger_word(fact, "fact"), "seat.together") != 0)
        return false;
    A_CHECK(a, a->person[host].with == 0 && a->person[host].together != together);
    a->heirs = ledger_company(a, host);
    if (!list_has(&l->queue, host))
        a->heirs.count = 0;
    for (int i = 0; i < a->heirs.count; i++) /* From now on each is waited for. */
        list_push(&l->order, a->heirs.at[i]);
    a->person[host].together = together;
    a->person[host].regrouped++;
    for (int seat = 1; together && seat <= a->people; seat++)
        if (a->person[seat].with == host && list_has(&l->queue, seat) && list_has(&l->queue, host))
            list_take(&l->order, seat);
    return true;
}
