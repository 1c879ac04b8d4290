#include "wire/snapshot_json.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/course.h"
#include "engine/keep.h"
#include "engine/method/method.h"
#include "wire/json_text.h"
#include "wire/json_values.h"
#include "wire/record_json.h"
#include "wire/snapshot_board.h"
#include "wire/snapshot_put.h"

static json_t *seats_json(const struct seats *s)
{
    json_t *all = json_array();

    for (size_t i = 0; i < s->count; i++)
        json_array_append_new(all, json_integer(s->at[i]));
    return all;
}

static void put_heading(const struct meeting *m, const char *code, json_t *to)
{
    struct heading told = {
        .cover = m->agenda.cover,
        .has_began = m->started,
        .began = m->began,
        .has_begins = m->promise.has_begins,
        .begins = m->promise.begins,
        .has_ends = m->promise.has_ends,
        .ends = m->promise.ends,
        .wall = m->wall,
        .has_keep = true,
        .keep = m->keep.days,
        .has_erases = m->floor.state == STATE_CLOSED,
        .erases = keep_until(m),
    };
    struct text *called = text_from(code), *runde = text_from("Runde");

    told.code = called;
    if (!told.cover.title)
        told.cover.title = runde;
    if (told.cover.locale == LOCALE_NOT)
        told.cover.locale = LOCALE_DA;
    snapshot_put(to, "meeting",
                 called && runde ? record_encode(&heading_record, &told, RECORD_ALL) : NULL);
    text_unref(called);
    text_unref(runde);
}

static json_t *part_json(const struct progress_state *p)
{
    const struct plan_part told = {
        .part = *p->part,
        .on = p->on,
        .ms = p->ms,
        .used = p->used,
        .begun = p->begun,
        .has_began = p->begun,
        .began = p->began,
        .has_presenter = p->presenter != 0,
        .presenter = p->presenter,
        .has_facilitator = p->facilitator != 0,
        .facilitator = p->facilitator,
    };

    return record_encode(&plan_part_record, &told, RECORD_ALL);
}

static void put_items(const struct meeting *m, json_t *to)
{
    json_t *items = json_array();
    size_t part = 0;

    for (size_t i = 0; i < m->agenda.items.count; i++) {
        struct plan_item told = { .item = m->agenda.items.at[i] };
        json_t *item = record_encode(&plan_item_record, &told, RECORD_ALL);
        json_t *parts = json_object_get(item, "parts");
        for (size_t k = 0; k < told.item.parts.count; k++, part++)
            json_array_append_new(parts, part_json(&m->parts[part]));
        json_array_append_new(items, item);
    }
    snapshot_put(to, "items", items);
}

static void put_seats(const struct meeting *m, json_t *to)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->table.count; i++) {
        const struct seat_state *s = &m->seats[m->table.at[i] - 1];
        const struct table_seat told = {
            .seat = m->table.at[i],
            .name = s->name,
            .function = s->function,
            .device = s->device,
            .presence = s->presence,
            .held = s->held,
            .has_awaited = s->awaited,
            .awaited = s->awaited,
            .has_with = s->with != 0,
            .with = s->with,
            .has_together = s->together,
            .together = s->together,
        };
        json_array_append_new(all, record_encode(&table_seat_record, &told, RECORD_ALL));
    }
    snapshot_put(to, "seats", all);
}

static void put_notes(const struct meeting *m, const struct reader *reader, json_t *to)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->note_count; i++) {
        const struct note_state *n = &m->notes[i];
        if (n->removed || !reader_wrote(reader, n->seat, n->handset))
            continue;
        const struct own_note told = {
            .note = { .note = n->id,
                      .seat = n->seat,
                      .part = n->part == PART_NONE ? NULL : m->parts[n->part].part->id,
                      .text = n->text },
            .has_contribution = n->shared,
            .contribution = n->contribution,
        };
        json_array_append_new(all, record_encode(&own_note_record, &told, RECORD_ALL));
    }
    snapshot_put(to, "notes", all);
}

static void put_now(const struct meeting *m, const struct reader *reader, json_t *to)
{
    const struct floor_state *f = &m->floor;
    struct now told = { .course = course_now(m),
                        .time_up = m->part_up,
                        .turn_up = m->turn_up,
                        .has_restart = m->restarted,
                        .restart = m->restart };
    struct clocks *c = &told.course.clocks;

    /* While nobody speaks, until and left are the part's. */
    c->has_until = c->has_part_until;
    c->has_left = c->has_part_left;
    if (f->speaker == 0) {
        c->until = c->part_until;
        c->left = c->part_left;
    }
    told.course.has_fair = reader->role != ROLE_PHONE; /* Phones do without. */
    snapshot_put(to, "now", record_encode(&now_record, &told, RECORD_ALL));
}

static void put_shown(const struct meeting *m, json_t *to)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->part_count; i++)
        if (m->parts[i].shown)
            json_array_append_new(all, json_of_part(m, (int)i));
    snapshot_put(to, "shown", all);
}

