#include "app/pairing.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "app/state.h"
#include "base/code.h"
#include "wire/api_json.h"

enum { SHOWN_CHARS = 4, LIFE_MS = 10 * 60 * 1000 };

static int64_t now_of(const struct app *app)
{
    return app->ports.boottime(app->ports.context);
}

static void forget(struct app *app, size_t i)
{
    memmove(&app->pairings[i], &app->pairings[i + 1],
            (app->pairing_count - i - 1) * sizeof(app->pairings[0]));
    app->pairing_count--;
}

static void forget_old(struct app *app)
{
    while (app->pairing_count > 0 && now_of(app) - app->pairings[0].made > LIFE_MS)
        forget(app, 0);
}

struct pairing *pairing_find(struct app *app, const struct text *code)
{
    forget_old(app);
    for (size_t i = 0; i < app->pairing_count; i++)
        if (!app->pairings[i].room && code->len == SHOWN_CHARS &&
            strncasecmp(app->pairings[i].code, code->bytes, SHOWN_CHARS) == 0)
            return &app->pairings[i];
    return NULL;
}

void pairing_give(struct room *r, const struct text *code, const char *key)
{
    struct pairing *p = pairing_find(r->app, code);

    assert(p);
    p->room = r;
    memcpy(p->key, key, sizeof(p->key));
}

void pairing_drop(const struct room *r)
{
    for (size_t i = r->app->pairing_count; i > 0; i--)
        if (r->app->pairings[i - 1].room == r)
            forget(r->app, i - 1);
}

/* A code that nobody shows just now. */
static void choose_code(struct app *app, char ret_code[static CODE_CHARS + 1])
{
    struct text *shown;

    do {
        code_new(ret_code);
        ret_code[SHOWN_CHARS] = '\0';
        shown = text_new(ret_code, SHOWN_CHARS);
        if (!shown)
            return;
        bool taken = pairing_find(app, shown) != NULL;
        text_unref(shown);
        if (!taken)
            return;
    } while (true);
}

/* The oldest gives way: its screen asks again. */
static struct api_call *begin(const struct asking *a)
{
    struct app *app = a->app;
    char secret[SECRET_CHARS + 1];

    forget_old(app);
    if (app->pairing_count == LIMIT_PAIRINGS)
        forget(app, 0);
    struct pairing *p = &app->pairings[app->pairing_count];
    *p = (struct pairing){ .made = now_of(app) };
    choose_code(app, p->code);
    app_secret(app, secret);
    p->secret = hash_of(secret, SECRET_CHARS);
    app->pairing_count++;
    asking_respond(a, 201, "application/json", api_pairing_write(p->code, secret));
    return NULL;
}

/* Told once: the key is the screen's from then on. */
static struct api_call *fetch(const struct asking *a)
{
    struct app *app = a->app;
    const char *bearer = a->request->bearer;
    struct hash secret = hash_of(bearer ? bearer : "", bearer ? strlen(bearer) : 0);
    size_t found = app->pairing_count;

    forget_old(app);
    for (size_t i = 0; i < app->pairing_count; i++)
        if (hash_same(app->pairings[i].secret, secret))
            found = i;
    if (found >= app->pairing_count)
        return asking_refuse(a, 404, REFUSED_NO_SUCH_PAIRING, NULL);
    struct pairing p = app->pairings[found];
    if (!p.room) {
        asking_respond(a, 202, "application/json", api_paired_write(NULL, NULL));
        return NULL;
    }
    forget(app, found);
    char *body = api_paired_write(p.room->code, p.key);
    return asking_wait(a, p.room, 200, "application/json", "", body, body ? strlen(body) : 0);
}

struct api_call *pairing_answer(const struct asking *a, bool post)
{
    return post ? begin(a) : fetch(a);
}
