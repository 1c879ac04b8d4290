#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/journal_postgres.h"
#include "store/ownership_ops.h"
#include "store/postgres_connection.h"
#include "store/postgres_schema.h"
#include "store/postgres_statements.h"

struct ownership_postgres {
    struct ownership ownership;
    struct connection connection;
    char *where;
    struct node node;
    char mark[HASH_CHARS + 1];
    struct uuid run; /* This process, among those that have had the name. */
};

static struct ownership_postgres *own(struct ownership *o)
{
    return (struct ownership_postgres *)o;
}

/* Each sees the clock as it runs, and not as it was when its transaction began. */
#define LEASE      "clock_timestamp() + interval '2000 ms'"
#define LED(until) POSTGRES_CLOCK(until " - interval '2000 ms'")
#define HAS_LEASE  "SELECT FROM runde.node n WHERE n.name = m.owner AND n.until > clock_timestamp()"

/* clang-format off */
/* Statements, by the names under which they are prepared. */
static const struct postgres_statement statements[] = {
    /* name, url, run, mark: gives 1, or 0 where another has another key, 2 where one has the url. */
    { "enter",
      "WITH was AS (SELECT until FROM runde.node WHERE name = $1),"
      " strange AS (SELECT FROM runde.node WHERE name <> $1 AND until > clock_timestamp()"
      "  AND mark NOT IN ('', $4)),"
      " double AS (SELECT FROM runde.node WHERE name <> $1 AND until > clock_timestamp()"
      "  AND url <> '' AND url = $2),"
      " me AS (INSERT INTO runde.node AS n (name, url, run, mark, until)"
      "  SELECT $1, $2, $3, $4, " LEASE " WHERE NOT EXISTS (SELECT FROM strange)"
      "  AND NOT EXISTS (SELECT FROM double)"
      "  ON CONFLICT (name) DO UPDATE SET url = $2, run = $3, mark = $4, until = " LEASE
      "  WHERE n.until <= clock_timestamp() OR n.run = $3 RETURNING name),"
      " freed AS (UPDATE runde.meeting SET owner = NULL, led = (SELECT " LED("until") " FROM was)"
      "  FROM me WHERE owner = me.name)"
      " SELECT 1::bigint FROM me UNION ALL SELECT 0 FROM strange"
      " UNION ALL SELECT 2 FROM double LIMIT 1" },
    /* name, run: gives whether the lease runs; one that was out stays out. */
    { "renew",
      "UPDATE runde.node SET until = CASE WHEN until > clock_timestamp() THEN " LEASE
      "  ELSE until END WHERE name = $1 AND run = $2"
      " RETURNING (until > clock_timestamp())::int::bigint" },
    { "clock", "SELECT " POSTGRES_CLOCK("clock_timestamp()") },
    /* code: whoever claims holds the meeting, and then its owner's lease, which cannot be renewed
     * until it is done; only the statement after these sees for sure how both stand. */
    { "hold", "SELECT FROM runde.meeting WHERE code = $1 FOR UPDATE" },
    { "hold_lease",
      "SELECT FROM runde.node WHERE name = (SELECT owner FROM runde.meeting WHERE code = $1)"
      " FOR SHARE" },
    /* name, run, code: gives the epoch; or what stands in the way: -1 our lease, -2 the owner's, -3
     * that it was erased.  Of a meeting that no server with a name has led, the mark of one that
     * was alone says when. */
    { "claim",
      "WITH me AS (SELECT FROM runde.node WHERE name = $1 AND run = $2"
      "  AND until > clock_timestamp()),"
      " was AS (SELECT m.origin, coalesce("
      "   (SELECT " LED("n.until") " FROM runde.node n WHERE n.name = m.owner), m.led,"
      "   (SELECT server FROM runde.mark WHERE node = ''), -1) AS led"
      "  FROM runde.meeting m WHERE code = $3),"
      " taken AS (UPDATE runde.meeting m SET owner = $1, epoch = epoch + 1"
      "  WHERE code = $3 AND EXISTS (SELECT FROM me)"
      "  AND (m.owner = $1 OR NOT EXISTS (" HAS_LEASE ")) RETURNING epoch)"
      " SELECT coalesce((SELECT epoch FROM taken),"
      "  CASE WHEN EXISTS (SELECT FROM me) THEN -2 ELSE -1 END), origin, led FROM was"
      " UNION ALL SELECT -3, 0, 0 FROM runde.erased WHERE NOT EXISTS (SELECT FROM was)"
      "  AND code = sha256(convert_to($3, 'UTF8')) LIMIT 1" },
    /* code: ends the session that holds the meeting's row in the middle of a transaction of which
     * its client, whose lease is out, sends no more. */
    { "cut_off",
      "SELECT pg_terminate_backend(s.pid) FROM runde.meeting m"
      " JOIN pg_catalog.pg_locks l ON l.locktype = 'transactionid' AND l.transactionid = m.xmax"
      " JOIN pg_catalog.pg_stat_activity s ON s.pid = l.pid AND s.wait_event = 'ClientRead'"
      " WHERE m.code = $1 AND l.granted AND NOT EXISTS (" HAS_LEASE ")" },
    { "unowned",
      "SELECT code FROM runde.meeting WHERE last_seq > 0 AND (owner IS NULL OR"
      " owner = ANY (ARRAY(SELECT name FROM runde.node WHERE until <= clock_timestamp())))"
      " ORDER BY id DESC LIMIT 16" },
    /* name, code, epoch */
    { "give_up",
      "UPDATE runde.meeting SET owner = NULL, led = " POSTGRES_CLOCK("clock_timestamp()")
      " WHERE owner = $1 AND code = $2 AND epoch = $3 RETURNING id" },
    /* code */
    { "find",
      "SELECT m.epoch, m.owner, n.url, coalesce(n.until > clock_timestamp(), false)::int::bigint"
      " FROM runde.meeting m LEFT JOIN runde.node n ON n.name = m.owner WHERE m.code = $1" },
    { "nodes",
      "SELECT name, url FROM runde.node WHERE until > clock_timestamp() ORDER BY name LIMIT 32" },
    /* name, run: the meetings first, as a claim takes them. */
    { "give_all_up",
      "UPDATE runde.meeting SET owner = NULL, led = " POSTGRES_CLOCK("clock_timestamp()")
      " WHERE owner = $1 AND EXISTS (SELECT FROM runde.node WHERE name = $1 AND run = $2)" },
    { "leave", "DELETE FROM runde.node WHERE name = $1 AND run = $2" },
};
/* clang-format on */

