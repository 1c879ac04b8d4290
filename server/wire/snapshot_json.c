#include "wire/snapshot_json.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/scoped.h"
#include "dispatch.gen.h"
#include "engine/method/method.h"
#include "wire/json_text.h"
#include "wire/json_values.h"
#include "wire/record_json.h"
#include "wire/snapshot_room.h"

static json_t *seat_json(int64_t seat)
{
    return seat ? json_integer(seat) : json_null();
}

static json_t *seats_json(const struct seats *s)
{
    json_t *all = json_array();

    for (size_t i = 0; i < s->count; i++)
        json_array_append_new(all, json_integer(s->at[i]));
    return all;
}

static json_t *meeting_json(const struct meeting *m, const char *code)
{
    const struct agenda *a = &m->agenda;
    json_t *to = json_object();

    json_object_set_new(to, "code", json_string(code));
    json_object_set_new(to, "title", a->title ? json_of_text(a->title) : json_string("Runde"));
    json_object_set_new(to, "locale",
                        json_string(locale_enum.names[a->locale ? a->locale : LOCALE_DA]));
    json_put_text(to, "purpose", a->purpose);
    json_put_text(to, "focus", a->focus);
    json_put_text(to, "place", a->place);
    json_put_text(to, "date", a->date);
    json_put_text(to, "starts", a->starts);
    json_put_text(to, "from", a->from);
    json_put_text(to, "from_date", a->from_date);
    json_object_set_new(to, "began", m->started ? json_integer(m->began.ms) : json_null());
    json_object_set_new(to, "wall", json_integer(m->wall));
    return to;
}

/* The agenda's own record, with how each part stands in the plan beside it. */
static json_t *items_json(const struct meeting *m)
{
    json_t *items = json_array();
    size_t part = 0;

    for (size_t i = 0; i < m->agenda.items.count; i++) {
        json_t *item = record_encode(&item_record, &m->agenda.items.at[i], RECORD_ALL);
        json_t *parts = json_object_get(item, "parts");
        for (size_t k = 0; k < json_array_size(parts); k++, part++) {
            json_t *to = json_array_get(parts, k);
            const struct progress_state *p = &m->parts[part];
            if (!p->part->has_minutes)
                json_object_set_new(to, "minutes", json_null());
            json_object_set_new(to, "ms", json_integer(p->ms.ms));
            json_object_set_new(to, "used", json_integer(p->used.ms));
            json_object_set_new(to, "on", json_boolean(p->on));
            json_object_set_new(to, "begun", json_boolean(p->begun));
            if (p->presenter)
                json_object_set_new(to, "presenter", json_integer(p->presenter));
            if (p->facilitator)
                json_object_set_new(to, "facilitator", json_integer(p->facilitator));
        }
        json_array_append_new(items, item);
    }
    return items;
}

static json_t *people_json(const struct meeting *m)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->table.count; i++) {
        const struct seat_state *s = &m->seats[m->table.at[i] - 1];
        json_t *to = json_object();
        json_object_set_new(to, "seat", json_integer(m->table.at[i]));
        json_object_set_new(to, "name", json_of_text(s->name));
        json_object_set_new(to, "function", json_of_text(s->function));
        json_object_set_new(to, "device", json_string(device_enum.names[s->device]));
        json_object_set_new(to, "presence", json_string(presence_enum.names[s->presence]));
        json_object_set_new(to, "held", json_boolean(s->held));
        if (s->with)
            json_object_set_new(to, "with", json_integer(s->with));
        if (s->together)
            json_object_set_new(to, "together", json_true());
        json_array_append_new(all, to);
    }
    return all;
}

static json_t *contribution_json(const struct meeting *m, const struct contribution *c)
{
    json_t *to = json_object();
    json_t *builds = json_array();

    for (size_t i = 0; i < c->builds_count; i++)
        json_array_append_new(builds, json_of_uuid(c->builds[i]));
    json_object_set_new(to, "id", json_of_uuid(c->id));
    json_object_set_new(to, "seat", seat_json(c->seat));
    json_object_set_new(to, "part", json_of_part(m, c->part));
    if (c->lap)
        json_object_set_new(to, "lap", json_integer(c->lap));
    json_object_set_new(to, "text", json_of_text(c->text));
    json_object_set_new(to, "builds_on", builds);
    if (c->box)
        json_object_set_new(to, "box", json_string(box_enum.names[c->box]));
    if (c->answer)
        json_object_set_new(to, "answer", json_string(answer_enum.names[c->answer]));
    if (c->late)
        json_object_set_new(to, "late", json_true());
    return to;
}

