/* metrics.c -- figures of this layer beside those of the application. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/scoped.h"
#include "net/inside.h"

static void string_release(char **p)
{
    free(*p);
}

char *metrics_text(const struct net *net)
{
    SCOPED(string_release) char *of_app = app_metrics(net->app);
    struct admission_figures f = admission_figures(net->admission);
    char *text = NULL;

    if (!of_app)
        return NULL;
    int len = asprintf(&text,
                       "%s"
                       "# TYPE runde_connections gauge\n"
                       "runde_connections %zu\n"
                       "# TYPE runde_connections_max gauge\n"
                       "runde_connections_max %zu\n"
                       "# TYPE runde_connections_total counter\n"
                       "runde_connections_total %" PRId64 "\n"
                       "# TYPE runde_connections_turned_away_total counter\n"
                       "runde_connections_turned_away_total %" PRId64 "\n"
                       "# TYPE runde_requests_refused_total counter\n"
                       "runde_requests_refused_total %" PRId64 "\n"
                       "# TYPE runde_failures_total counter\n"
                       "runde_failures_total %" PRId64 "\n"
                       "# TYPE runde_failures_held_total counter\n"
                       "runde_failures_held_total %" PRId64 "\n",
                       of_app, f.open, f.open_max, f.entered, f.turned_away, net->refused,
                       f.failures, f.held);
    return len < 0 ? NULL : text;
}
