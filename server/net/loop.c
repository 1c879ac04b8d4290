/* loop.c -- the event loop, which is ours and only lent to libwebsockets: its own would swallow
 * SIGTERM, and spin for ever after a SIGSEGV (seen on 4.1.6). */

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "net/gateway.h"
#include "net/http.h"
#include "net/inside.h"
#include "net/line.h"
#include "net/sending.h"
#include "net/stream.h"

enum {
    TICK_MS = 1000,
    GLANCE_MS = 20,
    DRAIN_MS = 10000,   /* What a slow disk gets to finish, at a stop. */
    FAREWELL_MS = 3000, /* What connections get to close. */
};

static void enter(struct net *net, enum net_state state)
{
    net->state = state;
    net->state_since = net_now(net);
}

/* Sets the timer for the next deadline of a meeting.  Called before each sleep, so that nobody
 * who changes deadlines need think of it. */
static void arm(struct net *net)
{
    int64_t at;

    if (!app_wake_at(net->app, &at)) {
        uv_timer_stop(&net->deadline);
        net->armed_for = -1;
        return;
    }
    if (at == net->armed_for)
        return;
    int64_t wait = at - clock_boottime();
    net->armed_for = at;
    uv_update_time(&net->loop);
    uv_timer_start(&net->deadline, net->deadline.timer_cb, wait > 0 ? (uint64_t)wait : 0, 0);
}

static void wake_if_due(struct net *net)
{
    int64_t at;

    if (app_wake_at(net->app, &at) && at <= clock_boottime())
        app_wake(net->app);
}

static void look_at_connections(struct net *net)
{
    int64_t now = net_now(net);

    for (struct connection *c = net->connections, *next; c; c = next) {
        next = c->next;
        if (c->websocket)
            gateway_look(c, now);
        else if (c->request)
            http_look(c, now);
    }
}

/* For whoever started us: a person, or a test that asked for port 0. */
static void announce(const char *what, const struct listener *listener, const char *path)
{
    char host[ADDRESS_CHARS + 1] = "127.0.0.1";

    if (!address_is_any(&listener->at.local))
        address_write(&listener->at.local, host);
    bool six = strchr(host, ':') != NULL;
    bool tls = listener->net->tls && !listener->metrics;
    dprintf(STDERR_FILENO, "%s %s://%s%s%s:%d%s\n", what, tls ? "https" : "http", six ? "[" : "",
            host, six ? "]" : "", listener->at.port, path);
}

static void tell_ready(struct net *net)
{
    if (net->told || net->state != NET_OPEN)
        return;
    net->told = true;
    if (net->listeners[1].metrics)
        announce("metrics", &net->listeners[1], "/metrics");
    if (!net->tls && !address_is_loopback(&net->listeners[0].at.local))
        log_event(LOG_LEVEL_WARN, "net.plain", "tls=no %s",
                  "whoever shares the network can read along: set tls-cert and tls-key, or listen "
                  "on 127.0.0.1 behind a proxy");
    announce("listening", &net->listeners[0], "");
    if (net->ops->ready)
        net->ops->ready(net->context);
}

static void dismiss_all(struct net *net)
{
    stream_dismiss_all(net);
    line_dismiss_all(net);
    for (struct connection *c = net->connections, *next; c; c = next) {
        next = c->next;
        if (c->websocket)
            gateway_dismiss(c);
        else if (!c->request && !c->line)
            connection_abort(c);
    }
}

static void throw_all_out(struct net *net)
{
    line_end_all(net);
    for (struct connection *c = net->connections; c; c = c->next)
        connection_abort(c);
}

/* Goes on to the next state of a stop, once this one is done or has had its time. */
static void stop_further(struct net *net)
{
    int64_t waited = net_now(net) - net->state_since;

    switch (net->state) {
    case NET_OPEN:
        return;
    case NET_DRAINING:
        if (!net->error && !app_idle(net->app) && waited < DRAIN_MS)
            return;
        if (!app_idle(net->app))
            log_event(LOG_LEVEL_WARN, "net.undrained", "waited_ms=%" PRId64, waited);
        enter(net, NET_CLOSING);
        app_dismiss(net->app);
        dismiss_all(net);
        return;
    case NET_CLOSING:
        if ((net->connections || net->lines) && waited < FAREWELL_MS)
            return;
        if ((net->connections || net->lines) && waited < 2 * FAREWELL_MS) {
            throw_all_out(net);
            return;
        }
        enter(net, NET_OVER);
        uv_stop(&net->loop);
        return;
    case NET_OVER:
        uv_stop(&net->loop);
        return;
    }
}

static void stop_on(struct net *net)
{
    enum net_state before;

    do {
        before = net->state;
        stop_further(net);
    } while (net->state != before);
}

void net_stop(struct net *net)
{
    if (net->state != NET_OPEN)
        return;
    log_event(LOG_LEVEL_INFO, "net.stopping", "connections=%zu",
              admission_figures(net->admission).open);
    for (size_t i = 0; i < 2; i++)
        listener_close(&net->listeners[i]);
    enter(net, NET_DRAINING);
    app_stop(net->app);
    if (net->ops->stopping)
        net->ops->stopping(net->context);
}

