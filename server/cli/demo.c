/* demo.c -- `runde demo`: a whole meeting, with people who are not there. */
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/scoped.h"
#include "cli/ask.h"
#include "cli/cli.h"
#include "cli/data.h"
#include "cli/demo/agenda.h"
#include "cli/demo/lead.h"
#include "cli/demo/person.h"
#include "cli/links.h"
#include "cli/options.h"

/* clang-format off */
static const struct option_row rows[] = {
    { "url", "URL", NULL, "a server that runs already; by default the demo starts one of its own" },
    { "listen", "HOST:PORT", "0.0.0.0:8080", "where its own server listens" },
    { "data", "DIR", NULL, "where its own server keeps the meeting; by default a folder that goes with the demo" },
    { "key", "KEY", NULL, "the key in the server's create.key, where it needs one" },
    { "template", "NAME", "skoleudviklingssamtale", "which agenda" },
    { "people", "N", "12", "how many take part, 2 to 96; every twelfth phone is shared by two" },
    { "speed", "N", "10", "1 to 60: how much shorter the agenda's minutes are, and people's thinking; "
                          "1 is two hours, 60 two minutes.  Clocks are never faster: they have less to count" },
    { "lead", NULL, NULL, "the demo leads too, and writes the minutes; without, you press the console's buttons" },
    { "once", NULL, NULL, "stop when the meeting has ended, instead of serving its minutes" },
    { "config", "FILE", NULL, "an INI file with the same names" },
    { NULL, NULL, NULL, NULL },
};
/* clang-format on */

enum {
    PEOPLE_MAX = 96,
    JOIN_MS = 15000, /* In which everybody has come. */
    LINGER_MS = 1500,
};

struct demo {
    struct options options;
    long people, speed;
    bool leads;
    pid_t server; /* 0: somebody else's. */
    bool temporary;
    char folder[64];
    char authority[AUTHORITY_ROOM], host[AUTHORITY_ROOM];
    int port;
    json_t *meeting; /* The answer of POST /api/meetings. */
    struct crowd crowd;
    const struct guest *watched; /* Whose view tells how far the meeting is. */
    int told_part;
    bool closed;
    int64_t closed_at;
    int code;
};

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk)
{
    (void)about;
    (void)kind;
    (void)walk;
    return remove(path);
}

/* The server is a process of its own, as it always is; it ends with us, however we end. */
static void serve(const struct demo *d, const char *data, int out)
{
    char *arguments[] = { "runde serve", "--listen",   (char *)options_get(&d->options, "listen"),
                          "--data",      (char *)data, "--meeting",
                          "none",        "--log",      "warn",
                          NULL };

    prctl(PR_SET_PDEATHSIG, SIGTERM);
    dup2(out, STDOUT_FILENO);
    _exit(cli_serve(9, arguments));
}

/* What the server says when it is ready: "… http://192.168.1.20:8080". */
static bool read_url(struct demo *d, int from)
{
    FILE *in = fdopen(from, "r");
    char line[AUTHORITY_ROOM + 100];
    bool found = false;

    while (in && !found && fgets(line, sizeof(line), in)) {
        char *url = strstr(line, "http");
        if (!url)
            continue;
        url[strcspn(url, "\r\n ")] = '\0';
        found = ask_authority(url, d->authority);
    }
    if (in)
        fclose(in);
    return found;
}

static int start_server(struct demo *d)
{
    const char *data = options_get(&d->options, "data"), *temporary = getenv("TMPDIR");
    int ends[2], status = 0;

    if (!data) {
        snprintf(d->folder, sizeof(d->folder), "%.40s/runde-demo-XXXXXX",
                 temporary ? temporary : "/tmp");
        if (!mkdtemp(d->folder))
            return complain(EX_CANTCREAT, d->folder, strerror(errno));
        d->temporary = true;
        data = d->folder;
    }
    if (pipe(ends) != 0)
        return complain(EX_OSERR, "runde demo", strerror(errno));
    fflush(stdout);
    d->server = fork();
    if (d->server < 0)
        return complain(EX_OSERR, "runde demo", strerror(errno));
    if (d->server == 0)
        serve(d, data, ends[1]);
    close(ends[1]);
    if (read_url(d, ends[0]))
        return 0;
    waitpid(d->server, &status, 0); /* It has said why. */
    d->server = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) ? WEXITSTATUS(status) : EX_UNAVAILABLE;
}

