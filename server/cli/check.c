/* check.c -- `runde check`: what would go wrong, before it does: settings, port, folder, meetings.
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
#include <unistd.h>

#include "cli/cli.h"
#include "cli/data.h"
#include "cli/inside.h"
#include "cli/settings.h"

enum {
    ROOM_LEAST_MB = 256, /* A large meeting is some hundred kB, its backup as much again. */
    FILES_LEAST = 4096,  /* A connection is one. */
    OTHERS = S_IRWXG | S_IRWXO,
};

static void note(const char *words)
{
    printf("note: %s\n", words);
}

/* What is no mistake for everybody, but may be one. */
static void look_at_settings(const struct options *o)
{
    const char *base = options_get(o, "base-url");
    bool outside = base && strncmp(base, "https:", 6) == 0;
    bool open = strcmp(options_get(o, "create"), "open") == 0;

    if (!base)
        note("base-url is not set: links name this machine's address in its own network.");
    if (base && !outside)
        note("base-url is plain HTTP: whoever shares the network can read along, and phones let "
             "their screens sleep.");
    if (outside && !options_get(o, "trust-proxy"))
        note("trust-proxy is not set: behind a proxy all callers count as one, and as near.");
    if (outside && open)
        note("create is open: whoever counts as near may make meetings.");
    if (!options_get(o, "organisation") || !options_get(o, "contact"))
        note("organisation or contact is not set: /privatliv tells people that nobody has said who "
             "answers for what is kept.");
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

static int count_meetings(const char *data)
{
    char path[DATA_PATH_MAX], *answer = NULL;
    size_t len, i, broken = 0;
    json_t *one;
    int code = data_path(data, "runde.db", path);

    if (code)
        return code;
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        printf("note: there is no %s yet: the first start makes it.\n", path);
        return EX_OK;
    }
    if (access(path, R_OK) != 0)
        return complain(EX_NOINPUT, path, strerror(errno));
    code = inside_ask(data, "/inside/list", NULL, 0, &answer, &len);
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

    if (code == 0 && !inside_runs(data)) /* Else the port is in use, and by it. */
        code = settings_net(o, NULL, -1, &net);
    net_free(net);
    if (code)
        return code;
    look_at_settings(o);
    look_at_machine(data);
    return count_meetings(data);
}

int cli_check(int argc, char **argv)
{
    struct options o = { .rows = settings_rows,
                         .about = "Says what would go wrong, before it does: whether the settings "
                                  "of `runde serve` can be, the port is free and every meeting of "
                                  "the data folder can be read.  A server may run on it." };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = check(&o);
    options_free(&o);
    return code;
}
