/* audit_floor.c -- who speaks, who waits, and for how long (protocol/methods/README.md). */
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

static struct slip *running_part(struct auditor *a)
{
    A_CHECK(a, a->now.part >= 0);
    return &a->now.parts[a->now.part];
}

static bool present(const struct auditor *a, int seat)
{
    return a->person[seat].presence != LEFT;
}

/* How many speak in the seat's turn. A tap moves the table within the command that gives the floor,
 * and with it perhaps who presents, and goes without a turn: what was so before counts. */
static int voices(const struct auditor *a, int seat)
{
    return is(a, "table.ordered") ? a->voices[seat] : 1 + ledger_company(a, seat).count;
}

/* How many share what is left, those who begin among them. */
static int sharing(const struct auditor *a, int seat)
{
    int count = voices(a, seat);

    for (int i = 0; i < a->now.queue.count; i++)
        if (a->now.queue.at[i] != seat && present(a, a->now.queue.at[i]))
            count += voices(a, a->now.queue.at[i]);
    return count;
}

/* The time of a turn: an equal share in a lap, else what the method gives. */
static int64_t length_of(struct auditor *a, int seat, int64_t at)
{
    const struct slip *part = running_part(a);

    if (a->now.lap == 0) {
        return list_has(&a->now.remarks, seat) ? 60000 : part->method->turn_ms;
    }
    int64_t left = a->now.lap_until > at ? a->now.lap_until - at : 0;
    int64_t share = left / sharing(a, seat) / 5000 * 5000;
    return (share > part->turn_min ? share : part->turn_min) * voices(a, seat);
}

/* The floor came round by itself: to the first who is here, once to each in a lap. */
static void came_round(struct auditor *a, int seat)
{
    struct ledger *l = &a->now;
    int first = 0;

    A_CHECK(a, l->lap > 0);
    A_CHECK(a, is(a, "turn.ended") || is(a, "turn.passed") || is(a, "turn.deferred") ||
                   is(a, "lap.began"));
    for (int i = 0; i < l->queue.count && first == 0; i++)
        if (a->person[l->queue.at[i]].presence == HERE)
            first = l->queue.at[i];
    A_CHECK(a, seat == first);
    A_CHECK(a, !list_has(&l->heard, seat) || l->deferrals[seat] > 0);
    A_CHECK(a, l->chances[seat] <= l->deferrals[seat]);
}

/* In a presentation round the taps make the order round the table. */
static void tapped(struct auditor *a, int seat)
{
    struct list expected = a->now.heard;

    list_push(&expected, seat);
    for (int i = 0; i < expected.count; i++)
        A_CHECK(a, a->now.table.at[i] == expected.at[i]);
}

static void turn_began(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    int seat = (int)ledger_number(fact, "seat");
    int64_t at = ledger_number(fact, "at"), until = ledger_number(fact, "until");

    A_CHECK(a, l->state == RUNNING);
    A_CHECK(a, l->speaker == 0);
    A_CHECK(a, seat >= 1 && seat <= a->people && present(a, seat));
    A_CHECK(a, ledger_number(fact, "turn") > a->turn);
    A_CHECK(a, ledger_number(fact, "lap") == (l->lap > 0 ? l->lap : 1));
    A_CHECK(a, until - at == length_of(a, seat, at));
    if (!caused_by(a, "floor.give"))
        came_round(a, seat);
    else if (running_part(a)->intro && l->lap > 0)
        tapped(a, seat);
    a->cause[0] = 0;
    a->turn = ledger_number(fact, "turn");
    l->chances[seat] += list_has(&l->queue, seat);
    l->speaker = seat;
    l->until = until;
    l->turn_told = false;
    list_take(&l->queue, seat);
    list_take(&l->hands, seat);
    list_take(&l->remarks, seat);
}

/* An answer is given within somebody's turn, and ends with it at the latest. */
static void answering(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    int seat = (int)ledger_number(fact, "seat");
    bool begins = json_is_true(json_object_get(fact, "answering"));

    A_CHECK(a, running_part(a)->answers && l->speaker != 0);
    A_CHECK(a, ledger_number(fact, "turn") == a->turn);
    A_CHECK(a, begins ? present(a, seat) && seat != l->speaker : seat == l->answering);
    l->answering = begins ? seat : 0;
}

