/* audit_private.c -- hidden means not sent: every frame is read for what its reader may not know.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/ledger.h"
#include "sim/method/pairs.h"
#include "sim/peer.h"

/* Facts that not everybody hears: c the console, l the leader, a their author. */
static const struct {
    const char *fact, *who;
} hidden[] = {
    { "turn.passed", "c" },       { "undo.kept", "c" },      { "ready.changed", "ca" },
    { "hint.given", "ca" },       { "note.saved", "a" },     { "note.removed", "a" },
    { "note.shared", "a" },       { "retro.added", "a" },    { "retro.edited", "a" },
    { "retro.withdrawn", "a" },   { "key.issued", "" },      { "seat.held", "" },
    { "seat.linked", "" },        { "knock.added", "c" },    { "knock.answered", "c" },
    { "seat.leaves", "ca" },      { "data.confided", "cl" }, { "undo.spent", "c" },
    { "pairs.written", "a" },     { "pairs.noted", "c" },    { "minutes.disputed", "la" },
    { "prepared.changed", "cl" }, { "chief.allowed", "cl" }, { "chief.refused", "cl" },
    { "minutes.fetched", "cl" },
};

/* Whether this phone may know what the seat keeps for itself. */
static bool authors(const struct auditor *a, const struct peer *p, int seat)
{
    if (strcmp(p->role, "phone") != 0 || seat <= 0)
        return false;
    for (size_t i = 0; i < p->own_count; i++) {
        int own = (int)p->own[i];
        if (own == seat || a->person[seat].with == own || a->person[own].with == seat ||
            (a->person[own].with != 0 && a->person[own].with == a->person[seat].with))
            return true;
    }
    return false;
}

static void fact_seen(struct auditor *a, const struct peer *p, const json_t *fact)
{
    const char *kind = ledger_word(fact, "fact");
    bool console = strcmp(p->role, "console") == 0;

    A_CHECK(a, !json_object_get(fact, "barred") && !json_object_get(fact, "handset"));
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        if (strcmp(kind, hidden[i].fact) != 0)
            continue;
        bool may = (strchr(hidden[i].who, 'c') && console) ||
                   (strchr(hidden[i].who, 'l') && strcmp(p->role, "leader") == 0) ||
                   (strchr(hidden[i].who, 'a') && authors(a, p, (int)ledger_number(fact, "seat")));
        A_CHECK(a, may);
    }
}

static void list_is_own(struct auditor *a, const struct peer *p, const json_t *list,
                        const char *key)
{
    size_t i;
    json_t *each;

    json_array_foreach(list, i, each)
    {
        int64_t seat = key ? ledger_number(each, key) : json_integer_value(each);
        A_CHECK(a, authors(a, p, (int)seat));
    }
}

static void snapshot_seen(struct auditor *a, const struct peer *p, const json_t *snapshot)
{
    bool console = strcmp(p->role, "console") == 0;

    list_is_own(a, p, json_object_get(snapshot, "notes"), "seat");
    list_is_own(a, p, json_object_get(snapshot, "own"), "seat");
    if (!console && strcmp(p->role, "leader") != 0)
        A_CHECK(a, json_array_size(json_object_get(snapshot, "chiefs")) == 0 &&
                       !json_object_get(snapshot, "chief") &&
                       !json_object_get(snapshot, "fetched"));
    if (console)
        return;
    list_is_own(a, p, json_object_get(snapshot, "ready"), NULL);
    list_is_own(a, p, json_object_get(snapshot, "leaving"), "seat");
    A_CHECK(a, !json_object_get(snapshot, "passed"));
    A_CHECK(a, !json_object_get(snapshot, "undo"));
    if (strcmp(p->role, "leader") != 0)
        list_is_own(a, p, json_object_get(snapshot, "disputes"), "seat");
    A_CHECK(a, !json_object_get(snapshot, "standing") == (strcmp(p->role, "board") == 0));
    bool hinted = json_object_get(snapshot, "hinted") != NULL;
    A_CHECK(a, json_is_true(json_object_get(snapshot, "hint")) == hinted);
    if (hinted)
        A_CHECK(a, authors(a, p, (int)ledger_number(snapshot, "hinted")));
}

/* Whoever shared the phone on which it was written, for a seat that another phone has now; or for
 * one that shared it with such a seat. */
