/* fold.c -- facts about the floor, the clocks and the plan; fold_board.c and fold_beside.c have the
 * rest. */
#include "sim/fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/fold_parts.h"
#include "sim/method/pairs.h"

enum { UNDO_DEPTH = 50 };

bool fold_has(const json_t *fact, const char *key)
{
    return json_object_get(fact, key) != NULL;
}

void fold_put(json_t *to, const char *key, json_t *value)
{
    if (value)
        json_object_set(to, key, value);
    else
        json_object_set_new(to, key, json_null());
}

/* The fact's value, or null where it has none. */
static void take(json_t *to, const json_t *fact, const char *key)
{
    fold_put(to, key, json_object_get(fact, key));
}

static void empty(json_t *to, const char *key)
{
    if (json_object_get(to, key))
        json_object_set_new(to, key, json_array());
}

static void unset(json_t *to, const char *key)
{
    if (json_object_get(to, key))
        json_object_set_new(to, key, json_false());
}

/* Nobody is asked to round off any more. */
static void hushed(json_t *state)
{
    unset(state, "hint");
    json_object_del(state, "hinted");
}

void fold_without(json_t *list, const json_t *value)
{
    for (size_t i = json_array_size(list); i > 0; i--)
        if (json_equal(json_array_get(list, i - 1), value))
            json_array_remove(list, i - 1);
}

void fold_once(json_t *list, json_t *value)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_equal(json_array_get(list, i), value))
            return;
    json_array_append(list, value);
}

static bool is(const json_t *fact, const char *kind)
{
    return strcmp(json_string_value(json_object_get(fact, "fact")), kind) == 0;
}

static int64_t number(const json_t *from, const char *key)
{
    return json_integer_value(json_object_get(from, key));
}

json_t *fold_part(json_t *state, const json_t *id)
{
    size_t i, k;
    json_t *item, *part;

    json_array_foreach(json_object_get(state, "items"), i, item)
        json_array_foreach(json_object_get(item, "parts"), k,
                           part) if (json_equal(json_object_get(part, "id"), id)) return part;
    return NULL;
}

/* What people were promised; a fact that says nothing of it leaves it, a block takes it away. */
static void promised(json_t *state, const json_t *told, bool whole)
{
    static const char *const names[] = { "begins", "ends" };
    json_t *meeting = json_object_get(state, "meeting");

    for (size_t i = 0; i < 2; i++) {
        json_t *value = json_object_get(told, names[i]);
        if (value)
            json_object_set(meeting, names[i], value);
        else if (whole)
            json_object_del(meeting, names[i]);
    }
}

/* How long parts are, whether they are on, and what they have used, where that is said. */
static void planned(json_t *state, const json_t *slots)
{
    static const char *const told[] = { "ms", "on", "used", "began" };
    size_t i;
    json_t *slot;

    json_array_foreach(slots, i, slot)
    {
        json_t *part = fold_part(state, json_object_get(slot, "part"));
        for (size_t k = 0; k < sizeof(told) / sizeof(told[0]); k++)
            if (fold_has(slot, told[k]))
                json_object_set(part, told[k], json_object_get(slot, told[k]));
    }
}

/* Where nobody speaks, the deadline that counts is the part's. */
static void part_counts(json_t *now)
{
    if (!json_is_null(json_object_get(now, "speaker")))
        return;
    json_object_set(now, "until", json_object_get(now, "part_until"));
    json_object_set(now, "left", json_object_get(now, "part_left"));
}

static void deadlines(json_t *now, const json_t *from)
{
    static const char *const all[] = { "until",     "part_until", "lap_until", "left",
                                       "part_left", "lap_left",   "since",     "back" };

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        take(now, from, all[i]);
    part_counts(now);
}

/* Whether a deadline that a block or fact tells has passed. */
static bool reached(const json_t *from, const char *until, const char *left, int64_t at)
{
    if (fold_has(from, until))
        return number(from, until) <= at;
    return fold_has(from, left) && number(from, left) <= 0;
}

