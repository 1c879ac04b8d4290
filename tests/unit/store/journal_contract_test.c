/* What journal.h promises, asked of every kind. */
#include "support/journal_kit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/journal_memory.h"
#include "support/cmocka_all.h"

#define ANNA "ANNA-2345"
#define BERT "BERT-2345"

static int open_memory(void **state)
{
    *state = kit_new(KIT_MEMORY, NULL);
    return 0;
}

static int open_sqlite(void **state)
{
    *state = kit_new(KIT_SQLITE, NULL);
    return 0;
}

static int open_postgres(void **state)
{
    *state = kit_new(KIT_POSTGRES, NULL);
    return 0;
}

static int close_kit(void **state)
{
    kit_free(*state);
    return 0;
}

static void what_is_appended_is_read_back_as_it_was(void **state)
{
    struct kit *k = *state;
    struct batch *b = kit_batch(ANNA, 2, 3);
    struct uuid command = b->command;

    kit_begin(k, ANNA);
    kit_submit(k, b);
    kit_settle(k);

    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 4));
    assert_true(f.facts[0].has_command);
    assert_string_equal(f.facts[0].made, "{\"made\":\"" ANNA " #1\"}");
    assert_int_equal(f.facts[0].wall, 1700000000001);
    assert_false(f.facts[1].has_command);
    assert_false(f.facts[2].has_command);
    assert_null(f.facts[2].made);
    assert_true(f.facts[3].has_command);
    assert_true(uuid_same(f.facts[3].command, command));
    assert_string_equal(f.facts[3].made, "{\"made\":\"" ANNA " #2\"}");
    kit_facts_clear(&f);
}

static void a_fact_needs_no_text_and_no_command(void **state)
{
    struct kit *k = *state;
    struct batch *b = kit_batch(ANNA, 2, 1);

    free(b->rows[0].text);
    b->rows[0].text = NULL;
    free(b->made);
    b->made = NULL;
    b->has_command = false;
    kit_begin(k, ANNA);
    kit_submit(k, b);
    kit_settle(k);

    struct kit_facts f = kit_read(k, ANNA, 2, 1);
    assert_int_equal(f.count, 1);
    assert_null(f.facts[0].text);
    assert_null(f.facts[0].made);
    assert_false(f.facts[0].has_command);
    kit_facts_clear(&f);
}

static void a_reading_begins_where_it_is_asked_to(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    kit_submit_many(k, ANNA, 2, 9);
    kit_settle(k);
    struct kit_facts f = kit_read(k, ANNA, 7, 1);
    assert_true(kit_facts_are(&f, ANNA, 7, 10));
    kit_facts_clear(&f);
    f = kit_read(k, ANNA, 11, 1);
    assert_int_equal(f.count, 0);
    assert_int_equal(f.error, 0);
    kit_facts_clear(&f);
}

static void many_facts_come_whole_and_in_order(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    for (int64_t i = 0; i < 300; i++) {
        kit_submit(k, kit_batch(ANNA, 2 + 10 * i, 10));
        kit_submit(k, kit_batch(BERT, 2 + i, 1));
    }
    kit_settle(k);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 3001));
    kit_facts_clear(&f);
    f = kit_read(k, BERT, 1, 1);
    assert_true(kit_facts_are(&f, BERT, 1, 301));
    kit_facts_clear(&f);
}

static void batches_come_back_in_the_order_of_submission(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    size_t before = k->count;
    for (int64_t i = 2; i < 102; i++) {
        kit_submit(k, kit_batch(i % 3 ? ANNA : BERT, i % 3 ? i - i / 3 : i / 3 + 1, 1));
        if (i % 7 == 0)
            kit_submit(k, kit_batch(BERT, 5000 + i, 1)); /* Refused, and in its place. */
    }
    kit_settle(k);
    int64_t seq = 2;
    for (size_t i = before; i < k->count; i++) {
        const struct kit_return *r = &k->returns[i];
        if (!r->durable) {
            assert_int_equal(r->first, 5000 + seq - 1);
            continue;
        }
        assert_string_equal(r->meeting, seq % 3 ? ANNA : BERT);
        assert_int_equal(r->first, seq % 3 ? seq - seq / 3 : seq / 3 + 1);
        seq++;
    }
    assert_int_equal(seq, 102);
}

