/* audit_undo.c -- undo sets again what the console changed, and nothing that anyone wrote.
 *
 * Expected is the ledger as it was, but for what others did meanwhile: whoever has left waits and
 * speaks no more, whoever came waits last, a hand that went up since is up.
 */
#include <string.h>

#include "sim/ledger.h"

static int host_of(const struct auditor *a, int seat)
{
    return a->person[seat].with != 0 ? a->person[seat].with : seat;
}

static void kept(struct auditor *a, const json_t *fact)
{
    if (a->undo_count == LEDGER_UNDO) {
        memmove(&a->undo[0], &a->undo[1], (LEDGER_UNDO - 1) * sizeof(a->undo[0]));
        a->undo_count--;
    }
    struct kept *step = &a->undo[a->undo_count++];
    snprintf(step->what, sizeof(step->what), "%s", ledger_word(fact, "what"));
    step->seat = (int)ledger_number(fact, "seat");
    step->at = ledger_number(fact, "at");
    step->seq = ledger_number(fact, "seq");
    step->before = a->now;
    step->table = strcmp(step->what, "table.order") == 0;
    if (step->seat >= 1 && step->seat <= a->people) {
        step->host = host_of(a, step->seat);
        const struct person *host = &a->person[step->host];
        const char *became = ledger_word(json_object_get(fact, "became"), "presence");
        step->presence = a->person[step->seat].presence;
        step->sets = *became != '\0';
        step->became = ledger_presence(became);
        step->together = host->together;
        step->regrouped = host->regrouped;
    }
    snprintf(a->cause, sizeof(a->cause), "%s", step->what);
}

static bool present(const struct auditor *a, int seat)
{
    return a->person[seat].presence != LEFT;
}

static struct list those_present(const struct auditor *a, const struct list *from)
{
    struct list l = { .count = 0 };

    for (int i = 0; i < from->count; i++)
        if (present(a, from->at[i]))
            list_push(&l, from->at[i]);
    return l;
}

/* A hand that went up since joins those who wait, as it would have then. */
static void raise_again(struct auditor *a, struct ledger *l)
{
    for (int i = 0; i < a->now.hands.count; i++)
        if (present(a, a->now.hands.at[i]))
            ledger_place(l, &l->queue, a->now.hands.at[i]);
}

static void join_again(const struct auditor *a, struct ledger *l)
{
    for (int seat = 1; seat <= a->people; seat++)
        if (ledger_gives(a, l->part, seat) && seat != l->speaker && !list_has(&l->heard, seat)) {
            list_push(&l->queue, seat);
            list_push(&l->order, seat);
        }
}

/* Who asks: those who did then, and those who do now; what for, as they said when they asked. */
static struct list hands_again(const struct auditor *a, struct ledger *l)
{
    struct list hands = those_present(a, &l->hands);

    l->remarks = those_present(a, &l->remarks);
    for (int i = 0; i < a->now.hands.count; i++) {
        int seat = a->now.hands.at[i];
        if (!present(a, seat) || list_has(&hands, seat))
            continue;
        list_push(&hands, seat);
        if (list_has(&a->now.remarks, seat))
            list_push(&l->remarks, seat);
    }
    return hands;
}

static void people_again(struct auditor *a, const struct kept *step, struct ledger *l)
{
    bool taps = strcmp(step->what, "floor.give") == 0 && l->lap > 0 && l->parts[l->part].intro;
    struct list order = taps || step->table ? l->table : a->now.table;

    for (int i = 0; i < a->now.table.count; i++)
        list_push(&order, a->now.table.at[i]);
    l->table = order;
    if (l->speaker != 0 && !present(a, l->speaker)) {
        list_push(&l->heard, l->speaker);
        l->speaker = 0;
    }
    if (l->speaker == 0 || !present(a, l->answering))
        l->answering = 0;
    l->queue = those_present(a, &l->queue);
    struct list hands = hands_again(a, l);
    if (l->lap > 0)
        join_again(a, l);
    else if (l->part >= 0 && l->parts[l->part].method->hands_wait)
        raise_again(a, l);
    l->hands = hands;
}