static bool wrote_together(const struct auditor *a, const struct peer *p, int author)
{
    for (size_t i = 0; i < p->own_count; i++) {
        int was = a->person[p->own[i]].was;
        for (int steps = 0; was != 0 && steps < SIM_SEATS_MAX; steps++, was = a->person[was].was)
            if (was == author)
                return true;
    }
    return false;
}

/* "note 12", "pair 12" and "retro 12" are texts of their authors' alone; the number says whose.
 * "confided 12" is a figure that the room may not see, "prepared 12" an answer from before the
 * meeting. */
static void text_seen(struct auditor *a, const struct peer *p, const char *text, bool shown)
{
    if (strncmp(text, "confided ", 9) == 0 || strncmp(text, "prepared ", 9) == 0)
        A_CHECK(a, strcmp(p->role, "console") == 0 || strcmp(p->role, "leader") == 0);
    bool note = strncmp(text, "note ", 5) == 0 || strncmp(text, "pair ", 5) == 0;
    bool retro = strncmp(text, "retro ", 6) == 0;

    if (!note && !retro)
        return;
    int n = atoi(text + (note ? 5 : 6));
    if (n <= 0 || n >= LEDGER_TEXTS_MAX)
        return;
    if (a->writer[n] != 0 && !(note ? a->open[n] : shown)) { /* Whoever else has its seat by now. */
        A_CHECK(a, p->number + 1 == a->writer[n]);
        return;
    }
    for (int seat = 1; seat <= a->people; seat++)
        if (a->author[n] >> seat & 1 && (authors(a, p, seat) || wrote_together(a, p, seat)))
            return;
    A_CHECK(a, note ? a->open[n] : shown);
}

/* A point of a retrospect may stand where it is nobody's, once its part has been shown. */
static bool nobodys(const struct auditor *a, const json_t *object)
{
    const char *text = ledger_word(object, "text");
    int n = strncmp(text, "retro ", 6) == 0 ? atoi(text + 6) : 0;
    bool part = n > 0 && n < LEDGER_TEXTS_MAX && a->part_of[n] >= 0 &&
                json_object_get(a->shown, a->now.parts[a->part_of[n]].id);

    return part && !json_is_integer(json_object_get(object, "seat"));
}

/* A phone's own id opens its seat and its notes: nobody else hears it, in whatever field. */
static void id_seen(struct auditor *a, const char *text)
{
    const struct sim *s = a->sim;

    for (size_t i = 0; strlen(text) == 36 && i < s->peer_count; i++)
        A_CHECK(a, s->peers[i]->copied || strcmp(text, s->peers[i]->phone) != 0);
}

static void walk(struct auditor *a, const struct peer *p, const json_t *value, bool shown)
{
    const char *key;
    json_t *each;
    size_t i;

    if (json_is_string(value)) {
        text_seen(a, p, json_string_value(value), shown);
        id_seen(a, json_string_value(value));
        if (json_object_get(a->retired, json_string_value(value)))
            A_CHECK(a, p->welcomed <= ledger_number(a->shown, "newest"));
    }
    if (json_is_array(value))
        json_array_foreach(value, i, each) walk(a, p, each, shown);
    if (json_is_object(value))
        json_object_foreach((json_t *)value, key, each)
            walk(a, p, each, nobodys(a, value) || shown);
}

/* The frame that tells of points is itself what makes them everybody's. */
static void shown_by(struct auditor *a, const json_t *frame)
{
    size_t i;
    json_t *fact;

    json_array_foreach(json_object_get(frame, "facts"), i, fact)
    {
        if (strcmp(ledger_word(fact, "fact"), "retro.shown") != 0)
            continue;
        json_object_set_new(a->shown, ledger_word(fact, "part"), json_integer(sim_now(a->sim)));
        json_object_set_new(a->shown, "newest", json_integer(sim_now(a->sim)));
    }
}

void auditor_frame(struct auditor *a, const struct peer *p, const json_t *frame)
{
    size_t i;
    json_t *fact;
    const json_t *snapshot = json_object_get(frame, "snapshot");

    shown_by(a, frame);
    audit_pairs_frame(a, p, frame);
    json_array_foreach(json_object_get(frame, "facts"), i, fact) fact_seen(a, p, fact);
    if (snapshot)
        snapshot_seen(a, p, snapshot);
    walk(a, p, frame, false);
}
