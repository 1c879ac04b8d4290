/* Connections that are cut, databases that go away, and transactions whose outcome nobody heard.
 * tests/README.md, row 29, as far as the journal goes. */
#include <errno.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/journal_kit.h"
#include "support/postgres.h"
#include "support/relay.h"

#define ANNA "ANNA-2345"
#define BERT "BERT-2345"

static struct relay *relay;

/* A kit whose journal goes through the relay; one of several servers if it has a name. */
static struct kit *kit_behind_relay(const char *node)
{
    struct kit *k = kit_new(KIT_POSTGRES, NULL);

    kit_shut(k);
    k->where = relay_url(relay);
    k->node = node;
    assert_int_equal(kit_open(k), 0);
    return k;
}

static int open_relay(void **state)
{
    relay = relay_new(postgres_folder());
    *state = kit_behind_relay(NULL);
    return 0;
}

/* A test that failed half way leaves no setting for the next one to hang on. */
static int close_relay(void **state)
{
    (void)postgres_sql("ALTER SYSTEM RESET ALL");
    (void)postgres_sql("SELECT pg_reload_conf()");
    kit_free(*state);
    relay_free(relay);
    return 0;
}

/* Batches of one fact, which share a transaction. */
static void submit_together(struct kit *k, const char *meeting, int64_t first, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        assert_int_equal(journal_submit(k->journal, kit_batch(meeting, first + i, 1)), 0);
        k->pending++;
    }
    journal_go(k->journal);
}

static void wait_until_struck(void)
{
    for (int i = 0; i < 12000 && !relay_struck(relay); i++)
        usleep(10000);
    assert_true(relay_struck(relay));
}

/* A batch of two facts that blanks the text of the one before it. */
static struct batch *blanking(const char *meeting, int64_t first)
{
    struct batch *like = kit_batch(meeting, first, 2), *b = batch_new(2, 1);

    assert_non_null(b);
    memcpy(b->rows, like->rows, 2 * sizeof(*b->rows));
    memset(like->rows, 0, 2 * sizeof(*b->rows));
    memcpy(b->meeting, like->meeting, sizeof(b->meeting));
    b->epoch = b->generation = 1;
    b->has_command = true;
    b->command = like->command;
    b->blanks[0] = first - 1;
    batch_free(like);
    return b;
}

/* One transaction of two meetings, of which one begins in it; all of it must become durable once.
 */
static void submit_some(struct kit *k)
{
    assert_int_equal(journal_declare(k->journal, BERT, 700), 0);
    struct batch *all[] = { kit_batch(ANNA, 2, 2), kit_batch(BERT, 1, 1), blanking(ANNA, 4),
                            kit_batch(BERT, 2, 3), kit_batch(ANNA, 6, 1) };
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(journal_submit(k->journal, all[i]), 0);
        k->pending++;
    }
    journal_go(k->journal);
}

static void look(struct kit *k)
{
    assert_int_equal(kit_durable(k), k->count);
    assert_int_equal(journal_health(k->journal, NULL), 0);
    struct kit_facts f = kit_read(k, BERT, 1, 1);
    assert_true(kit_facts_are(&f, BERT, 1, 4));
    kit_facts_clear(&f);
    f = kit_read(k, ANNA, 1, 1);
    assert_int_equal(f.error, 0);
    assert_int_equal(f.count, 6);
    for (size_t i = 0; i < f.count; i++)
        assert_true((f.facts[i].text == NULL) == (i == 2));
    kit_facts_clear(&f);
    assert_string_equal(postgres_sql("SELECT count(*) FROM runde.fact"), "10");
    assert_string_equal(postgres_sql("SELECT count(*) FROM runde.command"), "5");
}

/* Cuts the connection after so many bytes; false when the work was done before. */
static bool survives_a_cut(enum relay_way way, int64_t bytes)
{
    struct kit *k = kit_behind_relay(NULL);

    kit_begin(k, ANNA);
    relay_cut(relay, way, bytes);
    submit_some(k);
    kit_settle(k);
    bool struck = relay_struck(relay);
    look(k);
    kit_free(k);
    return struck;
}