/* A pause that is set again has cost the time that has passed since it ended. */
static void clocks_again(const struct auditor *a, const struct kept *step, struct ledger *l,
                         int64_t at)
{
    if (l->state == PAUSED && a->now.state == RUNNING) {
        l->left -= at - step->at;
        l->part_left -= at - step->at;
        l->lap_left -= at - step->at;
    }
    l->told = l->state == RUNNING ? l->part_until <= at : l->part_left <= 0;
    l->turn_told = l->speaker != 0 && (l->state == RUNNING ? l->until <= at : l->left <= 0);
}

static void same_clocks(struct auditor *a, const struct ledger *l, const json_t *block)
{
    bool runs = l->state == RUNNING, stands = l->state == PAUSED;

    A_CHECK(a, !runs || ledger_number(block, "part_until") == l->part_until);
    A_CHECK(a, !runs || l->lap == 0 || ledger_number(block, "lap_until") == l->lap_until);
    A_CHECK(a, !runs || l->speaker == 0 || ledger_number(block, "until") == l->until);
    A_CHECK(a, !stands || ledger_number(block, "part_left") == l->part_left);
    A_CHECK(a, !stands || l->lap == 0 || ledger_number(block, "lap_left") == l->lap_left);
    A_CHECK(a, !stands || l->speaker == 0 || ledger_number(block, "left") == l->left);
    A_CHECK(a, !stands || ledger_number(block, "since") == l->since);
    A_CHECK(a, !stands || ledger_number(block, "back") == l->back);
    A_CHECK(a, (json_object_get(block, "until") != NULL) == (runs && l->speaker != 0));
    A_CHECK(a, (json_object_get(block, "left") != NULL) == (stands && l->speaker != 0));
}

static void same_promise(struct auditor *a, const struct ledger *l, const json_t *block)
{
    A_CHECK(a, (json_object_get(block, "begins") != NULL) == l->begins_told);
    A_CHECK(a, (json_object_get(block, "ends") != NULL) == l->ends_told);
    A_CHECK(a, !l->begins_told || ledger_number(block, "begins") == l->begins);
    A_CHECK(a, !l->ends_told || ledger_number(block, "ends") == l->ends);
}

static void same_plan(struct auditor *a, const struct ledger *l, const json_t *block)
{
    const json_t *plan = json_object_get(block, "plan");
    size_t i;
    json_t *row;

    A_CHECK(a, (int)json_array_size(plan) == l->part_count);
    json_array_foreach(plan, i, row)
    {
        A_CHECK(a, strcmp(l->parts[i].id, ledger_word(row, "part")) == 0);
        A_CHECK(a, l->parts[i].ms == ledger_number(row, "ms"));
        A_CHECK(a, l->parts[i].used == ledger_number(row, "used"));
        A_CHECK(a, l->parts[i].on == json_is_true(json_object_get(row, "on")));
    }
}

static void same_floor(struct auditor *a, const struct ledger *l, const json_t *block)
{
    static const char *const states[] = { "lobby", "running", "paused", "closed" };
    struct list queue = list_of(json_object_get(block, "queue"));
    struct list heard = list_of(json_object_get(block, "heard"));
    struct list hands = list_of(json_object_get(block, "hands"));
    struct list remarks = list_of(json_object_get(block, "remarks"));

    A_CHECK(a, strcmp(states[l->state], ledger_word(block, "state")) == 0);
    A_CHECK(a, ledger_part(a, ledger_word(block, "part")) == l->part);
    A_CHECK(a, (int)ledger_number(block, "speaker") == l->speaker);
    A_CHECK(a, (int)ledger_number(block, "answering") == l->answering);
    A_CHECK(a, (int)ledger_number(block, "lap") == l->lap);
    A_CHECK(a, (int)ledger_number(block, "laps") == l->laps);
    A_CHECK(a, json_is_true(json_object_get(block, "closed")) == l->closed);
    A_CHECK(a, list_same(&queue, &l->queue));
    A_CHECK(a, list_same(&heard, &l->heard));
    A_CHECK(a, list_same(&hands, &l->hands));
    A_CHECK(a, list_same(&remarks, &l->remarks));
    A_CHECK(a, json_is_true(json_object_get(block, "fair")) == l->fair);
    if (json_object_get(block, "table")) {
        struct list table = list_of(json_object_get(block, "table"));
        A_CHECK(a, list_same(&table, &l->table));
    }
}

