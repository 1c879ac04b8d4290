#include "app/api.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/asking.h"
#include "app/inside.h"
#include "app/owning.h"
#include "app/reading.h"
#include "app/renewing.h"
#include "app/resting.h"
#include "app/state.h"
#include "app/telling.h"
#include "app/templates.h"
#include "base/alloc.h"
#include "base/code.h"
#include "engine/agenda.h"
#include "engine/roster.h"
#include "wire/api_json.h"

enum { TEMPLATES_MAX = 64 };

static struct api_call *list_templates(const struct asking *a)
{
    struct api_template all[TEMPLATES_MAX] = { 0 };
    size_t count = 0;

    for (const struct app_template *t = a->app->templates; t->name && count < TEMPLATES_MAX; t++) {
        all[count].name = t->name;
        if (template_read(a->app, t->name, &all[count].agenda) == REFUSED_NOT)
            count++;
    }
    asking_respond(a, 200, "application/json", api_templates_write(all, count));
    while (count > 0)
        record_release(&agenda_record, &all[--count].agenda);
    return NULL;
}

/* The agenda of one template, whole: what a plan begins with. */
static struct api_call *tell_template(const struct asking *a, const char *name)
{
    for (const struct app_template *t = a->app->templates; t->name; t++) {
        if (strcmp(t->name, name) != 0)
            continue;
        asking_respond(a, 200, "application/json", strdup(t->json));
        return NULL;
    }
    return asking_refuse(a, 404, REFUSED_UNKNOWN_COMMAND, NULL);
}

static bool may_create(const struct asking *a)
{
    const char *key = a->app->options.create_key;

    if (a->request->guest)
        return true;
    if (!key)
        return a->request->near;
    return a->request->bearer && hash_same(hash_of(key, strlen(key)),
                                           hash_of(a->request->bearer, strlen(a->request->bearer)));
}

/* By the same leave as meetings: whoever may make these makes the links of them. */
static struct api_call *make_chief(const struct asking *a)
{
    if (!may_create(a))
        return a->request->held > 0 ? asking_hold(a)
                                    : asking_refuse(a, a->app->options.create_key ? 401 : 403,
                                                    REFUSED_WRONG_KEY, NULL);
    return chiefs_make(a);
}

/* A code that no meeting has. */
static bool new_code(const struct app *app, char ret_code[static CODE_CHARS + 1])
{
    for (int tries = 0; tries < 100; tries++) {
        code_new(ret_code);
        if (!app_find(app, ret_code) && !erasing_has(app, ret_code))
            return true;
    }
    return false;
}

/* Tells a meeting of another one of its chain.  Where that cannot be said now, it does not know. */
static void tell_of(struct room *r, enum in_chain is, struct text *code, struct text *title,
                    struct text *date)
{
    const struct sender nobody = { .role = ROLE_NOT };
    struct command command = { .kind = COMMAND_MEETING_FOLLOW };
    struct facts facts;

    command.args.meeting_follow =
        (struct command_meeting_follow){ .is = is, .meeting = code, .title = title, .date = date };
    if (room_handle(r, &command, &nobody, &facts) == REFUSED_NOT)
        facts_release(&facts);
}

/* A meeting that `r` was made from, by its place in the chain; NULL where it is none, is gone, or
 * is another server's. */
static struct room *earlier(const struct room *r, size_t i)
{
    const struct chained *link = &r->meeting->chain[i];

    struct room *before =
        link->is == IN_CHAIN_BEFORE ? app_find(r->app, link->meeting->bytes) : NULL;
    return before && owning_has(before) ? before : NULL;
}

/* Tells the earlier meetings that `r` was made from the last of them, and `r` of those before it:
 * the year of a talk has its follow-up and the talk of next year. */
static void follow(struct room *from, struct room *r)
{
    const struct cover *cover = &r->meeting->agenda.cover;
    struct text *code = text_from(r->code);

    for (size_t i = 0; code && i < from->meeting->chain_count; i++) {
        const struct chained *link = &from->meeting->chain[i];
        const struct command_meeting_follow next = {
            .is = IN_CHAIN_NEXT, .meeting = code, .title = cover->title, .date = cover->date
        };
        struct room *before = earlier(from, i);
        if (link->is == IN_CHAIN_BEFORE)
            tell_of(r, IN_CHAIN_BEFORE, link->meeting, link->title, link->date);
        if (before && before->state == ROOM_LIVE && !before->lost && before->meeting->created)
            tell_of(before, IN_CHAIN_NEXT, code, cover->title, cover->date);
        else if (!before && link->is == IN_CHAIN_BEFORE && from->app->options.trunks)
            inside_follow(from->app, link->meeting->bytes, &next);
    }
    if (code)
        tell_of(from, IN_CHAIN_NEXT, code, cover->title, cover->date);
    text_unref(code);
}

/* Whom a new meeting is told to must be in memory: one of those before `from`, which is live, that
 * is not; NULL when all are. */
