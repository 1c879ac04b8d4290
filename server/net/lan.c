/* lan.c -- under which address others in the same network reach this machine. */

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/inside.h"

/* The address that the system would send from to the outside.  Connecting a datagram socket
 * only looks the road up: nothing is sent.  192.0.2.1 is kept for documentation (RFC 5737). */
static bool by_route(struct address *ret_address)
{
    struct sockaddr_in out = { .sin_family = AF_INET, .sin_port = htons(9) };
    struct sockaddr_storage own;
    socklen_t len = sizeof(own);
    int port, fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return false;
    inet_pton(AF_INET, "192.0.2.1", &out.sin_addr);
    bool found = connect(fd, (struct sockaddr *)&out, sizeof(out)) == 0 &&
                 getsockname(fd, (struct sockaddr *)&own, &len) == 0 &&
                 address_of((struct sockaddr *)&own, ret_address, &port) &&
                 !address_is_loopback(ret_address);
    close(fd);
    return found;
}

/* Without a road out, as in a room with a router of its own: the first private IPv4 address. */
static bool by_interface(struct address *ret_address)
{
    struct ifaddrs *all = NULL;
    struct address a;
    bool found = false;
    int port;

    if (getifaddrs(&all) != 0)
        return false;
    for (struct ifaddrs *i = all; i && !found; i = i->ifa_next) {
        if (!i->ifa_addr || !(i->ifa_flags & IFF_UP) || (i->ifa_flags & IFF_LOOPBACK))
            continue;
        found = address_of(i->ifa_addr, &a, &port) && address_is_v4(&a) && address_is_near(&a);
        if (found)
            *ret_address = a;
    }
    freeifaddrs(all);
    return found;
}

void lan_address(char ret_chars[static ADDRESS_CHARS + 1])
{
    struct address a;

    if (by_route(&a) || by_interface(&a))
        address_write(&a, ret_chars);
    else
        snprintf(ret_chars, ADDRESS_CHARS + 1, "127.0.0.1");
}
