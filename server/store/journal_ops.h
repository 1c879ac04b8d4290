/* journal_ops.h -- what a kind of journal provides; journal.c hands every call on to it.
 *
 * Of no interest outside store/.  A kind embeds `struct journal` as its first member.  Its
 * functions are called with arguments that journal.c has looked at; each follows the paragraph
 * of its namesake in journal.h.
 */
#ifndef STORE_JOURNAL_OPS_H
#define STORE_JOURNAL_OPS_H

#include "store/journal.h"

struct journal_ops {
    int (*declare)(struct journal *j, const char *code, int64_t origin);
    int (*submit)(struct journal *j, struct batch *b);
    void (*go)(struct journal *j);
    void (*leave)(struct journal *j);
    void (*collect)(struct journal *j, journal_done_fn *done, void *context);
    int (*read)(struct journal *j, const char *code, int64_t from, int64_t generation,
                journal_read_fn *each, void *context);
    int (*restore)(struct journal *j, const char *code, int64_t origin,
                   struct batch *const *batches, size_t count, journal_read_fn *each,
                   void *context);
    int (*erase)(struct journal *j, const char *code, int64_t wall, journal_read_fn *each,
                 void *context);
    int (*meetings)(struct journal *j, journal_meeting_fn *each, void *context);
    int (*erased)(struct journal *j, journal_erased_fn *each, void *context);
    void (*mark_set)(struct journal *j, const struct journal_mark *mark);
    bool (*mark_get)(struct journal *j, struct journal_mark *ret_mark);
    int (*health)(const struct journal *j, const char **ret_why);
    int (*trouble)(const struct journal *j);
    void (*figures)(const struct journal *j, struct journal_figures *ret_figures);
    void (*close)(struct journal *j);
};

struct journal {
    const struct journal_ops *ops;
};

#endif
