/* What comes by a connection between two servers: the first byte says in which state it is, and how
 * the rest is cut into pieces.  Whatever comes, the server's own client and its own meeting go on.
 *
 *     bit 0  the server has called, else it was called
 *     bit 1  both have shown who they are, and clients of both are in a meeting of the other
 *     bits 2 to 7  so many bytes come at a time; 0: all at once */
#include <string.h>

#include "app/state.h"
#include "base/log.h"
#include "fuzz/fuzz.h"
#include "support/cluster.h"

static void give(struct cluster *c, struct pipe *w, size_t most, const uint8_t *bytes, size_t len)
{
    most = most ? most : len;

    for (size_t at = 0; at < len && cluster_has(c, w); at += most)
        (void)cluster_give(c, w, bytes + at, len - at < most ? len - at : most);
}

/* The wire of which the server that is tried has this side; the other is the fuzzer's. */
static struct pipe *wire_of(struct cluster *c, bool calls, bool up)
{
    struct cluster_server *tried = &c->servers[0], *other = &c->servers[1];
    struct node nobody = { .name = "b", .url = "http://nobody.example" };

    if (up) {
        struct pipe *w = calls ? cluster_wire(tried, other) : cluster_wire(other, tried);
        HOLDS(w);
        cluster_seize(c, calls ? &w->answers : &w->calls);
        return w;
    }
    if (!calls)
        return cluster_stranger(tried);
    struct trunk *t = trunk_call(tried->app, &nobody);
    struct pipe *w = c->pipes.first;
    while (w->calls.trunk != t)
        w = w->next;
    cluster_settle(c);
    return w;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len == 0)
        return 0;
    log_limit(LOG_LEVEL_ERROR);
    bool calls = bytes[0] & 1, up = bytes[0] & 2;
    struct cluster *c = cluster_open(2, 1);
    struct cluster_server *tried = &c->servers[0];

    /* Its callers are passed on by the trunk that it has called; its guests come by the other. */
    if (up && calls) {
        cluster_stop(tried);
        cluster_pass(c, 1000);
        cluster_start(tried);
        cluster_pass(c, 1500);
    }
    struct cluster_client *here = cluster_console(tried), *there = cluster_console(&c->servers[1]);
    HOLDS(!here->closing && !there->closing && here->complete == there->complete);
    struct pipe *w = wire_of(c, calls, up);
    here->slow = true; /* What it is told may be the fuzzer's. */
    give(c, w, bytes[0] >> 2, bytes + 1, len - 1);
    cluster_add(here, 1);
    cluster_pass(c, 4000);
    struct cluster_client *last = cluster_console(tried);
    HOLDS(!last->closing && cluster_count(last, "snapshot") == 1);
    cluster_add(last, 2);
    HOLDS(cluster_answers(last, 2, "ok") == 1);
    cluster_close(c);
    return 0;
}
