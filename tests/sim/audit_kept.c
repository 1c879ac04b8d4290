/* audit_kept.c -- what was acknowledged is there, once; what was refused is not.
 *
 * `asked` holds every command by its id, with its first good answer; `board` holds, by the id that
 * the server gave it, what each acknowledged text must be now.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/ledger.h"
#include "sim/method/pairs.h"
#include "sim/nodes.h"
#include "sim/peer.h"

static bool says(const json_t *one, const char *command)
{
    return strcmp(ledger_word(one, "do"), command) == 0;
}

static bool about_note(const json_t *one, const char *command, const json_t *with)
{
    const json_t *said = json_object_get(one, "with");

    return says(one, command) && strcmp(ledger_word(said, "note"), ledger_word(with, "note")) == 0;
}

/* A note keeps its seat unless another is named, so that whoever ever had it may know its texts. */
static void same_note(struct auditor *a, int n, const json_t *with)
{
    const char *id;
    json_t *one;

    json_object_foreach(a->asked, id, one)
    {
        const char *text = ledger_word(json_object_get(one, "with"), "text");
        int other = about_note(one, "note.save", with) && strncmp(text, "note ", 5) == 0
                        ? atoi(text + 5)
                        : n;
        a->author[other] |= a->author[n];
        a->author[n] |= a->author[other];
    }
}

/* The part of a point that is mended, which is not always the one that runs. */
static int part_meant(struct auditor *a, const struct peer *p, const json_t *with)
{
    const char *id = ledger_word(with, "contribution");
    size_t i;
    json_t *own;

    json_array_foreach(json_object_get(p->state, "own"), i, own)
    {
        if (*id && strcmp(ledger_word(own, "id"), id) == 0)
            return ledger_part(a, ledger_word(own, "part"));
    }
    return a->now.part;
}

/* The number of a text that is its author's alone; 0: it is none. */
static int private_text(const json_t *with)
{
    const char *text = ledger_word(with, "text");
    bool note = strncmp(text, "note ", 5) == 0, retro = strncmp(text, "retro ", 6) == 0;
    int n = note || retro ? atoi(text + (note ? 5 : 6)) : 0;

    return n > 0 && n < LEDGER_TEXTS_MAX ? n : 0;
}

/* Whose a text is, and whether its author wants it seen: for audit_private. */
static void whose(struct auditor *a, const struct peer *p, const char *command, const json_t *with)
{
    int n = private_text(with);

    if (n == 0)
        return;
    bool note = strncmp(ledger_word(with, "text"), "note ", 5) == 0;
    bool named = json_object_get(with, "seat") != NULL;
    int64_t seat = named ? ledger_number(with, "seat") : p->own[0];
    a->author[n] = UINT64_C(1) << seat;
    a->writer[n] = strcmp(p->role, "phone") == 0 ? p->number + 1 : 0;
    a->open[n] = strcmp(command, "note.save") != 0 && note;
    a->part_of[n] = part_meant(a, p, with);
    if (note)
        same_note(a, n, with);
}

/* A note that is shown as it stands: whichever of its texts is the newest by then. */
static void opens(struct auditor *a, const json_t *with)
{
    const char *id;
    json_t *one;

    json_object_foreach(a->asked, id, one)
    {
        const char *text = ledger_word(json_object_get(one, "with"), "text");
        if (about_note(one, "note.save", with) && strncmp(text, "note ", 5) == 0)
            a->open[atoi(text + 5)] = true;
    }
}

/* Whether the note may be shown yet by something that was asked before. */
static bool opening(struct auditor *a, const json_t *with)
{
    const char *id;
    json_t *one;

    json_object_foreach(a->asked, id, one)
    {
        if (about_note(one, "note.share", with) && !json_object_get(one, "answer"))
            return true;
    }
    return false;
}