/* What undo would take back, the newest last. */
static void put_undo(const struct meeting *m, json_t *to)
{
    json_t *steps = m->undo_count > 0 ? json_array() : json_null();

    for (size_t i = 0; i < m->undo_count; i++)
        json_array_append_new(
            steps, record_encode(&undo_label_record, &m->undo[i].kept.undo_label, RECORD_ALL));
    snapshot_put(to, "undo", steps);
}

/* Who has to go and when: of all, or of the reader's own seats. */
static void put_leaving(const struct meeting *m, const struct reader *reader, json_t *to)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->seat_count; i++) {
        const struct leaving told = { .seat = (int64_t)i + 1, .leaves = m->seats[i].leaves };
        if (told.leaves && (reader->role == ROLE_CONSOLE || reader_holds(reader, told.seat)))
            json_array_append_new(all, record_encode(&leaving_record, &told, RECORD_ALL));
    }
    snapshot_put(to, "leaving", all);
}

/* Who was asked to round off; 0: nobody that the reader may know of. */
static void put_hint(int64_t seat, json_t *to)
{
    snapshot_put(to, "hint", json_boolean(seat != 0));
    if (seat != 0)
        snapshot_put(to, "hinted", json_integer(seat));
}

static void put_leading(const struct meeting *m, json_t *to)
{
    snapshot_put(to, "ready", seats_json(&m->ready));
    snapshot_put(to, "passed", seats_json(&m->passed));
    put_hint(m->hinted, to);
    put_undo(m, to);
}

/* Only the console knows who waits at the door. */
static void put_door(const struct meeting *m, const struct reader *reader, json_t *to)
{
    const struct doorway told = { .closed = m->door_closed };
    json_t *door = record_encode(&doorway_record, &told, RECORD_ALL);
    json_t *knocks = reader->role == ROLE_CONSOLE ? json_array() : NULL;

    for (size_t i = 0; knocks && i < m->knock_count; i++)
        if (m->knocks[i].state == KNOCK_WAITS)
            json_array_append_new(knocks,
                                  record_encode(&knock_record, &m->knocks[i].asked, RECORD_ALL));
    if (knocks)
        json_object_set_new(door, "knocks", knocks);
    snapshot_put(to, "door", door);
}

static void put_own(const struct meeting *m, const struct reader *reader, json_t *to)
{
    json_t *ready = json_array(), *elsewhere = json_array();

    for (size_t i = 0; i < reader->own_count; i++) {
        if (seats_have(&m->ready, reader->own[i]))
            json_array_append_new(ready, json_integer(reader->own[i]));
        if (m->seats[reader->own[i] - 1].elsewhere)
            json_array_append_new(elsewhere, json_integer(reader->own[i]));
    }
    snapshot_put(to, "ready", ready);
    if (json_array_size(elsewhere) > 0)
        snapshot_put(to, "elsewhere", elsewhere);
    else
        json_decref(elsewhere);
    put_hint(m->hinted != 0 && reader_holds(reader, m->hinted) ? m->hinted : 0, to);
}

/* What each method adds; its names are the snapshot's own. */
static bool put_methods(const struct meeting *m, const struct reader *reader, json_t *to)
{
    bool whole = true;

    for (int i = METHOD_NOT + 1; i < METHOD_COUNT && whole; i++) {
        const struct record *r = method_infos[i].seen;
        if (!r)
            continue;
        void *seen = alloc_many(1, r->size);
        whole = seen && method_hooks[i].see(m, reader, seen) &&
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
        if (!m->notes[i].removed && reader_wrote(reader, m->notes[i].seat, m->notes[i].handset))
            return true;
    for (size_t i = 0; i < m->ready.count; i++)
        if (reader_holds(reader, m->ready.at[i]))
            return true;
    for (size_t i = 0; i < reader->own_count; i++) {
        const struct seat_state *s = &m->seats[reader->own[i] - 1];
        if (s->leaves || s->elsewhere || method_wrote(m, reader->own[i]))
            return true;
    }
    for (size_t i = 0; i < m->dispute_count; i++)
        if (reader_holds(reader, m->disputes[i].seat))
            return true;
    return m->hinted != 0 && reader_holds(reader, m->hinted);
}

char *snapshot_encode(const struct meeting *m, const char *code, const struct reader *reader)
{
    assert(m->created);
    json_t *body = json_object();
    put_heading(m, code, body);
    put_items(m, body);
    put_seats(m, body);
    snapshot_put_contributions(m, body);
    put_notes(m, reader, body);
    snapshot_put_decision(m, body);
    snapshot_put_carried(&m->agenda, body);
    put_shown(m, body);
    if (reader->role != ROLE_BOARD)
        snapshot_put_standing(m, reader, body);
    put_now(m, reader, body);
    if (reader->role == ROLE_CONSOLE)
        put_leading(m, body);
    if (reader->role == ROLE_CONSOLE || reader->role == ROLE_PHONE)
        put_leaving(m, reader, body);
    if (reader->role == ROLE_PHONE)
        put_own(m, reader, body);
    else {
        put_door(m, reader, body);
        snapshot_put_board(m, reader, body);
    }
    if (!put_methods(m, reader, body)) {
        json_decref(body);
        return NULL;
    }
    json_t *root = json_pack("{s:o, s:I}", "snapshot", body, "seq", (json_int_t)m->seq);
    return json_text_write(root);
}
