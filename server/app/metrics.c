/* metrics.c -- what /metrics tells: figures of the whole server, nothing of any meeting. */
#include "base/metrics.h"
#include "app/state.h"
#include "app/trunk.h"
#include "hub/session.h"
#include "store/lease.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void tell_journal(const struct journal *journal, struct buffer *b)
{
    struct journal_figures j;

    journal_figures(journal, &j);
    const struct metric metrics[] = {
        { "runde_journal_batches_total", METRIC_COUNTER, "Batches of facts that became durable.",
          j.batches, METRIC_PLAIN },
        { "runde_journal_facts_total", METRIC_COUNTER, "Facts that became durable.", j.facts,
          METRIC_PLAIN },
        { "runde_journal_failures_total", METRIC_COUNTER,
          "Batches that were lost, and whose senders heard so.", j.failures, METRIC_PLAIN },
        { "runde_journal_reconnects_total", METRIC_COUNTER,
          "Times that the database was away and came back.", j.reconnects, METRIC_PLAIN },
        { "runde_journal_fenced_total", METRIC_COUNTER,
          "Batches that were lost because another server has their meeting.", j.fenced,
          METRIC_PLAIN },
        { "runde_journal_waiting", METRIC_GAUGE, "Batches that wait for a commit.", j.waiting,
          METRIC_PLAIN },
    };
    const struct metric seconds = { "runde_journal_commit_seconds", METRIC_COUNTER,
                                    "How long commits took.", 0, METRIC_US };
    const struct metric batches = { "runde_journal_commit_batches", METRIC_COUNTER,
                                    "How many batches one commit held.", 0, METRIC_PLAIN };
    metrics_add(b, metrics, COUNT(metrics));
    metrics_histogram(b, &seconds, journal_commit_us, &j.commit_us);
    metrics_histogram(b, &batches, journal_commit_batches, &j.commit_batches);
}

static void tell_hub(const struct hub *hub, struct buffer *b)
{
    struct hub_figures h;

    hub_figures(hub, &h);
    const struct metric sessions = { "runde_sessions", METRIC_GAUGE,
                                     "Connections that have said who they are.", 0, METRIC_PLAIN };
    const struct metric refusals = { "runde_refusals_total", METRIC_COUNTER,
                                     "Hellos, commands and frames that were refused.", 0,
                                     METRIC_PLAIN };
    const struct metric dropped = {
        "runde_outbox_dropped_total", METRIC_COUNTER,
        "Times that a slow reader's facts were dropped, for a snapshot later.", h.dropped,
        METRIC_PLAIN
    };
    const struct metric struck = { "runde_struck_total", METRIC_COUNTER,
                                   "Connections closed for sending on what they may not.", h.struck,
                                   METRIC_PLAIN };
    metrics_by(b, &sessions, "role", role_enum.names, h.sessions, ROLE_COUNT);
    metrics_by(b, &refusals, "code", refusal_names, h.refusals, REFUSED_COUNT);
    metrics_add(b, &dropped, 1);
    metrics_add(b, &struck, 1);
}

static void tell_lease(struct lease *lease, struct buffer *b)
{
    struct lease_figures l;

    lease_figures(lease, &l);
    const struct metric metrics[] = {
        { "runde_lease_held", METRIC_GAUGE,
          "1 while this server's lease runs: else it answers nobody.", lease_term(lease) != 0,
          METRIC_PLAIN },
        { "runde_lease_terms_total", METRIC_COUNTER,
          "Times that the lease was taken: each but the first because it was out.", l.terms,
          METRIC_PLAIN },
        { "runde_lease_failures_total", METRIC_COUNTER,
          "Renewals that the database did not answer, or not in time.", l.failures, METRIC_PLAIN },
        { "runde_meetings_claimed_total", METRIC_COUNTER,
          "Meetings that this server has taken over.", l.claims, METRIC_PLAIN },
        { "runde_meetings_elsewhere_total", METRIC_COUNTER,
          "Times that a meeting was asked for that another server has.", l.refused, METRIC_PLAIN },
    };
    metrics_add(b, metrics, COUNT(metrics));
}

static void tell_trunks(const struct app *app, struct buffer *b)
{
    int64_t up = 0, callers = 0, guests = 0;

    for (const struct trunk *t = app->trunks; t; t = t->next) {
        up += t->state == TRUNK_UP;
        *(t->calls ? &callers : &guests) += (int64_t)t->live;
    }
    const struct metric metrics[] = {
        { "runde_trunks", METRIC_GAUGE,
          "Connections with other servers: one each way with each of them.", up, METRIC_PLAIN },
        { "runde_relayed_callers", METRIC_GAUGE,
          "Connections and requests that this server passes on to those that lead their meetings.",
          callers, METRIC_PLAIN },
        { "runde_relayed_guests", METRIC_GAUGE, "Those that other servers pass on to this one.",
          guests, METRIC_PLAIN },
        { "runde_relays_resumed_total", METRIC_COUNTER,
          "Times that somebody who was passed on went on where the meeting was led next.",
          app->resumed, METRIC_PLAIN },
        { "runde_relays_given_up_total", METRIC_COUNTER,
          "Times that nobody led the meeting of somebody who was passed on, and they had to come "
          "again.",
          app->given_up, METRIC_PLAIN },
    };
    metrics_add(b, metrics, COUNT(metrics));
}

void app_metrics(const struct app *app, struct buffer *b)
{
    int64_t live = 0, in_memory = 0;

    for (size_t i = 0; i < app->room_count; i++) {
        live += app->rooms[i]->session_count > 0;
        in_memory += app->rooms[i]->state != ROOM_STORED;
    }
    const struct metric metrics[] = {
        { "runde_meetings", METRIC_GAUGE, "Meetings that are stored.", (int64_t)app->room_count,
          METRIC_PLAIN },
        { "runde_meetings_live", METRIC_GAUGE, "Meetings that somebody is connected to.", live,
          METRIC_PLAIN },
        { "runde_meetings_in_memory", METRIC_GAUGE,
          "Meetings that are in memory; others are read when somebody asks.", in_memory,
          METRIC_PLAIN },
        { "runde_meetings_unreadable", METRIC_GAUGE,
          "Meetings whose journal is damaged, and which nobody can open.", (int64_t)app_broken(app),
          METRIC_PLAIN },
        { "runde_meetings_read_total", METRIC_COUNTER,
          "Times that a meeting was read from the journal: at a start, when somebody came, and "
          "when "
          "a commit had failed.",
          app->read, METRIC_PLAIN },
        { "runde_journal_stuck", METRIC_GAUGE,
          "1 while the disk takes nothing, as when it is full: what would be written is refused.",
          app->trouble != 0, METRIC_PLAIN },
        { "runde_commands_total", METRIC_COUNTER, "Commands that were understood.", app->commands,
          METRIC_PLAIN },
    };
    metrics_add(b, metrics, COUNT(metrics));
    tell_hub(app->hub, b);
    tell_journal(app->journal, b);
    if (app->options.lease)
        tell_lease(app->options.lease, b);
    if (app->options.trunks)
        tell_trunks(app, b);
}
