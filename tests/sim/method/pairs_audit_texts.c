/* pairs_audit_texts.c -- what a pair writes is its own until it is shown, and is shown once, as it
 * was last acknowledged.
 *
 * The texts are "pair 12"; a->author says who was in the pair that wrote it, a->open that it was
 * shown.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/method/pairs.h"
#include "sim/peer.h"

static int number_of(const char *text)
{
    int n = strncmp(text, "pair ", 5) == 0 ? atoi(text + 5) : 0;

    return n > 0 && n < LEDGER_TEXTS_MAX ? n : 0;
}

static int running_at(const struct auditor *a, int64_t seq)
{
    int part = -1;

    for (int i = 0; i < a->pairs->running_count && a->pairs->running[i].seq <= seq; i++)
        part = a->pairs->running[i].part;
    return part;
}

/* Whether this was written for the pair, or may have been while nothing is known of it. */
static bool is_for(const struct auditor *a, const json_t *one, int part, int number)
{
    const json_t *with = json_object_get(one, "with"), *answer = json_object_get(one, "answer");
    const char *named = ledger_word(with, "part");

    if (strcmp(ledger_word(one, "do"), "pairs.write") != 0 || ledger_number(with, "pair") != number)
        return false;
    if (*named)
        return ledger_part(a, named) == part;
    return !answer || running_at(a, ledger_number(answer, "seq")) == part;
}

/* What was acknowledged last for the pair, before this fact; NULL: nothing. */
static const json_t *newest(const struct auditor *a, int part, int number, int64_t before)
{
    const json_t *best = NULL;
    const char *id;
    json_t *one;

    json_object_foreach(a->asked, id, one)
    {
        const json_t *answer = json_object_get(one, "answer");
        int64_t seq = ledger_number(answer, "seq");
        if (answer && seq < before && is_for(a, one, part, number) &&
            (!best || seq > ledger_number(json_object_get(best, "answer"), "seq")))
            best = one;
    }
    return best;
}

static const char *text_of(const json_t *one)
{
    return ledger_word(json_object_get(one, "with"), "text");
}

/* Whether this text may have been written for the pair without anybody having heard of it. */
static bool maybe(const struct auditor *a, int part, int number, const char *text)
{
    const char *id;
    json_t *one;

    json_object_foreach(a->asked, id, one)
    {
        bool open = json_object_get(one, "sent") && !json_object_get(one, "answer") &&
                    !json_object_get(one, "refused");
        if (open && is_for(a, one, part, number) && strcmp(text_of(one), text) == 0)
            return true;
    }
    return false;
}

static void stands(struct auditor *a, int part, int number, int64_t before, const char *text)
{
    const json_t *last = newest(a, part, number, before);

    if (strcmp(text, text_of(last)) != 0 && !maybe(a, part, number, text))
        SIM_FAIL(a->sim, "pair %d of %s has \"%s\", and \"%s\" was acknowledged", number,
                 a->now.parts[part].id, text, text_of(last));
}

static void may_know(struct auditor *a, const json_t *one, const struct list *seats)
{
    int n = number_of(text_of(one));

    for (int i = 0; n > 0 && i < seats->count; i++)
        a->author[n] |= UINT64_C(1) << seats->at[i];
}

void audit_pairs_hear(struct auditor *a, int64_t seq, int part, int number,
                      const struct list *seats)
{
    const json_t *last = newest(a, part, number, seq);
    const char *id;
    json_t *one;

    json_object_foreach(a->asked, id, one)
    {
        const json_t *answer = json_object_get(one, "answer");
        bool since = !answer || ledger_number(answer, "seq") > seq;
        if (is_for(a, one, part, number) && (one == last || since))
            may_know(a, one, seats);
    }
}

void audit_pairs_asked(struct auditor *a, const char *command, const json_t *with)
{
    json_t *one = json_pack("{s:s, s:O}", "do", command, "with", with);

    for (int i = 0; i < a->pairs->count; i++) {
        const struct audit_pair *p = &a->pairs->at[i];
        if (is_for(a, one, p->part, p->number))
            may_know(a, one, &p->seats);
    }
    json_decref(one);
}

/* What is told to everybody at once is everybody's; what is not, is not even there to be seen. */
void audit_pairs_frame(struct auditor *a, const struct peer *p, const json_t *frame)
{
    bool console = strcmp(p->role, "console") == 0;
    size_t i, k;
    json_t *each, *point;

    json_array_foreach(json_object_get(frame, "facts"), i, each)
    {
        if (strcmp(ledger_word(each, "fact"), "pairs.shown") != 0)
            continue;
        json_array_foreach(json_object_get(each, "points"), k, point)
            a->open[number_of(ledger_word(point, "text"))] = true;
    }
    json_array_foreach(json_object_get(json_object_get(frame, "snapshot"), "pairs"), i, each)
    {
        A_CHECK(a, (json_object_get(each, "written") != NULL) == console);
        A_CHECK(a, !json_object_get(each, "text") || strcmp(p->role, "phone") == 0);
    }
}

