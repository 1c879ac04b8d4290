#include "app/gather.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/relay.h"
#include "app/state.h"
#include "base/alloc.h"

struct gathering {
    struct api_call *call;
    gather_whole_fn *whole;
    char about[GATHER_ABOUT_ROOM];
    int held;
    size_t waiting; /* Servers that have not answered, and whoever still asks. */
    bool failed;
    size_t count;
    char *parts[OWNERSHIP_NODES_MAX + 1];
};

static void one_less(struct gathering *g)
{
    if (--g->waiting > 0)
        return;
    if (g->failed)
        api_refuse(g->call, 503, REFUSED_BUSY, NULL);
    else
        g->whole(g->call, (const char *const *)g->parts, g->count, g->about, g->held);
    for (size_t i = 0; i < g->count; i++)
        free(g->parts[i]);
    free(g);
}

static void answered(void *context, const struct api_answer *answer)
{
    struct gathering *g = context;
    char *part = answer->status == 200 ? strndup(answer->body, answer->body_len) : NULL;

    if (part)
        g->parts[g->count++] = part;
    else
        g->failed = true;
    one_less(g);
}

static void ask_all(struct gathering *g, const struct asking *a)
{
    size_t asked = 0;

    for (struct trunk *t = a->app->trunks; t; t = t->next) {
        if (!t->calls || t->state != TRUNK_UP || g->waiting > OWNERSHIP_NODES_MAX)
            continue;
        asked++;
        g->waiting++;
        if (!relay_ask(t, a->request, answered, g)) {
            g->failed = true;
            g->waiting--;
        }
    }
    g->failed = g->failed || asked < a->app->others;
}

struct api_call *gather_begin(const struct asking *a, char *own, gather_whole_fn *whole,
                              const char *about)
{
    if (a->request->guest) {
        asking_respond(a, 200, "application/json", own);
        return NULL;
    }
    struct gathering *g = own ? alloc_many(1, sizeof(*g)) : NULL;
    struct api_call *call = g ? asking_later(a) : NULL;
    if (!call) {
        free(own);
        free(g);
        return asking_refuse(a, 503, REFUSED_BUSY, NULL);
    }
    *g = (struct gathering){ .call = call,
                             .whole = whole,
                             .held = a->request->held,
                             .waiting = 1,
                             .count = 1,
                             .parts = { own } };
    snprintf(g->about, sizeof(g->about), "%s", about);
    ask_all(g, a);
    bool at_once = g->waiting == 1;
    one_less(g);
    return at_once ? NULL : call;
}
