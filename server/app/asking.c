#include "app/asking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "app/telling.h"
#include "base/alloc.h"
#include "base/code.h"
#include "wire/api_json.h"

/* `body` is taken over. */
static void respond(const struct asking *a, int status, const char *type, char *body, bool guess)
{
    const char *failed = "{\"code\":\"busy\",\"field\":null}";
    const char *text = body ? body : failed;
    const struct api_answer answer = {
        .status = body ? status : 503,
        .type = type,
        .body = text,
        .body_len = strlen(text),
        .retry_after = status == 429            ? a->request->held
                       : !body || status == 503 ? 1
                                                : 0,
        .guess = guess,
    };

    a->respond(a->context, &answer);
    free(body);
}

void asking_respond(const struct asking *a, int status, const char *type, char *body)
{
    respond(a, status, type, body, false);
}

void asking_respond_guess(const struct asking *a, int status, const char *type, char *body)
{
    respond(a, status, type, body, true);
}

/* A meeting that there is not, or a key that opens nothing.  Whoever gives none has guessed none.
 */
static bool is_guess(const struct asking *a, int status, enum refusal code)
{
    return !a->request->inside &&
           (code == REFUSED_NO_SUCH_MEETING ||
            (code == REFUSED_WRONG_KEY && status == 401 && a->request->bearer));
}

/* The meeting that the request is about, or NULL. */
static struct room *room_of(const struct asking *a)
{
    static const char prefix[] = "/api/meetings/";
    char code[CODE_CHARS + 1];
    const char *path = a->request->path;

    if (strncmp(path, prefix, sizeof(prefix) - 1) != 0)
        return NULL;
    path += sizeof(prefix) - 1;
    return code_read(path, strcspn(path, "/"), code) ? app_find(a->app, code) : NULL;
}

struct api_call *asking_refuse(const struct asking *a, int status, enum refusal code,
                               const char *field)
{
    bool guess = is_guess(a, status, code);

    if (guess)
        attempts_guess(a->app, code == REFUSED_WRONG_KEY ? room_of(a) : NULL, ROLE_NOT, code);
    respond(a, status, "application/json", api_refusal_write(code, field), guess);
    return NULL;
}

struct api_call *asking_hold(const struct asking *a)
{
    return asking_refuse(a, 429, REFUSED_TOO_FAST, NULL);
}

static void keep(struct api_call *call)
{
    call->after = call->app->calls;
    if (call->after)
        call->after->before = call;
    call->app->calls = call;
}

struct api_call *asking_wait(const struct asking *a, struct room *r, int status, const char *type,
                             const char *filename, char *body, size_t body_len)
{
    struct api_call *call = body ? alloc_many(1, sizeof(*call)) : NULL;

    if (!call) {
        free(body);
        return asking_refuse(a, 503, REFUSED_BUSY, NULL);
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
    keep(call);
    return telling_call(r, call) ? call : NULL;
}

struct api_call *asking_later(const struct asking *a)
{
    struct api_call *call = alloc_many(1, sizeof(*call));

    if (!call)
        return NULL;
    *call = (struct api_call){ .app = a->app,
                               .respond = a->respond,
                               .context = a->context,
                               .status = 200,
                               .type = "application/json" };
    keep(call);
    return call;
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

void api_refuse(struct api_call *call, int status, enum refusal code, const char *field)
{
    const struct api_request nothing = { .method = "" };
    const struct asking a = { .request = &nothing,
                              .respond = call->respond,
                              .context = call->context };

    if (call->respond)
        asking_refuse(&a, status, code, field);
    forget(call);
}

void api_pass(struct api_call *call, const struct api_answer *answer)
{
    if (call->respond)
        call->respond(call->context, answer);
    forget(call);
}

static void pass_on(void *context, const struct api_answer *answer)
{
    api_pass(context, answer);
}

void api_again(struct api_call *call, const struct api_request *request)
{
    if (call->respond)
        (void)app_api(call->app, request, pass_on, call);
    else
        forget(call);
}

void api_lost(struct api_call *call)
{
    api_refuse(call, 503, REFUSED_NOT_SAVED, NULL);
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

void asking_value(const char *query, const char *name, char ret_value[static QUERY_VALUE_MAX])
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
