/* What ownership.h promises, asked of both kinds; and that the journal refuses an owner that was.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/ownership_memory.h"
#include "store/postgres_connection.h"
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
    if (ownership_postgres_open(postgres_url(), name, url, "", &o, &why) != 0)
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
    } else {
        p->kit = kit_new(KIT_POSTGRES, NULL);
        kit_shut(p->kit);
        p->kit->node = "a";
        assert_int_equal(kit_open(p->kit), 0);
    }
    p->a = join(p, "a");
    p->b = join(p, "b");
    assert_int_equal(ownership_enter(p->a), 0);
    assert_int_equal(ownership_enter(p->b), 0);
    if (memory)
        assert_int_equal(ownership_table_add(p->table, ANNA, "a", 500), 0);
    else
        kit_begin(p->kit, ANNA);
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
    struct claim claim = { 0 };
    struct owner owner;

    assert_int_equal(ownership_claim(p->b, ANNA, &claim), -EBUSY);
    assert_int_equal(ownership_find(p->b, ANNA, &owner), 0);
    assert_string_equal(owner.node.name, "a");
    assert_string_equal(owner.node.url, "http://a.example");
    assert_true(owner.leased);
    assert_int_equal(owner.epoch, 1);
    assert_int_equal(ownership_claim(p->b, "NONE-2345", &claim), -ENOENT);
    assert_int_equal(ownership_find(p->b, "NONE-2345", &owner), -ENOENT);
}

static void a_lease_that_is_out_gives_the_next_epoch_to_one_other(void **state)
{
    struct pair *p = *state;
    struct ownership *c = join(p, "c");
    struct claim claim = { 0 };
    struct owner owner;

    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_claim(p->b, ANNA, &claim), -ESTALE); /* Its own is out as well. */
    assert_int_equal(ownership_enter(p->b), 0);
    assert_int_equal(ownership_enter(c), 0);
    assert_int_equal(ownership_find(c, ANNA, &owner), 0);
    assert_false(owner.leased);
    assert_int_equal(ownership_claim(p->b, ANNA, &claim), 0);
    assert_int_equal(claim.epoch, 2);
    assert_int_equal(ownership_claim(c, ANNA, &claim), -EBUSY);
    assert_int_equal(claim.origin, 500);
    assert_int_equal(ownership_enter(p->a), 0); /* It is back, without the meeting. */
    assert_int_equal(ownership_claim(p->a, ANNA, &claim), -EBUSY);
    assert_int_equal(ownership_give_up(p->a, ANNA, 1), -ESTALE);
    ownership_close(c);
}

static void a_lease_that_is_out_is_not_prolonged(void **state)
{
    struct pair *p = *state;
    struct owner owner;
    int64_t before = 0, after = 0;

    assert_int_equal(ownership_renew(p->a), 0);
    assert_int_equal(ownership_clock(p->a, &before), 0);
    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_renew(p->a), -ETIME);
    assert_int_equal(ownership_find(p->b, ANNA, &owner), 0);
    assert_false(owner.leased);
    assert_int_equal(ownership_enter(p->a), 0);
    assert_int_equal(ownership_renew(p->a), 0);
    assert_int_equal(ownership_clock(p->b, &after), 0);
    assert_true(after >= before);
}

static void what_is_given_up_is_anybodys_at_once(void **state)
{
    struct pair *p = *state;
    struct claim claim = { 0 };
    struct owner owner;

    assert_int_equal(ownership_give_up(p->a, ANNA, 2), -ESTALE); /* Another epoch. */
    assert_int_equal(ownership_give_up(p->b, ANNA, 1), -ESTALE); /* Not its own. */
    assert_int_equal(ownership_give_up(p->a, ANNA, 1), 0);
    assert_int_equal(ownership_find(p->b, ANNA, &owner), 0);
    assert_string_equal(owner.node.name, "");
    assert_int_equal(ownership_claim(p->b, ANNA, &claim), 0);
    assert_int_equal(claim.epoch, 2);
    assert_int_equal(ownership_leave(p->b), 0);
    assert_int_equal(ownership_claim(p->a, ANNA, &claim), 0);
    assert_int_equal(claim.epoch, 3);
}

