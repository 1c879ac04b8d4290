#include "cli/settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "cli/data.h"
#include "net/hosts.h"
#include "net/statement.h"
#include "store/ownership.h"

/* clang-format off */
const struct option_row settings_rows[] = {
    { "listen", "HOST:PORT", "0.0.0.0:8080", "where to listen; port 0 lets the system choose" },
    { "data", "DIR", "data", "where everything is kept" },
    { "journal", "URL", NULL, "keep meetings in PostgreSQL instead: postgresql://HOST,HOST/DATABASE or service=NAME" },
    { "node", "NAME", NULL, "this server's name among several that share --journal" },
    { "node-url", "URL", NULL, "how the others reach it, like http://10.0.0.5:8080" },
    { "cluster-key-file", "FILE", NULL, "the key that the servers share; then each takes callers of all meetings" },
    { "cluster-ca-file", "FILE", NULL, "certificates by which an https --node-url is checked; by default the system's" },
    { "base-url", "URL", NULL, "how others reach this server; by default this machine's address" },
    { "rate", "N", "10", "commands per second and connection; 0 for no limit" },
    { "create", "open|key", "open", "who may create a meeting: the local network, or whoever has DATA/create.key" },
    { "meeting", "TEMPLATE", "skoleudviklingssamtale", "the meeting to create when there is none yet, or none" },
    { "keep-days", "N", "30", "how many days a new meeting is kept after its end, 0 to 365; then it is erased" },
    { "organisation", "NAME", NULL, "who runs the server and answers for what it keeps, for /privatliv and /tilgaengelighed" },
    { "contact", "TEXT", NULL, "how to reach them" },
    { "dpo", "TEXT", NULL, "how to reach their data protection officer" },
    { "reviewed", "DATE", NULL, "when the accessibility of these pages was last looked through, for /tilgaengelighed: 2026-11-30" },
    { "tls-cert", "FILE", NULL, "the server's own certificate with its chain, in PEM; then it serves HTTPS alone" },
    { "tls-key", "FILE", NULL, "its private key, in PEM and without a passphrase" },
    { "metrics", "HOST:PORT", NULL, "metrics for Prometheus, on a separate listener" },
    { "trust-proxy", "ADDRESSES", NULL, "proxies whose X-Forwarded-For is trusted, separated by commas" },
    { "colour", "#RRGGBB", NULL, "the pages' accent, a municipality's own" },
    { "wifi-name", "NAME", NULL, "the room's network: the board shows its QR code" },
    { "wifi-password", "TEXT", NULL, "its password; better in the environment or the file" },
    { "log", "LEVEL", "info", "error, warn, info or debug" },
    { "config", "FILE", NULL, "an INI file with the same names" },
    { "test-clock", "FILE", NULL, "for tests: a file by which the clocks are moved, or stand (server/base/clock.h)" },
    { NULL, NULL, NULL, NULL },
};
/* clang-format on */

enum { WIFI_NAME_MAX = 32, WIFI_PASSWORD_MAX = 63 }; /* Bytes: IEEE 802.11. */

enum { REST_MS = 10 * 60 * 1000 }; /* A meeting that nobody asks for stays in memory so long. */

