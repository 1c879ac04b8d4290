/* ownership.h -- which of several servers leads which meeting: leases and epochs.
 *
 * A server has a name and, while it renews it, a lease.  A meeting has an owner and an epoch.  One
 * whose owner's lease is out, or that has none, may be claimed by a server whose own lease runs;
 * its epoch is then one higher, and whatever the old owner still writes of it is refused by the
 * journal.  All times are the database's; whoever holds a lease counts it by a clock of its own
 * from before it asked, and stops answering when it is out.
 *
 * Calls block until the database answers, and are made from one thread, which is not the one that
 * owns meetings.  -ECONNRESET: there was no answer, and what was asked for may have happened;
 * asking again finds out.  -EAGAIN: somebody is at that meeting just now.  Two kinds stand behind
 * this header: one on PostgreSQL, and ownership_memory.h for simulations.
 */
#ifndef STORE_OWNERSHIP_H
#define STORE_OWNERSHIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ids.h"

enum {
    OWNERSHIP_LEASE_MS = 2000,
    OWNERSHIP_RENEW_MS = 500,
    OWNERSHIP_NAME_MAX = 63,
    OWNERSHIP_URL_MAX = 255,
    OWNERSHIP_UNOWNED_MAX = 16, /* Meetings that one question names. */
    OWNERSHIP_NODES_MAX = 32,   /* Servers; of more, the first by name are told. */
};

struct ownership;

/* On the database of journal_postgres.h, whose schema is there already.  `name` is this server's, 1
 * to OWNERSHIP_NAME_MAX bytes; `url`, at most OWNERSHIP_URL_MAX, is where the others reach it.
 * `mark` tells by which key it speaks with them (app/trunk.h), without telling the key; "" where it
 * has none.  Returns what journal_postgres_open returns. */
int ownership_postgres_open(const char *where, const char *name, const char *url, const char *mark,
                            struct ownership **ret_ownership, const char **ret_why);

/* Takes the name, with a lease of OWNERSHIP_LEASE_MS from now; what the name owned before is
 * nobody's.  Returns 0, -EEXIST while another process that has it holds a lease, -EKEYREJECTED
 * while another server that has a key has not this one's, or -EADDRINUSE while another has this
 * url. */
int ownership_enter(struct ownership *o);

/* Prolongs the lease to OWNERSHIP_LEASE_MS from now.  One that is out is taken anew by
 * ownership_enter instead, for meetings may have gone meanwhile.  Returns 0; -ETIME when it is out
 * by the database's clock, as where this machine's stood still; -ESTALE when another process has
 * the name by now: then this one must end. */
int ownership_renew(struct ownership *o);

/* Reads the clock that the servers share (struct journal_mark). */
int ownership_clock(struct ownership *o, int64_t *ret_now);

/* A meeting that this server owns now.  Both times are on the clock that the servers share (struct
 * journal_mark). */
struct claim {
    int64_t epoch;
    int64_t origin; /* When it was made. */
    int64_t led;    /* When the owner before was known to lead it last; -1: nobody can say. */
};

/* Makes this server the owner of a meeting that is there, with the next epoch; of one that is its
 * own as well.  Returns 0; -EBUSY while its owner has a lease; -ESTALE when this server's own is
 * out; -ENOENT when there is no such meeting; -EIDRM when there was one, which is erased. */
int ownership_claim(struct ownership *o, const char *code, struct claim *ret_claim);

/* Names meetings that nobody owns who has a lease, the newest OWNERSHIP_UNOWNED_MAX of them. */
int ownership_unowned(struct ownership *o,
                      char ret_codes[static OWNERSHIP_UNOWNED_MAX][CODE_CHARS + 1],
                      size_t *ret_count);

/* Gives a meeting up that this server owns at `epoch`: anybody may claim it at once.  Returns 0, or
 * -ESTALE when it is not its own any more. */
int ownership_give_up(struct ownership *o, const char *code, int64_t epoch);

/* A server, as others reach it. */
struct node {
    char name[OWNERSHIP_NAME_MAX + 1];
    char url[OWNERSHIP_URL_MAX + 1];
};

/* Whether this may be a server's name, which stands in the database, in logs and in labels of
 * metrics: 1 to OWNERSHIP_NAME_MAX letters, digits, dots, dashes and underscores. */
bool node_is_name(const char *name);

/* Who owns a meeting. */
struct owner {
    struct node node; /* Its name is "" where nobody does. */
    int64_t epoch;
    bool leased; /* Its lease runs. */
};

/* Reads it: 0, or -ENOENT when there is no such meeting. */
int ownership_find(struct ownership *o, const char *code, struct owner *ret_owner);

/* Names the servers whose leases run, this one among them, in the order of their names. */
int ownership_nodes(struct ownership *o, struct node ret_nodes[static OWNERSHIP_NODES_MAX],
                    size_t *ret_count);

/* Gives up all meetings and the name at once: before this server ends. */
int ownership_leave(struct ownership *o);

/* Lets go without a word, as a crash would: the lease runs out.  NULL is ignored. */
void ownership_close(struct ownership *o);

#endif