static void part_began(json_t *state, json_t *now, const json_t *fact)
{
    json_t *block = json_pack("{s:O}", "part_until", json_object_get(fact, "until"));

    take(now, fact, "part");
    json_object_set_new(now, "state", json_string("running"));
    json_object_set_new(now, "speaker", json_null());
    json_object_set_new(now, "lap", json_integer(0));
    json_object_set_new(now, "laps", json_integer(0));
    deadlines(now, block);
    json_decref(block);
    empty(now, "queue");
    empty(now, "heard");
    empty(now, "hands");
    empty(now, "remarks");
    if (fold_has(now, "fair")) {
        const json_t *part = fold_part(state, json_object_get(fact, "part"));
        json_object_set_new(now, "fair",
                            json_boolean(!json_is_false(json_object_get(part, "fair"))));
    }
    unset(now, "closed");
    unset(now, "time_up");
    unset(now, "turn_up");
    json_object_set_new(now, "restart", json_null());
    empty(state, "ready");
    empty(state, "passed");
    hushed(state);
    json_t *part = fold_part(state, json_object_get(fact, "part"));
    json_object_set_new(part, "begun", json_true());
    json_object_set_new(part, "began", json_integer(number(fact, "at")));
}

static void nobody_speaks(json_t *state, json_t *now)
{
    json_object_set_new(now, "speaker", json_null());
    json_object_set_new(now, "answering", json_null());
    part_counts(now);
    unset(now, "turn_up");
    hushed(state);
}

static void turn_fact(json_t *state, json_t *now, const json_t *fact)
{
    json_t *seat = json_object_get(fact, "seat");

    if (is(fact, "turn.began")) {
        take(now, fact, "turn");
        json_object_set(now, "speaker", seat);
        take(now, fact, "until");
        fold_without(json_object_get(now, "queue"), seat);
        fold_without(json_object_get(now, "hands"), seat);
        fold_without(json_object_get(now, "remarks"), seat);
        unset(now, "turn_up");
        hushed(state);
    } else if (is(fact, "turn.ended")) {
        fold_once(json_object_get(now, "heard"), seat);
        fold_without(json_object_get(state, "passed"), seat);
        fold_come(state, seat);
        nobody_speaks(state, now);
    } else if (is(fact, "turn.deferred")) {
        fold_once(json_object_get(now, "queue"), seat);
        nobody_speaks(state, now);
    } else if (is(fact, "turn.passed")) {
        if (seat)
            fold_once(json_object_get(state, "passed"), seat);
    } else if (is(fact, "turn.answering")) {
        fold_put(now, "answering", json_is_true(json_object_get(fact, "answering")) ? seat : NULL);
        hushed(state);
    } else if (is(fact, "turn.extended")) {
        take(now, fact, "until");
        unset(now, "turn_up");
    }
}

/* The part began earlier, at the cost of the one before it, or the meeting did. */
static void corrected(json_t *state, json_t *now, const json_t *fact)
{
    static const char *const told[] = { "part_until", "lap_until", "part_left", "lap_left" };
    json_t *from = fold_part(state, json_object_get(fact, "from"));

    for (size_t i = 0; i < 4; i++)
        if (fold_has(fact, told[i]))
            take(now, fact, told[i]);
    part_counts(now);
    if (from)
        json_object_set_new(from, "used", json_integer(number(from, "used") - number(fact, "ms")));
    json_t *part = fold_part(state, json_object_get(fact, "part"));
    json_object_set_new(part, "began", json_integer(number(part, "began") - number(fact, "ms")));
    if (fold_has(fact, "began"))
        take(json_object_get(state, "meeting"), fact, "began");
    if (reached(fact, "part_until", "part_left", number(fact, "at")))
        json_object_set_new(now, "time_up", json_true());
}