/* Asked to round off is who is heard: whoever answers, else has the floor, else presents. */
static void hint_given(struct auditor *a, const json_t *fact)
{
    const struct ledger *l = &a->now;
    int seat = (int)ledger_number(fact, "seat"), named = running_part(a)->presenter;

    A_CHECK(a, strcmp(a->cause, "floor.hint") == 0 && l->state == RUNNING && present(a, seat));
    if (l->speaker != 0)
        A_CHECK(a, seat == (l->answering != 0 ? l->answering : l->speaker));
    else
        A_CHECK(a, running_part(a)->method->presented && (named == 0 || seat == named));
    A_CHECK(a, (json_object_get(fact, "turn") != NULL) == (l->speaker != 0));
}

static void turn_over(struct auditor *a, const json_t *fact, const char *kind)
{
    struct ledger *l = &a->now;
    int seat = (int)ledger_number(fact, "seat");

    A_CHECK(a, ledger_number(fact, "turn") == a->turn);
    if (strcmp(kind, "turn.passed") == 0) {
        A_CHECK(a, is(a, "turn.ended") && (seat == 0 || a->fact_seat == seat));
        if (seat != 0)
            l->spoke[seat]--;
        A_CHECK(a, seat == 0 || l->spoke[seat] == 0); /* Who has spoken does not pass. */
        return;
    }
    A_CHECK(a, l->speaker == seat && seat != 0);
    if (strcmp(kind, "turn.extended") == 0) {
        int64_t at = ledger_number(fact, "at"), from = l->until > at ? l->until : at;
        A_CHECK(a, ledger_number(fact, "until") == from + 30000);
        l->until = from + 30000;
        l->turn_told = false;
        return;
    }
    if (strcmp(kind, "turn.deferred") == 0) {
        A_CHECK(a, l->lap > 0 && l->queue.count > 0);
        list_push(&l->queue, seat);
        l->deferrals[seat]++;
    } else {
        list_push(&l->heard, seat);
        l->spoke[seat]++; /* Unless it says next that it was a pass. */
    }
    l->speaker = l->answering = 0;
    l->turn_told = false;
}

/* Everyone who has not left, in the part's order. */
static struct list everyone(struct auditor *a)
{
    const struct slip *part = running_part(a);
    struct list order = { .count = 0 };
    const struct list *table = &a->now.table;
    bool reversed = strcmp(part->start, "reversed") == 0;
    bool leader_last = strcmp(part->start, "leader_last") == 0;

    for (int leaders = 0; leaders < 2; leaders++)
        for (int i = 0; i < table->count; i++) {
            int seat = table->at[reversed ? table->count - 1 - i : i];
            if (ledger_gives(a, a->now.part, seat) &&
                (!leader_last || a->person[seat].leads == (leaders == 1)))
                list_push(&order, seat);
        }
    return order;
}

static int64_t left_of_part(const struct ledger *l, int64_t at)
{
    return l->part_until > at ? l->part_until - at : 0;
}

/* Until when a lap that begins now has its time. */
static int64_t lap_end(struct auditor *a, int lap, int laps, int64_t at)
{
    const struct ledger *l = &a->now;
    int64_t left = left_of_part(l, at);

    if (is(a, "part.began")) {
        A_CHECK(a, lap == 1 && laps == running_part(a)->laps);
        return at + (laps > 1 ? left * running_part(a)->percent / 100 : left);
    }
    if (running_part(a)->method->sealed && is(a, running_part(a)->method->shown_as)) {
        A_CHECK(a, lap == 1 && laps == running_part(a)->method->laps);
        return l->part_until;
    }
    A_CHECK(a, lap == l->lap + 1 && laps == l->laps);
    A_CHECK(a, lap == (a->unheard ? a->maybe_lap : a->next_lap));
    return is(a, "lap.added") ? l->part_until : at + left / (laps - l->lap);
}