static void on_signal(uv_signal_t *signal, int number)
{
    struct net *net = signal->data;
    (void)number;

    if (net->state == NET_OPEN) {
        net_stop(net);
    } else {
        /* Whoever asks twice means it. */
        enter(net, NET_OVER);
        uv_stop(&net->loop);
    }
}

static void on_hangup(uv_signal_t *signal, int number)
{
    struct net *net = signal->data;
    (void)number;

    if (net->state == NET_OPEN && net->ops->reload)
        net->ops->reload(net->context);
}

static void on_wake(uv_async_t *wake)
{
    struct net *net = wake->data;

    release_wake(net);
}

static void on_deadline(uv_timer_t *timer)
{
    struct net *net = timer->data;

    net->armed_for = -1;
    wake_if_due(net);
}

static void on_glance(uv_timer_t *timer)
{
    wake_if_due(timer->data);
}

static void on_tick(uv_timer_t *timer)
{
    struct net *net = timer->data;

    hub_tick(app_hub(net->app), clock_boottime());
    /* The machine may have slept, which its timers do not count. */
    wake_if_due(net);
    tell_ready(net);
    look_at_connections(net);
    stream_look_at_all(net, net_now(net));
    if (net->ops->alive)
        net->ops->alive(net->context);
    const char *why;
    if (!net->error && (net->error = app_health(net->app)) != 0) {
        log_event(LOG_LEVEL_ERROR, "lease.lost", "%s",
                  net->error == -EKEYREJECTED ? "the other servers have another key"
                                              : "another server has this one's name");
        net_stop(net);
    }
    if (net->journal && !net->error && (net->error = journal_health(net->journal, &why)) != 0) {
        log_event(LOG_LEVEL_ERROR, "journal.failed", "error=\"%s\" why=\"%s\"",
                  strerror(-net->error), why);
        net_stop(net);
    }
}

static void before_sleep(uv_prepare_t *prepare)
{
    struct net *net = prepare->data;

    release_due(net);
    stop_on(net);
    sending_flush(net);
    tell_ready(net);
    arm(net);
}

void net_wake(void *net)
{
    uv_async_send(&((struct net *)net)->wake);
}

/* Makes the handles, each of which knows its net. */
int loop_open(struct net *net)
{
    int error = uv_loop_init(&net->loop);

    if (error)
        return error;
    uv_async_init(&net->loop, &net->wake, on_wake);
    uv_signal_init(&net->loop, &net->terminate);
    uv_signal_init(&net->loop, &net->interrupt);
    uv_signal_init(&net->loop, &net->hangup);
    uv_prepare_init(&net->loop, &net->before_sleep);
    uv_timer_init(&net->loop, &net->deadline);
    uv_timer_init(&net->loop, &net->tick);
    uv_timer_init(&net->loop, &net->glance);
    release_open(net);
    net->deadline.timer_cb = on_deadline;
    net->wake.data = net->terminate.data = net->interrupt.data = net->hangup.data = net;
    net->before_sleep.data = net->deadline.data = net->tick.data = net->glance.data = net;
    net->armed_for = -1;
    return 0;
}

static void start(struct net *net)
{
    signal(SIGPIPE, SIG_IGN);
    uv_signal_start(&net->terminate, on_signal, SIGTERM);
    uv_signal_start(&net->interrupt, on_signal, SIGINT);
    uv_signal_start(&net->hangup, on_hangup, SIGHUP);
    uv_prepare_start(&net->before_sleep, before_sleep);
    uv_timer_start(&net->tick, on_tick, TICK_MS, TICK_MS);
    if (net->options.test_clock)
        uv_timer_start(&net->glance, on_glance, GLANCE_MS, GLANCE_MS);
    for (size_t i = 0; i < 2; i++)
        if (net->listeners[i].fd >= 0)
            listener_start(&net->listeners[i]);
    inlet_let_in(net);
}

int net_run(struct net *net, struct app *app, const struct journal *journal,
            const struct net_ops *ops, void *context)
{
    net->app = app;
    net->journal = journal;
    net->ops = ops;
    net->context = context;
    enter(net, NET_OPEN);
    start(net);
    /* What came before the loop ran has woken nobody. */
    uv_async_send(&net->wake);
    uv_run(&net->loop, UV_RUN_DEFAULT);
    log_event(LOG_LEVEL_INFO, "net.stopped", "connections=%zu",
              admission_figures(net->admission).open);
    return net->error;
}

static void close_handle(uv_handle_t *handle)
{
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

void loop_close(struct net *net)
{
    for (size_t i = 0; i < 2; i++)
        listener_close(&net->listeners[i]);
    inlet_close(net);
    close_handle((uv_handle_t *)&net->wake);
    close_handle((uv_handle_t *)&net->terminate);
    close_handle((uv_handle_t *)&net->interrupt);
    close_handle((uv_handle_t *)&net->hangup);
    close_handle((uv_handle_t *)&net->before_sleep);
    close_handle((uv_handle_t *)&net->deadline);
    close_handle((uv_handle_t *)&net->tick);
    close_handle((uv_handle_t *)&net->glance);
    release_close(net);
    line_end_all(net);
    /* libwebsockets begins to close its own, which the loop carries out, and then it can go. */
    lws_context_destroy(net->lws);
    uv_run(&net->loop, UV_RUN_DEFAULT);
    lws_context_destroy(net->lws);
    int busy = uv_loop_close(&net->loop);
    assert(busy == 0);
}
