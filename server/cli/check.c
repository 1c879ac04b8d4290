/* check.c -- `runde check`: what would go wrong, before it does: settings, port, certificate,
 * folder, meetings.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/data.h"
#include "cli/inside.h"
#include "cli/journal.h"
#include "cli/settings.h"
#include "net/hosts.h"
#include "net/tls.h"
#include "store/journal_postgres.h"

enum {
    ROOM_LEAST_MB = 256, /* A large meeting is some hundred kB, its backup as much again. */
    FILES_LEAST = 4096,  /* A connection is one. */
    OTHERS = S_IRWXG | S_IRWXO,
    SOON_SECONDS = 14 * 24 * 3600, /* Whoever renews by itself has done so by then. */
};

static void note(const char *words)
{
    printf("note: %s\n", words);
}

/* What pages say in the name of whoever runs the server, and mark where nobody has said it. */
static void look_at_statements(const struct options *o)
{
    static const char *const named[][2] = {
        { "organisation", "who answers for what is kept" },
        { "contact", "whom to ask; phones name the meeting's leader alone" },
        { "dpo", "how to reach the data protection officer" },
        { "reviewed", "when the accessibility was last looked through" },
    };

    for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
        const char *value = options_get(o, named[i][0]);
        if (!value || !*value)
            printf("note: %s is not set: /privatliv and /tilgaengelighed show a mark in place of "
                   "%s.\n",
                   named[i][0], named[i][1]);
    }
}

/* What is no mistake for everybody, but may be one. */
static void look_at_settings(const struct options *o)
{
    const char *base = options_get(o, "base-url");
    bool outside = base && strncmp(base, "https:", 6) == 0;
    bool open = strcmp(options_get(o, "create"), "open") == 0;
    bool own = options_get(o, "tls-cert") != NULL;

    if (!base)
        note("base-url is not set: links name this machine's address in its own network.");
    if (base && !outside)
        note("base-url is plain HTTP: whoever shares the network can read along, and phones let "
             "their screens sleep.");
    if (own && base && !outside)
        note("base-url is plain HTTP, but the server has a certificate and serves HTTPS alone.");
    if (outside && !own && !options_get(o, "trust-proxy"))
        note("trust-proxy is not set: behind a proxy all callers count as one, and as near.");
    if (outside && open)
        note("create is open: whoever counts as near may make meetings.");
    look_at_statements(o);
}

/* Whether the certificate can be used now, for the name that the links have, and how long still. */
static int look_at_certificate(const struct options *o)
{
    const char *file = options_get(o, "tls-cert"), *key = options_get(o, "tls-key");
    const char *base = options_get(o, "base-url"), *what, *why;
    int64_t now = time(NULL);
    struct hosts hosts;
    struct stat mode;
    struct tls *tls;
    struct tm parts;
    char day[sizeof("2026-11-30")];

    if (!file || !key)
        return 0; /* One alone is settings_net's to refuse. */
    if (tls_read(file, key, &tls, &what, &why) != 0)
        return complain(EX_CONFIG, what, why);
    int64_t from = tls_from(tls), until = tls_until(tls);
    bool other = base && hosts_read(base, &hosts) && !tls_is_for(tls, hosts.name);
    tls_free(tls);
    gmtime_r(&(time_t){ until }, &parts);
    strftime(day, sizeof(day), "%F", &parts);
    printf("certificate: until %s\n", day);
    if (now > until)
        return complain(EX_CONFIG, file, "has expired: browsers will refuse it");
    if (now < from)
        return complain(EX_CONFIG, file, "is not valid yet: browsers will refuse it");
    if (until - now < SOON_SECONDS)
        note("the certificate expires within 14 days.");
    if (other)
        note("the certificate is not for base-url's name: browsers will refuse it.");
    if (stat(key, &mode) == 0 && (mode.st_mode & S_IRWXO) != 0)
        note("others than its owner and group can read the key.");
    return 0;
}

static void look_at_machine(const char *data)
{
    struct rlimit files;
    struct statvfs disk;
    struct stat folder;

    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_max < FILES_LEAST)
        note("fewer than 4096 files may be open: each phone and each screen takes one.");
    if (statvfs(data, &disk) == 0 && disk.f_bavail * (disk.f_frsize / 1024) / 1024 < ROOM_LEAST_MB)
        note("the disk of the data folder is nearly full.");
    if (stat(data, &folder) == 0 && (folder.st_mode & OTHERS) != 0)
        note("others than its owner can look into the data folder.");
}

/* Whether there is a journal to look into: 0, or an exit code after saying why not. */
static int look_at_journal(const struct options *o, bool *ret_is_there)
{
    const char *where = options_get(o, "journal"), *why = "";
    char path[DATA_PATH_MAX];

    *ret_is_there = true;
    if (where) {
        int error = journal_postgres_check(where, note, &why);
        return journal_wrong(error, why);
    }
    int code = data_path(options_get(o, "data"), "runde.db", path);
    if (code)
        return code;
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        printf("note: there is no %s yet: the first start makes it.\n", path);
        *ret_is_there = false;
        return 0;
    }
    return access(path, R_OK) == 0 ? 0 : complain(EX_NOINPUT, path, strerror(errno));
}

/* One of several: the others have some of the meetings, and looking at all takes being alone. */
static bool is_among_others(const struct options *o)
{
    if (!options_get(o, "node") || inside_runs(options_get(o, "data")))
        return false;
    note("meetings are not looked through: other servers may have them just now.");
    return true;
}

static int count_meetings(const struct options *o)
{
    char *answer = NULL;
    size_t len, i, broken = 0;
    json_t *one;
    bool is_there;
    int code = look_at_journal(o, &is_there);

    if (code || !is_there || is_among_others(o))
        return code;
    code = inside_ask(o, "/inside/list", NULL, 0, &answer, &len);
    if (code == 0)
        code = inside_refused("the meetings", answer);
    json_t *all = code == 0 ? json_loads(answer, 0, NULL) : NULL;
    free(answer);
    if (code)
        return code;
    json_array_foreach(all, i, one)
    {
        const char *state = json_string_value(json_object_get(one, "state"));
        if (!state || strcmp(state, "unreadable") != 0)
            continue;
        printf("unreadable: %s\n", json_string_value(json_object_get(one, "code")));
        broken++;
    }
    printf("meetings: %zu, unreadable: %zu\n", json_array_size(all), broken);
    json_decref(all);
    return broken > 0 ? EX_DATAERR : EX_OK;
}

static int check(const struct options *o)
{
    const char *data = options_get(o, "data");
    struct app_options app_options = { 0 };
    struct net *net = NULL;
    int code = settings_app(o, &app_options);

    settings_log(o);
    if (code == 0 && !inside_runs(data)) /* Else the port is in use, and by it. */
        code = settings_net(o, NULL, -1, &net);
    net_free(net);
    if (code == 0)
        code = look_at_certificate(o);
    if (code)
        return code;
    look_at_settings(o);
    look_at_machine(data);
    return count_meetings(o);
}

int cli_check(int argc, char **argv)
{
    struct options o = { .rows = settings_rows,
                         .about =
                             "Says what would go wrong, before it does: whether the settings "
                             "of `runde serve` can be, the port is free, the certificate holds "
                             "and every meeting of the data folder can be read.  A server "
                             "may run on it." };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = check(&o);
    options_free(&o);
    return code;
}