/* What was decided on a batch that is lost is lost with it; another meeting's is not. */
static void a_wrong_number_takes_its_followers_and_nobody_elses(void **state)
{
    struct kit *k = *state;

    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    kit_submit(k, kit_batch(ANNA, 3, 1));
    kit_submit(k, kit_batch(BERT, 2, 1));
    kit_submit(k, kit_batch(ANNA, 4, 1));
    kit_submit(k, kit_batch(ANNA, 1, 1));
    kit_submit(k, kit_batch(ANNA, 2, 1));
    kit_settle(k);
    assert_false(k->returns[2].durable);
    assert_true(k->returns[3].durable);
    assert_false(k->returns[4].durable);
    assert_false(k->returns[5].durable);
    assert_true(k->returns[6].durable);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 2));
    kit_facts_clear(&f);
}

static void another_epoch_is_refused(void **state)
{
    struct kit *k = *state;
    struct batch *b = kit_batch(ANNA, 2, 1);

    kit_begin(k, ANNA);
    b->epoch = 2;
    kit_submit(k, b);
    kit_settle(k);
    assert_false(k->returns[1].durable);
}

static void a_reading_fences_what_is_under_its_generation(void **state)
{
    struct kit *k = *state;
    struct kit_facts f = { .kit = k };
    struct batch *next = kit_batch(ANNA, 3, 1);

    kit_begin(k, ANNA);
    kit_submit(k, kit_batch(ANNA, 2, 1));
    assert_int_equal(journal_read(k->journal, ANNA, 1, 2, kit_fact, &f), 0);
    k->pending++;
    kit_submit(k, kit_batch(ANNA, 3, 1)); /* The generation before: too late. */
    next->generation = 2;
    kit_submit(k, next);
    kit_settle(k);
    assert_true(k->returns[1].durable);
    assert_false(k->returns[2].durable);
    assert_true(k->returns[3].durable);
    /* It saw what was submitted before it, and came back after it. */
    assert_true(kit_facts_are(&f, ANNA, 1, 2));
    assert_int_equal(k->returns[1].readings, 0);
    kit_facts_clear(&f);
}

static void a_generation_that_nobody_announced_is_refused(void **state)
{
    struct kit *k = *state;
    struct batch *b = kit_batch(ANNA, 2, 1);

    kit_begin(k, ANNA);
    b->generation = 7;
    kit_submit(k, b);
    kit_settle(k);
    assert_false(k->returns[1].durable);
}

static void an_unknown_meeting_takes_nothing(void **state)
{
    struct kit *k = *state;

    kit_submit(k, kit_batch(ANNA, 1, 1));
    kit_settle(k);
    assert_false(k->returns[0].durable);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_int_equal(f.error, -ENOENT);
    kit_facts_clear(&f);
    assert_int_equal(kit_erase(k, ANNA), -ENOENT);
}

static void count_meeting(void *context, const char *code, int64_t origin, int64_t epoch,
                          int64_t last_seq)
{
    char *line = context;
    size_t used = strlen(line);

    assert_int_equal(epoch, 1);
    snprintf(line + used, 200 - used, "%s %lld %lld;", code, (long long)origin,
             (long long)last_seq);
}

static void meetings_are_named_oldest_first(void **state)
{
    struct kit *k = *state;
    char line[200] = "";

    kit_begin(k, BERT);
    kit_begin(k, ANNA);
    kit_submit_many(k, BERT, 2, 4);
    assert_int_equal(journal_declare(k->journal, "EMPT-Y234", 3), 0);
    kit_settle(k);
    assert_int_equal(journal_meetings(k->journal, count_meeting, line), 0);
    assert_string_equal(line, BERT " 500 5;" ANNA " 500 1;");
    struct kit_facts f = kit_read(k, "EMPT-Y234", 1, 1);
    assert_int_equal(f.error, 0);
    assert_int_equal(f.count, 0);
    kit_facts_clear(&f);
}

static void declaring_again_changes_nothing(void **state)
{
    struct kit *k = *state;
    char line[200] = "";

    kit_begin(k, ANNA);
    assert_int_equal(journal_declare(k->journal, ANNA, 999), 0);
    kit_submit_many(k, ANNA, 2, 1);
    kit_settle(k);
    assert_int_equal(journal_meetings(k->journal, count_meeting, line), 0);
    assert_string_equal(line, ANNA " 500 2;");
}

