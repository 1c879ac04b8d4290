#include <errno.h>

#include "store/postgres_writer.h"

/* The heads that the lost transaction changed are those of `heads_changed`, until they are settled.
 */

enum { NOT_OURS = -1 }; /* The fence of a head whose meeting has another epoch. */

static int send_question(struct postgres_writer *w, const struct head *m)
{
    struct params p = { 0 };

    params_text(&p, m->code);
    params_number(&p, m->now.origin);
    params_text(&p, w->node);
    params_number(&p, m->now.epoch);
    return connection_send(&w->connection, "find", &p);
}

static void take_answer(struct connection *c, struct head *m)
{
    PGresult *r = connection_next(c);

    if (r && PQntuples(r) == 1)
        m->disk = (struct meeting_row){
            .id = result_number(r, 0, 0),
            .origin = result_number(r, 0, 1),
            .epoch = result_number(r, 0, 2),
            .fence = result_number(r, 0, 3),
            .last_seq = result_number(r, 0, 4),
        };
    else if (r)
        m->disk.fence = NOT_OURS;
    PQclear(r);
}

/* Asks of all meetings in one transaction.  It fences what may still be on its way, and waits for
 * what is just being committed; and once it is durable itself, so is all that it saw. */
static int ask(struct postgres_writer *w)
{
    struct connection *c = &w->connection;
    int error = 0;

    for (struct head *m = heads_changed(w->writer.heads); !error && m; m = m->next_dirty)
        error = send_question(w, m);
    if (error)
        return -ECONNRESET;
    error = connection_sync(c);
    if (error)
        return error;
    for (struct head *m = heads_changed(w->writer.heads); m; m = m->next_dirty)
        take_answer(c, m);
    return connection_end(c);
}

/* Of a meeting that another server owns by now: how far it was written in our epoch. */
static int ask_newest(struct postgres_writer *w, const struct head *m, int64_t *ret_seq)
{
    struct params p = { 0 };
    PGresult *r;

    params_text(&p, m->code);
    params_number(&p, m->now.epoch);
    int error = postgres_ask(w, "newest", &p, &r);
    if (error)
        return error;
    *ret_seq = result_number(r, 0, 0);
    PQclear(r);
    return 0;
}

static int settle_lost(struct postgres_writer *w, struct head *m, struct line *lines, size_t count)
{
    int64_t newest;
    int error = ask_newest(w, m, &newest);

    for (size_t i = 0; !error && i < count; i++) {
        const struct batch *b = lines[i].batch;
        if (lines[i].fate == FATE_SENT && strcmp(b->meeting, m->code) == 0)
            lines[i].fate = b->rows[b->count - 1].seq <= newest ? FATE_DURABLE : FATE_LOST;
    }
    return error;
}

int postgres_find_out(struct postgres_writer *w, struct line *lines, size_t count)
{
    struct head *m;
    int error;

    do
        error = ask(w);
    while (error == -EAGAIN);
    for (m = heads_changed(w->writer.heads); !error && m; m = m->next_dirty)
        if (m->disk.fence == NOT_OURS)
            error = settle_lost(w, m, lines, count);
    for (size_t i = 0; !error && i < count; i++) {
        const struct batch *b = lines[i].batch;
        if (lines[i].fate != FATE_SENT)
            continue;
        error = heads_find(w->writer.heads, b->meeting, &m);
        if (!error)
            lines[i].fate =
                b->rows[b->count - 1].seq <= m->disk.last_seq ? FATE_DURABLE : FATE_OPEN;
    }
    return error;
}
