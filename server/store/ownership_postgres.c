#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/journal_postgres.h"
#include "store/ownership_ops.h"
#include "store/postgres_connection.h"

struct ownership_postgres {
    struct ownership ownership;
    struct connection connection;
    char *where;
    char name[OWNERSHIP_NAME_MAX + 1], url[256];
    struct uuid run; /* This process, among those that have had the name. */
};

static struct ownership_postgres *own(struct ownership *o)
{
    return (struct ownership_postgres *)o;
}

/* Each sees the clock as it runs, and not as it was when its transaction began. */
static const char lease[] = "clock_timestamp() + interval '2000 ms'";

/* Statements, by the names under which they are prepared; %s is `lease`. */
static const char *const statements[][2] = {
    /* name, url, run */
    { "enter", "INSERT INTO runde.node AS n (name, url, run, until) VALUES ($1, $2, $3, %s)"
               " ON CONFLICT (name) DO UPDATE SET url = $2, run = $3, until = %s"
               " WHERE n.until <= clock_timestamp() OR n.run = $3 RETURNING name" },
    /* name, run */
    { "renew", "UPDATE runde.node SET until = %s WHERE name = $1 AND run = $2 RETURNING name" },
    /* name, run, code: gives the epoch; or what stands in the way: -1 our lease, -2 the owner's. */
    { "claim",
      "WITH me AS (SELECT FROM runde.node WHERE name = $1 AND run = $2"
      "  AND until > clock_timestamp()),"
      " taken AS (UPDATE runde.meeting m SET owner = $1, epoch = epoch + 1"
      "  WHERE code = $3 AND EXISTS (SELECT FROM me) AND (m.owner = $1 OR NOT EXISTS"
      "  (SELECT FROM runde.node n WHERE n.name = m.owner AND n.until > clock_timestamp()))"
      "  RETURNING epoch)"
      " SELECT coalesce((SELECT epoch FROM taken),"
      "  CASE WHEN EXISTS (SELECT FROM me) THEN -2 ELSE -1 END)"
      " FROM runde.meeting WHERE code = $3" },
    /* name, code, epoch */
    { "give_up", "UPDATE runde.meeting SET owner = NULL"
                 " WHERE owner = $1 AND code = $2 AND epoch = $3 RETURNING id" },
    /* code */
    { "find",
      "SELECT m.epoch, m.owner, n.url, coalesce(n.until > clock_timestamp(), false)::int::bigint"
      " FROM runde.meeting m LEFT JOIN runde.node n ON n.name = m.owner WHERE m.code = $1" },
    /* name, run */
    { "leave", "WITH gone AS (DELETE FROM runde.node WHERE name = $1 AND run = $2 RETURNING name)"
               " UPDATE runde.meeting SET owner = NULL FROM gone WHERE owner = gone.name" },
};

enum { STATEMENTS = sizeof(statements) / sizeof(statements[0]), SQL_ROOM = 1024 };

static int prepare(struct connection *c)
{
    char sql[SQL_ROOM];
    int error = connection_pipeline(c);

    for (size_t i = 0; !error && i < STATEMENTS; i++) {
        size_t len = 0;
        for (const char *p = statements[i][1]; *p && len + sizeof(lease) < sizeof(sql); p++) {
            bool is_lease = p[0] == '%' && p[1] == 's';
            len += (size_t)snprintf(sql + len, sizeof(sql) - len, "%.*s",
                                    is_lease ? (int)sizeof(lease) : 1, is_lease ? lease : p);
            p += is_lease ? 1 : 0;
        }
        if (PQsendPrepare(c->pg, statements[i][0], sql, 0, NULL) != 1)
            error = -ECONNRESET;
    }
    if (!error)
        error = connection_sync(c);
    for (size_t i = 0; !error && i < STATEMENTS; i++)
        PQclear(connection_next(c));
    return error ? error : connection_end(c);
}

static int connect(struct ownership_postgres *o, const char **ret_why)
{
    int error = connection_open(&o->connection, o->where, ret_why);

    if (error)
        return error;
    error = prepare(&o->connection);
    if (error) {
        *ret_why = connection_said(&o->connection);
        connection_close(&o->connection);
    }
    return error;
}

/* Asks on a connection that is there or is made; one that was lost is given up. */
static int ask(struct ownership_postgres *o, const char *statement, struct params *p,
               PGresult **ret_result)
{
    struct connection *c = &o->connection;
    const char *why;

    if (!c->pg && connect(o, &why) != 0)
        return -ECONNRESET;
    int error = connection_send(c, statement, p);
    if (!error)
        error = connection_sync(c);
    PGresult *r = error ? NULL : connection_next(c);
    error = error ? error : connection_end(c);
    if (error) {
        PQclear(r);
        connection_close(c); /* Nothing of it may come later than the next question. */
        return error == -EAGAIN ? -ECONNRESET : error;
    }
    *ret_result = r;
    return 0;
}

