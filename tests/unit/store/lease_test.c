/* A lease as lease.h promises it: by a clock that is a variable and a database that may be slow or
 * away; and with its thread, in PostgreSQL. */
#include "store/lease.h"

#include <errno.h>
#include <libpq-fe.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/ownership_memory.h"
#include "support/cmocka_all.h"
#include "support/journal_kit.h"
#include "support/postgres.h"

#define ANNA "ANNA-2345"

enum { LEASE = OWNERSHIP_LEASE_MS, RENEW = OWNERSHIP_RENEW_MS };

struct scene {
    int64_t now, stood; /* The database's clock; how long this machine's has stood still. */
    struct ownership_table *table;
    struct ownership slow; /* What the lease has: `below`, with an answer that takes a while. */
    struct ownership *below, *b;
    int64_t before_ms, after_ms; /* How long a question travels, and its answer. */
    int error;                   /* What is answered instead; 0: nothing. */
    struct lease *lease;
    int wakes;
    size_t count;
    struct lease_answer answers[8];
};

static struct scene *of(struct ownership *o)
{
    return (struct scene *)((char *)o - offsetof(struct scene, slow));
}

/* A question comes there, or not, and an answer back. */
static struct ownership *go(struct ownership *o)
{
    of(o)->now += of(o)->before_ms;
    return of(o)->below;
}

static int come(struct ownership *o, int answer)
{
    of(o)->now += of(o)->after_ms;
    return of(o)->error ? of(o)->error : answer;
}

static int enter(struct ownership *o)
{
    struct ownership *below = go(o);

    return come(o, of(o)->error ? 0 : ownership_enter(below));
}

static int renew(struct ownership *o)
{
    struct ownership *below = go(o);

    return come(o, of(o)->error ? 0 : ownership_renew(below));
}

static int read_clock(struct ownership *o, int64_t *ret_now)
{
    return come(o, ownership_clock(go(o), ret_now));
}

static int claim(struct ownership *o, const char *code, struct claim *ret_claim)
{
    return come(o, ownership_claim(go(o), code, ret_claim));
}

static int unowned(struct ownership *o, char (*ret_codes)[CODE_CHARS + 1], size_t *ret_count)
{
    return come(o, ownership_unowned(go(o), ret_codes, ret_count));
}

static int find(struct ownership *o, const char *code, struct owner *ret_owner)
{
    return come(o, ownership_find(go(o), code, ret_owner));
}

static int give_up(struct ownership *o, const char *code, int64_t epoch)
{
    return come(o, ownership_give_up(go(o), code, epoch));
}

static int nodes(struct ownership *o, struct node *ret_nodes, size_t *ret_count)
{
    return come(o, ownership_nodes(go(o), ret_nodes, ret_count));
}

static int leave(struct ownership *o)
{
    return come(o, ownership_leave(go(o)));
}

static void shut(struct ownership *o)
{
    ownership_close(of(o)->below);
}

static int64_t boottime(void *context)
{
    return ((struct scene *)context)->now - ((struct scene *)context)->stood;
}

static void on_wake(void *context)
{
    ((struct scene *)context)->wakes++;
}

static int open_scene(void **state)
{
    static const struct ownership_ops ops = { .enter = enter,
                                              .renew = renew,
                                              .clock = read_clock,
                                              .claim = claim,
                                              .unowned = unowned,
                                              .give_up = give_up,
                                              .find = find,
                                              .nodes = nodes,
                                              .leave = leave,
                                              .close = shut };
    struct scene *s = calloc(1, sizeof(*s));
    const struct lease_ports ports = {
        .boottime = boottime, .boottime_context = s, .wake = on_wake, .wake_context = s
    };

    s->now = 100000;
    s->table = ownership_table_new(&s->now);
    s->below = ownership_memory_new(s->table, "a", "http://a.example");
    s->b = ownership_memory_new(s->table, "b", "http://b.example");
    s->slow.ops = &ops;
    s->lease = lease_new(&s->slow, &ports);
    assert_non_null(s->lease);
    assert_int_equal(ownership_table_add(s->table, ANNA, "", 7), 0);
    *state = s;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *s = *state;

    lease_close(s->lease);
    ownership_close(s->b);
    ownership_table_free(s->table);
    free(s);
    return 0;
}

