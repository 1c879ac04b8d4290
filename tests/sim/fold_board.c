/* fold_board.c -- facts about seats and about what is written; and where two states differ. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/fold.h"
#include "sim/fold_parts.h"

static json_t *find(json_t *list, const char *key, const json_t *value, size_t *ret_at)
{
    size_t i;
    json_t *each;

    json_array_foreach(list, i, each)
    {
        if (!json_equal(json_object_get(each, key), value))
            continue;
        *ret_at = i;
        return each;
    }
    return NULL;
}

/* Copies those of the keys that the fact has. */
static void copy(json_t *to, const json_t *fact, const char *const *keys)
{
    for (; *keys; keys++)
        if (fold_has(fact, *keys))
            json_object_set(to, *keys, json_object_get(fact, *keys));
}

static void drop(json_t *list, const char *key, const json_t *value)
{
    size_t at;

    if (find(list, key, value, &at))
        json_array_remove(list, at);
}

void fold_table(json_t *state, const json_t *order)
{
    json_t *seats = json_object_get(state, "seats"), *next = json_array(), *seat;
    size_t i, at;

    json_array_foreach(order, i, seat) json_array_append(next, find(seats, "seat", seat, &at));
    json_object_set_new(state, "seats", next);
}

static int64_t number(const json_t *from, const char *key)
{
    return json_integer_value(json_object_get(from, key));
}

/* A seat has a phone of its own: of those who stay at the old one the first is the host there. */
static void parted(json_t *seats, json_t *seat)
{
    int64_t was = number(seat, "seat"), at = number(seat, "with"), host = at, others = 0;
    bool together = fold_has(seat, "together");
    json_t *each, *hosting = NULL;
    size_t i;

    at = at != 0 ? at : was;
    json_array_foreach(seats, i, each)
    {
        bool stays = number(each, "with") == at && at == was;
        if (stays && (host == 0 || number(each, "seat") < host))
            host = number(each, "seat");
    }
    json_object_del(seat, "with");
    json_object_del(seat, "together");
    json_array_foreach(seats, i, each)
    {
        if (number(each, "seat") == host)
            hosting = each;
        else if (number(each, "with") == at && each != seat) {
            json_object_set_new(each, "with", json_integer(host));
            others++;
        }
    }
    if (!hosting)
        return;
    json_object_del(hosting, "with");
    if (others > 0 && together)
        json_object_set_new(hosting, "together", json_true());
    if (others == 0)
        json_object_del(hosting, "together");
}

void fold_come(json_t *state, const json_t *seat)
{
    size_t at;

    json_object_del(find(json_object_get(state, "seats"), "seat", seat, &at), "awaited");
}

static void seat_fact(json_t *state, const json_t *fact, const char *kind)
{
    static const char *const told[] = { "name", "function", "device", "presence", "with", NULL };
    json_t *seats = json_object_get(state, "seats"), *seat;
    size_t at;

    if (strcmp(kind, "seat.added") == 0) {
        seat = json_pack("{s:O, s:n, s:n, s:s, s:s}", "seat", json_object_get(fact, "seat"), "name",
                         "function", "device", "own", "presence", "here");
        json_array_append_new(seats, seat);
    } else {
        seat = find(seats, "seat", json_object_get(fact, "seat"), &at);
    }
    if (strcmp(kind, "seat.removed") == 0) {
        json_array_remove(seats, at);
        return;
    }
    copy(seat, fact, told);
    if (fold_has(fact, "function") && !*json_string_value(json_object_get(fact, "function")))
        json_object_set_new(seat, "function", json_null());
    if (json_is_true(json_object_get(fact, "awaited")))
        json_object_set_new(seat, "awaited", json_true());
    else if (fold_has(fact, "awaited"))
        json_object_del(seat, "awaited");
    if (strcmp(kind, "seat.changed") == 0 && fold_has(fact, "device") &&
        strcmp(json_string_value(json_object_get(fact, "device")), "own") == 0)
        parted(seats, seat);
    if (json_is_true(json_object_get(fact, "together")))
        json_object_set_new(seat, "together", json_true());
    else if (strcmp(kind, "seat.together") == 0)
        json_object_del(seat, "together");
}

