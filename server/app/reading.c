#include "app/reading.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/link.h"
#include "app/paper.h"
#include "app/state.h"
#include "app/telling.h"
#include "app/templates.h"
#include "engine/links.h"
#include "engine/outside.h"
#include "engine/roster.h"
#include "engine/standing.h"
#include "minutes/words.h"
#include "wire/api_json.h"
#include "wire/snapshot_json.h"

/* The role that the bearer's key opens; ROLE_NOT when it opens none. */
static enum role role_of(const struct meeting *m, const char *bearer)
{
    enum role found = ROLE_NOT;

    if (!bearer)
        return ROLE_NOT;
    struct hash hash = hash_of(bearer, strlen(bearer));
    for (int role = ROLE_CONSOLE; role < ROLE_COUNT; role++)
        if (links_open(m, (enum role)role, hash))
            found = (enum role)role;
    bool link;
    int64_t seat = found == ROLE_NOT ? roster_by_token(m, hash, &link) : 0;
    if (seat != 0 && !link && outside_of(m, roster_seat(m, seat)->handset) == 0)
        found = ROLE_PHONE;
    return found;
}

bool reading_plans(const struct meeting *m, const char *key)
{
    enum role role = role_of(m, key);

    return role == ROLE_CONSOLE || role == ROLE_LEADER;
}

/* The files of which somebody may be asked later whether they were fetched: not the tree of the
 * minutes, which pages draw from. */
static bool is_file(enum file_kind file, const char *format)
{
    return file == FILE_KIND_NEXT || strcmp(format, "json") != 0;
}

static enum file_format format_of(const char *name)
{
    int i = FILE_FORMAT_NOT + 1;

    while (i < FILE_FORMAT_COUNT && strcmp(file_format_enum.names[i], name) != 0)
        i++;
    assert(i < FILE_FORMAT_COUNT);
    return (enum file_format)i;
}

/* Tells who answers for the meeting that this file was fetched.  Called when the answer no longer
 * depends on it, for what cannot be told, as on a full disk, is fetched all the same. */
static void tell_fetched(const struct asking *a, struct room *r, enum role role,
                         enum file_kind file, const char *format)
{
    const struct sender nobody = { .role = ROLE_NOT };
    struct command command = { .kind = COMMAND_MINUTES_FETCH };
    struct facts facts;

    if (role == ROLE_PHONE || !is_file(file, format) || !room_may_tell(r))
        return;
    char day[PAPER_DAY_ROOM];
    struct text *when = paper_day(r->meeting, a->app->ports.wall(a->app->ports.context), day)
                            ? text_from(day)
                            : NULL;
    command.args.minutes_fetch.fetched =
        (struct fetched){ .file = file, .format = format_of(format), .as = role, .day = when };
    if (when && room_handle(r, &command, &nobody, &facts) == REFUSED_NOT)
        facts_release(&facts);
    text_unref(when);
}

static struct api_call *fetch_minutes(const struct asking *a, struct room *r)
{
    char name[QUERY_VALUE_MAX], form[QUERY_VALUE_MAX], preview[QUERY_VALUE_MAX], filename[64];
    enum role role = role_of(r->meeting, a->request->bearer);
    enum edition edition;
    size_t len = 0;

