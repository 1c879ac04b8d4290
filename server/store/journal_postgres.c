#include "store/journal_postgres.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "store/journal_threaded.h"
#include "store/postgres_schema.h"
#include "store/postgres_writer.h"
#include "store/why.h"

struct journal_postgres {
    struct journal_threaded threaded;
    struct postgres_writer writer;
};

/* What libpq would repeat when it fails is looked at before: a port that is none may be a password
 * that stands in the wrong place. */
static int look_at_option(const PQconninfoOption *o)
{
    if (!o->val)
        return 0;
    if (strcmp(o->keyword, "password") == 0 || strcmp(o->keyword, "sslpassword") == 0)
        return -EPERM;
    if (strcmp(o->keyword, "port") == 0 && o->val[strspn(o->val, "0123456789,")])
        return -EINVAL;
    return 0;
}

int journal_postgres_look(const char *where, const char **ret_why)
{
    static const char *const begins[] = { "postgresql://", "postgres://", "service=" };
    char *wrong = NULL;
    bool is_one = false;
    int error = -EINVAL;

    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
        is_one |= strncmp(where, begins[i], strlen(begins[i])) == 0;
    PQconninfoOption *all = is_one ? PQconninfoParse(where, &wrong) : NULL;
    PQfreemem(wrong); /* It may repeat the string. */
    if (all)
        error = 0;
    for (const PQconninfoOption *o = all; o && o->keyword && error != -EPERM; o++) {
        int found = look_at_option(o);
        error = found ? found : error;
    }
    PQconninfoFree(all);
    if (error == -EINVAL)
        *ret_why = "is written like postgresql://HOST,HOST/DATABASE or service=NAME";
    if (error == -EPERM)
        *ret_why = "has a password in it, which others could read there: it belongs in ~/.pgpass, "
                   "in a service file or in PGPASSWORD";
    return error;
}

static void clear(struct postgres_writer *w)
{
    connection_close(&w->connection);
    free(w->where);
    free(w->node);
}

static void release(struct journal_threaded *t)
{
    struct journal_postgres *p = (struct journal_postgres *)t;

    clear(&p->writer);
    writer_release(&p->writer.writer);
    free(p);
}

static int copy(const char *from, char **ret)
{
    size_t len = from ? strlen(from) + 1 : 0;

    *ret = from ? alloc_bytes(len) : NULL;
    if (!from)
        return 0;
    if (!*ret)
        return -ENOMEM;
    memcpy(*ret, from, len);
    return 0;
}

/* Names the connection, so that what it leaves at the server can be found there. */
static int begin(struct postgres_writer *w, const char *where, const char *node)
{
    char id[UUID_CHARS + 1];

    uuid_write(uuid_new(), id);
    memcpy(w->connection.name, "runde ", 6);
    memcpy(w->connection.name + 6, id, sizeof(id));
    int error = copy(where, &w->where);
    return error ? error : copy(node, &w->node);
}

static void upkeep(struct writer *w, bool quiet)
{
    (void)w;
    (void)quiet; /* The database cleans up by itself. */
}

static int patience(const struct writer *w)
{
    (void)w;
    return -1;
}

/* What is done once, when it is opened. */
static int begin_with(struct postgres_writer *w, const char *statement, struct params *p)
{
    PGresult *r;
    int error = postgres_ask(w, statement, p, &r);

    if (!error)
        PQclear(r);
    return error;
}

static int prepare(struct postgres_writer *w, void (*wake)(void *), void *wake_context)
{
    static const struct writer_ops ops = {
        .commit = postgres_commit,
        .read = postgres_read_on,
        .erase = postgres_erase,
        .restore = postgres_restore,
        .answer = postgres_answer,
        .find = postgres_find,
        .upkeep = upkeep,
        .patience = patience,
    };
    struct params p = { 0 };

    w->writer.ops = &ops;
    w->writer.exchange = exchange_new(wake, wake_context);
    w->writer.heads = heads_new(postgres_load, w);
    if (!w->writer.exchange || !w->writer.heads)
        return -ENOMEM;
    params_text(&p, w->node);
    int error = begin_with(w, "tidy", &p);
    return error || w->node ? error : begin_with(w, "alone", &(struct params){ 0 });
}