static void a_blank_takes_text_command_and_what_it_made(void **state)
{
    struct kit *k = *state;
    struct batch *b = batch_new(1, 2);

    kit_begin(k, ANNA);
    kit_submit(k, kit_batch(ANNA, 2, 3));
    kit_submit(k, kit_batch(ANNA, 5, 2));
    struct batch *like = kit_batch(ANNA, 7, 1);
    free(b->rows);
    b->rows = like->rows;
    memcpy(b->meeting, like->meeting, sizeof(b->meeting));
    like->rows = NULL;
    batch_free(like);
    b->epoch = b->generation = 1;
    b->blanks[0] = 5;
    b->blanks[1] = 3;
    kit_submit(k, b);
    kit_settle(k);
    assert_int_equal(kit_durable(k), 4);

    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_int_equal(f.error, 0);
    assert_int_equal(f.count, 7);
    for (size_t i = 0; i < f.count; i++) {
        char *body = kit_body(ANNA, f.facts[i].seq);
        assert_string_equal(f.facts[i].body, body);
        free(body);
        assert_true((f.facts[i].text == NULL) == (i == 2 || i == 4));
        /* The batches 2..4 and 5..6 have lost what stood on their last fact. */
        assert_true(f.facts[i].has_command == (i == 0));
        assert_true((f.facts[i].made != NULL) == (i == 0));
    }
    kit_facts_clear(&f);
}

static void a_blank_of_the_text_alone_leaves_the_command(void **state)
{
    struct kit *k = *state;
    struct batch *with = batch_new(1, 2);

    kit_begin(k, ANNA);
    kit_submit(k, kit_batch(ANNA, 2, 1));
    kit_submit(k, kit_batch(ANNA, 3, 1));
    memcpy(with->meeting, ANNA, sizeof(ANNA));
    with->epoch = with->generation = 1;
    with->rows[0] = (struct journal_row){ .seq = 4, .at = 40, .body = kit_body(ANNA, 4) };
    with->blanks[0] = 2;
    with->blanks[1] = 3;
    with->text_only = 1;
    kit_submit(k, with);
    kit_settle(k);

    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_int_equal(f.error, 0);
    assert_int_equal(f.count, 4);
    assert_null(f.facts[1].text);
    assert_null(f.facts[2].text);
    assert_false(f.facts[1].has_command);
    assert_true(f.facts[2].has_command);
    assert_non_null(f.facts[2].made);
    kit_facts_clear(&f);
}

static void blanking_what_is_not_there_is_refused_whole(void **state)
{
    struct kit *k = *state;
    struct batch *with = batch_new(1, 1);

    kit_begin(k, ANNA);
    memcpy(with->meeting, ANNA, sizeof(ANNA));
    with->epoch = with->generation = 1;
    with->rows[0] = (struct journal_row){ .seq = 2, .at = 20, .body = kit_body(ANNA, 2) };
    with->blanks[0] = 3;
    kit_submit(k, with);
    kit_submit(k, kit_batch(ANNA, 2, 1));
    kit_settle(k);
    assert_false(k->returns[1].durable);
    assert_true(k->returns[2].durable);
    struct kit_facts f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 2));
    kit_facts_clear(&f);
}

static void an_erased_meeting_is_gone_and_no_other(void **state)
{
    struct kit *k = *state;
    char line[200] = "";

    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    kit_submit_many(k, ANNA, 2, 300);
    kit_submit_many(k, BERT, 2, 9);
    kit_settle(k);
    assert_int_equal(kit_erase(k, ANNA), 0);
    kit_submit(k, kit_batch(ANNA, 302, 1));
    kit_settle(k);
    assert_false(k->returns[k->count - 1].durable);
    assert_int_equal(journal_meetings(k->journal, count_meeting, line), 0);
    assert_string_equal(line, BERT " 500 10;");
    struct kit_facts f = kit_read(k, BERT, 1, 1);
    assert_true(kit_facts_are(&f, BERT, 1, 10));
    kit_facts_clear(&f);
    kit_begin(k, ANNA); /* The code is free again. */
    f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 1));
    kit_facts_clear(&f);
}

struct erased_list {
    size_t count;
    struct hash codes[8];
    int64_t walls[8];
};

static void note_erased(void *context, struct hash code, int64_t wall)
{
    struct erased_list *l = context;

    assert_true(l->count < 8);
    l->codes[l->count] = code;
    l->walls[l->count++] = wall;
}