static struct room *rests_in_chain(struct room *from)
{
    for (size_t i = 0; i < from->meeting->chain_count; i++) {
        struct room *before = earlier(from, i);
        if (before && resting_is(before))
            return before;
    }
    return NULL;
}

static struct command create_command(struct app *app, struct api_create *c,
                                     char keys[ROLE_COUNT][SECRET_CHARS + 1])
{
    struct command command = { .kind = COMMAND_MEETING_CREATE };
    struct command_meeting_create *with = &command.args.meeting_create;
    struct hash hashes[ROLE_COUNT] = { 0 };

    for (int role = ROLE_CONSOLE; role < ROLE_COUNT; role++) {
        app_secret(app, keys[role]);
        hashes[role] = hash_of(keys[role], SECRET_CHARS);
    }
    if (c->title)
        text_put(&c->agenda.cover.title, c->title);
    if (c->locale)
        c->agenda.cover.locale = c->locale;
    if (c->zone)
        text_put(&c->agenda.cover.zone, c->zone);
    with->agenda = c->agenda;
    with->from = c->from;
    with->console = hashes[ROLE_CONSOLE];
    with->board = hashes[ROLE_BOARD];
    with->scribe = hashes[ROLE_SCRIBE];
    with->leader = hashes[ROLE_LEADER];
    with->wall = app->ports.wall(app->ports.context);
    with->has_keep = true;
    with->keep = app->options.keep_days;
    return command;
}

/* Adds the meeting and its first facts. */
static enum refusal open_meeting(struct app *app, struct api_create *c,
                                 char keys[ROLE_COUNT][SECRET_CHARS + 1], struct room **ret_room,
                                 const char **ret_field)
{
    char code[CODE_CHARS + 1];
    const struct sender nobody = { .role = ROLE_NOT };
    struct facts facts;

    if (!new_code(app, code))
        return REFUSED_BUSY;
    struct command command = create_command(app, c, keys);
    if (!agenda_sound(&c->agenda, ret_field))
        return REFUSED_BAD_FIELD;
    struct room *r = room_new_live(app, code, app_server_clock(app));
    if (!r || journal_declare(app->journal, code, r->origin) != 0 || !app_add(app, r)) {
        room_free(r);
        return REFUSED_BUSY;
    }
    enum refusal refusal = room_handle(r, &command, &nobody, &facts);
    if (refusal == REFUSED_NOT) {
        facts_release(&facts);
        *ret_room = r;
    }
    return refusal;
}

/* The meeting that this one is to be made from; its code is written as the server has it. */
static enum refusal find_from(struct app *app, struct api_create *c, struct room **ret_from)
{
    char code[CODE_CHARS + 1];

    if (!c->from)
        return REFUSED_NOT;
    struct room *r = code_read(c->from->bytes, c->from->len, code) ? owning_seek(app, code) : NULL;
    if (!r)
        return REFUSED_NO_SUCH_MEETING;
    *ret_from = r;
    if (r->state == ROOM_BROKEN)
        return REFUSED_DAMAGED;
    if (r->state != ROOM_LIVE || r->lost)
        return REFUSED_BUSY;
    room_used(r);
    if (!r->meeting->created || !reading_plans(r->meeting, c->from_key->bytes))
        return r->meeting->created ? REFUSED_WRONG_KEY : REFUSED_NO_SUCH_MEETING;
    text_unref(c->from);
    c->from = text_from(code);
    return c->from ? REFUSED_NOT : REFUSED_BUSY;
}

/* Lays out the agenda that is asked for by name, or by the earlier meeting. */
static enum refusal lay_out(const struct app *app, struct api_create *c, const struct room *from,
                            const char **ret_field)
{
    struct agenda layout = { 0 };

    if (c->template_name && template_read(app, c->template_name->bytes, &layout) != REFUSED_NOT) {
        *ret_field = "template";
        return REFUSED_BAD_FIELD;
    }
    if (!from || c->has_agenda) {
        if (c->template_name)
            c->agenda = layout;
        return REFUSED_NOT;
    }
    bool laid = api_agenda_next(from->meeting, c->template_name ? &layout : NULL, &c->agenda);
    record_release(&agenda_record, &layout);
    return laid ? REFUSED_NOT : REFUSED_BUSY;
}

static int status_of(enum refusal refusal)
{
    return refusal == REFUSED_BUSY              ? 503
           : refusal == REFUSED_NOT_SAVED       ? 503
           : refusal == REFUSED_DAMAGED         ? 500
           : refusal == REFUSED_WRONG_KEY       ? 401
           : refusal == REFUSED_NO_SUCH_MEETING ? 404
                                                : 400;
}

static struct api_call *create(const struct asking *a)
{
    struct api_create c;
    char field[FIELD_PATH_ROOM] = "";
    const char *unsound = NULL;
    char keys[ROLE_COUNT][SECRET_CHARS + 1] = { "" };
    struct room *r = NULL, *from = NULL;

