/* Files that are cut short, changed, taken away or put back while nobody looks, or while the
 * journal has them open.  Each is noticed, or has lost nothing.
 *
 * tests/README.md, rows 62 and 69. */
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/check.h"
#include "support/cmocka_all.h"
#include "support/journal_kit.h"

#define ANNA "ANNA-2345"
#define BERT "BERT-2345"

enum { FACTS = 60, FILES = 4 };

static const char *const suffixes[FILES] = { "", "-wal", "-shm", "-lock" };

/* What a server that was killed has left. */
struct left {
    unsigned char *bytes[FILES];
    size_t len[FILES];
};

static const char *name_of(const struct kit *k, const char *suffix)
{
    static char name[320];

    snprintf(name, sizeof(name), "%s%s", k->path, suffix);
    return name;
}

static void put(const struct kit *k, const char *suffix, const void *bytes, size_t len)
{
    FILE *file = fopen(name_of(k, suffix), "wb");

    CHECK(file && fwrite(bytes, 1, len, file) == len && fclose(file) == 0);
}

/* Copies the files while the journal is open, which is what kill -9 would leave of them. */
static struct left leave(const struct kit *k)
{
    struct left l;

    for (int i = 0; i < FILES; i++) {
        FILE *file = fopen(name_of(k, suffixes[i]), "rb");
        struct stat st;
        CHECK(file && fstat(fileno(file), &st) == 0);
        l.len[i] = (size_t)st.st_size;
        l.bytes[i] = malloc(l.len[i] + 1);
        CHECK(l.bytes[i] && fread(l.bytes[i], 1, l.len[i], file) == l.len[i]);
        fclose(file);
    }
    return l;
}

static void put_back(const struct kit *k, const struct left *l)
{
    for (int i = 0; i < FILES; i++)
        put(k, suffixes[i], l->bytes[i], l->len[i]);
}

static void left_free(struct left *l)
{
    for (int i = 0; i < FILES; i++)
        free(l->bytes[i]);
}

/* A journal of FACTS facts, all in the log but those before `moved`, and killed. */
static struct left kill_one(struct kit *k, int64_t moved)
{
    sqlite3 *db;

    kit_begin(k, ANNA);
    for (int64_t seq = 2; seq <= FACTS; seq++) {
        kit_submit_many(k, ANNA, seq, 1);
        kit_settle(k);
        if (seq != moved)
            continue;
        CHECK(sqlite3_open(k->path, &db) == SQLITE_OK);
        CHECK(sqlite3_exec(db, "SELECT 1 FROM fact; PRAGMA wal_checkpoint(PASSIVE)", NULL, NULL,
                           NULL) == SQLITE_OK);
        sqlite3_close(db);
    }
    struct left l = leave(k);
    kit_shut(k);
    put_back(k, &l);
    return l;
}

/* Opens it: refused, with `words`; or NULL, and all is there. */
static void opens(struct kit *k, const char *words)
{
    int error = kit_open(k);

    if (words) {
        assert_int_equal(error, -EBADMSG);
        assert_non_null(strstr(k->why, words));
        return;
    }
    if (error)
        print_error("%s\n", k->why);
    assert_int_equal(error, 0);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, FACTS));
    kit_facts_clear(&f);
    kit_shut(k);
}

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

/* tests/README.md, row 5: wherever the log ends, with some of it in the database or without. */
static void a_log_that_is_cut_short_is_refused(void **state)
{
    for (int64_t moved = 0; moved <= FACTS / 2; moved += FACTS / 2) {
        struct kit *k = *state;
        struct left l = kill_one(k, moved);
        for (size_t cut = 0; cut < l.len[1]; cut += cut < 64 ? 16 : 3001) {
            put_back(k, &l);
            put(k, "-wal", l.bytes[1], cut);
            opens(k, "is damaged: of");
        }
        put_back(k, &l);
        assert_int_equal(unlink(name_of(k, "-wal")), 0);
        opens(k, "is damaged: of");
        put_back(k, &l);
        opens(k, NULL);
        left_free(&l);
        kit_free(k);
        *state = kit_new(KIT_SQLITE, NULL);
    }
}