/* Undo brings no pass back: of those heard by then, who is not known to have passed has spoken. */
static void spoken_again(const struct auditor *a, struct ledger *l)
{
    memset(l->spoke, 0, sizeof(l->spoke));
    for (int i = 0; i < l->heard.count; i++) {
        int seat = l->heard.at[i];
        bool passed =
            l->part == a->now.part && list_has(&a->now.heard, seat) && a->now.spoke[seat] == 0;
        l->spoke[seat] = !passed;
    }
}

/* Who came, went, or speaks with whom, as the console had set it. */
static void seat_again(struct auditor *a, const struct kept *step)
{
    const struct person *one = &a->person[step->seat];
    bool speaks = strcmp(step->what, "seat.together") == 0;
    int others = 0;

    /* Unless somebody has said otherwise since, as who left by a press of their own. */
    bool otherwise = one->said > step->seq + 1 && (!step->sets || one->presence != step->became);
    if (strcmp(step->what, "seat.change") == 0)
        A_CHECK(a, one->presence == step->presence || otherwise);
    if (!speaks || one->with != 0 || step->host != step->seat)
        return; /* Its phone's count is not the one that the step has. */
    for (int seat = 1; seat <= a->people; seat++)
        others += a->person[seat].with == step->seat;
    if (one->regrouped == step->regrouped + 1) /* Alone they take nothing together. */
        A_CHECK(a, step->together && others == 0);
    if (one->regrouped == step->regrouped + 2) /* By the console, and by undo. */
        A_CHECK(a, one->together == step->together);
}

/* A command that had changed nothing of the block. */
static void spent(struct auditor *a, const json_t *fact)
{
    A_CHECK(a, a->undo_count > 0);
    A_CHECK(a, strcmp(a->undo[--a->undo_count].what, ledger_word(fact, "what")) == 0);
    a->heirs.count = 0;
}

static void undone(struct auditor *a, const json_t *fact)
{
    const json_t *block = json_object_get(fact, "block");
    int64_t at = ledger_number(fact, "at");

    A_CHECK(a, a->undo_count > 0);
    const struct kept *step = &a->undo[--a->undo_count];
    struct ledger next = step->before;
    A_CHECK(a, strcmp(step->what, ledger_word(fact, "what")) == 0);
    if (strcmp(step->what, "hand.raise") == 0) { /* It was the console that raised it. */
        list_take(&a->now.hands, step->seat);
        list_take(&a->now.remarks, step->seat);
    }
    a->heirs.count = 0;
    seat_again(a, step);
    people_again(a, step, &next);
    clocks_again(a, step, &next, at);
    same_floor(a, &next, block);
    same_clocks(a, &next, block);
    same_plan(a, &next, block);
    same_promise(a, &next, block);
    A_CHECK(a, ledger_number(block, "turn") > a->turn); /* No number comes twice. */
    a->turn = ledger_number(block, "turn");
    for (int i = 0; i < next.part_count; i++)
        next.parts[i].begun = a->now.parts[i].begun;
    spoken_again(a, &next);
    a->now = next;
}

bool audit_undo(struct auditor *a, const json_t *fact)
{
    const char *kind = ledger_word(fact, "fact");

    if (strcmp(kind, "undo.kept") == 0)
        kept(a, fact);
    else if (strcmp(kind, "undone") == 0)
        undone(a, fact);
    else if (strcmp(kind, "undo.spent") == 0)
        spent(a, fact);
    else
        return false;
    return true;
}
