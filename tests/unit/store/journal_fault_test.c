/* Disks that fail, fill up and lose their power. */
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/fault_vfs.h"
#include "support/journal_kit.h"

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

static void submit_as(struct kit *k, int64_t seq, int64_t generation)
{
    struct batch *b = kit_batch(ANNA, seq, 1);

    b->generation = generation;
    kit_submit(k, b);
    kit_settle(k);
}

/* tests/README.md, row 4, as far as the journal goes: readers go on, and so does writing when there
 * is room. */
static void a_full_disk_loses_what_waits_and_recovers(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    kit_submit_many(k, ANNA, 2, 9);
    kit_settle(k);
    fault_plan(FAULT_FULL, 1);
    kit_submit_many(k, ANNA, 11, 20);
    kit_settle(k);
    assert_true(fault_struck());
    assert_int_equal(kit_durable(k), 10);
    assert_int_equal(journal_health(k->journal, NULL), 0);
    assert_int_equal(journal_trouble(k->journal), -ENOSPC);
    struct kit_facts f = kit_read(k, ANNA, 1, 2);
    assert_true(kit_facts_are(&f, ANNA, 1, 10));
    kit_facts_clear(&f);

    submit_as(k, 11, 2); /* Still full. */
    assert_int_equal(kit_durable(k), 10);
    fault_plan(FAULT_NONE, 0);
    submit_as(k, 11, 2);
    assert_int_equal(kit_durable(k), 11);
    assert_int_equal(journal_trouble(k->journal), 0);
    f = kit_read(k, ANNA, 1, 2);
    assert_true(kit_facts_are(&f, ANNA, 1, 11));
    kit_facts_clear(&f);
}

/* Even a meeting whose very first batch was lost can begin again. */
static void a_meeting_whose_beginning_was_lost_can_begin_again(void **state)
{
    struct kit *k = *state;

    assert_int_equal(journal_declare(k->journal, ANNA, 500), 0);
    fault_plan(FAULT_FULL, 1);
    kit_submit_many(k, ANNA, 1, 2);
    kit_settle(k);
    assert_int_equal(kit_durable(k), 0);
    fault_plan(FAULT_NONE, 0);
    struct kit_facts f = kit_read(k, ANNA, 1, 2);
    assert_int_equal(f.error, 0);
    assert_int_equal(f.count, 0);
    kit_facts_clear(&f);
    submit_as(k, 1, 2);
    assert_int_equal(kit_durable(k), 1);
}

static void a_write_that_fails(struct kit *k, enum fault kind)
{
    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    for (int64_t i = 0; i < 5; i++) {
        fault_plan(kind, 1);
        kit_submit_many(k, ANNA, 2 + i, 1);
        kit_settle(k);
        assert_true(fault_struck());
        assert_false(k->returns[k->count - 1].durable);
        assert_int_equal(journal_health(k->journal, NULL), 0);
        kit_submit_many(k, ANNA, 2 + i, 1);
        kit_settle(k);
        assert_true(k->returns[k->count - 1].durable);
    }
    kit_shut(k);
    assert_int_equal(kit_open(k), 0);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 6));
    kit_facts_clear(&f);
}

static void a_write_that_fails_leaves_no_trace(void **state)
{
    a_write_that_fails(*state, FAULT_WRITE);
}

static void a_write_that_stops_half_way_leaves_no_trace(void **state)
{
    a_write_that_fails(*state, FAULT_SHORT);
}

/* tests/README.md, row 3 */
static void an_fsync_that_fails_is_the_end(void **state)
{
    struct kit *k = *state;
    const char *why;

    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    kit_submit_many(k, ANNA, 2, 5);
    kit_settle(k);
    fault_plan(FAULT_SYNC, 1);
    kit_submit_many(k, ANNA, 7, 5);
    kit_settle(k);
    assert_true(fault_struck());
    assert_int_equal(journal_health(k->journal, &why), -EIO);
    assert_non_null(strstr(why, "disk I/O error"));
    kit_submit_many(k, BERT, 2, 3);
    assert_int_equal(journal_declare(k->journal, "NEWE-2345", 1), 0);
    kit_settle(k);
    assert_int_equal(kit_durable(k), 7);

    fault_plan(FAULT_NONE, 0);
    kit_shut(k);
    assert_int_equal(kit_open(k), 0);
    assert_int_equal(journal_health(k->journal, NULL), 0);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    /* What failed may be there after all; what was durable is. */
    assert_in_range(f.count, 6, 11);
    assert_true(kit_facts_are(&f, ANNA, 1, (int64_t)f.count));
    kit_facts_clear(&f);
}

/* The workload of the power cuts: two meetings, batches of one to three facts, now and then a
 * blank, which empties the log, and a mark. */
static void work(struct kit *k, size_t count)
{
    int64_t next[2] = { 1, 1 };
    static const char *const codes[2] = { ANNA, BERT };

    journal_declare(k->journal, ANNA, 1);
    journal_declare(k->journal, BERT, 2);
    for (size_t i = 0; i < count; i++) {
        size_t m = i % 3 ? 0 : 1;
        size_t facts = 1 + i % 3;
        struct batch *b = kit_batch(codes[m], next[m], facts);
        if (i % 11 == 10) {
            struct batch *with = batch_new(facts, 1);
            memcpy(with->rows, b->rows, facts * sizeof(*b->rows));
            memset(b->rows, 0, facts * sizeof(*b->rows));
            memcpy(with->meeting, b->meeting, sizeof(b->meeting));
            with->epoch = with->generation = 1;
            with->blanks[0] = next[m] - 1;
            batch_free(b);
            b = with;
            journal_mark_set(k->journal, &(struct journal_mark){ .boot_id = "x" });
        }
        next[m] += (int64_t)facts;
        kit_submit(k, b);
        if (i % 4 == 3)
            kit_settle(k);
    }
    kit_settle(k);
}

