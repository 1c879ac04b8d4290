#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static const uint8_t v4_prefix[12] = { [10] = 0xff, [11] = 0xff };

static struct address from_v4(const void *four)
{
    struct address a;

    memcpy(a.b, v4_prefix, sizeof(v4_prefix));
    memcpy(a.b + sizeof(v4_prefix), four, 4);
    return a;
}

bool address_read(const char *chars, size_t len, struct address *ret_address)
{
    char closed[ADDRESS_CHARS + 1];
    uint8_t four[4];
    struct address six;

    if (len >= 2 && chars[0] == '[' && chars[len - 1] == ']') {
        chars++;
        len -= 2;
    }
    if (len == 0 || len > ADDRESS_CHARS || memchr(chars, '\0', len))
        return false;
    memcpy(closed, chars, len);
    closed[len] = '\0';
    if (inet_pton(AF_INET, closed, four) == 1) {
        *ret_address = from_v4(four);
        return true;
    }
    if (inet_pton(AF_INET6, closed, six.b) == 1) {
        *ret_address = six;
        return true;
    }
    return false;
}

bool address_of(const struct sockaddr *socket, struct address *ret_address, int *ret_port)
{
    if (socket->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, socket, sizeof(in));
        *ret_address = from_v4(&in.sin_addr);
        *ret_port = ntohs(in.sin_port);
        return true;
    }
    if (socket->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, socket, sizeof(in));
        memcpy(ret_address->b, &in.sin6_addr, sizeof(ret_address->b));
        *ret_port = ntohs(in.sin6_port);
        return true;
    }
    return false;
}

bool address_is_v4(const struct address *a)
{
    return memcmp(a->b, v4_prefix, sizeof(v4_prefix)) == 0;
}

void address_write(const struct address *a, char ret_chars[static ADDRESS_CHARS + 1])
{
    bool v4 = address_is_v4(a);

    inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? a->b + 12 : a->b, ret_chars, ADDRESS_CHARS + 1);
}

bool address_same(const struct address *a, const struct address *b)
{
    return memcmp(a->b, b->b, sizeof(a->b)) == 0;
}

bool address_is_any(const struct address *a)
{
    static const uint8_t zeros[16];
    size_t from = address_is_v4(a) ? sizeof(v4_prefix) : 0;

    return memcmp(a->b + from, zeros, sizeof(a->b) - from) == 0;
}

bool address_is_loopback(const struct address *a)
{
    static const uint8_t one[16] = { [15] = 1 };

    return address_is_v4(a) ? a->b[12] == 127 : memcmp(a->b, one, sizeof(one)) == 0;
}

bool address_is_near(const struct address *a)
{
    const uint8_t *four = a->b + 12;

    if (address_is_loopback(a))
        return true;
    if (address_is_v4(a))
        return four[0] == 10 || (four[0] == 172 && (four[1] & 0xf0) == 16) ||
               (four[0] == 192 && four[1] == 168) || (four[0] == 169 && four[1] == 254);
    return (a->b[0] & 0xfe) == 0xfc || (a->b[0] == 0xfe && (a->b[1] & 0xc0) == 0x80);
}

struct address address_network(const struct address *a)
{
    struct address network = *a;

    if (!address_is_v4(a))
        memset(network.b + 8, 0, 8);
    return network;
}
