/* The schema in PostgreSQL: made, upgraded, refused; and who may use it.  tests/README.md, row 10.
 */
#include "store/postgres_schema.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/journal_postgres.h"
#include "store/ownership.h"
#include "support/cmocka_all.h"
#include "support/journal_kit.h"
#include "support/postgres.h"
#include "support/relay.h"

#define ANNA "ANNA-2345"

static int open_kit(void **state)
{
    *state = kit_new(KIT_POSTGRES, NULL);
    kit_begin(*state, ANNA);
    return 0;
}

static int close_kit(void **state)
{
    kit_free(*state);
    return 0;
}

static void ignore(void *context)
{
    (void)context;
}

/* How opening ends, without what was opened. */
static int try_open(const char *where, const char *node, const char **ret_why)
{
    struct journal *j;
    int error = journal_postgres_open(where, node, ignore, NULL, &j, ret_why);

    if (!error)
        journal_close(j);
    return error;
}

static void one_that_is_alone_lets_nobody_else_in(void **state)
{
    const char *why = NULL;

    assert_int_equal(try_open(postgres_url(), NULL, &why), -EBUSY);
    assert_non_null(strstr(why, "another server"));
    assert_int_equal(try_open(postgres_url(), "a", &why), -EBUSY);
    kit_shut(*state);
    assert_int_equal(try_open(postgres_url(), "a", &why), 0);
    assert_int_equal(kit_open(*state), 0);
}

static void those_that_share_keep_out_who_is_alone(void **state)
{
    struct kit *k = *state;
    const char *why = NULL;

    kit_shut(k);
    k->node = "a";
    assert_int_equal(kit_open(k), 0);
    assert_int_equal(try_open(postgres_url(), "b", &why), 0);
    assert_int_equal(try_open(postgres_url(), NULL, &why), -EBUSY);
}

static void a_newer_schema_is_refused_and_left_alone(void **state)
{
    const char *why = NULL;

    kit_shut(*state);
    (void)postgres_sql("UPDATE runde.version SET number = 99");
    assert_int_equal(try_open(postgres_url(), NULL, &why), -EPROTO);
    assert_non_null(strstr(why, "newer"));
    assert_string_equal(postgres_sql("SELECT number FROM runde.version"), "99");
    assert_string_equal(postgres_sql("SELECT count(*) FROM runde.fact"), "1");
    char number[64];
    snprintf(number, sizeof(number), "UPDATE runde.version SET number = %zu", postgres_newest());
    (void)postgres_sql(number);
    assert_int_equal(kit_open(*state), 0);
    struct kit_facts f = kit_read(*state, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 1));
    kit_facts_clear(&f);
}

/* A schema that a newer server has brought up meanwhile ends an older one that comes back to it. */
static void a_server_ends_when_the_schema_became_newer_while_it_was_away(void **state)
{
    struct kit *k = *state;

    (void)postgres_sql("UPDATE runde.version SET number = 99");
    postgres_control("restart", "fast");
    kit_submit_many(k, ANNA, 2, 1);
    kit_settle(k);
    assert_int_equal(journal_health(k->journal, NULL), -EPROTO);
    assert_int_equal(kit_durable(k), 1);
}

static const char *const steps[] = {
    "CREATE TABLE runde.one (n bigint); INSERT INTO runde.one VALUES (1)",
    "CREATE TABLE runde.two (n bigint); UPDATE runde.one SET n = n + 1",
    "CREATE TABLE runde.three (n bigint); UPDATE runde.one SET n = n + 1",
};

/* The clock that servers with names share goes on from that of the one which there was. */
static void a_shared_clock_goes_on_from_the_one_before(void **state)
{
    struct connection c = { .name = "runde test" };
    const char *why = NULL;

    (void)state;
    postgres_empty();
    assert_int_equal(connection_open(&c, postgres_url(), &why), 0);
    assert_int_equal(postgres_upgrade(&c, postgres_migrations, 1, &why), 0);
    (void)postgres_sql("INSERT INTO runde.mark VALUES ('', 'boot', 1, 1700000000000, 5000)");
    assert_int_equal(postgres_upgrade(&c, postgres_migrations, postgres_newest(), &why), 0);
    connection_close(&c);
    assert_string_equal(postgres_sql("SELECT zero FROM runde.clock"), "1699999995000");
}

static void upgrade(const char *where, int *ret_error)
{
    struct connection c = { .name = "runde test" };
    const char *why = NULL;

    *ret_error = connection_open(&c, where, &why);
    if (*ret_error)
        return;
    *ret_error = postgres_upgrade(&c, steps, 3, &why);
    connection_close(&c);
}

