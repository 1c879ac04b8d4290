/* notes.c -- private notes: of the phone that wrote them alone, until shared. */
#include "engine/notes.h"

#include <assert.h>
#include <stdint.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/board.h"
#include "engine/method/method.h"
#include "engine/roster.h"
#include "engine/turn.h"

static struct note_state *find_note(const struct meeting *m, struct uuid id)
{
    for (size_t i = m->note_count; i > 0; i--)
        if (!m->notes[i - 1].removed && uuid_same(m->notes[i - 1].id, id))
            return &m->notes[i - 1];
    return NULL;
}

/* A note is its phone's, and another phone of the seat has nothing to do with it. */
static bool wrote(const struct context *context, const struct note_state *note)
{
    return board_owns(context, note->seat) && hash_same(note->handset, context->handset);
}

bool notes_text_room(struct meeting *m)
{
    void *texts = m->note_texts;
    bool there = board_reserve(&texts, &m->note_text_room,
                               m->note_text_count + LIMIT_FACTS_A_COMMAND, sizeof(*m->note_texts));

    m->note_texts = texts;
    return there;
}

static void keep_text(struct meeting *m, size_t note)
{
    assert(m->note_text_count < m->note_text_room);
    m->note_texts[m->note_text_count++] = (struct kept_text){ .seq = m->seq, .note = note };
}

void notes_text_kept(struct meeting *m)
{
    keep_text(m, SIZE_MAX);
}

/* Lists the facts that hold texts: of this note, or all for SIZE_MAX. */
static void list_texts(const struct meeting *m, size_t note, struct ints *ret_blanks,
                       struct facts *out)
{
    ret_blanks->at = alloc_many(m->note_text_count, sizeof(*ret_blanks->at));
    if (!ret_blanks->at) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < m->note_text_count; i++)
        if (note == SIZE_MAX || m->note_texts[i].note == note)
            ret_blanks->at[ret_blanks->count++] = m->note_texts[i].seq;
}

bool note_saved_room(struct meeting *m, const struct fact_note_saved *f)
{
    void *notes = m->notes;
    bool there = board_reserve(&notes, &m->note_room, m->note_count + 1, sizeof(*m->notes));

    m->notes = notes;
    return notes_text_room(m) && there;
}

bool notes_wake_at(const struct meeting *m, struct instant *ret_at)
{
    if (m->floor.state != STATE_CLOSED || m->note_text_count == 0)
        return false;
    *ret_at = instant_after(m->ended, (struct span){ LIMIT_NOTES_KEPT_MS });
    return true;
}

enum refusal notes_expire(const struct meeting *m, struct instant now, struct facts *out)
{
    struct instant due;

    if (!notes_wake_at(m, &due) || !instant_reached(now, due))
        return REFUSED_TOO_EARLY;
    list_texts(m, SIZE_MAX, &facts_add(out, FACT_NOTES_BLANKED)->is.notes_blanked.blanks, out);
    return REFUSED_NOT;
}

enum refusal note_save_decide(const struct meeting *m, const struct command_note_save *c,
                              const struct context *context, struct facts *out)
{
    const struct note_state *was = find_note(m, c->note);
    int meant = c->part ? agenda_find(m, c->part) : m->floor.part;
    int part = was && (!c->part || meant == PART_NONE) ? was->part : meant;
    int64_t seat = 0;
    enum refusal refusal = turn_whose(m, context, c->has_seat, c->seat, &seat);

    /* A part that was there when it was written may have gone with another agenda. */
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (refusal != REFUSED_NOT)
        return refusal;
    if (was && !wrote(context, was))
        return REFUSED_NOT_YOURS;
    seat = was && !c->has_seat ? was->seat : seat;
    if (!c->text || c->text->len == 0) {
        if (!was)
            return REFUSED_NO_SUCH_NOTE;
        struct fact_note_removed *f = &facts_add(out, FACT_NOTE_REMOVED)->is.note_removed;
        *f = (struct fact_note_removed){ .note = c->note,
                                         .seat = was->seat,
                                         .has_handset = true,
                                         .handset = was->handset,
                                         .has_blanks = true };
        list_texts(m, (size_t)(was - m->notes), &f->blanks, out);
        return REFUSED_NOT;
    }
    if (!was && m->note_count >= LIMIT_NOTES)
        return REFUSED_FULL;
    struct fact_note_saved *f = &facts_add(out, FACT_NOTE_SAVED)->is.note_saved;
    f->has_handset = true;
    f->handset = context->handset;
    f->note = (struct note){
        .note = c->note,
        .seat = seat,
        .part = text_ref(part == PART_NONE ? NULL : m->parts[part].part->id),
        .text = text_ref(c->text),
    };
    return REFUSED_NOT;
}