static void keep(void *context, const struct lease_answer *answer)
{
    struct scene *s = context;

    assert_true(s->count < 8);
    s->answers[s->count++] = *answer;
}

/* Lets the thread's work be done, and gives the newest answer. */
static const struct lease_answer *turn(struct scene *s)
{
    lease_turn(s->lease);
    s->count = 0;
    lease_collect(s->lease, keep, s);
    return s->count > 0 ? &s->answers[s->count - 1] : NULL;
}

static void a_term_runs_from_when_it_was_asked_for(void **state)
{
    struct scene *s = *state;

    assert_int_equal(lease_term(s->lease), 0);
    s->before_ms = 200;
    s->after_ms = 100;
    int64_t asked = s->now;
    turn(s);
    assert_int_equal(s->now, asked + 600); /* For the lease, and for the clock. */
    assert_int_equal(lease_term(s->lease), 1);
    assert_int_equal(s->wakes, 1);
    s->now = asked + LEASE - 1;
    assert_int_equal(lease_term(s->lease), 1);
    s->now = asked + LEASE; /* In the database it runs for 200 ms more. */
    assert_int_equal(lease_term(s->lease), 0);
}

static void renewals_make_one_term_of_it(void **state)
{
    struct scene *s = *state;

    turn(s);
    for (int i = 0; i < 20; i++) {
        s->now += RENEW;
        turn(s);
        assert_int_equal(lease_term(s->lease), 1);
    }
    s->now += RENEW;
    s->error = -ECONNRESET; /* The database is away, but not for long. */
    turn(s);
    s->now += LEASE - RENEW - 1;
    turn(s);
    assert_int_equal(lease_term(s->lease), 1);
    s->error = 0;
    s->now += RENEW;
    turn(s);
    assert_int_equal(lease_term(s->lease), 2); /* For too long by now. */
}

static void a_lease_that_was_out_is_the_next_term(void **state)
{
    struct scene *s = *state;
    struct claim claim;

    turn(s);
    assert_int_equal(lease_claim(s->lease, ANNA), 0);
    assert_int_equal(turn(s)->claim.epoch, 2);
    s->now += LEASE + 1; /* Everything stood still. */
    assert_int_equal(ownership_enter(s->b), 0);
    assert_int_equal(ownership_claim(s->b, ANNA, &claim), 0);
    turn(s);
    assert_int_equal(lease_term(s->lease), 2);
    assert_int_equal(lease_claim(s->lease, ANNA), 0);
    const struct lease_answer *a = turn(s);
    assert_int_equal(a->error, -EBUSY);
    assert_string_equal(a->owner.node.name, "b");
    assert_string_equal(a->owner.node.url, "http://b.example");
}

/* Its clock stood still with it, so that only the database knows that the lease was out. */
static void a_machine_whose_clock_stood_still_has_lost_its_term(void **state)
{
    struct scene *s = *state;

    turn(s);
    assert_int_equal(lease_ahead(s->lease), 0);
    s->now += LEASE + RENEW;
    s->stood = LEASE;
    assert_int_equal(lease_term(s->lease), 1);
    turn(s);
    assert_int_equal(lease_term(s->lease), 0);
    turn(s);
    assert_int_equal(lease_term(s->lease), 2);
    assert_int_equal(lease_ahead(s->lease), LEASE);
}

/* Whoever looked meanwhile has seen that it was out. */
static void an_answer_that_comes_when_it_was_out_prolongs_nothing(void **state)
{
    struct scene *s = *state;

    turn(s);
    s->now += LEASE - 100; /* There it comes in time, and its answer 50 ms too late. */
    s->after_ms = 150;
    turn(s);
    assert_int_equal(lease_term(s->lease), 0);
    s->after_ms = 0;
    turn(s);
    assert_int_equal(lease_term(s->lease), 2);
}