enum {
    STATEMENTS = sizeof(statements) / sizeof(statements[0]),
    PATIENCE_MS = OWNERSHIP_LEASE_MS, /* An answer that takes longer comes too late. */
};

/* A lock on one meeting's row must not keep the lease from being renewed. */
static const char settings[] = "SET lock_timeout = '300ms'";

static int prepare(struct connection *c)
{
    int error = connection_pipeline(c);

    for (size_t i = 0; !error && i < STATEMENTS; i++)
        if (PQsendPrepare(c->pg, statements[i].name, statements[i].sql, 0, NULL) != 1)
            error = -ECONNRESET;
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
    o->connection.patience_ms = PATIENCE_MS;
    error = connection_run(&o->connection, settings, NULL);
    if (!error)
        error = prepare(&o->connection);
    if (error) {
        *ret_why = connection_said(&o->connection);
        connection_close(&o->connection);
    }
    return error;
}

static const char *const holds[] = { "hold", "hold_lease" };

enum { HOLDS = sizeof(holds) / sizeof(holds[0]) };

/* Sends, as one transaction, what holds the meeting `held` unless NULL, and the statement. */
static int send_all(struct connection *c, const char *held, const char *statement, struct params *p)
{
    int error = 0;

    for (size_t i = 0; held && !error && i < HOLDS; i++) {
        struct params code = { 0 };
        params_text(&code, held);
        error = connection_send(c, holds[i], &code);
    }
    if (!error)
        error = connection_send(c, statement, p);
    return error ? error : connection_sync(c);
}

