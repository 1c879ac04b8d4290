#include "net/calls.h"

#include "support/cmocka_all.h"

struct caller {
    struct calls *calls;
    int opened, closed;
};

static void opened(void *caller)
{
    ((struct caller *)caller)->opened++;
}

static void heard(void *caller, const char *text, size_t len)
{
    (void)caller;
    (void)text;
    (void)len;
    fail();
}

static void closed(void *caller)
{
    struct caller *c = caller;

    c->closed++;
    calls_stop(c->calls);
}

static const struct call_ops ops = { .open = opened, .heard = heard, .closed = closed };

static int64_t nothing_due(void *context)
{
    (void)context;
    return 1000;
}

/* Port 1 of this machine: nobody is there. */
static void a_call_that_nobody_takes_is_told_as_closed(void **state)
{
    struct caller c = { 0 };
    (void)state;

    assert_int_equal(calls_new("127.0.0.1", 1, &ops, &c.calls), 0);
    struct call *call = call_new(c.calls, &c);
    assert_non_null(call);
    assert_true(call_say(call, "{}"));
    assert_int_equal(c.closed, 0); /* Never from within. */
    calls_run(c.calls, nothing_due, NULL);
    assert_int_equal(c.opened, 0);
    assert_int_equal(c.closed, 1);
    calls_free(c.calls);
}

static void who_still_calls_hears_nothing_when_all_is_freed(void **state)
{
    struct caller c = { 0 };
    (void)state;

    assert_int_equal(calls_new("127.0.0.1", 1, &ops, &c.calls), 0);
    assert_non_null(call_new(c.calls, &c));
    calls_free(c.calls);
    assert_int_equal(c.closed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_that_nobody_takes_is_told_as_closed),
        cmocka_unit_test(who_still_calls_hears_nothing_when_all_is_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