/* As the hash of its code, and for a year. */
static void it_is_known_for_a_year_that_a_meeting_was_erased(void **state)
{
    struct kit *k = *state;
    struct kit_facts f = { .kit = k };
    struct erased_list l = { 0 };

    kit_begin(k, ANNA);
    kit_begin(k, BERT);
    assert_int_equal(journal_erased(k->journal, note_erased, &l), 0);
    assert_int_equal(l.count, 0);
    assert_int_equal(kit_erase(k, ANNA), 0);
    assert_int_equal(kit_erase(k, ANNA), -ENOENT); /* That leaves no second note. */
    if (k->kind != KIT_MEMORY) {
        kit_shut(k);
        assert_int_equal(kit_open(k), 0);
    }
    assert_int_equal(journal_erased(k->journal, note_erased, &l), 0);
    assert_int_equal(l.count, 1);
    assert_true(hash_same(l.codes[0], hash_of(ANNA, CODE_CHARS)));
    assert_int_equal(l.walls[0], KIT_ERASED);

    int64_t later = KIT_ERASED + JOURNAL_ERASED_KEPT_MS + 1;
    assert_int_equal(journal_erase(k->journal, BERT, later, kit_fact, &f), 0);
    k->pending++;
    kit_settle(k);
    assert_int_equal(f.error, 0);
    l.count = 0;
    assert_int_equal(journal_erased(k->journal, note_erased, &l), 0);
    assert_int_equal(l.count, 1);
    assert_true(hash_same(l.codes[0], hash_of(BERT, CODE_CHARS)));
}

static int restored(struct kit *k, const char *code, struct batch *const *batches, size_t count)
{
    struct kit_facts f = { .kit = k };

    assert_int_equal(journal_restore(k->journal, code, 500, batches, count, kit_fact, &f), 0);
    k->pending++;
    kit_settle(k);
    assert_true(f.ended);
    return f.error;
}

static void a_meeting_from_elsewhere_comes_whole_or_not_at_all(void **state)
{
    struct kit *k = *state;
    struct batch *batches[] = { kit_batch(BERT, 1, 3), kit_batch(BERT, 4, 1),
                                kit_batch(BERT, 6, 1) };
    char line[200] = "";

    kit_begin(k, ANNA);
    assert_int_not_equal(restored(k, BERT, batches, 3), 0); /* A number is missing. */
    assert_int_equal(journal_meetings(k->journal, count_meeting, line), 0);
    assert_string_equal(line, ANNA " 500 1;");
    assert_int_equal(restored(k, BERT, batches, 2), 0);
    assert_int_equal(restored(k, BERT, batches, 2), -EEXIST);
    struct kit_facts f = kit_read(k, BERT, 1, 1);
    assert_true(kit_facts_are(&f, BERT, 1, 4));
    assert_int_equal(f.facts[2].wall, batches[0]->wall);
    kit_facts_clear(&f);
    kit_submit(k, kit_batch(BERT, 5, 1)); /* It goes on. */
    kit_settle(k);
    assert_true(k->returns[k->count - 1].durable);
    for (size_t i = 0; i < 3; i++)
        batch_free(batches[i]);
}

static void too_many_batches_are_told_to_wait(void **state)
{
    struct kit *k = *state;
    struct batch *b = kit_batch(ANNA, JOURNAL_QUEUE_MAX + 2, 1);

    kit_begin(k, ANNA);
    kit_submit_many(k, ANNA, 2, JOURNAL_QUEUE_MAX);
    assert_int_equal(journal_submit(k->journal, b), -EAGAIN);
    kit_settle(k);
    kit_submit(k, b); /* It is still the submitter's, and fits now. */
    kit_settle(k);
    assert_int_equal(kit_durable(k), JOURNAL_QUEUE_MAX + 2);
}

static void the_newest_mark_is_kept(void **state)
{
    struct kit *k = *state;
    struct journal_mark m = { .boot_id = "boot", .boottime = 1, .wall = 2, .server = 3 }, got;

    assert_false(journal_mark_get(k->journal, &got));
    journal_mark_set(k->journal, &m);
    m.server = 4;
    journal_mark_set(k->journal, &m);
    kit_begin(k, ANNA);
    assert_true(journal_mark_get(k->journal, &got));
    assert_string_equal(got.boot_id, "boot");
    assert_int_equal(got.boottime, 1);
    assert_int_equal(got.wall, 2);
    assert_int_equal(got.server, 4);
}

