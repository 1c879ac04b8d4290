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
#include "cli/journal.h"
#include "cli/links.h"
#include "cli/options.h"
#include "cli/service.h"
#include "cli/settings.h"
#include "cli/trunk_key.h"
#include "net/net.h"
#include "net/qr.h"

struct server {
    int argc;
    char **argv;
    struct options options;
    const char *data;
    char path[DATA_PATH_MAX], inlet[DATA_INLET_MAX];
    char key[SECRET_CHARS + 1]; /* Of --create key; "" where anyone near may make a meeting. */
    struct net *net;
    struct journal *journal;
    struct lease *lease;             /* NULL: it is alone. */
    struct hash trunk_key;           /* Of all servers; meaningful with its */
    char trunk_mark[HASH_CHARS + 1]; /* mark, which is "" where there is none. */
    struct app *app;
};

/* Reads the key that POST /api/meetings needs, or makes it; "" where settings ask for none.  Of
 * several servers it is made of theirs, for whoever has it may come to any of them. */
static int load_create_key(struct server *s, const struct options *o,
                           char ret_key[static SECRET_CHARS + 1])
{
    static const char about[] = "runde: who may create a meeting";
    int code = data_path(s->data, "create.key", s->path);

    ret_key[0] = '\0';
    if (code || strcmp(options_get(o, "create"), "key") != 0)
        return code;
    int fd = open(s->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return complain(EX_CANTCREAT, s->path, strerror(errno));
    ssize_t n = s->trunk_mark[0] ? 0 : read(fd, ret_key, SECRET_CHARS);
    if (n == 0) {
        if (s->trunk_mark[0])
            secret_make(hash_keyed(s->trunk_key, about, sizeof(about)).b, ret_key);
        else
            secret_new(ret_key);
        n = write(fd, ret_key, SECRET_CHARS);
    }
    close(fd);
    ret_key[SECRET_CHARS] = '\0';
    return n == SECRET_CHARS ? 0 : complain(EX_IOERR, s->path, "is not a key");
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

/* Callers are taken: the first meeting is made where there is none, but by none of several servers.
 */
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
    if (s->lease || strcmp(name, "none") == 0 || app_meetings(s->app) > 0) {
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

/* Takes settings that are read already; all or none of them. */
static int take(struct server *s, struct options *fresh)
{
    struct app_options app_options = { 0 };
    char key[SECRET_CHARS + 1];
    int code = settings_app(fresh, &app_options);

    if (code == 0)
        code = load_create_key(s, fresh, key);
    if (code == 0)
        code = settings_net_reload(fresh, s->inlet, s->net);
    if (code)
        return code;
    settings_log(fresh);
    memcpy(s->key, key, sizeof(key));
    app_options.create_key = s->key[0] ? s->key : NULL;
    app_reload(s->app, &app_options);
    options_free(&s->options);
    s->options = *fresh;
    s->data = options_get(&s->options, "data");
    return 0;
}

/* Reads the settings anew, and what they name. */
static void reload(void *context)
{
    struct server *s = context;
    struct options fresh = { .rows = settings_rows, .about = s->options.about };
    char changed[SETTINGS_NAMES_ROOM] = "", left[SETTINGS_NAMES_ROOM] = "", wrong[1024];

    service_reloading();
    complaint_keep(wrong, sizeof(wrong));
    int code = options_read(&fresh, s->argc, s->argv);
    if (code == 0 && !settings_compare(&s->options, &fresh, changed, left))
        code = complain(EX_OSERR, "runde", "memory is exhausted");
    if (code == 0)
        code = take(s, &fresh);
    complaint_keep(NULL, 0);
    if (code) {
        log_event(LOG_LEVEL_ERROR, "settings.kept", "wrong=\"%s\"", wrong);
        options_free(&fresh);
    } else {
        log_event(left[0] ? LOG_LEVEL_WARN : LOG_LEVEL_INFO, "settings.reloaded",
                  "changed=%s restart_for=%s", changed[0] ? changed : "-", left[0] ? left : "-");
    }
    service_ready(app_meetings(s->app));
}

static void stopping(void *context)
{
    (void)context;
    service_stopping();
}

static int open_net(struct server *s)
{
    int fd, code = data_inlet(s->data, s->inlet);

    if (code || (code = service_socket(&fd)))
        return code;
    return settings_net(&s->options, s->inlet, fd, &s->net);
}

static int read_settings(struct server *s, struct app_options *ret_options)
{
    const char *test_clock = options_get(&s->options, "test-clock");
    const char *key_file = options_get(&s->options, "cluster-key-file");
    int code = settings_app(&s->options, ret_options);

    if (code == 0) {
        settings_log(&s->options);
        code = data_lock(s->data);
    }
    if (code == 0 && key_file)
        code = trunk_key_read(key_file, &s->trunk_key, s->trunk_mark);
    if (code == 0)
        code = load_create_key(s, &s->options, s->key);
    ret_options->create_key = s->key[0] ? s->key : NULL;
    if (code == 0 && test_clock && clock_test_file(test_clock) != 0)
        code = complain(EX_NOINPUT, test_clock, "is not a clock file");
    return code;
}

static int open_journal(struct server *s)
{
    const struct lease_ports ports = { .boottime = app_machine()->boottime,
                                       .steady = app_machine()->steady,
                                       .wake = wake,
                                       .wake_context = s };
    const char *node = options_get(&s->options, "node");
    int code = journal_open(&s->options, node, wake, s, &s->journal);

    return code || !node ? code : journal_lease(&s->options, s->trunk_mark, &ports, &s->lease);
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
    app_options.lease = s->lease;
    app_options.node = options_get(&s->options, "node");
    app_options.trunks = net_trunks(s->net);
    app_options.trunk_key = &s->trunk_key;
    app_options.draw_qr = qr_svg;
    app_options.base_url = net_base_url(s->net);
    s->app = app_new(s->journal, app_machine(), &app_options, templates);
    return s->app ? 0 : complain(EX_OSERR, "runde", "memory is exhausted");
}

/* Journal and lease first, whose threads wake net; then net, whose sessions are app's. */
static void close_all(struct server *s)
{
    journal_close(s->journal);
    lease_close(s->lease);
    net_free(s->net);
    app_free(s->app);
    options_free(&s->options);
}

int cli_serve(int argc, char **argv)
{
    static const struct net_ops ops = {
        .ready = ready, .alive = alive, .reload = reload, .stopping = stopping
    };
    struct server s = { .argc = argc,
                        .argv = argv,
                        .options = { .rows = settings_rows,
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
