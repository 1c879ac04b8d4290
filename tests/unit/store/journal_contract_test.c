/* journal_contract_test.c -- what journal.h promises, asked of both kinds. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/journal.h"
#include "store/journal_memory.h"

#include "support/cmocka_all.h"

static const char code[] = "ABCD-2345";

struct bench {
    struct journal *journal;
    bool memory;
    char folder[64], path[96];
    size_t durable, lost;
    int64_t order[64]; /* First numbers, as they came back. */
    size_t facts;
    int64_t last_seq;
    int error;
    bool ended;
    char body[256], text[256], made[256];
    struct uuid command;
    bool has_command;
    char first_text[256]; /* Of fact number 1. */
    bool first_had_command;
};

static void on_wake(void *context)
{
    (void)context;
}

static void open_sqlite(struct bench *b)
{
    const char *why = "";

    assert_int_equal(journal_sqlite_open(b->path, on_wake, NULL, &b->journal, &why), 0);
}

static int set_up_memory(void **state)
{
    struct bench *b = calloc(1, sizeof(*b));

    b->memory = true;
    b->journal = journal_memory_new();
    *state = b;
    return b->journal ? 0 : -1;
}

static int set_up_sqlite(void **state)
{
    struct bench *b = calloc(1, sizeof(*b));

    snprintf(b->folder, sizeof(b->folder), "journal-XXXXXX");
    if (!mkdtemp(b->folder))
        return -1;
    snprintf(b->path, sizeof(b->path), "%s/runde.db", b->folder);
    open_sqlite(b);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *b = *state;
    static const char *const ends[] = { "", "-wal", "-shm" };

    journal_close(b->journal);
    for (size_t i = 0; !b->memory && i < 3; i++) {
        char path[128];
        snprintf(path, sizeof(path), "%s%s", b->path, ends[i]);
        unlink(path);
    }
    if (!b->memory)
        rmdir(b->folder);
    free(b);
    return 0;
}

static void returned(void *context, struct batch *batch, bool durable)
{
    struct bench *b = context;

    if (b->durable + b->lost < 64)
        b->order[b->durable + b->lost] = batch->rows[0].seq;
    *(durable ? &b->durable : &b->lost) += 1;
    batch_free(batch);
}

static void settle(struct bench *b, size_t batches)
{
    for (int tries = 0; tries < 2000 && b->durable + b->lost < batches; tries++) {
        if (b->memory)
            journal_memory_commit(b->journal, 1);
        journal_collect(b->journal, returned, b);
        if (!b->memory)
            poll(NULL, 0, 1);
    }
    assert_int_equal(b->durable + b->lost, batches);
}

static struct batch *batch_at(int64_t seq, int64_t generation, const char *text)
{
    struct batch *b = batch_new(1, 0);

    assert_non_null(b);
    memcpy(b->meeting, code, sizeof(code));
    b->epoch = 1;
    b->generation = generation;
    b->wall = 1778000000000;
    b->rows[0].seq = seq;
    b->rows[0].at = seq * 1000;
    b->rows[0].body = strdup("{\"fact\":\"x\"}");
    b->rows[0].text = text ? strdup(text) : NULL;
    return b;
}

static void took(void *context, const struct journal_fact *fact, int error)
{
    struct bench *b = context;

    if (fact->seq == 0) {
        b->ended = true;
        b->error = error;
        return;
    }
    b->facts++;
    assert_int_equal(fact->seq, b->last_seq + 1);
    b->last_seq = fact->seq;
    snprintf(b->body, sizeof(b->body), "%s", fact->body);
    snprintf(b->text, sizeof(b->text), "%s", fact->text ? fact->text : "");
    snprintf(b->made, sizeof(b->made), "%s", fact->made ? fact->made : "");
    b->has_command = fact->command != NULL;
    if (fact->seq == 1) {
        memcpy(b->first_text, b->text, sizeof(b->text));
        b->first_had_command = b->has_command;
    }
    if (fact->command)
        b->command = *fact->command;
}

static void read_all(struct bench *b, int64_t generation)
{
    b->facts = 0;
    b->last_seq = 0;
    b->ended = false;
    assert_int_equal(journal_read(b->journal, code, 1, generation, took, b), 0);
    for (int tries = 0; tries < 2000 && !b->ended; tries++) {
        if (b->memory)
            journal_memory_commit(b->journal, 1);
        journal_collect(b->journal, returned, b);
        if (!b->memory)
            poll(NULL, 0, 1);
    }
    assert_true(b->ended);
    assert_int_equal(b->error, 0);
}

static void what_was_written_is_read_back_in_order(void **state)
{
    struct bench *b = *state;

    assert_int_equal(journal_declare(b->journal, code, 5), 0);
    for (int64_t seq = 1; seq <= 40; seq++)
        assert_int_equal(journal_submit(b->journal, batch_at(seq, 1, "{\"text\":\"hej\"}")), 0);
    settle(b, 40);
    assert_int_equal(b->durable, 40);
    for (int64_t i = 0; i < 40; i++)
        assert_int_equal(b->order[i], i + 1);
    read_all(b, 1);
    assert_int_equal(b->facts, 40);
    assert_string_equal(b->text, "{\"text\":\"hej\"}");
}