/* tests/README.md, row 5: any bit of it. */
static void a_log_with_another_bit_is_refused(void **state)
{
    struct kit *k = *state;
    struct left l = kill_one(k, 0);

    for (size_t at = 0; at < l.len[1]; at += at < 56 ? 1 : 1499) {
        put_back(k, &l);
        l.bytes[1][at] ^= (unsigned char)(1 << at % 8);
        put(k, "-wal", l.bytes[1], l.len[1]);
        l.bytes[1][at] ^= (unsigned char)(1 << at % 8);
        opens(k, "is damaged: of");
    }
    left_free(&l);
}

/* The log is superfluous where the database has all of it: without it nothing is missing, and with
 * half of it the database would be put back to what it was. */
static void a_log_that_the_database_has_may_be_gone_but_not_halved(void **state)
{
    struct kit *k = *state;
    struct left l = kill_one(k, FACTS);

    assert_int_equal(unlink(name_of(k, "-wal")), 0);
    opens(k, NULL);
    put_back(k, &l);
    put(k, "-wal", "", 0);
    opens(k, NULL);
    put_back(k, &l);
    put(k, "-wal", l.bytes[1], l.len[1] / 2);
    opens(k, "The database itself has them all");
    assert_int_equal(unlink(name_of(k, "-wal")), 0); /* As it says. */
    assert_int_equal(unlink(name_of(k, "-shm")), 0);
    opens(k, NULL);
    left_free(&l);
}

/* What stands in -shm is made anew from the log: it may be anything. */
static void what_is_noted_of_the_log_may_be_gone_or_damaged(void **state)
{
    struct kit *k = *state;
    struct left l = kill_one(k, FACTS / 2);

    assert_int_equal(unlink(name_of(k, "-shm")), 0);
    opens(k, NULL);
    for (size_t at = 0; at < 136; at++) {
        put_back(k, &l);
        l.bytes[2][at] ^= 4;
        put(k, "-shm", l.bytes[2], l.len[2]);
        l.bytes[2][at] ^= 4;
        opens(k, NULL);
    }
    for (size_t cut = 0; cut < 200; cut += 20) {
        put_back(k, &l);
        put(k, "-shm", l.bytes[2], cut);
        opens(k, NULL);
    }
    left_free(&l);
}

/* After a power cut -shm may be older than the log: it is believed of its own log alone. */
static void what_is_noted_of_an_earlier_log_is_not_believed_after_a_power_cut(void **state)
{
    struct kit *k = *state;
    struct left early = kill_one(k, 0);

    opens(k, NULL);
    assert_int_equal(kit_open(k), 0);
    kit_shut(k);
    put(k, "-shm", early.bytes[2], early.len[2]);
    put(k, "-lock", "00000000-0000-4000-8000-000000000000\n", 37);
    opens(k, NULL);
    put(k, "-shm", early.bytes[2], early.len[2]); /* In the same boot it is what was there last. */
    opens(k, "is damaged: of");
    left_free(&early);
}