/* Before the commit: the server has heard some of it, or all. */
static void a_cut_at_any_byte_to_the_server_loses_and_doubles_nothing(void **state)
{
    int64_t n = 1;

    (void)state;
    relay = relay_new(postgres_folder());
    while (survives_a_cut(RELAY_TO_SERVER, n))
        n += 389;
    assert_in_range(n, 1000, 20000);
    relay_free(relay);
}

/* In the commit and after it: the answer is lost, or a part of it. */
static void a_cut_at_any_byte_of_the_answer_loses_and_doubles_nothing(void **state)
{
    int64_t n = 1;

    (void)state;
    relay = relay_new(postgres_folder());
    while (survives_a_cut(RELAY_TO_CLIENT, n))
        n += 47;
    assert_in_range(n, 200, 5000);
    relay_free(relay);
}

/* It was on its way when it was given up, and sent again: it must not become true as well; nor
 * before that, once the journal has asked for it. */
static void what_comes_late_to_the_server_changes_nothing(void **state)
{
    (void)state;
    relay = relay_new(postgres_folder());
    struct kit *k = kit_new(KIT_POSTGRES, NULL);
    kit_shut(k);
    k->where = relay_url(relay);
    k->node = "a";
    relay_disguise(relay);
    assert_int_equal(kit_open(k), 0);
    kit_begin(k, ANNA);
    assert_int_equal(journal_declare(k->journal, BERT, 700), 0);
    struct kit_facts f =
        kit_read(k, BERT, 1, 1); /* Then nothing need be asked before it is sent. */
    kit_facts_clear(&f);
    relay_hold(relay);
    submit_some(k);
    wait_until_struck();
    kit_settle(k);
    relay_release(relay);
    look(k);
    assert_string_equal(postgres_sql("SELECT string_agg(fence::text, ',') FROM runde.meeting"),
                        "1,1");
    kit_free(k);
    relay_free(relay);
}

/* The answer is lost and another server takes the meeting over before it can be asked for. */
static void what_was_written_before_a_take_over_is_durable(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    relay_cut(relay, RELAY_TO_CLIENT, 1);
    relay_shut(relay, true);
    submit_together(k, ANNA, 2, 3);
    wait_until_struck();
    while (strcmp(postgres_sql("SELECT last_seq FROM runde.meeting"), "4") != 0)
        usleep(10000);
    (void)postgres_sql("UPDATE runde.meeting SET epoch = 2, owner = 'other', last_seq = 5;"
                       "INSERT INTO runde.fact (meeting, seq, epoch, at, wall, rest, body)"
                       " SELECT id, 5, 2, 50, 0, 0, '{}' FROM runde.meeting");
    kit_submit_many(k, ANNA, 5, 1); /* That one is the other's. */
    relay_shut(relay, false);
    kit_settle(k);
    assert_int_equal(k->count, 5);
    for (size_t i = 0; i < 4; i++)
        assert_true(k->returns[i].durable);
    assert_false(k->returns[4].durable);
}

static void what_was_not_written_before_a_take_over_is_lost(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    relay_cut(relay, RELAY_TO_SERVER, 1);
    relay_shut(relay, true);
    submit_together(k, ANNA, 2, 3);
    wait_until_struck();
    (void)postgres_sql("UPDATE runde.meeting SET epoch = 2, owner = 'other' WHERE code = '" ANNA
                       "'");
    kit_submit_many(k, BERT, 2, 1);
    relay_shut(relay, false);
    kit_settle(k);
    for (size_t i = 2; i < 5; i++)
        assert_false(k->returns[i].durable);
    assert_true(k->returns[5].durable);
    assert_string_equal(postgres_sql("SELECT fence FROM runde.meeting WHERE code = '" ANNA "'"),
                        "0"); /* Nobody's but its owner's. */
}

