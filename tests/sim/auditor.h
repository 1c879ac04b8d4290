/* auditor.h -- holds what clients are told against the rules, with a ledger and a stopwatch of its
 * own.
 *
 * It reads the commands that clients send, the frames that they get, the clock and what the journal
 * holds, and nothing of the server.  The rules are those of protocol/ and
 * protocol/methods/README.md, written down a second time.
 */
#ifndef SIM_AUDITOR_H
#define SIM_AUDITOR_H

#include "sim/sim.h"

struct batch;
struct ledger;

struct auditor *auditor_new(struct sim *s);
void auditor_free(struct auditor *a);

/* A client makes a command; some copy of it reaches the server; the answer reaches a client. */
void auditor_asked(struct auditor *a, const struct peer *p, const char *id, const char *command,
                   json_t *with);
void auditor_delivered(struct auditor *a, const struct peer *p, const char *id,
                       const struct world *to);
void auditor_answered(struct auditor *a, const struct peer *p, const char *id, const json_t *reply);

/* Whatever comes to a client: that it may know it.  Before anything else is made of it. */
void auditor_frame(struct auditor *a, const struct peer *p, const json_t *frame);

/* A fact, in the order in which this client hears them; a snapshot in their place; a number up to
 * which a client has been told all. */
void auditor_fact(struct auditor *a, const struct peer *p, json_t *fact);
void auditor_snapshot(struct auditor *a, const struct peer *p, int64_t seq, json_t *snapshot);
void auditor_told(struct auditor *a, int64_t seq);

/* Whether a link was made for the seat, or may have been: then another phone may hold it. */
bool auditor_linked(const struct auditor *a, int64_t seat);

/* Whether somebody was taken out of it, or may have been: then its phone has only the others. */
bool auditor_taken_out(const struct auditor *a, int64_t seat);

/* Whether its phone may have lost it, by that or by a link, or because it was put there by mistake.
 */
bool auditor_lost(const struct auditor *a, int64_t seat);

/* Whether it is, or was, one of several at a phone: that phone is told by a new welcome. */
bool auditor_shared(const struct auditor *a, int64_t seat);

/* The phone was told that this seat has its name. */
void auditor_namesake(struct auditor *a, const struct peer *p, int64_t seat);

/* A role's link is being made anew. */
void auditor_renewed(struct auditor *a, const char *role);

/* The server ends a connection with this code. */
void auditor_ended(struct auditor *a, const struct peer *p, const char *code);

/* Faults, as the simulator makes them: until it is told otherwise, deadlines may come late. */
void auditor_trouble(struct auditor *a);
void auditor_trouble_over(struct auditor *a);

/* blind_ms: for how long before it went the disk took no mark of its being there. */
void auditor_restarted(struct auditor *a, int64_t away_ms, int64_t blind_ms);

/* Of several servers none led the meeting from the first until the second of these true times; the
 * one before did in `epoch`. */
void auditor_unled(struct auditor *a, int64_t from, int64_t to, int64_t epoch);

/* Whether the observer has been told all that is in the journal. */
bool auditor_heard_all(const struct auditor *a);

/* How many facts the journal has. */
int64_t auditor_written_count(const struct auditor *a);

/* audit_journal.c: a server, by its name, has written a batch or tried to: journal_memory_seen_fn.
 */
void auditor_written(void *auditor, const char *name, const struct batch *b, bool durable);

/* The observer has heard how the meeting stands after a restart. */
void auditor_back(struct auditor *a);

/* The auditor's idea of the meeting, for a crowd that wants to meet its deadlines. */
const struct ledger *auditor_ledger(const struct auditor *a);

/* Everything has been told that happened so far; nothing but time has passed since `seq`, as
 * it stood at `since`. */
void auditor_moment(struct auditor *a);
int64_t auditor_newest(const struct auditor *a);
void auditor_only_time_passed(struct auditor *a, int64_t seq, int64_t since);

/* What was acknowledged stands in this console's snapshot exactly once; what was refused does not.
 */
void auditor_kept(struct auditor *a, json_t *snapshot);

/* And the notes of this phone in its own. */
void auditor_notes_kept(struct auditor *a, const struct peer *p, json_t *snapshot);

#endif