static void a_name_is_one_processs(void **state)
{
    struct pair *p = *state;
    struct ownership *again = join(p, "a");
    struct claim claim = { 0 };
    struct owner owner;

    assert_int_equal(ownership_enter(again), -EEXIST);
    assert_int_equal(ownership_enter(p->a), 0); /* Its own it may take again. */
    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_enter(again), 0);
    assert_int_equal(ownership_renew(p->a), -ESTALE);
    assert_int_equal(ownership_claim(p->a, ANNA, &claim), -ESTALE);
    assert_int_equal(ownership_find(again, ANNA, &owner), 0);
    assert_string_equal(owner.node.name, ""); /* What was the name's is nobody's. */
    assert_int_equal(ownership_claim(again, ANNA, &claim), 0);
    assert_int_equal(claim.epoch, 2);
    ownership_close(again);
}

static size_t unowned(struct ownership *o)
{
    char codes[OWNERSHIP_UNOWNED_MAX][CODE_CHARS + 1];
    size_t count = 99;

    assert_int_equal(ownership_unowned(o, codes, &count), 0);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(codes[i], ANNA);
    return count;
}

static void what_nobody_has_is_named(void **state)
{
    struct pair *p = *state;
    struct claim claim;

    assert_int_equal(unowned(p->b), 0);
    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(unowned(p->b), 1);
    assert_int_equal(ownership_enter(p->b), 0);
    assert_int_equal(ownership_claim(p->b, ANNA, &claim), 0);
    assert_int_equal(unowned(p->b), 0);
    assert_int_equal(ownership_give_up(p->b, ANNA, claim.epoch), 0);
    assert_int_equal(unowned(p->b), 1);
}

/* What the clock that they share shows. */
static int64_t shared_clock(struct pair *p)
{
    return p->memory ? p->now
                     : atoll(postgres_sql("SELECT (extract(epoch FROM clock_timestamp()) * 1000)"
                                          "::bigint - zero FROM runde.clock"));
}

/* How long ago the owner that was is known to have led the meeting, however slow the machine is. */
static void led_ago(struct pair *p, const struct claim *claim, int64_t ms)
{
    int64_t ago = shared_clock(p) - claim->led;

    if (ago < ms || ago > ms + 15000)
        print_error("led %lld ms ago\n", (long long)ago);
    assert_true(ago >= ms && ago <= ms + 15000);
}

static void it_is_known_when_a_meeting_was_led_last(void **state)
{
    struct pair *p = *state;
    struct claim claim;

    pass(p, 50000); /* Lease and all are as old. */
    assert_int_equal(ownership_enter(p->b), 0);
    assert_int_equal(ownership_claim(p->b, ANNA, &claim), 0);
    led_ago(p, &claim, 50000);
    pass(p, 70000);
    assert_int_equal(ownership_enter(p->b), 0); /* It takes its own name again. */
    assert_int_equal(ownership_claim(p->b, ANNA, &claim), 0);
    led_ago(p, &claim, 70000);
    assert_int_equal(ownership_leave(p->b), 0);
    assert_int_equal(ownership_enter(p->a), 0);
    assert_int_equal(ownership_claim(p->a, ANNA, &claim), 0);
    led_ago(p, &claim, 0);
}

/* A row that somebody holds keeps no lease from being renewed. */
static void a_meeting_that_is_locked_is_asked_for_again(void **state)
{
    struct pair *p = *state;
    struct connection c = { .name = "runde test" };
    struct claim claim;
    const char *why;

    assert_int_equal(connection_open(&c, postgres_url(), &why), 0);
    assert_int_equal(connection_run(&c, "BEGIN; SELECT FROM runde.meeting FOR UPDATE", NULL), 0);
    assert_int_equal(ownership_claim(p->a, ANNA, &claim), -EAGAIN);
    assert_int_equal(ownership_renew(p->a), 0);
    assert_int_equal(connection_run(&c, "COMMIT", NULL), 0);
    assert_int_equal(ownership_claim(p->a, ANNA, &claim), 0);
    connection_close(&c);
}

