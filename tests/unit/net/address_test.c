#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "support/cmocka_all.h"

static struct address at(const char *text)
{
    struct address a;

    assert_true(address_read(text, strlen(text), &a));
    return a;
}

static void what_is_near_is_in_the_same_building(void **state)
{
    static const char *const near[] = {
        "127.0.0.1",   "127.255.0.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.4",
        "169.254.1.1", "::1",         "fc00::1",  "fdff::1",    "fe80::1",        "::ffff:10.1.1.1"
    };
    static const char *const far[] = { "126.1.1.1",  "128.0.0.1",   "11.0.0.1",      "172.15.9.9",
                                       "172.32.0.1", "192.169.0.1", "8.8.8.8",       "2001:db8::1",
                                       "fec0::1",    "::2",         "::ffff:8.8.8.8" };
    (void)state;

    for (size_t i = 0; i < sizeof(near) / sizeof(near[0]); i++) {
        struct address a = at(near[i]);
        assert_true(address_is_near(&a));
    }
    for (size_t i = 0; i < sizeof(far) / sizeof(far[0]); i++) {
        struct address a = at(far[i]);
        assert_false(address_is_near(&a));
    }
}

static void an_address_comes_back_as_it_was_written(void **state)
{
    static const char *const all[] = { "0.0.0.0", "192.168.1.20", "::1", "2001:db8::42", "::" };
    char chars[ADDRESS_CHARS + 1];
    (void)state;

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        struct address a = at(all[i]);
        address_write(&a, chars);
        assert_string_equal(chars, all[i]);
    }
    struct address six = at("[2001:db8::42]");
    address_write(&six, chars);
    assert_string_equal(chars, "2001:db8::42");
}

static void what_is_no_address_is_not_read(void **state)
{
    static const char *const none[] = { "",          "localhost", "1.2.3", "1.2.3.256",
                                        "01.2.3.4x", "1.2.3.4:5", "[::1",  "fe80::1%1",
                                        ":::",       "1.2.3.4 " };
    struct address a = at("1.2.3.4"), before = a;
    (void)state;

    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
        assert_false(address_read(none[i], strlen(none[i]), &a));
    assert_false(address_read("1.2.3.4\0", 8, &a));
    assert_memory_equal(&a, &before, sizeof(a));
}

static void a_socket_of_either_family_has_one(void **state)
{
    struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons(8080) };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(81) };
    struct sockaddr other = { .sa_family = AF_UNIX };
    struct address a, expected = at("10.1.2.3");
    int port = 0;
    (void)state;

    inet_pton(AF_INET, "10.1.2.3", &four.sin_addr);
    assert_true(address_of((struct sockaddr *)&four, &a, &port));
    assert_true(address_same(&a, &expected));
    assert_int_equal(port, 8080);
    /* As a socket for both families sees a caller of IPv4. */
    inet_pton(AF_INET6, "::ffff:10.1.2.3", &six.sin6_addr);
    assert_true(address_of((struct sockaddr *)&six, &a, &port));
    assert_true(address_same(&a, &expected));
    assert_int_equal(port, 81);
    assert_false(address_of(&other, &a, &port));
}

static void a_network_of_ipv6_is_one_neighbour(void **state)
{
    struct address a = at("2001:db8:1:2::1"), b = at("2001:db8:1:2:ffff::9"),
                   c = at("2001:db8:1:3::1"), d = at("10.0.0.1"), e = at("10.0.0.2");
    (void)state;

    struct address an = address_network(&a), bn = address_network(&b), cn = address_network(&c),
                   dn = address_network(&d), en = address_network(&e);
    assert_true(address_same(&an, &bn));
    assert_false(address_same(&an, &cn));
    assert_false(address_same(&dn, &en));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_near_is_in_the_same_building),
        cmocka_unit_test(an_address_comes_back_as_it_was_written),
        cmocka_unit_test(what_is_no_address_is_not_read),
        cmocka_unit_test(a_socket_of_either_family_has_one),
        cmocka_unit_test(a_network_of_ipv6_is_one_neighbour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
