#include "net/guard.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/code.h"
#include "net/line.h"

enum {
    VALUE_MAX = 512,
    LENGTH_DIGITS_MAX = 15,
    KEY_CHARS = 24, /* RFC 6455, 4.1: base64 of 16 bytes. */
};

static const struct verdict passed;

static struct verdict refuse(int status, const char *why)
{
    return (struct verdict){ .status = status, .why = why };
}

bool guard_has(struct lws *wsi, enum lws_token_indexes token)
{
    char nothing[1];

    return lws_hdr_total_length(wsi, token) > 0 ||
           lws_hdr_copy_fragment(wsi, nothing, sizeof(nothing), token, 0) == 0;
}

/* A second one of the same name, be it empty. */
static bool twice(struct lws *wsi, enum lws_token_indexes token)
{
    char nothing[1];

    return lws_hdr_fragment_length(wsi, token, 1) > 0 ||
           lws_hdr_copy_fragment(wsi, nothing, sizeof(nothing), token, 1) == 0;
}

bool guard_header(struct lws *wsi, enum lws_token_indexes token, char *ret_value, size_t room)
{
    return guard_has(wsi, token) && !twice(wsi, token) &&
           lws_hdr_copy(wsi, ret_value, (int)room, token) > 0;
}

static struct verdict length_of(struct lws *wsi, size_t *ret_length)
{
    char digits[LENGTH_DIGITS_MAX + 1];
    size_t length = 0;

    *ret_length = 0;
    if (!guard_has(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH))
        return passed;
    if (!guard_header(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, digits, sizeof(digits)))
        return refuse(400, "Content-Length");
    for (const char *p = digits; *p; p++) {
        if (!isdigit((unsigned char)*p))
            return refuse(400, "Content-Length");
        length = length * 10 + (size_t)(*p - '0');
    }
    *ret_length = length;
    return passed;
}

/* Whether it is HTTP/1.0, 1.1 or a later one of the same; libwebsockets takes any word for one. */
static bool is_http_1(struct lws *wsi)
{
    char version[VALUE_MAX];

    return guard_header(wsi, WSI_TOKEN_HTTP, version, sizeof(version)) && strlen(version) == 8 &&
           memcmp(version, "HTTP/1.", 7) == 0 && isdigit((unsigned char)version[7]);
}

struct verdict guard_request(struct connection *c, struct lws *wsi, size_t *ret_length)
{
    /* A blank before the colon makes it another header for libwebsockets, but not for all. */
    static const char *const odd[] = { "transfer-encoding :", "content-length :",
                                       "transfer-encoding\t:", "content-length\t:" };
    char host[HOST_CHARS + 8];

    if (!is_http_1(wsi))
        return refuse(505, "HTTP version");
    struct verdict length = length_of(wsi, ret_length);
    if (length.status)
        return length;
    if (guard_has(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING))
        return refuse(400, "Transfer-Encoding");
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
        if (lws_hdr_custom_length(wsi, odd[i], (int)strlen(odd[i])) >= 0)
            return refuse(400, "header");
    if (!guard_header(wsi, WSI_TOKEN_HOST, host, sizeof(host)))
        return refuse(400, "Host");
    if (c->metrics)
        return guard_has(wsi, WSI_TOKEN_ORIGIN) ? refuse(403, "Origin") : passed;
    if (!hosts_know(&c->net->hosts, &c->at, host, strlen(host)) &&
        !(c->net->calling && hosts_know(&c->net->own_node, &c->at, host, strlen(host))))
        return refuse(421, "Host");
    guard_forwarded(c, wsi);
    return passed;
}

struct verdict guard_origin(struct connection *c, struct lws *wsi, bool needed)
{
    char origin[HOST_CHARS + 16];

    if (!guard_has(wsi, WSI_TOKEN_ORIGIN))
        return needed ? refuse(403, "Origin") : passed;
    if (!guard_header(wsi, WSI_TOKEN_ORIGIN, origin, sizeof(origin)) ||
        !hosts_know_origin(&c->net->hosts, &c->at, origin, strlen(origin)))
        return refuse(403, "Origin");
    return passed;
}

