#include "store/journal_ops.h"

#include <assert.h>
#include <string.h>

static void check_code(const char *code)
{
    assert(code);
    assert(strlen(code) == CODE_CHARS);
}

int journal_declare(struct journal *j, const char *code, int64_t origin)
{
    check_code(code);
    return j->ops->declare(j, code, origin);
}

int journal_submit(struct journal *j, struct batch *b)
{
    assert(b);
    assert(b->count >= 1);
    check_code(b->meeting);
    for (size_t i = 0; i < b->count; i++) {
        assert(b->rows[i].body);
        assert(b->rows[i].seq == b->rows[0].seq + (int64_t)i);
    }
    assert(b->has_command || !b->made);
    return j->ops->submit(j, b);
}

void journal_go(struct journal *j)
{
    j->ops->go(j);
}

void journal_leave(struct journal *j)
{
    j->ops->leave(j);
}

void journal_collect(struct journal *j, journal_done_fn *done, void *context)
{
    assert(done);
    j->ops->collect(j, done, context);
}

int journal_read(struct journal *j, const char *code, int64_t from, int64_t generation,
                 journal_read_fn *each, void *context)
{
    assert(from >= 1);
    assert(each);
    check_code(code);
    return j->ops->read(j, code, from, generation, each, context);
}

int journal_restore(struct journal *j, const char *code, int64_t origin,
                    struct batch *const *batches, size_t count, journal_read_fn *each,
                    void *context)
{
    assert(each);
    assert(count > 0 && batches[0]->rows[0].seq == 1);
    check_code(code);
    return j->ops->restore(j, code, origin, batches, count, each, context);
}

int journal_erase(struct journal *j, const char *code, int64_t wall, journal_read_fn *each,
                  void *context)
{
    assert(each);
    check_code(code);
    return j->ops->erase(j, code, wall, each, context);
}

int journal_meetings(struct journal *j, journal_meeting_fn *each, void *context)
{
    assert(each);
    return j->ops->meetings(j, each, context);
}

int journal_erased(struct journal *j, journal_erased_fn *each, void *context)
{
    assert(each);
    return j->ops->erased(j, each, context);
}

void journal_mark_set(struct journal *j, const struct journal_mark *mark)
{
    assert(mark);
    assert(strnlen(mark->boot_id, sizeof(mark->boot_id)) < sizeof(mark->boot_id));
    j->ops->mark_set(j, mark);
}

bool journal_mark_get(struct journal *j, struct journal_mark *ret_mark)
{
    assert(ret_mark);
    return j->ops->mark_get(j, ret_mark);
}

int journal_health(const struct journal *j, const char **ret_why)
{
    const char *why;
    int health = j->ops->health(j, &why);

    if (ret_why)
        *ret_why = why;
    return health;
}

int journal_trouble(const struct journal *j)
{
    return j->ops->trouble(j);
}

const int64_t journal_commit_us[] = { 250,   500,    1000,   2500,    5000,    10000,
                                      25000, 100000, 250000, 1000000, 2500000, 10000000 };
const int64_t journal_commit_batches[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096 };

void journal_figures(const struct journal *j, struct journal_figures *ret_figures)
{
    assert(ret_figures);
    j->ops->figures(j, ret_figures);
}

void journal_close(struct journal *j)
{
    if (j)
        j->ops->close(j);
}
