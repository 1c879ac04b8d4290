#include "app/chiefs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

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

/* Whether a later meeting of the same school is shared with the chief too: then that one tells what
 * came of this one. */
static bool is_followed(const struct room *r, const char *code)
{
    for (size_t i = 0; i < r->meeting->chain_count; i++) {
        const struct chained *link = &r->meeting->chain[i];
        const struct room *next =
            link->is == IN_CHAIN_NEXT ? app_find(r->app, link->meeting->bytes) : NULL;
        if (next && next->state == ROOM_LIVE && chief_is_allowed(next->meeting, code))
            return true;
    }
    return false;
}

/* The newest first. */
static int by_age(const void *a, const void *b)
{
    const struct room *const *one = a, *const *other = b;
    int64_t left = (*one)->meeting->wall, right = (*other)->meeting->wall;

    return (left < right) - (left > right);
}

static char *write_all(const struct app *app, const char *code, size_t first, size_t count)
{
    struct room **rooms = alloc_many(count, sizeof(struct room *));
    const char *cards[2][LIMIT_CHIEF_MEETINGS];
    size_t told[2] = { 0 };

    if (!rooms)
        return NULL;
    for (size_t i = 0; i < count; i++)
        rooms[i] = app->chiefs[first + i].room;
    if (count > 0)
        qsort(rooms, count, sizeof(struct room *), by_age);
    for (size_t i = 0; i < count && told[0] + told[1] < LIMIT_CHIEF_MEETINGS; i++) {
        const char *card = card_of(rooms[i]);
        int followed = card && is_followed(rooms[i], code);
        if (card)
            cards[followed][told[followed]++] = card;
    }
    free(rooms);
    return api_chief_write(code, cards[0], told[0], cards[1], told[1]);
}

struct api_call *chiefs_answer(const struct asking *a)
{
    const char *bearer = a->request->bearer;
    char code[CHIEF_CODE_CHARS + 1];

    if (!secret_is(bearer))
        return a->request->held > 0 ? asking_hold(a)
                                    : asking_refuse(a, 401, REFUSED_WRONG_KEY, NULL);
    chief_code_of(hash_of(bearer, SECRET_CHARS), code);
    size_t first = lookup(a->app, code), count = count_of(a->app, code, first);
    if (count == 0 && a->request->held > 0)
        return asking_hold(a);
    if (!app_all_read(a->app)) /* Some of what is shared may not have been read yet. */
        return asking_refuse(a, 503, REFUSED_BUSY, NULL);
    char *body = write_all(a->app, code, first, count);
    if (count > 0)
        asking_respond(a, 200, "application/json", body);
    else
        asking_respond_guess(a, 200, "application/json", body);
    return NULL;
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
