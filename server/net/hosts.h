/* hosts.h -- by which names this server may be called: the guard against DNS rebinding.
 *
 * Allowed are the base URL's host and port; and, with the port that we listen on, "localhost"
 * and the local address of the very connection.  Host and Origin go by the same list.
 */
#ifndef NET_HOSTS_H
#define NET_HOSTS_H

#include <stdbool.h>
#include <stddef.h>

#include "net/address.h"

enum { HOST_CHARS = 255 };

struct hosts {
    char name[HOST_CHARS + 1]; /* Of the base URL, in lower case. */
    int port;
    bool tls; /* It is an https URL: we or somebody in front of us end TLS. */
};

/* Where a connection came in. */
struct endpoint {
    struct address local;
    int port;
};

/* Reads a base URL: "http://" or "https://", host, maybe a port, and nothing behind it.
 * False, and nothing written, if it is not one. */
bool hosts_read(const char *base_url, struct hosts *ret_hosts);

/* Whether a Host header of `len` bytes names us.  Without a port it means 80, or 443 where that
 * is the base URL's or ours. */
bool hosts_know(const struct hosts *h, const struct endpoint *at, const char *host, size_t len);

/* Whether a browser that has this Host header from its address bar takes us for trustworthy: this
 * machine itself, or the base URL where that is https. */
bool hosts_trusted(const struct hosts *h, const char *host, size_t len);

/* Whether an Origin header ("http://runde.example:8080") names us. */
bool hosts_know_origin(const struct hosts *h, const struct endpoint *at, const char *origin,
                       size_t len);

#endif