static void figures_count_what_happened(void **state)
{
    struct kit *k = *state;
    struct journal_figures f;
    const char *why;

    kit_begin(k, ANNA);
    kit_submit(k, kit_batch(ANNA, 2, 3));
    kit_submit(k, kit_batch(ANNA, 2, 3));
    journal_figures(k->journal, &f);
    assert_int_equal(f.waiting, 2);
    kit_settle(k);
    journal_figures(k->journal, &f);
    assert_int_equal(f.waiting, 0);
    assert_int_equal(f.batches, 2);
    assert_int_equal(f.facts, 4);
    assert_int_equal(f.failures, 1);
    assert_true(f.commits >= 1);
    assert_int_equal(journal_health(k->journal, &why), 0);
    assert_string_equal(why, "");
    assert_int_equal(journal_trouble(k->journal), 0);
}

/* Whoever asks when memory is out is told, and nothing is taken.  tests/README.md, row 12 */
static void exhausted_memory_is_told_and_takes_nothing(void **state)
{
    struct kit *k = *state;
    struct kit_facts f = { .kit = k };

    kit_begin(k, ANNA);
    alloc_fail_at(1);
    assert_int_equal(journal_declare(k->journal, BERT, 1), -ENOMEM);
    alloc_fail_at(1);
    assert_int_equal(journal_read(k->journal, ANNA, 1, 1, kit_fact, &f), -ENOMEM);
    alloc_fail_at(1);
    assert_int_equal(journal_erase(k->journal, ANNA, KIT_ERASED, kit_fact, &f), -ENOMEM);
    for (size_t i = 1; i <= 3; i++) {
        alloc_fail_at(i);
        assert_null(batch_new(2, 1));
    }
    alloc_fail_at(0);
    assert_false(f.ended);
    f = kit_read(k, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 1));
    kit_facts_clear(&f);
}

static void what_was_not_collected_is_freed_at_the_end(void **state)
{
    struct kit *k = *state;
    struct kit_facts f = { .kit = k };

    kit_begin(k, ANNA);
    kit_submit_many(k, ANNA, 2, 600);
    assert_int_equal(journal_read(k->journal, ANNA, 1, 1, kit_fact, &f), 0);
    assert_int_equal(journal_declare(k->journal, BERT, 1), 0);
    /* close_kit closes, and the leak checker looks. */
}

/* clang-format off */
#define OF_ALL(test)                                                                               \
    { #test " (memory)", test, open_memory, close_kit, NULL },                                     \
    { #test " (sqlite)", test, open_sqlite, close_kit, NULL },                                     \
    { #test " (postgres)", test, open_postgres, close_kit, NULL }
/* clang-format on */

int main(void)
{
    const struct CMUnitTest tests[] = {
        OF_ALL(what_is_appended_is_read_back_as_it_was),
        OF_ALL(a_fact_needs_no_text_and_no_command),
        OF_ALL(a_reading_begins_where_it_is_asked_to),
        OF_ALL(many_facts_come_whole_and_in_order),
        OF_ALL(batches_come_back_in_the_order_of_submission),
        OF_ALL(a_wrong_number_takes_its_followers_and_nobody_elses),
        OF_ALL(another_epoch_is_refused),
        OF_ALL(a_reading_fences_what_is_under_its_generation),
        OF_ALL(a_generation_that_nobody_announced_is_refused),
        OF_ALL(an_unknown_meeting_takes_nothing),
        OF_ALL(meetings_are_named_oldest_first),
        OF_ALL(declaring_again_changes_nothing),
        OF_ALL(a_blank_takes_text_command_and_what_it_made),
        OF_ALL(a_blank_of_the_text_alone_leaves_the_command),
        OF_ALL(blanking_what_is_not_there_is_refused_whole),
        OF_ALL(an_erased_meeting_is_gone_and_no_other),
        OF_ALL(it_is_known_for_a_year_that_a_meeting_was_erased),
        OF_ALL(a_meeting_from_elsewhere_comes_whole_or_not_at_all),
        OF_ALL(too_many_batches_are_told_to_wait),
        OF_ALL(the_newest_mark_is_kept),
        OF_ALL(figures_count_what_happened),
        OF_ALL(exhausted_memory_is_told_and_takes_nothing),
        OF_ALL(what_was_not_collected_is_freed_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
