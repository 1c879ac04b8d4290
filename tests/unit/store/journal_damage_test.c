/* Files that are damaged, foreign, newer or half upgraded. */
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/sqlite_schema.h"
#include "support/cmocka_all.h"
#include "support/journal_kit.h"

#define ANNA "ANNA-2345"

static int open_kit(void **state)
{
    struct kit *k = kit_new(KIT_SQLITE, NULL);

    kit_begin(k, ANNA);
    for (int64_t i = 0; i < 50; i++)
        kit_submit(k, kit_batch(ANNA, 2 + 10 * i, 10));
    kit_settle(k);
    kit_shut(k);
    *state = k;
    return 0;
}

static int close_kit(void **state)
{
    kit_free(*state);
    return 0;
}

static unsigned char *bytes_of(const struct kit *k, size_t *ret_len)
{
    FILE *file = fopen(k->path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *ret_len = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*ret_len + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *ret_len, file), *ret_len);
    fclose(file);
    return bytes;
}

static void put_bytes(const struct kit *k, const void *bytes, size_t len)
{
    FILE *file = fopen(k->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
}

static void run_sql(const struct kit *k, const char *sql)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(k->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* Opening must be refused with words, and leave the file as it is. */
static void refused(struct kit *k, int error, const char *words)
{
    size_t before_len, after_len;
    unsigned char *before = bytes_of(k, &before_len);

    assert_int_equal(kit_open(k), error);
    assert_non_null(k->why);
    assert_non_null(strstr(k->why, words));
    assert_non_null(strstr(k->why, k->path));
    unsigned char *after = bytes_of(k, &after_len);
    assert_int_equal(before_len, after_len);
    assert_memory_equal(before, after, before_len);
    free(before);
    free(after);
}

/* tests/README.md, row 5 */
static void a_file_that_is_no_database_is_refused(void **state)
{
    static const char text[] = "Dear diary, today there was a meeting, and then another one.";

    put_bytes(*state, text, sizeof(text));
    refused(*state, -EBADMSG, "is not a database");
}

/* tests/README.md, row 5 */
static void an_emptied_file_is_not_begun_anew(void **state)
{
    put_bytes(*state, "", 0);
    refused(*state, -EBADMSG, "is empty: its contents were lost");
}

/* tests/README.md, row 5 */
static void a_log_without_its_database_is_not_begun_anew(void **state)
{
    struct kit *k = *state;
    char wal[300];

    assert_int_equal(unlink(k->path), 0);
    snprintf(wal, sizeof(wal), "%s-wal", k->path);
    FILE *file = fopen(wal, "wb");
    fputs("something", file);
    fclose(file);
    assert_int_equal(kit_open(k), -EBADMSG);
    assert_non_null(strstr(k->why, "is missing, but its log"));
    assert_int_equal(access(k->path, F_OK), -1);
}

/* tests/README.md, row 5 */
static void a_truncated_file_is_refused_wherever_it_ends(void **state)
{
    struct kit *k = *state;
    size_t len;
    unsigned char *bytes = bytes_of(k, &len);

    assert_true(len > 8 * 4096);
    for (size_t cut = 1; cut < len; cut += cut < 600 ? 99 : 2048) {
        put_bytes(k, bytes, cut);
        refused(k, -EBADMSG, "database");
    }
    free(bytes);
}

/* tests/README.md, row 5 */
static void a_page_of_zeros_is_refused(void **state)
{
    struct kit *k = *state;
    size_t len;
    unsigned char *bytes = bytes_of(k, &len);
    unsigned char *copy = malloc(len);

    for (size_t at = 0; at < len; at += 4096) {
        memcpy(copy, bytes, len);
        memset(copy + at, 0, 4096);
        put_bytes(k, copy, len);
        refused(k, -EBADMSG, "database");
    }
    free(copy);
    free(bytes);
}

/* tests/README.md, row 5: a changed letter breaks no structure, so the file opens; the meeting does
 * not. */
static void a_changed_letter_stops_the_meeting(void **state)
{
    struct kit *k = *state;
    static const char *const needles[] = { "body\":\"" ANNA " #77\"", "secret\":\"" ANNA " #77\"",
                                           "made\":\"" ANNA " #72\"" };

    for (size_t i = 0; i < 3; i++) {
        size_t len;
        unsigned char *bytes = bytes_of(k, &len);
        unsigned char *at = memmem(bytes, len, needles[i], strlen(needles[i]));
        assert_non_null(at);
        at[8] ^= 1;
        put_bytes(k, bytes, len);
        assert_int_equal(kit_open(k), 0);
        struct kit_facts f = kit_read(k, ANNA, 1, 1);
        assert_int_equal(f.error, -EBADMSG);
        assert_true(f.count < 501);
        kit_facts_clear(&f);
        kit_shut(k);
        at[8] ^= 1;
        put_bytes(k, bytes, len);
        free(bytes);
    }
}

/* tests/README.md, row 5: rows that are gone or point elsewhere. */
static void a_broken_chain_stops_the_meeting(void **state)
{
    struct kit *k = *state;
    /* Zeros in the head of a row make its values NULL. */
    static const char *const harm[] = { "DELETE FROM fact WHERE seq = 300",
                                        "UPDATE fact SET prev = prev - 1 WHERE seq = 200",
                                        "DELETE FROM text WHERE fact = 100",
                                        "UPDATE text SET body = NULL, sum = NULL WHERE fact = 100",
                                        "UPDATE text SET body = NULL WHERE fact = 100" };

    for (size_t i = 0; i < sizeof(harm) / sizeof(harm[0]); i++) {
        run_sql(k, "BEGIN; CREATE TABLE f AS SELECT * FROM fact; CREATE TABLE t AS SELECT * FROM"
                   " text; COMMIT");
        run_sql(k, harm[i]);
        assert_int_equal(kit_open(k), 0);
        struct kit_facts f = kit_read(k, ANNA, 1, 1);
        assert_int_equal(f.error, -EBADMSG);
        kit_facts_clear(&f);
        kit_shut(k);
        run_sql(k, "BEGIN; DELETE FROM fact; DELETE FROM text; INSERT INTO fact SELECT * FROM f;"
                   " INSERT INTO text SELECT * FROM t; DROP TABLE f; DROP TABLE t; COMMIT");
    }
    assert_int_equal(kit_open(k), 0);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 501));
    kit_facts_clear(&f);
}