/* Who has to go stands in the order of the seats. */
static void leaving(json_t *state, const json_t *fact)
{
    json_t *all = json_object_get(state, "leaving");
    int64_t seat = json_integer_value(json_object_get(fact, "seat"));
    size_t at = 0;

    drop(all, "seat", json_object_get(fact, "seat"));
    if (!fold_has(fact, "leaves"))
        return;
    while (at < json_array_size(all) &&
           json_integer_value(json_object_get(json_array_get(all, at), "seat")) < seat)
        at++;
    json_array_insert_new(all, at,
                          json_pack("{s:I, s:O}", "seat", (json_int_t)seat, "leaves",
                                    json_object_get(fact, "leaves")));
}

static void door_fact(json_t *state, const json_t *fact, const char *kind)
{
    static const char *const told[] = { "phone", "name", "function", "claim", NULL };
    json_t *door = json_object_get(state, "door"), *knocks = json_object_get(door, "knocks");

    if (strcmp(kind, "door.changed") == 0) {
        json_object_set(door, "closed", json_object_get(fact, "closed"));
        return;
    }
    drop(knocks, "phone", json_object_get(fact, "phone"));
    if (strcmp(kind, "knock.answered") == 0)
        return;
    json_t *knock = json_object();
    copy(knock, fact, told);
    json_array_append_new(knocks, knock);
}

static void note_fact(json_t *state, const json_t *fact, const char *kind)
{
    static const char *const saved[] = { "seat", "text", NULL };
    static const char *const shared[] = { "contribution", NULL };
    json_t *notes = json_object_get(state, "notes");
    const json_t *id = json_object_get(fact, "note");
    size_t at;
    json_t *note = find(notes, "note", id, &at);

    if (strcmp(kind, "note.removed") == 0) {
        drop(notes, "note", id);
        return;
    }
    if (!note) {
        note = json_object();
        json_object_set(note, "note", json_object_get(fact, "note"));
        json_array_append_new(notes, note);
    }
    if (strcmp(kind, "note.shared") == 0) {
        copy(note, fact, shared);
        return;
    }
    fold_put(note, "part", json_object_get(fact, "part"));
    copy(note, fact, saved);
}

json_t *fold_point(const json_t *fact)
{
    static const char *const told[] = { "part",   "lap",  "text",       "builds_on", "box",
                                        "answer", "late", "with_seats", NULL };
    json_t *point = json_object();

    json_object_set(point, "id", json_object_get(fact, "contribution"));
    fold_put(point, "seat", json_object_get(fact, "seat"));
    fold_put(point, "text", NULL);
    json_object_set_new(point, "builds_on", json_array());
    copy(point, fact, told);
    return point;
}

static void contribution_fact(json_t *state, const json_t *fact, const char *kind)
{
    static const char *const told[] = { "text", "seat", "builds_on", NULL };
    json_t *all = json_object_get(state, "contributions");
    const json_t *id = json_object_get(fact, "contribution");
    size_t at;

    if (strcmp(kind, "contribution.added") == 0)
        json_array_append_new(all, fold_point(fact));
    else if (strcmp(kind, "contribution.withdrawn") == 0) {
        drop(all, "id", id);
        fold_ungroup(state, id);
    } else {
        copy(find(all, "id", id, &at), fact, told);
        if (fold_has(fact, "text"))
            fold_mended(state, fact);
    }
}

/* Which parts are shown has no order of its own: the agenda's, as in a snapshot. */
void fold_show_part(json_t *state, json_t *id)
{
    json_t *shown = json_object_get(state, "shown"), *sorted = json_array(), *item, *part;
    size_t i, k;

    fold_once(shown, id);
    json_array_foreach(json_object_get(state, "items"), i, item)
    {
        json_array_foreach(json_object_get(item, "parts"), k, part)
        {
            json_t *found = json_object_get(part, "id");
            for (size_t n = 0; n < json_array_size(shown); n++)
                if (json_equal(json_array_get(shown, n), found))
                    json_array_append(sorted, found);
        }
    }
    json_object_set_new(state, "shown", sorted);
}

static void retro_shown(json_t *state, const json_t *fact)
{
    json_t *own = json_object_get(state, "own"), *points = json_object_get(fact, "points"), *each;
    json_t *part = json_object_get(fact, "part");
    size_t i;

    for (i = json_array_size(own); i > 0; i--)
        if (json_equal(json_object_get(json_array_get(own, i - 1), "part"), part))
            json_array_remove(own, i - 1);
    json_array_foreach(points, i, each)
    {
        json_t *point = fold_point(each);
        json_object_set(point, "part", part);
        json_array_append_new(json_object_get(state, "contributions"), point);
    }
    fold_show_part(state, part);
    fold_forget_undo(state);
}

