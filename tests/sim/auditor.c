#include "sim/auditor.h"

#include <stdlib.h>
#include <string.h>

#include "sim/ledger.h"
#include "sim/method/pairs.h"
#include "sim/peer.h"

enum { RESTART_MS = 30000 };

struct auditor *auditor_new(struct sim *s)
{
    struct auditor *a = calloc(1, sizeof(*a));

    a->sim = s;
    a->truth = json_object();
    a->asked = json_object();
    a->board = json_object();
    a->retired = json_object();
    a->shown = json_object();
    a->points = json_object();
    a->off = json_object();
    a->off_at = json_object();
    a->written = json_array();
    a->taken = json_object();
    a->renewed = json_object();
    a->pairs = calloc(1, sizeof(*a->pairs));
    return a;
}

void auditor_free(struct auditor *a)
{
    json_decref(a->truth);
    json_decref(a->asked);
    json_decref(a->board);
    json_decref(a->retired);
    json_decref(a->shown);
    json_decref(a->points);
    json_decref(a->off);
    json_decref(a->off_at);
    json_decref(a->written);
    json_decref(a->taken);
    json_decref(a->renewed);
    free(a->rows);
    free(a->pairs);
    free(a);
}

/* Where the meeting stands when the observer comes in: before anything has happened. */
void auditor_snapshot(struct auditor *a, const struct peer *p, int64_t seq, json_t *snapshot)
{
    if (p != a->sim->observer)
        return;
    A_CHECK(a, a->seq == 0); /* Later on it hears every fact. */
    a->seq = seq;
    a->told = seq;
    a->keep = ledger_number(json_object_get(snapshot, "meeting"), "keep");
    ledger_plan(a, snapshot);
}

void auditor_told(struct auditor *a, int64_t seq)
{
    if (seq > a->told)
        a->told = seq;
}

/* Texts are numbered in the order in which they were written: that ten stand in it still is no
 * shuffle's doing. */
static bool in_order(const json_t *points)
{
    int last = 0;
    size_t i;
    json_t *each;

    json_array_foreach(points, i, each)
    {
        int n = atoi(ledger_word(each, "text") + strlen("retro "));
        if (n < last)
            return false;
        last = n;
    }
    return json_array_size(points) >= 10;
}

static void shown(struct auditor *a, const json_t *fact)
{
    const char *id;
    json_t *one;
    json_t *part = json_object_get(fact, "part");
    size_t i;

    A_CHECK(a, !in_order(json_object_get(fact, "points")));
    json_array_foreach(json_object_get(fact, "points"), i, one)
        json_object_set(a->points, ledger_word(one, "contribution"), json_object_get(one, "text"));
    json_object_set_new(a->shown, json_string_value(part), json_integer(sim_now(a->sim)));
    a->undo_count = 0; /* Undo never crosses a redaction. */
    json_object_foreach(a->board, id, one)
    {
        bool point = strcmp(ledger_word(one, "kind"), "point") == 0;
        bool of_part =
            json_object_get(one, "retro") && json_equal(json_object_get(one, "part"), part);
        /* Withdrawn, and never from the board: of a point whose own answer nobody has heard. */
        bool sealed = point && json_object_get(one, "gone") && !json_object_get(a->off, id);
        if (of_part || sealed)
            json_object_set_new(a->retired, id, json_true());
    }
}

/* Whether a command about this point was answered with one of these numbers, or, where `to` is 0,
 * sent and not answered yet.  By a phone, or by somebody else. */
static bool was_asked(const struct auditor *a, const char *command, const char *contribution,
                      int64_t from, int64_t to, bool phone)
{
    const char *id;
    json_t *one;

    json_object_foreach(a->asked, id, one)
    {
        const json_t *answer = json_object_get(one, "answer");
        int64_t seq = ledger_number(answer, "seq");
        const struct peer *p = a->sim->peers[ledger_number(one, "peer")];
        if (strcmp(ledger_word(one, "do"), command) == 0 &&
            strcmp(ledger_word(json_object_get(one, "with"), "contribution"), contribution) == 0 &&
            (answer ? from <= seq && seq <= to : to == 0) && json_object_get(one, "sent") &&
            peer_is(p, "phone") == phone)
            return true;
    }
    return false;
}

/* A point that was taken off the board comes back by undo, or because console or scribe put it
 * back; not if its author took it off. */
