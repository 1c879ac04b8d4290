/* What ownership.h promises, asked of both kinds; and that the journal refuses an owner that was.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/ownership_memory.h"
#include "support/cmocka_all.h"
#include "support/journal_kit.h"
#include "support/postgres.h"

#define ANNA "ANNA-2345"

struct pair {
    bool memory;
    int64_t now;
    struct ownership_table *table;
    struct kit *kit; /* PostgreSQL: the journal of `a`, which made the meeting. */
    struct ownership *a, *b;
};

static struct ownership *join(struct pair *p, const char *name)
{
    struct ownership *o = NULL;
    const char *why = "";
    char url[64];

    snprintf(url, sizeof(url), "http://%s.example", name);
    if (p->memory)
        return ownership_memory_new(p->table, name, url);
    if (ownership_postgres_open(postgres_url(), name, url, &o, &why) != 0)
        print_error("%s\n", why);
    assert_non_null(o);
    return o;
}

/* Two servers, of which `a` has made a meeting. */
static int open_pair(void **state, bool memory)
{
    struct pair *p = calloc(1, sizeof(*p));

    p->memory = memory;
    if (memory) {
        p->table = ownership_table_new(&p->now);
        assert_int_equal(ownership_table_add(p->table, ANNA, "a"), 0);
    } else {
        p->kit = kit_new(KIT_POSTGRES, NULL);
        kit_shut(p->kit);
        p->kit->node = "a";
        assert_int_equal(kit_open(p->kit), 0);
        kit_begin(p->kit, ANNA);
    }
    p->a = join(p, "a");
    p->b = join(p, "b");
    assert_int_equal(ownership_enter(p->a), 0);
    assert_int_equal(ownership_enter(p->b), 0);
    *state = p;
    return 0;
}

static int open_memory(void **state)
{
    return open_pair(state, true);
}

static int open_postgres(void **state)
{
    return open_pair(state, false);
}

static int close_pair(void **state)
{
    struct pair *p = *state;

    ownership_close(p->a);
    ownership_close(p->b);
    ownership_table_free(p->table);
    if (p->kit)
        kit_free(p->kit);
    free(p);
    return 0;
}

/* Lets all leases age. */
static void pass(struct pair *p, int ms)
{
    char sql[128];

    p->now += ms;
    snprintf(sql, sizeof(sql), "UPDATE runde.node SET until = until - interval '%d ms'", ms);
    if (!p->memory)
        (void)postgres_sql(sql);
}

static void a_meeting_is_its_owners_while_the_lease_runs(void **state)
{
    struct pair *p = *state;
    int64_t epoch = 0;
    struct owner owner;

    assert_int_equal(ownership_claim(p->b, ANNA, &epoch), -EBUSY);
    assert_int_equal(ownership_find(p->b, ANNA, &owner), 0);
    assert_string_equal(owner.name, "a");
    assert_string_equal(owner.url, "http://a.example");
    assert_true(owner.leased);
    assert_int_equal(owner.epoch, 1);
    assert_int_equal(ownership_claim(p->b, "NONE-2345", &epoch), -ENOENT);
    assert_int_equal(ownership_find(p->b, "NONE-2345", &owner), -ENOENT);
}

static void a_lease_that_is_out_gives_the_next_epoch_to_one_other(void **state)
{
    struct pair *p = *state;
    struct ownership *c = join(p, "c");
    int64_t epoch = 0;
    struct owner owner;

    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_claim(p->b, ANNA, &epoch), -ESTALE); /* Its own is out as well. */
    assert_int_equal(ownership_renew(p->b), 0);
    assert_int_equal(ownership_enter(c), 0);
    assert_int_equal(ownership_find(c, ANNA, &owner), 0);
    assert_false(owner.leased);
    assert_int_equal(ownership_claim(p->b, ANNA, &epoch), 0);
    assert_int_equal(epoch, 2);
    assert_int_equal(ownership_claim(c, ANNA, &epoch), -EBUSY);
    assert_int_equal(ownership_renew(p->a), 0); /* It is back, without the meeting. */
    assert_int_equal(ownership_claim(p->a, ANNA, &epoch), -EBUSY);
    assert_int_equal(ownership_give_up(p->a, ANNA, 1), -ESTALE);
    ownership_close(c);
}

static void what_is_given_up_is_anybodys_at_once(void **state)
{
    struct pair *p = *state;
    int64_t epoch = 0;
    struct owner owner;

    assert_int_equal(ownership_give_up(p->a, ANNA, 2), -ESTALE); /* Another epoch. */
    assert_int_equal(ownership_give_up(p->b, ANNA, 1), -ESTALE); /* Not its own. */
    assert_int_equal(ownership_give_up(p->a, ANNA, 1), 0);
    assert_int_equal(ownership_find(p->b, ANNA, &owner), 0);
    assert_string_equal(owner.name, "");
    assert_int_equal(ownership_claim(p->b, ANNA, &epoch), 0);
    assert_int_equal(epoch, 2);
    assert_int_equal(ownership_leave(p->b), 0);
    assert_int_equal(ownership_claim(p->a, ANNA, &epoch), 0);
    assert_int_equal(epoch, 3);
}

static void a_name_is_one_processs(void **state)
{
    struct pair *p = *state;
    struct ownership *again = join(p, "a");
    int64_t epoch = 0;

    assert_int_equal(ownership_enter(again), -EEXIST);
    assert_int_equal(ownership_enter(p->a), 0); /* Its own it may take again. */
    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_enter(again), 0);
    assert_int_equal(ownership_renew(p->a), -ESTALE);
    assert_int_equal(ownership_claim(p->a, ANNA, &epoch), -ESTALE);
    assert_int_equal(ownership_claim(again, ANNA, &epoch), 0); /* What was the name's, anew. */
    assert_int_equal(epoch, 2);
    ownership_close(again);
}

/* tests/README.md, row 28, as far as the journal goes: it stood still, and goes on. */
static void an_owner_that_was_writes_nothing_more(void **state)
{
    struct pair *p = *state;
    int64_t epoch = 0;

    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_renew(p->b), 0);
    assert_int_equal(ownership_claim(p->b, ANNA, &epoch), 0);
    kit_submit_many(p->kit, ANNA, 2, 1);
    kit_settle(p->kit);
    assert_false(p->kit->returns[1].durable);
    assert_string_equal(postgres_sql("SELECT max(epoch) FROM runde.fact"), "1");
}

/* clang-format off */
#define OF_BOTH(test)                                                                              \
    { #test " (memory)", test, open_memory, close_pair, NULL },                                    \
    { #test " (postgres)", test, open_postgres, close_pair, NULL }
/* clang-format on */

int main(void)
{
    const struct CMUnitTest tests[] = {
        OF_BOTH(a_meeting_is_its_owners_while_the_lease_runs),
        OF_BOTH(a_lease_that_is_out_gives_the_next_epoch_to_one_other),
        OF_BOTH(what_is_given_up_is_anybodys_at_once),
        OF_BOTH(a_name_is_one_processs),
        cmocka_unit_test_setup_teardown(an_owner_that_was_writes_nothing_more, open_postgres,
                                        close_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
