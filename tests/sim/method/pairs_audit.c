/* pairs_audit.c -- who talks with whom: two and two, an odd number gives one group of three, who
 * comes late joins the smallest, and nobody who has written is parted. */
#include <stdlib.h>
#include <string.h>

#include "sim/method/pairs.h"
#include "sim/peer.h"

/* As many as may be in one: protocol/limits.json, `together`. */
enum { TOGETHER = 16 };

static bool is(const struct auditor *a, const char *before)
{
    return strcmp(a->fact, before) == 0;
}

/* The part as the agenda has it. */
static const json_t *agenda_part(const struct auditor *a, int part)
{
    size_t i, k;
    json_t *item, *each;

    json_array_foreach(json_object_get(a->sim->observer->state, "items"), i, item)
    {
        json_array_foreach(json_object_get(item, "parts"), k, each)
        {
            if (part >= 0 && strcmp(ledger_word(each, "id"), a->now.parts[part].id) == 0)
                return each;
        }
    }
    return NULL;
}

bool audit_pairs_part(const struct auditor *a, int part)
{
    return strcmp(ledger_word(agenda_part(a, part), "method"), "pairs") == 0;
}

struct audit_pair *audit_pairs_find(const struct auditor *a, int part, int number)
{
    for (int i = 0; i < a->pairs->count; i++) {
        struct audit_pair *p = &a->pairs->at[i];
        if (p->part == part && p->number == number)
            return p;
    }
    return NULL;
}

static struct audit_pair *pair_of(const struct auditor *a, int part, int seat)
{
    for (int i = 0; i < a->pairs->count; i++)
        if (a->pairs->at[i].part == part && list_has(&a->pairs->at[i].seats, seat))
            return &a->pairs->at[i];
    return NULL;
}

static int people(const struct auditor *a, const struct list *seats, int but)
{
    int count = 0;

    for (int i = 0; i < seats->count; i++)
        count += seats->at[i] != but && a->person[seats->at[i]].presence != LEFT;
    return count;
}

/* Whether the seat may go to another pair: it is in none, or alone before anything was written. */
static bool is_stray(const struct auditor *a, int part, int seat)
{
    const struct audit_pair *own = pair_of(a, part, seat);

    return !own || (!own->written && people(a, &own->seats, seat) == 0);
}

/* Of some pairs, that with fewest people, the first of them; somebody is in it.  NULL: none. */
static struct audit_pair *smallest(const struct auditor *a, struct audit_pair *at, int count,
                                   int part, int but)
{
    struct audit_pair *best = NULL;

    for (int i = 0; i < count; i++) {
        int many = people(a, &at[i].seats, 0);
        if (at[i].part != part || list_has(&at[i].seats, but) || many == 0 ||
            at[i].seats.count == TOGETHER)
            continue;
        if (!best || many < people(a, &best->seats, 0))
            best = &at[i];
    }
    return best;
}

/* Two and two, in the table's order or half the table apart; the last of an odd number is third in
 * the last pair.  Their numbers are not said here. */
static void two_and_two(const struct list *some, bool across, int part, struct audit_pair *to,
                        int *count)
{
    int pairs = some->count / 2, last = *count + pairs - 1;

    for (int i = 0; i < pairs; i++) {
        struct audit_pair *p = &to[(*count)++];
        *p = (struct audit_pair){ .part = part };
        list_push(&p->seats, some->at[across ? i : 2 * i]);
        list_push(&p->seats, some->at[across ? i + pairs : 2 * i + 1]);
    }
    if (some->count % 2 == 0)
        return;
    if (pairs == 0)
        to[last = (*count)++] = (struct audit_pair){ .part = part };
    list_push(&to[last].seats, some->at[some->count - 1]);
}

/* Who is here and in none of those that stay, in the table's order. */
static struct list strays(const struct auditor *a, int part, bool anew)
{
    struct list some = { .count = 0 };

    for (int i = 0; i < a->now.table.count; i++) {
        int seat = a->now.table.at[i];
        const struct audit_pair *own = pair_of(a, part, seat);
        bool stray = anew ? !own || !own->written : is_stray(a, part, seat);
        if (a->person[seat].presence == HERE && stray)
            list_push(&some, seat);
    }
    return some;
}

/* What the part's pairs must be: all that have written, or, where the part does not begin anew, all
 * that there are, but for whoever goes to another; and those who talk with nobody. */
static int expected(const struct auditor *a, int part, bool anew, struct audit_pair *to)
{
    bool open = anew || (part == a->now.part && !a->pairs->shown[part]);
    struct list some = { .count = 0 };
    int count = 0;

    if (open)
        some = strays(a, part, anew);
    for (int i = 0; i < a->pairs->count; i++) {
        const struct audit_pair *p = &a->pairs->at[i];
        if (p->part != part || (anew && !p->written))
            continue;
        to[count] = *p;
        for (int k = 0; k < p->seats.count; k++)
            if (list_has(&some, p->seats.at[k]) || a->person[p->seats.at[k]].removed)
                list_take(&to[count].seats, p->seats.at[k]);
        count += to[count].seats.count > 0;
    }
    struct audit_pair *third = some.count == 1 ? smallest(a, to, count, part, some.at[0]) : NULL;
    if (third)
        list_push(&third->seats, some.at[0]);
    else
        two_and_two(&some, json_is_true(json_object_get(agenda_part(a, part), "across")), part, to,
                    &count);
    return count;
}

