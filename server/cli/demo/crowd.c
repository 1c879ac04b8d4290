#include "cli/demo/crowd.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

enum {
    THUMB_MS = 120, /* Between two presses of one device: well under the server's rate. */
    RETRY_MS = 700,
    GLANCE_MS = 200,
    PAUSED_MS = 400,
};

int64_t crowd_now(void)
{
    return clock_boottime();
}

int64_t crowd_roll(struct crowd *c, int64_t low, int64_t high)
{
    assert(low <= high);
    c->dice ^= c->dice << 13; /* Marsaglia's xorshift64. */
    c->dice ^= c->dice >> 7;
    c->dice ^= c->dice << 17;
    return low + (int64_t)(c->dice % (uint64_t)(high - low + 1));
}

int64_t crowd_span(struct crowd *c, int64_t low, int64_t high)
{
    return crowd_roll(c, low, high) / c->speed;
}

const char *crowd_text(struct crowd *c, enum topic topic)
{
    const struct topic_texts *of = &topics[topic];

    return c->said[topic] < of->count ? of->texts[c->said[topic]++] : NULL;
}

int64_t guest_now(const struct guest *g)
{
    return crowd_now() + g->view.ahead;
}

bool guest_holds(const struct guest *g, int64_t seat)
{
    for (size_t i = 0; i < g->seat_count; i++)
        if (g->seats[i] == seat)
            return true;
    return false;
}

static void say(struct guest *g, json_t *frame)
{
    char *text = frame ? json_dumps(frame, JSON_COMPACT) : NULL;

    if (text && g->client)
        client_say(g->client, text);
    free(text);
    json_decref(frame);
}

void guest_means(struct guest *g, int deed, int64_t wait, int64_t turn, int64_t seat,
                 int64_t number)
{
    if (g->errand_count == ERRANDS_MAX)
        return;
    g->errands[g->errand_count++] = (struct errand){ .at = crowd_now() + wait,
                                                     .deed = deed,
                                                     .part = g->view.part,
                                                     .turn = turn,
                                                     .seat = seat,
                                                     .number = number };
}

void guest_does(struct guest *g, const char *command, json_t *with)
{
    char id[UUID_CHARS + 1];

    uuid_write(uuid_new(), id);
    say(g, json_pack("{s:s, s:s, s:o}", "id", id, "do", command, "with", with));
    g->crowd->sent++;
    g->free_at = crowd_now() + THUMB_MS;
}

void guest_drops(struct guest *g, int64_t ms)
{
    g->dial_at = crowd_now() + ms;
    g->crowd->dropped++;
    g->welcome = false; /* What is pressed from now on would be lost with it. */
    if (g->client)
        client_drop(g->client);
}

/* The hello: by name at first, by the seat's token afterwards, from the last fact that is known. */
static json_t *hello_of(const struct guest *g)
{
    json_t *hello = json_pack("{s:s, s:s}", "as", g->as, "meeting", g->crowd->code);

    if (g->key)
        json_object_set_new(hello, "key", json_string(g->key));
    if (g->view.known)
        json_object_set_new(hello, "since", json_integer(g->view.seq));
    if (g->token[0]) {
        json_object_set_new(hello, "token", json_string(g->token));
    } else if (g->who_count > 0) {
        json_object_set_new(hello, "id", json_string(g->id));
        json_object_set_new(hello, "name", json_string(g->who[0]->name));
        json_object_set_new(hello, "function", json_string(g->who[0]->function));
        json_t *also = json_array();
        for (size_t i = 1; i < g->who_count; i++)
            json_array_append_new(also, json_pack("{s:s, s:s}", "name", g->who[i]->name, "function",
                                                  g->who[i]->function));
        if (json_array_size(also) > 0)
            json_object_set(hello, "also", also);
        json_decref(also);
    }
    return json_pack("{s:o}", "hello", hello);
}

static void opened(void *owner)
{
    say(owner, hello_of(owner));
}

