/* audit_clock.c -- the stopwatch: parts, pauses, deadlines. */
#include <string.h>

#include "sim/ledger.h"
#include "sim/peer.h"

/* The row that tells when it was last alive is as old as 5 s, and the second of a tick. */
enum { RESTART_MS = 30000, MARK_MS = 6000, DAY_MS = 86400000 };

void audit_due(struct auditor *a, int64_t due, int64_t at)
{
    A_CHECK(a, at >= due);
    if (!a->trouble && due > a->quiet_from)
        A_CHECK(a, at == due);
}

static int64_t left_now(const struct ledger *l, int64_t at)
{
    return l->state == PAUSED ? l->part_left : l->part_until - at;
}

/* The next part that is on, from this one. */
static int neighbour(const struct ledger *l, int part, int step)
{
    for (part += step; part >= 0 && part < l->part_count; part += step)
        if (l->parts[part].on)
            return part;
    return -1;
}

static void part_began(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    int part = ledger_part(a, ledger_word(fact, "part"));
    struct slip *slip = &l->parts[part];
    int64_t at = ledger_number(fact, "at"), until = ledger_number(fact, "until");

    A_CHECK(a, part >= 0 && slip->on && l->speaker == 0);
    if (strcmp(a->cause, "part.next") == 0 || strcmp(a->cause, "meeting.start") == 0)
        A_CHECK(a, part == neighbour(l, l->part, 1));
    if (strcmp(a->cause, "part.back") == 0)
        A_CHECK(a, part == neighbour(l, l->part, -1));
    A_CHECK(a, until - at == slip->ms - slip->used);
    if (slip->used > 0)
        A_CHECK(a, until - at >= 60000);
    if (slip->shares && slip->used == 0)
        A_CHECK(a, until - at >= slip->turn_min);
    l->state = RUNNING;
    l->part = part;
    l->lap = l->laps = 0;
    l->part_until = until;
    l->told = l->turn_told = l->closed = a->unheard = false;
    l->queue.count = l->heard.count = l->hands.count = 0;
    memset(l->spoke, 0, sizeof(l->spoke));
    l->remarks.count = 0;
    l->fair = !slip->unfair;
    slip->begun = true;
}

static void part_ended(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    struct slip *slip = &l->parts[l->part];

    A_CHECK(a, strcmp(slip->id, ledger_word(fact, "part")) == 0);
    A_CHECK(a, l->speaker == 0);
    slip->used = ledger_number(fact, "used");
    l->before = l->part;
    A_CHECK(a, slip->used == slip->ms - left_now(l, ledger_number(fact, "at")));
}

/* An end lies ahead when it is promised, and the agenda's length after the beginning as long as
 * nothing is over. */
static void promised(struct auditor *a, const json_t *fact, bool moves)
{
    struct ledger *l = &a->now;

    if (!json_object_get(fact, "ends"))
        return;
    l->ends_told = true;
    l->ends = ledger_number(fact, "ends");
    A_CHECK(a, l->ends > ledger_number(fact, "at"));
    A_CHECK(a, (json_object_get(fact, "begins") != NULL) == moves);
    if (moves) {
        l->begins_told = true;
        l->begins = ledger_number(fact, "begins");
        A_CHECK(a, l->ends - l->begins == l->length);
    }
}

static void plan_changed(struct auditor *a, const json_t *fact)
{
    size_t i;
    json_t *slot;

    json_array_foreach(json_object_get(fact, "parts"), i, slot)
    {
        int part = ledger_part(a, ledger_word(slot, "part"));
        A_CHECK(a, part >= 0);
        struct slip *slip = &a->now.parts[part];
        bool on = json_is_true(json_object_get(slot, "on"));
        A_CHECK(a, on || on == slip->on || slip->optional);
        slip->ms = ledger_number(slot, "ms");
        slip->shares &= strcmp(a->cause, "plan.change") != 0; /* It has minutes of its own. */
        slip->on = on;
        A_CHECK(a, slip->ms >= 0);
    }
    promised(a, fact, a->now.state != IN_LOBBY && a->now.before < 0);
}

/* An end that was promised in the lobby holds while it lies ahead. */
static void meeting_started(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;

    l->began = ledger_number(fact, "at");
    bool held = l->ends_told && l->ends > l->began;
    int64_t ends = l->ends;
    l->begins_told = l->ends_told = false;
    promised(a, fact, true);
    A_CHECK(a, !held || (l->ends_told && l->ends == ends));
}

/* An agenda without what the server may add: ids of what was carried over, and what came of it;
 * and without answers, which it tells apart. */
static json_t *as_asked(const json_t *agenda)
{
    json_t *copy = json_deep_copy(agenda), *each;
    size_t i;

    json_array_foreach(json_object_get(copy, "carried"), i, each)
    {
        json_object_del(each, "id");
        json_object_del(each, "outcome");
        json_object_del(each, "word");
    }
    json_array_foreach(json_object_get(copy, "before"), i, each)
    {
        json_object_del(each, "yes");
        json_object_del(each, "text");
    }
    return copy;
}