/* The connection is cut at each point of an upgrade in turn, and the upgrade begun again. */
static void an_upgrade_that_is_interrupted_is_begun_again(void **state)
{
    struct relay *relay = relay_new(postgres_folder());
    bool struck = true;
    int error;

    (void)state;
    for (int64_t n = 1; struck; n += 61) {
        postgres_empty();
        relay_cut(relay, RELAY_TO_SERVER, n);
        upgrade(relay_url(relay), &error);
        struck = relay_struck(relay);
        assert_true(struck || error == 0);
        if (struck)
            upgrade(relay_url(relay), &error);
        assert_int_equal(error, 0);
        assert_string_equal(postgres_sql("SELECT n FROM runde.one"), "3");
        assert_string_equal(postgres_sql("SELECT string_agg(number::text, ',') FROM runde.version"),
                            "3");
        assert_true(n < 10000);
    }
    relay_free(relay);
}

static void *upgrade_too(void *ret_error)
{
    upgrade(postgres_url(), ret_error);
    return NULL;
}

static void two_that_upgrade_at_once_do_it_once(void **state)
{
    pthread_t threads[4];
    int errors[4];

    (void)state;
    for (int round = 0; round < 5; round++) {
        postgres_empty();
        for (size_t i = 0; i < 4; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, upgrade_too, &errors[i]), 0);
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(pthread_join(threads[i], NULL), 0);
            assert_int_equal(errors[i], 0);
        }
        assert_string_equal(postgres_sql("SELECT n FROM runde.one"), "3");
    }
}

static void a_password_in_the_string_is_refused_and_not_repeated(void **state)
{
    static const char *const secret[] = {
        "postgresql://runde:hemmelig@localhost/runde",
        "postgresql://runde@localhost/runde?password=hemmelig",
        "postgres://localhost/runde?sslpassword=hemmelig",
        "service=runde password=hemmelig",
    };
    static const char *const none[] = {
        "mysql://localhost/runde",
        "",
        "host=localhost",
        "postgresql://localhost:hemmelig/runde",
        "postgresql://runde:hemm elig@localhost/x",
    };
    const char *why = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++) {
        why = NULL;
        assert_int_equal(journal_postgres_look(secret[i], &why), -EPERM);
        assert_null(strstr(why, "hemmelig"));
        assert_int_equal(try_open(secret[i], NULL, &why), -EPERM);
    }
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        assert_true(try_open(none[i], NULL, &why) < 0);
        assert_null(strstr(why, "hemmelig"));
    }
    assert_int_equal(journal_postgres_look("postgresql://a,b/runde?sslmode=verify-full", &why), 0);
    assert_int_equal(journal_postgres_look("service=runde", &why), 0);
}

static void a_database_that_is_not_there_is_told(void **state)
{
    const char *why = NULL;
    char where[300];

    (void)state;
    assert_int_equal(try_open("postgresql:///runde?host=/nonexistent", NULL, &why), -EHOSTDOWN);
    assert_non_null(strstr(why, "/nonexistent"));
    snprintf(where, sizeof(where), "postgresql://runde@/nonesuch?host=%s", postgres_folder());
    assert_int_equal(try_open(where, NULL, &why), -EHOSTDOWN);
    assert_non_null(strstr(why, "nonesuch"));
}

