#include "net/release.h"

#include "net/inside.h"
#include "net/sending.h"

enum {
    NS_PER_MS = 1000000,
    WORTH_NS = NS_PER_MS, /* Telling that takes less is not worth a wait. */
};

static void on_patience(uv_timer_t *timer)
{
    release_wake(timer->data);
}

void release_open(struct net *net)
{
    uv_timer_init(&net->loop, &net->release.patience);
    net->release.patience.data = net;
}

void release_close(struct net *net)
{
    uv_close((uv_handle_t *)&net->release.patience, NULL);
}

void release_wake(struct net *net)
{
    struct release *release = &net->release;

    if (release->state == RELEASE_SILENT)
        release->state = RELEASE_DURABLE;
    else if (release->state == RELEASE_WAITS)
        release->state = RELEASE_DUE;
}

/* The average of the commits since the last question; as it was when there were none. */
static uint64_t commit_ns(struct net *net)
{
    struct release *release = &net->release;
    struct journal_figures now;

    journal_figures(net->journal, &now);
    if (now.commits > release->commits)
        release->commit_ns = (uint64_t)(now.commit_us.sum - release->commit_us) * 1000 /
                             (uint64_t)(now.commits - release->commits);
    release->commits = now.commits;
    release->commit_us = now.commit_us.sum;
    return release->commit_ns;
}

static bool is_worth_a_wait(struct net *net)
{
    return net->release.telling_ns >= WORTH_NS && net->state == NET_OPEN && net->journal &&
           commit_ns(net) < net->release.telling_ns;
}

static void wait(struct release *release)
{
    release->state = RELEASE_WAITS;
    uv_timer_start(&release->patience, on_patience, release->telling_ns / NS_PER_MS, 0);
}

static void tell(struct net *net)
{
    struct release *release = &net->release;
    uint64_t from = uv_hrtime();

    uv_timer_stop(&release->patience);
    release->state = RELEASE_SILENT;
    app_collect(net->app);
    app_turn_over(net->app); /* What was said to a meeting that had to be read first. */
    sending_flush(net);
    release->telling_ns = uv_hrtime() - from;
}

void release_due(struct net *net)
{
    struct release *release = &net->release;

    if (release->state == RELEASE_DURABLE)
        app_leave(net->app); /* Before the disk is told, lest its answer pass unheard. */
    bool begun = app_turn_over(net->app); /* The disk works while we send. */
    if (release->state == RELEASE_DURABLE && begun && is_worth_a_wait(net))
        wait(release);
    if (release->state == RELEASE_DURABLE || release->state == RELEASE_DUE)
        tell(net);
}