/* tests/README.md, row 28: it stood still in the middle of sending a transaction. */
static void who_stands_still_keeps_no_meeting(void **state)
{
    struct pair *p = *state;
    struct connection c = { .name = "runde test" };
    struct claim claim;
    const char *why;
    int error;

    assert_int_equal(connection_open(&c, postgres_url(), &why), 0);
    assert_int_equal(
        connection_run(&c, "BEGIN; UPDATE runde.meeting SET last_seq = last_seq + 1", NULL), 0);
    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_enter(p->b), 0);
    assert_int_equal(ownership_claim(p->b, ANNA, &claim), -EAGAIN);
    while ((error = ownership_claim(p->b, ANNA, &claim)) == -EAGAIN)
        ;
    assert_int_equal(error, 0);
    assert_int_equal(connection_run(&c, "COMMIT", NULL), -ECONNRESET);
    assert_string_equal(postgres_sql("SELECT last_seq FROM runde.meeting"), "1");
    connection_close(&c);
}

static void one_that_was_erased_is_known_as_such(void **state)
{
    struct pair *p = *state;
    struct claim claim;

    assert_int_equal(kit_erase(p->kit, ANNA), 0);
    assert_int_equal(ownership_claim(p->b, ANNA, &claim), -EIDRM);
    assert_int_equal(ownership_claim(p->b, "NONE-2345", &claim), -ENOENT);
}

/* Whoever is alone has all meetings, also those that servers with names have left behind. */
static void one_that_is_alone_takes_all(void **state)
{
    struct pair *p = *state;
    struct claim claim;

    kit_shut(p->kit);
    p->kit->node = NULL;
    assert_int_equal(kit_open(p->kit), 0);
    kit_submit_many(p->kit, ANNA, 2, 1);
    kit_settle(p->kit);
    assert_false(p->kit->returns[1].durable); /* In the epoch of before. */
    assert_string_equal(postgres_sql("SELECT epoch FROM runde.meeting WHERE owner IS NULL"), "2");
    struct kit_facts f = kit_read(p->kit, ANNA, 1, 2);
    assert_true(kit_facts_are(&f, ANNA, 1, 1));
    kit_facts_clear(&f);
    assert_int_equal(ownership_claim(p->b, ANNA, &claim), 0);
    assert_int_equal(claim.epoch, 3);
}

/* tests/README.md, row 28, as far as the journal goes: it stood still, and goes on. */
static void an_owner_that_was_writes_nothing_more(void **state)
{
    struct pair *p = *state;
    struct claim claim = { 0 };

    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_enter(p->b), 0);
    assert_int_equal(ownership_claim(p->b, ANNA, &claim), 0);
    kit_submit_many(p->kit, ANNA, 2, 1);
    kit_settle(p->kit);
    assert_false(p->kit->returns[1].durable);
    assert_string_equal(postgres_sql("SELECT max(epoch) FROM runde.fact"), "1");

    /* Claimed anew, it goes on: the journal looks again when it is read. */
    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_enter(p->a), 0);
    assert_int_equal(ownership_claim(p->a, ANNA, &claim), 0);
    struct kit_facts f = kit_read(p->kit, ANNA, 1, 1);
    assert_true(kit_facts_are(&f, ANNA, 1, 1));
    kit_facts_clear(&f);
    struct batch *b = kit_batch(ANNA, 2, 1);
    b->epoch = claim.epoch;
    kit_submit(p->kit, b);
    kit_settle(p->kit);
    assert_true(p->kit->returns[2].durable);
}

struct claiming {
    struct ownership *by;
    int result;
    atomic_bool done;
};

static void *claim_anna(void *context)
{
    struct claiming *c = context;
    struct claim got;

    c->result = ownership_claim(c->by, ANNA, &got);
    atomic_store(&c->done, true);
    return NULL;
}

/* A claim that has found the lease out waits for the meeting's row; its owner would renew
 * meanwhile.
 */
static void a_lease_that_is_out_stays_so_while_a_claim_waits(void **state)
{
    struct pair *p = *state;
    struct claiming c = { .by = p->b };
    struct connection holder = { .name = "holder" };
    const char *why = "";
    pthread_t thread;

    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_enter(p->b), 0);
    assert_int_equal(connection_open(&holder, postgres_url(), &why), 0);
    assert_int_equal(connection_run(&holder, "BEGIN", NULL), 0);
    assert_int_equal(connection_run(&holder, "SELECT FROM runde.meeting FOR UPDATE", NULL), 0);
    pthread_create(&thread, NULL, claim_anna, &c);
    while (!atomic_load(&c.done) && strcmp(postgres_sql("SELECT count(*) FROM pg_stat_activity"
                                                        " WHERE wait_event_type = 'Lock'"),
                                           "0") == 0)
        poll(NULL, 0, 10);
    assert_int_equal(ownership_renew(p->a), -ETIME);
    (void)connection_run(&holder, "COMMIT", NULL);
    pthread_join(thread, NULL);
    /* On a slow machine it has waited for long enough before, and cut the holder off. */
    assert_true(c.result == 0 || c.result == -EAGAIN);
    connection_close(&holder);
}

