#include "app/pairing.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/nodes.h"
#include "app/state.h"
#include "base/alloc.h"
#include "base/code.h"
#include "wire/api_json.h"

enum { SHOWN_CHARS = 4, LIFE_MS = 10 * 60 * 1000 };

static int64_t now_of(const struct app *app)
{
    return app->ports.boottime(app->ports.context);
}

static void forget(struct app *app, size_t i)
{
    free(app->pairings[i].told);
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
        if (!app->pairings[i].room && !app->pairings[i].told && code->len == SHOWN_CHARS &&
            strncasecmp(app->pairings[i].code, code->bytes, SHOWN_CHARS) == 0)
            return &app->pairings[i];
    return NULL;
}

/* Somebody's screen at another server becomes a board, once it is durable. */
struct giving {
    struct app *app;
    char code[CODE_CHARS + 1];
};

static void given(void *context, const struct api_answer *answer)
{
    struct giving *g = context;
    const struct trunk_message m = {
        .kind = TRUNK_PAIRED, .texts = { trunk_text(g->code), { answer->body, answer->body_len } }
    };

    if (answer->status == 200)
        nodes_say(g->app, &m);
    free(g);
}

static void give_away(struct room *r, const struct pairing *p, const char *key)
{
    static const struct api_request nothing = { .method = "" };
    struct giving *g = alloc_many(1, sizeof(*g));
    const struct asking a = { .app = r->app, .request = &nothing, .respond = given, .context = g };

    if (!g)
        return; /* Its screen asks for another code. */
    g->app = r->app;
    memcpy(g->code, p->code, sizeof(g->code));
    char *body = api_paired_write(r->code, key);
    forget(r->app, (size_t)(p - r->app->pairings));
    (void)asking_wait(&a, r, 200, "application/json", "", body, body ? strlen(body) : 0);
}

void pairing_give(struct room *r, const struct text *code, const char *key)
{
    struct pairing *p = pairing_find(r->app, code);

    assert(p);
    if (p->foreign) {
        give_away(r, p, key);
        return;
    }
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
static struct pairing *add(struct app *app)
{
    forget_old(app);
    if (app->pairing_count == LIMIT_PAIRINGS)
        forget(app, 0);
    struct pairing *p = &app->pairings[app->pairing_count++];
    *p = (struct pairing){ .made = now_of(app) };
    return p;
}

static struct trunk_message shown(const struct app *app, const struct pairing *p)
{
    return (struct trunk_message){ .kind = TRUNK_PAIRING,
                                   .number = LIFE_MS - (now_of(app) - p->made),
                                   .texts = { trunk_text(p->code) } };
}

void pairing_tell(struct trunk *t)
{
    const struct app *app = t->app;

    for (size_t i = 0; i < app->pairing_count; i++) {
        const struct pairing *p = &app->pairings[i];
        const struct trunk_message m = shown(app, p);
        if (!p->foreign && !p->room && !p->told && m.number > 0)
            (void)trunk_send(t, &m);
    }
}

static void note_foreign(struct app *app, const struct trunk_message *m)
{
    const struct trunk_text *code = &m->texts[0];

    if (code->len != SHOWN_CHARS || m->number <= 0 || m->number > LIFE_MS)
        return;
    struct pairing *p = add(app);
    p->foreign = true;
    memcpy(p->code, code->bytes, SHOWN_CHARS + 1);
}

static void note_told(struct app *app, const struct trunk_message *m)
{
    for (size_t i = 0; i < app->pairing_count; i++) {
        struct pairing *p = &app->pairings[i];
        if (strcasecmp(p->code, m->texts[0].bytes) != 0)
            continue;
        if (p->foreign)
            forget(app, i); /* Nobody shows it any more. */
        else if (!p->room && !p->told)
            p->told = strdup(m->texts[1].bytes);
        return;
    }
}

void pairing_hear(struct app *app, const struct trunk_message *m)
{
    if (m->kind == TRUNK_PAIRING)
        note_foreign(app, m);
    else
        note_told(app, m);
}

void pairing_forget_all(struct app *app)
{
    while (app->pairing_count > 0)
        forget(app, app->pairing_count - 1);
}

static struct api_call *begin(const struct asking *a)
{
    struct app *app = a->app;
    char secret[SECRET_CHARS + 1], code[CODE_CHARS + 1];

    choose_code(app, code);
    struct pairing *p = add(app);
    memcpy(p->code, code, sizeof(p->code));
    app_secret(app, secret);
    p->secret = hash_of(secret, SECRET_CHARS);
    const struct trunk_message m = shown(app, p);
    nodes_say(app, &m);
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
        if (!app->pairings[i].foreign && hash_same(app->pairings[i].secret, secret))
            found = i;
    if (found >= app->pairing_count)
        return asking_refuse(a, 404, REFUSED_NO_SUCH_PAIRING, NULL);
    struct pairing p = app->pairings[found];
    if (p.told) {
        app->pairings[found].told = NULL;
        forget(app, found);
        asking_respond(a, 200, "application/json", p.told);
        return NULL;
    }
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
