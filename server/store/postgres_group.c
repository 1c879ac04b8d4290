#include "store/postgres_writer.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { TRIES_MAX = 20 }; /* Of a transaction that the server undoes for others' sake. */

/* Some lines that are to become durable together, with the mark unless NULL. */
struct group {
    struct line *lines;
    size_t count;
    const struct journal_mark *mark;
};

static int64_t last_of(const struct batch *b)
{
    return b->rows[b->count - 1].seq;
}

static bool blanks_fit(const struct batch *b)
{
    for (size_t i = 0; i < b->blank_count; i++)
        if (b->blanks[i] < 1 || b->blanks[i] > last_of(b))
            return false;
    return true;
}

static int send_facts(struct connection *c, const struct head *m, const struct batch *b)
{
    const size_t stride = sizeof(b->rows[0]);
    struct params p = { 0 };
    int64_t *at = alloc_many(b->count, sizeof(*at));

    for (size_t i = 0; at && i < b->count; i++)
        at[i] = b->rows[i].at;
    params_text(&p, b->meeting);
    params_number(&p, m->now.epoch);
    params_number(&p, m->now.last_seq);
    params_number(&p, m->now.fence);
    params_number(&p, last_of(b));
    params_number(&p, b->wall);
    params_numbers(&p, at, at ? b->count : 0);
    params_texts(&p, (const char *const *)&b->rows[0].body, stride, b->count);
    params_texts(&p, (const char *const *)&b->rows[0].text, stride, b->count);
    params_bytes(&p, b->has_command ? b->command.b : NULL, sizeof(b->command.b));
    params_text(&p, b->made);
    p.exhausted |= !at;
    free(at);
    return connection_send(c, "append", &p);
}

static int send_blanks(struct connection *c, const struct head *m, const struct batch *b)
{
    struct params p = { 0 };

    params_text(&p, b->meeting);
    params_number(&p, m->now.epoch);
    params_number(&p, last_of(b));
    params_number(&p, m->now.fence);
    params_numbers(&p, b->blanks, b->blank_count);
    params_numbers(&p, b->blanks, b->blank_count - b->text_only);
    return connection_send(c, "blank", &p);
}

static int send_begin(struct postgres_writer *w, const struct head *m)
{
    struct params p = { 0 };

    params_text(&p, m->code);
    params_number(&p, m->now.origin);
    params_text(&p, w->node);
    params_number(&p, m->now.epoch);
    return connection_send(&w->connection, "begin", &p);
}

/* Sends one batch, or finds that it is lost already.  Its head is known by now: nothing may be
 * asked in the middle of what is sent. */
static int send_line(struct postgres_writer *w, struct line *line)
{
    const struct batch *b = line->batch;
    struct head *m;
    int error = 0;

    if (heads_find(w->writer.heads, b->meeting, &m) != 0 || !blanks_fit(b) || !head_expects(m, b)) {
        line->fate = FATE_LOST;
        return 0;
    }
    line->begins = m->now.id == 0;
    if (line->begins)
        error = send_begin(w, m);
    if (!error)
        error = send_facts(&w->connection, m, b);
    if (!error && b->blank_count > 0)
        error = send_blanks(&w->connection, m, b);
    line->fate = FATE_SENT;
    heads_move(w->writer.heads, m, m->now.id ? m->now.id : HEAD_ID_UNTOLD, last_of(b), 0);
    return error;
}

static int send_mark(struct postgres_writer *w, const struct journal_mark *mark)
{
    struct params p = { 0 };

    params_text(&p, w->node ? w->node : "");
    params_text(&p, mark->boot_id);
    params_number(&p, mark->boottime);
    params_number(&p, mark->wall);
    params_number(&p, mark->server);
    return connection_send(&w->connection, "mark_set", &p);
}

static int send_all(struct postgres_writer *w, const struct group *g)
{
    int error = w->connection.pg ? 0 : -ECONNRESET;

    for (size_t i = 0; !error && i < g->count; i++)
        if (g->lines[i].fate == FATE_OPEN)
            error = send_line(w, &g->lines[i]);
    if (!error && g->mark)
        error = send_mark(w, g->mark);
    /* What was sent by halves must not become true. */
    return error ? -ECONNRESET : connection_sync(&w->connection);
}

/* Takes what the append gave: the meeting's id, or nothing when it was fenced. */
static void take_line(struct postgres_writer *w, struct line *line)
{
    struct connection *c = &w->connection;
    struct head *m;

    if (line->begins)
        PQclear(connection_next(c));
    PGresult *r = connection_next(c);
    if (r && PQntuples(r) == 1 && heads_find(w->writer.heads, line->batch->meeting, &m) == 0)
        m->now.id = result_number(r, 0, 0);
    else if (r)
        line->fate = FATE_FENCED;
    PQclear(r);
    if (line->batch->blank_count > 0)
        PQclear(connection_next(c));
}

