/* lease.h -- this server's lease, kept up by a thread of its own, and the meetings that it claims.
 *
 * The thread owns a struct ownership (ownership.h).  It renews every OWNERSHIP_RENEW_MS, and does
 * between two renewals what the owner of meetings has asked for.
 *
 * The lease surely runs until OWNERSHIP_LEASE_MS after the newest renewal that succeeded was asked
 * for, by a clock of this machine: the database counted from a moment later.  As long as it runs
 * without a break it is one term; once it was out it is taken anew, and that is the next.  What was
 * claimed in one term is not this server's in another.
 *
 * All calls are made from the one thread that owns meetings; lease_turn is for tests, which have no
 * other.
 */
#ifndef STORE_LEASE_H
#define STORE_LEASE_H

#include "store/ownership.h"

struct lease;

enum { LEASE_REQUESTS_MAX = 4096 };

/* Both are called from both threads. */
struct lease_ports {
    int64_t (*boottime)(void *context); /* ms, never goes back, also while the machine sleeps */
    int64_t (*steady)(void *context);   /* The same where no test moves meetings; NULL: boottime. */
    void *boottime_context;
    void (*wake)(void *context); /* There is an answer, or another term; it may do no more. */
    void *wake_context;
};

enum lease_kind { LEASE_CLAIM, LEASE_GIVE_UP, LEASE_UNOWNED, LEASE_NODES, LEASE_LEAVE };

/* What became of a request. */
struct lease_answer {
    enum lease_kind kind;
    int error; /* What the function of ownership.h returned; -ESTALE also where no term ran. */
    char code[CODE_CHARS + 1]; /* Of what was claimed or given up. */
    int64_t term;              /* In which it was. */
    struct claim claim;
    struct owner owner; /* With -EBUSY: whose it is, if that is known. */
    size_t count;       /* Of those that nobody owns, or of servers. */
    char codes[OWNERSHIP_UNOWNED_MAX][CODE_CHARS + 1];
    struct node *nodes; /* The lease's; NULL but for LEASE_NODES. */
};
typedef void lease_answer_fn(void *context, const struct lease_answer *answer);

/* Takes `o` over.  NULL when memory is exhausted; then `o` stays the caller's. */
struct lease *lease_new(struct ownership *o, const struct lease_ports *ports);

/* Takes the name and starts the thread: 0; -EEXIST when another server has the name, or -EADDRINUSE
 * when one has the url, both of which are waited for as long as one that has just been killed would
 * have them; -EKEYREJECTED, or another negative errno. */
int lease_start(struct lease *l);

/* Does what the thread would do just now. */
void lease_turn(struct lease *l);

/* The number of the term that surely runs just now; 0: none does. */
int64_t lease_term(struct lease *l);

/* What the clock that the servers share was ahead of boottime, ms, when that term began: a machine
 * that stood still may have a clock that did so too. */
int64_t lease_ahead(struct lease *l);

/* 0; -EEXIST when another process has this server's name, or -EKEYREJECTED when others have another
 * key: then this one must end. */
int lease_health(struct lease *l);

/* Asks for ownership_claim (and where that says -EBUSY, ownership_find), for ownership_give_up, for
 * ownership_unowned and ownership_nodes, and for ownership_leave, after which no term follows. Each
 * is answered once, by lease_collect. Return 0, -EAGAIN when LEASE_REQUESTS_MAX are under way, or
 * -ENOMEM. */
int lease_claim(struct lease *l, const char *code);
int lease_give_up(struct lease *l, const char *code, int64_t epoch);
int lease_unowned(struct lease *l);
int lease_nodes(struct lease *l);
int lease_leave(struct lease *l);

/* Gives every answer that has come since the last call, in the order of asking. */
void lease_collect(struct lease *l, lease_answer_fn *each, void *context);

/* How it has fared, for /metrics. */
struct lease_figures {
    int64_t terms;
    int64_t failures; /* Renewals that were not answered, or not in time. */
    int64_t claims;   /* Meetings that became this server's, */
    int64_t refused;  /* and that were another's. */
};
void lease_figures(struct lease *l, struct lease_figures *ret_figures);

/* Ends the thread.  Without lease_leave before, others wait until the lease is out.  NULL is
 * ignored. */
void lease_close(struct lease *l);

#endif
