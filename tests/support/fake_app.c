#include "support/fake_app.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/trunk.h"
#include "base/clock.h"
#include "base/metrics.h"

enum { LATER_MS = 300, QUEUE_MAX = 4096 };

struct session {
    struct hub *hub;
    const struct transport_ops *ops;
    void *transport;
    bool console, held;
    struct frame *queue[QUEUE_MAX];
    size_t first, count;
    struct session *next, **link;
};

struct hub {
    struct session *sessions;
    size_t count;
};

struct api_call {
    struct app *app;
    api_respond_fn *respond;
    void *context;
    int64_t at; /* 0: never. */
    struct api_call *next, **link;
};

struct app {
    struct hub hub;
    struct api_call *calls;
    int kept, cancelled;
    bool stopped;
};

struct session *session_new(struct hub *hub, const struct transport_ops *ops, void *transport)
{
    struct session *s = calloc(1, sizeof(*s));

    if (!s)
        return NULL;
    s->hub = hub;
    s->ops = ops;
    s->transport = transport;
    s->next = hub->sessions;
    s->link = &hub->sessions;
    if (s->next)
        s->next->link = &s->next;
    hub->sessions = s;
    hub->count++;
    return s;
}

void session_hold(struct session *s, int seconds)
{
    s->held = seconds > 0;
}

void session_free(struct session *s)
{
    struct frame *f;

    if (!s)
        return;
    while ((f = session_take(s)))
        frame_unref(f);
    *s->link = s->next;
    if (s->next)
        s->next->link = s->link;
    s->hub->count--;
    free(s);
}

struct frame *session_take(struct session *s)
{
    if (s->count == 0)
        return NULL;
    struct frame *f = s->queue[s->first];
    s->first = (s->first + 1) % QUEUE_MAX;
    s->count--;
    return f;
}

/* Takes over the reference. */
static void send_frame(struct session *s, struct frame *f)
{
    if (s->count == QUEUE_MAX) {
        frame_unref(f);
        return;
    }
    s->queue[(s->first + s->count++) % QUEUE_MAX] = f;
    s->ops->wake(s->transport);
}

static struct frame *letters(size_t len)
{
    char *bytes = malloc(len + 1);

    if (!bytes)
        abort();
    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)('a' + i % 26);
    struct frame *f = frame_new(bytes, len);
    free(bytes);
    return f;
}

static void send_all(struct hub *hub, size_t len)
{
    struct frame *f = letters(len);

    for (struct session *s = hub->sessions; s; s = s->next)
        send_frame(s, frame_ref(f));
    frame_unref(f);
}

static bool obey(struct session *s, const char *order)
{
    size_t a, b;
    int status;

    if (sscanf(order, "close %d", &status) == 1) {
        s->ops->close(s->transport, status, false);
    } else if (sscanf(order, "now %d", &status) == 1) {
        send_frame(s, letters(10));
        s->ops->close(s->transport, status, true);
    } else if (strcmp(order, "fail") == 0) {
        s->ops->failed(s->transport);
        s->ops->close(s->transport, 1008, false);
    } else if (sscanf(order, "big %zu", &a) == 1) {
        send_frame(s, letters(a));
    } else if (sscanf(order, "all %zu", &a) == 1) {
        send_all(s->hub, a);
    } else if (sscanf(order, "flood %zu %zu", &a, &b) == 2) {
        for (size_t i = 0; i < a; i++)
            send_frame(s, letters(b));
    } else if (strcmp(order, "console") == 0) {
        s->console = true;
        send_frame(s, frame_new("console", 7));
    } else {
        return false;
    }
    return true;
}

void session_receive(struct session *s, const char *bytes, size_t len)
{
    char order[64];

    snprintf(order, sizeof(order), "%.*s", len < 63 ? (int)len : 63, bytes);
    bool waits = s->held && strcmp(order, "good") != 0;
    s->held = false;
    if (waits)
        s->ops->close(s->transport, 1013, false);
    else if (!obey(s, order))
        send_frame(s, frame_new(bytes, len));
}

size_t session_receive_max(const struct session *s)
{
    return s->console ? LIMIT_FRAME_CONSOLE : LIMIT_FRAME_PHONE;
}

void hub_tick(struct hub *hub, int64_t now_ms)
{
    (void)hub;
    (void)now_ms;
}

struct app *fake_app_new(void)
{
    return calloc(1, sizeof(struct app));
}

void app_free(struct app *app)
{
    if (app && app->hub.sessions) {
        fprintf(stderr, "a session is left\n");
        abort();
    }
    free(app);
}

/* It speaks with no other server. */
void app_guessed(struct app *app, const char *address)
{
    (void)app;
    (void)address;
}

struct trunk *trunk_answer(struct app *app, void *transport)
{
    (void)app;
    (void)transport;
    return NULL;
}

void trunk_connected(struct trunk *t)
{
    (void)t;
}

