/* meet_sim.c -- scripts in virtual time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/meet.h"
#include "support/world.h"

struct meet_wire {
    struct world_wire *wire;
};

static char *create(void *state, const char *body)
{
    int status;

    return world_ask(state, "POST", "/api/meetings", "", NULL, body, &status);
}

static char *get(void *state, const char *path, const char *query, const char *bearer)
{
    int status;

    return world_ask(state, "GET", path, query, bearer, "", &status);
}

static struct meet_wire *open_wire(void *state)
{
    struct meet_wire *w = calloc(1, sizeof(*w));

    w->wire = world_connect(state);
    return w;
}

static void send_text(struct meet_wire *w, const char *text)
{
    world_say(w->wire, text);
}

static char *receive(struct meet_wire *w, bool *ret_closed)
{
    char *text = world_hear(w->wire);

    *ret_closed = !text && w->wire->closing;
    return text;
}

static void close_wire(struct meet_wire *w)
{
    world_disconnect(w->wire);
    free(w);
}

static void wait_for(void *state, int64_t ms)
{
    world_pass(state, ms);
}

static void restart(void *state, int64_t away_ms)
{
    world_restart(state, away_ms);
}

static void fail(void *state, int64_t count)
{
    journal_memory_fail(((struct world *)state)->journal, (size_t)count);
}

static void finish(void *state)
{
    world_close(state);
    free(state);
}

struct meet_backend meet_sim(uint64_t seed)
{
    struct world *w = calloc(1, sizeof(*w));
    const char *folder = getenv("RUNDE_TEMPLATES");

    world_open(w, seed, folder ? folder : "server/templates");
    return (struct meet_backend){
        .name = "simulator",
        .state = w,
        .create = create,
        .get = get,
        .open = open_wire,
        .send = send_text,
        .receive = receive,
        .close = close_wire,
        .wait = wait_for,
        .restart = restart,
        .fail = fail,
        .finish = finish,
    };
}
