#include "app/api.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/paper.h"
#include "app/state.h"
#include "app/telling.h"
#include "base/alloc.h"
#include "engine/agenda.h"
#include "engine/roster.h"
#include "wire/api_json.h"

enum { TEMPLATES_MAX = 64, QUERY_VALUE_MAX = 32 };

/* A request while it is being answered. */
struct asking {
    struct app *app;
    const struct api_request *request;
    api_respond_fn *respond;
    void *context;
};

static void respond_now(const struct asking *a, int status, const char *type, char *body)
{
    const char *failed = "{\"code\":\"busy\",\"field\":null}";
    const char *text = body ? body : failed;
    const struct api_answer answer = {
        .status = body ? status : 503,
        .type = type,
        .body = text,
        .body_len = strlen(text),
        .retry_after = body ? 0 : 1,
    };

    a->respond(a->context, &answer);
    free(body);
}

static struct api_call *refuse(const struct asking *a, int status, enum refusal code,
                               const char *field)
{
    respond_now(a, status, "application/json", api_refusal_write(code, field));
    return NULL;
}

/* Makes a call that waits for the floor's newest number.  `body` is taken over.  NULL when it was
 * answered at once. */
static struct api_call *wait_for(const struct asking *a, struct floor *f, int status,
                                 const char *type, const char *filename, char *body,
                                 size_t body_len)
{
    struct api_call *call = body ? alloc_many(1, sizeof(*call)) : NULL;

    if (!call) {
        free(body);
        return refuse(a, 503, REFUSED_BUSY, NULL);
    }
    *call = (struct api_call){
        .app = a->app,
        .respond = a->respond,
        .context = a->context,
        .status = status,
        .type = type,
        .body = body,
        .body_len = body_len,
    };
    snprintf(call->filename, sizeof(call->filename), "%s", filename);
    call->after = a->app->calls;
    if (call->after)
        call->after->before = call;
    a->app->calls = call;
    return telling_call(f, call) ? call : NULL;
}

static void forget(struct api_call *call)
{
    if (call->before)
        call->before->after = call->after;
    else
        call->app->calls = call->after;
    if (call->after)
        call->after->before = call->before;
    free(call->body);
    free(call);
}

void api_finish(struct api_call *call)
{
    const struct api_answer answer = {
        .status = call->status,
        .type = call->type,
        .filename = call->filename[0] ? call->filename : NULL,
        .body = call->body,
        .body_len = call->body_len,
    };

    if (call->respond)
        call->respond(call->context, &answer);
    forget(call);
}

void api_lost(struct api_call *call)
{
    const struct asking a = { .respond = call->respond, .context = call->context };

    if (call->respond)
        refuse(&a, 503, REFUSED_NOT_SAVED, NULL);
    forget(call);
}

void app_api_cancel(struct api_call *call)
{
    call->respond = NULL;
}

void api_cancel_all(struct app *app)
{
    while (app->calls)
        forget(app->calls);
}

/* Reads the template of this name; REFUSED_BAD_FIELD when there is none. */
static enum refusal read_template(const struct app *app, const char *name,
                                  struct agenda *ret_agenda)
{
    char field[FIELD_PATH_ROOM];

    for (const struct app_template *t = app->templates; t->name; t++)
        if (strcmp(t->name, name) == 0)
            return record_read(&agenda_record, t->json, t->len, true, ret_agenda, field);
    return REFUSED_BAD_FIELD;
}

static struct api_call *list_templates(const struct asking *a)
{
    struct api_template all[TEMPLATES_MAX] = { 0 };
    size_t count = 0;

    for (const struct app_template *t = a->app->templates; t->name && count < TEMPLATES_MAX; t++) {
        all[count].name = t->name;
        if (read_template(a->app, t->name, &all[count].agenda) == REFUSED_NOT)
            count++;
    }
    respond_now(a, 200, "application/json", api_templates_write(all, count));
    while (count > 0)
        record_release(&agenda_record, &all[--count].agenda);
    return NULL;
}

static bool may_create(const struct asking *a)
{
    const char *key = a->app->options.create_key;

    if (!key)
        return a->request->near;
    return a->request->bearer && hash_same(hash_of(key, strlen(key)),
                                           hash_of(a->request->bearer, strlen(a->request->bearer)));
}

/* A code that no meeting has. */
static bool new_code(const struct app *app, char ret_code[static CODE_CHARS + 1])
{
    for (int tries = 0; tries < 100; tries++) {
        code_new(ret_code);
        if (!app_find(app, ret_code))
            return true;
    }
    return false;
}

