#include "store/sqlite_writer.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

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

void reading_take(struct writer *w, struct reading *r)
{
    struct head *m;

    r->error = r->batches ? 0 : heads_find(w->heads, r->code, &m);
    if (!r->error && !r->batches) {
        /* After an erasure nothing may follow, whatever its generation. */
        head_fence(m, r->erase ? INT64_MAX : r->generation);
        r->meeting = m->disk.id;
        r->last_seq = m->disk.last_seq;
        r->last_fact = m->disk.last_fact;
    }
    *(w->first ? &w->last->next : &w->first) = r;
    w->last = r;
}

/* Copies a string into the chunk. */
static int put(struct chunk *c, const char *string, ptrdiff_t *ret_at)
{
    *ret_at = -1;
    if (!string)
        return 0;
    size_t len = strlen(string) + 1;
    if (c->used + len > c->room) {
        size_t room = c->used + len > CHUNK_BYTES ? 2 * (c->used + len) : CHUNK_BYTES;
        char *bytes = alloc_again(c->bytes, room, 1);
        if (!bytes)
            return -ENOMEM;
        c->bytes = bytes;
        c->room = room;
    }
    memcpy(c->bytes + c->used, string, len);
    *ret_at = (ptrdiff_t)c->used;
    c->used += len;
    return 0;
}

static int put_fact(struct chunk *c, const struct fact_row *f)
{
    struct chunk_fact *to = &c->facts[c->count];

    *to = (struct chunk_fact){ .seq = f->seq, .at = f->at, .wall = f->wall, .rest = f->rest };
    int error = put(c, f->body, &to->body);
    if (!error)
        error = put(c, f->text, &to->text);
    if (!error)
        error = put(c, f->made, &to->made);
    if (error)
        return error;
    to->has_command = f->command != NULL;
    if (f->command)
        to->command = *f->command;
    c->count++;
    return 0;
}

/* Finds the ids of the facts to read.  A text that is blanked from now on is read as blank. */
static int begin(struct writer *w, struct reading *r)
{
    r->begun = true;
    int error = reading_chain(w->rows, r->meeting, r->last_seq, r->last_fact, r->from, &r->ids);
    if (error)
        return error;
    r->count = r->last_seq < r->from ? 0 : (size_t)(r->last_seq - r->from) + 1;
    return 0;
}

static int fill(struct writer *w, struct reading *r, struct chunk *c)
{
    int error = r->begun ? 0 : begin(w, r);

    while (!error && r->at < r->count && c->count < CHUNK_FACTS_MAX && c->used < CHUNK_BYTES) {
        struct fact_row f;
        error = rows_get(w->rows, r->ids[r->at], &f);
        if (!error && (f.meeting != r->meeting || f.seq != r->from + (int64_t)r->at))
            error = -EBADMSG;
        if (!error)
            error = put_fact(c, &f);
        r->at++;
    }
    rows_got(w->rows);
    return error;
}

/* Reads the next facts into the chunk, all in one transaction. */
static void read_on(struct writer *w, struct reading *r, struct chunk *c)
{
    int error = r->error ? r->error : rows_begin_reading(w->rows);

    if (!error) {
        error = fill(w, r, c);
        (void)rows_commit(w->rows);
        rows_rollback(w->rows);
    }
    c->error = error;
    c->last = error || r->at == r->count;
}

static int wipe_all(struct writer *w, const struct head *m, int64_t wall)
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

static int erase(struct writer *w, const struct reading *r)
{
    struct head *m;
    int error = r->error ? r->error : atomic_load(&w->health);

    if (!error)
        error = heads_find(w->heads, r->code, &m);
    if (!error && m->disk.id != 0) {
        error = rows_begin(w->rows);
        if (!error)
            error = wipe_all(w, m, r->wall);
        if (!error)
            error = rows_commit(w->rows);
        if (error)
            writer_look_for_end(w, error);
        rows_rollback(w->rows);
    }
    if (error)
        return error;
    heads_forget(w->heads, m);
    w->truncate = true;
    return 0;
}

/* The head of a meeting that is to be taken in; -EEXIST where it is there. */
static int head_of_new(struct writer *w, const struct reading *r, struct head **ret_head)
{
    int error = heads_find(w->heads, r->code, ret_head);

    if (error != -ENOENT)
        return error ? error : -EEXIST;
    struct head *fresh = head_new(r->code, r->origin);
    if (!fresh)
        return -ENOMEM;
    heads_declare(w->heads, fresh);
    *ret_head = fresh;
    return 0;
}

/* All in one transaction. */
static int restore(struct writer *w, const struct reading *r)
{
    int64_t last_fact = w->last_fact;
    struct head *m;
    bool lost;
    int error = atomic_load(&w->health);

    if (!error)
        error = head_of_new(w, r, &m);
    if (error)
        return error;
    error = rows_begin(w->rows);
    for (size_t i = 0; !error && i < r->batch_count; i++)
        error = group_add(w, r->batches[i], &lost);
    if (!error)
        error = heads_write(w->heads);
    if (!error)
        error = rows_commit(w->rows);
    if (error) {
        writer_look_for_end(w, error);
        rows_rollback(w->rows);
        w->last_fact = last_fact;
    }
    heads_settle(w->heads, !error);
    if (error)
        heads_forget(w->heads, m);
    return error;
}

void reading_advance(struct writer *w)
{
    struct reading *r = w->first;
    struct chunk *c = r ? exchange_chunk(w->exchange) : NULL;

    if (!c)
        return;
    c->each = r->each;
    c->context = r->context;
    if (r->erase || r->batches) {
        c->error = r->erase ? erase(w, r) : restore(w, r);
        c->last = true;
    } else {
        read_on(w, r, c);
    }
    if (c->last) {
        w->first = r->next;
        reading_free(r);
        exchange_dealt(w->exchange, 1);
    }
    exchange_send(w->exchange, c);
}
