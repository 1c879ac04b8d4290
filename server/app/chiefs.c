#include "app/chiefs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/gather.h"
#include "app/paper.h"
#include "app/state.h"
#include "base/alloc.h"
#include "engine/chief.h"
#include "wire/api_json.h"

bool chiefs_reserve(struct app *app, size_t more)
{
    size_t room = app->chief_room;

    while (room < app->chief_count + more)
        room = room ? 2 * room : 16;
    if (room == app->chief_room)
        return true;
    struct chief_entry *wider = alloc_again(app->chiefs, room, sizeof(*wider));
    if (!wider)
        return false;
    app->chiefs = wider;
    app->chief_room = room;
    return true;
}

/* The first entry whose code is not before this one. */
static size_t lookup(const struct app *app, const char *code)
{
    size_t from = 0, to = app->chief_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (strcmp(app->chiefs[middle].code, code) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static size_t count_of(const struct app *app, const char *code, size_t first)
{
    size_t end = first;

    while (end < app->chief_count && strcmp(app->chiefs[end].code, code) == 0)
        end++;
    return end - first;
}

void chiefs_drop(struct room *r)
{
    struct app *app = r->app;
    size_t kept = 0;

    for (size_t i = 0; r->chief_entries > 0 && i < app->chief_count; i++)
        if (app->chiefs[i].room != r)
            app->chiefs[kept++] = app->chiefs[i];
    app->chief_count = r->chief_entries > 0 ? kept : app->chief_count;
    r->chief_entries = 0;
    chiefs_forget_card(r);
}

static void add(struct room *r, const struct text *code)
{
    struct app *app = r->app;
    size_t at = lookup(app, code->bytes);

    assert(app->chief_count < app->chief_room && code->len == CHIEF_CODE_CHARS);
    memmove(&app->chiefs[at + 1], &app->chiefs[at],
            (app->chief_count - at) * sizeof(app->chiefs[0]));
    app->chiefs[at].room = r;
    memcpy(app->chiefs[at].code, code->bytes, CHIEF_CODE_CHARS + 1);
    app->chief_count++;
    r->chief_entries++;
}

void chiefs_follow(struct room *r)
{
    chiefs_drop(r);
    for (size_t i = 0; r->state != ROOM_ERASED && i < r->meeting->chief_count; i++)
        add(r, r->meeting->chiefs[i].code);
}

void chiefs_forget_card(struct room *r)
{
    free(r->card);
    r->card = NULL;
}

/* What stands in the meeting for a chief.  While something of it is on its way to the disk it is
 * what stood there before, and nothing where that has not been made: nothing is told that may be
 * lost. */
static const char *card_of(struct room *r)
{
    if (r->state != ROOM_LIVE || r->lost)
        return NULL;
    if (r->in_flight > 0 || (r->card && r->card_seq == r->meeting->seq))
        return r->card;
    chiefs_forget_card(r);
    r->card = paper_card(r->meeting, r->app->dictionary);
    r->card_seq = r->meeting->seq;
    return r->card;
}

/* The newest first. */
static int by_age(const void *a, const void *b)
{
    const struct room *const *one = a, *const *other = b;
    int64_t left = (*one)->meeting->wall, right = (*other)->meeting->wall;

    return (left < right) - (left > right);
}

static void say_meeting(struct buffer *b, struct room *r)
{
    const char *card = card_of(r);
    bool first = true;

    buffer_say(b, "{\"meeting\":\"");
    buffer_say(b, r->code);
    buffer_say(b, "\",\"wall\":");
    buffer_number(b, r->meeting->wall);
    buffer_say(b, ",\"next\":[");
    for (size_t i = 0; i < r->meeting->chain_count; i++) {
        const struct chained *link = &r->meeting->chain[i];
        if (link->is != IN_CHAIN_NEXT)
            continue;
        buffer_say(b, first ? "\"" : ",\"");
        buffer_add(b, link->meeting->bytes, link->meeting->len);
        buffer_say(b, "\"");
        first = false;
    }
    buffer_say(b, "],\"card\":");
    buffer_say(b, card ? card : "null");
    buffer_say(b, "}");
}

/* What this server leads of what is shared with the chief: LIMIT_CHIEF_MEETINGS at most. */
static char *write_part(const struct app *app, size_t first, size_t count)
{
    struct room **rooms = alloc_many(count + 1, sizeof(struct room *));
    struct buffer b = { 0 };
    size_t live = 0, len;

    if (!rooms)
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (app->chiefs[first + i].room->state == ROOM_LIVE)
            rooms[live++] = app->chiefs[first + i].room;
    if (live > 0)
        qsort(rooms, live, sizeof(struct room *), by_age);
    buffer_say(&b, "[");
    for (size_t i = 0; i < live && i < LIMIT_CHIEF_MEETINGS; i++) {
        if (i > 0)
            buffer_say(&b, ",");
        say_meeting(&b, rooms[i]);
    }
    buffer_say(&b, "]");
    free(rooms);
    return buffer_take(&b, &len);
}

/* Who has a secret that nothing is shared with has guessed it, for all that is known. */
static void answer_all(struct api_call *call, const char *const *parts, size_t count,
                       const char *code, int held)
{
    size_t meetings = 0;
    char *body = api_chief_write(code, parts, count, &meetings);
    bool hold = meetings == 0 && held > 0;

    if (hold) {
        free(body);
        body = api_refusal_write(REFUSED_TOO_FAST, NULL);
    }
    if (!body) {
        api_refuse(call, 503, REFUSED_BUSY, NULL);
        return;
    }
    const struct api_answer answer = { .status = hold ? 429 : 200,
                                       .type = "application/json",
                                       .body = body,
                                       .body_len = strlen(body),
                                       .retry_after = hold ? held : 0,
                                       .guess = meetings == 0 && !hold };
    api_pass(call, &answer);
    free(body);
}

struct api_call *chiefs_answer(const struct asking *a)
{
    const char *bearer = a->request->bearer;
    char code[CHIEF_CODE_CHARS + 1];

    if (!secret_is(bearer))
        return a->request->held > 0 ? asking_hold(a)
                                    : asking_refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    if (!app_all_read(a->app)) /* Some of what is shared may not have been read yet. */
        return asking_refuse(a, 503, REFUSED_BUSY, NULL);
    chief_code_of(hash_of(bearer, SECRET_CHARS), code);
    size_t first = lookup(a->app, code), count = count_of(a->app, code, first);
    return gather_begin(a, write_part(a->app, first, count), answer_all, code);
}

struct api_call *chiefs_make(const struct asking *a)
{
    char secret[SECRET_CHARS + 1], code[CHIEF_CODE_CHARS + 1];

    app_secret(a->app, secret);
    chief_code_of(hash_of(secret, SECRET_CHARS), code);
    asking_respond(a, 201, "application/json",
                   api_chief_link_write(a->app->options.base_url, secret, code));
    return NULL;
}
