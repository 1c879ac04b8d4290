#include "net/routes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/code.h"
#include "net/guard.h"
#include "net/line.h"
#include "net/negotiate.h"
#include "net/prelude.h"
#include "net/qr.h"
#include "net/stream.h"

enum { VALUE_MAX = 1024, BEARER_MAX = 256, TAG_ROOM = 64 };

static void header_or_nothing(struct request *r, enum lws_token_indexes token, char *ret_value,
                              size_t room)
{
    if (lws_hdr_copy(r->connection->wsi, ret_value, (int)room, token) <= 0)
        ret_value[0] = '\0';
}

/* The smallest way of what is packed that the client takes, and its name; NULL: none. */
static const struct packed *take(struct request *r, const struct packed *gzip,
                                 const struct packed *brotli, const char **ret_coding)
{
    char value[VALUE_MAX];

    header_or_nothing(r, WSI_TOKEN_HTTP_ACCEPT_ENCODING, value, sizeof(value));
    *ret_coding = "br";
    if (brotli->bytes && negotiate_coding(value, "br"))
        return brotli;
    *ret_coding = "gzip";
    return negotiate_coding(value, "gzip") ? gzip : NULL;
}

/* The policy of a page, with the one thing that it cannot know: where its socket leads. */
static void content_policy(struct request *r, const struct page *page)
{
    char host[HOST_CHARS + 8];
    size_t len = strlen(page->csp);

    header_or_nothing(r, WSI_TOKEN_HOST, host, sizeof(host));
    while (len > 0 && (page->csp[len - 1] == ';' || page->csp[len - 1] == ' '))
        len--;
    response_header(&r->response, "Content-Security-Policy",
                    "%.*s; connect-src 'self' ws://%s wss://%s", (int)len, page->csp, host, host);
}

/* Chromium complains of this header where it means nothing: on every page over plain HTTP, which
 * is what a school's own network has. */
static void opener_policy(struct request *r)
{
    char host[HOST_CHARS + 8];

    header_or_nothing(r, WSI_TOKEN_HOST, host, sizeof(host));
    if (hosts_trusted(&r->connection->net->hosts, host, strlen(host)))
        response_header(&r->response, "Cross-Origin-Opener-Policy", "same-origin");
}

/* facts: what is told before the page, or NULL. */
static void page_answer(struct request *r, const struct page *page, int status, const char *facts)
{
    char known[VALUE_MAX], tag[TAG_ROOM], *told = NULL;
    const struct packed none = { 0 };
    const char *coding;
    /* What stands before a page is put before its gzip. */
    const struct packed *packed = take(r, &page->gzip, facts ? &none : &page->brotli, &coding);
    size_t len = packed ? packed->len : page->plain_len;
    uint32_t mark;

    snprintf(tag, sizeof(tag), "%s", page->etag);
    if (facts && prelude_page(page, facts, packed, &told, &len, &mark) == 0)
        snprintf(tag, sizeof(tag), "%s-%08x", page->etag, mark);
    header_or_nothing(r, WSI_TOKEN_HTTP_IF_NONE_MATCH, known, sizeof(known));
    if (status == 200 && negotiate_etag(known, tag))
        status = 304;
    response_begin(&r->response, status);
    r->response.owned = told;
    response_header(&r->response, "ETag", "W/\"%s\"", tag);
    response_header(&r->response, "Cache-Control", "no-cache");
    response_header(&r->response, "Vary", "Accept-Encoding, Accept-Language");
    content_policy(r, page);
    opener_policy(r);
    response_header(&r->response, "Permissions-Policy",
                    "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if (status != 304) {
        response_header(&r->response, "Content-Language", "%s", page->locale);
        if (packed)
            response_header(&r->response, "Content-Encoding", "%s", coding);
        const void *body = packed ? packed->bytes : page->plain;
        response_body(&r->response, "text/html; charset=utf-8", told ? told : body, len);
    }
    request_answer(r);
}

/* A wrong code counts as a failed guess here too. */
static void told(void *context, const struct api_answer *from)
{
    struct request *r = context;
    char facts[PRELUDE_MAX];

    r->call = NULL;
    if (from->guess)
        line_guessed(r->connection->net, &r->connection->peer);
    bool known = from->status == 200 || from->status == 404;
    known = known && from->body_len < sizeof(facts);
    if (known) {
        memcpy(facts, from->body, from->body_len);
        facts[from->body_len] = '\0';
    }
    page_answer(r, r->page, 200, known ? facts : NULL);
}

