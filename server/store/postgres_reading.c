#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/postgres_writer.h"

static struct postgres_writer *own(struct writer *w)
{
    return (struct postgres_writer *)w;
}

/* Runs a statement until it has an answer. */
static int ask(struct postgres_writer *w, const char *statement, const struct params *like,
               PGresult **ret_result)
{
    int error;

    do {
        struct params p = *like;
        for (int i = 0; i < p.count; i++)
            if (p.values[i] == (const char *)&like->numbers[i])
                p.values[i] = (const char *)&p.numbers[i];
        error = atomic_load(&w->writer.health);
        if (!error)
            error = postgres_ask(w, statement, &p, ret_result);
    } while (error && postgres_again(w, error));
    return error;
}

static int take_fact(const PGresult *r, int row, int64_t seq, struct chunk *c)
{
    struct uuid command;
    struct journal_fact f = {
        .seq = result_number(r, row, 0),
        .at = result_number(r, row, 1),
        .wall = result_number(r, row, 2),
        .rest = result_number(r, row, 3),
        .body = result_text(r, row, 4),
        .text = result_text(r, row, 5),
        .made = result_text(r, row, 7),
    };

    if (f.seq != seq)
        return -EBADMSG; /* One is missing. */
    if (!PQgetisnull(r, row, 6)) {
        assert(PQgetlength(r, row, 6) == sizeof(command.b));
        memcpy(command.b, PQgetvalue(r, row, 6), sizeof(command.b));
        f.command = &command;
    }
    return chunk_add(c, &f);
}

void postgres_read_on(struct writer *writer, struct reading *r, struct chunk *c)
{
    size_t count = r->last_seq < r->from ? 0 : (size_t)(r->last_seq - r->from) + 1;
    struct params p = { 0 };
    PGresult *got = NULL;

    params_number(&p, r->meeting);
    params_number(&p, r->from + (int64_t)r->at);
    params_number(&p, r->last_seq);
    if (count > 0)
        c->error = ask(own(writer), "read", &p, &got);
    int rows = got ? PQntuples(got) : 0;
    if (got && rows == 0)
        c->error = -EBADMSG; /* The rest is missing. */
    for (int i = 0; !c->error && i < rows && chunk_has_room(c); i++, r->at++)
        c->error = take_fact(got, i, r->from + (int64_t)r->at, c);
    PQclear(got);
    c->last = c->error || r->at == count;
}

int postgres_erase(struct writer *writer, const struct reading *r)
{
    struct hash hash = hash_of(r->code, CODE_CHARS);
    struct params p = { 0 };
    struct head *m;
    PGresult *got;
    int error = heads_find(writer->heads, r->code, &m);

    if (error)
        return error;
    bool was_there = m->disk.id != 0;
    params_text(&p, r->code);
    params_number(&p, m->disk.epoch);
    params_bytes(&p, &hash, sizeof(hash));
    params_number(&p, r->wall);
    params_number(&p, r->wall - JOURNAL_ERASED_KEPT_MS);
    error = was_there ? ask(own(writer), "erase", &p, &got) : 0;
    if (error)
        return error;
    if (was_there) {
        bool gone = PQntuples(got) == 1;
        PQclear(got);
        /* Not there any more: an attempt whose answer was lost has done it; or not ours any more.
         */
        if (!gone)
            error = postgres_refresh(own(writer), m);
        if (!gone && !error && m->disk.id != 0)
            return -ESTALE;
    }
    if (!error)
        heads_forget(writer->heads, m);
    return error;
}

int postgres_restore(struct writer *writer, const struct reading *r)
{
    struct postgres_writer *w = own(writer);
    struct head *m;
    int error = atomic_load(&writer->health);

    if (!error)
        error = heads_add(writer->heads, r->code, r->origin, &m);
    if (error)
        return error;
    struct line *lines = alloc_many(r->batch_count, sizeof(*lines));
    error = lines ? 0 : -ENOMEM;
    /* All of it must follow before any of it is sent. */
    int64_t next = 1;
    for (size_t i = 0; !error && i < r->batch_count; i++) {
        lines[i].batch = r->batches[i];
        error = r->batches[i]->rows[0].seq == next ? 0 : -ESTALE;
        next += (int64_t)r->batches[i]->count;
    }
    if (!error)
        error = postgres_commit_whole(w, lines, r->batch_count);
    free(lines);
    if (error)
        heads_forget(writer->heads, m);
    return error;
}

static int list_meetings(struct postgres_writer *w, struct ask *a)
{
    PGresult *r;
    int error = ask(w, "meetings", &(struct params){ 0 }, &r);

    if (error)
        return error;
    for (int i = 0; !error && i < PQntuples(r); i++) {
        struct asked_meeting one = { .origin = result_number(r, i, 1),
                                     .last_seq = result_number(r, i, 2),
                                     .epoch = result_number(r, i, 3) };
        if (PQgetlength(r, i, 0) != CODE_CHARS)
            error = -EBADMSG;
        else
            memcpy(one.code, PQgetvalue(r, i, 0), CODE_CHARS);
        error = error ? error : ask_add(a, &one);
    }
    PQclear(r);
    return error;
}

static int list_erased(struct postgres_writer *w, struct ask *a)
{
    PGresult *r;
    int error = ask(w, "erased", &(struct params){ 0 }, &r);

    if (error)
        return error;
    for (int i = 0; !error && i < PQntuples(r); i++) {
        struct asked_erased one = { .wall = result_number(r, i, 1) };
        if (PQgetlength(r, i, 0) != sizeof(one.code))
            error = -EBADMSG;
        else
            memcpy(&one.code, PQgetvalue(r, i, 0), sizeof(one.code));
        error = error ? error : ask_add_erased(a, &one);
    }
    PQclear(r);
    return error;
}

static int read_mark(struct postgres_writer *w, struct ask *a)
{
    struct params p = { 0 };
    PGresult *r;

    params_text(&p, w->node ? w->node : "");
    int error = ask(w, "mark", &p, &r);
    if (error)
        return error;
    bool is_kept = PQntuples(r) == 1 && PQgetlength(r, 0, 0) <= UUID_CHARS;
    a->has_mark = is_kept && (w->node || PQgetlength(r, 0, 0) > 0);
    if (a->has_mark) {
        memcpy(a->mark.boot_id, PQgetvalue(r, 0, 0), (size_t)PQgetlength(r, 0, 0));
        a->mark.boottime = result_number(r, 0, 1);
        a->mark.wall = result_number(r, 0, 2);
        a->mark.server = result_number(r, 0, 3);
        a->mark.shared = w->node != NULL;
        a->mark.now = result_number(r, 0, 4);
        a->mark.day = a->mark.now + result_number(r, 0, 5);
    }
    PQclear(r);
    return 0;
}

int postgres_answer(struct writer *writer, struct ask *a)
{
    int error = list_meetings(own(writer), a);

    if (!error)
        error = list_erased(own(writer), a);
    return error ? error : read_mark(own(writer), a);
}
