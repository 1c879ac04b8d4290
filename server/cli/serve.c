/* serve.c -- `runde serve`: the server itself. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "cli/cli.h"
#include "cli/data.h"
#include "cli/links.h"
#include "cli/options.h"
#include "cli/service.h"
#include "net/net.h"
#include "net/qr.h"
#include "store/journal.h"

enum { REST_MS = 10 * 60 * 1000 }; /* A meeting that nobody asks for stays in memory so long. */

/* clang-format off */
static const struct option_row rows[] = {
    { "listen", "HOST:PORT", "0.0.0.0:8080", "where to listen; port 0 lets the system choose" },
    { "data", "DIR", "data", "where everything is kept" },
    { "base-url", "URL", NULL, "how others reach this server; by default this machine's address" },
    { "rate", "N", "10", "commands per second and connection; 0 for no limit" },
    { "create", "open|key", "open", "who may create a meeting: the local network, or whoever has DATA/create.key" },
    { "meeting", "TEMPLATE", "skoleudviklingssamtale", "the meeting to create when there is none yet, or none" },
    { "keep-days", "N", "30", "how many days a new meeting is kept after its end, 0 to 365; then it is erased" },
    { "organisation", "NAME", NULL, "who runs the server and answers for what it keeps, for /privatliv and /tilgaengelighed" },
    { "contact", "TEXT", NULL, "how to reach them" },
    { "dpo", "TEXT", NULL, "how to reach their data protection officer" },
    { "metrics", "HOST:PORT", NULL, "metrics for Prometheus, on a separate listener" },
    { "trust-proxy", "ADDRESSES", NULL, "proxies whose X-Forwarded-For is trusted, separated by commas" },
    { "colour", "#RRGGBB", NULL, "the pages' accent, a municipality's own" },
    { "wifi-name", "NAME", NULL, "the room's network: the board shows its QR code" },
    { "wifi-password", "TEXT", NULL, "its password; better in the environment or the file" },
    { "log", "LEVEL", "info", "error, warn, info or debug" },
    { "config", "FILE", NULL, "an INI file with the same names" },
    { "test-clock", "FILE", NULL, "for tests: a file of 8 bytes, milliseconds that are added to the clocks" },
    { NULL, NULL, NULL, NULL },
};
/* clang-format on */

enum { WIFI_NAME_MAX = 32, WIFI_PASSWORD_MAX = 63 }; /* Bytes: IEEE 802.11. */

struct server {
    struct options options;
    const char *data;
    char path[DATA_PATH_MAX], inlet[DATA_INLET_MAX];
    char key[SECRET_CHARS + 1]; /* Of --create key; "" where anyone near may make a meeting. */
    struct net *net;
    struct journal *journal;
    struct app *app;
};