static void lap_began(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    int lap = (int)ledger_number(fact, "lap"), laps = (int)ledger_number(fact, "laps");
    struct list order = list_of(json_object_get(fact, "order")), expected = everyone(a);

    A_CHECK(a, l->speaker == 0);
    A_CHECK(a, ledger_number(fact, "until") == lap_end(a, lap, laps, ledger_number(fact, "at")));
    A_CHECK(a, list_same(&order, &expected));
    l->lap = lap;
    l->laps = laps;
    l->lap_until = ledger_number(fact, "until");
    l->order = l->queue = order;
    l->heard.count = 0;
    memset(l->spoke, 0, sizeof(l->spoke));
    memset(l->chances, 0, sizeof(l->chances));
    memset(l->deferrals, 0, sizeof(l->deferrals));
    a->next_lap = a->maybe_lap = 0;
    a->unheard = false;
}

static bool anyone_here(const struct auditor *a)
{
    for (int seat = 1; seat <= a->people; seat++)
        if (a->person[seat].presence == HERE && ledger_gives(a, a->now.part, seat))
            return true;
    return false;
}

static bool time_for_all(struct auditor *a, int64_t left)
{
    return left >= running_part(a)->turn_min * ledger_present(a, a->now.part);
}

static bool nobody_spoke(const struct ledger *l)
{
    for (int i = 0; i < l->heard.count; i++)
        if (l->spoke[l->heard.at[i]] > 0)
            return false;
    return true;
}

static void lap_ended(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    bool silent = is(a, "turn.passed") && a->fact_seat != 0 && nobody_spoke(l);

    A_CHECK(a, l->state == RUNNING && l->speaker == 0);
    A_CHECK(a, ledger_number(fact, "lap") == l->lap);
    for (int i = 0; i < l->queue.count; i++)
        A_CHECK(a, !present(a, l->queue.at[i]));
    for (int i = 0; i < l->order.count; i++) /* Each who stayed has had the floor. */
        A_CHECK(a, !present(a, l->order.at[i]) || list_has(&l->heard, l->order.at[i]));
    bool more = l->lap < l->laps && !silent && anyone_here(a) &&
                time_for_all(a, left_of_part(l, ledger_number(fact, "at")));
    a->next_lap = more && !a->unheard ? l->lap + 1 : 0;
    a->maybe_lap = more ? l->lap + 1 : 0;
}

static void lap_added(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;

    A_CHECK(a, caused_by(a, "lap.add"));
    A_CHECK(a, ledger_number(fact, "laps") == l->laps + 1 && l->laps < 5);
    A_CHECK(a, time_for_all(a, left_of_part(l, ledger_number(fact, "at"))));
    l->laps++;
    a->next_lap = l->speaker == 0 && l->queue.count == 0 ? l->lap + 1 : 0;
}

static void joins_lap(struct auditor *a, int seat)
{
    if (a->now.lap > 0 && ledger_takes_newcomer(a, a->now.part, seat) &&
        !ledger_joins(a, a->now.part, a->person[seat].with))
        list_push(&a->now.order, seat);
}

static void seat_added(struct auditor *a, const json_t *fact)
{
    int seat = (int)ledger_number(fact, "seat");

    A_CHECK(a, seat == a->people + 1 && seat <= SIM_SEATS_MAX);
    a->people++;
    a->person[seat] = (struct person){
        .leads = strcmp(ledger_word(fact, "function"), "Skoleleder") == 0,
        .with = (int)ledger_number(fact, "with"),
    };
    list_push(&a->now.table, seat);
    joins_lap(a, seat);
}

enum presence_word ledger_presence(const char *word)
{
    return strcmp(word, "here") == 0 ? HERE : strcmp(word, "away") == 0 ? AWAY : LEFT;
}