enum refusal note_share_decide(const struct meeting *m, const struct command_note_share *c,
                               const struct context *context, struct facts *out)
{
    const struct note_state *note = find_note(m, c->note);
    int part = PART_NONE;
    enum refusal refusal = board_part_meant(m, NULL, &part);

    if (refusal != REFUSED_NOT)
        return refusal;
    if (!note)
        return REFUSED_NO_SUCH_NOTE;
    if (!wrote(context, note))
        return REFUSED_NOT_YOURS;
    if (note->shared && board_find(m, note->contribution))
        return REFUSED_ALREADY_SHARED;
    if (method_infos[m->parts[part].part->method].box_required) {
        out->field = "note"; /* A note has no box: it would stand in none of them. */
        return REFUSED_BAD_FIELD;
    }
    const struct content content = {
        .text = c->text ? c->text : note->text,
        .has_builds_on = c->has_builds_on,
        .builds_on = c->builds_on,
    };
    refusal = board_place(m, part, note->seat, &content, context, out);
    if (refusal != REFUSED_NOT)
        return refusal;
    facts_add(out, FACT_NOTE_SHARED)->is.note_shared =
        (struct fact_note_shared){ .note = c->note,
                                   .seat = note->seat,
                                   .contribution = context->id,
                                   .has_handset = true,
                                   .handset = note->handset };
    return REFUSED_NOT;
}

void note_saved_apply(struct meeting *m, const struct fact_note_saved *f)
{
    struct note_state *note = find_note(m, f->note.note);

    if (!note) {
        assert(m->note_count < m->note_room);
        note = &m->notes[m->note_count++];
        *note = (struct note_state){
            .id = f->note.note,
            .handset = f->has_handset ? f->handset : roster_handset(m, f->note.seat),
        };
    }
    keep_text(m, (size_t)(note - m->notes));
    note->seat = f->note.seat;
    note->part = f->note.part ? agenda_find(m, f->note.part) : PART_NONE;
    text_put(&note->text, f->note.text);
}

void note_removed_apply(struct meeting *m, const struct fact_note_removed *f)
{
    struct note_state *note = find_note(m, f->note);

    assert(note);
    note->removed = true;
    text_put(&note->text, NULL);
    size_t kept = 0;
    for (size_t i = 0; f->has_blanks && i < m->note_text_count; i++)
        if (m->note_texts[i].note != (size_t)(note - m->notes))
            m->note_texts[kept++] = m->note_texts[i];
    if (f->has_blanks)
        m->note_text_count = kept;
}

void note_shared_apply(struct meeting *m, const struct fact_note_shared *f)
{
    struct note_state *note = find_note(m, f->note);

    assert(note);
    note->shared = true;
    note->contribution = f->contribution;
}

void notes_blanked_apply(struct meeting *m, const struct fact_notes_blanked *f)
{
    for (size_t i = 0; i < m->note_count; i++) {
        m->notes[i].removed = true;
        text_put(&m->notes[i].text, NULL);
    }
    m->note_text_count = 0;
    method_blank(m);
}