static void a_database_of_another_encoding_is_refused(void **state)
{
    const char *why = NULL;
    char where[300];

    (void)state;
    (void)postgres_sql("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
    snprintf(where, sizeof(where), "postgresql://runde@/latin?host=%s", postgres_folder());
    assert_int_equal(try_open(where, NULL, &why), -EINVAL);
    assert_non_null(strstr(why, "LATIN1"));
    (void)postgres_sql("DROP DATABASE latin");
}

/* A hole in a meeting is damage, and ends its reading. */
static void a_fact_that_is_missing_is_found(void **state)
{
    struct kit *k = *state;

    kit_submit_many(k, ANNA, 2, 20);
    kit_settle(k);
    (void)postgres_sql("DELETE FROM runde.fact WHERE seq = 9");
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_int_equal(f.error, -EBADMSG);
    kit_facts_clear(&f);
    (void)postgres_sql("DELETE FROM runde.fact WHERE seq > 9");
    f = kit_read(k, ANNA, 10, 2);
    assert_int_equal(f.error, -EBADMSG);
    kit_facts_clear(&f);
}

/* What is redacted or erased is out of every row at once, and the database's own cleaner clears it
 * away soon after.  tests/README.md, row 55, as far as PostgreSQL goes. */
static void what_is_redacted_is_cleared_away(void **state)
{
    struct kit *k = *state;
    struct batch *with = batch_new(1, 1);
    const char *dead = "SELECT sum(n_dead_tup) FROM pg_stat_user_tables"
                       " WHERE relname IN ('fact', 'text', 'command') AND schemaname = 'runde'";

    kit_submit_many(k, ANNA, 2, 40);
    kit_settle(k);
    memcpy(with->meeting, ANNA, sizeof(ANNA));
    with->epoch = with->generation = 1;
    with->rows[0] = (struct journal_row){ .seq = 42, .at = 420, .body = kit_body(ANNA, 42) };
    with->blanks[0] = 7;
    kit_submit(k, with);
    kit_settle(k);
    assert_string_equal(postgres_sql("SELECT count(*) FROM runde.text"), "40");
    assert_string_equal(postgres_sql("SELECT count(*) FROM runde.command"), "40");
    assert_int_equal(kit_erase(k, ANNA), 0);
    assert_string_equal(postgres_sql("SELECT count(*) FROM runde.text"), "0");
    for (int i = 0; i < 12000 && strcmp(postgres_sql("SELECT max(vacuum_count + autovacuum_count)"
                                                     " FROM pg_stat_user_tables"
                                                     " WHERE relname = 'text'"),
                                        "0") == 0;
         i++)
        usleep(10000);
    for (int i = 0; i < 12000 && strcmp(postgres_sql(dead), "0") != 0; i++)
        usleep(10000);
    assert_string_equal(postgres_sql(dead), "0");
}

/* server/deploy/postgresql.sql: the role of the server can do all that a server does, and no more.
 */
/* One of several servers does all that one can do with leases. */
static void owns(const char *where)
{
    char codes[OWNERSHIP_UNOWNED_MAX][CODE_CHARS + 1];
    struct node nodes[OWNERSHIP_NODES_MAX];
    struct ownership *o = NULL;
    const char *why = NULL;
    struct claim claim;
    struct owner owner;
    size_t count;

    assert_int_equal(ownership_postgres_open(where, "a", "", "", &o, &why), 0);
    assert_int_equal(ownership_enter(o), 0);
    assert_int_equal(ownership_renew(o), 0);
    assert_int_equal(ownership_unowned(o, codes, &count), 0);
    assert_int_equal(count, 1);
    assert_int_equal(ownership_nodes(o, nodes, &count), 0);
    assert_int_equal(count, 1);
    assert_int_equal(ownership_claim(o, ANNA, &claim), 0);
    assert_int_equal(ownership_find(o, ANNA, &owner), 0);
    assert_int_equal(ownership_give_up(o, ANNA, claim.epoch), 0);
    assert_int_equal(ownership_claim(o, "NONE-2345", &claim), -ENOENT);
    assert_int_equal(ownership_leave(o), 0);
    ownership_close(o);
}

static void the_servers_role_can_do_what_a_server_does_and_no_more(void **state)
{
    struct kit *k = *state;
    const char *why = NULL;
    char where[300], owner[300], command[512];

    kit_shut(k);
    snprintf(command, sizeof(command),
             "psql -qX -v ON_ERROR_STOP=1 'postgresql://runde@/postgres?host=%s' -v database=least"
             " -v owner=least_owner -v server=least -f " SOURCE_FOLDER
             "/server/deploy/postgresql.sql >/dev/null",
             postgres_folder());
    assert_int_equal(system(command), 0);
    snprintf(where, sizeof(where), "postgresql://least@/least?host=%s", postgres_folder());
    snprintf(owner, sizeof(owner), "postgresql://least_owner@/least?host=%s", postgres_folder());
    assert_int_equal(try_open(where, NULL, &why), -EACCES);
    assert_non_null(strstr(why, "may not make them"));
    assert_int_equal(journal_postgres_upgrade(owner, &why), 0);
    k->where = where;
    assert_int_equal(kit_open(k), 0);
    kit_begin(k, ANNA);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 1));
    kit_facts_clear(&f);
    owns(where);
    assert_int_equal(kit_erase(k, ANNA), -ESTALE); /* That of the other. */
    static const char *const forbidden[] = { "DROP TABLE runde.fact",
                                             "CREATE TABLE runde.x (n int)",
                                             "CREATE TABLE public.x (n int)",
                                             "TRUNCATE runde.fact",
                                             "UPDATE runde.version SET number = 0",
                                             "CREATE TEMP TABLE x (n int)" };
    struct connection c = { .name = "least" };
    assert_int_equal(connection_open(&c, where, &why), 0);
    for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
        assert_int_equal(connection_run(&c, forbidden[i], NULL), -EACCES);
    connection_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_that_is_alone_lets_nobody_else_in, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(those_that_share_keep_out_who_is_alone, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(a_newer_schema_is_refused_and_left_alone, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(
            a_server_ends_when_the_schema_became_newer_while_it_was_away, open_kit, close_kit),
        cmocka_unit_test(a_shared_clock_goes_on_from_the_one_before),
        cmocka_unit_test(an_upgrade_that_is_interrupted_is_begun_again),
        cmocka_unit_test(two_that_upgrade_at_once_do_it_once),
        cmocka_unit_test(a_password_in_the_string_is_refused_and_not_repeated),
        cmocka_unit_test(a_database_that_is_not_there_is_told),
        cmocka_unit_test(a_database_of_another_encoding_is_refused),
        cmocka_unit_test_setup_teardown(a_fact_that_is_missing_is_found, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(what_is_redacted_is_cleared_away, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(the_servers_role_can_do_what_a_server_does_and_no_more,
                                        open_kit, close_kit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