void auditor_asked(struct auditor *a, const struct peer *p, const char *id, const char *command,
                   json_t *with)
{
    json_t *one = json_pack("{s:s, s:O, s:I, s:I}", "do", command, "with", with, "peer",
                            (json_int_t)p->number, "seat", (json_int_t)p->own[0]);

    whose(a, p, command, with);
    audit_pairs_asked(a, command, with);
    json_object_set_new(a->asked, id, one);
    const json_t *point = json_object_get(a->points, ledger_word(with, "contribution"));
    if (strcmp(command, "note.save") == 0 && opening(a, with))
        opens(a, with);
    if (point && strcmp(command, "contribution.withdraw") == 0)
        json_object_set_new(a->taken, json_string_value(point), json_true());
    if (strcmp(command, "note.share") == 0 && !json_object_get(with, "text"))
        opens(a, with);
}

void auditor_delivered(struct auditor *a, const struct peer *p, const char *id,
                       const struct world *to)
{
    json_t *one = json_object_get(a->asked, id), *with = json_object_get(one, "with");
    int n = private_text(with);

    if (n > 0 && !json_object_get(with, "seat")) /* Of whoever is the first at the phone by now. */
        a->author[n] |= UINT64_C(1) << p->own[0];
    json_object_set_new(one, "at", json_integer(sim_now(a->sim)));
    int64_t servers = a->sim->nodes && nodes_speak(a->sim->nodes) ? (1 << NODES_MAX) - 1
                      : a->sim->nodes                             ? 1 << nodes_number(to)
                                                                  : 1;
    int64_t copies = ledger_number(one, "copies") + 1;
    json_object_set_new(one, "copies", json_integer(copies));
    json_object_set_new(one, "servers", json_integer(servers | ledger_number(one, "servers")));
    json_object_set_new(one, "sent", json_true());
    json_object_del(one, "refused"); /* It may be taken this time. */
    if (says(one, "link.renew"))
        auditor_renewed(a, ledger_word(json_object_get(one, "with"), "role"));
}

/* What the command's answer makes true, unless something younger is known. */
static void put(struct auditor *a, const char *id, int64_t seq, json_t *now)
{
    static const char *const stays[] = { "retro", "part", "made", "elsewhere" };
    const json_t *before = json_object_get(a->board, id);

    json_object_set_new(now, "seq", json_integer(seq));
    if (before && ledger_number(before, "seq") > seq) {
        json_decref(now);
        return;
    }
    for (size_t i = 0; before && i < 4; i++)
        if (json_object_get(before, stays[i]))
            json_object_set(now, stays[i], json_object_get(before, stays[i]));
    json_object_set_new(a->board, id, now);
}

static json_t *stands(const char *kind, const json_t *with)
{
    json_t *now = json_pack("{s:s}", "kind", kind);

    if (json_object_get(with, "text"))
        json_object_set(now, "text", json_object_get(with, "text"));
    return now;
}

/* A point of a retrospect: which part it belongs to, so that it can be found once that is shown. */
static void of_retrospect(struct auditor *a, json_t *now, const char *id, const char *text)
{
    int n = strncmp(text, "retro ", 6) == 0 ? atoi(text + 6) : 0;

    if (n == 0)
        return;
    const char *part = a->now.parts[a->part_of[n]].id;
    json_object_set_new(now, "retro", json_true());
    json_object_set_new(now, "part", json_string(part));
    if (json_object_get(a->shown, part))
        json_object_set_new(a->retired, id, json_true());
}

static void made(struct auditor *a, const json_t *one, const json_t *reply)
{
    const json_t *with = json_object_get(one, "with");
    const char *id = ledger_word(json_object_get(reply, "made"), "contribution");

    A_CHECK(a, *id);
    A_CHECK(a, !json_object_get(json_object_get(a->board, id), "made")); /* No id comes twice. */
    put(a, id, ledger_number(reply, "seq"), stands("point", with));
    json_t *now = json_object_get(a->board, id);
    json_object_set_new(now, "made", json_true());
    of_retrospect(a, now, id, ledger_word(with, "text"));
}

/* Perhaps of a point whose own answer nobody has heard. */
static void edited(struct auditor *a, const json_t *with, int64_t seq)
{
    const char *id = ledger_word(with, "contribution");
    json_t *now = stands("point", with);

    if (!json_object_get(json_object_get(a->board, id), "retro"))
        of_retrospect(a, now, id, ledger_word(with, "text"));
    put(a, id, seq, now);
}

