/* How journal_sqlite goes about it: sharing commits, waking, locking, staying. */
#include "support/journal_kit.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/fault_vfs.h"

#define ANNA "ANNA-2345"
#define BERT "BERT-2345"

static int open_kit(void **state)
{
    fault_install();
    fault_reset();
    *state = kit_new(KIT_SQLITE, "fault");
    return 0;
}

static int close_kit(void **state)
{
    kit_free(*state);
    fault_reset();
    return 0;
}

/* Holds the writer by another process' lock on the database until a thousand batches wait. */
static void what_waits_together_is_committed_together(void **state)
{
    struct kit *k = *state;
    struct journal_figures before, after;
    sqlite3 *other;

    kit_begin(k, ANNA);
    journal_figures(k->journal, &before);
    int64_t syncs = fault_syncs();
    assert_int_equal(sqlite3_open(k->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    kit_submit_many(k, ANNA, 2, 1000);
    usleep(20000);
    assert_int_equal(sqlite3_exec(other, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    kit_settle(k);
    journal_figures(k->journal, &after);
    assert_int_equal(after.facts - before.facts, 1000);
    assert_in_range(after.commits - before.commits, 1, 50);
    assert_in_range(fault_syncs() - syncs, 1, 50);
}

static void nothing_comes_back_before_its_fsync(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    for (int64_t i = 2; i < 20; i++) {
        int64_t syncs = fault_syncs();
        kit_submit(k, kit_batch(ANNA, i, 1));
        kit_settle(k);
        assert_true(fault_syncs() > syncs);
    }
}

static void nobody(void *context, struct batch *b, bool durable)
{
    (void)durable;
    ((struct kit *)context)->pending--;
    batch_free(b);
}

static void the_owner_is_woken_once_for_all_that_it_has_not_taken(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    int64_t wakes = __atomic_load_n(&k->wakes, __ATOMIC_RELAXED);
    kit_submit_many(k, ANNA, 2, 1);
    while (__atomic_load_n(&k->wakes, __ATOMIC_RELAXED) == wakes)
        usleep(1000);
    kit_submit_many(k, ANNA, 3, 5);
    struct journal_figures f;
    do {
        usleep(1000);
        journal_figures(k->journal, &f);
    } while (f.facts < 7);
    assert_int_equal(__atomic_load_n(&k->wakes, __ATOMIC_RELAXED), wakes + 1);
    journal_collect(k->journal, nobody, k);
    assert_int_equal(k->pending, 0);
    kit_submit_many(k, ANNA, 8, 1);
    kit_settle(k);
    assert_int_equal(__atomic_load_n(&k->wakes, __ATOMIC_RELAXED), wakes + 2);
}

/* Whoever leaves what has come for one more commit hears of that one, and then of no further. */
static void what_is_left_lets_the_next_commit_wake(void **state)
{
    struct kit *k = *state;
    struct journal_figures f;

    kit_begin(k, ANNA);
    int64_t wakes = __atomic_load_n(&k->wakes, __ATOMIC_RELAXED);
    for (int64_t seq = 2; seq <= 4; seq++) {
        kit_submit_many(k, ANNA, seq, 1);
        while (__atomic_load_n(&k->wakes, __ATOMIC_RELAXED) == wakes)
            usleep(1000);
        wakes++;
        journal_leave(k->journal);
    }
    kit_submit_many(k, ANNA, 5, 1);
    while (__atomic_load_n(&k->wakes, __ATOMIC_RELAXED) == wakes)
        usleep(1000);
    kit_submit_many(k, ANNA, 6, 1);
    do {
        usleep(1000);
        journal_figures(k->journal, &f);
    } while (f.facts < 6);
    assert_int_equal(__atomic_load_n(&k->wakes, __ATOMIC_RELAXED), wakes + 1);
    journal_collect(k->journal, nobody, k);
    assert_int_equal(k->pending, 0);
}

static void what_is_submitted_in_one_turn_shares_a_commit(void **state)
{
    enum { TURNS = 20, EACH = 6 };
    struct kit *k = *state;
    struct journal_figures before, after;
    int64_t seq = 2;

    kit_begin(k, ANNA);
    journal_figures(k->journal, &before);
    for (int turn = 0; turn < TURNS; turn++) {
        for (int i = 0; i < EACH; i++) {
            assert_int_equal(journal_submit(k->journal, kit_batch(ANNA, seq++, 1)), 0);
            k->pending++;
            usleep(2000); /* Long enough for a writer that is woken to commit it alone. */
        }
        journal_go(k->journal);
        kit_settle(k);
    }
    journal_figures(k->journal, &after);
    assert_int_equal(after.batches - before.batches, TURNS * EACH);
    /* The first one of a turn may find the writer still awake. */
    assert_true(after.commits - before.commits <= 3 * TURNS);
}

static void what_is_closed_is_there_again(void **state)
{
    struct kit *k = *state;
    struct journal_mark m = { .boot_id = "this", .server = 77 };

    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    kit_submit_many(k, ANNA, 2, 700);
    journal_mark_set(k->journal, &m);
    kit_shut(k); /* Nothing of the 700 was waited for: closing does. */
    assert_int_equal(kit_open(k), 0);
    memset(&m, 0, sizeof(m));
    assert_true(journal_mark_get(k->journal, &m));
    assert_int_equal(m.server, 77);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 701));
    kit_facts_clear(&f);
    kit_submit_many(k, ANNA, 702, 3);
    kit_submit_many(k, BERT, 2, 3);
    kit_begin(k, "NEWE-2345");
    kit_settle(k);
    f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 704));
    kit_facts_clear(&f);
    f = kit_read(k, BERT, 1, 1);
    assert_true(kit_facts_are(&f, BERT, 1, 4));
    kit_facts_clear(&f);
}

