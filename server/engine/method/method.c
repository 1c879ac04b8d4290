#include "engine/method/method.h"

#include <assert.h>

static const struct method_ops *const methods[METHOD_COUNT] = {
    [METHOD_TALK] = &method_talk,
    [METHOD_TURNS] = &method_turns,
    [METHOD_REFLECTION] = &method_reflection,
    [METHOD_SPIRAL] = &method_spiral,
    [METHOD_DIALOGUE] = &method_dialogue,
    [METHOD_SUMMARY] = &method_summary,
    [METHOD_DECISION] = &method_decision,
    [METHOD_RETROSPECT] = &method_retrospect,
};

const struct method_ops *method_of(enum method method)
{
    assert(method > METHOD_NOT && method < METHOD_COUNT);
    assert(methods[method]->method == method);
    return methods[method];
}

const struct method_ops *method_now(const struct meeting *m)
{
    return m->floor.part == PART_NONE ? NULL : method_of(m->parts[m->floor.part].part->method);
}