static void note_saved(struct auditor *a, const json_t *one, int64_t seq)
{
    const json_t *with = json_object_get(one, "with");
    json_t *now = stands("note", with);

    json_object_set(now, "peer", json_object_get(one, "peer"));
    json_object_set(now, "seat", json_object_get(one, "seat"));
    if (json_object_get(with, "seat")) /* It may be another's by now, on another phone. */
        json_object_set_new(now, "elsewhere", json_true());
    put(a, ledger_word(with, "note"), seq, now);
}

static void acknowledged(struct auditor *a, const json_t *one, const json_t *reply)
{
    const json_t *with = json_object_get(one, "with");
    int64_t seq = ledger_number(reply, "seq");

    audit_journal_answer(a, one, seq);
    auditor_told(a, seq);
    if (says(one, "contribution.add") || says(one, "note.share"))
        made(a, one, reply);
    else if (says(one, "contribution.edit") && json_object_get(with, "text"))
        edited(a, with, seq);
    else if (says(one, "contribution.withdraw"))
        put(a, ledger_word(with, "contribution"), seq,
            json_pack("{s:s, s:b}", "kind", "point", "gone", 1));
    else if (says(one, "contribution.restore"))
        put(a, ledger_word(with, "contribution"), seq, json_pack("{s:s}", "kind", "point"));
    else if (says(one, "note.save"))
        note_saved(a, one, seq);
}

static bool again_later(const char *code)
{
    return strcmp(code, "busy") == 0 || strcmp(code, "not_saved") == 0;
}

/* Made in a retrospect that has been shown since: its command is forgotten with its author. */
static bool forgotten(const struct auditor *a, const json_t *answer, const json_t *with)
{
    const char *id = ledger_word(json_object_get(answer, "made"), "contribution");
    const char *mended = ledger_word(with, "contribution");

    return json_object_get(a->retired, id) || json_object_get(a->retired, mended);
}

/* Between servers one may be on its way still, which counts when it comes. */
static bool another_copy(const struct auditor *a, const json_t *one)
{
    return a->sim->nodes && nodes_speak(a->sim->nodes) && ledger_number(one, "copies") > 1;
}

void auditor_answered(struct auditor *a, const struct peer *p, const char *id, const json_t *reply)
{
    json_t *one = json_object_get(a->asked, id);
    const char *code = ledger_word(reply, "code");

    (void)p;
    A_CHECK(a, one); /* Nobody is answered what they did not ask. */
    json_t *answer = json_object_get(one, "answer");
    bool ok = json_is_true(json_object_get(reply, "ok"));
    A_CHECK(a, ok || *code);
    A_CHECK(a, strcmp(code, "malformed") != 0 && strcmp(code, "unknown_command") != 0);
    if (ok)
        a->sim->acks++;
    if (answer && !ok) /* The same id gets the same answer. */
        A_CHECK(a, strcmp(code, "busy") == 0 || forgotten(a, answer, json_object_get(one, "with")));
    if (answer && ok && !says(one, "seat.link") && !says(one, "link.renew"))
        A_CHECK(a, json_equal(answer, reply));
    if (ok && !answer) {
        json_object_set(one, "answer", (json_t *)reply);
        json_object_del(one, "refused");
        acknowledged(a, one, reply);
    } else if (!ok && !answer) {
        json_object_set_new(one, "refused", json_string(code));
        if (again_later(code) && !another_copy(a, one))
            json_object_del(one, "sent"); /* Until it is sent again, nothing of it can be there. */
    }
}

static size_t count_of(const json_t *list, const char *key, const json_t *value)
{
    size_t i, count = 0;
    json_t *each;

    json_array_foreach(list, i, each) count +=
        json_equal(json_object_get(each, key), value) ? 1 : 0;
    return count;
}

/* It was about a retrospect that has been shown since: refused when it came again, it may have been
 * taken before that, and forgotten with its author. */