/* The batches of a meeting that is another's are lost, in a transaction that is not. */
static void a_meeting_that_was_taken_over_is_fenced(void **state)
{
    struct kit *k = *state;
    struct journal_figures f;

    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    (void)postgres_sql("UPDATE runde.meeting SET epoch = 2, owner = 'other' WHERE code = '" ANNA
                       "'");
    kit_submit_many(k, ANNA, 2, 2);
    kit_submit_many(k, BERT, 2, 2);
    kit_settle(k);
    assert_false(k->returns[2].durable);
    assert_false(k->returns[3].durable);
    assert_true(k->returns[4].durable);
    assert_true(k->returns[5].durable);
    journal_figures(k->journal, &f);
    assert_in_range(f.fenced, 1, 2); /* The second was not sent, if it came later. */
    kit_submit_many(k, ANNA, 2, 1);
    kit_settle(k);
    assert_false(k->returns[6].durable);
    struct kit_facts facts = kit_read(k, ANNA, 1, 2); /* Nor is it read here. */
    assert_int_equal(facts.error, -ESTALE);
    kit_facts_clear(&facts);
    assert_int_equal(kit_erase(k, ANNA), -ESTALE);
    assert_string_equal(postgres_sql("SELECT max(seq) FROM runde.fact JOIN runde.meeting m"
                                     " ON m.id = meeting WHERE code = '" ANNA "'"),
                        "1");
}

static void what_was_asked_for_is_fenced(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    (void)postgres_sql("UPDATE runde.meeting SET fence = fence + 1");
    kit_submit_many(k, ANNA, 2, 1);
    kit_settle(k);
    assert_false(k->returns[1].durable);
    kit_submit_many(k, ANNA, 2, 1); /* Whoever knows of it goes on. */
    kit_settle(k);
    assert_true(k->returns[2].durable);
}

static void erasing_is_done_once_when_its_answer_is_lost(void **state)
{
    struct kit *k = *state;

    for (int64_t n = 1; n < 400; n += 60) {
        kit_begin(k, ANNA);
        kit_submit_many(k, ANNA, 2, 20);
        kit_settle(k);
        relay_cut(relay, n % 120 == 1 ? RELAY_TO_CLIENT : RELAY_TO_SERVER, n % 240);
        assert_int_equal(kit_erase(k, ANNA), 0);
        assert_string_equal(postgres_sql("SELECT count(*) FROM runde.fact"), "0");
        assert_string_equal(postgres_sql("SELECT count(*) FROM runde.text"), "0");
        assert_string_equal(postgres_sql("SELECT count(*) FROM runde.command"), "0");
        assert_string_equal(postgres_sql("DELETE FROM runde.erased RETURNING wall"),
                            "1700000999000");
        kit_settle(k);
    }
}

/* A meeting from elsewhere, while the connection is cut at either side. */
static void what_is_taken_in_is_there_once(void **state)
{
    struct kit *k = *state;

    for (int64_t n = 1; n < 600; n += 71) {
        struct batch *batches[] = { kit_batch(BERT, 1, 3), kit_batch(BERT, 4, 1) };
        struct kit_facts f = { .kit = k };
        relay_cut(relay, n % 2 ? RELAY_TO_CLIENT : RELAY_TO_SERVER, n);
        assert_int_equal(journal_restore(k->journal, BERT, 500, batches, 2, kit_fact, &f), 0);
        k->pending++;
        kit_settle(k);
        assert_int_equal(f.error, 0);
        f = kit_read(k, BERT, 1, 1);
        assert_true(kit_facts_are(&f, BERT, 1, 4));
        kit_facts_clear(&f);
        assert_int_equal(kit_erase(k, BERT), 0);
        batch_free(batches[0]);
        batch_free(batches[1]);
    }
}

static atomic_bool restarted;

static int64_t newest(void)
{
    return strtoll(postgres_sql("SELECT last_seq FROM runde.meeting"), NULL, 10);
}

/* Each time when something was written since the last. */
static void *restart_again_and_again(void *nothing)
{
    for (int i = 0; i < 6; i++) {
        int64_t before = newest();
        while (newest() <= before + 10)
            usleep(50000);
        postgres_control("restart", i % 2 ? "immediate" : "fast");
    }
    atomic_store(&restarted, true);
    return nothing;
}