static json_t *contributions_json(const struct meeting *m)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->contribution_count; i++)
        if (!m->contributions[i].withdrawn)
            json_array_append_new(all, contribution_json(m, &m->contributions[i]));
    return all;
}

static json_t *notes_json(const struct meeting *m, const struct reader *reader)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->note_count; i++) {
        const struct note *n = &m->notes[i];
        if (n->removed || !reader_holds(reader, n->seat))
            continue;
        json_t *to = json_object();
        json_object_set_new(to, "note", json_of_uuid(n->id));
        json_object_set_new(to, "seat", json_integer(n->seat));
        json_object_set_new(to, "part", json_of_part(m, n->part));
        json_object_set_new(to, "text", json_of_text(n->text));
        if (n->shared)
            json_object_set_new(to, "contribution", json_of_uuid(n->contribution));
        json_array_append_new(all, to);
    }
    return all;
}

static json_t *decision_json(const struct meeting *m)
{
    json_t *answers = json_array();

    for (int i = ANSWER_NOT + 1; i < ANSWER_COUNT; i++)
        if (m->answered[i])
            json_array_append_new(answers, record_encode(fact_infos[FACT_DECISION_CHANGED].fields,
                                                         &m->answers[i], RECORD_ALL));
    return json_pack("{s:o, s:o}", "open",
                     m->open ? json_string(answer_enum.names[m->open]) : json_null(), "answers",
                     answers);
}

static json_t *ms_or_null(bool there, int64_t ms)
{
    return there ? json_integer(ms) : json_null();
}

static void put_clocks(const struct floor_state *f, json_t *to)
{
    bool runs = f->state == STATE_RUNNING, stands = f->state == STATE_PAUSED;
    int64_t until = f->speaker ? f->until.ms : f->part_until.ms;
    int64_t left = f->speaker ? f->left.ms : f->part_left.ms;

    json_object_set_new(to, "until", ms_or_null(runs, until));
    json_object_set_new(to, "part_until", ms_or_null(runs, f->part_until.ms));
    json_object_set_new(to, "lap_until", ms_or_null(runs && f->lap > 0, f->lap_until.ms));
    json_object_set_new(to, "left", ms_or_null(stands, left));
    json_object_set_new(to, "part_left", ms_or_null(stands, f->part_left.ms));
    json_object_set_new(to, "lap_left", ms_or_null(stands && f->lap > 0, f->lap_left.ms));
}

static json_t *now_json(const struct meeting *m)
{
    const struct floor_state *f = &m->floor;
    json_t *to = json_object();

    json_object_set_new(to, "part", json_of_part(m, f->part));
    json_object_set_new(to, "state", json_string(state_enum.names[f->state]));
    json_object_set_new(to, "speaker", seat_json(f->speaker));
    json_object_set_new(to, "answering", seat_json(f->answering));
    json_object_set_new(to, "turn", json_integer(f->turn));
    json_object_set_new(to, "lap", json_integer(f->lap));
    json_object_set_new(to, "laps", json_integer(f->laps));
    put_clocks(f, to);
    json_object_set_new(to, "queue", seats_json(&f->queue));
    json_object_set_new(to, "heard", seats_json(&f->heard));
    json_object_set_new(to, "hands", seats_json(&m->hands));
    json_object_set_new(to, "remarks", seats_json(&f->remarks));
    json_object_set_new(to, "closed", json_boolean(f->closed));
    json_object_set_new(to, "time_up", json_boolean(m->part_up));
    json_object_set_new(to, "turn_up", json_boolean(m->turn_up));
    json_object_set_new(to, "restart", ms_or_null(m->restarted, m->restart.ms));
    return to;
}

static json_t *shown_json(const struct meeting *m)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->part_count; i++)
        if (m->parts[i].shown)
            json_array_append_new(all, json_of_part(m, (int)i));
    return all;
}

/* What undo would take back, and how deep the stack is. */
static json_t *undo_json(const struct meeting *m)
{
    if (m->undo_count == 0)
        return json_null();
    json_t *steps = json_array();
    for (size_t i = 0; i < m->undo_count; i++) {
        const struct fact_undo_kept *kept = &m->undo[i].kept;
        json_t *to = json_object();
        json_object_set_new(to, "what", json_of_text(kept->what));
        if (kept->has_seat)
            json_object_set_new(to, "seat", json_integer(kept->seat));
        json_put_text(to, "part", kept->part);
        json_array_append_new(steps, to);
    }
    return steps;
}