static void retro_fact(json_t *state, const json_t *fact, const char *kind)
{
    static const char *const told[] = { "text", NULL };
    json_t *own = json_object_get(state, "own");
    const json_t *id = json_object_get(fact, "contribution");
    size_t at;

    if (strcmp(kind, "retro.shown") == 0)
        retro_shown(state, fact);
    else if (strcmp(kind, "retro.withdrawn") == 0)
        drop(own, "id", id);
    else if (strcmp(kind, "retro.edited") == 0)
        copy(find(own, "id", id, &at), fact, told);
    else {
        json_t *point = fold_point(fact);
        json_object_del(point, "builds_on");
        json_array_append_new(own, point);
    }
}

/* The seven answers in the order of their names, so that two states can be compared. */
static void sort_answers(json_t *decision)
{
    static const char *const order[] = { "next_step", "action",    "targets", "stakeholders",
                                         "tasks",     "follow_up", "feedback" };
    json_t *all = json_object_get(decision, "answers"), *next = json_array();
    size_t at;

    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        json_t *name = json_string(order[i]), *answer = find(all, "answer", name, &at);
        if (answer)
            json_array_append(next, answer);
        json_decref(name);
    }
    json_object_set_new(decision, "answers", next);
}

static void decision_fact(json_t *state, const json_t *fact, const char *kind)
{
    static const char *const told[] = { "answer",       "text",  "unsettled", "date",
                                        "stakeholders", "tasks", "based_on",  NULL };
    json_t *decision = json_object_get(state, "decision");
    json_t *answers = json_object_get(decision, "answers");

    if (strcmp(kind, "decision.opened") == 0) {
        fold_put(decision, "open", json_object_get(fact, "answer"));
        return;
    }
    json_t *answer = json_object();
    copy(answer, fact, told);
    drop(answers, "answer", json_object_get(fact, "answer"));
    json_array_append_new(answers, answer);
    sort_answers(decision);
}

bool fold_board_fact(json_t *state, const json_t *fact)
{
    const char *kind = json_string_value(json_object_get(fact, "fact"));

    if (strncmp(kind, "knock.", 6) == 0 || strcmp(kind, "door.changed") == 0)
        door_fact(state, fact, kind);
    else if (strcmp(kind, "seat.leaves") == 0)
        leaving(state, fact);
    else if (strncmp(kind, "seat.", 5) == 0)
        seat_fact(state, fact, kind);
    else if (strncmp(kind, "note.", 5) == 0)
        note_fact(state, fact, kind);
    else if (strncmp(kind, "contribution.", 13) == 0)
        contribution_fact(state, fact, kind);
    else if (strncmp(kind, "retro.", 6) == 0)
        retro_fact(state, fact, kind);
    else if (strncmp(kind, "decision.", 9) == 0)
        decision_fact(state, fact, kind);
    else if (strcmp(kind, "table.ordered") == 0)
        fold_table(state, json_object_get(fact, "order"));
    else
        return false;
    return true;
}

json_t *fold_begin(const json_t *snapshot)
{
    json_t *state = json_deep_copy(snapshot), *seat;
    size_t i;

    json_array_foreach(json_object_get(state, "seats"), i, seat) json_object_del(seat, "held");
    sort_answers(json_object_get(state, "decision"));
    fold_beside_sort(state);
    return state;
}

static char *said(const char *path, json_t *one, json_t *other)
{
    char *text = NULL;
    char *a = one ? json_dumps(one, JSON_ENCODE_ANY | JSON_COMPACT) : strdup("nothing");
    char *b = other ? json_dumps(other, JSON_ENCODE_ANY | JSON_COMPACT) : strdup("nothing");

    if (asprintf(&text, "%s: %s | %s", path, a, b) < 0)
        text = NULL;
    free(a);
    free(b);
    return text;
}

static char *differs(const char *path, json_t *one, json_t *other)
{
    char deeper[256];
    const char *key;
    json_t *value;
    char *found = NULL;

    if (one && other && json_equal(one, other))
        return NULL;
    if (!json_is_object(one) || !json_is_object(other))
        return said(path, one, other);
    json_object_foreach(one, key, value)
    {
        snprintf(deeper, sizeof(deeper), "%s.%s", path, key);
        found = found ? found : differs(deeper, value, json_object_get(other, key));
    }
    json_object_foreach(other, key, value)
    {
        snprintf(deeper, sizeof(deeper), "%s.%s", path, key);
        found = !found && !json_object_get(one, key) ? said(deeper, NULL, value) : found;
    }
    return found;
}

char *fold_difference(json_t *one, json_t *other)
{
    return differs("state", one, other);
}