/* tests/README.md, row 29: the database is killed and started while facts are written. */
static void a_database_that_is_killed_loses_and_doubles_nothing(void **state)
{
    struct kit *k = *state;
    struct journal_figures f;
    pthread_t thread;
    int64_t seq = 2;

    kit_begin(k, ANNA);
    atomic_store(&restarted, false);
    assert_int_equal(pthread_create(&thread, NULL, restart_again_and_again, NULL), 0);
    while (!atomic_load(&restarted)) {
        if (seq < 8000)
            kit_submit_many(k, ANNA, seq, 1);
        seq += seq < 8000 ? 1 : 0;
        if (seq % 50 == 0)
            kit_settle(k);
        usleep(1000);
    }
    kit_settle(k);
    assert_int_equal(pthread_join(thread, NULL), 0);
    journal_figures(k->journal, &f);
    assert_in_range(f.reconnects, 5, 40); /* The last loss may go unnoticed. */
    assert_int_equal(kit_durable(k), k->count);
    struct kit_facts facts = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&facts, ANNA, 1, seq - 1));
    kit_facts_clear(&facts);
}

/* It has taken all in and says nothing, while its connection stands. */
static void a_server_that_stands_still_is_given_up_and_asked_when_it_is_back(void **state)
{
    struct kit *k = *state;
    struct journal_figures f = { 0 };
    char url[300];

    snprintf(url, sizeof(url), "%s&tcp_user_timeout=300", relay_url(relay));
    kit_shut(k);
    k->where = url;
    assert_int_equal(kit_open(k), 0);
    kit_begin(k, ANNA);
    pid_t backend = (pid_t)strtol(postgres_sql("SELECT pid FROM pg_stat_activity"
                                               " WHERE application_name LIKE 'runde %'"),
                                  NULL, 10);
    assert_true(backend > 1);
    assert_int_equal(kill(backend, SIGSTOP), 0);
    kit_submit_many(k, ANNA, 2, 3);
    while (strcmp(postgres_sql("SELECT count(*) FROM pg_stat_activity"
                               " WHERE application_name LIKE 'runde %'"),
                  "2") != 0)
        usleep(10000); /* Until there is a second connection. */
    journal_figures(k->journal, &f);
    assert_int_equal(f.waiting, 3);
    assert_int_equal(kill(backend, SIGCONT), 0);
    kit_settle(k);
    assert_int_equal(kit_durable(k), 4);
    struct kit_facts facts = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&facts, ANNA, 1, 4));
    kit_facts_clear(&facts);
}

/* Who stops the server waits for it, and not for ever. */
static void closing_ends_while_the_database_is_away(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    postgres_control("halt", "immediate");
    kit_submit_many(k, ANNA, 2, 5);
    kit_shut(k);
    postgres_control("resume", "");
    assert_int_equal(kit_open(k), 0);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 1));
    kit_facts_clear(&f);
}

/* tests/README.md, row 29: while it is away nothing comes back, and then all does, in its order. */
static void what_waits_for_a_database_that_is_away_is_durable_when_it_is_back(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    postgres_control("halt", "immediate");
    kit_submit_many(k, ANNA, 2, 50);
    usleep(1500000);
    struct journal_figures f;
    journal_figures(k->journal, &f);
    assert_int_equal(f.waiting, 50);
    assert_int_equal(journal_health(k->journal, NULL), 0);
    postgres_control("resume", "");
    kit_settle(k);
    assert_int_equal(kit_durable(k), 51);
    for (size_t i = 0; i < k->count; i++)
        assert_int_equal(k->returns[i].first, i + 1);
    journal_figures(k->journal, &f);
    assert_true(f.reconnects >= 1);
}