    if (!may_create(a) && a->request->held > 0)
        return asking_hold(a);
    if (!may_create(a))
        return asking_refuse(a, a->app->options.create_key ? 401 : 403, REFUSED_WRONG_KEY, NULL);
    if (a->app->stopping || a->app->trouble)
        return asking_refuse(a, 503, a->app->stopping ? REFUSED_BUSY : REFUSED_NOT_SAVED, NULL);
    enum refusal refusal = api_create_read(a->request->body, a->request->body_len, &c, field);
    if (refusal != REFUSED_NOT)
        return asking_refuse(a, refusal == REFUSED_BUSY ? 503 : 400, refusal, field);
    refusal = find_from(a->app, &c, &from);
    /* Of those before it nothing is read for whoever has no key to it. */
    struct room *rests = refusal == REFUSED_NOT && from ? rests_in_chain(from)
                         : from && resting_is(from)     ? from
                                                        : NULL;
    if (rests) {
        api_create_release(&c);
        return resting_call(a, rests);
    }
    if (refusal != REFUSED_NOT)
        unsound = "from";
    else
        refusal = lay_out(a->app, &c, from, &unsound);
    if (refusal == REFUSED_NOT)
        refusal = open_meeting(a->app, &c, keys, &r, &unsound);
    if (refusal == REFUSED_NOT && from)
        follow(from, r);
    api_create_release(&c);
    if (refusal != REFUSED_NOT)
        return asking_refuse(a, status_of(refusal), refusal, unsound);
    char *body = api_links_write(r->code, a->app->options.base_url, keys);
    return asking_wait(a, r, 201, "application/json", "", body, body ? strlen(body) : 0);
}

/* /api/meetings/CODE and what lies under it. */
static struct api_call *under_meeting(const struct asking *a, const char *rest, bool get)
{
    char code[CODE_CHARS + 1];
    size_t len = strcspn(rest, "/");
    bool read = code_read(rest, len, code);
    struct room *r = read ? owning_seek(a->app, code) : NULL;
    bool back = r && r->state == ROOM_LIVE && !r->lost;

    if (r && a->request->guest && !owning_has(r))
        return asking_refuse(a, 503, REFUSED_BUSY, NULL);
    if (r && resting_is(r) && !a->app->stopping)
        return resting_call(a, r);
    if (back)
        room_used(r);
    if (a->request->held > 0 && !(back && reading_opens(r->meeting, a->request->bearer)))
        return asking_hold(a);
    if (read && erasing_has(a->app, code))
        return asking_refuse(a, 410, REFUSED_ERASED, NULL);
    if (r && r->state == ROOM_BROKEN)
        return asking_refuse(a, 500, REFUSED_DAMAGED, NULL);
    if (r && !back)
        return asking_refuse(a, 503, REFUSED_BUSY, NULL);
    if (!r || !r->meeting->created)
        return asking_refuse(a, 404, REFUSED_NO_SUCH_MEETING, NULL);
    if (get)
        return reading_answer(a, r, rest + len);
    if (a->request->inside && strcmp(rest + len, "/links") == 0)
        return renewing_answer(a, r);
    return asking_refuse(a, 405, REFUSED_FORBIDDEN, NULL);
}

struct api_call *app_api(struct app *app, const struct api_request *request,
                         api_respond_fn *respond, void *context)
{
    const struct asking a = {
        .app = app, .request = request, .respond = respond, .context = context
    };
    static const char meetings[] = "/api/meetings";
    bool get = strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;

    if (!owning_look(app))
        return asking_refuse(&a, 503, REFUSED_BUSY, NULL);
    if (request->inside && strncmp(request->path, "/inside/", 8) == 0)
        return inside_answer(&a, request->path + 8);
    if (strcmp(request->path, meetings) == 0) {
        if (strcmp(request->method, "POST") == 0)
            return create(&a);
        return asking_refuse(&a, 405, REFUSED_FORBIDDEN, NULL);
    }
    if (strcmp(request->path, "/api/chiefs") == 0)
        return get ? asking_refuse(&a, 405, REFUSED_FORBIDDEN, NULL) : make_chief(&a);
    if (strcmp(request->path, "/api/pairings") == 0)
        return pairing_answer(&a, !get);
    if (strncmp(request->path, meetings, sizeof(meetings) - 1) == 0 &&
        request->path[sizeof(meetings) - 1] == '/')
        return under_meeting(&a, request->path + sizeof(meetings), get);
    if (!get)
        return asking_refuse(&a, 405, REFUSED_FORBIDDEN, NULL);
    if (strcmp(request->path, "/api/chief") == 0)
        return chiefs_answer(&a);
    if (strcmp(request->path, "/api/templates") == 0)
        return list_templates(&a);
    if (strncmp(request->path, "/api/templates/", 15) == 0)
        return tell_template(&a, request->path + 15);
    return asking_refuse(&a, 404, REFUSED_UNKNOWN_COMMAND, NULL);
}
