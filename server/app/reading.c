#include "app/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/link.h"
#include "app/paper.h"
#include "app/state.h"
#include "engine/links.h"
#include "engine/roster.h"
#include "wire/api_json.h"

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
        return asking_refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    if (role == ROLE_BOARD)
        return asking_refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    asking_value(a->request->query, "edition", name);
    asking_value(a->request->query, "format", form);
    if (!minutes_edition(name[0] ? name : "participants", &edition))
        return asking_refuse(a, 400, REFUSED_BAD_FIELD, "edition");
    if (edition == EDITION_FACILITATOR && role != ROLE_CONSOLE)
        return asking_refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    const struct minutes_format *format = minutes_format_find(form[0] ? form : "html");
    if (!format)
        return asking_refuse(a, 400, REFUSED_BAD_FIELD, "format");
    snprintf(filename, sizeof(filename), "referat-%s.%s", f->code, format->extension);
    char *body = paper_write(f->meeting, edition, format, &len);
    return asking_wait(a, f, 200, format->type, filename, body, len);
}

static struct api_call *tell_meeting(const struct asking *a, struct floor *f)
{
    char *body = api_meeting_write(f->meeting, f->code);

    return asking_wait(a, f, 200, "application/json", "", body, body ? strlen(body) : 0);
}

static struct api_call *tell_door(const struct asking *a, struct floor *f)
{
    char *body = api_door_write(f->meeting);

    return asking_wait(a, f, 200, "application/json", "", body, body ? strlen(body) : 0);
}

/* For those who plan: to keep as a file, to edit, to make the next meeting of. */
static struct api_call *fetch_agenda(const struct asking *a, struct floor *f)
{
    enum role role = role_of(f->meeting, a->request->bearer);
    char filename[64];

    if (role == ROLE_NOT)
        return asking_refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    if (role != ROLE_CONSOLE && role != ROLE_LEADER)
        return asking_refuse(a, 403, REFUSED_FORBIDDEN, NULL);
    char *body = api_agenda_write(f->meeting);
    snprintf(filename, sizeof(filename), "dagsorden-%s.json", f->code);
    return asking_wait(a, f, 200, "application/json", filename, body, body ? strlen(body) : 0);
}

/* Whether the bearer's token takes a phone to a seat: the phone's own, or one of a link that is to
 * be used once. */
static bool takes_a_seat(const struct meeting *m, const char *bearer)
{
    bool once;

    return bearer && roster_by_token(m, hash_of(bearer, strlen(bearer)), &once) != 0;
}

/* The link that the bearer's own key or token opens, or the room's network, as a picture to scan.
 */
static struct api_call *fetch_qr(const struct asking *a, struct floor *f)
{
    const char *bearer = a->request->bearer;
    enum role role = role_of(f->meeting, bearer);
    char name[QUERY_VALUE_MAX];

    asking_value(a->request->query, "link", name);
    bool wifi = strcmp(name, "wifi") == 0, join = strcmp(name, "join") == 0;
    if (join)
        role = takes_a_seat(f->meeting, bearer) ? ROLE_PHONE : ROLE_NOT;
    if (role == ROLE_NOT)
        return asking_refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    if (!join && (role == ROLE_PHONE || (!wifi && strcmp(name, role_enum.names[role]) != 0)))
        return asking_refuse(a, 403, REFUSED_FORBIDDEN, "link");
    if (wifi && !a->app->options.wifi_name)
        return asking_refuse(a, 404, REFUSED_BAD_FIELD, "link");
    char *text = wifi ? link_wifi(a->app) : link_write(a->app, f->code, role, bearer);
    char *svg = text && a->app->options.draw_qr ? a->app->options.draw_qr(text) : NULL;
    free(text);
    return asking_wait(a, f, 200, "image/svg+xml", "", svg, svg ? strlen(svg) : 0);
}

struct api_call *reading_answer(const struct asking *a, struct floor *f, const char *what)
{
    if (what[0] == '\0')
        return tell_meeting(a, f);
    if (strcmp(what, "/door") == 0)
        return tell_door(a, f);
    if (strcmp(what, "/minutes") == 0)
        return fetch_minutes(a, f);
    if (strcmp(what, "/agenda") == 0)
        return fetch_agenda(a, f);
    if (strcmp(what, "/qr") == 0)
        return fetch_qr(a, f);
    return asking_refuse(a, 404, REFUSED_UNKNOWN_COMMAND, NULL);
}