static void what_is_claimed_is_answered_in_its_order(void **state)
{
    struct scene *s = *state;

    assert_int_equal(lease_claim(s->lease, ANNA), 0);
    s->error = -ECONNRESET;
    assert_int_equal(turn(s)->error, -ESTALE); /* No term. */
    s->error = 0;
    s->now += RENEW;
    assert_int_equal(lease_unowned(s->lease), 0);
    assert_int_equal(lease_claim(s->lease, ANNA), 0);
    assert_int_equal(lease_claim(s->lease, "NONE-2345"), 0);
    turn(s);
    assert_int_equal(s->count, 3);
    assert_int_equal(s->answers[0].kind, LEASE_UNOWNED);
    assert_int_equal(s->answers[0].count, 1);
    assert_string_equal(s->answers[0].codes[0], ANNA);
    assert_string_equal(s->answers[1].code, ANNA);
    assert_int_equal(s->answers[1].error, 0);
    assert_int_equal(s->answers[1].term, 1);
    assert_int_equal(s->answers[1].claim.origin, 7);
    assert_int_equal(s->answers[2].error, -ENOENT);
    assert_int_equal(lease_unowned(s->lease), 0);
    assert_int_equal(turn(s)->count, 0);
    assert_int_equal(lease_give_up(s->lease, ANNA, 1), 0);
    assert_int_equal(turn(s)->error, -ESTALE);
    assert_int_equal(lease_give_up(s->lease, ANNA, 2), 0);
    assert_int_equal(turn(s)->error, 0);
    assert_string_equal(s->answers[0].code, ANNA);
    assert_int_equal(lease_unowned(s->lease), 0);
    assert_int_equal(turn(s)->count, 1);
    assert_int_equal(lease_nodes(s->lease), 0);
    assert_int_equal(turn(s)->count, 1);
    assert_int_equal(s->answers[0].kind, LEASE_NODES);
}

static void a_name_that_is_anothers_ends_it(void **state)
{
    struct scene *s = *state;
    struct ownership *other = ownership_memory_new(s->table, "a", "http://c.example");

    turn(s);
    s->now += LEASE + 1;
    assert_int_equal(ownership_enter(other), 0);
    turn(s);
    assert_int_equal(lease_term(s->lease), 0);
    assert_int_equal(lease_health(s->lease), -EEXIST);
    s->now += 2 * LEASE; /* It does not take it back. */
    turn(s);
    assert_int_equal(lease_health(s->lease), -EEXIST);
    assert_int_equal(lease_term(s->lease), 0);
    ownership_close(other);
}

static void after_leaving_others_have_it_at_once(void **state)
{
    struct scene *s = *state;
    struct claim claim;

    turn(s);
    assert_int_equal(lease_claim(s->lease, ANNA), 0);
    turn(s);
    assert_int_equal(ownership_enter(s->b), 0);
    assert_int_equal(ownership_claim(s->b, ANNA, &claim), -EBUSY);
    assert_int_equal(lease_leave(s->lease), 0);
    assert_int_equal(turn(s)->kind, LEASE_LEAVE);
    assert_int_equal(lease_term(s->lease), 0);
    assert_int_equal(ownership_claim(s->b, ANNA, &claim), 0);
    s->now += RENEW;
    turn(s);
    assert_int_equal(lease_term(s->lease), 0);
}

static void requests_are_bounded(void **state)
{
    struct scene *s = *state;

    for (int i = 0; i < LEASE_REQUESTS_MAX; i++)
        assert_int_equal(lease_claim(s->lease, ANNA), 0);
    assert_int_equal(lease_claim(s->lease, ANNA), -EAGAIN);
}

/* With its thread, against the database. */
struct threaded {
    sem_t woken;
    struct lease *lease;
    bool answered;
    struct lease_answer answer;
};

static int64_t machine(void *context)
{
    (void)context;
    return clock_boottime();
}

static void post(void *context)
{
    sem_post(&((struct threaded *)context)->woken);
}