static void a_number_that_is_not_the_next_is_lost_and_leaves_no_trace(void **state)
{
    struct bench *b = *state;

    journal_declare(b->journal, code, 5);
    journal_submit(b->journal, batch_at(1, 1, NULL));
    journal_submit(b->journal, batch_at(3, 1, NULL));
    journal_submit(b->journal, batch_at(2, 1, NULL));
    settle(b, 3);
    assert_int_equal(b->durable, 2);
    assert_int_equal(b->lost, 1);
    read_all(b, 1);
    assert_int_equal(b->facts, 2);
}

static void a_reading_fences_older_generations(void **state)
{
    struct bench *b = *state;

    journal_declare(b->journal, code, 5);
    journal_submit(b->journal, batch_at(1, 1, NULL));
    settle(b, 1);
    read_all(b, 2);
    journal_submit(b->journal, batch_at(2, 1, NULL));
    journal_submit(b->journal, batch_at(2, 2, NULL));
    settle(b, 3);
    assert_int_equal(b->lost, 1);
    read_all(b, 2);
    assert_int_equal(b->facts, 2);
}

static void a_command_is_remembered_with_what_it_made(void **state)
{
    struct bench *b = *state;
    struct batch *batch = batch_at(1, 1, NULL);

    batch->has_command = true;
    batch->command = (struct uuid){ { 7 } };
    batch->made = strdup("{\"seat\":3}");
    journal_declare(b->journal, code, 5);
    journal_submit(b->journal, batch);
    settle(b, 1);
    read_all(b, 1);
    assert_true(b->has_command);
    assert_true(uuid_same(b->command, (struct uuid){ { 7 } }));
    assert_string_equal(b->made, "{\"seat\":3}");
}

static void blanking_takes_text_and_command_with_it(void **state)
{
    struct bench *b = *state;
    struct batch *first = batch_at(1, 1, "{\"text\":\"hemmeligt\"}");
    struct batch *blanks = batch_new(1, 1);

    first->has_command = true;
    first->command = (struct uuid){ { 9 } };
    journal_declare(b->journal, code, 5);
    journal_submit(b->journal, first);
    memcpy(blanks->meeting, code, sizeof(code));
    blanks->epoch = blanks->generation = 1;
    blanks->rows[0] = (struct journal_row){ .seq = 2, .at = 2, .body = strdup("{\"fact\":\"y\"}") };
    blanks->blanks[0] = 1;
    journal_submit(b->journal, blanks);
    settle(b, 2);
    assert_int_equal(b->durable, 2);
    read_all(b, 1);
    assert_int_equal(b->facts, 2);
    assert_string_equal(b->first_text, "");
    assert_false(b->first_had_command);
}

static void meetings_are_named_with_their_newest_number(void *context, const char *name,
                                                        int64_t origin, int64_t last_seq)
{
    struct bench *b = context;

    assert_string_equal(name, code);
    assert_int_equal(origin, 5);
    b->last_seq = last_seq;
}

static void it_outlives_being_closed(void **state)
{
    struct bench *b = *state;
    const struct journal_mark mark = { .boottime = 1, .wall = 2, .server = 3 };
    struct journal_mark back;

    journal_declare(b->journal, code, 5);
    journal_mark_set(b->journal, &mark);
    journal_submit(b->journal, batch_at(1, 1, "{\"text\":\"bliver\"}"));
    settle(b, 1);
    journal_close(b->journal);
    open_sqlite(b);
    assert_int_equal(journal_meetings(b->journal, meetings_are_named_with_their_newest_number, b),
                     0);
    assert_int_equal(b->last_seq, 1);
    assert_true(journal_mark_get(b->journal, &back));
    assert_int_equal(back.server, 3);
    read_all(b, 1);
    assert_string_equal(b->text, "{\"text\":\"bliver\"}");
}

/* safety 5 */
static void a_file_that_is_no_database_is_refused_and_left_alone(void **state)
{
    struct bench *b = *state;
    struct journal *other = NULL;
    const char *why = NULL;
    char path[128], bytes[8192];

    snprintf(path, sizeof(path), "%s/bad.db", b->folder);
    memset(bytes, 'x', sizeof(bytes));
    FILE *out = fopen(path, "w");
    fwrite(bytes, 1, sizeof(bytes), out);
    fclose(out);
    assert_int_equal(journal_sqlite_open(path, on_wake, NULL, &other, &why), -EBADMSG);
    assert_non_null(why);
    FILE *in = fopen(path, "r");
    assert_int_equal(fread(bytes, 1, sizeof(bytes), in), sizeof(bytes));
    assert_int_equal(bytes[4000], 'x');
    fclose(in);
    unlink(path);
}

#define BOTH(test)                                                                                 \
    cmocka_unit_test_setup_teardown(test, set_up_memory, tear_down),                               \
        cmocka_unit_test_setup_teardown(test, set_up_sqlite, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(what_was_written_is_read_back_in_order),
        BOTH(a_number_that_is_not_the_next_is_lost_and_leaves_no_trace),
        BOTH(a_reading_fences_older_generations),
        BOTH(a_command_is_remembered_with_what_it_made),
        BOTH(blanking_takes_text_and_command_with_it),
        cmocka_unit_test_setup_teardown(it_outlives_being_closed, set_up_sqlite, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_is_no_database_is_refused_and_left_alone,
                                        set_up_sqlite, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