/* Where no language or zone was said, it is the meeting's. */
static bool was_asked(const struct auditor *a, const json_t *fact_agenda)
{
    const json_t *meeting = json_object_get(a->sim->observer->state, "meeting");
    json_t *agenda = as_asked(fact_agenda), *silent = json_deep_copy(agenda), *one;
    const char *id;
    bool asked = false;

    if (json_equal(json_object_get(agenda, "locale"), json_object_get(meeting, "locale")))
        json_object_del(silent, "locale");
    if (json_equal(json_object_get(agenda, "zone"), json_object_get(meeting, "zone")))
        json_object_del(silent, "zone");
    json_object_foreach(a->asked, id, one)
    {
        json_t *wanted = as_asked(json_object_get(json_object_get(one, "with"), "agenda"));
        asked |= wanted && (json_equal(wanted, agenda) || json_equal(wanted, silent));
        json_decref(wanted);
    }
    json_decref(silent);
    json_decref(agenda);
    return asked;
}

/* Only where nothing of the old one has begun. */
static void agenda_changed(struct auditor *a, const json_t *fact)
{
    A_CHECK(a, a->now.state == IN_LOBBY);
    for (int i = 0; i < a->now.part_count; i++)
        A_CHECK(a, !a->now.parts[i].begun);
    A_CHECK(a, was_asked(a, json_object_get(fact, "agenda")));
    ledger_replan(a, fact);
    a->now.begins_told = a->now.ends_told = false;
    a->undo_count = 0; /* Its steps know the parts that were. */
}

static void part_assigned(struct auditor *a, const json_t *fact)
{
    int part = ledger_part(a, ledger_word(fact, "part"));

    A_CHECK(a, part >= 0 && strcmp(a->cause, "part.assign") == 0);
    if (strcmp(ledger_word(fact, "as"), "presenter") == 0)
        a->now.parts[part].presenter = (int)ledger_number(fact, "seat");
}

static void clock_changed(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    struct slip *slip = &l->parts[l->part];
    int64_t at = ledger_number(fact, "at"), by = ledger_number(fact, "ms") - slip->ms;
    int64_t left = left_now(l, at) + by;

    A_CHECK(a, strcmp(slip->id, ledger_word(fact, "part")) == 0);
    A_CHECK(a, by >= 0 || left >= 0); /* No part can have ended in the past. */
    slip->ms += by;
    slip->shares = false;
    if (l->state == PAUSED) {
        l->part_left += by;
        l->lap_left += by;
        A_CHECK(a, ledger_number(fact, "part_left") == l->part_left);
        A_CHECK(a, l->lap == 0 || ledger_number(fact, "lap_left") == l->lap_left);
    } else {
        l->part_until += by;
        l->lap_until = l->lap_until + by > at ? l->lap_until + by : at;
        A_CHECK(a, ledger_number(fact, "part_until") == l->part_until);
        A_CHECK(a, l->lap == 0 || ledger_number(fact, "lap_until") == l->lap_until);
    }
    l->told = l->told && left <= 0;
}

/* Not a second is made or lost: what the part gets, the one before it gives, or the time before
 * the meeting. */
static void clock_corrected(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    int64_t at = ledger_number(fact, "at"), by = ledger_number(fact, "ms");

    A_CHECK(a, strcmp(a->cause, "clock.correct") == 0 && by > 0);
    A_CHECK(a, strcmp(l->parts[l->part].id, ledger_word(fact, "part")) == 0);
    A_CHECK(a, ledger_part(a, ledger_word(fact, "from")) == l->before);
    if (l->before >= 0) {
        l->parts[l->before].used -= by;
        A_CHECK(a, l->parts[l->before].used >= 0);
    } else {
        l->began -= by;
        A_CHECK(a, l->began >= 0 && ledger_number(fact, "began") == l->began);
    }
    l->part_left -= by;
    l->lap_left -= by;
    l->part_until -= by;
    l->lap_until = l->lap_until - by > at ? l->lap_until - by : at;
    bool stands = l->state == PAUSED;
    A_CHECK(a, stands || ledger_number(fact, "part_until") == l->part_until);
    A_CHECK(a, stands || l->lap == 0 || ledger_number(fact, "lap_until") == l->lap_until);
    A_CHECK(a, !stands || ledger_number(fact, "part_left") == l->part_left);
    A_CHECK(a, !stands || l->lap == 0 || ledger_number(fact, "lap_left") == l->lap_left);
    l->told = l->told || left_now(l, at) <= 0;
}