int journal_postgres_open(const char *where, const char *node, void (*wake)(void *),
                          void *wake_context, struct journal **ret_journal, const char **ret_why)
{
    assert(wake);
    int error = journal_postgres_look(where, ret_why);

    if (error)
        return error;
    struct journal_postgres *p = alloc_many(1, sizeof(*p));
    error = p ? begin(&p->writer, where, node) : -ENOMEM;
    *ret_why = "there is not enough memory to open the database";
    if (!error) {
        p->threaded.release = release;
        error = postgres_connect(&p->writer, ret_why);
    }
    if (!error) {
        *ret_why = "the database cannot be used";
        error = prepare(&p->writer, wake, wake_context);
    }
    if (!error)
        error = journal_threaded_start(&p->threaded, &p->writer.writer);
    if (error) {
        if (p)
            release(&p->threaded);
        return error;
    }
    *ret_journal = &p->threaded.journal;
    return 0;
}

int journal_postgres_upgrade(const char *where, const char **ret_why)
{
    struct connection c = { .name = "runde upgrade" };
    int error = journal_postgres_look(where, ret_why);

    if (!error)
        error = connection_open(&c, where, ret_why);
    if (!error)
        error = postgres_bring_up(&c, ret_why);
    connection_close(&c);
    return error;
}

/* What a setting of the server's says. */
static bool is_set(struct connection *c, const char *name, const char *value)
{
    PGresult *r;

    if (connection_ask(c, "SELECT pg_catalog.current_setting($1)", name, &r) != 0)
        return false;
    bool same = strcmp(PQgetvalue(r, 0, 0), value) == 0;
    PQclear(r);
    return same;
}

/* Clocks of meetings go by the database's alone; what time of day it is, each machine says. */
static void look_at_clock(struct connection *c, void (*note)(const char *line))
{
    PGresult *r;

    if (connection_run(c, "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint", &r) != 0)
        return;
    int64_t ahead = clock_wall() - strtoll(PQgetvalue(r, 0, 0), NULL, 10);
    PQclear(r);
    if (ahead <= -JOURNAL_CLOCKS_APART_MS || ahead >= JOURNAL_CLOCKS_APART_MS)
        note(why_of("this machine's clock is %" PRId64
                    " s %s the database's: one of them is wrong. "
                    "Times of day and days that people see are this machine's.",
                    (ahead < 0 ? -ahead : ahead) / 1000, ahead < 0 ? "behind" : "ahead of"));
}

int journal_postgres_check(const char *where, void (*note)(const char *line), const char **ret_why)
{
    /* clang-format off */
    static const struct { const char *name, *bad, *words; } settings[] = {
        { "fsync", "off", "the database has fsync off: what it has confirmed is lost with the power." },
        { "full_page_writes", "off", "the database has full_page_writes off: a page that the power tears "
                                     "is damaged." },
        { "data_checksums", "off", "the database keeps no sums of its pages (initdb --data-checksums): "
                                   "it does not notice a disk that lies." },
        { "autovacuum", "off", "the database has autovacuum off: what is erased stays in its files." },
        { "synchronous_standby_names", "", "no standby is waited for: what is confirmed is lost with "
                                           "the database's disk." },
    };
    /* clang-format on */
    struct connection c = { .name = "runde check" };
    long version = 0;
    int error = journal_postgres_look(where, ret_why);

    if (!error)
        error = connection_open(&c, where, ret_why);
    if (error)
        return error;
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
        if (is_set(&c, settings[i].name, settings[i].bad))
            note(settings[i].words);
    look_at_clock(&c, note);
    error = postgres_version(&c, &version);
    if (error)
        *ret_why = why_of("%s", connection_said(&c));
    else if (version > (long)postgres_newest())
        error = postgres_is_newer(version, postgres_newest(), ret_why);
    else if (version < (long)postgres_newest())
        note("the schema is not there yet, or older than this program: a start brings it up to "
             "date, "
             "where its role may, or `runde upgrade`.");
    connection_close(&c);
    return error;
}