/* Who has to go and when: of all, or of the reader's own seats. */
static json_t *leaving_json(const struct meeting *m, const struct reader *reader)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->seat_count; i++) {
        const struct seat_state *s = &m->seats[i];
        int64_t seat = (int64_t)i + 1;
        if (s->leaves && (reader->role == ROLE_CONSOLE || reader_holds(reader, seat)))
            json_array_append_new(all, json_pack("{s:I, s:o}", "seat", (json_int_t)seat, "leaves",
                                                 json_of_text(s->leaves)));
    }
    return all;
}

static void put_leading(const struct meeting *m, json_t *to)
{
    json_object_set_new(to, "ready", seats_json(&m->ready));
    json_object_set_new(to, "passed", seats_json(&m->passed));
    json_object_set_new(to, "hint", json_boolean(m->hinted));
    json_object_set_new(to, "undo", undo_json(m));
}

/* What phones do without. */
static void put_room(const struct meeting *m, const struct reader *reader, json_t *to)
{
    json_object_set_new(json_object_get(to, "now"), "fair", json_boolean(m->floor.fair));
    snapshot_put_room(m, reader, to);
}

static void put_own(const struct meeting *m, const struct reader *reader, json_t *to)
{
    json_t *ready = json_array();

    for (size_t i = 0; i < reader->own_count; i++)
        if (seats_have(&m->ready, reader->own[i]))
            json_array_append_new(ready, json_integer(reader->own[i]));
    json_object_set_new(to, "ready", ready);
    json_object_set_new(to, "hint",
                        json_boolean(m->hinted && reader_holds(reader, m->floor.speaker)));
}

/* What each method adds. */
static bool put_methods(const struct meeting *m, const struct reader *reader, json_t *to)
{
    bool whole = true;

    for (int i = METHOD_NOT + 1; i < METHOD_COUNT && whole; i++) {
        const struct record *r = method_infos[i].seen;
        if (!r)
            continue;
        void *seen = alloc_many(1, r->size);
        whole = seen && method_hooks[i]->see(m, reader, seen) &&
                record_encode_into(to, r, seen, RECORD_ALL);
        if (seen)
            record_release(r, seen);
        free(seen);
    }
    return whole;
}

bool snapshot_is_own(const struct meeting *m, const struct reader *reader)
{
    if (reader->role != ROLE_PHONE)
        return false;
    for (size_t i = 0; i < m->note_count; i++)
        if (!m->notes[i].removed && reader_holds(reader, m->notes[i].seat))
            return true;
    for (int i = METHOD_NOT + 1; i < METHOD_COUNT; i++)
        for (size_t k = 0; k < reader->own_count && method_hooks[i]->wrote; k++)
            if (method_hooks[i]->wrote(m, reader->own[k]))
                return true;
    for (size_t i = 0; i < m->ready.count; i++)
        if (reader_holds(reader, m->ready.at[i]))
            return true;
    for (size_t i = 0; i < reader->own_count; i++)
        if (m->seats[reader->own[i] - 1].leaves)
            return true;
    return m->hinted && reader_holds(reader, m->floor.speaker);
}

char *snapshot_encode(const struct meeting *m, const char *code, const struct reader *reader)
{
    assert(m->created);
    json_t *body = json_object();
    json_object_set_new(body, "meeting", meeting_json(m, code));
    json_object_set_new(body, "items", items_json(m));
    json_object_set_new(body, "seats", people_json(m));
    json_object_set_new(body, "contributions", contributions_json(m));
    json_object_set_new(body, "notes", notes_json(m, reader));
    json_object_set_new(body, "decision", decision_json(m));
    json_object_set_new(body, "shown", shown_json(m));
    json_object_set_new(body, "now", now_json(m));
    if (reader->role == ROLE_CONSOLE)
        put_leading(m, body);
    if (reader->role == ROLE_CONSOLE || reader->role == ROLE_PHONE)
        json_object_set_new(body, "leaving", leaving_json(m, reader));
    if (reader->role == ROLE_PHONE)
        put_own(m, reader, body);
    else
        put_room(m, reader, body);

    if (!put_methods(m, reader, body)) {
        json_decref(body);
        return NULL;
    }
    json_t *root = json_pack("{s:o, s:I}", "snapshot", body, "seq", (json_int_t)m->seq);
    return json_text_write(root);
}