/* They take the place of the part's: new people in one that has written come to know its text. */
static void take_in(struct auditor *a, int64_t seq, int part, const struct audit_pair *next,
                    int count)
{
    struct audit_pairs *pairs = a->pairs;
    int stay = 0;

    for (int i = 0; i < pairs->count; i++)
        if (pairs->at[i].part != part)
            pairs->at[stay++] = pairs->at[i];
    pairs->count = stay;
    A_CHECK(a, stay + count <= AUDIT_PAIRS_MAX);
    for (int i = 0; i < count; i++) {
        pairs->at[pairs->count++] = next[i];
        audit_pairs_hear(a, seq, part, next[i].number, &next[i].seats);
        for (int k = 0; k < next[i].seats.count; k++) /* Nobody is in two. */
            A_CHECK(a, pair_of(a, part, next[i].seats.at[k]) == &pairs->at[pairs->count - 1]);
    }
}

static void made(struct auditor *a, const json_t *fact, int part)
{
    static struct audit_pair next[AUDIT_PAIRS_MAX];
    const json_t *told = json_object_get(fact, "pairs");
    bool anew = is(a, "part.began");
    int count = expected(a, part, anew, next);

    A_CHECK(a, !anew || part == a->now.part);
    A_CHECK(a, (int)json_array_size(told) == count);
    for (int i = 0; i < count; i++) {
        const json_t *pair = json_array_get(told, (size_t)i);
        struct list seats = list_of(json_object_get(pair, "seats"));
        int number = (int)ledger_number(pair, "pair");
        A_CHECK(a, ledger_part(a, ledger_word(pair, "part")) == part);
        A_CHECK(a, list_same(&seats, &next[i].seats));
        A_CHECK(a, next[i].number == 0 || next[i].number == number);
        next[i].number = number;
        for (int k = 0; k < i; k++)
            A_CHECK(a, next[k].number != number);
    }
    take_in(a, ledger_number(fact, "seq"), part, next, count);
}

/* Who comes late, or was left alone, joins the smallest. */
static void joined(struct auditor *a, const json_t *fact, int part)
{
    struct audit_pairs *pairs = a->pairs;
    int seat = (int)ledger_number(fact, "seat"), number = (int)ledger_number(fact, "pair");
    struct audit_pair *own = pair_of(a, part, seat), *to = audit_pairs_find(a, part, number);
    struct list one = { .count = 1, .at = { seat } };
    int stay = 0;

    A_CHECK(a, part == a->now.part && !pairs->shown[part]);
    A_CHECK(a, a->person[seat].presence == HERE || (own && a->fact_seat != seat));
    A_CHECK(a, a->person[seat].presence != LEFT && is_stray(a, part, seat));
    A_CHECK(a, to == smallest(a, pairs->at, pairs->count, part, seat));
    A_CHECK(a, to || !own);
    if (!to) {
        A_CHECK(a, pairs->count < AUDIT_PAIRS_MAX);
        to = &pairs->at[pairs->count++];
        *to = (struct audit_pair){ .part = part, .number = number };
    }
    if (own)
        list_take(&own->seats, seat);
    list_push(&to->seats, seat);
    for (int i = 0; i < pairs->count; i++)
        if (pairs->at[i].seats.count > 0)
            pairs->at[stay++] = pairs->at[i];
    pairs->count = stay;
    audit_pairs_hear(a, ledger_number(fact, "seq"), part, number, &one);
}

static void noted(struct auditor *a, const json_t *fact, int part)
{
    struct audit_pair *p = audit_pairs_find(a, part, (int)ledger_number(fact, "pair"));
    bool written = json_is_true(json_object_get(fact, "written"));

    A_CHECK(a, p && p->written != written && part == a->now.part && !a->pairs->shown[part]);
    p->written = written;
}

void audit_pairs_moment(struct auditor *a)
{
    int part = a->now.part;

    A_CHECK(a, a->pairs->hides == 0);
    if (part < 0 || a->pairs->shown[part] || !audit_pairs_part(a, part))
        return;
    for (int seat = 1; seat <= a->people; seat++)
        A_CHECK(a, a->person[seat].presence != HERE || pair_of(a, part, seat));
}

void audit_pairs_fact(struct auditor *a, const json_t *fact)
{
    const char *kind = ledger_word(fact, "fact");
    int part = ledger_part(a, ledger_word(fact, "part"));

    if (strcmp(kind, "pairs.made") == 0)
        made(a, fact, part);
    else if (strcmp(kind, "pairs.joined") == 0)
        joined(a, fact, part);
    else if (strcmp(kind, "pairs.noted") == 0)
        noted(a, fact, part);
    audit_pairs_written(a, fact);
}
