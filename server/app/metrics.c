/* metrics.c -- what /metrics tells: figures of the whole server, nothing of any meeting. */
#include <inttypes.h>
#include <stdio.h>

#include "app/state.h"

char *app_metrics(const struct app *app)
{
    struct journal_figures j;
    size_t live = 0;
    char *text = NULL;

    for (size_t i = 0; i < app->room_count; i++)
        live += app->rooms[i]->session_count > 0;
    journal_figures(app->journal, &j);
    int len = asprintf(&text,
                       "runde_meetings %zu\nrunde_meetings_live %zu\nrunde_connections %zu\n"
                       "runde_commands_total %" PRId64 "\nrunde_refusals_total %" PRId64 "\n"
                       "runde_journal_commits_total %" PRId64 "\n"
                       "runde_journal_facts_total %" PRId64 "\n"
                       "runde_journal_failures_total %" PRId64 "\n"
                       "runde_journal_waiting %" PRId64 "\n"
                       "runde_journal_commit_seconds_total %.6f\n"
                       "runde_journal_commit_seconds_max %.6f\n",
                       app->room_count, live, hub_count(app->hub), app->commands, app->refusals,
                       j.commits, j.facts, j.failures, j.waiting, (double)j.commit_us_total / 1e6,
                       (double)j.commit_us_max / 1e6);
    return len < 0 ? NULL : text;
}