/* tests/README.md, row 5 */
static void a_database_of_another_program_is_refused(void **state)
{
    struct kit *k = *state;

    assert_int_equal(unlink(k->path), 0);
    run_sql(k, "CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('cake')");
    refused(k, -EBADMSG, "of another program");
}

/* tests/README.md, row 5: the number says ours, the tables do not. */
static void a_database_without_our_tables_is_refused(void **state)
{
    run_sql(*state, "DROP TABLE text");
    assert_int_equal(kit_open(*state), -EBADMSG);
}

/* tests/README.md, row 5: of the first release, with a number that no release has. */
static void a_schema_without_a_number_is_refused(void **state)
{
    run_sql(*state, "PRAGMA user_version = 0");
    refused(*state, -EBADMSG, "its schema has the number 0");
    run_sql(*state, "PRAGMA user_version = -1");
    refused(*state, -EBADMSG, "its schema has the number -1");
}

/* tests/README.md, row 10: what is half brought up to date by somebody else is named. */
static void an_upgrade_that_cannot_be_says_why(void **state)
{
    run_sql(*state, "PRAGMA user_version = 1");
    refused(*state, -EIO, "table erased already exists");
}

/* tests/README.md, row 10 */
static void a_newer_schema_is_refused(void **state)
{
    char sql[64];

    snprintf(sql, sizeof(sql), "PRAGMA user_version = %zu", schema_newest() + 1);
    run_sql(*state, sql);
    refused(*state, -EPROTO, "newer version");
}

static int64_t number_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

/* What was redacted before a text without a body had a sum. */
static void a_redacted_text_of_an_earlier_schema_is_no_damage(void **state)
{
    struct kit *k = *state;
    sqlite3 *db;

    run_sql(k, "UPDATE text SET body = NULL, sum = NULL WHERE fact = 100; PRAGMA user_version = 2");
    assert_int_equal(kit_open(k), 0);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_int_equal(f.error, 0);
    assert_int_equal(f.count, 501);
    assert_null(f.facts[99].text);
    kit_facts_clear(&f);
    kit_shut(k);
    assert_int_equal(sqlite3_open(k->path, &db), SQLITE_OK);
    assert_int_equal(number_of(db, "SELECT count(*) FROM text WHERE sum = ~fact"), 1);
    assert_int_equal(number_of(db, "PRAGMA user_version"), 3);
    sqlite3_close(db);
    assert_int_equal(kit_open(k), 0);
}

/* tests/README.md, row 10: a migration is there with its number, or not at all. */
static void an_interrupted_upgrade_goes_on_where_it_stopped(void **state)
{
    static const char *const broken[] = {
        "CREATE TABLE a (n INTEGER)", "CREATE TABLE b (n INTEGER); INSERT INTO a VALUES (1)",
        "CREATE TABLE c (n INTEGER); INSERT INTO b VALUES (1); INSERT INTO nowhere VALUES (1)"
    };
    const char *whole[] = { broken[0], broken[1],
                            "CREATE TABLE c (n INTEGER); INSERT INTO b VALUES (1)" };
    const char *why = NULL;
    sqlite3 *db;

    (void)state;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_true(schema_upgrade(db, broken, 3, &why) < 0);
    assert_non_null(strstr(why, "nowhere"));
    assert_true(sqlite3_get_autocommit(db));
    assert_int_equal(number_of(db, "PRAGMA user_version"), 2);
    assert_int_equal(number_of(db, "SELECT count(*) FROM sqlite_schema"), 2);
    assert_int_equal(number_of(db, "SELECT count(*) FROM b"), 0);

    assert_int_equal(schema_upgrade(db, whole, 3, &why), 0);
    assert_int_equal(number_of(db, "PRAGMA user_version"), 3);
    assert_int_equal(number_of(db, "PRAGMA application_id"), SCHEMA_APPLICATION);
    assert_int_equal(number_of(db, "SELECT count(*) FROM a"), 1);
    assert_int_equal(number_of(db, "SELECT count(*) FROM b"), 1);
    assert_int_equal(schema_upgrade(db, whole, 3, &why), 0);
    assert_int_equal(number_of(db, "SELECT count(*) FROM a"), 1);
    assert_int_equal(schema_upgrade(db, whole, 2, &why), -EPROTO);
    sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_that_is_no_database_is_refused, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(an_emptied_file_is_not_begun_anew, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_log_without_its_database_is_not_begun_anew, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(a_truncated_file_is_refused_wherever_it_ends, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(a_page_of_zeros_is_refused, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_changed_letter_stops_the_meeting, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_broken_chain_stops_the_meeting, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_redacted_text_of_an_earlier_schema_is_no_damage, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(a_database_of_another_program_is_refused, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(a_database_without_our_tables_is_refused, open_kit,
                                        close_kit),
        cmocka_unit_test_setup_teardown(a_schema_without_a_number_is_refused, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(an_upgrade_that_cannot_be_says_why, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_newer_schema_is_refused, open_kit, close_kit),
        cmocka_unit_test(an_interrupted_upgrade_goes_on_where_it_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
