/* How journal_memory misbehaves, when it is told to. */
#include "store/journal_memory.h"

#include "support/cmocka_all.h"
#include "support/journal_kit.h"

#define ANNA "ANNA-2345"

static int open_kit(void **state)
{
    *state = kit_new(KIT_MEMORY, NULL);
    kit_begin(*state, ANNA);
    return 0;
}

static int close_kit(void **state)
{
    kit_free(*state);
    return 0;
}

static void count_done(void *context, struct batch *b, bool durable)
{
    *(size_t *)context += durable ? 1 : 100;
    batch_free(b);
}

static void only_what_is_committed_comes_back(void **state)
{
    struct kit *k = *state;
    size_t n = 0;

    for (int64_t i = 2; i <= 6; i++)
        assert_int_equal(journal_submit(k->journal, kit_batch(ANNA, i, 1)), 0);
    assert_int_equal(journal_memory_waiting(k->journal), 5);
    journal_collect(k->journal, count_done, &n);
    assert_int_equal(n, 0);
    journal_memory_commit(k->journal, 3);
    assert_int_equal(journal_memory_waiting(k->journal), 2);
    journal_collect(k->journal, count_done, &n);
    assert_int_equal(n, 3);
    journal_memory_commit(k->journal, 100);
    journal_collect(k->journal, count_done, &n);
    assert_int_equal(n, 5);
}

static void a_failed_batch_takes_its_followers(void **state)
{
    struct kit *k = *state;

    journal_memory_fail(k->journal, 2);
    kit_submit_many(k, ANNA, 2, 5);
    kit_settle(k);
    assert_int_equal(kit_durable(k), 1);
    struct kit_facts f = kit_read(k, ANNA, 1, 2);
    assert_true(kit_facts_are(&f, ANNA, 1, 1));
    kit_facts_clear(&f);
    struct batch *b = kit_batch(ANNA, 2, 1);
    b->generation = 2;
    kit_submit(k, b);
    kit_settle(k);
    assert_int_equal(kit_durable(k), 2);
}

static void a_crash_keeps_what_was_durable_and_nothing_else(void **state)
{
    struct kit *k = *state;
    struct journal_mark m = { .boot_id = "b" }, got;

    kit_submit_many(k, ANNA, 2, 5);
    journal_memory_commit(k->journal, 3);
    journal_mark_set(k->journal, &m);
    assert_int_equal(journal_declare(k->journal, "BERT-2345", 1), 0);
    journal_memory_crash(k->journal);
    k->pending = 0;
    assert_int_equal(journal_memory_waiting(k->journal), 0);
    assert_false(journal_mark_get(k->journal, &got));
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 4));
    kit_facts_clear(&f);
    assert_int_equal(k->count, 1);
    kit_submit_many(k, ANNA, 5, 1);
    kit_settle(k);
    assert_int_equal(kit_durable(k), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_what_is_committed_comes_back, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_failed_batch_takes_its_followers, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_crash_keeps_what_was_durable_and_nothing_else, open_kit,
                                        close_kit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
