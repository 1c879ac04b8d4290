#include "net/client.h"

#include "support/cmocka_all.h"

struct owner {
    struct clients *clients;
    int opened, closed;
};

static void opened(void *owner)
{
    ((struct owner *)owner)->opened++;
}

static void heard(void *owner, const char *text, size_t len)
{
    (void)owner;
    (void)text;
    (void)len;
    fail();
}

static void closed(void *owner)
{
    struct owner *c = owner;

    c->closed++;
    clients_stop(c->clients);
}

static const struct client_ops ops = { .open = opened, .heard = heard, .closed = closed };

static int64_t nothing_due(void *context)
{
    (void)context;
    return 1000;
}

/* Port 1 of this machine: nobody is there. */
static void a_connection_that_nobody_accepts_is_told_as_closed(void **state)
{
    struct owner c = { 0 };
    (void)state;

    assert_int_equal(clients_new("127.0.0.1", 1, &ops, &c.clients), 0);
    struct client *client = client_new(c.clients, &c);
    assert_non_null(client);
    assert_true(client_say(client, "{}"));
    assert_int_equal(c.closed, 0); /* Never from within. */
    clients_run(c.clients, nothing_due, NULL);
    assert_int_equal(c.opened, 0);
    assert_int_equal(c.closed, 1);
    clients_free(c.clients);
}

static void an_owner_hears_nothing_when_all_is_freed(void **state)
{
    struct owner c = { 0 };
    (void)state;

    assert_int_equal(clients_new("127.0.0.1", 1, &ops, &c.clients), 0);
    assert_non_null(client_new(c.clients, &c));
    clients_free(c.clients);
    assert_int_equal(c.closed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_connection_that_nobody_accepts_is_told_as_closed),
        cmocka_unit_test(an_owner_hears_nothing_when_all_is_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