/* A server that has become a standby can only be read; its connections may stand. */
static void a_database_that_can_only_be_read_is_waited_for(void **state)
{
    struct kit *k = *state;
    struct journal_figures f;

    kit_begin(k, ANNA);
    (void)postgres_sql("ALTER SYSTEM SET default_transaction_read_only = on");
    (void)postgres_sql("SELECT pg_reload_conf()");
    while (strcmp(postgres_sql("SHOW default_transaction_read_only"), "on") != 0)
        usleep(10000);
    submit_together(k, ANNA, 2, 3);
    usleep(500000);
    journal_figures(k->journal, &f);
    assert_int_equal(f.waiting, 3);
    (void)postgres_sql("ALTER SYSTEM RESET default_transaction_read_only");
    (void)postgres_sql("SELECT pg_reload_conf()");
    kit_settle(k);
    assert_int_equal(kit_durable(k), 4);
}

static bool comes_back_within(struct kit *k, int ms)
{
    for (int i = 0; i < ms / 10; i++) {
        if (sem_trywait(&k->woken) == 0) {
            sem_post(&k->woken);
            return true;
        }
        usleep(10000);
    }
    return false;
}

static void drain(struct kit *k)
{
    while (sem_trywait(&k->woken) == 0)
        continue;
}

/* Until the server has taken in that commits wait for a standby: whoever commits before that does
 * not wait. */
static void have_commits_wait(void)
{
    const char *waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    bool waiting = false;

    (void)postgres_sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    (void)postgres_sql("SELECT pg_reload_conf()");
    while (!waiting) {
        PGconn *c = PQconnectdb(postgres_url());
        assert_int_equal(PQsendQuery(c, "CREATE TABLE IF NOT EXISTS runde.probe ();"
                                        "DROP TABLE runde.probe"),
                         1);
        while (!waiting && PQconsumeInput(c) && PQisBusy(c)) {
            waiting = strcmp(postgres_sql(waits), "0") != 0;
            usleep(10000);
        }
        PQfinish(c);
    }
    (void)postgres_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                       " WHERE wait_event = 'SyncRep'");
    while (strcmp(postgres_sql(waits), "0") != 0)
        usleep(10000);
}

/* With synchronous_standby_names a commit waits for the standby; one whose wait was ended by hand
 * is there, but not on the standby, and must not count. */
static void what_the_standby_has_not_is_not_durable(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    drain(k);
    have_commits_wait();
    kit_submit_many(k, ANNA, 2, 3);
    assert_false(comes_back_within(k, 1000));
    (void)postgres_sql("SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                       " WHERE wait_event = 'SyncRep'");
    assert_false(comes_back_within(k, 1000));
    (void)postgres_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                       " WHERE wait_event = 'SyncRep'");
    assert_false(comes_back_within(k, 1000));
    (void)postgres_sql("ALTER SYSTEM RESET synchronous_standby_names");
    (void)postgres_sql("SELECT pg_reload_conf()");
    kit_settle(k);
    assert_int_equal(kit_durable(k), 4);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 4));
    kit_facts_clear(&f);
}

/* Makes the server answer an insert of a fact whose body has `word` in it with this error. */
static void fail_on(const char *word, const char *state)
{
    char sql[512];

    snprintf(sql, sizeof(sql),
             "CREATE OR REPLACE FUNCTION runde.fail() RETURNS trigger LANGUAGE plpgsql AS"
             " $$BEGIN IF new.body LIKE '%%%s%%' THEN RAISE 'fails' USING ERRCODE = '%s'; END IF;"
             " RETURN new; END$$;"
             "CREATE TRIGGER fail BEFORE INSERT ON runde.fact FOR EACH ROW"
             " EXECUTE FUNCTION runde.fail()",
             word, state);
    (void)postgres_sql(sql);
}

/* tests/README.md, row 4: the database's disk is full. */
static void a_full_disk_loses_what_waits_and_recovers(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    fail_on("", "53100");
    kit_submit_many(k, ANNA, 2, 4);
    kit_settle(k);
    assert_int_equal(kit_durable(k), 1);
    assert_int_equal(journal_health(k->journal, NULL), 0);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 1));
    kit_facts_clear(&f);
    (void)postgres_sql("DROP TRIGGER fail ON runde.fact");
    kit_submit_many(k, ANNA, 2, 1);
    kit_settle(k);
    assert_int_equal(kit_durable(k), 2);
}

