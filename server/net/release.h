/* release.h -- when what has become durable is told.
 *
 * To tell a thousand phones takes longer than a commit does, and those who hear first answer while
 * the others are told.  Told at once, half of a room's contributions would always be one commit
 * behind the other half, and each phone would get two frames for what fits into one.  So where
 * telling takes longer than commits do, what is durable waits for the commit that the same turn
 * begins: once, and never longer than telling took the last time, whatever the disk does.
 */
#ifndef NET_RELEASE_H
#define NET_RELEASE_H

#include <stdint.h>
#include <uv.h>

struct net;

struct release {
    enum {
        RELEASE_SILENT,  /* Nothing is to be told. */
        RELEASE_DURABLE, /* Something is; */
        RELEASE_WAITS,   /* it waits for one more commit; */
        RELEASE_DUE,     /* it has waited. */
    } state;
    uv_timer_t patience; /* Ends the waiting. */
    uint64_t telling_ns; /* How long telling took the last time. */
    uint64_t commit_ns;  /* How long commits took of late, */
    int64_t commits;     /* and what the journal had counted when that was worked out. */
    int64_t commit_us;
};

void release_open(struct net *net);
void release_close(struct net *net);

/* The journal has something to give. */
void release_wake(struct net *net);

/* Called before each sleep of the loop. */
void release_due(struct net *net);

#endif
