#include "store/sqlite_writer.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static struct sqlite_writer *own(struct writer *w)
{
    return (struct sqlite_writer *)w;
}

int reading_chain(struct rows *rows, int64_t meeting, int64_t last_seq, int64_t last_fact,
                  int64_t from, int64_t **ret_ids)
{
    size_t count = last_seq < from ? 0 : (size_t)(last_seq - from) + 1;
    int64_t *ids = alloc_many(count, sizeof(*ids));
    int64_t id = last_fact;

    if (!ids)
        return -ENOMEM;
    for (size_t i = count; i > 0; i--) {
        int64_t of, seq, prev;
        int error = rows_link(rows, id, &of, &seq, &prev);
        if (!error && (of != meeting || seq != from + (int64_t)i - 1 || prev >= id))
            error = -EBADMSG;
        if (error) {
            free(ids);
            return error;
        }
        ids[i - 1] = id;
        id = prev;
    }
    *ret_ids = ids;
    return 0;
}

/* Finds the ids of the facts to read.  A text that is blanked from now on is read as blank. */
static int begin(struct sqlite_writer *w, struct reading *r)
{
    r->begun = true;
    int error = reading_chain(w->rows, r->meeting, r->last_seq, r->last_fact, r->from, &r->ids);
    if (error)
        return error;
    r->count = r->last_seq < r->from ? 0 : (size_t)(r->last_seq - r->from) + 1;
    return 0;
}

static int fill(struct sqlite_writer *w, struct reading *r, struct chunk *c)
{
    int error = r->begun ? 0 : begin(w, r);

    while (!error && r->at < r->count && chunk_has_room(c)) {
        struct fact_row f;
        error = rows_get(w->rows, r->ids[r->at], &f);
        if (!error && (f.meeting != r->meeting || f.seq != r->from + (int64_t)r->at))
            error = -EBADMSG;
        if (!error)
            error = chunk_add(c, &(struct journal_fact){ .seq = f.seq,
                                                         .at = f.at,
                                                         .wall = f.wall,
                                                         .rest = f.rest,
                                                         .body = f.body,
                                                         .text = f.text,
                                                         .command = f.command,
                                                         .made = f.made });
        r->at++;
    }
    rows_got(w->rows);
    return error;
}

/* Reads the next facts into the chunk, all in one transaction. */
void sqlite_read_on(struct writer *writer, struct reading *r, struct chunk *c)
{
    struct sqlite_writer *w = own(writer);
    int error = rows_begin_reading(w->rows);

    if (!error) {
        error = fill(w, r, c);
        (void)rows_commit(w->rows);
        rows_rollback(w->rows);
    }
    c->error = error;
    c->last = error || r->at == r->count;
}

static int wipe_all(struct sqlite_writer *w, const struct head *m, int64_t wall)
{
    int64_t *ids = NULL;
    int error = reading_chain(w->rows, m->disk.id, m->disk.last_seq, m->disk.last_fact, 1, &ids);

    for (int64_t i = 0; !error && i < m->disk.last_seq; i++)
        error = rows_wipe(w->rows, ids[i]);
    free(ids);
    if (error == -EBADMSG)
        error = rows_wipe_all(w->rows, m->disk.id);
    if (!error)
        error = rows_meeting_remove(w->rows, m->disk.id);
    return error ? error : rows_erased_add(w->rows, m->code, wall, wall - JOURNAL_ERASED_KEPT_MS);
}

int sqlite_erase(struct writer *writer, const struct reading *r)
{
    struct sqlite_writer *w = own(writer);
    struct head *m;
    int error = atomic_load(&writer->health);

    if (!error)
        error = heads_find(writer->heads, r->code, &m);
    if (!error && m->disk.id != 0) {
        error = rows_begin(w->rows);
        if (!error)
            error = wipe_all(w, m, r->wall);
        if (!error)
            error = sqlite_writer_commit(w);
        if (error)
            sqlite_writer_look(w, error);
        rows_rollback(w->rows);
    }
    if (error)
        return error;
    heads_forget(writer->heads, m);
    w->truncate = true;
    return 0;
}

/* All in one transaction. */
int sqlite_restore(struct writer *writer, const struct reading *r)
{
    struct sqlite_writer *w = own(writer);
    int64_t last_fact = w->last_fact;
    struct head *m;
    bool lost;
    int error = atomic_load(&writer->health);

    if (!error)
        error = heads_add(writer->heads, r->code, r->origin, &m);
    if (error)
        return error;
    error = rows_begin(w->rows);
    for (size_t i = 0; !error && i < r->batch_count; i++)
        error = group_add(w, r->batches[i], &lost);
    if (!error)
        error = group_write_heads(w);
    if (!error)
        error = sqlite_writer_commit(w);
    if (error) {
        sqlite_writer_look(w, error);
        rows_rollback(w->rows);
        w->last_fact = last_fact;
    }
    heads_settle(writer->heads, !error);
    if (error)
        heads_forget(writer->heads, m);
    return error;
}
