/* new.c -- `runde new`: asks a running server for one more meeting. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/scoped.h"
#include "cli/ask.h"
#include "cli/cli.h"
#include "cli/data.h"
#include "cli/links.h"
#include "cli/options.h"

/* clang-format off */
static const struct option_row rows[] = {
    { "server", "URL", "http://localhost:8080", "the server to ask" },
    { "template", "NAME", "skoleudviklingssamtale", "which agenda" },
    { "agenda", "FILE", NULL, "an agenda of your own, instead of a template" },
    { "title", "TEXT", NULL, "what the meeting is called" },
    { "locale", "da|en", NULL, "its language" },
    { "zone", "NAME", NULL, "where its clocks are, else Europe/Copenhagen" },
    { "key", "KEY", NULL, "the key in the server's create.key, where it needs one" },
    { "config", "FILE", NULL, "an INI file with the same names" },
    { NULL, NULL, NULL, NULL },
};
/* clang-format on */

static void string_release(char **p)
{
    free(*p);
}

static void json_release(json_t **p)
{
    json_decref(*p);
}

/* What is asked for, as JSON; to be freed.  NULL after saying why not. */
static char *body_of(const struct options *o)
{
    static const char *const texts[] = { "title", "locale", "zone" };
    const char *agenda = options_get(o, "agenda");
    SCOPED(json_release) json_t *body = json_object();
    json_error_t error;

    if (agenda) {
        json_t *read = json_load_file(agenda, JSON_REJECT_DUPLICATES, &error);
        if (!read) {
            complain(EX_NOINPUT, agenda, error.text);
            return NULL;
        }
        /* What the planner keeps in its file beside the agenda is its own. */
        if (json_object_get(read, "plan")) {
            json_object_del(read, "plan");
            fputs("runde: the planner's figures and expected people are not given along\n", stderr);
        }
        json_object_set_new(body, "agenda", read);
    } else {
        json_object_set_new(body, "template", json_string(options_get(o, "template")));
    }
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (options_get(o, texts[i]))
            json_object_set_new(body, texts[i], json_string(options_get(o, texts[i])));
    char *text = json_dumps(body, JSON_COMPACT);
    if (!text)
        complain(EX_DATAERR, "runde new", "this is not UTF-8");
    return text;
}

/* How a field is written that people get wrong; NULL where its name says it. */
static const char *how_to_write(const char *json)
{
    static const struct {
        const char *field, *how;
    } forms[] = {
        { "date", "a day that exists, as year-month-day: 2026-05-12" },
        { "from_date", "a day that exists, as year-month-day: 2026-05-12" },
        { "starts", "four digits and a colon, from 00:00 to 23:59: 09:00" },
        { "zone", "a place of the time zone database: Europe/Copenhagen" },
    };
    SCOPED(json_release) json_t *answer = json_loads(json, 0, NULL);
    const char *field = json_string_value(json_object_get(answer, "field"));
    const char *last = field && strrchr(field, '.') ? strrchr(field, '.') + 1 : field;

    for (size_t i = 0; last && i < sizeof(forms) / sizeof(forms[0]); i++)
        if (strcmp(last, forms[i].field) == 0)
            return forms[i].how;
    return NULL;
}

static int tell(const char *json)
{
    const char *how = how_to_write(json);

    if (links_print(json))
        return EX_OK;
    fprintf(stderr, "runde: the server did not create a meeting: %s\n", json);
    if (how)
        fprintf(stderr, "runde: write %s\n", how);
    return EX_UNAVAILABLE;
}

static int ask(const struct options *o)
{
    const char *key = options_get(o, "key"), *server = options_get(o, "server");
    SCOPED(string_release) char *body = body_of(o), *answer = NULL;
    char authority[AUTHORITY_ROOM];

    if (!body)
        return EX_DATAERR;
    if (!ask_authority(server, authority))
        return complain(EX_USAGE, server, "must be http://HOST:PORT");
    if (key && strcspn(key, "\r\n") != strlen(key))
        return complain(EX_USAGE, "--key", "is not a valid key");
    answer = ask_post(authority, "/api/meetings", key, body);
    if (!answer)
        return complain(EX_UNAVAILABLE, server, "no server answers");
    return tell(answer);
}

int cli_new(int argc, char **argv)
{
    struct options o = { .rows = rows, .about = "Creates another meeting on a running server." };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = ask(&o);
    options_free(&o);
    return code;
}
