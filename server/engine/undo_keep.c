/* undo_keep.c -- what a command that can be taken back is about to replace. */
#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/course.h"
#include "engine/undo.h"
#include "engine/wall.h"

/* Whom the step names; 0: nobody. */
static int64_t seat_of(const struct meeting *m, const struct command *c)
{
    const struct undo_info *undo = &command_infos[c->kind].undo;
    bool there = true;
    int64_t seat;

    if (undo->seat_next)
        return (int64_t)m->seat_count + 1;
    if (!undo->seat_named)
        return m->floor.speaker;
    if (undo->seat_has != SIZE_MAX)
        memcpy(&there, (const char *)c + undo->seat_has, sizeof(there));
    memcpy(&seat, (const char *)c + undo->seat, sizeof(seat));
    return there ? seat : 0;
}

/* Which part it names: the command's own, or the one that runs; NULL: none runs. */
static struct text *part_of(const struct meeting *m, const struct command *c)
{
    const struct undo_info *undo = &command_infos[c->kind].undo;
    struct text *part;

    if (undo->part == SIZE_MAX)
        return m->floor.part == PART_NONE ? NULL : m->parts[m->floor.part].part->id;
    memcpy(&part, (const char *)c + undo->part, sizeof(part));
    return part;
}

static bool keep_plan(const struct meeting *m, struct progress_list *ret_plan)
{
    struct progress *at = alloc_many(m->part_count, sizeof(*at));

    if (!at)
        return false;
    for (size_t i = 0; i < m->part_count; i++)
        at[i] = (struct progress){ .part = text_ref(m->parts[i].part->id),
                                   .ms = m->parts[i].ms,
                                   .on = m->parts[i].on,
                                   .used = m->parts[i].used,
                                   .has_began = m->parts[i].begun,
                                   .began = m->parts[i].began,
                                   .has_presenter = m->parts[i].presenter != 0,
                                   .presenter = m->parts[i].presenter,
                                   .has_facilitator = m->parts[i].facilitator != 0,
                                   .facilitator = m->parts[i].facilitator };
    *ret_plan = (struct progress_list){ .count = m->part_count, .at = at };
    return true;
}

static void keep_memento(const struct meeting *m, bool table, struct memento *b, struct facts *out)
{
    const struct floor_state *floor = &m->floor;
    const struct course now = course_now(m);

    b->before = floor->before == PART_NONE ? NULL : text_ref(m->parts[floor->before].part->id);
    b->has_began = m->started;
    b->began = m->began;
    b->has_begins = m->promise.has_begins;
    b->begins = m->promise.begins;
    b->has_ends = m->promise.has_ends;
    b->ends = m->promise.ends;
    b->has_table = table;
    if (table)
        facts_order(out, &b->table, &m->table);
    b->has_wall = b->has_plan = true;
    if (!record_copy(&course_record, &b->course, &now) || !keep_plan(m, &b->plan) ||
        !wall_tell(m, &b->wall))
        out->failed = true;
}

void undo_keep(const struct meeting *m, const struct command *c, const struct context *context,
               struct facts *out)
{
    const struct undo_info *undo = &command_infos[c->kind].undo;

    if (!undo->covered || (!undo->everybodys && context->role != ROLE_CONSOLE))
        return;
    struct fact *f = facts_add(out, FACT_UNDO_KEPT);
    struct fact_undo_kept *kept = &f->is.undo_kept;
    struct keeping keeping = { .kept = kept, .memento = undo->memento };
    if (!dispatch_keep(m, c, context, &keeping, out)) {
        fact_release(f);
        out->count--;
        return;
    }
    kept->undo_label.what = text_from(command_infos[undo->as].name);
    if (!kept->undo_label.what)
        out->failed = true;
    int64_t seat = seat_of(m, c);
    kept->undo_label.has_seat = seat != 0;
    kept->undo_label.seat = seat;
    kept->undo_label.part = text_ref(part_of(m, c));
    kept->has_block = keeping.memento;
    if (kept->has_block)
        keep_memento(m, keeping.table, &kept->block, out);
}