static struct command create_command(struct app *app, struct api_create *c,
                                     char keys[ROLE_COUNT][SECRET_CHARS + 1])
{
    struct command command = { .kind = COMMAND_MEETING_CREATE };
    struct command_meeting_create *with = &command.with.meeting_create;
    struct hash hashes[ROLE_COUNT] = { 0 };

    for (int role = ROLE_CONSOLE; role < ROLE_COUNT; role++) {
        uint8_t bits[32];
        app->ports.random(app->ports.context, bits, sizeof(bits));
        secret_make(bits, keys[role]);
        hashes[role] = hash_of(keys[role], SECRET_CHARS);
    }
    if (c->title)
        text_put(&c->agenda.title, c->title);
    if (c->locale)
        c->agenda.locale = c->locale;
    with->agenda = c->agenda;
    with->console = hashes[ROLE_CONSOLE];
    with->board = hashes[ROLE_BOARD];
    with->scribe = hashes[ROLE_SCRIBE];
    with->leader = hashes[ROLE_LEADER];
    with->wall = app->ports.wall(app->ports.context);
    return command;
}

/* Adds the meeting and its first facts. */
static enum refusal open_meeting(struct app *app, struct api_create *c,
                                 char keys[ROLE_COUNT][SECRET_CHARS + 1], struct floor **ret_floor,
                                 const char **ret_field)
{
    char code[CODE_CHARS + 1];
    const struct asker nobody = { .role = ROLE_NOT };
    struct facts facts;

    if (!new_code(app, code))
        return REFUSED_BUSY;
    struct command command = create_command(app, c, keys);
    if (!agenda_sound(&c->agenda, ret_field))
        return REFUSED_BAD_FIELD;
    struct floor *f = floor_new(app, code, app_server_clock(app));
    if (!f || journal_declare(app->journal, code, f->origin) != 0 || !app_add(app, f)) {
        floor_free(f);
        return REFUSED_BUSY;
    }
    app_read_on(app); /* There is nothing of it to read: it counts as back. */
    enum refusal refusal = floor_handle(f, &command, &nobody, &facts);
    if (refusal == REFUSED_NOT) {
        facts_release(&facts);
        *ret_floor = f;
    }
    return refusal;
}

static struct api_call *create(const struct asking *a)
{
    struct api_create c;
    char field[FIELD_PATH_ROOM] = "";
    const char *unsound = NULL;
    char keys[ROLE_COUNT][SECRET_CHARS + 1] = { "" };
    struct floor *f = NULL;

    if (!may_create(a))
        return refuse(a, a->app->options.create_key ? 401 : 403, REFUSED_WRONG_KEY, NULL);
    if (a->app->stopping || !app_ready(a->app))
        return refuse(a, 503, REFUSED_BUSY, NULL);
    enum refusal refusal = api_create_read(a->request->body, a->request->body_len, &c, field);
    if (refusal != REFUSED_NOT)
        return refuse(a, refusal == REFUSED_BUSY ? 503 : 400, refusal, field);
    if (c.template_name) {
        refusal = read_template(a->app, c.template_name->bytes, &c.agenda);
        unsound = "template";
    }
    if (refusal == REFUSED_NOT)
        refusal = open_meeting(a->app, &c, keys, &f, &unsound);
    api_create_release(&c);
    if (refusal != REFUSED_NOT)
        return refuse(a, refusal == REFUSED_BUSY ? 503 : 400, refusal, unsound);
    char *body = api_created_write(f->code, a->app->options.base_url, keys);
    return wait_for(a, f, 201, "application/json", "", body, body ? strlen(body) : 0);
}

/* The value of `name` in a query, as plain letters; "" when it is not there or longer. */
static void query_value(const char *query, const char *name, char ret_value[static QUERY_VALUE_MAX])
{
    size_t len = strlen(name);

    ret_value[0] = '\0';
    for (const char *at = query; at && *at; at = strchr(at, '&'), at = at ? at + 1 : NULL) {
        if (strncmp(at, name, len) != 0 || at[len] != '=')
            continue;
        size_t n = strcspn(at + len + 1, "&");
        if (n < QUERY_VALUE_MAX) {
            memcpy(ret_value, at + len + 1, n);
            ret_value[n] = '\0';
        }
        return;
    }
}

/* The role that the bearer's key opens; ROLE_NOT when it opens none. */
static enum role role_of(const struct meeting *m, const char *bearer)
{
    enum role found = ROLE_NOT;

