/* address.h -- an IP address of either family, IPv4 mapped into IPv6 (RFC 4291, 2.5.5.2). */
#ifndef NET_ADDRESS_H
#define NET_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sockaddr;

struct address {
    uint8_t b[16]; /* In network order; IPv4 as ::ffff:a.b.c.d. */
};

enum { ADDRESS_CHARS = 45 };

/* Reads "192.168.1.20", "fe80::1" or "[::1]"; false, and nothing written, if it is none. */
bool address_read(const char *chars, size_t len, struct address *ret_address);

/* Takes address and port out of a socket's address; false for families other than IPv4 and IPv6. */
bool address_of(const struct sockaddr *socket, struct address *ret_address, int *ret_port);

/* Writes the address as in a URL, but without the brackets that IPv6 has there. */
void address_write(const struct address *a, char ret_chars[static ADDRESS_CHARS + 1]);

bool address_same(const struct address *a, const struct address *b);

/* Whether it is IPv4.  IPv6 needs brackets in a URL. */
bool address_is_v4(const struct address *a);

/* 0.0.0.0 or :: */
bool address_is_any(const struct address *a);

bool address_is_loopback(const struct address *a);

/* Whether it is of the same building: loopback, link-local, or of a private range (RFC 1918,
 * RFC 4193). */
bool address_is_near(const struct address *a);

/* What counts as one neighbour when failures are limited: all of an IPv4 address, and the /64
 * of an IPv6 one, which a single device may roam through at will. */
struct address address_network(const struct address *a);

#endif