static void only_one_may_have_it_open(void **state)
{
    struct kit *k = *state;
    struct kit second = { .vfs = k->vfs };

    memcpy(second.path, k->path, sizeof(second.path));
    assert_int_equal(kit_open(&second), -EBUSY);
    assert_non_null(strstr(second.why, "in use by another process"));
    kit_begin(k, ANNA);
}

/* A reading that nobody collects holds up neither commits nor closing. */
static void a_slow_reader_does_not_stop_the_writing(void **state)
{
    struct kit *k = *state;
    struct kit_facts all = { .kit = k };
    struct journal_figures f;

    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    for (int64_t i = 0; i < 80; i++)
        kit_submit(k, kit_batch(ANNA, 2 + 100 * i, 100));
    kit_settle(k); /* 8001 facts: more than all chunks hold. */
    journal_figures(k->journal, &f);
    int64_t facts = f.facts;
    assert_int_equal(journal_read(k->journal, ANNA, 1, 1, kit_fact, &all), 0);
    k->pending++;
    kit_submit_many(k, BERT, 2, 50);
    for (int i = 0; i < 200000 && f.facts < facts + 50; i++) {
        usleep(1000);
        journal_figures(k->journal, &f);
    }
    assert_int_equal(f.facts, facts + 50);
    kit_settle(k);
    assert_true(kit_facts_are(&all, ANNA, 1, 8001));
    kit_facts_clear(&all);
}

/* The log is moved into the database by and by, and does not grow for ever. */
static void the_log_stays_short(void **state)
{
    struct kit *k = *state;
    char name[300];
    int64_t seq = 2;

    kit_begin(k, ANNA);
    for (int round = 0; round < 60; round++) {
        for (int i = 0; i < 10; i++, seq += 100)
            kit_submit(k, kit_batch(ANNA, seq, 100));
        kit_settle(k);
    }
    snprintf(name, sizeof(name), "%s-wal", k->path);
    FILE *wal = fopen(name, "rb");
    assert_non_null(wal);
    assert_int_equal(fseek(wal, 0, SEEK_END), 0);
    assert_in_range(ftell(wal), 1, 40 * 1024 * 1024);
    fclose(wal);
    struct kit_facts f = kit_read(k, ANNA, seq - 500, 1);
    assert_true(kit_facts_are(&f, ANNA, seq - 500, seq - 1));
    kit_facts_clear(&f);
}

/* tests/README.md, row 2, but for its time. */
static void ten_thousand_facts_are_back(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    for (int64_t i = 0; i < 100; i++)
        kit_submit(k, kit_batch(ANNA, 2 + 100 * i, 100));
    kit_shut(k);
    assert_int_equal(kit_open(k), 0);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_int_equal(f.count, 10001);
    kit_facts_clear(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_waits_together_is_committed_together, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(nothing_comes_back_before_its_fsync, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(what_is_left_lets_the_next_commit_wake, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(the_owner_is_woken_once_for_all_that_it_has_not_taken,
                                        open_kit, close_kit),
        cmocka_unit_test_setup_teardown(what_is_submitted_in_one_turn_shares_a_commit, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(what_is_closed_is_there_again, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(only_one_may_have_it_open, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_slow_reader_does_not_stop_the_writing, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(the_log_stays_short, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(ten_thousand_facts_are_back, open_kit, close_kit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
