#include "sim/ledger.h"

#include <string.h>

bool list_has(const struct list *l, int seat)
{
    for (int i = 0; i < l->count; i++)
        if (l->at[i] == seat)
            return true;
    return false;
}

void list_push(struct list *l, int seat)
{
    if (!list_has(l, seat))
        l->at[l->count++] = seat;
}

void list_take(struct list *l, int seat)
{
    int kept = 0;

    for (int i = 0; i < l->count; i++)
        if (l->at[i] != seat)
            l->at[kept++] = l->at[i];
    l->count = kept;
}

bool list_same(const struct list *a, const struct list *b)
{
    return a->count == b->count && memcmp(a->at, b->at, (size_t)a->count * sizeof(a->at[0])) == 0;
}

struct list list_of(const json_t *order)
{
    struct list l = { .count = 0 };
    size_t i;
    json_t *seat;

    json_array_foreach(order, i, seat) list_push(&l, (int)json_integer_value(seat));
    return l;
}

int64_t ledger_number(const json_t *from, const char *key)
{
    return json_integer_value(json_object_get(from, key));
}

const char *ledger_word(const json_t *from, const char *key)
{
    const char *word = json_string_value(json_object_get(from, key));

    return word ? word : "";
}

int ledger_part(const struct auditor *a, const char *id)
{
    for (int i = 0; i < a->now.part_count; i++)
        if (strcmp(a->now.parts[i].id, id) == 0)
            return i;
    return -1;
}

/* Whom the console named, else the first school's leader round the table who has not left, but one;
 * 0: none. */
static int presenter(const struct auditor *a, int part, int but)
{
    if (a->now.parts[part].presenter != 0)
        return a->now.parts[part].presenter;
    for (int i = 0; i < a->now.table.count; i++) {
        int seat = a->now.table.at[i];
        if (seat != but && a->person[seat].leads && a->person[seat].presence != LEFT)
            return seat;
    }
    return 0;
}

bool ledger_takes(const struct auditor *a, int part, int seat)
{
    return a->person[seat].presence != LEFT &&
           !(a->now.parts[part].spares && presenter(a, part, 0) == seat);
}

bool ledger_takes_newcomer(const struct auditor *a, int part, int seat)
{
    return !(a->now.parts[part].spares && a->person[seat].leads && presenter(a, part, seat) == 0);
}

int ledger_present(const struct auditor *a, int part)
{
    int count = 0;

    for (int seat = 1; seat <= a->people; seat++)
        count += ledger_takes(a, part, seat);
    return count;
}

static int64_t or_else(const json_t *from, const char *key, int64_t otherwise)
{
    return json_object_get(from, key) ? ledger_number(from, key) : otherwise;
}

static struct slip slip_of(const json_t *part)
{
    struct slip slip = { .ms = ledger_number(part, "ms"),
                         .on = json_is_true(json_object_get(part, "on")),
                         .optional = json_is_true(json_object_get(part, "optional")),
                         .unfair = json_is_false(json_object_get(part, "fair")),
                         .remarks = json_is_true(json_object_get(part, "remarks")),
                         .answers = json_is_true(json_object_get(part, "answers")),
                         .intro = json_is_true(json_object_get(part, "intro")),
                         .spares = json_is_false(json_object_get(part, "presenter_turn")),
                         .percent = (int)or_else(part, "first_lap", 60) };
    const struct method_info *method = sim_method(ledger_word(part, "method"));

    slip.method = method;
    snprintf(slip.id, sizeof(slip.id), "%s", ledger_word(part, "id"));
    snprintf(slip.start, sizeof(slip.start), "%s", ledger_word(part, "start"));
    slip.shares = json_object_get(part, "shares") && slip.ms == 0;
    slip.turn_min = or_else(part, "turn_min", slip.intro ? 15000 : method->turn_min);
    slip.laps = (int)(method->more_laps ? or_else(part, "laps", method->laps) : method->laps);
    if (method->sealed) /* Its laps begin when it is shown. */
        slip.laps = 0;
    return slip;
}

/* The minutes that a part is to have: its own, or its share of what the item has left over. */
static void planned(struct auditor *a, const json_t *item)
{
    int64_t left = ledger_number(item, "minutes") * 60000, without = 0;
    size_t i;
    json_t *part;

    json_array_foreach(json_object_get(item, "parts"), i, part)
    {
        if (!json_is_true(json_object_get(part, "on")))
            continue;
        left -= ledger_number(part, "minutes") * 60000;
        without +=
            !json_is_integer(json_object_get(part, "minutes")) && !json_object_get(part, "shares");
    }
    int64_t each = without > 0 ? left / without / 30000 * 30000 : left / 30000 * 30000;
    json_array_foreach(json_object_get(item, "parts"), i, part)
    {
        bool own = json_is_integer(json_object_get(part, "minutes"));
        int64_t ms = own                               ? ledger_number(part, "minutes") * 60000
                     : json_object_get(part, "shares") ? 0
                     : each > 60000                    ? each
                                                       : 60000;
        A_CHECK(a, ledger_number(part, "ms") == ms);
    }
}

static void lay_out(struct auditor *a, const json_t *items)
{
    size_t i, k;
    json_t *item, *part;

    a->now.part_count = 0;
    a->now.length = 0;
    json_array_foreach(items, i, item)
    {
        planned(a, item);
        a->now.length += ledger_number(item, "minutes") * 60000;
        json_array_foreach(json_object_get(item, "parts"), k, part)
            a->now.parts[a->now.part_count++] = slip_of(part);
    }
    A_CHECK(a, a->now.part_count <= LEDGER_PARTS_MAX);
}

void ledger_plan(struct auditor *a, const json_t *snapshot)
{
    a->now.part = a->now.before = -1;
    a->now.fair = true;
    lay_out(a, json_object_get(snapshot, "items"));
}

void ledger_replan(struct auditor *a, const json_t *fact)
{
    json_t *items = json_deep_copy(json_object_get(json_object_get(fact, "agenda"), "items"));
    const json_t *plan = json_object_get(fact, "plan"), *slot;
    size_t i, k, n = 0;
    json_t *item, *part;
    struct ledger was = a->now;

    json_array_foreach(items, i, item) json_array_foreach(json_object_get(item, "parts"), k, part)
    {
        json_t *on = json_object_get(part, "on");
        bool expected = on ? json_is_true(on) : !json_is_true(json_object_get(part, "optional"));
        slot = json_array_get(plan, n++);
        A_CHECK(a, strcmp(ledger_word(slot, "part"), ledger_word(part, "id")) == 0);
        A_CHECK(a, json_is_true(json_object_get(slot, "on")) == expected);
        json_object_update(part, (json_t *)slot);
    }
    A_CHECK(a, json_array_size(plan) == n);
    lay_out(a, items);
    json_decref(items);
    for (int p = 0; p < was.part_count; p++) { /* Who was named for a part still is. */
        int to = ledger_part(a, was.parts[p].id);
        if (to >= 0)
            a->now.parts[to].presenter = was.parts[p].presenter;
    }
}
