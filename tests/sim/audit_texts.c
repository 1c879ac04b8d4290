/* audit_texts.c -- what two write in one field: no words that were acknowledged vanish without
 * their successor's writer having had them before their eyes.
 *
 * Whoever saves with a `base` says what they saw; when that is taken, the text that it replaced
 * must have been just that.  What stood there is known from the facts, whoever told it.
 */
#include <string.h>

#include "sim/ledger.h"

/* Which text a command or a fact is about: "next_step", "4c 1"; "" for none. */
static void key_of(const json_t *it, char ret_key[static 48])
{
    const char *answer = ledger_word(it, "answer"), *part = ledger_word(it, "part");
    const char *id = ledger_word(it, "id");

    if (*answer || *id)
        snprintf(ret_key, 48, "%s", *answer ? answer : id);
    else
        snprintf(ret_key, 48, "%s %d", part, (int)ledger_number(it, "lap"));
}

static bool is_fact(const char *kind)
{
    return strcmp(kind, "decision.changed") == 0 || strcmp(kind, "recap.saved") == 0 ||
           strcmp(kind, "carried.came") == 0;
}

static bool is_command(const char *command)
{
    return strcmp(command, "decision.set") == 0 || strcmp(command, "recap.save") == 0 ||
           strcmp(command, "carried.set") == 0;
}

/* What an answer or a recap says, without what tells it, and without what says nothing. */
static json_t *plain(const json_t *it)
{
    static const char *const said[] = { "text",  "unsettled", "date", "stakeholders",
                                        "tasks", "based_on",  "word" };
    json_t *out = json_object();

    for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
        json_t *value = json_object_get(it, said[i]);
        bool nothing = !value || json_is_false(value) || json_equal(value, json_null()) ||
                       (json_is_array(value) && json_array_size(value) == 0) ||
                       (json_is_string(value) && json_string_length(value) == 0);
        bool another = json_object_get(it, "kind") && strcmp(said[i], "text") == 0;
        if (!nothing && !another) /* The word is what two write of something carried over. */
            json_object_set(out, said[i], value);
    }
    return out;
}

/* What was approved is approved as it stands: whatever else the minutes say by now, they are a
 * draft again in the same step. */
static void approved(struct auditor *a, const json_t *fact)
{
    const char *kind = ledger_word(fact, "fact");

    if (strcmp(kind, "minutes.approved") == 0)
        a->approved = true;
    else if (strcmp(kind, "minutes.drafted") == 0)
        a->approved = a->stale = false;
    else if (is_fact(kind) || strncmp(kind, "contribution.", 13) == 0)
        a->stale |= a->approved;
}

static void write_down(struct auditor *a, const json_t *it, int64_t seq)
{
    char key[48];

    key_of(it, key);
    json_array_append_new(a->written, json_pack("{s:s, s:I, s:o}", "key", key, "seq",
                                                (json_int_t)seq, "is", plain(it)));
}

void audit_texts_fact(struct auditor *a, const json_t *fact)
{
    const char *kind = ledger_word(fact, "fact");
    const json_t *carried = json_object_get(json_object_get(fact, "agenda"), "carried");
    int64_t seq = ledger_number(fact, "seq");
    size_t i;
    json_t *each;

    approved(a, fact);
    if (is_fact(kind))
        write_down(a, fact, seq);
    else if (strcmp(kind, "agenda.changed") == 0)
        json_array_foreach(carried, i, each) write_down(a, each, seq);
}

/* What stood there before this fact. */
static const json_t *before(const struct auditor *a, const char *key, int64_t seq)
{
    const json_t *found = NULL;
    size_t i;
    json_t *each;

    json_array_foreach(a->written, i, each)
    {
        if (ledger_number(each, "seq") < seq && strcmp(ledger_word(each, "key"), key) == 0)
            found = json_object_get(each, "is");
    }
    return found;
}

static void was_seen(struct auditor *a, const json_t *with, int64_t seq)
{
    json_t *base = json_object_get(with, "base"), *nothing = json_object();
    json_t *saw = json_is_object(base) ? plain(base) : json_object();
    char key[48];

    key_of(with, key);
    if (json_is_string(base) && json_string_length(base) > 0)
        json_object_set(saw, *ledger_word(with, "id") ? "word" : "text", base);
    const json_t *was = before(a, key, seq);
    if (!json_equal(saw, was ? was : nothing)) {
        char *text = json_dumps(was ? was : nothing, JSON_COMPACT);
        SIM_FAIL(a->sim, "%s: what fact %lld replaced was not seen by its writer: %s", key,
                 (long long)seq, text);
    }
    json_decref(nothing);
    json_decref(saw);
}

void audit_texts_moment(struct auditor *a)
{
    const char *id;
    json_t *one;

    A_CHECK(a, !a->stale);
    json_object_foreach(a->asked, id, one)
    {
        const json_t *with = json_object_get(one, "with"), *answer = json_object_get(one, "answer");
        int64_t seq = ledger_number(answer, "seq");
        if (!answer || seq > a->seq || json_object_get(one, "seen") ||
            !is_command(ledger_word(one, "do")) || !json_object_get(with, "base"))
            continue;
        json_object_set_new(one, "seen", json_true());
        was_seen(a, with, seq);
    }
}