    if (role == ROLE_NOT)
        return asking_refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    if (role == ROLE_BOARD)
        return asking_refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    asking_value(a->request->query, "edition", name);
    asking_value(a->request->query, "format", form);
    if (!minutes_edition(name[0] ? name : "participants", &edition))
        return asking_refuse(a, 400, REFUSED_BAD_FIELD, "edition");
    asking_value(a->request->query, "preview", preview);
    if (preview[0] && (edition != EDITION_PUBLIC || strcmp(preview, "1") != 0))
        return asking_refuse(a, 400, REFUSED_BAD_FIELD, "preview");
    if (edition == EDITION_FACILITATOR && role != ROLE_CONSOLE)
        return asking_refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    if (edition == EDITION_PUBLIC && role == ROLE_PHONE &&
        (preview[0] || r->meeting->standing.state != STANDING_STATE_PUBLISHED))
        return asking_refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    if (role == ROLE_PHONE && !standing_open_to_phones(r->meeting, room_now(r)))
        return asking_refuse(a, 403, REFUSED_ENDED, NULL);
    const struct minutes_format *format = minutes_format_find(form[0] ? form : "html");
    if (!format || (preview[0] && strcmp(format->name, "json") != 0))
        return asking_refuse(a, 400, REFUSED_BAD_FIELD, "format");
    snprintf(filename, sizeof(filename), "%s-%s.%s",
             word(r->meeting->agenda.cover.locale,
                  edition == EDITION_PUBLIC ? WORD_FILE_PUBLIC : WORD_FILE),
             r->code, format->extension);
    int64_t now = a->app->ports.wall(a->app->ports.context);
    char *body = paper_write(r->meeting, r->code, now, a->app->dictionary, edition,
                             preview[0] != '\0', format, &len);
    if (body && len == 0) {
        free(body);
        return asking_refuse(a, 404, REFUSED_NOTHING_DATED, "format");
    }
    static const enum file_kind files[] = { [EDITION_PARTICIPANTS] = FILE_KIND_PARTICIPANTS,
                                            [EDITION_FACILITATOR] = FILE_KIND_FACILITATOR,
                                            [EDITION_PUBLIC] = FILE_KIND_PUBLIC };
    bool whole = body && strcmp(a->request->method, "GET") == 0;
    struct api_call *call = asking_wait(a, r, 200, format->type, filename, body, len);
    if (whole)
        tell_fetched(a, r, role, files[edition], format->name);
    return call;
}

static struct api_call *tell_meeting(const struct asking *a, struct room *r)
{
    char *body = api_meeting_write(r->meeting, r->code, a->app->options.contact);

    return asking_wait(a, r, 200, "application/json", "", body, body ? strlen(body) : 0);
}

static struct api_call *tell_door(const struct asking *a, struct room *r)
{
    char *body = api_door_write(r->meeting);

    return asking_wait(a, r, 200, "application/json", "", body, body ? strlen(body) : 0);
}

/* The two frames that a hello with this key would be answered with, a line each: a page has its
 * first picture while its socket is on its way.  Nobody comes in by it. */
static struct api_call *tell_state(const struct asking *a, struct room *r)
{
    enum role role = role_of(r->meeting, a->request->bearer);
    const struct reader reader = { .role = role };
    char *body = NULL;

    if (role == ROLE_NOT)
        return asking_refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    if (role == ROLE_PHONE)
        return asking_refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    char *welcome = telling_greeting(r, role, NULL, 0);
    char *snapshot = snapshot_encode(r->meeting, r->code, &reader);
    if (welcome && snapshot && asprintf(&body, "%s\n%s\n", welcome, snapshot) < 0)
        body = NULL;
    free(welcome);
    free(snapshot);
    return asking_wait(a, r, 200, "application/x-ndjson", "", body, body ? strlen(body) : 0);
}

/* For those who plan: to keep as a file, to edit, to make the next meeting of, which may be laid
 * out by another template. */
static struct api_call *fetch_agenda(const struct asking *a, struct room *r)
{
    enum role role = role_of(r->meeting, a->request->bearer);
    char filename[64], name[QUERY_VALUE_MAX];
    struct agenda layout = { 0 };

    if (role == ROLE_NOT)
        return asking_refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    if (role != ROLE_CONSOLE && role != ROLE_LEADER)
        return asking_refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    asking_value(a->request->query, "template", name);
    if (name[0] && template_read(a->app, name, &layout) != REFUSED_NOT)
        return asking_refuse(a, 400, REFUSED_BAD_FIELD, "template");
    char *body = name[0] ? api_next_write(r->meeting, &layout) : api_agenda_write(r->meeting);
    record_release(&agenda_record, &layout);
    snprintf(filename, sizeof(filename), "dagsorden-%s.json", r->code);
    return asking_wait(a, r, 200, "application/json", filename, body, body ? strlen(body) : 0);
}

