/* fold_beside.c -- facts about what stands beside the conversation: points under a heading, recaps,
 * figures, the wall, who presents. */
#include <stdio.h>
#include <string.h>

#include "sim/fold_parts.h"
#include "support/json_sort.h"

/* What has no order that a fact tells stands by what it says, so that two states can be compared.
 */
void fold_beside_sort(json_t *state)
{
    json_sort(json_object_get(state, "groups"));
    json_sort(json_object_get(state, "recaps"));
    json_sort(json_object_get(state, "disputes"));
}

static void drop(json_t *list, const char *key, const json_t *value)
{
    for (size_t i = json_array_size(list); i > 0; i--)
        if (json_equal(json_object_get(json_array_get(list, i - 1), key), value))
            json_array_remove(list, i - 1);
}

static bool among(const json_t *list, const json_t *value)
{
    size_t i;
    json_t *each;

    json_array_foreach(list, i, each) if (json_equal(each, value)) return true;
    return false;
}

static void recap(json_t *state, const json_t *fact)
{
    json_t *all = json_object_get(state, "recaps");

    for (size_t i = json_array_size(all); i > 0; i--) {
        const json_t *each = json_array_get(all, i - 1);
        if (json_equal(json_object_get(each, "part"), json_object_get(fact, "part")) &&
            json_equal(json_object_get(each, "lap"), json_object_get(fact, "lap")))
            json_array_remove(all, i - 1);
    }
    if (fold_has(fact, "text"))
        json_array_append_new(
            all, json_pack("{s:O, s:O, s:O}", "part", json_object_get(fact, "part"), "lap",
                           json_object_get(fact, "lap"), "text", json_object_get(fact, "text")));
}

void fold_ungroup(json_t *state, const json_t *point)
{
    json_t *groups = json_object_get(state, "groups");

    for (size_t i = json_array_size(groups); i > 0; i--) {
        json_t *points = json_object_get(json_array_get(groups, i - 1), "contributions");
        fold_without(points, point);
        if (json_array_size(points) == 0)
            json_array_remove(groups, i - 1);
    }
    fold_beside_sort(state);
}

/* A point stands under one heading; under it, in the order of the board. */
static void group(json_t *state, const json_t *fact)
{
    json_t *points = json_array(), *each;
    size_t i;

    drop(json_object_get(state, "groups"), "group", json_object_get(fact, "group"));
    json_array_foreach(json_object_get(state, "contributions"), i, each)
    {
        const json_t *id = json_object_get(each, "id");
        if (!among(json_object_get(fact, "contributions"), id))
            continue;
        json_array_append(points, json_object_get(each, "id"));
        fold_ungroup(state, id);
    }
    if (json_array_size(points) > 0) {
        json_t *to = json_pack("{s:O, s:O}", "group", json_object_get(fact, "group"),
                               "contributions", points);
        if (fold_has(fact, "title"))
            json_object_set(to, "title", json_object_get(fact, "title"));
        json_array_append_new(json_object_get(state, "groups"), to);
    }
    json_decref(points);
}

static void figures(json_t *state, const json_t *fact, bool confided)
{
    static const char *const told[] = { "data", "title", "kind", "url", "csv", "chart" };
    json_t *all = json_object_get(state, "data"), *to = json_object(), *each;
    size_t i;

    for (size_t k = 0; k < sizeof(told) / sizeof(told[0]); k++)
        if (fold_has(fact, told[k]))
            json_object_set(to, told[k], json_object_get(fact, told[k]));
    if (confided)
        json_object_set_new(to, "confidential", json_true());
    json_array_foreach(all, i, each)
    {
        if (!json_equal(json_object_get(each, "data"), json_object_get(fact, "data")))
            continue;
        json_array_set_new(all, i, to);
        return;
    }
    json_array_append_new(all, to);
}

static void assigned(json_t *state, const json_t *fact)
{
    json_t *part = fold_part(state, json_object_get(fact, "part"));
    const char *duty = json_string_value(json_object_get(fact, "as"));

    if (fold_has(fact, "seat"))
        json_object_set(part, duty, json_object_get(fact, "seat"));
    else
        json_object_del(part, duty);
}

/* What came of something. */
static void came(json_t *state, const json_t *fact)
{
    static const char *const told[] = { "outcome", "word" };
    size_t i;
    json_t *each;

    json_array_foreach(json_object_get(state, "carried"), i, each)
    {
        if (!json_equal(json_object_get(each, "id"), json_object_get(fact, "id")))
            continue;
        for (size_t k = 0; k < 2; k++)
            if (fold_has(fact, told[k]))
                json_object_set(each, told[k], json_object_get(fact, told[k]));
    }
}

/* One of what is asked before the meeting, or NULL. */
static json_t *asked(const json_t *all, const json_t *id)
{
    size_t i;
    json_t *each;

    json_array_foreach(all, i, each) if (json_equal(json_object_get(each, "id"), id)) return each;
    return NULL;
}

/* An answer, on top of what stands there. */
static void answered(json_t *to, const json_t *said)
{
    if (fold_has(said, "yes"))
        json_object_set(to, "yes", json_object_get(said, "yes"));
    if (fold_has(said, "text"))
        json_object_set(to, "text", json_object_get(said, "text"));
}

