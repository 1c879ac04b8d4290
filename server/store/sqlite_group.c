#include "store/sqlite_writer.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

static struct sqlite_writer *own(struct writer *w)
{
    return (struct sqlite_writer *)w;
}

static int add_rows(struct sqlite_writer *w, const struct batch *b, int64_t meeting, int64_t prev)
{
    for (size_t i = 0; i < b->count; i++) {
        bool last = i + 1 == b->count;
        struct fact_row f = {
            .id = w->last_fact + 1 + (int64_t)i,
            .meeting = meeting,
            .seq = b->rows[i].seq,
            .at = b->rows[i].at,
            .wall = b->wall,
            .rest = (int64_t)(b->count - 1 - i),
            .prev = i == 0 ? prev : w->last_fact + (int64_t)i,
            .body = b->rows[i].body,
            .text = b->rows[i].text,
            .command = last && b->has_command ? &b->command : NULL,
            .made = last ? b->made : NULL,
        };
        int error = rows_add(w->rows, &f);
        if (error)
            return error;
    }
    return 0;
}

/* Blanks the batch's `blanks`.  The chain ends with the batch's own facts. */
static int blank_rows(struct sqlite_writer *w, const struct batch *b, int64_t meeting)
{
    int64_t last_seq = b->rows[b->count - 1].seq;
    int64_t last_fact = w->last_fact + (int64_t)b->count;
    int64_t from = last_seq;
    int64_t *ids = NULL;

    for (size_t i = 0; i < b->blank_count; i++) {
        if (b->blanks[i] < 1 || b->blanks[i] > last_seq)
            return -EINVAL;
        from = b->blanks[i] < from ? b->blanks[i] : from;
    }
    int error = reading_chain(w->rows, meeting, last_seq, last_fact, from, &ids);
    for (size_t i = 0; !error && i < b->blank_count; i++)
        error = rows_blank(w->rows, ids[b->blanks[i] - from], i < b->blank_count - b->text_only);
    free(ids);
    return error;
}

int group_add(struct sqlite_writer *w, const struct batch *b, bool *ret_lost)
{
    struct head *m;
    int error = heads_find(w->writer.heads, b->meeting, &m);

    if (error)
        return error;
    if (!head_expects(m, b))
        return -ESTALE;

    int64_t id = m->now.id ? m->now.id : w->last_meeting + 1;
    error = rows_save(w->rows);
    if (!error)
        error = add_rows(w, b, id, m->now.last_fact);
    if (!error && b->blank_count > 0)
        error = blank_rows(w, b, id);
    if (!error)
        error = rows_keep(w->rows);
    if (error) {
        bool disk = error == -ENOSPC || error == -EIO || rows_broken(w->rows);
        *ret_lost = disk || rows_go_back(w->rows) != 0;
        return error;
    }
    w->last_fact += (int64_t)b->count;
    if (w->last_meeting < id)
        w->last_meeting = id;
    heads_move(w->writer.heads, m, id, b->rows[b->count - 1].seq, w->last_fact);
    return 0;
}

int group_write_heads(struct sqlite_writer *w)
{
    for (struct head *m = heads_changed(w->writer.heads); m; m = m->next_dirty) {
        int error = rows_meeting_put(w->rows, m->code, &m->now, m->disk.id == 0);
        if (error)
            return error;
    }
    return 0;
}

/* Fills the transaction, unless `error` says that there is none; notes in the writer's `results`
 * what becomes of each batch if it is committed. */
static int fill(struct sqlite_writer *w, const struct request *requests, size_t count,
                const struct journal_mark *mark, int error, size_t *ret_results)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (requests[i].kind == REQUEST_DECLARE) {
            heads_declare(w->writer.heads, requests[i].declared);
            continue;
        }
        assert(requests[i].kind == REQUEST_BATCH);
        assert(n < JOURNAL_QUEUE_MAX);
        struct batch *b = requests[i].batch;
        bool lost = false;
        int batch_error = error ? error : group_add(w, b, &lost);
        if (lost)
            error = batch_error;
        w->writer.results[n++] = (struct result){ .batch = b, .durable = batch_error == 0 };
    }
    *ret_results = n;
    if (!error)
        error = group_write_heads(w);
    if (!error && mark)
        error = rows_mark_put(w->rows, mark);
    return error;
}

static bool has_blanks(const struct writer *w, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (w->results[i].durable && w->results[i].batch->blank_count > 0)
            return true;
    }
    return false;
}

void sqlite_commit(struct writer *writer, const struct request *requests, size_t count,
                   const struct journal_mark *mark)
{
    struct sqlite_writer *w = own(writer);
    int64_t last_fact = w->last_fact;
    size_t results = 0;

    int error = atomic_load(&writer->health);
    if (!error)
        error = rows_begin(w->rows);
    error = fill(w, requests, count, mark, error, &results);
    int64_t from = writer_now_us();
    if (!error)
        error = sqlite_writer_commit(w);
    int64_t commit_us = error ? -1 : writer_now_us() - from;
    if (error) {
        sqlite_writer_look(w, error);
        rows_rollback(w->rows);
        w->last_fact = last_fact;
        for (size_t i = 0; i < results; i++)
            writer->results[i].durable = false;
    }
    heads_settle(writer->heads, !error);
    if (has_blanks(writer, results)) /* Nobody hears of it before the log has lost it too. */
        w->truncate = rows_checkpoint(w->rows, true) != 0;
    writer_give(writer, results, error, commit_us);
}
