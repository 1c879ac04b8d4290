#include "net/hosts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Host and port apart; port 0 where there is none. */
struct authority {
    const char *name;
    size_t len; /* With the brackets of an IPv6 address. */
    int port;
};

static bool port_read(const char *chars, size_t len, int *ret_port)
{
    int port = 0;

    if (len == 0 || len > 5)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (!isdigit((unsigned char)chars[i]))
            return false;
        port = port * 10 + (chars[i] - '0');
    }
    if (port == 0 || port > 65535)
        return false;
    *ret_port = port;
    return true;
}

static bool is_name(const char *chars, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)chars[i]) && (i == 0 || !strchr("-._", chars[i])))
            return false;
    return len > 0 && len <= HOST_CHARS;
}

static bool authority_read(const char *chars, size_t len, struct authority *ret_authority)
{
    const char *bracket = len > 0 && chars[0] == '[' ? memchr(chars, ']', len) : NULL;
    const char *from = bracket ? bracket : chars;
    const char *colon = memchr(from, ':', len - (size_t)(from - chars));
    struct authority a = { .name = chars, .len = colon ? (size_t)(colon - chars) : len };
    struct address address;

    if (bracket && a.len != (size_t)(bracket - chars) + 1)
        return false;
    if (colon && !port_read(colon + 1, len - a.len - 1, &a.port))
        return false;
    if (memchr(chars, '\0', len) ||
        !(bracket ? address_read(a.name, a.len, &address) : is_name(a.name, a.len)))
        return false;
    *ret_authority = a;
    return true;
}

/* Takes "http://" or "https://" off; returns the port it stands for, or 0. */
static int scheme_skip(const char **chars, size_t *len)
{
    static const struct {
        const char *text;
        int port;
    } schemes[] = { { "http://", 80 }, { "https://", 443 } };

    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(schemes[i].text);
        if (*len > n && strncasecmp(*chars, schemes[i].text, n) == 0) {
            *chars += n;
            *len -= n;
            return schemes[i].port;
        }
    }
    return 0;
}

bool hosts_read(const char *base_url, struct hosts *ret_hosts)
{
    size_t len = strlen(base_url);
    int port = scheme_skip(&base_url, &len);
    struct authority a;

    if (!port || !authority_read(base_url, len, &a))
        return false;
    for (size_t i = 0; i < a.len; i++)
        ret_hosts->name[i] = (char)tolower((unsigned char)a.name[i]);
    ret_hosts->name[a.len] = '\0';
    ret_hosts->port = a.port ? a.port : port;
    ret_hosts->tls = port == 443;
    return true;
}

static bool names(const struct authority *a, const char *name)
{
    return a->len == strlen(name) && strncasecmp(a->name, name, a->len) == 0;
}

static bool know(const struct hosts *h, const struct endpoint *at, const struct authority *a,
                 int port)
{
    struct address address;

    if (port == h->port && names(a, h->name))
        return true;
    if (port != at->port)
        return false;
    if (names(a, "localhost"))
        return true;
    return address_read(a->name, a->len, &address) && address_same(&address, &at->local);
}

bool hosts_know(const struct hosts *h, const struct endpoint *at, const char *host, size_t len)
{
    struct authority a;

    if (!authority_read(host, len, &a))
        return false;
    if (a.port)
        return know(h, at, &a, a.port);
    return know(h, at, &a, 80) || ((h->port == 443 || at->port == 443) && know(h, at, &a, 443));
}

bool hosts_trusted(const struct hosts *h, const char *host, size_t len)
{
    struct authority a;
    struct address address;

    if (!authority_read(host, len, &a))
        return false;
    if (names(&a, "localhost") ||
        (address_read(a.name, a.len, &address) && address_is_loopback(&address)))
        return true;
    return h->tls && names(&a, h->name) && (a.port ? a.port : 443) == h->port;
}

bool hosts_know_origin(const struct hosts *h, const struct endpoint *at, const char *origin,
                       size_t len)
{
    int port = scheme_skip(&origin, &len);
    struct authority a;

    if (!port || !authority_read(origin, len, &a))
        return false;
    return know(h, at, &a, a.port ? a.port : port);
}