void fold_before(json_t *state, const json_t *before)
{
    json_t *was = json_object_get(state, "before"), *all = json_deep_copy(before), *each;
    size_t i;

    if (!fold_has(state, "before")) {
        json_decref(all);
        return;
    }
    json_array_foreach(all, i, each)
    {
        const json_t *then = asked(was, json_object_get(each, "id"));
        if (!then)
            continue;
        answered(each, then);
        if (!json_is_true(json_object_get(each, "yes_no")))
            json_object_del(each, "yes");
    }
    json_object_set_new(state, "before", all ? all : json_array());
}

/* How the minutes stand. */
static void standing(json_t *state, const json_t *fact, const char *kind)
{
    static const char *const names[] = { "approved", "published" };
    json_t *to = json_object_get(state, "standing");
    bool kept =
        strcmp(kind, "minutes.published") == 0 || json_is_true(json_object_get(fact, "changed"));

    if (!to)
        return;
    if (!kept)
        json_object_clear(to);
    json_object_set_new(to, "state", json_string("draft"));
    if (json_is_true(json_object_get(fact, "changed")))
        json_object_set_new(to, "changed", json_true());
    for (size_t i = 0; i < 2; i++) {
        char by[16];
        if (strcmp(kind + strlen("minutes."), names[i]) != 0)
            continue;
        snprintf(by, sizeof(by), "%s_by", names[i]);
        json_object_set_new(to, "state", json_string(names[i]));
        json_object_set(to, names[i], json_object_get(fact, "at"));
        if (fold_has(fact, "by"))
            json_object_set(to, by, json_object_get(fact, "by"));
    }
}

/* What somebody says of a point; of a phone's own there is no list before it says something. */
static void dispute(json_t *state, const json_t *fact)
{
    json_t *all = json_object_get(state, "disputes"), *each;

    for (size_t i = json_array_size(all); i > 0; i--) {
        each = json_array_get(all, i - 1);
        if (json_equal(json_object_get(each, "contribution"),
                       json_object_get(fact, "contribution")) &&
            json_equal(json_object_get(each, "seat"), json_object_get(fact, "seat")))
            json_array_remove(all, i - 1);
    }
    if (fold_has(fact, "text")) {
        if (!all)
            json_object_set_new(state, "disputes", all = json_array());
        json_array_append_new(all, json_pack("{s:O, s:O, s:O}", "contribution",
                                             json_object_get(fact, "contribution"), "seat",
                                             json_object_get(fact, "seat"), "text",
                                             json_object_get(fact, "text")));
    }
    if (json_array_size(all) == 0)
        json_object_del(state, "disputes");
}

void fold_mended(json_t *state, const json_t *fact)
{
    json_t *each;
    size_t i;

    json_array_foreach(json_object_get(state, "disputes"), i,
                       each) if (json_equal(json_object_get(each, "contribution"),
                                            json_object_get(fact, "contribution")))
        json_object_set_new(each, "mended", json_true());
}

/* With whom the leader shares what was agreed. */
static void chief(json_t *state, const json_t *fact, bool allowed)
{
    json_t *all = json_object_get(state, "chiefs");
    json_t *told = json_pack("{s:O, s:O}", "code", json_object_get(fact, "code"), "at",
                             json_object_get(fact, "at"));

    drop(all, "code", json_object_get(fact, "code"));
    if (fold_has(fact, "by"))
        json_object_set(told, "by", json_object_get(fact, "by"));
    if (allowed)
        json_array_append(all, told);
    json_decref(told);
}

/* Which files were fetched, each once, the newest last. */
static void fetched(json_t *state, const json_t *fact)
{
    static const char *const told[] = { "file", "format", "as", "day" };
    json_t *all = json_object_get(state, "fetched"), *to = json_object();

    for (size_t k = 0; k < 4; k++)
        json_object_set(to, told[k], json_object_get(fact, told[k]));
    for (size_t i = json_array_size(all); i > 0; i--) {
        const json_t *each = json_array_get(all, i - 1);
        bool same = true;
        for (size_t k = 0; k < 3; k++)
            same = same && json_equal(json_object_get(each, told[k]), json_object_get(to, told[k]));
        if (same)
            json_array_remove(all, i - 1);
    }
    json_array_append_new(all, to);
}

bool fold_beside_fact(json_t *state, const json_t *fact)
{
    const char *kind = json_string_value(json_object_get(fact, "fact"));

    if (strcmp(kind, "recap.saved") == 0)
        recap(state, fact);
    else if (strcmp(kind, "group.changed") == 0)
        group(state, fact);
    else if (strcmp(kind, "data.removed") == 0)
        drop(json_object_get(state, "data"), "data", json_object_get(fact, "data"));
    else if (strncmp(kind, "data.", 5) == 0)
        figures(state, fact, strcmp(kind, "data.confided") == 0);
    else if (strcmp(kind, "wall.shown") == 0)
        json_object_set_new(state, "wall", json_deep_copy(json_object_get(fact, "wall")));
    else if (strcmp(kind, "carried.came") == 0)
        came(state, fact);
    else if (strcmp(kind, "prepared.changed") == 0)
        answered(asked(json_object_get(state, "before"), json_object_get(fact, "id")), fact);
    else if (strcmp(kind, "part.assigned") == 0)
        assigned(state, fact);
    else if (strncmp(kind, "chief.", 6) == 0)
        chief(state, fact, strcmp(kind, "chief.allowed") == 0);
    else if (strcmp(kind, "minutes.disputed") == 0)
        dispute(state, fact);
    else if (strcmp(kind, "minutes.fetched") == 0)
        fetched(state, fact);
    else if (strncmp(kind, "minutes.", 8) == 0)
        standing(state, fact, kind);
    else
        return false;
    fold_beside_sort(state);
    return true;
}