void trunk_gone(struct trunk *t)
{
    (void)t;
}

int trunk_receive(struct trunk *t, const unsigned char *bytes, size_t len)
{
    (void)t;
    (void)bytes;
    (void)len;
    return -ENOSYS;
}

size_t trunk_fill(struct trunk *t, unsigned char *bytes, size_t room)
{
    (void)t;
    (void)bytes;
    (void)room;
    return 0;
}

struct hub *app_hub(struct app *app)
{
    return &app->hub;
}

bool app_turn_over(struct app *app)
{
    (void)app;
    return false;
}

void app_leave(struct app *app)
{
    (void)app;
}

void app_collect(struct app *app)
{
    (void)app;
}

bool app_wake_at(const struct app *app, int64_t *ret_boottime)
{
    bool any = false;

    for (const struct api_call *c = app->calls; c; c = c->next)
        if (c->at && (!any || c->at < *ret_boottime)) {
            *ret_boottime = c->at;
            any = true;
        }
    return any;
}

static void unlink_call(struct api_call *c)
{
    *c->link = c->next;
    if (c->next)
        c->next->link = c->link;
    free(c);
}

static void answer(api_respond_fn *respond, void *context, int status, const char *body, size_t len)
{
    respond(context, &(struct api_answer){
                         .status = status, .type = "text/plain", .body = body, .body_len = len });
}

void app_wake(struct app *app)
{
    for (struct api_call *c = app->calls, *next; c; c = next) {
        next = c->next;
        if (!c->at || c->at > clock_boottime())
            continue;
        answer(c->respond, c->context, 200, "later", 5);
        unlink_call(c);
    }
}

bool app_idle(const struct app *app)
{
    (void)app;
    return true;
}

void app_stop(struct app *app)
{
    app->stopped = true;
}

void app_dismiss(struct app *app)
{
    for (struct session *s = app->hub.sessions; s; s = s->next)
        s->ops->close(s->transport, 1012, false);
}

static struct api_call *keep(struct app *app, api_respond_fn *respond, void *context, int64_t at)
{
    struct api_call *c = calloc(1, sizeof(*c));

    if (!c)
        abort();
    *c = (struct api_call){
        .app = app, .respond = respond, .context = context, .at = at, .next = app->calls
    };
    c->link = &app->calls;
    if (c->next)
        c->next->link = &c->next;
    app->calls = c;
    app->kept++;
    return c;
}

struct api_call *app_api(struct app *app, const struct api_request *request,
                         api_respond_fn *respond, void *context)
{
    char *text;

    if (request->held > 0) {
        respond(context, &(struct api_answer){ .status = 429,
                                               .type = "text/plain",
                                               .body = "",
                                               .retry_after = request->held });
        return NULL;
    }
    if (strcmp(request->path, "/api/later") == 0)
        return keep(app, respond, context, clock_boottime() + LATER_MS);
    if (strcmp(request->path, "/api/never") == 0)
        return keep(app, respond, context, 0);
    if (strcmp(request->path, "/api/big") == 0) {
        struct frame *f = letters((size_t)atol(request->query));
        answer(respond, context, 200, (char *)f->bytes, f->len);
        frame_unref(f);
        return NULL;
    }
    if (strcmp(request->path, "/api/echo") != 0) {
        answer(respond, context, 404, "no", 2);
        return NULL;
    }
    int len = asprintf(&text, "%s near=%d query=%s bearer=%s body=%.*s", request->method,
                       request->near, request->query, request->bearer ? request->bearer : "-",
                       (int)request->body_len, request->body);
    answer(respond, context, 200, text, (size_t)len);
    free(text);
    return NULL;
}

void app_api_cancel(struct api_call *call)
{
    call->app->cancelled++;
    unlink_call(call);
}

void app_metrics(const struct app *app, struct buffer *b)
{
    const struct metric metrics[] = {
        { "fake_kept", METRIC_GAUGE, "Kept.", app->kept, METRIC_PLAIN },
        { "fake_cancelled", METRIC_GAUGE, "Cancelled.", app->cancelled, METRIC_PLAIN },
        { "fake_sessions", METRIC_GAUGE, "Sessions.", (int64_t)app->hub.count, METRIC_PLAIN },
    };

    metrics_add(b, metrics, sizeof(metrics) / sizeof(metrics[0]));
}

bool app_ready(struct app *app)
{
    (void)app;
    return true;
}

int app_health(const struct app *app)
{
    (void)app;
    return 0;
}

size_t app_broken(const struct app *app)
{
    (void)app;
    return 0;
}

int journal_health(const struct journal *j, const char **ret_why)
{
    (void)j;
    *ret_why = "";
    return 0;
}

void journal_figures(const struct journal *j, struct journal_figures *ret_figures)
{
    (void)j;
    *ret_figures = (struct journal_figures){ 0 };
}