    if (!bearer)
        return ROLE_NOT;
    struct hash hash = hash_of(bearer, strlen(bearer));
    for (int role = ROLE_CONSOLE; role < ROLE_COUNT; role++)
        if (m->has_key[role] && hash_same(m->key[role], hash))
            found = (enum role)role;
    bool link;
    if (found == ROLE_NOT && roster_by_token(m, hash, &link) != 0 && !link)
        found = ROLE_PHONE;
    return found;
}

static struct api_call *fetch_minutes(const struct asking *a, struct floor *f)
{
    char name[QUERY_VALUE_MAX], form[QUERY_VALUE_MAX], filename[64];
    enum role role = role_of(f->meeting, a->request->bearer);
    enum edition edition;
    size_t len = 0;

    if (role == ROLE_NOT)
        return refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    if (role == ROLE_BOARD)
        return refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    query_value(a->request->query, "edition", name);
    query_value(a->request->query, "format", form);
    if (!minutes_edition(name[0] ? name : "participants", &edition))
        return refuse(a, 400, REFUSED_BAD_FIELD, "edition");
    if (edition == EDITION_FACILITATOR && role != ROLE_CONSOLE)
        return refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    const struct minutes_format *format = minutes_format_find(form[0] ? form : "html");
    if (!format)
        return refuse(a, 400, REFUSED_BAD_FIELD, "format");
    snprintf(filename, sizeof(filename), "referat-%s.%s", f->code, format->extension);
    char *body = paper_write(f->meeting, edition, format, &len);
    return wait_for(a, f, 200, format->type, filename, body, len);
}

static struct api_call *tell_meeting(const struct asking *a, struct floor *f)
{
    char *body = api_meeting_write(f->meeting, f->code);

    return wait_for(a, f, 200, "application/json", "", body, body ? strlen(body) : 0);
}

/* For those who plan: to keep as a file, to edit, to make the next meeting of. */
static struct api_call *fetch_agenda(const struct asking *a, struct floor *f)
{
    enum role role = role_of(f->meeting, a->request->bearer);
    char filename[64];

    if (role == ROLE_NOT)
        return refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    if (role != ROLE_CONSOLE && role != ROLE_LEADER)
        return refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    char *body = api_agenda_write(f->meeting);
    snprintf(filename, sizeof(filename), "dagsorden-%s.json", f->code);
    return wait_for(a, f, 200, "application/json", filename, body, body ? strlen(body) : 0);
}

/* /api/meetings/CODE and what lies under it. */
static struct api_call *under_meeting(const struct asking *a, const char *rest)
{
    char code[CODE_CHARS + 1];
    size_t len = strcspn(rest, "/");
    struct floor *f = code_read(rest, len, code) ? app_find(a->app, code) : NULL;

    if (!f || !f->meeting->created)
        return refuse(a, 404, REFUSED_NO_SUCH_MEETING, NULL);
    if (f->state != FLOOR_LIVE || f->lost)
        return refuse(a, 503, REFUSED_BUSY, NULL);
    if (rest[len] == '\0')
        return tell_meeting(a, f);
    if (strcmp(rest + len, "/minutes") == 0)
        return fetch_minutes(a, f);
    if (strcmp(rest + len, "/agenda") == 0)
        return fetch_agenda(a, f);
    return refuse(a, 404, REFUSED_UNKNOWN_COMMAND, NULL);
}

struct api_call *app_api(struct app *app, const struct api_request *request,
                         api_respond_fn *respond, void *context)
{
    const struct asking a = {
        .app = app, .request = request, .respond = respond, .context = context
    };
    static const char meetings[] = "/api/meetings";
    bool get = strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;

    if (strcmp(request->path, meetings) == 0) {
        if (strcmp(request->method, "POST") == 0)
            return create(&a);
        return refuse(&a, 405, REFUSED_FORBIDDEN, NULL);
    }
    if (!get)
        return refuse(&a, 405, REFUSED_FORBIDDEN, NULL);
    if (strcmp(request->path, "/api/templates") == 0)
        return list_templates(&a);
    if (strncmp(request->path, meetings, sizeof(meetings) - 1) == 0 &&
        request->path[sizeof(meetings) - 1] == '/')
        return under_meeting(&a, request->path + sizeof(meetings));
    return refuse(&a, 404, REFUSED_UNKNOWN_COMMAND, NULL);
}