/* For those who plan, of a meeting that is over: what the next one goes on from, as one file, when
 * this one has been erased. */
static struct api_call *fetch_kept(const struct asking *a, struct room *r)
{
    enum role role = role_of(r->meeting, a->request->bearer);
    char filename[64];

    if (role == ROLE_NOT)
        return asking_refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    if (role != ROLE_CONSOLE && role != ROLE_LEADER)
        return asking_refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    if (r->meeting->floor.state != STATE_CLOSED)
        return asking_refuse(a, 409, REFUSED_NOT_CLOSED, NULL);
    char *body = paper_kept(r->meeting);
    snprintf(filename, sizeof(filename), "%s-%s.json",
             word(r->meeting->agenda.cover.locale, WORD_FILE_KEPT), r->code);
    bool whole = body && strcmp(a->request->method, "GET") == 0;
    struct api_call *call =
        asking_wait(a, r, 200, "application/json", filename, body, body ? strlen(body) : 0);
    if (whole)
        tell_fetched(a, r, role, FILE_KIND_NEXT, "json");
    return call;
}

/* Whether the bearer's token takes a phone to a seat: the phone's own, or one of a link that is to
 * be used once. */
static bool takes_a_seat(const struct meeting *m, const char *bearer)
{
    bool once;

    return bearer && roster_by_token(m, hash_of(bearer, strlen(bearer)), &once) != 0;
}

bool reading_opens(const struct meeting *m, const char *bearer)
{
    return role_of(m, bearer) != ROLE_NOT || takes_a_seat(m, bearer);
}

/* The link that the bearer's own key or token opens, or the room's network, as a picture to scan.
 */
static struct api_call *fetch_qr(const struct asking *a, struct room *r)
{
    const char *bearer = a->request->bearer;
    enum role role = role_of(r->meeting, bearer);
    char name[QUERY_VALUE_MAX];

    asking_value(a->request->query, "link", name);
    bool wifi = strcmp(name, "wifi") == 0, join = strcmp(name, "join") == 0;
    if (join)
        role = takes_a_seat(r->meeting, bearer) ? ROLE_PHONE : ROLE_NOT;
    if (role == ROLE_NOT)
        return asking_refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    if (!join && (role == ROLE_PHONE || (!wifi && strcmp(name, role_enum.names[role]) != 0)))
        return asking_refuse(a, 403, REFUSED_FORBIDDEN, "link");
    if (wifi && !a->app->options.wifi_name)
        return asking_refuse(a, 404, REFUSED_BAD_FIELD, "link");
    char *text = wifi ? link_wifi(a->app) : link_write(a->app, r->code, role, bearer);
    char *svg = text && a->app->options.draw_qr ? a->app->options.draw_qr(text) : NULL;
    free(text);
    return asking_wait(a, r, 200, "image/svg+xml", "", svg, svg ? strlen(svg) : 0);
}

struct api_call *reading_answer(const struct asking *a, struct room *r, const char *what)
{
    if (what[0] == '\0')
        return tell_meeting(a, r);
    if (strcmp(what, "/door") == 0)
        return tell_door(a, r);
    if (strcmp(what, "/state") == 0)
        return tell_state(a, r);
    if (strcmp(what, "/minutes") == 0)
        return fetch_minutes(a, r);
    if (strcmp(what, "/agenda") == 0)
        return fetch_agenda(a, r);
    if (strcmp(what, "/next") == 0)
        return fetch_kept(a, r);
    if (strcmp(what, "/qr") == 0)
        return fetch_qr(a, r);
    return asking_refuse(a, 404, REFUSED_UNKNOWN_COMMAND, NULL);
}