static void take_welcome(struct guest *g, const json_t *welcome)
{
    const char *token = json_string_value(json_object_get(welcome, "token"));
    const json_t *seats = json_object_get(welcome, "seats");

    g->welcome = true;
    if (token)
        snprintf(g->token, sizeof(g->token), "%s", token);
    if (!json_is_array(seats))
        return;
    g->seat_count = 0;
    for (size_t i = 0; i < json_array_size(seats) && i < GUEST_SEATS; i++)
        g->seats[g->seat_count++] =
            json_integer_value(json_object_get(json_array_get(seats, i), "seat"));
}

static void heard(void *owner, const char *text, size_t len)
{
    struct guest *g = owner;
    json_t *frame = json_loadb(text, len, 0, NULL);
    const json_t *welcome = json_object_get(frame, "welcome");

    if (welcome)
        take_welcome(g, welcome);
    if (json_object_get(frame, "refused") || json_object_get(frame, "ended"))
        g->ended = true;
    if (json_is_false(json_object_get(frame, "ok")))
        g->crowd->refused++;
    unsigned changes = view_take(&g->view, frame, crowd_now());
    if (changes && g->view.known)
        g->ops->noticed(g, changes);
    json_decref(frame);
}

static void closed(void *owner)
{
    struct guest *g = owner;
    int64_t again = crowd_now() + crowd_roll(g->crowd, RETRY_MS / 2, RETRY_MS);

    g->client = NULL;
    g->welcome = false;
    if (g->dial_at < again)
        g->dial_at = again;
}

static const struct client_ops ops = { .open = opened, .heard = heard, .closed = closed };

int crowd_open(struct crowd *c, const char *host, int port)
{
    random_fill(&c->dice, sizeof(c->dice));
    c->dice |= 1; /* Never zero, which xorshift would stay at. */
    return clients_new(host, port, &ops, &c->clients);
}

void crowd_close(struct crowd *c)
{
    clients_free(c->clients);
    for (size_t i = 0; i < c->guest_count; i++)
        free(c->guests[i]);
    free(c->guests);
}

bool crowd_add(struct crowd *c, struct guest *g, int64_t at)
{
    struct guest **more = alloc_again(c->guests, c->guest_count + 1, sizeof(struct guest *));

    if (!more)
        return false;
    c->guests = more;
    c->guests[c->guest_count++] = g;
    g->crowd = c;
    g->dial_at = at;
    g->view.part = -1;
    uuid_write(uuid_new(), g->id);
    return true;
}

/* One errand that is due, the oldest first; what the meeting has left behind is dropped. */
static bool next_errand(struct guest *g, int64_t now, struct errand *ret_errand)
{
    size_t found = g->errand_count;

    for (size_t i = 0; i < g->errand_count;) {
        const struct errand *e = &g->errands[i];
        if (e->part != g->view.part || (e->turn && e->turn != g->view.turn)) {
            g->errands[i] = g->errands[--g->errand_count];
            found = g->errand_count;
            i = 0;
            continue;
        }
        if (e->at <= now && (found == g->errand_count || e->at < g->errands[found].at))
            found = i;
        i++;
    }
    if (found >= g->errand_count)
        return false;
    *ret_errand = g->errands[found];
    g->errands[found] = g->errands[--g->errand_count];
    return true;
}

static void guest_next(struct guest *g, int64_t now)
{
    struct errand e;

    if (g->ended)
        return;
    if (!g->client) {
        if (g->dial_at <= now)
            g->client = client_new(g->crowd->clients, g);
        return;
    }
    if (!g->welcome || !g->view.known || now < g->free_at)
        return;
    if (g->view.state == STATE_PAUSED) { /* Everything waits, and takes as long afterwards. */
        for (size_t i = 0; i < g->errand_count; i++)
            g->errands[i].at += PAUSED_MS;
        g->free_at = now + PAUSED_MS;
        return;
    }
    if (next_errand(g, now, &e))
        g->ops->does(g, &e);
}

int64_t crowd_next(struct crowd *c)
{
    int64_t now = crowd_now(), soonest = now + GLANCE_MS;

    for (size_t i = 0; i < c->guest_count; i++) {
        struct guest *g = c->guests[i];
        guest_next(g, now);
        for (size_t k = 0; k < g->errand_count; k++)
            if (g->client && g->errands[k].at < soonest)
                soonest = g->errands[k].at;
    }
    return soonest > now + 20 ? soonest - now : 20;
}