/* Whether a comma-separated list holds `token`. */
static bool lists(const char *list, const char *token, bool any_case)
{
    size_t n = strlen(token);

    for (const char *p = list; *p;) {
        p += strspn(p, " \t,");
        size_t len = strcspn(p, " \t,");
        if (len == n && (any_case ? strncasecmp(p, token, n) : strncmp(p, token, n)) == 0)
            return true;
        p += len;
    }
    return false;
}

static bool is_key(const char *key)
{
    if (strlen(key) != KEY_CHARS || strcmp(key + KEY_CHARS - 2, "==") != 0)
        return false;
    for (size_t i = 0; i < KEY_CHARS - 2; i++)
        if (!isalnum((unsigned char)key[i]) && key[i] != '+' && key[i] != '/')
            return false;
    return true;
}

/* protocol: the one that it must name. */
static struct verdict handshake(struct lws *wsi, const char *protocol)
{
    char value[VALUE_MAX];

    if (!guard_header(wsi, WSI_TOKEN_HTTP, value, sizeof(value)) || strcmp(value, "HTTP/1.1") != 0)
        return refuse(400, "HTTP version");
    if (!guard_header(wsi, WSI_TOKEN_UPGRADE, value, sizeof(value)) ||
        strcasecmp(value, "websocket") != 0)
        return refuse(400, "Upgrade");
    if (!guard_header(wsi, WSI_TOKEN_CONNECTION, value, 100) || !lists(value, "upgrade", true))
        return refuse(400, "Connection");
    if (!guard_header(wsi, WSI_TOKEN_VERSION, value, sizeof(value)) || strcmp(value, "13") != 0)
        return refuse(426, "Sec-WebSocket-Version");
    if (!guard_header(wsi, WSI_TOKEN_KEY, value, sizeof(value)) || !is_key(value))
        return refuse(400, "Sec-WebSocket-Key");
    /* libwebsockets takes 128 bytes of the list, and the first name that it knows: callbacks.c
     * looks which one that was. */
    if (!guard_header(wsi, WSI_TOKEN_PROTOCOL, value, 100) || !lists(value, protocol, false))
        return refuse(400, "Sec-WebSocket-Protocol");
    return passed;
}

bool guard_place(const char *path, size_t len, const char *place)
{
    size_t n = strlen(place);

    if (len < n || memcmp(path, place, n) != 0)
        return false;
    return len == n || (path[n] == '/' && code_alone(path + n + 1, len - n - 1));
}

struct verdict guard_upgrade(struct connection *c, struct lws *wsi)
{
    char *uri = NULL;
    int len = 0, method = lws_http_get_uri_and_method(wsi, &uri, &len);
    size_t length;

    struct verdict verdict = guard_request(c, wsi, &length);
    if (verdict.status)
        return verdict;
    if (length > 0)
        return refuse(400, "Content-Length");
    if (method != LWSHUMETH_GET)
        return refuse(405, "method");
    c->for_server = c->net->calling && !c->metrics && len == (int)strlen(LINE_PATH) &&
                    memcmp(uri, LINE_PATH, strlen(LINE_PATH)) == 0;
    if (c->for_server)
        return guard_has(wsi, WSI_TOKEN_ORIGIN) ? refuse(403, "Origin")
                                                : handshake(wsi, LINE_SUBPROTOCOL);
    if (c->metrics || len < 0 || !guard_place(uri, (size_t)len, "/ws"))
        return refuse(404, "path");
    verdict = guard_origin(c, wsi, true);
    if (verdict.status)
        return verdict;
    return handshake(wsi, SUBPROTOCOL);
}

void guard_forwarded(struct connection *c, struct lws *wsi)
{
    char list[VALUE_MAX];
    struct address said;

    for (size_t i = 0; i < c->net->proxy_count; i++) {
        if (!address_same(&c->peer, &c->net->proxies[i]))
            continue;
        if (lws_hdr_copy(wsi, list, sizeof(list), WSI_TOKEN_X_FORWARDED_FOR) <= 0)
            return;
        /* The last one is what our own proxy saw; the ones before are anybody's claim. */
        const char *last = strrchr(list, ',');
        last = last ? last + 1 : list;
        last += strspn(last, " \t");
        if (address_read(last, strcspn(last, " \t"), &said))
            c->peer = said;
        return;
    }
}
