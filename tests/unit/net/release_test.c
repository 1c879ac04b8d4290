/* The release with an app that only counts how often it is asked to tell, and a journal that says
 * how long its commits took. */
#include "net/inside.h"
#include "net/sending.h"
#include "support/cmocka_all.h"

enum { MS = 1000000 };

static bool begun;            /* What the turn has handed to the disk. */
static int told;              /* How often what is durable was told. */
static int64_t commits, took; /* Of the journal; took in us, of each. */

bool app_turn_over(struct app *app)
{
    (void)app;
    bool was = begun;

    begun = false;
    return was;
}

void app_leave(struct app *app)
{
    (void)app;
}

void app_collect(struct app *app)
{
    (void)app;
    told++;
}

void sending_flush(struct net *net)
{
    (void)net;
}

void journal_figures(const struct journal *j, struct journal_figures *ret_figures)
{
    (void)j;
    *ret_figures = (struct journal_figures){
        .commits = commits,
        .commit_us.sum = commits * took,
    };
}

static int setup(void **state)
{
    static struct net net;

    net = (struct net){ .state = NET_OPEN, .journal = (const struct journal *)&net };
    uv_loop_init(&net.loop);
    release_open(&net);
    begun = false;
    told = 0;
    commits = 1;
    took = 500;
    *state = &net;
    return 0;
}

static int teardown(void **state)
{
    struct net *net = *state;

    release_close(net);
    uv_run(&net->loop, UV_RUN_DEFAULT);
    return uv_loop_close(&net->loop);
}

/* A turn in which something became durable, something was begun, or both. */
static void turn(struct net *net, bool durable, bool begins)
{
    begun = begins;
    if (durable)
        release_wake(net);
    release_due(net);
}

static void nothing_is_told_while_nothing_is_durable(void **state)
{
    turn(*state, false, true);
    assert_int_equal(told, 0);
}

static void what_is_quickly_told_never_waits(void **state)
{
    struct net *net = *state;

    net->release.telling_ns = MS / 2;
    turn(net, true, true);
    assert_int_equal(told, 1);
}

static void nothing_waits_where_no_commit_was_begun(void **state)
{
    struct net *net = *state;

    net->release.telling_ns = 5 * MS;
    turn(net, true, false);
    assert_int_equal(told, 1);
}

static void what_takes_long_to_tell_waits_for_one_commit(void **state)
{
    struct net *net = *state;

    net->release.telling_ns = 5 * MS;
    turn(net, true, true);
    turn(net, false, true);
    assert_int_equal(told, 0);
    turn(net, true, true);
    assert_int_equal(told, 1);
}

static void nothing_waits_for_a_disk_that_is_slower_than_telling(void **state)
{
    struct net *net = *state;

    net->release.telling_ns = 5 * MS;
    took = 6000;
    turn(net, true, true);
    assert_int_equal(told, 1);
}

/* The average of all time would still be quick. */
static void a_disk_that_has_become_slow_is_noticed(void **state)
{
    struct net *net = *state;

    net->release.telling_ns = 5 * MS;
    commits = 1000;
    turn(net, true, true);
    turn(net, true, false);
    assert_int_equal(told, 1);
    net->release.telling_ns = 5 * MS;
    net->release.commit_us -= 6000;
    commits++;
    turn(net, true, true);
    assert_int_equal(told, 2);
}

static void a_disk_that_stalls_is_not_waited_for(void **state)
{
    struct net *net = *state;

    net->release.telling_ns = 5 * MS;
    turn(net, true, true);
    assert_int_equal(told, 0);
    uv_run(&net->loop, UV_RUN_DEFAULT); /* Until no timer is left. */
    turn(net, false, false);
    assert_int_equal(told, 1);
}

static void nothing_waits_at_a_stop(void **state)
{
    struct net *net = *state;

    net->release.telling_ns = 5 * MS;
    net->state = NET_DRAINING;
    turn(net, true, true);
    assert_int_equal(told, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_told_while_nothing_is_durable, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_quickly_told_never_waits, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_waits_where_no_commit_was_begun, setup, teardown),
        cmocka_unit_test_setup_teardown(what_takes_long_to_tell_waits_for_one_commit, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(nothing_waits_for_a_disk_that_is_slower_than_telling, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_disk_that_has_become_slow_is_noticed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_disk_that_stalls_is_not_waited_for, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_waits_at_a_stop, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