/* Asks on a connection that is there or is made; one that was lost is given up. */
static int ask(struct ownership_postgres *o, const char *held, const char *statement,
               struct params *p, PGresult **ret_result)
{
    struct connection *c = &o->connection;
    const char *why;

    if (!c->pg && connect(o, &why) != 0)
        return -ECONNRESET;
    int error = send_all(c, held, statement, p);
    for (size_t i = 0; held && !error && i < HOLDS; i++)
        PQclear(connection_next(c));
    PGresult *r = error ? NULL : connection_next(c);
    error = error ? error : connection_end(c);
    if (error) {
        PQclear(r);
        if (error != -EAGAIN) /* Nothing of it may come later than the next question. */
            connection_close(c);
        return error;
    }
    *ret_result = r;
    return 0;
}

/* The same for what gives a row where it was done, and otherwise means `none`. */
static int act(struct ownership_postgres *o, const char *statement, struct params *p, int none)
{
    PGresult *r;
    int error = ask(o, NULL, statement, p, &r);

    if (error)
        return error;
    bool done = PQntuples(r) > 0;
    PQclear(r);
    return done ? 0 : none;
}

static int enter(struct ownership *o)
{
    struct params p = { 0 };
    PGresult *r;

    params_text(&p, own(o)->node.name);
    params_text(&p, own(o)->node.url);
    params_bytes(&p, own(o)->run.b, sizeof(own(o)->run.b));
    params_text(&p, own(o)->mark);
    int error = ask(own(o), NULL, "enter", &p, &r);
    if (error)
        return error;
    int64_t said = PQntuples(r) > 0 ? result_number(r, 0, 0) : -1;
    PQclear(r);
    return said == 1 ? 0 : said == 0 ? -EKEYREJECTED : said == 2 ? -EADDRINUSE : -EEXIST;
}

static void name_and_run(const struct ownership_postgres *o, struct params *p)
{
    params_text(p, o->node.name);
    params_bytes(p, o->run.b, sizeof(o->run.b));
}

static int renew(struct ownership *o)
{
    struct params p = { 0 };
    PGresult *r;

    name_and_run(own(o), &p);
    int error = ask(own(o), NULL, "renew", &p, &r);
    if (error)
        return error;
    error = PQntuples(r) == 0 ? -ESTALE : result_number(r, 0, 0) == 0 ? -ETIME : 0;
    PQclear(r);
    return error;
}

static int read_clock(struct ownership *o, int64_t *ret_now)
{
    struct params p = { 0 };
    PGresult *r;
    int error = ask(own(o), NULL, "clock", &p, &r);

    if (error)
        return error;
    *ret_now = result_number(r, 0, 0);
    PQclear(r);
    return 0;
}

/* Whoever holds the row may have stood still while it sent a transaction, and would hold it as long
 * as it does.  It is asked again soon, and finds out how that ended as after any lost connection.
 */
static int cut_off(struct ownership_postgres *o, const char *code)
{
    struct params p = { 0 };
    PGresult *r;

    params_text(&p, code);
    int error = ask(o, NULL, "cut_off", &p, &r);
    if (!error)
        PQclear(r);
    return error ? error : -EAGAIN;
}

static int claim(struct ownership *o, const char *code, struct claim *ret_claim)
{
    struct params p = { 0 };
    PGresult *r;

    name_and_run(own(o), &p);
    params_text(&p, code);
    int error = ask(own(o), code, "claim", &p, &r);
    if (error)
        return error == -EAGAIN ? cut_off(own(o), code) : error;
    struct claim got = { 0 };
    if (PQntuples(r) == 1)
        got = (struct claim){ .epoch = result_number(r, 0, 0),
                              .origin = result_number(r, 0, 1),
                              .led = result_number(r, 0, 2) };
    PQclear(r);
    switch (got.epoch) {
    case 0:
        return -ENOENT;
    case -1:
        return -ESTALE;
    case -2:
        return -EBUSY;
    case -3:
        return -EIDRM;
    default:
        *ret_claim = got;
        return 0;
    }
}

