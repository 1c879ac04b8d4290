/* metrics.c -- figures of this layer beside those of the application. */
#include "base/metrics.h"

#include "net/gateway.h"
#include "net/inside.h"
#include "net/tls.h"

char *metrics_text(const struct net *net)
{
    struct admission_figures f = admission_figures(net->admission);
    struct buffer b = { 0 };
    int64_t oldest = 0;
    size_t len;

    for (const struct connection *c = net->connections; c; c = c->next) {
        int64_t waits = gateway_unsent_ms(c, net_now(net));
        oldest = waits > oldest ? waits : oldest;
    }
    const struct metric metrics[] = {
        { "runde_connections", METRIC_GAUGE, "Connections that are open.", (int64_t)f.open,
          METRIC_PLAIN },
        { "runde_connections_max", METRIC_GAUGE, "How many may be open.", (int64_t)f.open_max,
          METRIC_PLAIN },
        { "runde_connections_total", METRIC_COUNTER, "Connections that were accepted.", f.entered,
          METRIC_PLAIN },
        { "runde_connections_turned_away_total", METRIC_COUNTER,
          "Callers for whom there was no room.", f.turned_away, METRIC_PLAIN },
        { "runde_requests_refused_total", METRIC_COUNTER,
          "Requests and upgrades that the guards sent away.", net->refused, METRIC_PLAIN },
        { "runde_failures_total", METRIC_COUNTER, "Wrong codes, keys and tokens.", f.failures,
          METRIC_PLAIN },
        { "runde_failures_held_total", METRIC_COUNTER,
          "Attempts of addresses that had to wait after too many.", f.held, METRIC_PLAIN },
        { "runde_unsent_seconds_max", METRIC_GAUGE,
          "How long the slowest reader has left a frame waiting.", oldest, METRIC_MS },
    };
    app_metrics(net->app, &b);
    metrics_add(&b, metrics, sizeof(metrics) / sizeof(metrics[0]));
    if (net->tls) {
        const struct metric until = { "runde_certificate_until_timestamp_seconds", METRIC_GAUGE,
                                      "Until when the server's own certificate holds.",
                                      tls_until(net->tls), METRIC_PLAIN };
        metrics_add(&b, &until, 1);
    }
    return buffer_take(&b, &len);
}
