/* pairs_fold.c -- facts about who talks with whom, and what they wrote. */
#include <string.h>

#include "sim/fold_parts.h"
#include "sim/method/pairs.h"

static json_t *find(const json_t *state, const json_t *fact)
{
    size_t i;
    json_t *each;

    json_array_foreach(json_object_get(state, "pairs"), i, each)
    {
        if (json_equal(json_object_get(each, "part"), json_object_get(fact, "part")) &&
            json_equal(json_object_get(each, "pair"), json_object_get(fact, "pair")))
            return each;
    }
    return NULL;
}

/* The console alone knows who has written. */
static json_t *fresh(const json_t *state, const json_t *from)
{
    json_t *pair = json_pack("{s:O, s:O, s:[]}", "part", json_object_get(from, "part"), "pair",
                             json_object_get(from, "pair"), "seats");

    if (fold_has(state, "undo"))
        json_object_set_new(pair, "written", json_false());
    return pair;
}

static bool within(const json_t *seats, const json_t *others)
{
    size_t i, k, found = 0;
    json_t *seat, *other;

    json_array_foreach(seats, i, seat) json_array_foreach(others, k, other) found +=
        json_equal(seat, other) ? 1 : 0;
    return found == json_array_size(seats);
}

/* Those of the part are these now; who was a pair before has its text still, and knows whose phone
 * is another unless nothing was written and somebody has gone. */
static void made(json_t *state, const json_t *fact)
{
    json_t *next = json_array(), *each;
    size_t i;

    json_array_foreach(json_object_get(state, "pairs"), i, each)
    {
        if (!json_equal(json_object_get(each, "part"), json_object_get(fact, "part")))
            json_array_append(next, each);
    }
    json_array_foreach(json_object_get(fact, "pairs"), i, each)
    {
        json_t *was = find(state, each), *pair = was ? json_copy(was) : fresh(state, each);
        if (!fold_has(pair, "text") &&
            !within(json_object_get(pair, "seats"), json_object_get(each, "seats")))
            json_object_del(pair, "moved");
        json_object_set_new(pair, "seats", json_copy(json_object_get(each, "seats")));
        json_array_append_new(next, pair);
    }
    json_object_set_new(state, "pairs", next);
}

/* The seat is in this pair and in no other one of the part; one that nobody is in is none. */
static void joined(json_t *state, const json_t *fact)
{
    json_t *all = json_object_get(state, "pairs"), *seat = json_object_get(fact, "seat");
    json_t *to = find(state, fact);

    if (!to) {
        to = fresh(state, fact);
        json_array_append_new(all, to);
    }
    for (size_t i = json_array_size(all); i > 0; i--) {
        json_t *each = json_array_get(all, i - 1), *seats = json_object_get(each, "seats");
        if (!json_equal(json_object_get(each, "part"), json_object_get(fact, "part")))
            continue;
        fold_without(seats, seat);
        if (each == to)
            json_array_append(seats, seat);
        if (json_array_size(seats) == 0)
            json_array_remove(all, i - 1);
    }
}

static void shown(json_t *state, const json_t *fact)
{
    size_t i;
    json_t *each;

    json_array_foreach(json_object_get(fact, "points"), i, each)
    {
        json_t *point = fold_point(each);
        json_object_set(point, "part", json_object_get(fact, "part"));
        json_array_append_new(json_object_get(state, "contributions"), point);
    }
    fold_show_part(state, json_object_get(fact, "part"));
}

static void hidden(json_t *state, const json_t *fact)
{
    json_t *all = json_object_get(state, "contributions"), *id;
    size_t i;

    fold_without(json_object_get(state, "shown"), json_object_get(fact, "part"));
    json_array_foreach(json_object_get(fact, "contributions"), i, id)
    {
        for (size_t k = json_array_size(all); k > 0; k--)
            if (json_equal(json_object_get(json_array_get(all, k - 1), "id"), id))
                json_array_remove(all, k - 1);
    }
}

static void written(json_t *pair, const json_t *fact)
{
    static const char *const keys[] = { "text", "moved" };

    for (size_t i = 0; i < 2; i++) {
        if (fold_has(fact, keys[i]))
            json_object_set(pair, keys[i], json_object_get(fact, keys[i]));
        else
            json_object_del(pair, keys[i]);
    }
}

bool fold_pairs_fact(json_t *state, const json_t *fact)
{
    const char *kind = json_string_value(json_object_get(fact, "fact"));

    if (strcmp(kind, "pairs.made") == 0)
        made(state, fact);
    else if (strcmp(kind, "pairs.joined") == 0)
        joined(state, fact);
    else if (strcmp(kind, "pairs.written") == 0)
        written(find(state, fact), fact);
    else if (strcmp(kind, "pairs.noted") == 0)
        json_object_set(find(state, fact), "written", json_object_get(fact, "written"));
    else if (strcmp(kind, "pairs.shown") == 0)
        shown(state, fact);
    else if (strcmp(kind, "pairs.hidden") == 0)
        hidden(state, fact);
    else
        return false;
    return true;
}