static const json_t *point_at(const json_t *list, const char *id)
{
    size_t i;
    json_t *each;

    json_array_foreach(list, i, each)
    {
        if (strcmp(ledger_word(each, "id"), id) == 0)
            return each;
    }
    return NULL;
}

static bool names(const json_t *ids, const char *id)
{
    size_t i;
    json_t *each;

    json_array_foreach(ids, i, each)
    {
        if (strcmp(json_string_value(each), id) == 0)
            return true;
    }
    return false;
}

static bool any_names(const json_t *list, const char *key, const char *id)
{
    size_t i;
    json_t *each;

    json_array_foreach(list, i, each)
    {
        if (names(json_object_get(each, key), id))
            return true;
    }
    return false;
}

/* As it was shown, under no heading, and nothing rests on it. */
static bool untouched(const struct auditor *a, const struct audit_showing *s)
{
    const json_t *state = a->sim->observer->state;
    const json_t *all = json_object_get(state, "contributions"), *point = point_at(all, s->id);
    const json_t *answers = json_object_get(json_object_get(state, "decision"), "answers");

    return point && strcmp(ledger_word(point, "text"), s->text) == 0 &&
           ledger_number(point, "seat") == s->seats.at[0] &&
           json_array_size(json_object_get(point, "builds_on")) == 0 &&
           !any_names(all, "builds_on", s->id) && !any_names(answers, "based_on", s->id) &&
           !any_names(json_object_get(state, "groups"), "contributions", s->id);
}

static bool on_board(const struct audit_showing *s)
{
    return s->id[0] && !s->hidden;
}

/* Each pair that has written has one point, by all who are in it. */
static void shown(struct auditor *a, const json_t *fact, int part)
{
    struct audit_pairs *pairs = a->pairs;
    const json_t *points = json_object_get(fact, "points");
    size_t i, count = 0;
    json_t *each;

    A_CHECK(a, part == a->now.part && !pairs->shown[part]);
    for (int k = 0; k < pairs->count; k++)
        count += pairs->at[k].part == part && pairs->at[k].written;
    A_CHECK(a, count == json_array_size(points) && count > 0);
    json_array_foreach(points, i, each)
    {
        const struct audit_pair *p = audit_pairs_find(a, part, (int)ledger_number(each, "pair"));
        A_CHECK(a, p && p->written && *ledger_word(each, "text"));
        struct audit_showing now = { .part = part,
                                     .number = p->number,
                                     .seq = ledger_number(fact, "seq"),
                                     .seats = { .count = 0 } };
        snprintf(now.text, sizeof(now.text), "%s", ledger_word(each, "text"));
        snprintf(now.id, sizeof(now.id), "%s", ledger_word(each, "contribution"));
        list_push(&now.seats, (int)ledger_number(each, "seat"));
        const struct list with = list_of(json_object_get(each, "with_seats"));
        for (int k = 0; k < with.count; k++)
            list_push(&now.seats, with.at[k]);
        A_CHECK(a, list_same(&now.seats, &p->seats));
        for (int k = 0; k < pairs->showing_count; k++) {
            const struct audit_showing *s = &pairs->showing[k];
            A_CHECK(a, strcmp(s->id, now.id) != 0); /* No id comes twice. */
            A_CHECK(a, !on_board(s) || strcmp(s->text, now.text) != 0);
        }
        A_CHECK(a, pairs->showing_count < AUDIT_PAIRS_MAX);
        pairs->showing[pairs->showing_count++] = now;
    }
    for (int k = 0; k < pairs->count; k++) { /* That the others had nothing is to be so, too. */
        const struct audit_pair *p = &pairs->at[k];
        if (p->part == part && !p->written && pairs->showing_count < AUDIT_PAIRS_MAX)
            pairs->showing[pairs->showing_count++] = (struct audit_showing){
                .part = part, .number = p->number, .seq = ledger_number(fact, "seq")
            };
    }
    pairs->shown[part] = true;
}

static void hidden(struct auditor *a, const json_t *fact, int part)
{
    const json_t *ids = json_object_get(fact, "contributions");
    size_t count = 0;

    A_CHECK(a, part >= 0 && a->pairs->shown[part] && a->pairs->hides == part + 1);
    for (int i = 0; i < a->pairs->showing_count; i++) {
        struct audit_showing *s = &a->pairs->showing[i];
        if (s->part != part || !on_board(s))
            continue;
        A_CHECK(a, names(ids, s->id) && untouched(a, s));
        s->hidden = true;
        json_object_set_new(a->off, s->id, json_true());
        count++;
    }
    A_CHECK(a, count == json_array_size(ids));
    a->pairs->shown[part] = false;
    a->pairs->hides = 0;
}

