/* What is redacted or erased leaves no byte.  tests/README.md, row 55, as far as the journal goes.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/journal_kit.h"

static int open_kit(void **state)
{
    *state = kit_new(KIT_SQLITE, NULL);
    return 0;
}

static int close_kit(void **state)
{
    kit_free(*state);
    return 0;
}

static bool file_holds(const char *path, const char *suffix, const void *needle, size_t len)
{
    char name[300];

    snprintf(name, sizeof(name), "%s%s", path, suffix);
    FILE *file = fopen(name, "rb");
    if (!file)
        return false;
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(size + 1);
    assert_non_null(bytes);
    size = fread(bytes, 1, size, file); /* The writer may cut it short meanwhile. */
    fclose(file);
    bool held = memmem(bytes, size, needle, len) != NULL;
    free(bytes);
    return held;
}

static bool disk_holds(const struct kit *k, const void *needle, size_t len)
{
    return file_holds(k->path, "", needle, len) || file_holds(k->path, "-wal", needle, len);
}

static bool disk_holds_text(const struct kit *k, const char *meeting, int64_t seq)
{
    char *text = kit_text(meeting, seq);
    bool held = disk_holds(k, text, strlen(text));

    free(text);
    return held;
}

/* The log is emptied soon after; a reader in the way delays it by a second or so. */
static bool gone_soon(const struct kit *k, const void *needle, size_t len)
{
    for (int i = 0; i < 4000; i++) {
        if (!disk_holds(k, needle, len))
            return true;
        usleep(50000);
    }
    return false;
}

static struct batch *blanking(const char *meeting, int64_t seq, size_t count)
{
    struct batch *b = batch_new(1, count);

    assert_non_null(b);
    snprintf(b->meeting, sizeof(b->meeting), "%s", meeting);
    b->epoch = b->generation = 1;
    b->rows[0] = (struct journal_row){ .seq = seq, .at = 10 * seq, .body = kit_body(meeting, seq) };
    return b;
}

static void a_redacted_text_leaves_no_byte(void **state)
{
    struct kit *k = *state;
    struct batch *with_id = kit_batch("ANNA-2345", 2, 2);
    struct uuid command = with_id->command;
    struct batch *b = blanking("ANNA-2345", 4, 1);
    char *secret = kit_text("ANNA-2345", 2), *made = strdup(with_id->made);

    kit_begin(k, "ANNA-2345");
    kit_submit(k, with_id);
    kit_settle(k);
    assert_true(disk_holds(k, secret, strlen(secret)));
    assert_true(disk_holds(k, command.b, sizeof(command.b)));
    assert_true(disk_holds(k, made, strlen(made)));
    b->blanks[0] = 2;
    kit_submit(k, b);
    kit_settle(k);
    assert_true(gone_soon(k, secret, strlen(secret)));
    assert_false(disk_holds(k, command.b, sizeof(command.b)));
    assert_false(disk_holds(k, made, strlen(made)));
    assert_true(disk_holds_text(k, "ANNA-2345", 3));
    free(secret);
    free(made);
}

/* Many redactions over a long time: rows that move within and between pages leave copies. */
static void no_text_is_left_behind_where_rows_were_moved(void **state)
{
    static const char *const codes[4] = { "ANNA-2345", "BERT-2345", "CARL-2345", "DORA-2345" };
    struct kit *k = *state;
    int64_t last[4] = { 1, 1, 1, 1 };
    bool blank[4][1200] = { { false } };
    unsigned seed = 7;

    for (size_t m = 0; m < 4; m++)
        kit_begin(k, codes[m]);
    for (int round = 0; round < 250; round++) {
        for (size_t m = 0; m < 4; m++) {
            kit_submit(k, kit_batch(codes[m], last[m] + 1, 2));
            last[m] += 2;
        }
        size_t m = (size_t)rand_r(&seed) % 4;
        struct batch *b = blanking(codes[m], last[m] + 1, 10);
        for (size_t i = 0; i < 10; i++) {
            b->blanks[i] = 1 + rand_r(&seed) % last[m];
            blank[m][b->blanks[i]] = true;
        }
        blank[m][++last[m]] = true; /* It has no text. */
        kit_submit(k, b);
        kit_settle(k);
        assert_true(k->returns[k->count - 1].durable);
    }
    assert_int_equal(kit_erase(k, codes[3]), 0);
    kit_shut(k); /* Leaves no log. */
    size_t blanks = 0;
    for (size_t m = 0; m < 4; m++) {
        for (int64_t seq = 1; seq <= last[m]; seq++) {
            bool held = disk_holds_text(k, codes[m], seq);
            assert_true(held == (!blank[m][seq] && m != 3));
            blanks += blank[m][seq] ? 1 : 0;
        }
    }
    assert_in_range(blanks, 500, 4000);
    assert_int_equal(kit_open(k), 0);
    struct kit_facts f = kit_read(k, codes[0], 1, 1);
    assert_int_equal(f.error, 0);
    assert_int_equal(f.count, last[0]);
    kit_facts_clear(&f);
}

static void an_erased_meeting_leaves_no_byte(void **state)
{
    struct kit *k = *state;

    kit_begin(k, "ANNA-2345");
    kit_begin(k, "BERT-2345");
    for (int64_t i = 2; i < 200; i++) {
        kit_submit_many(k, "ANNA-2345", i, 1);
        kit_submit_many(k, "BERT-2345", i, 1);
    }
    kit_settle(k);
    assert_int_equal(kit_erase(k, "ANNA-2345"), 0);
    assert_true(gone_soon(k, "ANNA-2345", 9));
    assert_true(disk_holds(k, "BERT-2345", 9));
}

/* Whoever still reads hinders the log from being emptied; it is tried again. */
static void a_reader_only_delays_it(void **state)
{
    struct kit *k = *state;
    struct batch *b = blanking("ANNA-2345", 3, 1);
    char *secret = kit_text("ANNA-2345", 2);
    sqlite3 *other;

    kit_begin(k, "ANNA-2345");
    kit_submit_many(k, "ANNA-2345", 2, 1);
    kit_settle(k);
    assert_int_equal(sqlite3_open(k->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN; SELECT count(*) FROM fact", NULL, NULL, NULL),
                     SQLITE_OK);
    b->blanks[0] = 2;
    kit_submit(k, b);
    kit_settle(k);
    usleep(1500000);
    assert_true(disk_holds(k, secret, strlen(secret)));
    sqlite3_close(other);
    assert_true(gone_soon(k, secret, strlen(secret)));
    free(secret);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_redacted_text_leaves_no_byte, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(no_text_is_left_behind_where_rows_were_moved, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(an_erased_meeting_leaves_no_byte, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_reader_only_delays_it, open_kit, close_kit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