/* A phone's first question, answered with the page.  Whoever must wait gets the page alone. */
static bool told_page(struct request *r, const struct page *page)
{
    struct connection *c = r->connection;
    char path[PATH_MAX_CHARS + 32], address[ADDRESS_CHARS + 1];

    if (admission_wait(c->net->admission, &c->peer, net_now(c->net)) > 0)
        return false;
    r->page = page;
    address_write(&c->peer, address);
    snprintf(path, sizeof(path), "/api/meetings/%s/door", r->path + strlen("/m/"));
    const struct api_request request = {
        .method = "GET",
        .path = path,
        .query = "",
        .body = "",
        .address = address,
        .near = address_is_near(&c->peer),
    };
    struct api_call *call = app_api(c->net->app, &request, told, r);
    if (!r->answered)
        r->call = call;
    return true;
}

/* The page stands elsewhere; what a link has behind its "#" goes along in the browser. */
static void moved(struct request *r, const char *place)
{
    response_text(&r->response, 302, "moved");
    response_header(&r->response, "Location", "%s", place);
    request_answer(r);
}

static bool page_route(struct request *r)
{
    char language[VALUE_MAX], place[PAGE_PLACE_ROOM];
    int status;

    header_or_nothing(r, WSI_TOKEN_HTTP_ACCEPT_LANGUAGE, language, sizeof(language));
    const struct page *page =
        pages_find(r->connection->net->options.pages, r->path, r->query, language, &status, place);
    if (!page)
        return false;
    if (status == 302)
        moved(r, place);
    else if (status != 200 || strcmp(page->name, "phone") != 0 || !told_page(r, page))
        page_answer(r, page, status, NULL);
    return true;
}

static bool asset_route(struct request *r)
{
    const struct asset *asset = pages_asset(r->connection->net->options.assets, r->path);
    const char *coding;

    if (!asset)
        return false;
    const struct packed *packed = take(r, &asset->gzip, &asset->brotli, &coding);
    if (!packed) {
        request_refuse(r, 406, "gzip or brotli only");
        return true;
    }
    bool named = strncmp(r->path, "/a/", 3) == 0; /* By its content: it is never another. */
    response_begin(&r->response, 200);
    response_header(&r->response, "Cache-Control",
                    named ? "public, max-age=31536000, immutable" : "no-cache");
    if (!named) /* The service worker has this policy for itself. */
        response_header(&r->response, "Content-Security-Policy",
                        "default-src 'none'; connect-src 'self'");
    response_header(&r->response, "Content-Encoding", "%s", coding);
    response_header(&r->response, "Vary", "Accept-Encoding");
    response_body(&r->response, asset->type, packed->bytes, packed->len);
    request_answer(r);
    return true;
}

/* `body` is the answer's from here on; NULL when memory is exhausted. */
static void plain_answer(struct request *r, int status, const char *type, char *body)
{
    if (!body) {
        request_refuse(r, 503, "memory");
        return;
    }
    response_begin(&r->response, status);
    response_header(&r->response, "Cache-Control", "no-store");
    response_header(&r->response, "Content-Security-Policy", "default-src 'none'");
    if (status == 503)
        response_header(&r->response, "Retry-After", "1");
    response_body_owned(&r->response, type, body);
    request_answer(r);
}

/* "/qr/K7QM-4XPR.svg": the link by which phones join.  Whether there is such a meeting is not
 * looked up, so that nobody can find out here. */
static bool qr_route(struct request *r)
{
    static const char before[] = "/qr/", after[] = ".svg";
    char code[CODE_CHARS + 1], link[sizeof(r->connection->net->base_url) + 16];
    size_t len = strlen(r->path), around = sizeof(before) - 1 + sizeof(after) - 1;

    if (len < around || strncmp(r->path, before, sizeof(before) - 1) != 0 ||
        strcmp(r->path + len - (sizeof(after) - 1), after) != 0 ||
        !code_read(r->path + sizeof(before) - 1, len - around, code))
        return false;
    snprintf(link, sizeof(link), "%s/m/%s", r->connection->net->base_url, code);
    plain_answer(r, 200, "image/svg+xml", qr_svg(link));
    return true;
}