/* tests/README.md, row 5: an older copy of the database beside the log of a newer one. */
static void a_database_whose_facts_do_not_end_where_its_meetings_do_is_refused(void **state)
{
    static const char *const harm[] = { "DELETE FROM fact WHERE seq > 50",
                                        "UPDATE meeting SET last_fact = 50, last_seq = 50" };
    struct kit *k = *state;
    struct left l = kill_one(k, FACTS);

    for (size_t i = 0; i < 2; i++) {
        sqlite3 *db;
        put_back(k, &l);
        assert_int_equal(sqlite3_open(k->path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, harm[i], NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        opens(k, "its newest fact and that of its meetings differ");
    }
    left_free(&l);
}

/* Of what was erased empty facts stay, which no meeting ends with. */
static void a_database_whose_newest_meeting_was_erased_opens(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    kit_submit_many(k, ANNA, 2, FACTS - 1);
    kit_begin(k, BERT);
    assert_int_equal(kit_erase(k, BERT), 0);
    kit_shut(k);
    opens(k, NULL);
    assert_int_equal(kit_open(k), 0);
    assert_int_equal(kit_erase(k, ANNA), 0);
    kit_shut(k);
    assert_int_equal(kit_open(k), 0);
}

/* tests/README.md, row 5: whatever tells that there was a database. */
static void a_database_that_is_gone_is_not_begun_anew(void **state)
{
    static const char *const words[FILES] = { NULL, "but its log", "but its log",
                                              "-lock says that" };
    struct kit *k = *state;
    struct left l = kill_one(k, 0);

    for (int kept = 1; kept < FILES; kept++) {
        put_back(k, &l);
        for (int i = 0; i < FILES; i++)
            if (i != kept)
                assert_int_equal(unlink(name_of(k, suffixes[i])), 0);
        opens(k, words[kept]);
        assert_int_equal(access(k->path, F_OK), -1);
        assert_int_equal(unlink(name_of(k, suffixes[kept])), 0);
        (void)unlink(name_of(k, "-lock"));
    }
    put(k, "-lock", "", 0); /* It was ended before it had made one. */
    assert_int_equal(kit_open(k), 0);
    kit_shut(k);
    left_free(&l);
}

/* tests/README.md, row 5: what happens to a file while the journal has it open. */
static void harmed(struct kit *k, const char *suffix, const void *by, size_t len)
{
    const char *why;

    kit_begin(k, ANNA);
    kit_submit_many(k, ANNA, 2, FACTS - 2);
    kit_settle(k);
    assert_int_equal(unlink(name_of(k, suffix)), 0);
    if (by)
        put(k, suffix, by, len);
    size_t durable = kit_durable(k);
    kit_submit_many(k, ANNA, FACTS, 1);
    kit_settle(k);
    assert_int_equal(kit_durable(k), durable);
    assert_int_equal(journal_health(k->journal, &why), -ENOENT);
    assert_non_null(strstr(why, name_of(k, suffix)));
    assert_non_null(strstr(why, "all that was acknowledged is in"));
    kit_shut(k);

    /* The copy has it all, with what was written last and acknowledged to nobody. */
    struct kit *saved = kit_new(KIT_SQLITE, NULL);
    kit_shut(saved);
    assert_int_equal(rename(name_of(k, "-saved"), saved->path), 0);
    opens(saved, NULL);
    kit_free(saved);
}

static void a_file_that_is_taken_away_ends_it(void **state)
{
    for (int i = 0; i < FILES; i++) {
        harmed(*state, suffixes[i], NULL, 0);
        kit_free(*state);
        *state = kit_new(KIT_SQLITE, NULL);
    }
}

static void a_file_that_is_replaced_ends_it(void **state)
{
    for (int i = 0; i < FILES; i++) {
        harmed(*state, suffixes[i], "something else", 14);
        kit_free(*state);
        *state = kit_new(KIT_SQLITE, NULL);
    }
}

int main(void)
{
#define IN_A_KIT(test) cmocka_unit_test_setup_teardown(test, open_kit, close_kit)
    const struct CMUnitTest tests[] = {
        IN_A_KIT(a_log_that_is_cut_short_is_refused),
        IN_A_KIT(a_log_with_another_bit_is_refused),
        IN_A_KIT(a_log_that_the_database_has_may_be_gone_but_not_halved),
        IN_A_KIT(what_is_noted_of_the_log_may_be_gone_or_damaged),
        IN_A_KIT(what_is_noted_of_an_earlier_log_is_not_believed_after_a_power_cut),
        IN_A_KIT(a_database_whose_facts_do_not_end_where_its_meetings_do_is_refused),
        IN_A_KIT(a_database_whose_newest_meeting_was_erased_opens),
        IN_A_KIT(a_database_that_is_gone_is_not_begun_anew),
        IN_A_KIT(a_file_that_is_taken_away_ends_it),
        IN_A_KIT(a_file_that_is_replaced_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