static int unowned(struct ownership *o, char (*ret_codes)[CODE_CHARS + 1], size_t *ret_count)
{
    struct params p = { 0 };
    PGresult *r;
    int error = ask(own(o), NULL, "unowned", &p, &r);

    if (error)
        return error;
    *ret_count = 0;
    for (int i = 0; i < PQntuples(r) && *ret_count < OWNERSHIP_UNOWNED_MAX; i++)
        if (PQgetlength(r, i, 0) == CODE_CHARS)
            memcpy(ret_codes[(*ret_count)++], PQgetvalue(r, i, 0), CODE_CHARS + 1);
    PQclear(r);
    return 0;
}

static int give_up(struct ownership *o, const char *code, int64_t epoch)
{
    struct params p = { 0 };

    params_text(&p, own(o)->node.name);
    params_text(&p, code);
    params_number(&p, epoch);
    return act(own(o), "give_up", &p, -ESTALE);
}

/* The name and the url that stand from this column on; "" where they are null. */
static struct node node_at(const PGresult *r, int row, int column)
{
    const char *name = result_text(r, row, column), *url = result_text(r, row, column + 1);
    struct node node;

    snprintf(node.name, sizeof(node.name), "%s", name ? name : "");
    snprintf(node.url, sizeof(node.url), "%s", url ? url : "");
    return node;
}

static int find(struct ownership *o, const char *code, struct owner *ret_owner)
{
    struct params p = { 0 };
    PGresult *r;

    params_text(&p, code);
    int error = ask(own(o), NULL, "find", &p, &r);
    if (error)
        return error;
    bool is_there = PQntuples(r) == 1;
    if (is_there) {
        *ret_owner = (struct owner){ .epoch = result_number(r, 0, 0),
                                     .leased = result_number(r, 0, 3) != 0 };
        ret_owner->node = node_at(r, 0, 1);
    }
    PQclear(r);
    return is_there ? 0 : -ENOENT;
}

static int nodes(struct ownership *o, struct node *ret_nodes, size_t *ret_count)
{
    struct params p = { 0 };
    PGresult *r;
    int error = ask(own(o), NULL, "nodes", &p, &r);

    if (error)
        return error;
    *ret_count = 0;
    for (int i = 0; i < PQntuples(r) && *ret_count < OWNERSHIP_NODES_MAX; i++)
        ret_nodes[(*ret_count)++] = node_at(r, i, 0);
    PQclear(r);
    return 0;
}

static int leave(struct ownership *o)
{
    static const char *const steps[] = { "give_all_up", "leave" };
    int error = 0;

    for (size_t i = 0; !error && i < sizeof(steps) / sizeof(steps[0]); i++) {
        struct params p = { 0 };
        name_and_run(own(o), &p);
        error = act(own(o), steps[i], &p, 0);
    }
    return error;
}

static void shut(struct ownership *o)
{
    connection_close(&own(o)->connection);
    free(own(o)->where);
    free(o);
}

int ownership_postgres_open(const char *where, const char *name, const char *url, const char *mark,
                            struct ownership **ret_ownership, const char **ret_why)
{
    static const struct ownership_ops ops = { .enter = enter,
                                              .renew = renew,
                                              .clock = read_clock,
                                              .claim = claim,
                                              .unowned = unowned,
                                              .give_up = give_up,
                                              .find = find,
                                              .nodes = nodes,
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
    snprintf(o->node.name, sizeof(o->node.name), "%s", name);
    snprintf(o->node.url, sizeof(o->node.url), "%s", url);
    snprintf(o->mark, sizeof(o->mark), "%s", mark);
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