static void clock_fact(json_t *state, json_t *now, const json_t *fact)
{
    int64_t at = number(fact, "at");

    if (is(fact, "clock.changed")) {
        static const char *const told[] = { "part_until", "lap_until", "part_left", "lap_left" };
        for (size_t i = 0; i < 4; i++)
            if (fold_has(fact, told[i]))
                take(now, fact, told[i]);
        part_counts(now);
        json_object_set(fold_part(state, json_object_get(fact, "part")), "ms",
                        json_object_get(fact, "ms"));
        if (!reached(fact, "part_until", "part_left", at))
            unset(now, "time_up");
        return;
    }
    if (is(fact, "clock.corrected")) {
        corrected(state, now, fact);
        return;
    }
    bool pauses = is(fact, "clock.paused");
    json_object_set_new(now, "state", json_string(pauses ? "paused" : "running"));
    deadlines(now, fact);
    take(now, fact, "restart");
    if (pauses)
        fold_put(now, "since", json_object_get(fact, fold_has(fact, "restart") ? "restart" : "at"));
}

static void lap_fact(json_t *state, json_t *now, const json_t *fact)
{
    if (is(fact, "lap.added")) {
        take(now, fact, "laps");
    } else if (is(fact, "lap.began")) {
        take(now, fact, "lap");
        take(now, fact, "laps");
        json_object_set(now, "lap_until", json_object_get(fact, "until"));
        json_object_set_new(now, "queue", json_copy(json_object_get(fact, "order")));
        empty(now, "heard");
        empty(state, "passed");
    }
}

static void agenda_part(json_t *part, const json_t *was)
{
    if (was && fold_has(was, "presenter"))
        take(part, was, "presenter");
    if (was && fold_has(was, "facilitator"))
        take(part, was, "facilitator");
    if (!fold_has(part, "minutes"))
        json_object_set_new(part, "minutes", json_null());
    json_object_set_new(part, "used", json_integer(0));
    json_object_set_new(part, "begun", json_false());
}

/* Another agenda, laid out: notes, and who was named for it, stay with their part where it is there
 * still. */
static void agenda_changed(json_t *state, const json_t *fact)
{
    static const char *const stays[] = { "code", "began", "wall", "keep" };
    json_t *agenda = json_object_get(fact, "agenda"), *was = json_object_get(state, "meeting");
    json_t *meeting =
        json_pack("{s:s, s:O}", "title", "Runde", "locale", json_object_get(was, "locale"));
    json_t *items = json_deep_copy(json_object_get(agenda, "items")), *each, *part;
    size_t i, k;

    json_object_update(meeting, agenda);
    json_object_del(meeting, "items");
    json_object_del(meeting, "carried");
    json_object_del(meeting, "before");
    for (i = 0; i < 4; i++)
        take(meeting, was, stays[i]);
    json_object_set_new(state, "meeting", meeting);
    json_array_foreach(items, i, each) json_array_foreach(json_object_get(each, "parts"), k, part)
        agenda_part(part, fold_part(state, json_object_get(part, "id")));
    json_object_set_new(state, "items", items);
    planned(state, json_object_get(fact, "plan"));
    json_object_set_new(state, "carried",
                        fold_has(agenda, "carried")
                            ? json_deep_copy(json_object_get(agenda, "carried"))
                            : json_array());
    fold_before(state, json_object_get(agenda, "before"));
    json_array_foreach(json_object_get(state, "notes"), i,
                       each) if (!fold_part(state, json_object_get(each, "part")))
        json_object_set_new(each, "part", json_null());
    fold_forget_undo(state);
}

/* How long it is kept, and when it is erased, as far as the fact says. */
static void kept(json_t *state, const json_t *fact)
{
    static const char *const told[] = { "keep", "erases" };

    for (size_t i = 0; i < 2; i++)
        if (fold_has(fact, told[i]))
            take(json_object_get(state, "meeting"), fact, told[i]);
}

