#include "net/hosts.h"

#include <string.h>

#include "support/cmocka_all.h"

static struct hosts base;
static struct endpoint local_end;

static void stand(const char *base_url, const char *local, int port)
{
    assert_true(hosts_read(base_url, &base));
    assert_true(address_read(local, strlen(local), &local_end.local));
    local_end.port = port;
}

static bool host(const char *text)
{
    return hosts_know(&base, &local_end, text, strlen(text));
}

static bool origin(const char *text)
{
    return hosts_know_origin(&base, &local_end, text, strlen(text));
}

static void a_base_url_is_scheme_host_and_port(void **state)
{
    static const char *const none[] = { "",
                                        "runde.dk",
                                        "ftp://runde.dk",
                                        "http://",
                                        "http://runde.dk/path",
                                        "http://runde.dk:0",
                                        "http://runde.dk:65536",
                                        "http://runde.dk:",
                                        "http://a b",
                                        "http://[::1",
                                        "http://[::g]",
                                        "http://[]",
                                        "http://a[b",
                                        "http://..",
                                        "http://-a",
                                        "http://user@runde.dk" };
    struct hosts h;
    (void)state;

    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
        assert_false(hosts_read(none[i], &h));
    assert_true(hosts_read("HTTPS://Runde.DK", &h));
    assert_string_equal(h.name, "runde.dk");
    assert_int_equal(h.port, 443);
    assert_true(hosts_read("http://[2001:db8::1]:8080", &h));
    assert_string_equal(h.name, "[2001:db8::1]");
    assert_int_equal(h.port, 8080);
}

static void on_a_local_network_it_has_three_names(void **state)
{
    (void)state;
    stand("http://192.168.1.20:8080", "192.168.1.20", 8080);

    assert_true(host("192.168.1.20:8080"));
    assert_true(host("localhost:8080"));
    assert_false(host("192.168.1.21:8080"));
    assert_false(host("192.168.1.20:8081"));
    assert_false(host("192.168.1.20"));
    assert_false(host("evil.example:8080"));
    assert_false(host("localhost.:8080"));
    assert_false(host("192.168.1.20:8080:8080"));
    assert_false(host(""));
}

static void its_address_on_another_interface_counts_for_those_who_come_there(void **state)
{
    (void)state;
    stand("http://192.168.1.20:8080", "10.0.0.5", 8080);

    assert_true(host("10.0.0.5:8080"));
    assert_true(host("192.168.1.20:8080"));
    assert_false(host("127.0.0.1:8080"));
}

static void behind_a_proxy_the_base_url_counts(void **state)
{
    (void)state;
    stand("https://runde.skole.dk", "127.0.0.1", 8080);

    assert_true(host("runde.skole.dk"));
    assert_true(host("RUNDE.skole.dk:443"));
    assert_true(host("127.0.0.1:8080"));
    assert_false(host("runde.skole.dk:80"));
    assert_false(host("runde.skole.dk:8080"));
    assert_false(host("localhost"));
}

static void the_usual_port_of_https_need_not_be_named(void **state)
{
    (void)state;
    stand("https://runde.skole.dk:444", "127.0.0.1", 443);

    assert_true(host("localhost"));
    assert_true(host("127.0.0.1:443"));
    assert_false(host("runde.skole.dk"));
    assert_true(host("runde.skole.dk:444"));
    assert_false(host("127.0.0.1:80"));
}

static void an_address_of_ipv6_may_be_written_in_any_way(void **state)
{
    (void)state;
    stand("http://[2001:db8::1]:8080", "2001:db8::2", 8080);

    assert_true(host("[2001:db8::1]:8080"));
    assert_true(host("[2001:DB8:0::2]:8080"));
    assert_false(host("2001:db8::2:8080"));
    assert_false(host("[2001:db8::2]x:8080"));
}

static void an_origin_is_a_host_with_a_scheme(void **state)
{
    (void)state;
    stand("http://192.168.1.20:8080", "192.168.1.20", 8080);

    assert_true(origin("http://192.168.1.20:8080"));
    assert_true(origin("https://localhost:8080"));
    assert_false(origin("192.168.1.20:8080"));
    assert_false(origin("null"));
    assert_false(origin("http://192.168.1.20"));
    assert_false(origin("http://192.168.1.20:8080/"));
    assert_false(origin("file://192.168.1.20:8080"));
    assert_false(origin("http://evil.example:8080"));

    stand("https://runde.skole.dk", "127.0.0.1", 8080);
    assert_true(origin("https://runde.skole.dk"));
    assert_false(origin("http://runde.skole.dk"));
    assert_false(origin("https://runde.skole.dk.evil.example"));
}

static bool trusted(const char *text)
{
    return hosts_trusted(&base, text, strlen(text));
}

static void trusted_is_what_is_https_or_this_machine(void **state)
{
    (void)state;
    stand("http://192.168.1.20:8080", "192.168.1.20", 8080);

    assert_true(trusted("localhost:8080"));
    assert_true(trusted("127.0.0.1:8080"));
    assert_true(trusted("[::1]:8080"));
    assert_false(trusted("192.168.1.20:8080"));
    assert_false(trusted(""));

    stand("https://runde.skole.dk", "192.168.1.20", 8080);
    assert_true(trusted("runde.skole.dk"));
    assert_true(trusted("runde.skole.dk:443"));
    assert_false(trusted("runde.skole.dk:8080"));
    assert_false(trusted("192.168.1.20:8080"));

    stand("https://runde.skole.dk:8443", "192.168.1.20", 8080);
    assert_true(trusted("runde.skole.dk:8443"));
    assert_false(trusted("runde.skole.dk"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_base_url_is_scheme_host_and_port),
        cmocka_unit_test(on_a_local_network_it_has_three_names),
        cmocka_unit_test(its_address_on_another_interface_counts_for_those_who_come_there),
        cmocka_unit_test(behind_a_proxy_the_base_url_counts),
        cmocka_unit_test(the_usual_port_of_https_need_not_be_named),
        cmocka_unit_test(an_address_of_ipv6_may_be_written_in_any_way),
        cmocka_unit_test(an_origin_is_a_host_with_a_scheme),
        cmocka_unit_test(trusted_is_what_is_https_or_this_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
