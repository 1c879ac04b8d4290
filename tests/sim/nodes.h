/* nodes.h -- several servers with one database, each a world with clocks of its own, and what may
 * become of them: killed, stopped in order, standing still, out of the database's reach.
 *
 * tests/README.md, rows 27, 28, 29, 30 and 31, in virtual time.  All of it by one true time, which
 * is the database's.  A server's boottime begins anywhere, and runs fast or slow by as much as a
 * clock does that nobody sets.
 *
 * In half of the seeds they speak with each other (app/relay.h), by bytes that take their time, and
 * by lines that are slow, cut or refused for a while.
 */
#ifndef SIM_NODES_H
#define SIM_NODES_H

#include "store/ownership_memory.h"
#include "support/world.h"

struct sim;
struct nodes;

enum { NODES_MAX = 3 };

/* Two or three of them, all started, with no meeting. */
struct nodes *nodes_new(struct sim *s, uint64_t seed);
void nodes_free(struct nodes *n);

/* The database's. */
struct journal *nodes_journal(struct nodes *n);

/* The true time, ms. */
int64_t nodes_now(const struct nodes *n);

/* Lets time pass for all of them. */
void nodes_pass(struct nodes *n, int64_t ms);

/* Lets everything happen that needs no time. */
void nodes_settle(struct nodes *n);

/* Something becomes of one of them.  Whoever is connected to one that is killed is dropped. */
void nodes_trouble(struct nodes *n);

/* Now and then, what one of them has sent to the database comes there, and nobody hears of it. */
void nodes_late(struct nodes *n);

/* Everything works again, and somebody leads the meeting. */
void nodes_calm(struct nodes *n);

/* Whether everything works, and somebody leads the meeting. */
bool nodes_are_well(const struct nodes *n);

/* Whether they speak with each other. */
bool nodes_speak(const struct nodes *n);

/* Since when everything has worked, as long as it does; else the time that it is now. */
int64_t nodes_well_since(const struct nodes *n);

/* The same of all that people of this server need: that it works, and speaks with who leads. */
int64_t nodes_served_since(const struct world *w);

/* Whether nothing is on its way between servers that work. */
bool nodes_are_idle(const struct nodes *n);

/* Lets time pass until that is so, for NODES_DRAIN_MS at most. */
enum { NODES_DRAIN_MS = 3000 };
void nodes_drain(struct nodes *n);

/* Everybody who comes from now on comes to this server, by its number, if it runs; -1: anywhere. */
void nodes_prefer(struct nodes *n, int number);
int nodes_count(const struct nodes *n);

/* The number of the server that the meeting belongs to; -1: it is nobody's. */
int nodes_owner(const struct nodes *n);

/* A connection to one of those that can be reached, which `hello` was said on: the first, from a
 * random one on, that does not send it away to come again, else the last one; and, where `anywhere`
 * says so, now and then one that stands still, and says nothing until it goes on, or one that lags.
 * NULL where none can be reached. */
struct world_wire *nodes_greet(struct nodes *n, const char *hello, bool anywhere);

/* The same for a request, whose answer is one of those that are not 503 (world_ask). */
char *nodes_ask(struct nodes *n, const char *method, const char *path, const char *query,
                const char *bearer, const char *body, int *ret_status);

/* Whether nothing comes from the server at the other end for now. */
bool nodes_are_silent(const struct world *w);

/* Whether what it shows may be older than what another one has said: it stood still by its own
 * clock, and has not asked the database since, or its clock is the slow one. */
bool nodes_may_lag(const struct world *w);

/* How far a server's clock may be behind the true time, and ahead of it, ms. */
int64_t nodes_behind(const struct nodes *n);
int64_t nodes_ahead(const struct nodes *n);

/* The number of a server, from 0. */
int nodes_number(const struct world *w);

#endif