static void stop_server(struct demo *d)
{
    if (d->server > 0) {
        kill(d->server, SIGTERM);
        waitpid(d->server, NULL, 0);
    }
    if (d->temporary)
        nftw(d->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static int find_server(struct demo *d)
{
    const char *url = options_get(&d->options, "url");

    if (!url)
        return start_server(d);
    return ask_authority(url, d->authority) ? 0
                                            : complain(EX_USAGE, url, "must be http://HOST:PORT");
}

static int make_meeting(struct demo *d)
{
    const char *key = options_get(&d->options, "key");
    const char *template = options_get(&d->options, "template");
    const struct app_template *t = templates;

    while (t->name && strcmp(t->name, template) != 0)
        t++;
    if (!t->name)
        return complain(EX_USAGE, template, "is not a template");
    json_t *body =
        json_pack("{s:o, s:s}", "agenda", demo_agenda(t->json, t->len, d->speed), "locale", "da");
    char *text = json_dumps(body, JSON_COMPACT);
    char *answer = text ? ask_post(d->authority, "/api/meetings", key, text) : NULL;

    json_decref(body);
    free(text);
    if (!answer)
        return complain(EX_UNAVAILABLE, d->authority, "no server answers");
    d->meeting = json_loads(answer, 0, NULL);
    bool made = links_print(answer);
    if (!made)
        fprintf(stderr, "runde: the server did not create a meeting: %s\n", answer);
    free(answer);
    return made ? 0 : EX_UNAVAILABLE;
}

/* The secret of the console's link. */
static const char *console_key(const struct demo *d)
{
    const json_t *links = json_object_get(d->meeting, "links");
    const char *link = json_string_value(json_object_get(links, "console"));
    const char *hash = link ? strchr(link, '#') : NULL;

    return hash ? hash + 1 : "";
}

static int invite(struct demo *d, struct guest *g, int64_t wait)
{
    if (g && crowd_add(&d->crowd, g, crowd_now() + wait))
        return 0;
    free(g);
    return complain(EX_OSERR, "runde demo", "memory is exhausted");
}

/* How many of the characters from this one on sit at one phone. */
static size_t at_one_phone(long at, long people)
{
    size_t next = (size_t)(at + 1) % character_count;

    return at + 1 < people && next > 0 && (characters[next].traits & TRAIT_BESIDE) ? 2 : 1;
}

static int gather(struct demo *d)
{
    struct crowd *c = &d->crowd;
    const char *key = console_key(d);
    size_t expected = (size_t)d->people + 1; /* And one who has no phone. */
    int code = crowd_open(c, d->host, d->port) == 0
                   ? 0
                   : complain(EX_OSERR, "runde demo", "libwebsockets does not start");

    c->code = json_string_value(json_object_get(d->meeting, "code"));
    c->speed = d->speed;
    if (code == 0)
        code = invite(d, d->leads ? lead_new(key, expected) : pacer_new(key), 0);
    for (long i = 0; i < d->people && code == 0;) {
        const struct character *who = &characters[(size_t)i % character_count];
        size_t count = at_one_phone(i, d->people);
        code = invite(d, person_new(who, count), crowd_span(c, 0, JOIN_MS));
        i += (long)count;
    }
    if (code == 0)
        d->watched = c->guests[1];
    return code;
}

/* One line for each part, so that the terminal tells how far it is. */
static void tell(struct demo *d)
{
    const struct view *v = &d->watched->view;

    if (v->state == STATE_CLOSED && !d->closed) {
        d->closed = true;
        d->closed_at = crowd_now();
        printf("\nMødet er slut · The meeting has ended\n");
        printf("  %lld commands, %lld refused, %lld connections lost and restored\n",
               (long long)d->crowd.sent, (long long)d->crowd.refused, (long long)d->crowd.dropped);
    } else if (v->known && v->part >= 0 && v->part != d->told_part) {
        d->told_part = v->part;
        printf("  %-4s %s\n", v->parts[v->part].id, v->parts[v->part].title);
    }
    fflush(stdout);
}

static bool server_gone(struct demo *d)
{
    if (d->server <= 0 || waitpid(d->server, NULL, WNOHANG) != d->server)
        return false;
    d->server = 0;
    return true;
}

static int64_t next(void *context)
{
    struct demo *d = context;

    lead_look(d->crowd.guests[0]);
    int64_t wait = crowd_next(&d->crowd);
    tell(d);
    if (server_gone(d)) {
        d->code = EX_UNAVAILABLE;
        clients_stop(d->crowd.clients);
    }
    if (d->closed && options_on(&d->options, "once") && crowd_now() - d->closed_at > LINGER_MS)
        clients_stop(d->crowd.clients);
    return wait;
}

static int run(struct demo *d)
{
    const struct options *o = &d->options;

    d->told_part = -1;
    d->leads = options_on(o, "lead");
    if (!options_number(o, "people", 2, PEOPLE_MAX, &d->people) ||
        !options_number(o, "speed", 1, 60, &d->speed))
        return EX_USAGE;
    int code = find_server(d);
    if (code == 0)
        code = make_meeting(d);
    if (code != 0)
        return code;
    d->port = ask_split(d->authority, d->host);
    printf("%s\n\n", d->leads ? "Demoen leder mødet · The demo leads"
                              : "Du leder mødet fra styringen · You lead, from the console");
    code = gather(d);
    if (code == 0)
        clients_run(d->crowd.clients, next, d);
    return code ? code : d->code;
}

int cli_demo(int argc, char **argv)
{
    struct demo d = {
        .options = { .rows = rows,
                     .about =
                         "Leads a whole meeting with simulated people, or lets you lead it." }
    };
    int code = options_read(&d.options, argc, argv);

    if (code == 0)
        code = run(&d);
    crowd_close(&d.crowd);
    stop_server(&d);
    json_decref(d.meeting);
    options_free(&d.options);
    return code;
}