static void closed(json_t *state, json_t *now, const json_t *fact)
{
    json_t *nothing = json_object();

    kept(state, fact);

    json_object_set_new(now, "state", json_string("closed"));
    json_object_set_new(now, "speaker", json_null());
    json_object_set_new(now, "part", json_null());
    deadlines(now, nothing);
    json_decref(nothing);
    empty(now, "queue");
    empty(now, "hands");
    empty(now, "remarks");
    if (fold_has(json_object_get(state, "door"), "knocks"))
        empty(json_object_get(state, "door"), "knocks");
    fold_forget_undo(state);
}

void fold_forget_undo(json_t *state)
{
    if (json_object_get(state, "undo"))
        json_object_set_new(state, "undo", json_null());
}

static void undo_kept(json_t *state, const json_t *fact)
{
    json_t *steps = json_object_get(state, "undo"), *label = json_object();
    static const char *const told[] = { "what", "seat", "part" };

    for (size_t i = 0; i < 3; i++)
        if (fold_has(fact, told[i]))
            take(label, fact, told[i]);
    if (!json_is_array(steps)) {
        steps = json_array();
        json_object_set_new(state, "undo", steps);
    }
    json_array_append_new(steps, label);
    if (json_array_size(steps) > UNDO_DEPTH)
        json_array_remove(steps, 0);
}

static void undo_pop(json_t *state)
{
    json_t *steps = json_object_get(state, "undo");

    if (!json_is_array(steps))
        return;
    json_array_remove(steps, json_array_size(steps) - 1);
    if (json_array_size(steps) == 0)
        fold_forget_undo(state);
}

/* Who has not been heard, as things stand now, has not passed either; who passed in another part
 * is forgotten. */
static void passed_again(json_t *state, const json_t *now, const json_t *part_before)
{
    json_t *passed = json_object_get(state, "passed"), *seat;
    json_t *still = json_array();
    size_t i, k;
    json_t *heard;

    if (json_equal(part_before, json_object_get(now, "part")))
        json_array_foreach(passed, i, seat)
            json_array_foreach(json_object_get(now, "heard"), k, heard) if (json_equal(seat, heard))
                json_array_append(still, seat);
    if (passed)
        json_object_set(state, "passed", still);
    json_decref(still);
}

/* Who presents and who facilitates, as named then, or not named. */
static void duties_again(json_t *state, const json_t *plan)
{
    static const char *const duties[] = { "presenter", "facilitator" };
    size_t i;
    json_t *row;

    json_array_foreach(plan, i, row)
    {
        json_t *part = fold_part(state, json_object_get(row, "part"));
        for (size_t k = 0; k < 2; k++)
            if (fold_has(row, duties[k]))
                json_object_set(part, duties[k], json_object_get(row, duties[k]));
            else
                json_object_del(part, duties[k]);
    }
}

static void undone(json_t *state, json_t *now, const json_t *fact)
{
    static const char *const told[] = { "state", "part", "speaker", "answering",
                                        "turn",  "lap",  "laps" };
    const json_t *block = json_object_get(fact, "block");
    int64_t at = number(fact, "at");

    json_t *part_before = json_incref(json_object_get(now, "part"));
    undo_pop(state);
    for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
        take(now, block, told[i]);
    json_object_set(now, "closed", json_object_get(block, "closed"));
    json_object_set_new(now, "queue", json_copy(json_object_get(block, "queue")));
    json_object_set_new(now, "heard", json_copy(json_object_get(block, "heard")));
    json_object_set_new(now, "hands", json_copy(json_object_get(block, "hands")));
    json_object_set_new(now, "remarks", json_copy(json_object_get(block, "remarks")));
    if (fold_has(now, "fair"))
        take(now, block, "fair");
    deadlines(now, block);
    planned(state, json_object_get(block, "plan"));
    duties_again(state, json_object_get(block, "plan"));
    if (fold_has(block, "wall") && fold_has(state, "wall"))
        json_object_set_new(state, "wall", json_deep_copy(json_object_get(block, "wall")));
    if (fold_has(block, "table"))
        fold_table(state, json_object_get(block, "table"));
    take(json_object_get(state, "meeting"), block, "began");
    promised(state, block, true);
    json_object_set_new(now, "time_up",
                        json_boolean(reached(block, "part_until", "part_left", at)));
    json_object_set_new(now, "turn_up", json_boolean(reached(block, "until", "left", at)));
    json_object_set_new(now, "restart", json_null());
    hushed(state);
    passed_again(state, now, part_before);
    json_decref(part_before);
}