/* All that was reported durable is there, once, and nothing half: whole batches in a row from
 * the first on. */
static void look(struct kit *k, const char *code)
{
    int64_t durable = 0, whole[KIT_RETURNS_MAX];
    size_t wholes = 0;

    for (size_t i = 0; i < k->count; i++) {
        const struct kit_return *r = &k->returns[i];
        if (strcmp(r->meeting, code) != 0)
            continue;
        if (r->durable)
            durable = r->last;
        whole[wholes++] = r->last;
    }
    struct kit_facts f = kit_read(k, code, 1, 1);
    assert_true(f.error == 0 || (f.error == -ENOENT && durable == 0));
    int64_t last = (int64_t)f.count;
    assert_true(last >= durable);
    bool at_an_end = last == 0;
    for (size_t i = 0; i < wholes; i++)
        at_an_end |= whole[i] == last;
    assert_true(at_an_end);
    for (size_t i = 0; i < f.count; i++) {
        char *body = kit_body(code, (int64_t)i + 1);
        assert_int_equal(f.facts[i].seq, i + 1);
        assert_string_equal(f.facts[i].body, body);
        free(body);
    }
    kit_facts_clear(&f);
}

static void cut_at(int64_t n, uint64_t seed)
{
    struct kit *k = kit_new(KIT_SQLITE, "fault");

    fault_reset();
    fault_plan(FAULT_POWER, n);
    work(k, 40);
    kit_shut(k);
    fault_restore(seed);
    char shm[300];
    snprintf(shm, sizeof(shm), "%s-shm", k->path);
    (void)unlink(shm);
    int error = kit_open(k);
    if (error)
        print_error("cut at %lld, seed %llu: %s\n", (long long)n, (unsigned long long)seed, k->why);
    assert_int_equal(error, 0);
    look(k, ANNA);
    look(k, BERT);
    kit_free(k);
    fault_reset();
}

/* tests/README.md, row 2 */
static void a_power_cut_at_any_operation_loses_nothing_durable(void **state)
{
    (void)state;
    fault_install();
    fault_reset();
    struct kit *k = kit_new(KIT_SQLITE, "fault");
    int64_t from = fault_operations();
    work(k, 40);
    int64_t operations = fault_operations() - from;
    assert_int_equal(kit_durable(k), 40);
    kit_free(k);
    assert_in_range(operations, 50, 5000);

    for (int64_t n = 1; n <= operations; n++) {
        cut_at(n, 0);
        cut_at(n, (uint64_t)n * 2654435761U + 1);
    }
}

/* tests/README.md, row 2: a power cut while the database is made leaves a start that makes it. */
static void a_power_cut_while_it_is_made_leaves_none_or_a_whole_one(void **state)
{
    (void)state;
    fault_install();
    for (int64_t n = 1; n < 60; n++) {
        fault_reset();
        struct kit *k = kit_new(KIT_SQLITE, NULL);
        char lock[300];
        kit_shut(k);
        snprintf(lock, sizeof(lock), "%s-lock", k->path);
        assert_int_equal(unlink(k->path), 0);
        assert_int_equal(unlink(lock), 0);
        k->vfs = "fault";
        fault_plan(FAULT_POWER, n);
        if (kit_open(k) == 0)
            kit_shut(k);
        fault_restore((uint64_t)n);
        assert_int_equal(kit_open(k), 0);
        kit_begin(k, ANNA);
        assert_int_equal(kit_durable(k), 1);
        kit_free(k);
    }
    fault_reset();
}

/* Makes of the closed journal one of the first schema, as an earlier release left it. */
static void as_first_schema(const struct kit *k)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(k->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "DROP TABLE erased; PRAGMA user_version = 1;"
                                  "PRAGMA wal_checkpoint(TRUNCATE)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
}

/* tests/README.md, row 10: the power goes at each operation of an upgrade in turn. */
static void an_upgrade_that_the_power_ends_is_whole_or_not_begun(void **state)
{
    struct kit *k = *state;
    bool struck = true;

    kit_begin(k, ANNA);
    kit_submit_many(k, ANNA, 2, 20);
    kit_settle(k);
    kit_shut(k);
    for (int64_t n = 1; struck; n++) {
        as_first_schema(k);
        fault_reset();
        fault_plan(FAULT_POWER, n);
        bool opened = kit_open(k) == 0;
        struck = fault_struck();
        assert_true(opened || struck);
        if (opened)
            kit_shut(k);
        fault_restore((uint64_t)n);
        fault_reset();
        assert_int_equal(kit_open(k), 0);
        struct kit_facts f = kit_read(k, ANNA, 1, 1);
        assert_true(kit_facts_are(&f, ANNA, 1, 21));
        kit_facts_clear(&f);
        assert_int_equal(kit_erase(k, "DORA-2345"), -ENOENT);
        kit_shut(k);
        assert_true(n < 200);
    }
    assert_int_equal(kit_open(k), 0);
    assert_int_equal(kit_erase(k, ANNA), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_full_disk_loses_what_waits_and_recovers, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(a_meeting_whose_beginning_was_lost_can_begin_again,
                                        open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_write_that_fails_leaves_no_trace, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_write_that_stops_half_way_leaves_no_trace, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(an_fsync_that_fails_is_the_end, open_kit, close_kit),
        cmocka_unit_test(a_power_cut_at_any_operation_loses_nothing_durable),
        cmocka_unit_test(a_power_cut_while_it_is_made_leaves_none_or_a_whole_one),
        cmocka_unit_test_setup_teardown(an_upgrade_that_the_power_ends_is_whole_or_not_begun,
                                        open_kit, close_kit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
