#include "store/ownership_ops.h"

#include <assert.h>
#include <string.h>

bool node_is_name(const char *name)
{
    static const char chars[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t len = strlen(name);

    return len > 0 && len <= OWNERSHIP_NAME_MAX && strspn(name, chars) == len;
}

int ownership_enter(struct ownership *o)
{
    return o->ops->enter(o);
}

int ownership_renew(struct ownership *o)
{
    return o->ops->renew(o);
}

int ownership_clock(struct ownership *o, int64_t *ret_now)
{
    assert(ret_now);
    return o->ops->clock(o, ret_now);
}

int ownership_claim(struct ownership *o, const char *code, struct claim *ret_claim)
{
    assert(strlen(code) == CODE_CHARS);
    assert(ret_claim);
    return o->ops->claim(o, code, ret_claim);
}

int ownership_unowned(struct ownership *o,
                      char ret_codes[static OWNERSHIP_UNOWNED_MAX][CODE_CHARS + 1],
                      size_t *ret_count)
{
    assert(ret_count);
    return o->ops->unowned(o, ret_codes, ret_count);
}

int ownership_give_up(struct ownership *o, const char *code, int64_t epoch)
{
    assert(strlen(code) == CODE_CHARS);
    assert(epoch >= 1);
    return o->ops->give_up(o, code, epoch);
}

int ownership_find(struct ownership *o, const char *code, struct owner *ret_owner)
{
    assert(strlen(code) == CODE_CHARS);
    assert(ret_owner);
    return o->ops->find(o, code, ret_owner);
}

int ownership_nodes(struct ownership *o, struct node ret_nodes[static OWNERSHIP_NODES_MAX],
                    size_t *ret_count)
{
    assert(ret_count);
    return o->ops->nodes(o, ret_nodes, ret_count);
}

int ownership_leave(struct ownership *o)
{
    return o->ops->leave(o);
}

void ownership_close(struct ownership *o)
{
    if (o)
        o->ops->close(o);
}