static int start(struct threaded *t, const char *name)
{
    const struct lease_ports ports = { .boottime = machine, .wake = post, .wake_context = t };
    struct ownership *o = NULL;
    const char *why = "";

    sem_init(&t->woken, 0, 0);
    assert_int_equal(ownership_postgres_open(postgres_url(), name, "", "", &o, &why), 0);
    t->lease = lease_new(o, &ports);
    assert_non_null(t->lease);
    return lease_start(t->lease);
}

static void take(void *context, const struct lease_answer *answer)
{
    struct threaded *t = context;

    t->answered = true;
    t->answer = *answer;
}

static const struct lease_answer *hear(struct threaded *t)
{
    t->answered = false;
    while (!t->answered) {
        sem_wait(&t->woken);
        lease_collect(t->lease, take, t);
    }
    return &t->answer;
}

static void the_thread_renews_claims_and_leaves(void **state)
{
    struct kit *k = kit_new(KIT_POSTGRES, NULL);
    struct threaded a, b, again;

    (void)state;
    kit_begin(k, ANNA);
    assert_int_equal(start(&a, "a"), 0);
    assert_int_equal(start(&b, "b"), 0);
    while (lease_term(a.lease) == 0 || lease_term(b.lease) == 0)
        sem_wait(lease_term(a.lease) == 0 ? &a.woken : &b.woken);
    assert_int_equal(lease_claim(a.lease, ANNA), 0);
    assert_int_equal(hear(&a)->error, 0);
    assert_int_equal(start(&again, "a"), -EEXIST); /* Which waits for longer than a lease. */
    lease_close(again.lease);
    assert_int_equal(lease_claim(b.lease, ANNA), 0);
    assert_int_equal(hear(&b)->error, -EBUSY);
    assert_string_equal(b.answer.owner.node.name, "a");
    assert_int_equal(lease_leave(a.lease), 0);
    assert_int_equal(hear(&a)->error, 0);
    assert_int_equal(lease_claim(b.lease, ANNA), 0);
    assert_int_equal(hear(&b)->error, 0);
    assert_int_equal(b.answer.claim.epoch, 3);
    lease_close(a.lease);
    lease_close(b.lease);
    kit_free(k);
}

/* A server that is started again while another one takes its meetings finds rows that are locked:
 * it asks again. */
static void a_start_waits_for_whoever_is_taking_a_meeting(void **state)
{
    struct kit *k = kit_new(KIT_POSTGRES, NULL);
    struct threaded a;
    PGconn *other = PQconnectdb(postgres_url());

    (void)state;
    kit_begin(k, ANNA);
    postgres_sql("INSERT INTO runde.node (name, url, run, until)"
                 " VALUES ('a', '', gen_random_uuid(), now() - interval '1 s')");
    PQclear(PQexec(other, "BEGIN"));
    PQclear(PQexec(other, "SELECT FROM runde.node FOR SHARE"));
    assert_int_equal(PQsendQuery(other, "SELECT pg_sleep(0.7); COMMIT"), 1);
    assert_int_equal(start(&a, "a"), 0);
    lease_close(a.lease);
    PQfinish(other);
    kit_free(k);
}

int main(void)
{
#define OF_SCENE(test) cmocka_unit_test_setup_teardown(test, open_scene, close_scene)
    const struct CMUnitTest tests[] = {
        OF_SCENE(a_term_runs_from_when_it_was_asked_for),
        OF_SCENE(renewals_make_one_term_of_it),
        OF_SCENE(a_lease_that_was_out_is_the_next_term),
        OF_SCENE(a_machine_whose_clock_stood_still_has_lost_its_term),
        OF_SCENE(an_answer_that_comes_when_it_was_out_prolongs_nothing),
        OF_SCENE(what_is_claimed_is_answered_in_its_order),
        OF_SCENE(a_name_that_is_anothers_ends_it),
        OF_SCENE(after_leaving_others_have_it_at_once),
        OF_SCENE(requests_are_bounded),
        cmocka_unit_test(the_thread_renews_claims_and_leaves),
        cmocka_unit_test(a_start_waits_for_whoever_is_taking_a_meeting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
