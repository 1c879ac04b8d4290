/* audit_together.c -- those who share a phone: each a turn, or one together that is as long as all
 * of theirs: methods.md, people. */
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
    for (int seat = 1; together && seat <= a->people; seat++)
        if (a->person[seat].with == host && list_has(&l->queue, seat) && list_has(&l->queue, host))
            list_take(&l->order, seat);
    return true;
}