/* What the database will not take is lost with what follows in its meeting, and nothing else. */
static void a_fact_that_is_not_taken_is_lost_alone(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    fail_on(ANNA " #3", "22000");
    for (int64_t i = 2; i < 6; i++) {
        assert_int_equal(journal_submit(k->journal, kit_batch(ANNA, i, 1)), 0);
        assert_int_equal(journal_submit(k->journal, kit_batch(BERT, i, 1)), 0);
        k->pending += 2;
    }
    journal_go(k->journal);
    kit_settle(k);
    for (size_t i = 2; i < k->count; i++)
        assert_true(k->returns[i].durable ==
                    (strcmp(k->returns[i].meeting, BERT) == 0 || k->returns[i].first < 3));
}

/* What the server undoes for somebody else's sake is done again. */
static void a_transaction_that_was_undone_is_done_again(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    (void)postgres_sql(
        "CREATE TABLE runde.once (n bigint); INSERT INTO runde.once VALUES (0);"
        "CREATE SEQUENCE runde.tries;"
        "CREATE FUNCTION runde.fail() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN IF nextval('runde.tries') < 4 THEN RAISE 'deadlock' USING ERRCODE = '40P01';"
        " END IF; RETURN new; END$$;"
        "CREATE TRIGGER fail BEFORE INSERT ON runde.fact FOR EACH ROW"
        " EXECUTE FUNCTION runde.fail()");
    kit_submit_many(k, ANNA, 2, 3);
    kit_settle(k);
    assert_int_equal(kit_durable(k), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cut_at_any_byte_to_the_server_loses_and_doubles_nothing),
        cmocka_unit_test(a_cut_at_any_byte_of_the_answer_loses_and_doubles_nothing),
        cmocka_unit_test(what_comes_late_to_the_server_changes_nothing),
        cmocka_unit_test_setup_teardown(what_was_written_before_a_take_over_is_durable, open_relay,
                                        close_relay),
        cmocka_unit_test_setup_teardown(what_was_not_written_before_a_take_over_is_lost, open_relay,
                                        close_relay),
        cmocka_unit_test_setup_teardown(a_meeting_that_was_taken_over_is_fenced, open_relay,
                                        close_relay),
        cmocka_unit_test_setup_teardown(what_was_asked_for_is_fenced, open_relay, close_relay),
        cmocka_unit_test_setup_teardown(erasing_is_done_once_when_its_answer_is_lost, open_relay,
                                        close_relay),
        cmocka_unit_test_setup_teardown(what_is_taken_in_is_there_once, open_relay, close_relay),
        cmocka_unit_test_setup_teardown(a_database_that_is_killed_loses_and_doubles_nothing,
                                        open_relay, close_relay),
        cmocka_unit_test_setup_teardown(
            what_waits_for_a_database_that_is_away_is_durable_when_it_is_back, open_relay,
            close_relay),
        cmocka_unit_test_setup_teardown(a_database_that_can_only_be_read_is_waited_for, open_relay,
                                        close_relay),
        cmocka_unit_test_setup_teardown(
            a_server_that_stands_still_is_given_up_and_asked_when_it_is_back, open_relay,
            close_relay),
        cmocka_unit_test_setup_teardown(closing_ends_while_the_database_is_away, open_relay,
                                        close_relay),
        cmocka_unit_test_setup_teardown(what_the_standby_has_not_is_not_durable, open_relay,
                                        close_relay),
        cmocka_unit_test_setup_teardown(a_full_disk_loses_what_waits_and_recovers, open_relay,
                                        close_relay),
        cmocka_unit_test_setup_teardown(a_fact_that_is_not_taken_is_lost_alone, open_relay,
                                        close_relay),
        cmocka_unit_test_setup_teardown(a_transaction_that_was_undone_is_done_again, open_relay,
                                        close_relay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
