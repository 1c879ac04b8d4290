/* Copies and checks of a database that is in use. */
#include "store/journal_upkeep.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/journal_kit.h"

#define ANNA "ANNA-2345"

static int open_kit(void **state)
{
    *state = kit_new(KIT_SQLITE, NULL);
    kit_begin(*state, ANNA);
    return 0;
}

static int close_kit(void **state)
{
    kit_free(*state);
    return 0;
}

struct backup {
    const char *path;
    char to[300];
    int error;
    const char *why;
};

static void *make_backup(void *context)
{
    struct backup *b = context;

    b->error = journal_sqlite_backup(b->path, b->to, &b->why);
    return NULL;
}

/* tests/README.md, row 11 */
static void a_copy_made_while_others_write_is_whole(void **state)
{
    struct kit *k = *state;
    struct backup b = { .path = k->path };
    pthread_t thread;

    snprintf(b.to, sizeof(b.to), "%s.copy", k->path);
    for (int64_t i = 0; i < 100; i++)
        kit_submit(k, kit_batch(ANNA, 2 + 50 * i, 50));
    kit_settle(k);
    size_t before = kit_durable(k);
    assert_int_equal(pthread_create(&thread, NULL, make_backup, &b), 0);
    for (int64_t i = 0; i < 200; i++) {
        kit_submit(k, kit_batch(ANNA, 5002 + 5 * i, 5));
        if (i % 10 == 0)
            kit_settle(k);
    }
    kit_settle(k);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(b.error, 0);
    assert_int_equal(kit_durable(k), before + 200); /* It hindered nobody. */

    struct kit *copy = kit_new(KIT_SQLITE, NULL);
    kit_shut(copy);
    assert_int_equal(rename(b.to, copy->path), 0);
    assert_int_equal(kit_open(copy), 0);
    struct kit_facts f = kit_read(copy, ANNA, 1, 1);
    assert_in_range(f.count, 5001, 6001);
    assert_int_equal((f.count - 5001) % 5, 0); /* Whole batches. */
    assert_true(kit_facts_are(&f, ANNA, 1, (int64_t)f.count));
    kit_facts_clear(&f);
    kit_free(copy);
}

static void a_copy_replaces_nothing(void **state)
{
    struct kit *k = *state;
    const char *why = NULL;

    assert_int_equal(journal_sqlite_backup(k->path, k->path, &why), -EEXIST);
    assert_non_null(strstr(why, k->path));
}

static void there_is_no_copy_of_what_is_not_there(void **state)
{
    struct kit *k = *state;
    const char *why = NULL;
    char to[300], from[300];

    snprintf(from, sizeof(from), "%s.none", k->path);
    snprintf(to, sizeof(to), "%s.copy", k->path);
    assert_true(journal_sqlite_backup(from, to, &why) < 0);
    assert_non_null(why);
    assert_int_equal(access(to, F_OK), -1);
    assert_int_equal(access(from, F_OK), -1);
}

static void a_check_finds_what_opening_does_not(void **state)
{
    struct kit *k = *state;
    const char *why = NULL;
    sqlite3 *db;

    kit_submit_many(k, ANNA, 2, 20);
    kit_settle(k);
    assert_int_equal(journal_sqlite_check(k->path, &why), 0);
    kit_shut(k);
    assert_int_equal(sqlite3_open(k->path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "UPDATE text SET body = upper(body) WHERE fact = 9", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(journal_sqlite_check(k->path, &why), -EBADMSG);
    assert_non_null(strstr(why, ANNA));
    assert_int_equal(kit_open(k), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_copy_made_while_others_write_is_whole, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(a_copy_replaces_nothing, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(there_is_no_copy_of_what_is_not_there, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_check_finds_what_opening_does_not, open_kit, close_kit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