bool settings_has(const char *name)
{
    for (const struct option_row *row = settings_rows; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return true;
    return false;
}

static bool is_colour(const char *text)
{
    return text[0] == '#' && strlen(text) == 7 && strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

static int read_looks(const struct options *o, struct app_options *ret_options)
{
    const char *reviewed = options_get(o, "reviewed");

    if (reviewed && *reviewed && !statement_is_day(reviewed))
        return complain(EX_USAGE, "--reviewed", "is a day like 2026-11-30");
    ret_options->colour = options_get(o, "colour");
    ret_options->contact = options_get(o, "contact");
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

static int look_at_node(const struct options *o)
{
    const char *name = options_get(o, "node"), *url = options_get(o, "node-url");
    struct hosts hosts;

    if (!name && !url && !options_get(o, "cluster-key-file"))
        return 0;
    if (!name)
        return complain(EX_USAGE, "--node", "is missing: a server that others reach has a name");
    if (!node_is_name(name))
        return complain(EX_USAGE, "--node",
                        "is 1 to 63 letters, digits, dots, dashes and underscores");
    if (!options_get(o, "journal"))
        return complain(EX_USAGE, "--node", "needs --journal: servers share a database");
    if (!url)
        return complain(EX_USAGE, "--node-url",
                        "is missing: the other servers must reach this one");
    if (strlen(url) > OWNERSHIP_URL_MAX || !hosts_read(url, &hosts))
        return complain(EX_USAGE, "--node-url",
                        "must be http://HOST:PORT or https://HOST, of at most 255 characters: no "
                        "user, no password, no path");
    return 0;
}

int settings_app(const struct options *o, struct app_options *ret_options)
{
    const char *create = options_get(o, "create");
    enum log_level level;
    long rate, days;

    if (!log_level_read(options_get(o, "log"), &level))
        return complain(EX_USAGE, "--log", "error, warn, info or debug");
    if (strcmp(create, "open") != 0 && strcmp(create, "key") != 0)
        return complain(EX_USAGE, "--create", "open or key");
    if (!options_number(o, "rate", 0, 1000000, &rate))
        return EX_USAGE;
    ret_options->rate_a_second = (int)rate;
    if (!options_number(o, "keep-days", 0, LIMIT_KEEP_DAYS, &days))
        return EX_USAGE;
    ret_options->keep_days = (int)days;
    ret_options->rest_ms = REST_MS;
    int code = look_at_node(o);
    return code ? code : read_looks(o, ret_options);
}

void settings_log(const struct options *o)
{
    enum log_level level;

    if (log_level_read(options_get(o, "log"), &level))
        log_limit(level);
}

static struct net_options net_options(const struct options *o, const char *inlet, int listen_fd)
{
    return (struct net_options){
        .listen = options_get(o, "listen"),
        .listen_fd = listen_fd,
        .metrics = options_get(o, "metrics"),
        .base_url = options_get(o, "base-url"),
        .trust_proxy = options_get(o, "trust-proxy"),
        .tls_cert = options_get(o, "tls-cert"),
        .tls_key = options_get(o, "tls-key"),
        .node_url = options_get(o, "cluster-key-file") ? options_get(o, "node-url") : NULL,
        .node_ca = options_get(o, "cluster-ca-file"),
        .inlet = inlet,
        .version = RUNDE_VERSION,
        .pages = pages,
        .assets = assets,
        .host = { .organisation = options_get(o, "organisation"),
                  .contact = options_get(o, "contact"),
                  .dpo = options_get(o, "dpo"),
                  .reviewed = options_get(o, "reviewed"),
                  .keep_days = (int)strtol(options_get(o, "keep-days"), NULL, 10) },
        .test_clock = options_get(o, "test-clock") != NULL,
    };
}

static int net_wrong(int error, const char *what, const char *why)
{
    switch (error) {
    case 0:
        return 0;
    case -EINVAL:
        return complain(EX_USAGE, what, why);
    case -ENOENT:
        return complain(EX_NOINPUT, what, why);
    case -EACCES:
        return complain(EX_NOPERM, what, why);
    default:
        return complain(EX_UNAVAILABLE, what, why);
    }
}

int settings_net(const struct options *o, const char *inlet, int listen_fd, struct net **ret_net)
{
    const struct net_options told = net_options(o, inlet, listen_fd);
    const char *what = "", *why = "";

    int error = net_new(&told, ret_net, &what, &why);
    return net_wrong(error, what, why);
}

int settings_net_reload(const struct options *o, const char *inlet, struct net *net)
{
    const struct net_options told = net_options(o, inlet, -1);
    const char *what = "", *why = "";

    int error = net_reload(net, &told, &what, &why);
    return net_wrong(error, what, why);
}

static bool same(const char *one, const char *other)
{
    return one && other ? strcmp(one, other) == 0 : one == other;
}

/* Whether only a start can change it. */
static bool is_fixed(const char *name, bool tls_changes)
{
    static const char *const fixed[] = {
        "listen",          "data",     "journal", "node",    "node-url", "cluster-key-file",
        "cluster-ca-file", "base-url", "meeting", "metrics", "config",   "test-clock",
    };

    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
        if (strcmp(name, fixed[i]) == 0)
            return true;
    return tls_changes && strncmp(name, "tls-", 4) == 0;
}

static void add_name(char names[static SETTINGS_NAMES_ROOM], const char *name)
{
    size_t len = strlen(names);

    snprintf(names + len, SETTINGS_NAMES_ROOM - len, "%s%s", len ? "," : "", name);
}

bool settings_compare(const struct options *running, struct options *fresh,
                      char ret_changed[static SETTINGS_NAMES_ROOM],
                      char ret_left[static SETTINGS_NAMES_ROOM])
{
    bool tls_changes = !options_get(running, "tls-cert") != !options_get(fresh, "tls-cert");

    ret_changed[0] = ret_left[0] = '\0';
    for (const struct option_row *row = settings_rows; row->name; row++) {
        const char *before = options_get(running, row->name);
        if (same(before, options_get(fresh, row->name)))
            continue;
        bool fixed = is_fixed(row->name, tls_changes);
        add_name(fixed ? ret_left : ret_changed, row->name);
        if (fixed && !options_set(fresh, row->name, before))
            return false;
    }
    return true;
}