static void board(struct auditor *a, const json_t *fact, const char *kind)
{
    const char *id = ledger_word(fact, "contribution");
    int64_t seq = ledger_number(fact, "seq"), off_at = ledger_number(a->off_at, id);

    if (strcmp(kind, "contribution.withdrawn") == 0) {
        json_object_set_new(a->off, id, json_true());
        json_object_set_new(a->off_at, id, json_integer(seq));
    }
    if (strcmp(kind, "contribution.added") != 0 || !json_object_get(a->off, id))
        return;
    bool undone =
        a->undo_count > 0 && strcmp(a->undo[a->undo_count - 1].what, "contribution.withdraw") == 0;
    A_CHECK(a, json_is_true(json_object_get(a->off, id)));
    A_CHECK(a,
            undone || was_asked(a, "contribution.restore", id, 0, 0, false) ||
                was_asked(a, "contribution.restore", id, seq, seq + 1, false)); /* And its group. */
    A_CHECK(a, !was_asked(a, "contribution.withdraw", id, off_at, off_at, true));
    json_object_set_new(a->off, id, json_false());
}

/* A fact as the console hears it, in order: the ledger goes on. */
static void enter(struct auditor *a, const json_t *fact)
{
    const char *kind = ledger_word(fact, "fact");
    int64_t seq = ledger_number(fact, "seq"), at = ledger_number(fact, "at");

    A_CHECK(a, seq > a->seq && at >= a->at && at <= sim_now(a->sim) + sim_ahead(a->sim));
    bool blanked = strcmp(a->fact, "turn.ended") == 0 && seq == a->seq + 2;
    if (blanked) /* Between them stood whether it was a pass, which is nobody's to know now. */
        a->unheard = true;
    else if (seq != a->seq + 1)
        a->fact[0] = a->cause[0] = 0; /* Another command's facts. */
    if (a->next_lap != 0)
        A_CHECK(a, seq == a->seq + 1 && strcmp(kind, "lap.began") == 0);
    audit_journal_enter(a, fact);
    if (!audit_undo(a, fact) && !audit_clock(a, fact))
        (void)audit_floor(a, fact);
    if (strcmp(kind, "retro.shown") == 0)
        shown(a, fact);
    board(a, fact, kind);
    audit_texts_fact(a, fact);
    audit_pairs_fact(a, fact);
    if (strcmp(kind, "knock.added") == 0 && json_object_get(fact, "claim"))
        a->person[ledger_number(fact, "claim")].claimed = true;
    a->seq = seq;
    a->at = at;
    snprintf(a->fact, sizeof(a->fact), "%s", kind);
    a->fact_seat = (int)ledger_number(fact, "seat");
}

void auditor_fact(struct auditor *a, const struct peer *p, json_t *fact)
{
    char seq[24];

    audit_journal_fact(a, fact);
    snprintf(seq, sizeof(seq), "%lld", (long long)ledger_number(fact, "seq"));
    json_t *before = json_object_get(a->truth, seq);
    if (before)
        A_CHECK(a, json_equal(before, fact)); /* All are told the same. */
    else
        json_object_set(a->truth, seq, fact);
    if (p == a->sim->observer)
        enter(a, fact);
}

void auditor_trouble(struct auditor *a)
{
    a->trouble = true;
}

void auditor_trouble_over(struct auditor *a)
{
    a->trouble = false;
    a->quiet_from = sim_now(a->sim);
}

void auditor_restarted(struct auditor *a, int64_t away_ms, int64_t blind_ms)
{
    a->died = sim_now(a->sim);
    a->away = away_ms;
    a->blind = blind_ms;
    auditor_trouble(a);
}

const struct ledger *auditor_ledger(const struct auditor *a)
{
    return &a->now;
}

/* After a long stop the meeting comes back paused; a short one is a blink. */
void auditor_back(struct auditor *a)
{
    if (a->away > RESTART_MS)
        A_CHECK(a, a->now.state != RUNNING);
    a->away = a->blind = 0;
}

/* A phone gets nothing more by a seat that it is out of: nothing of what followed has reached it.
 */
static void outside(struct auditor *a)
{
    const struct sim *s = a->sim;

    for (size_t i = 0; i < s->peer_count; i++) {
        const struct peer *p = s->peers[i];
        for (size_t k = 0; peer_is(p, "phone") && k < p->own_count; k++) {
            int64_t barred = a->person[p->own[k]].barred;
            A_CHECK(a, barred == 0 || p->seq <= barred || p->seq > s->observer->seq);
        }
    }
}

void auditor_namesake(struct auditor *a, const struct peer *p, int64_t seat)
{
    const json_t *seats = json_object_get(a->sim->observer->state, "seats");
    bool heard = seat <= a->people && a->told <= a->sim->observer->seq;
    size_t i;
    json_t *each;

    A_CHECK(a, seat >= 1);
    json_array_foreach(seats, i, each) if (heard && ledger_number(each, "seat") == seat)
        A_CHECK(a, strcasecmp(ledger_word(each, "name"), p->name) == 0);
}