static void servers_are_named_while_their_leases_run(void **state)
{
    struct node nodes[OWNERSHIP_NODES_MAX];
    struct pair *p = *state;
    size_t count;

    assert_int_equal(ownership_nodes(p->b, nodes, &count), 0);
    assert_int_equal(count, 2);
    assert_string_equal(nodes[0].name, "a");
    assert_string_equal(nodes[0].url, "http://a.example");
    assert_string_equal(nodes[1].name, "b");
    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_enter(p->b), 0);
    assert_int_equal(ownership_nodes(p->a, nodes, &count), 0);
    assert_int_equal(count, 1);
    assert_string_equal(nodes[0].name, "b");
}

static struct ownership *join_by(const char *name, const char *mark)
{
    struct ownership *o = NULL;
    const char *why = "";

    assert_int_equal(ownership_postgres_open(postgres_url(), name, "", mark, &o, &why), 0);
    return o;
}

/* Those that have none yet do not keep the first that has one out: a key comes to one server after
 * the other. */
static void whoever_has_another_key_does_not_come_in(void **state)
{
    struct pair *p = *state;
    struct ownership *first = join_by("c", "one"), *same = join_by("d", "one"),
                     *other = join_by("e", "two"), *none = join_by("f", "");

    assert_int_equal(ownership_enter(first), 0);
    assert_int_equal(ownership_enter(same), 0);
    assert_int_equal(ownership_enter(other), -EKEYREJECTED);
    assert_int_equal(ownership_enter(none), -EKEYREJECTED);
    assert_int_equal(ownership_renew(p->a), 0);
    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_enter(other), 0);
    assert_int_equal(ownership_enter(first), -EKEYREJECTED);
    ownership_close(first);
    ownership_close(same);
    ownership_close(other);
    ownership_close(none);
}

/* As when the settings of one were copied for another. */
static void an_address_is_one_servers(void **state)
{
    struct pair *p = *state;
    struct ownership *copy = NULL;
    const char *why = "";

    assert_int_equal(
        ownership_postgres_open(postgres_url(), "c", "http://a.example", "", &copy, &why), 0);
    assert_int_equal(ownership_enter(copy), -EADDRINUSE);
    pass(p, OWNERSHIP_LEASE_MS + 1);
    assert_int_equal(ownership_enter(copy), 0);
    ownership_close(copy);
}

/* clang-format off */
#define OF_POSTGRES(test)                                                                          \
    { #test " (postgres)", test, open_postgres, close_pair, NULL }
#define OF_BOTH(test)                                                                              \
    { #test " (memory)", test, open_memory, close_pair, NULL },                                    \
    OF_POSTGRES(test)
/* clang-format on */

int main(void)
{
    const struct CMUnitTest tests[] = {
        OF_BOTH(a_meeting_is_its_owners_while_the_lease_runs),
        OF_BOTH(a_lease_that_is_out_gives_the_next_epoch_to_one_other),
        OF_BOTH(a_lease_that_is_out_is_not_prolonged),
        OF_BOTH(what_is_given_up_is_anybodys_at_once),
        OF_BOTH(a_name_is_one_processs),
        OF_BOTH(what_nobody_has_is_named),
        OF_BOTH(it_is_known_when_a_meeting_was_led_last),
        OF_BOTH(servers_are_named_while_their_leases_run),
        OF_POSTGRES(whoever_has_another_key_does_not_come_in),
        OF_POSTGRES(an_address_is_one_servers),
        OF_POSTGRES(a_meeting_that_is_locked_is_asked_for_again),
        OF_POSTGRES(who_stands_still_keeps_no_meeting),
        OF_POSTGRES(one_that_was_erased_is_known_as_such),
        OF_POSTGRES(one_that_is_alone_takes_all),
        OF_POSTGRES(a_lease_that_is_out_stays_so_while_a_claim_waits),
        OF_POSTGRES(an_owner_that_was_writes_nothing_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