static void floor_fact(json_t *state, json_t *now, const json_t *fact)
{
    if (is(fact, "floor.ordered"))
        json_object_set_new(now, "queue", json_copy(json_object_get(fact, "order")));
    else if (is(fact, "floor.closed"))
        take(now, fact, "closed");
    else if (is(fact, "floor.fair"))
        take(now, fact, "fair");
    else if (is(fact, "hand.raised")) {
        fold_once(json_object_get(now, "hands"), json_object_get(fact, "seat"));
        if (json_is_true(json_object_get(fact, "remark")))
            fold_once(json_object_get(now, "remarks"), json_object_get(fact, "seat"));
    } else if (is(fact, "hand.lowered")) {
        fold_without(json_object_get(now, "hands"), json_object_get(fact, "seat"));
        fold_without(json_object_get(now, "remarks"), json_object_get(fact, "seat"));
    } else if (is(fact, "hint.given")) {
        json_object_set_new(state, "hint", json_true());
        json_object_set(state, "hinted", json_object_get(fact, "seat"));
    } else if (is(fact, "time.up"))
        json_object_set_new(
            now,
            strcmp(json_string_value(json_object_get(fact, "of")), "turn") ? "time_up" : "turn_up",
            json_true());
    else if (is(fact, "ready.changed")) {
        json_t *ready = json_object_get(state, "ready"), *seat = json_object_get(fact, "seat");
        if (json_is_true(json_object_get(fact, "ready")))
            fold_once(ready, seat);
        else
            fold_without(ready, seat);
    }
}

void fold_fact(json_t *state, const json_t *fact)
{
    const char *kind = json_string_value(json_object_get(fact, "fact"));
    json_t *now = json_object_get(state, "now");

    if (strncmp(kind, "turn.", 5) == 0)
        turn_fact(state, now, fact);
    else if (strncmp(kind, "clock.", 6) == 0)
        clock_fact(state, now, fact);
    else if (strncmp(kind, "lap.", 4) == 0)
        lap_fact(state, now, fact);
    else if (is(fact, "part.began"))
        part_began(state, now, fact);
    else if (is(fact, "pause.changed"))
        take(now, fact, "back");
    else if (is(fact, "part.ended")) {
        json_object_set(fold_part(state, json_object_get(fact, "part")), "used",
                        json_object_get(fact, "used"));
        empty(state, "passed");
        hushed(state);
        json_object_set_new(now, "speaker", json_null());
        part_counts(now);
    } else if (is(fact, "plan.changed")) {
        planned(state, json_object_get(fact, "parts"));
        promised(state, fact, false);
    } else if (is(fact, "agenda.changed"))
        agenda_changed(state, fact);
    else if (is(fact, "meeting.started")) {
        json_object_set(json_object_get(state, "meeting"), "began", json_object_get(fact, "at"));
        promised(state, fact, true);
    } else if (is(fact, "meeting.closed"))
        closed(state, now, fact);
    else if (is(fact, "keep.changed"))
        kept(state, fact);
    else if (is(fact, "undo.kept"))
        undo_kept(state, fact);
    else if (is(fact, "undo.spent"))
        undo_pop(state);
    else if (is(fact, "undone"))
        undone(state, now, fact);
    else if (!fold_board_fact(state, fact) && !fold_beside_fact(state, fact) &&
             !fold_pairs_fact(state, fact))
        floor_fact(state, now, fact);
}
