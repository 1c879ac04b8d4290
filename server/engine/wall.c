#include "engine/wall.h"

#include <assert.h>
#include <string.h>

#include "dispatch.gen.h"
#include "engine/board.h"
#include "engine/data.h"

bool wall_tell(const struct meeting *m, struct on_wall *ret_wall)
{
    return record_copy(&on_wall_record, ret_wall, &m->on_wall);
}

const struct showing *wall_showing(const struct meeting *m, struct uuid data)
{
    for (size_t i = 0; i < m->showing_count; i++)
        if (uuid_same(m->showings[i].data, data))
            return &m->showings[i];
    return NULL;
}

static void showing_drop(struct meeting *m, size_t i)
{
    m->showing_count--;
    memmove(&m->showings[i], &m->showings[i + 1], (m->showing_count - i) * sizeof(m->showings[0]));
}

void wall_not_shown(struct meeting *m, struct uuid data)
{
    const struct showing *shown = wall_showing(m, data);

    if (shown)
        showing_drop(m, (size_t)(shown - m->showings));
}

void wall_not_shown_since(struct meeting *m, int64_t seq)
{
    for (size_t i = m->showing_count; i > 0; i--)
        if (m->showings[i - 1].seq > seq)
            showing_drop(m, i - 1);
}

/* Makes room by forgetting the oldest showing of figures that are gone. */
static void showing_room(struct meeting *m)
{
    size_t i = 0;

    if (m->showing_count < SHOWINGS_MAX)
        return;
    while (data_find(m, m->showings[i].data))
        i++;
    assert(i < m->showing_count);
    showing_drop(m, i);
}

/* The room sees what is on the wall; where that was there before anything ran, and comes again, it
 * belongs to what runs now. */
static void note_showing(struct meeting *m)
{
    struct uuid data = m->on_wall.data;
    const struct showing *before = wall_showing(m, data);
    int64_t seq = m->seq;

    if (m->on_wall.show != SHOW_DATA || m->floor.state == STATE_CLOSED)
        return;
    if (before && (before->part != PART_NONE || m->floor.part == PART_NONE))
        return;
    if (before) {
        seq = before->seq;
        wall_not_shown(m, data);
    }
    showing_room(m);
    m->showings[m->showing_count++] =
        (struct showing){ .data = data, .seq = seq, .part = m->floor.part };
}

void wall_set(struct meeting *m, const struct on_wall *wall)
{
    struct text *was = m->on_wall.text;

    m->on_wall = *wall;
    m->on_wall.text = text_ref(wall->text);
    text_unref(was);
    note_showing(m);
}

/* Each thing to show needs what it shows, and nothing else. */
static bool fits(const struct command_wall_show *c, struct facts *out)
{
    if ((c->show == SHOW_MESSAGE) != (c->text != NULL))
        out->field = "text";
    else if ((c->show == SHOW_CARD) != c->has_contribution)
        out->field = "contribution";
    else if ((c->show == SHOW_DATA) != c->has_data)
        out->field = "data";
    return !out->field;
}

static bool is_so(const struct on_wall *wall, const struct command_wall_show *c)
{
    return wall->show == c->show && text_same(wall->text, c->text) &&
           uuid_same(wall->contribution, c->contribution) && uuid_same(wall->data, c->data);
}

enum refusal wall_show_decide(const struct meeting *m, const struct command_wall_show *show,
                              const struct context *context, struct facts *out)
{
    if (!fits(show, out))
        return REFUSED_BAD_FIELD;
    if (show->has_contribution && !board_find(m, show->contribution))
        return REFUSED_NO_SUCH_CONTRIBUTION;
    const struct exhibit *figure = show->has_data ? data_find(m, show->data) : NULL;
    if (show->has_data && !figure)
        return REFUSED_NO_SUCH_DATA;
    if (figure && figure->confidential)
        return REFUSED_CONFIDENTIAL;
    if (is_so(&m->on_wall, show))
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_WALL_SHOWN)->is.wall_shown.wall =
        (struct on_wall){ .show = show->show,
                          .text = text_ref(show->text),
                          .has_contribution = show->has_contribution,
                          .contribution = show->contribution,
                          .has_data = show->has_data,
                          .data = show->data };
    return REFUSED_NOT;
}

void wall_shown_apply(struct meeting *m, const struct fact_wall_shown *f)
{
    wall_set(m, &f->wall);
}
