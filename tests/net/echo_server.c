/* echo_server.c -- net with an echo behind it: what the raw-socket cases knock at.
 *
 *     net_echo [base_url=URL] [trust_proxy=LIST] [metrics=HOST:PORT] [listen=HOST:PORT]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/net.h"
#include "support/fake_app.h"

static const char csp[] = "default-src 'none'; script-src 'sha256-x'";

#define PACKED(text)                                                                               \
    {                                                                                              \
        .bytes = (const unsigned char *)(text), .len = sizeof(text) - 1                            \
    }
#define PAGE(page_name, page_locale)                                                               \
    {                                                                                              \
        .name = page_name, .locale = page_locale, .csp = csp,                                      \
        .gzip = PACKED("\x1f\x8b" page_name "." page_locale),                                      \
        .brotli = PACKED("br " page_name "." page_locale),                                         \
        .plain = (const unsigned char *)"<p>" page_name "." page_locale,                           \
        .plain_len = sizeof("<p>" page_name "." page_locale) - 1,                                  \
        .etag = page_name "-" page_locale "-1"                                                     \
    }

static const struct page test_pages[] = {
    PAGE("start", "da"),   PAGE("start", "en"), PAGE("phone", "da"),   PAGE("phone", "en"),
    PAGE("console", "da"), PAGE("board", "da"), PAGE("minutes", "da"), { .name = NULL },
};

static const struct asset test_assets[] = {
    { .path = "/a/0f1e.js",
      .type = "text/javascript",
      .gzip = PACKED("\x1f\x8bjs"),
      .brotli = PACKED("br js") },
    { .path = NULL },
};

int main(int argc, char **argv)
{
    struct net_options options = {
        .listen = "127.0.0.1:0",
        .listen_fd = -1,
        .version = "test",
        .pages = test_pages,
        .assets = test_assets,
    };
    const struct net_ops silent = { 0 };
    const struct {
        const char *name;
        const char **value;
    } settings[] = {
        { "listen=", &options.listen },
        { "base_url=", &options.base_url },
        { "metrics=", &options.metrics },
        { "trust_proxy=", &options.trust_proxy },
    };
    const char *what, *why;
    struct net *net;

    for (int i = 1; i < argc; i++)
        for (size_t k = 0; k < sizeof(settings) / sizeof(settings[0]); k++)
            if (strncmp(argv[i], settings[k].name, strlen(settings[k].name)) == 0)
                *settings[k].value = argv[i] + strlen(settings[k].name);
    if (net_new(&options, &net, &what, &why) != 0) {
        fprintf(stderr, "%s: %s\n", what, why);
        return 1;
    }
    struct app *app = fake_app_new();
    int error = net_run(net, app, NULL, &silent, NULL);
    net_free(net);
    app_free(app);
    return error ? 1 : 0;
}