static bool retired(const struct auditor *a, const json_t *one)
{
    const json_t *with = json_object_get(one, "with");

    return json_object_get(a->shown, ledger_word(with, "part")) ||
           json_object_get(a->retired, ledger_word(with, "contribution"));
}

/* Someone has asked to change this point, and it is not known what came of it. */
static bool uncertain(const struct auditor *a, const char *id)
{
    const char *asked;
    json_t *one;

    json_object_foreach(a->asked, asked, one)
    {
        const json_t *with = json_object_get(one, "with");
        bool about = strcmp(ledger_word(with, "contribution"), id) == 0 ||
                     strcmp(ledger_word(with, "note"), id) == 0;
        if (about && json_object_get(one, "sent") && !json_object_get(one, "answer") &&
            (!json_object_get(one, "refused") || retired(a, one) || another_copy(a, one)))
            return true;
    }
    return false;
}

static void point_kept(struct auditor *a, const char *id, const json_t *one, const json_t *all)
{
    const json_t *text = json_object_get(one, "text");
    json_t *name = json_string(id);
    bool retro = json_object_get(one, "retro") != NULL, gone = json_object_get(one, "gone") != NULL;
    gone &= !json_is_false(json_object_get(a->off, id)); /* Undo has brought it back. */
    bool is_shown = retro && json_object_get(a->retired, id);

    if (retro) /* Before it is shown it is its author's; after, nobody's, under another id. */
        A_CHECK(a, count_of(all, "id", name) == 0);
    else if (!uncertain(a, id))
        A_CHECK(a, count_of(all, "id", name) == (gone ? 0 : 1));
    if (text && (!retro || is_shown) && !gone && !uncertain(a, id)) {
        bool taken = json_object_get(a->taken, json_string_value(text)) != NULL;
        size_t found = count_of(all, "text", text);
        if (found != 1 && !(found == 0 && taken))
            SIM_FAIL(a->sim, "\"%s\" stands %zu times", json_string_value(text), found);
    }
    json_decref(name);
}

/* No text stands twice, and none that was refused stands at all. */
static void asked_kept(struct auditor *a, const json_t *one, const json_t *all)
{
    const json_t *text = json_object_get(json_object_get(one, "with"), "text");
    bool writes = says(one, "contribution.add") || says(one, "contribution.edit");

    if (!writes || !text)
        return;
    size_t count = count_of(all, "text", text);
    A_CHECK(a, count <= 1);
    if (json_object_get(one, "refused") && !json_object_get(one, "sent"))
        A_CHECK(a, count == 0);
    const char *code = ledger_word(one, "refused");
    if (*code && !again_later(code) && !retired(a, one) && !another_copy(a, one))
        A_CHECK(a, count == 0);
}

void auditor_kept(struct auditor *a, json_t *snapshot)
{
    const json_t *all = json_object_get(snapshot, "contributions");
    const char *id;
    json_t *one;

    json_object_foreach(a->asked, id, one) asked_kept(a, one, all);
    json_object_foreach(a->board, id, one)
    {
        if (strcmp(ledger_word(one, "kind"), "point") == 0)
            point_kept(a, id, one, all);
    }
}

void auditor_notes_kept(struct auditor *a, const struct peer *p, json_t *snapshot)
{
    const json_t *all = json_object_get(snapshot, "notes");
    const char *id;
    json_t *one;
    size_t i;

    json_array_foreach(all, i, one) A_CHECK(a, peer_owns(p, ledger_number(one, "seat")));
    json_object_foreach(a->board, id, one)
    {
        bool own = strcmp(ledger_word(one, "kind"), "note") == 0 &&
                   ledger_number(one, "peer") == (int64_t)p->number;
        int64_t seat = ledger_number(one, "seat");
        bool moved = json_object_get(one, "elsewhere") || auditor_linked(a, seat);
        bool out = auditor_taken_out(a, seat) && !peer_owns(p, seat); /* Until it is in again. */
        if (!own || moved || out || uncertain(a, id))
            continue;
        size_t found = count_of(all, "text", json_object_get(one, "text"));
        A_CHECK(a, found == (*ledger_word(one, "text") ? 1 : 0));
    }
}