void auditor_moment(struct auditor *a)
{
    const struct ledger *l = &a->now;
    int64_t now = sim_now(a->sim) - sim_behind(a->sim);

    A_CHECK(a, a->next_lap == 0);
    audit_pairs_moment(a);
    outside(a);
    audit_texts_moment(a);
    A_CHECK(a, l->speaker == 0 || a->person[l->speaker].presence != LEFT);
    if (a->trouble || l->state != RUNNING)
        return;
    A_CHECK(a, l->told || l->part_until > now || l->part_until <= a->quiet_from);
    A_CHECK(a, l->speaker == 0 || l->turn_told || l->until > now || l->until <= a->quiet_from);
}

int64_t auditor_newest(const struct auditor *a)
{
    return a->told;
}

void auditor_only_time_passed(struct auditor *a, int64_t seq, int64_t since)
{
    for (int64_t n = seq + 1; n <= a->told; n++) {
        char number[24];
        snprintf(number, sizeof(number), "%lld", (long long)n);
        const json_t *fact = json_object_get(a->truth, number);
        const char *kind = ledger_word(fact, "fact");
        if (!fact || ledger_number(fact, "at") <= since + sim_ahead(a->sim))
            continue; /* Nobody's to know; or heard late by the only one whose it is. */
        bool clock = strcmp(kind, "time.up") == 0 ||
                     (strcmp(kind, "clock.paused") == 0 && json_object_get(fact, "restart"));
        A_CHECK(a, clock); /* The clock takes the floor from nobody and ends nothing. */
    }
}

/* Whether the console has, or may have, sent this about the seat; `presence` NULL: whatever it says
 * of that. */
static bool was_told(const struct auditor *a, const char *command, int64_t seat,
                     const char *presence)
{
    const char *id;
    json_t *one;

    json_object_foreach(a->asked, id, one)
    {
        const json_t *with = json_object_get(one, "with");
        const struct peer *p = a->sim->peers[ledger_number(one, "peer")];
        if (strcmp(ledger_word(one, "do"), command) == 0 && ledger_number(with, "seat") == seat &&
            (!presence || strcmp(ledger_word(with, "presence"), presence) == 0) &&
            (json_object_get(one, "answer") || json_object_get(one, "sent")) &&
            peer_is(p, "console"))
            return true;
    }
    return false;
}

bool auditor_linked(const struct auditor *a, int64_t seat)
{
    return a->person[seat].claimed || was_told(a, "seat.link", seat, NULL);
}

bool auditor_taken_out(const struct auditor *a, int64_t seat)
{
    return was_told(a, "seat.change", seat, "left");
}

bool auditor_lost(const struct auditor *a, int64_t seat)
{
    return auditor_linked(a, seat) || auditor_taken_out(a, seat) || a->person[seat].removed;
}

bool auditor_shared(const struct auditor *a, int64_t seat)
{
    for (int other = 1; other <= a->people; other++)
        if (a->person[other].with == seat || a->person[other].was == seat)
            return true;
    return a->person[seat].with != 0 || a->person[seat].was != 0;
}

void auditor_renewed(struct auditor *a, const char *role)
{
    json_object_set_new(a->renewed, role, json_true());
}

void auditor_ended(struct auditor *a, const struct peer *p, const char *code)
{
    bool linked = false, barred = p->own_count == 0;

    for (size_t i = 0; i < p->own_count; i++)
        barred |= auditor_taken_out(a, p->own[i]) || auditor_linked(a, p->own[i]);
    A_CHECK(a, strcmp(code, "out") != 0 || barred || a->trouble);
    for (size_t i = 0; i < p->own_count; i++)
        for (int seat = 1; seat <= a->people; seat++) /* Its own, or one that shares it. */
            if (seat == p->own[i] || a->person[seat].with == p->own[i] ||
                a->person[seat].was == p->own[i])
                linked |= auditor_linked(a, seat);
    if (strcmp(p->role, "phone") != 0)
        linked = json_object_get(a->renewed, p->role) != NULL;
    A_CHECK(a, strcmp(code, "ended") != 0 || linked);
    /* It keeps those that are still its own. */
    bool dead = strcmp(code, "ended") == 0 || strcmp(code, "wrong_key") == 0;
    for (size_t i = 0; dead && p->phone[0] && i < p->own_count; i++)
        A_CHECK(a, a->person[p->own[i]].removed || auditor_linked(a, p->own[i]));
}
