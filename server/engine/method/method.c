#include "engine/method/method.h"

#include <assert.h>

#include "dispatch.gen.h"

const struct method_info *method_now(const struct meeting *m)
{
    return m->floor.part == PART_NONE ? NULL : &method_infos[m->parts[m->floor.part].part->method];
}

const struct method_hooks *method_hooks_of(const struct meeting *m, int part)
{
    assert(part >= 0 && part < (int)m->part_count);
    return &method_hooks[m->parts[part].part->method];
}

enum refusal method_edit_sealed(const struct meeting *m, const struct command_contribution_edit *c,
                                const struct context *context, struct facts *out)
{
    enum refusal refusal = REFUSED_NO_SUCH_CONTRIBUTION;

    for (int i = METHOD_NOT + 1; i < METHOD_COUNT && refusal == REFUSED_NO_SUCH_CONTRIBUTION; i++)
        if (method_hooks[i].edit)
            refusal = method_hooks[i].edit(m, c, context, out);
    return refusal;
}

enum refusal method_withdraw_sealed(const struct meeting *m,
                                    const struct command_contribution_withdraw *c,
                                    const struct context *context, struct facts *out)
{
    enum refusal refusal = REFUSED_NO_SUCH_CONTRIBUTION;

    for (int i = METHOD_NOT + 1; i < METHOD_COUNT && refusal == REFUSED_NO_SUCH_CONTRIBUTION; i++)
        if (method_hooks[i].withdraw)
            refusal = method_hooks[i].withdraw(m, c, context, out);
    return refusal;
}

bool method_wrote(const struct meeting *m, int64_t seat)
{
    for (int i = METHOD_NOT + 1; i < METHOD_COUNT; i++)
        if (method_hooks[i].wrote && method_hooks[i].wrote(m, seat))
            return true;
    return false;
}

/* The hooks of the part that runs, or stands; NULL where none does. */
static const struct method_hooks *live(const struct meeting *m)
{
    return m->floor.part == PART_NONE ? NULL : method_hooks_of(m, m->floor.part);
}

void method_seat_joins(const struct meeting *m, int64_t seat, struct facts *out)
{
    const struct method_hooks *hooks = live(m);

    if (hooks && hooks->seat_joins)
        hooks->seat_joins(m, seat, out);
}

void method_seat_leaves(const struct meeting *m, int64_t seat, struct facts *out)
{
    const struct method_hooks *hooks = live(m);

    if (hooks && hooks->seat_leaves)
        hooks->seat_leaves(m, seat, out);
}

void method_seat_moves(const struct meeting *m, int64_t seat, struct facts *out)
{
    for (int i = METHOD_NOT + 1; i < METHOD_COUNT; i++)
        if (method_hooks[i].seat_moves)
            method_hooks[i].seat_moves(m, seat, out);
}

void method_undone(const struct meeting *then, int64_t step, struct facts *out)
{
    for (int i = METHOD_NOT + 1; i < METHOD_COUNT; i++)
        if (method_hooks[i].undone)
            method_hooks[i].undone(then, step, out);
}

void method_blank(struct meeting *m)
{
    for (int i = METHOD_NOT + 1; i < METHOD_COUNT; i++)
        if (method_hooks[i].blank)
            method_hooks[i].blank(m);
}
