/* Values of request headers, as we take them apart: the first byte says which it is. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "net/hosts.h"
#include "net/negotiate.h"

static struct endpoint here(void)
{
    struct endpoint at = { .port = 8080 };

    HOLDS(address_read("192.168.1.20", 12, &at.local));
    return at;
}

static void address_goes_round(const char *text, size_t len)
{
    struct address a, again;
    char out[ADDRESS_CHARS + 1];

    if (!address_read(text, len, &a))
        return;
    address_write(&a, out);
    HOLDS(strlen(out) <= ADDRESS_CHARS);
    HOLDS(address_read(out, strlen(out), &again) && address_same(&a, &again));
}

/* A page may come from where a request may go, and from nowhere else. */
static void origin_is_host(const char *text, size_t len)
{
    struct hosts hosts;
    struct endpoint at = here();

    HOLDS(hosts_read("http://runde.example:8080", &hosts));
    for (size_t i = 0; i < len && hosts_know_origin(&hosts, &at, text, len); i++)
        if (len > 7 && memcmp(text, "http://", 7) == 0)
            HOLDS(hosts_know(&hosts, &at, text + 7, len - 7));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct hosts hosts;
    char value[32];

    if (len == 0)
        return 0;
    char *text = malloc(len);
    HOLDS(text);
    memcpy(text, bytes + 1, len - 1);
    text[len - 1] = '\0';
    switch (bytes[0] % 6) {
    case 0: {
        int q = negotiate_language(text, "da");
        HOLDS(q >= 0 && q <= 1000);
        break;
    }
    case 1:
        negotiate_coding(text, "gzip");
        negotiate_etag(text, "3f2b8c1e");
        break;
    case 2:
        if (negotiate_query(text, "lang", value, sizeof(value)))
            HOLDS(memchr(value, '\0', sizeof(value)));
        break;
    case 3:
        if (hosts_read(text, &hosts))
            HOLDS(hosts.name[0] != '\0' && hosts.port > 0 && hosts.port <= 65535);
        break;
    case 4:
        address_goes_round(text, len - 1);
        break;
    default:
        origin_is_host(text, len - 1);
    }
    free(text);
    return 0;
}