/* Reads the key that POST /api/meetings needs, or makes it. */
static int load_create_key(struct server *s, const char **ret_key)
{
    int code = data_path(s->data, "create.key", s->path);
    if (code)
        return code;
    int fd = open(s->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return complain(EX_CANTCREAT, s->path, strerror(errno));
    ssize_t n = read(fd, s->key, SECRET_CHARS);
    if (n == 0) {
        secret_new(s->key);
        n = write(fd, s->key, SECRET_CHARS);
    }
    close(fd);
    if (n != SECRET_CHARS)
        return complain(EX_IOERR, s->path, "is not a key");
    *ret_key = s->key;
    return 0;
}

static void wake(void *context)
{
    struct server *s = context;

    if (s->net)
        net_wake(s->net);
}

static void tell_of_lost_links(const struct server *s)
{
    bool usual = strcmp(s->data, "data") == 0;

    printf("\nEr linket til styringen væk? Kommandoen her laver et nyt, og det gamle holder op med "
           "at virke.\n"
           "Lost the console link? This command makes a new one; the old one stops "
           "working.\n  %s link %s%s%s\n\n",
           program_invocation_name, "XXXX-XXXX", usual ? "" : " --data ", usual ? "" : s->data);
    fflush(stdout);
}

static void made(void *context, const struct api_answer *answer)
{
    char *json = strndup(answer->body, answer->body_len);

    if (json && answer->status == 201 && links_print(json))
        tell_of_lost_links(context);
    else
        log_event(LOG_LEVEL_ERROR, "meeting.unmade", "status=%d", answer->status);
    free(json);
}

/* Every meeting is back: the first one is made where there is none. */
static void ready(void *context)
{
    struct server *s = context;
    const char *name = options_get(&s->options, "meeting");
    struct api_request request = { .method = "POST",
                                   .path = "/api/meetings",
                                   .query = "",
                                   .bearer = s->key[0] ? s->key : NULL,
                                   .near = true };
    char body[256];

    service_ready(app_meetings(s->app));
    if (strcmp(name, "none") == 0 || app_meetings(s->app) > 0) {
        printf("\nRunde svarer på · Runde answers at  %s\n", net_base_url(s->net));
        tell_of_lost_links(s);
        return;
    }
    int n = snprintf(body, sizeof(body), "{\"template\":\"%s\"}", name);
    if (n < 0 || (size_t)n >= sizeof(body))
        return;
    request.body = body;
    request.body_len = (size_t)n;
    (void)app_api(s->app, &request, made, s);
}

static void alive(void *context)
{
    (void)context;
    service_alive();
}

static void stopping(void *context)
{
    (void)context;
    service_stopping();
}

static int open_net(struct server *s)
{
    const struct options *o = &s->options;
    int fd, code = data_inlet(s->data, s->inlet);

    if (code || (code = service_socket(&fd)))
        return code;
    const struct net_options net_options = {
        .listen = options_get(o, "listen"),
        .listen_fd = fd,
        .metrics = options_get(o, "metrics"),
        .base_url = options_get(o, "base-url"),
        .trust_proxy = options_get(o, "trust-proxy"),
        .inlet = s->inlet,
        .version = RUNDE_VERSION,
        .pages = pages,
        .assets = assets,
        .host = { .organisation = options_get(o, "organisation"),
                  .contact = options_get(o, "contact"),
                  .dpo = options_get(o, "dpo"),
                  .keep_days = (int)strtol(options_get(o, "keep-days"), NULL, 10) },
        .test_clock = options_get(o, "test-clock") != NULL,
    };
    const char *what = "", *why = "";

    switch (net_new(&net_options, &s->net, &what, &why)) {
    case 0:
        return 0;
    case -EINVAL:
        return complain(EX_USAGE, what, why);
    case -EACCES:
        return complain(EX_NOPERM, what, why);
    default:
        return complain(EX_UNAVAILABLE, what, why);
    }
}

static int open_journal(struct server *s)
{
    const char *why = "";
    int code = data_path(s->data, "runde.db", s->path);

    if (code)
        return code;
    switch (journal_sqlite_open(s->path, wake, s, &s->journal, &why)) {
    case 0:
        return 0;
    case -EBADMSG:
    case -EPROTO:
        return complain(EX_DATAERR, s->path, why);
    default:
        return complain(EX_CANTCREAT, s->path, why);
    }
}

static bool is_colour(const char *text)
{
    return text[0] == '#' && strlen(text) == 7 && strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

static int read_looks(const struct options *o, struct app_options *ret_options)
{
    ret_options->colour = options_get(o, "colour");
    ret_options->wifi_name = options_get(o, "wifi-name");
    ret_options->wifi_password = options_get(o, "wifi-password");
    if (ret_options->colour && !is_colour(ret_options->colour))
        return complain(EX_USAGE, "--colour", "is written like #005a9c");
    if (ret_options->wifi_name && strlen(ret_options->wifi_name) > WIFI_NAME_MAX)
        return complain(EX_USAGE, "--wifi-name", "is longer than a network's name can be");
    if (ret_options->wifi_password && strlen(ret_options->wifi_password) > WIFI_PASSWORD_MAX)
        return complain(EX_USAGE, "--wifi-password", "is longer than a password can be");
    return 0;
}

static int read_settings(struct server *s, struct app_options *ret_options)
{
    const char *create = options_get(&s->options, "create");
    const char *test_clock = options_get(&s->options, "test-clock");
    enum log_level level;
    long rate, days;

    if (!log_level_read(options_get(&s->options, "log"), &level))
        return complain(EX_USAGE, "--log", "error, warn, info or debug");
    log_limit(level);
    if (strcmp(create, "open") != 0 && strcmp(create, "key") != 0)
        return complain(EX_USAGE, "--create", "open or key");
    if (!options_number(&s->options, "rate", 0, 1000000, &rate))
        return EX_USAGE;
    ret_options->rate_a_second = (int)rate;
    if (!options_number(&s->options, "keep-days", 0, LIMIT_KEEP_DAYS, &days))
        return EX_USAGE;
    ret_options->keep_days = (int)days;
    ret_options->rest_ms = REST_MS;
    int code = read_looks(&s->options, ret_options);
    if (code == 0)
        code = data_lock(s->data);
    if (code == 0 && strcmp(create, "key") == 0)
        code = load_create_key(s, &ret_options->create_key);
    if (code == 0 && test_clock && clock_test_file(test_clock) != 0)
        code = complain(EX_NOINPUT, test_clock, "is not a clock file");
    return code;
}

static int open_all(struct server *s)
{
    struct app_options app_options = { 0 };
    int code = read_settings(s, &app_options);

    if (code == 0)
        code = open_net(s);
    if (code == 0)
        code = open_journal(s);
    if (code != 0)
        return code;
    app_options.draw_qr = qr_svg;
    app_options.base_url = net_base_url(s->net);
    s->app = app_new(s->journal, app_machine(), &app_options, templates);
    return s->app ? 0 : complain(EX_OSERR, "runde", "memory is exhausted");
}

/* The journal first, whose thread wakes net; then net, whose sessions are app's. */
static void close_all(struct server *s)
{
    journal_close(s->journal);
    net_free(s->net);
    app_free(s->app);
    options_free(&s->options);
}

int cli_serve(int argc, char **argv)
{
    static const struct net_ops ops = { .ready = ready, .alive = alive, .stopping = stopping };
    struct server s = { .options = { .rows = rows,
                                     .about = "Leads meetings, until it is stopped." } };
    log_find_journal();
    int code = options_read(&s.options, argc, argv);

    if (code == 0) {
        s.data = options_get(&s.options, "data");
        code = open_all(&s);
    }
    if (code == 0 && net_run(s.net, s.app, s.journal, &ops, &s) != 0)
        code = EX_IOERR;
    close_all(&s);
    return code;
}