static void clock_paused(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    int64_t at = ledger_number(fact, "at"), since = at;

    A_CHECK(a, l->state == RUNNING);
    if (json_object_get(fact, "restart")) {
        since = ledger_number(fact, "restart");
        A_CHECK(a, since <= a->died && since <= at && since >= a->at);
        A_CHECK(a, a->away + a->blind + MARK_MS > RESTART_MS);
    }
    l->state = PAUSED;
    l->since = since;
    l->back = ledger_number(fact, "back");
    A_CHECK(a, l->back == 0 || (l->back > at && !json_object_get(fact, "restart")));
    l->part_left = l->part_until - since;
    l->lap_left = l->lap_until - since;
    l->left = l->until - since;
    A_CHECK(a, ledger_number(fact, "part_left") == l->part_left);
    A_CHECK(a, l->lap == 0 || ledger_number(fact, "lap_left") == l->lap_left);
    A_CHECK(a, l->speaker == 0 || ledger_number(fact, "left") == l->left);
}

/* Only who said it moves it, and to another time that is still to come. */
static void pause_changed(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    int64_t back = ledger_number(fact, "back");

    A_CHECK(a, strcmp(a->cause, "pause.change") == 0 && l->state == PAUSED && back != l->back);
    A_CHECK(a, back == 0 || back > ledger_number(fact, "at"));
    l->back = back;
}

static void clock_resumed(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    int64_t at = ledger_number(fact, "at");

    A_CHECK(a, l->state == PAUSED);
    l->state = RUNNING;
    l->part_until = at + l->part_left;
    l->lap_until = at + l->lap_left;
    l->until = at + l->left;
    A_CHECK(a, ledger_number(fact, "part_until") == l->part_until);
    A_CHECK(a, l->lap == 0 || ledger_number(fact, "lap_until") == l->lap_until);
    A_CHECK(a, l->speaker == 0 || ledger_number(fact, "until") == l->until);
}

static void time_up(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;
    int64_t at = ledger_number(fact, "at");
    bool turn = strcmp(ledger_word(fact, "of"), "turn") == 0;

    A_CHECK(a, l->state == RUNNING);
    A_CHECK(a, strcmp(l->parts[l->part].id, ledger_word(fact, "part")) == 0);
    audit_due(a, turn ? l->until : l->part_until, at);
    if (turn) {
        A_CHECK(a, l->speaker != 0 && l->speaker == (int)ledger_number(fact, "seat"));
        A_CHECK(a, !l->turn_told);
        l->turn_told = true;
    } else {
        A_CHECK(a, !l->told);
        l->told = true;
    }
}

/* It is erased so many days after its end, and at no other time. */
static void keep_changed(struct auditor *a, const json_t *fact)
{
    bool over = a->now.state == CLOSED;
    int64_t keep = ledger_number(fact, "keep");

    A_CHECK(a, keep != a->keep && keep >= 0 && keep <= LIMIT_KEEP_DAYS);
    a->keep = keep;
    A_CHECK(a, over == (json_object_get(fact, "erases") != NULL));
    A_CHECK(a, !over || ledger_number(fact, "erases") == a->ended + keep * DAY_MS);
}

static void meeting_closed(struct auditor *a, const json_t *fact)
{
    struct ledger *l = &a->now;

    A_CHECK(a, l->state != CLOSED && l->speaker == 0);
    l->state = CLOSED;
    a->ended = ledger_number(fact, "at");
    A_CHECK(a, ledger_number(fact, "erases") == a->ended + a->keep * DAY_MS);
    l->part = -1;
    l->queue.count = l->hands.count = l->remarks.count = 0;
    a->undo_count = 0;
}

bool audit_clock(struct auditor *a, const json_t *fact)
{
    const char *kind = ledger_word(fact, "fact");

    if (strcmp(kind, "part.began") == 0)
        part_began(a, fact);
    else if (strcmp(kind, "part.ended") == 0)
        part_ended(a, fact);
    else if (strcmp(kind, "plan.changed") == 0)
        plan_changed(a, fact);
    else if (strcmp(kind, "agenda.changed") == 0)
        agenda_changed(a, fact);
    else if (strcmp(kind, "part.assigned") == 0)
        part_assigned(a, fact);
    else if (strcmp(kind, "meeting.started") == 0)
        meeting_started(a, fact);
    else if (strcmp(kind, "clock.corrected") == 0)
        clock_corrected(a, fact);
    else if (strcmp(kind, "clock.changed") == 0)
        clock_changed(a, fact);
    else if (strcmp(kind, "clock.paused") == 0)
        clock_paused(a, fact);
    else if (strcmp(kind, "pause.changed") == 0)
        pause_changed(a, fact);
    else if (strcmp(kind, "clock.resumed") == 0)
        clock_resumed(a, fact);
    else if (strcmp(kind, "time.up") == 0)
        time_up(a, fact);
    else if (strcmp(kind, "meeting.closed") == 0)
        meeting_closed(a, fact);
    else if (strcmp(kind, "keep.changed") == 0)
        keep_changed(a, fact);
    else
        return false;
    return true;
}