/* Sends what is open and hears how it ended.  On failure all that was sent is still FATE_SENT. */
static int try(struct postgres_writer *w, const struct group *g)
{
    int error = send_all(w, g);

    if (error)
        return error;
    for (size_t i = 0; i < g->count; i++)
        if (g->lines[i].fate == FATE_SENT)
            take_line(w, &g->lines[i]);
    if (g->mark)
        PQclear(connection_next(&w->connection));
    return connection_end(&w->connection);
}

static void turn_all(const struct group *g, enum fate from, enum fate to)
{
    for (size_t i = 0; i < g->count; i++)
        if (g->lines[i].fate == from)
            g->lines[i].fate = to;
}

/* The heads of meetings that somebody else has, or that are not as we knew them. */
static void refresh_fenced(struct postgres_writer *w, const struct group *g)
{
    int64_t fenced = 0;
    struct head *m;

    for (size_t i = 0; i < g->count; i++) {
        if (g->lines[i].fate != FATE_FENCED)
            continue;
        g->lines[i].fate = FATE_LOST;
        fenced++;
        if (heads_find(w->writer.heads, g->lines[i].batch->meeting, &m) == 0)
            (void)postgres_refresh(w, m);
    }
    exchange_give(w->writer.exchange, NULL, 0, &(struct journal_figures){ .fenced = fenced }, 0);
}

/* After a lost connection: a new one, and what became of what was sent on the old one. */
static int come_back(struct postgres_writer *w, const struct group *g)
{
    int error;

    do {
        error = postgres_reconnect(w);
        if (!error)
            error = postgres_find_out(w, g->lines, g->count);
    } while (error == -ECONNRESET);
    return error;
}

/* Makes the group durable, but for what is fenced or does not follow: its lines have their fates.
 * On failure those that were sent have become FATE_OPEN again, and nothing of them is there; but
 * when the database cannot be asked any more, nobody knows. */
static int commit_group(struct postgres_writer *w, const struct group *g)
{
    for (int tries = 0;;) {
        int error = atomic_load(&w->writer.health);
        if (!error)
            error = try(w, g);
        if (!error) {
            turn_all(g, FATE_SENT, FATE_DURABLE);
            heads_settle(w->writer.heads, true);
            refresh_fenced(w, g);
            return 0;
        }
        if (error == -ECONNRESET)
            error = come_back(w, g);
        else if (error == -EAGAIN && ++tries < TRIES_MAX)
            error = 0;
        heads_settle(w->writer.heads, false);
        turn_all(g, FATE_SENT, FATE_OPEN);
        if (error)
            return error;
    }
}

/* Whether it was one of the facts that the database would not take, and not the time to write. */
static bool is_of_a_fact(int error)
{
    return error == -EINVAL || error == -E2BIG;
}

/* The same, where one batch that cannot be written takes nobody else's with it.  Returns 0, or the
 * negative errno for which the next commit would most likely fail as well. */
static int commit_parts(struct postgres_writer *w, struct group g)
{
    int error = commit_group(w, &g);

    if (error && is_of_a_fact(error) && g.count > 1) {
        struct group rest = { .lines = g.lines + g.count / 2, .count = g.count - g.count / 2 };
        g.count /= 2;
        (void)commit_parts(w, g);
        return commit_parts(w, rest);
    }
    if (error)
        turn_all(&g, FATE_OPEN, FATE_LOST);
    return is_of_a_fact(error) ? 0 : error;
}

void postgres_commit(struct writer *writer, const struct request *requests, size_t count,
                     const struct journal_mark *mark)
{
    struct postgres_writer *w = (struct postgres_writer *)writer;
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        const struct request *r = &requests[i];
        struct head *m;
        if (r->kind == REQUEST_DECLARE) {
            heads_declare(writer->heads, r->declared);
            continue;
        }
        /* Looked up now: what is declared later was not when this was submitted. */
        int error = heads_find(writer->heads, r->batch->meeting, &m);
        writer->results[n] = (struct result){ .batch = r->batch };
        w->lines[n++] = (struct line){ .batch = r->batch, .fate = error ? FATE_LOST : FATE_OPEN };
    }
    int64_t from = writer_now_us();
    int error = 0;
    if (n > 0 || mark) /* Else the database need not be asked. */
        error = commit_parts(w, (struct group){ .lines = w->lines, .count = n, .mark = mark });
    bool any = mark != NULL;
    for (size_t i = 0; i < n; i++) {
        bool durable = w->lines[i].fate == FATE_DURABLE;
        any |= durable;
        writer->results[i].durable = durable;
    }
    writer_give(writer, n, error, any ? writer_now_us() - from : -1);
}

int postgres_commit_whole(struct postgres_writer *w, struct line *lines, size_t count)
{
    int error = commit_group(w, &(struct group){ .lines = lines, .count = count });

    for (size_t i = 0; !error && i < count; i++)
        error = lines[i].fate == FATE_DURABLE ? 0 : -ESTALE;
    return error;
}