/* The same for what gives a row where it was done, and otherwise means `none`. */
static int act(struct ownership_postgres *o, const char *statement, struct params *p, int none)
{
    PGresult *r;
    int error = ask(o, statement, p, &r);

    if (error)
        return error;
    bool done = PQntuples(r) > 0;
    PQclear(r);
    return done ? 0 : none;
}

static int enter(struct ownership *o)
{
    struct params p = { 0 };

    params_text(&p, own(o)->name);
    params_text(&p, own(o)->url);
    params_bytes(&p, own(o)->run.b, sizeof(own(o)->run.b));
    return act(own(o), "enter", &p, -EEXIST);
}

static void name_and_run(const struct ownership_postgres *o, struct params *p)
{
    params_text(p, o->name);
    params_bytes(p, o->run.b, sizeof(o->run.b));
}

static int renew(struct ownership *o)
{
    struct params p = { 0 };

    name_and_run(own(o), &p);
    return act(own(o), "renew", &p, -ESTALE);
}

static int claim(struct ownership *o, const char *code, int64_t *ret_epoch)
{
    struct params p = { 0 };
    PGresult *r;

    name_and_run(own(o), &p);
    params_text(&p, code);
    int error = ask(own(o), "claim", &p, &r);
    if (error)
        return error;
    int64_t epoch = PQntuples(r) == 1 ? result_number(r, 0, 0) : 0;
    PQclear(r);
    if (epoch <= 0)
        return epoch == -1 ? -ESTALE : epoch == -2 ? -EBUSY : -ENOENT;
    *ret_epoch = epoch;
    return 0;
}

static int give_up(struct ownership *o, const char *code, int64_t epoch)
{
    struct params p = { 0 };

    params_text(&p, own(o)->name);
    params_text(&p, code);
    params_number(&p, epoch);
    return act(own(o), "give_up", &p, -ESTALE);
}

static int find(struct ownership *o, const char *code, struct owner *ret_owner)
{
    struct params p = { 0 };
    PGresult *r;

    params_text(&p, code);
    int error = ask(own(o), "find", &p, &r);
    if (error)
        return error;
    bool is_there = PQntuples(r) == 1;
    if (is_there) {
        const char *name = result_text(r, 0, 1), *url = result_text(r, 0, 2);
        *ret_owner = (struct owner){ .epoch = result_number(r, 0, 0),
                                     .leased = result_number(r, 0, 3) != 0 };
        snprintf(ret_owner->name, sizeof(ret_owner->name), "%s", name ? name : "");
        snprintf(ret_owner->url, sizeof(ret_owner->url), "%s", url ? url : "");
    }
    PQclear(r);
    return is_there ? 0 : -ENOENT;
}

static int leave(struct ownership *o)
{
    struct params p = { 0 };
    PGresult *r;

    name_and_run(own(o), &p);
    int error = ask(own(o), "leave", &p, &r);
    if (!error)
        PQclear(r);
    return error;
}

static void shut(struct ownership *o)
{
    connection_close(&own(o)->connection);
    free(own(o)->where);
    free(o);
}

int ownership_postgres_open(const char *where, const char *name, const char *url,
                            struct ownership **ret_ownership, const char **ret_why)
{
    static const struct ownership_ops ops = { .enter = enter,
                                              .renew = renew,
                                              .claim = claim,
                                              .give_up = give_up,
                                              .find = find,
                                              .leave = leave,
                                              .close = shut };
    int error = journal_postgres_look(where, ret_why);

    assert(*name && strlen(name) <= OWNERSHIP_NAME_MAX);
    if (error)
        return error;
    struct ownership_postgres *o = alloc_many(1, sizeof(*o));
    *ret_why = "memory is exhausted";
    if (!o)
        return -ENOMEM;
    o->ownership.ops = &ops;
    o->run = uuid_new();
    snprintf(o->name, sizeof(o->name), "%s", name);
    snprintf(o->url, sizeof(o->url), "%s", url);
    snprintf(o->connection.name, sizeof(o->connection.name), "runde lease");
    o->where = alloc_bytes(strlen(where) + 1);
    error = o->where ? 0 : -ENOMEM;
    if (!error) {
        memcpy(o->where, where, strlen(where) + 1);
        error = connect(o, ret_why);
    }
    if (error) {
        shut(&o->ownership);
        return error;
    }
    *ret_ownership = &o->ownership;
    return 0;
}
