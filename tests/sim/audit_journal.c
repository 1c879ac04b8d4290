/* audit_journal.c -- what the journal holds: numbers without holes, in each epoch one writer, and
 * all that anybody was told. */
#include <stdlib.h>
#include <string.h>

#include "sim/ledger.h"
#include "sim/peer.h"
#include "store/batch.h"

enum { RESTART_MS = 30000, MARGIN_MS = 1000 };

/* The server's number, from its name. */
static int number_of(const char *name)
{
    return *name ? *name - 'a' : 0;
}

static struct row row_of(const struct batch *b, const struct journal_row *from, const char *name)
{
    struct row row = { .at = from->at, .epoch = b->epoch, .writer = number_of(name) };
    json_t *body = json_loads(from->body, 0, NULL);

    snprintf(row.kind, sizeof(row.kind), "%s", ledger_word(body, "fact"));
    json_decref(body);
    return row;
}

static void add(struct auditor *a, int64_t seq, struct row row)
{
    const struct row *last = a->row_count > 0 ? &a->rows[a->row_count - 1] : NULL;

    A_CHECK(a, seq == a->row_count + 1);
    A_CHECK(a, !last || row.at >= last->at);
    A_CHECK(a, row.at <= sim_now(a->sim) + sim_ahead(a->sim));
    A_CHECK(a, !last || row.epoch > last->epoch ||
                   (row.epoch == last->epoch && row.writer == last->writer));
    if (a->row_count % 256 == 0)
        a->rows = realloc(a->rows, ((size_t)a->row_count + 256) * sizeof(row));
    a->rows[a->row_count++] = row;
}

void auditor_written(void *auditor, const char *name, const struct batch *b, bool durable)
{
    struct auditor *a = auditor;

    for (size_t i = 0; durable && i < b->count; i++)
        add(a, b->rows[i].seq, row_of(b, &b->rows[i], name));
}

int64_t auditor_written_count(const struct auditor *a)
{
    return a->row_count;
}

bool auditor_heard_all(const struct auditor *a)
{
    return a->sim->observer->seq >= a->row_count;
}

void audit_journal_fact(struct auditor *a, const json_t *fact)
{
    int64_t seq = ledger_number(fact, "seq");

    A_CHECK(a, seq >= 1 && seq <= a->row_count);
    A_CHECK(a, a->rows[seq - 1].at == ledger_number(fact, "at"));
    A_CHECK(a, strcmp(a->rows[seq - 1].kind, ledger_word(fact, "fact")) == 0);
}

void audit_journal_answer(struct auditor *a, const json_t *asked, int64_t seq)
{
    A_CHECK(a, seq >= 1 && seq <= a->row_count);
    A_CHECK(a, ledger_number(asked, "servers") & (1 << a->rows[seq - 1].writer));
}

void auditor_unled(struct auditor *a, int64_t from, int64_t to, int64_t epoch)
{
    a->died = from - a->sim->zero + sim_ahead(a->sim);
    if (to - from < a->away)
        return; /* Of what followed a longer while nothing has been heard yet. */
    a->away = to - from;
    a->led_epoch = epoch;
}

/* Whoever takes the meeting over after a long while pauses it before anything else.  Where another
 * one had it in between, that one may have been about to. */
static void after_long(const struct auditor *a, const json_t *fact, int64_t epoch)
{
    bool is_long = a->away > RESTART_MS + MARGIN_MS + sim_behind(a->sim);

    if (is_long && a->now.state == RUNNING && epoch == a->led_epoch + 1)
        A_CHECK(a, strcmp(ledger_word(fact, "fact"), "clock.paused") == 0);
}

void audit_journal_enter(struct auditor *a, const json_t *fact)
{
    int64_t epoch = a->rows[ledger_number(fact, "seq") - 1].epoch;

    if (!a->sim->nodes || a->away == 0 || epoch <= a->led_epoch)
        return;
    after_long(a, fact, epoch);
    if (strcmp(ledger_word(fact, "fact"), "clock.paused") != 0)
        a->away = 0;
}