/* Undo takes back what the step had shown, if all of it stands as it was. */
static void undone(struct auditor *a)
{
    const struct kept *step = &a->undo[a->undo_count];

    for (int part = 0; part < a->now.part_count; part++) {
        bool since = a->pairs->shown[part], whole = true;
        for (int i = 0; i < a->pairs->showing_count; i++) {
            const struct audit_showing *s = &a->pairs->showing[i];
            if (s->part != part || !on_board(s))
                continue;
            since &= s->seq > step->seq;
            whole &= untouched(a, s);
        }
        if (since && whole)
            a->pairs->hides = part + 1;
    }
}

static void runs(struct auditor *a, const json_t *fact)
{
    struct audit_pairs *pairs = a->pairs;
    int last = pairs->running_count > 0 ? pairs->running[pairs->running_count - 1].part : -1;

    if (last == a->now.part)
        return;
    A_CHECK(a, pairs->running_count < AUDIT_PAIRS_MAX);
    pairs->running[pairs->running_count].seq = ledger_number(fact, "seq");
    pairs->running[pairs->running_count++].part = a->now.part;
}

/* Nothing is lost by leaving the part. */
static void ended(struct auditor *a, int part)
{
    for (int i = 0; i < a->pairs->count; i++)
        A_CHECK(a,
                a->pairs->at[i].part != part || !a->pairs->at[i].written || a->pairs->shown[part]);
}

void audit_pairs_written(struct auditor *a, const json_t *fact)
{
    const char *kind = ledger_word(fact, "fact");
    int part = ledger_part(a, ledger_word(fact, "part"));

    if (a->pairs->hides != 0)
        A_CHECK(a, ledger_number(fact, "seq") == a->seq + 1 && strcmp(kind, "pairs.hidden") == 0);
    runs(a, fact);
    if (strcmp(kind, "pairs.shown") == 0)
        shown(a, fact, part);
    else if (strcmp(kind, "pairs.hidden") == 0)
        hidden(a, fact, part);
    else if (strcmp(kind, "part.ended") == 0)
        ended(a, part);
    else if (strcmp(kind, "undone") == 0 || strcmp(kind, "undo.spent") == 0)
        undone(a);
}

/* Somebody has asked to mend the point or take it off. */
static bool mended(const struct auditor *a, const char *contribution)
{
    const char *id;
    json_t *one;

    json_object_foreach(a->asked, id, one)
    {
        const json_t *with = json_object_get(one, "with");
        if (strcmp(ledger_word(with, "contribution"), contribution) == 0 &&
            json_object_get(one, "at"))
            return true;
    }
    return false;
}

static void board_kept(struct auditor *a, const struct audit_showing *s, const json_t *all)
{
    const json_t *point = point_at(all, s->id);
    size_t i, count = 0;
    json_t *each;

    json_array_foreach(all, i, each) count += strcmp(ledger_word(each, "text"), s->text) == 0;
    A_CHECK(a, count <= 1);
    if (s->hidden)
        A_CHECK(a, !point);
    if (s->hidden || mended(a, s->id))
        return;
    A_CHECK(a, point && strcmp(ledger_word(point, "text"), s->text) == 0);
    struct list with = list_of(json_object_get(point, "with_seats")), by = { .count = 0 };
    list_push(&by, (int)ledger_number(point, "seat"));
    for (int k = 0; k < with.count; k++)
        list_push(&by, with.at[k]);
    A_CHECK(a, list_same(&by, &s->seats));
}

static bool own_pair(const struct peer *p, const json_t *pair)
{
    size_t i;
    json_t *seat;

    json_array_foreach(json_object_get(pair, "seats"), i, seat)
    {
        if (peer_owns(p, json_integer_value(seat)))
            return true;
    }
    return false;
}

void audit_pairs_kept(struct auditor *a, const struct peer *p, const json_t *snapshot)
{
    const json_t *pairs = json_object_get(snapshot, "pairs");
    bool phone = strcmp(p->role, "phone") == 0;
    size_t i;
    json_t *each;

    for (int k = 0; k < a->pairs->showing_count && !phone; k++) {
        const struct audit_showing *s = &a->pairs->showing[k];
        stands(a, s->part, s->number, s->seq, s->text);
        if (s->id[0])
            board_kept(a, s, json_object_get(snapshot, "contributions"));
    }
    A_CHECK(a, (int)json_array_size(pairs) == a->pairs->count);
    json_array_foreach(pairs, i, each)
    {
        int part = ledger_part(a, ledger_word(each, "part"));
        int number = (int)ledger_number(each, "pair");
        const struct audit_pair *pair = audit_pairs_find(a, part, number);
        A_CHECK(a, pair);
        if (!phone)
            A_CHECK(a, pair->written == json_is_true(json_object_get(each, "written")));
        else if (own_pair(p, each))
            stands(a, part, number, INT64_MAX, ledger_word(each, "text"));
    }
}
