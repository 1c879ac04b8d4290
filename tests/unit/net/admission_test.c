#include "net/admission.h"

#include <stdio.h>
#include <string.h>

#include "protocol.gen.h"
#include "support/cmocka_all.h"

static struct address numbered(unsigned n)
{
    struct address a;
    char text[32];

    snprintf(text, sizeof(text), "203.%u.%u.%u", n >> 16 & 255, n >> 8 & 255, n & 255);
    assert_true(address_read(text, strlen(text), &a));
    return a;
}

static void guess(struct admission *a, unsigned who, int times, int64_t now)
{
    struct address address = numbered(who);

    for (int i = 0; i < times; i++)
        admission_failed(a, &address, now);
}

static int wait_of(struct admission *a, unsigned who, int64_t now)
{
    struct address address = numbered(who);

    return admission_wait(a, &address, now);
}

static void joins_are_never_limited(void **state)
{
    struct admission *a = admission_new(10);
    (void)state;

    for (int i = 0; i < 1000; i++)
        assert_int_equal(wait_of(a, 1, 0), 0);
    admission_free(a);
}

static void a_burst_of_failures_is_allowed_and_not_one_more(void **state)
{
    struct admission *a = admission_new(10);
    (void)state;

    for (int i = 0; i < LIMIT_FAILURES_BURST; i++) {
        assert_int_equal(wait_of(a, 1, 5), 0);
        guess(a, 1, 1, 5);
    }
    assert_int_equal(wait_of(a, 1, 5), 3);
    assert_int_equal(wait_of(a, 1, 2004), 2);
    assert_int_equal(wait_of(a, 1, 3004), 1);
    assert_int_equal(wait_of(a, 1, 3005), 0);
    admission_free(a);
}

/* Whoever tries as often as he may, for an hour. */
static void afterwards_twenty_a_minute_get_through(void **state)
{
    struct admission *a = admission_new(10);
    int tries = 0;
    (void)state;

    guess(a, 1, LIMIT_FAILURES_BURST, 0);
    for (int64_t now = 0; now < 3600000; now += 100)
        if (wait_of(a, 1, now) == 0) {
            guess(a, 1, 1, now);
            tries++;
        }
    assert_in_range(tries, 60 * LIMIT_FAILURES_A_MINUTE - 2, 60 * LIMIT_FAILURES_A_MINUTE);
    admission_free(a);
}

static void one_neighbour_does_not_pay_for_another(void **state)
{
    struct admission *a = admission_new(10);
    (void)state;

    guess(a, 1, 500, 0);
    assert_true(wait_of(a, 1, 0) > 0);
    assert_int_equal(wait_of(a, 2, 0), 0);
    admission_free(a);
}

static void while_all_fail_too_often_only_those_who_failed_before_wait(void **state)
{
    struct admission *a = admission_new(10);
    (void)state;

    /* Forty addresses, two failures each: more than a minute's budget. */
    for (unsigned who = 0; who < 40; who++)
        guess(a, who, 2, 0);
    guess(a, 99, ADMISSION_PARDON, 0);
    assert_int_equal(wait_of(a, 99, 0), 0);
    guess(a, 99, 1, 0);
    assert_int_equal(wait_of(a, 99, 0), 1);
    assert_int_equal(wait_of(a, 100, 0), 0);
    assert_int_equal(wait_of(a, 99, 1000), 0);
    admission_free(a);
}

/* A thousand addresses try whenever they may, for an hour (tests/README.md, row 44). */
static void many_attackers_share_a_budget(void **state)
{
    struct admission *a = admission_new(10);
    int tries = 0;
    (void)state;

    for (int64_t now = 0; now < 3600000; now += 250)
        for (unsigned who = 0; who < 1000; who++)
            if (wait_of(a, who, now) == 0) {
                guess(a, who, 1, now);
                tries++;
            }
    /* The budget, and what each is pardoned in every ten minutes. */
    assert_in_range(tries, 60,
                    60 * ADMISSION_ALL_A_MINUTE + ADMISSION_ALL_BURST +
                        6 * 1000 * (ADMISSION_PARDON + 1));
    admission_free(a);
}

/* The same with more addresses than can be remembered: nothing but the budget is left to them. */
static void endless_attackers_have_the_budget_alone(void **state)
{
    struct admission *a = admission_new(10);
    unsigned who = 0;
    int tries = 0;
    (void)state;

    for (; who < 100000; who++)
        guess(a, who, 1, 0);
    for (int64_t now = 0; now < 300000; now += 10, who++)
        if (wait_of(a, who, now) == 0) {
            guess(a, who, 1, now);
            tries++;
        }
    assert_in_range(tries, 299, 300);
    admission_free(a);
}

static void more_addresses_than_it_remembers_do_no_harm(void **state)
{
    struct admission *a = admission_new(10);
    (void)state;

    for (unsigned who = 0; who < 10 * ADMISSION_ADDRESSES_MAX; who++)
        guess(a, who, 1, (int64_t)who);
    guess(a, 7, LIMIT_FAILURES_BURST, 100000);
    assert_true(wait_of(a, 7, 100000) > 0);
    assert_int_equal(admission_figures(a).failures,
                     10 * ADMISSION_ADDRESSES_MAX + LIMIT_FAILURES_BURST);
    admission_free(a);
}

static void open_connections_are_counted(void **state)
{
    struct admission *a = admission_new(2);
    (void)state;

    assert_true(admission_enter(a));
    assert_true(admission_enter(a));
    assert_false(admission_enter(a));
    admission_leave(a);
    assert_true(admission_enter(a));
    assert_int_equal(admission_figures(a).open, 2);
    assert_int_equal(admission_figures(a).turned_away, 1);
    assert_int_equal(admission_figures(a).entered, 3);
    admission_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_are_never_limited),
        cmocka_unit_test(a_burst_of_failures_is_allowed_and_not_one_more),
        cmocka_unit_test(afterwards_twenty_a_minute_get_through),
        cmocka_unit_test(one_neighbour_does_not_pay_for_another),
        cmocka_unit_test(while_all_fail_too_often_only_those_who_failed_before_wait),
        cmocka_unit_test(many_attackers_share_a_budget),
        cmocka_unit_test(endless_attackers_have_the_budget_alone),
        cmocka_unit_test(more_addresses_than_it_remembers_do_no_harm),
        cmocka_unit_test(open_connections_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
