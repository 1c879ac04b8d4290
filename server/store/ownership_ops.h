/* ownership_ops.h -- what a kind of ownership.h provides; ownership.c hands every call on to it.
 *
 * Of no interest outside store/.  A kind embeds `struct ownership` as its first member.
 */
#ifndef STORE_OWNERSHIP_OPS_H
#define STORE_OWNERSHIP_OPS_H

#include "store/ownership.h"

struct ownership_ops {
    int (*enter)(struct ownership *o);
    int (*renew)(struct ownership *o);
    int (*clock)(struct ownership *o, int64_t *ret_now);
    int (*claim)(struct ownership *o, const char *code, struct claim *ret_claim);
    int (*unowned)(struct ownership *o, char (*ret_codes)[CODE_CHARS + 1], size_t *ret_count);
    int (*give_up)(struct ownership *o, const char *code, int64_t epoch);
    int (*find)(struct ownership *o, const char *code, struct owner *ret_owner);
    int (*nodes)(struct ownership *o, struct node *ret_nodes, size_t *ret_count);
    int (*leave)(struct ownership *o);
    void (*close)(struct ownership *o);
};

struct ownership {
    const struct ownership_ops *ops;
};

#endif