static bool statement_route(struct request *r)
{
    char language[VALUE_MAX];

    if (!statement_is(r->path))
        return false;
    header_or_nothing(r, WSI_TOKEN_HTTP_ACCEPT_LANGUAGE, language, sizeof(language));
    const char *locale = statement_locale(r->query, language);
    char *body = statement_write(r->path, locale, &r->connection->net->options.host);
    if (!body) {
        request_refuse(r, 503, "memory");
        return true;
    }
    response_begin(&r->response, 200);
    response_header(&r->response, "Cache-Control", "no-cache");
    response_header(&r->response, "Vary", "Accept-Language");
    response_header(&r->response, "Content-Language", "%s", locale);
    response_header(&r->response, "Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                    "form-action 'none'; frame-ancestors 'none'");
    response_body_owned(&r->response, "text/html; charset=utf-8", body);
    request_answer(r);
    return true;
}

static bool health_route(struct request *r)
{
    static const char text[] = "text/plain; charset=utf-8";
    struct net *net = r->connection->net;
    char *version;

    if (strcmp(r->path, "/healthz") == 0) {
        plain_answer(r, 200, text, strdup("ok\n"));
        return true;
    }
    if (strcmp(r->path, "/readyz") == 0) {
        bool ready = net->state == NET_OPEN && app_ready(net->app);
        size_t damaged = app_broken(net->app);
        char *body = NULL;
        if (asprintf(&body, "%s\n", ready ? "ready" : "not ready") >= 0 && damaged > 0) {
            free(body);
            if (asprintf(&body, "%s\ndamaged %zu\n", ready ? "ready" : "not ready", damaged) < 0)
                body = NULL;
        }
        plain_answer(r, ready ? 200 : 503, text, body);
        return true;
    }
    if (strcmp(r->path, "/version") != 0)
        return false;
    if (asprintf(&version, "{\"name\":\"runde\",\"version\":\"%s\"}\n", net->options.version) < 0)
        version = NULL;
    plain_answer(r, 200, "application/json", version);
    return true;
}

static void metrics_route(struct request *r)
{
    if (strcmp(r->path, "/metrics") != 0 || r->verb == VERB_POST)
        request_refuse(r, 404, "only /metrics");
    else
        plain_answer(r, 200, "text/plain; version=0.0.4; charset=utf-8",
                     metrics_text(r->connection->net));
}

static bool is_stream(const struct request *r)
{
    return guard_place(r->path, strlen(r->path), "/stream");
}

static bool is_api(const struct request *r)
{
    return strncmp(r->path, "/api/", 5) == 0;
}

void routes_begin(struct request *r)
{
    if (r->connection->metrics) {
        metrics_route(r);
    } else if (is_api(r)) {
        if (r->verb != VERB_POST)
            routes_go_on(r);
    } else if (is_stream(r)) {
        stream_begin(r);
    } else if (r->verb == VERB_POST) {
        response_text(&r->response, 405, "method");
        response_header(&r->response, "Allow", "GET, HEAD");
        request_answer(r);
    } else if (!page_route(r) && !asset_route(r) && !qr_route(r) && !health_route(r) &&
               !statement_route(r)) {
        request_refuse(r, 404, "nothing here");
    }
}

/* A document of a meeting opens in the browser without any power; a name makes it a download. */
static void respond(void *context, const struct api_answer *from)
{
    struct request *r = context;

    r->call = NULL;
    if (from->guess)
        line_guessed(r->connection->net, &r->connection->peer);
    char *body = alloc_bytes(from->body_len + 1);
    if (!body) {
        request_refuse(r, 503, "memory");
        return;
    }
    if (from->body_len > 0)
        memcpy(body, from->body, from->body_len);
    response_begin(&r->response, from->status);
    r->response.owned = body;
    response_header(&r->response, "Cache-Control", "no-store");
    response_header(&r->response, "Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox");
    if (from->filename)
        response_header(&r->response, "Content-Disposition", "attachment; filename=\"%.*s\"",
                        (int)strcspn(from->filename, "\"\\\r\n"), from->filename);
    if (from->retry_after > 0)
        response_header(&r->response, "Retry-After", "%d", from->retry_after);
    if (from->status == 401)
        response_header(&r->response, "WWW-Authenticate", "Bearer");
    response_body(&r->response, from->type, body, from->body_len);
    request_answer(r);
}

const char *request_bearer(struct request *r, char *value, size_t room)
{
    header_or_nothing(r, WSI_TOKEN_HTTP_AUTHORIZATION, value, room);
    return strncasecmp(value, "Bearer ", 7) == 0 ? value + 7 + strspn(value + 7, " ") : NULL;
}

void routes_go_on(struct request *r)
{
    struct connection *c = r->connection;
    char authorization[BEARER_MAX], address[ADDRESS_CHARS + 1];

    if (is_stream(r)) {
        stream_post(r, request_bearer(r, authorization, sizeof(authorization)));
        return;
    }
    int wait = admission_wait(c->net->admission, &c->peer, net_now(c->net));

    if (wait > 0)
        admission_held(c->net->admission);
    address_write(&c->peer, address);
    const struct api_request request = {
        .method = r->verb == VERB_POST ? "POST" : "GET",
        .path = r->path,
        .query = r->query,
        .bearer = request_bearer(r, authorization, sizeof(authorization)),
        .body = r->body ? r->body : "",
        .body_len = r->body ? r->come : 0,
        .held = wait,
        .address = address,
        .near = address_is_near(&c->peer),
    };
    struct api_call *call = app_api(c->net->app, &request, respond, r);
    /* Where it was answered at once, `respond` has been here already. */
    if (!r->answered)
        r->call = call;
}