static void seat_changed(struct auditor *a, const json_t *fact)
{
    int seat = (int)ledger_number(fact, "seat");
    struct person *one = &a->person[seat];
    const char *presence = ledger_word(fact, "presence");
    struct list *order = &a->now.order;

    A_CHECK(a, seat >= 1 && seat <= a->people);
    if (json_object_get(fact, "function"))
        one->leads = strcmp(ledger_word(fact, "function"), "Skoleleder") == 0;
    a->heirs.count = 0;
    if (strcmp(ledger_word(fact, "device"), "own") == 0)
        audit_parted(a, seat);
    if (!*presence)
        return;
    bool back = one->presence == LEFT && strcmp(presence, "left") != 0;
    if (strcmp(presence, "left") == 0 && list_has(&a->now.queue, seat))
        a->heirs = ledger_company(a, seat);
    for (int i = 0; i < a->heirs.count; i++)
        list_push(order, a->heirs.at[i]);
    /* By the console; a press of their own phone, or of undo, has no step of its own before it. */
    int64_t seq = ledger_number(fact, "seq");
    bool console = a->undo_count > 0 && a->undo[a->undo_count - 1].seq + 1 == seq;
    one->barred = console && strcmp(presence, "left") == 0 ? seq : 0;
    one->presence = ledger_presence(presence);
    one->said = seq;
    if (back && a->now.lap > 0 && ledger_joins(a, a->now.part, one->with))
        list_take(order, seat); /* It takes another's turn now. */
    if (back)
        joins_lap(a, seat);
}

static void seat_removed(struct auditor *a, const json_t *fact)
{
    int seat = (int)ledger_number(fact, "seat");
    struct person *one = &a->person[seat];

    A_CHECK(a, seat >= 1 && seat <= a->people && !one->removed);
    A_CHECK(a, a->undo_count > 0 && strcmp(a->undo[a->undo_count - 1].what, "seat.add") == 0);
    A_CHECK(a, a->undo[a->undo_count - 1].seat == seat);
    one->removed = true;
    one->presence = LEFT;
    one->was = one->with != 0 ? one->with : one->was;
    one->with = 0;
    list_take(&a->now.table, seat);
}

static void table_ordered(struct auditor *a, const json_t *fact)
{
    struct list order = list_of(json_object_get(fact, "order"));

    for (int seat = 1; seat <= a->people; seat++)
        a->voices[seat] = 1 + ledger_company(a, seat).count;

    if (caused_by(a, "seat.change"))
        a->undo[a->undo_count - 1].table = true;
    A_CHECK(a, order.count == a->now.table.count);
    for (int i = 0; i < order.count; i++)
        A_CHECK(a, list_has(&a->now.table, order.at[i]));
    a->now.table = order;
}

static bool lap_fact(struct auditor *a, const json_t *fact, const char *kind)
{
    if (strcmp(kind, "lap.began") == 0)
        lap_began(a, fact);
    else if (strcmp(kind, "lap.ended") == 0)
        lap_ended(a, fact);
    else if (strcmp(kind, "lap.added") == 0)
        lap_added(a, fact);
    else
        return false;
    return true;
}

static bool seat_fact(struct auditor *a, const json_t *fact, const char *kind)
{
    if (strcmp(kind, "seat.added") == 0)
        seat_added(a, fact);
    else if (strcmp(kind, "seat.changed") == 0)
        seat_changed(a, fact);
    else if (strcmp(kind, "seat.removed") == 0)
        seat_removed(a, fact);
    else if (strcmp(kind, "table.ordered") == 0)
        table_ordered(a, fact);
    else
        return audit_together(a, fact) || audit_hands(a, fact);
    return true;
}

bool audit_floor(struct auditor *a, const json_t *fact)
{
    const char *kind = ledger_word(fact, "fact");

    if (strcmp(kind, "turn.began") == 0)
        turn_began(a, fact);
    else if (strcmp(kind, "turn.answering") == 0)
        answering(a, fact);
    else if (strcmp(kind, "hint.given") == 0)
        hint_given(a, fact);
    else if (strncmp(kind, "turn.", 5) == 0)
        turn_over(a, fact, kind);
    else
        return lap_fact(a, fact, kind) || seat_fact(a, fact, kind);
    return true;
}
