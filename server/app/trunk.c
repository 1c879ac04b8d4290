#include "app/trunk.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/guest.h"
#include "app/nodes.h"
#include "app/pairing.h"
#include "app/relay.h"
#include "app/state.h"
#include "base/alloc.h"
#include "base/log.h"

enum { REFUSED_EVERY_MS = 10000, CHANNELS_MAX = 1048576, IN_ROOM = 4096, KEPT_OUT = 1048576 };

static int64_t now_of(const struct trunk *t)
{
    return app_steady(t->app);
}

static const struct trunk_ports *ports_of(const struct trunk *t)
{
    return t->app->options.trunks;
}

static struct trunk *trunk_new(struct app *app, bool calls)
{
    struct trunk *t = alloc_many(1, sizeof(*t));

    if (!t)
        return NULL;
    t->app = app;
    t->calls = calls;
    t->born = t->heard_at = t->pulsed_at = now_of(t);
    app->ports.random(app->ports.context, t->nonce.b, sizeof(t->nonce.b));
    TAILQ_INIT(&t->eager);
    t->next = app->trunks;
    t->link = &app->trunks;
    if (t->next)
        t->next->link = &t->next;
    app->trunks = t;
    return t;
}

static void trunk_free(struct trunk *t)
{
    *t->link = t->next;
    if (t->next)
        t->next->link = t->link;
    buffer_release(&t->out);
    free(t->in);
    free(t->channels);
    free(t);
}

static void wake(struct trunk *t)
{
    if (t->transport && t->state != TRUNK_OVER)
        ports_of(t)->wake(t->transport);
}

static struct trunk_text hash_text(const struct hash *h)
{
    return (struct trunk_text){ (const char *)h->b, sizeof(h->b) };
}

static void say(struct trunk *t, struct trunk_message m)
{
    (void)trunk_send(t, &m);
}

struct trunk *trunk_answer(struct app *app, void *transport)
{
    struct trunk *t = app->options.trunks && !app->stopping ? trunk_new(app, false) : NULL;

    if (!t)
        return NULL;
    t->transport = transport;
    say(t, (struct trunk_message){ .kind = TRUNK_CHALLENGE,
                                   .number = TRUNK_VERSION,
                                   .texts = { hash_text(&t->nonce) } });
    return t;
}

struct trunk *trunk_call(struct app *app, const struct node *node)
{
    const struct trunk_ports *ports = app->options.trunks;
    struct trunk *t = trunk_new(app, true);

    if (!t)
        return NULL;
    t->node = *node;
    t->transport = ports->reach(ports->context, t, node->url);
    if (t->transport)
        return t;
    trunk_free(t);
    return NULL;
}

void trunk_connected(struct trunk *t)
{
    t->heard_at = now_of(t);
}

/* Whoever was passed on by it looks for another way, and whoever it brought is gone. */
static void let_go(struct trunk *t)
{
    for (size_t i = 0; i < t->channel_count; i++) {
        void *who = t->channels[i].id ? t->channels[i].who : NULL;
        if (!who)
            continue;
        trunk_leave(t, t->channels[i].id);
        if (t->calls)
            relay_lost(who);
        else
            guest_gone(who);
    }
    assert(t->live == 0);
}

/* Nothing is said any more.  Whoever has a channel keeps it until the connection is gone, for it
 * may be they who are just saying something. */
static void give_up(struct trunk *t)
{
    if (t->state == TRUNK_OVER)
        return;
    if (t->state == TRUNK_UP)
        log_event(t->app->stopping ? LOG_LEVEL_INFO : LOG_LEVEL_WARN, "trunk.lost",
                  "node=%s called=%s", t->node.name, t->calls ? "yes" : "no");
    t->state = TRUNK_OVER;
    nodes_lost(t);
    if (t->transport)
        ports_of(t)->close(t->transport);
}

void trunk_end(struct trunk *t)
{
    give_up(t);
    let_go(t);
}

void trunk_gone(struct trunk *t)
{
    if (!t)
        return;
    t->transport = NULL;
    trunk_end(t);
    trunk_free(t);
}

/* Who it is. */

enum { PROOF_OF_CALLER = 1, PROOF_OF_ANSWERER };

/* What only who has the key can say to these two nonces, in the name of these two servers. */
static struct hash proof(const struct trunk *t, uint8_t whose, const char *others_nonce)
{
    const struct hash *own = &t->nonce;
    const char *calls = t->calls ? t->app->options.node : t->node.name;
    const char *answers = t->calls ? t->node.name : t->app->options.node;
    struct hash nonces[2];
    unsigned char bytes[1 + sizeof(nonces) + 2 * (OWNERSHIP_NAME_MAX + 1)] = { whose };

    nonces[t->calls ? 1 : 0] = *own;
    memcpy(nonces[t->calls ? 0 : 1].b, others_nonce, sizeof(own->b));
    memcpy(bytes + 1, nonces, sizeof(nonces));
    memcpy(bytes + 1 + sizeof(nonces), calls, strlen(calls));
    memcpy(bytes + 1 + sizeof(nonces) + OWNERSHIP_NAME_MAX + 1, answers, strlen(answers));
    return hash_keyed(*t->app->options.trunk_key, bytes, sizeof(bytes));
}

static bool is_proof(const struct trunk_text *text, struct hash wanted)
{
    struct hash got;

    if (text->len != sizeof(got.b))
        return false;
    memcpy(got.b, text->bytes, sizeof(got.b));
    return hash_same(got, wanted);
}

static int refuse(struct trunk *t, const char *why)
{
    struct app *app = t->app;
    bool fresh = !app->refused_at || now_of(t) - app->refused_at >= REFUSED_EVERY_MS;

    if (fresh) /* Anybody can call, and must not fill a disk by it. */
        log_event(LOG_LEVEL_WARN, "trunk.refused", "node=%s called=%s why=\"%s\"",
                  t->node.name[0] ? t->node.name : "?", t->calls ? "yes" : "no", why);
    app->refused_at = fresh ? now_of(t) : app->refused_at;
    return -EPROTO;
}

static void come_up(struct trunk *t)
{
    t->state = TRUNK_UP;
    log_event(LOG_LEVEL_INFO, "trunk.up", "node=%s called=%s", t->node.name,
              t->calls ? "yes" : "no");
    nodes_reached(t);
}

static int challenged(struct trunk *t, const struct trunk_message *m)
{
    if (m->number != TRUNK_VERSION)
        return refuse(t, "it speaks another version of this program's");
    if (m->texts[0].len != sizeof(struct hash))
        return refuse(t, "a nonce of another length");
    struct hash own = proof(t, PROOF_OF_CALLER, m->texts[0].bytes);
    t->others = *(const struct hash *)m->texts[0].bytes;
    say(t, (struct trunk_message){ .kind = TRUNK_CALLER,
                                   .texts = { hash_text(&t->nonce), hash_text(&own),
                                              trunk_text(t->app->options.node) } });
    return 0;
}

static int called(struct trunk *t, const struct trunk_message *m)
{
    const struct trunk_text *name = &m->texts[2];

    if (m->texts[0].len != sizeof(struct hash) || !node_is_name(name->bytes))
        return refuse(t, "what it says is not well formed");
    memcpy(t->node.name, name->bytes, name->len + 1);
    if (!is_proof(&m->texts[1], proof(t, PROOF_OF_CALLER, m->texts[0].bytes)))
        return refuse(t, "it has another key");
    struct hash own = proof(t, PROOF_OF_ANSWERER, m->texts[0].bytes);
    say(t,
        (struct trunk_message){ .kind = TRUNK_ACCEPTED,
                                .texts = { hash_text(&own), trunk_text(t->app->options.node) } });
    come_up(t);
    return 0;
}

static int accepted(struct trunk *t, const struct trunk_message *m)
{
    if (m->texts[1].len != strlen(t->node.name) || strcmp(m->texts[1].bytes, t->node.name) != 0)
        return refuse(t, "another server answers there");
    if (!is_proof(&m->texts[0], proof(t, PROOF_OF_ANSWERER, (const char *)t->others.b)))
        return refuse(t, "it has another key");
    come_up(t);
    return 0;
}

static int greet(struct trunk *t, const struct trunk_message *m)
{
    static const struct hash none;

    if (t->calls && m->kind == TRUNK_CHALLENGE && hash_same(t->others, none))
        return challenged(t, m);
    if (t->calls && m->kind == TRUNK_ACCEPTED && !hash_same(t->others, none))
        return accepted(t, m);
    if (!t->calls && m->kind == TRUNK_CALLER)
        return called(t, m);
    return refuse(t, "it does not say who it is");
}

/* What comes in. */

static int take(struct trunk *t, const struct trunk_message *m)
{
    if (t->state == TRUNK_GREETING)
        return greet(t, m);
    if (m->kind == TRUNK_PULSE) {
        t->leased = m->number == 1;
        return 0;
    }
    if (m->kind == TRUNK_GUESSED) {
        ports_of(t)->guessed(ports_of(t)->context, m->texts[0].bytes);
        return 0;
    }
    if (m->kind == TRUNK_PAIRING || m->kind == TRUNK_PAIRED) {
        pairing_hear(t->app, m);
        return 0;
    }
    bool known = t->calls ? relay_hear(t, m) : guest_hear(t, m);
    return known ? 0 : refuse(t, "a message that is not for this side");
}

static size_t most(const struct trunk *t)
{
    return t->state == TRUNK_GREETING ? TRUNK_GREETING_MAX : TRUNK_MESSAGE_MAX;
}

/* Takes every whole message off; returns how many bytes those were, or a negative errno. */
static ssize_t take_all(struct trunk *t, const unsigned char *bytes, size_t len)
{
    size_t at = 0;

    while (t->state != TRUNK_OVER && len - at >= TRUNK_HEAD) {
        size_t size = trunk_message_length(bytes + at);
        struct trunk_message m;
        if (size > most(t))
            return refuse(t, "a message that is too long");
        if (len - at - TRUNK_HEAD < size)
            break;
        if (!trunk_message_read(bytes + at + TRUNK_HEAD, size, &m))
            return refuse(t, "a message that cannot be read");
        int error = take(t, &m);
        if (error)
            return error;
        at += TRUNK_HEAD + size;
    }
    return (ssize_t)at;
}

static bool keep(struct trunk *t, const unsigned char *bytes, size_t len)
{
    if (t->in_len + len > t->in_room) {
        size_t room = t->in_room ? t->in_room : IN_ROOM;
        while (room < t->in_len + len)
            room *= 2;
        unsigned char *more = alloc_again(t->in, room, 1);
        if (!more)
            return false;
        t->in = more;
        t->in_room = room;
    }
    memcpy(t->in + t->in_len, bytes, len);
    t->in_len += len;
    return true;
}

int trunk_receive(struct trunk *t, const unsigned char *bytes, size_t len)
{
    bool direct = t->in_len == 0;

    if (t->state == TRUNK_OVER)
        return -EPIPE;
    t->heard_at = now_of(t);
    if (!direct && !keep(t, bytes, len))
        return -ENOMEM;
    size_t all = direct ? len : t->in_len;
    ssize_t taken = take_all(t, direct ? bytes : t->in, all);
    if (taken < 0)
        return (int)taken;
    if (t->state == TRUNK_OVER)
        return -EPIPE;
    size_t rest = all - (size_t)taken;
    if (!direct) {
        memmove(t->in, t->in + taken, rest);
        t->in_len = rest;
    } else if (rest > 0 && !keep(t, bytes + taken, rest)) {
        return -ENOMEM;
    }
    if (t->in_len == 0) {
        free(t->in);
        t->in = NULL;
        t->in_room = 0;
    }
    return 0;
}

/* What goes out. */

bool trunk_send(struct trunk *t, const struct trunk_message *m)
{
    bool words = m->kind == TRUNK_SAY || m->kind == TRUNK_OPEN || m->kind == TRUNK_CALL;

    if (t->state == TRUNK_OVER || trunk_message_size(m) > TRUNK_MESSAGE_MAX)
        return false;
    if (words && t->out.len - t->sent > TRUNK_QUEUE_MAX)
        return false;
    trunk_message_write(m, &t->out);
    if (t->out.failed || t->out.len - t->sent > TRUNK_ANSWERS_MAX) {
        give_up(t);
        return false;
    }
    wake(t);
    return true;
}

size_t trunk_fill(struct trunk *t, unsigned char *bytes, size_t room)
{
    if (t->state == TRUNK_OVER)
        return 0;
    while (t->out.len - t->sent < room && guest_next(t))
        ;
    size_t rest = t->out.len - t->sent, len = rest < room ? rest : room;
    if (len > 0)
        memcpy(bytes, t->out.at + t->sent, len);
    t->sent += len;
    if (t->sent == t->out.len && t->out.room > KEPT_OUT) {
        buffer_release(&t->out);
        t->sent = 0;
    } else if (t->sent == t->out.len) {
        t->out.len = t->sent = 0;
    } else if (t->sent > KEPT_OUT) {
        memmove(t->out.at, t->out.at + t->sent, t->out.len - t->sent);
        t->out.len -= t->sent;
        t->sent = 0;
    }
    return len;
}

/* Channels. */

static bool has_room(struct trunk *t, size_t place)
{
    size_t room = t->channel_room ? t->channel_room : 64;

    while (room <= place)
        room *= 2;
    if (room == t->channel_room)
        return true;
    struct channel *more = alloc_again(t->channels, room, sizeof(*more));
    if (!more)
        return false;
    memset(more + t->channel_room, 0, (room - t->channel_room) * sizeof(*more));
    t->channels = more;
    t->channel_room = room;
    return true;
}

bool trunk_enter_as(struct trunk *t, uint64_t id, void *who)
{
    size_t place = (size_t)(id & UINT32_MAX);

    if (id >> 32 == 0 || place >= CHANNELS_MAX || !has_room(t, place) || t->channels[place].id)
        return false;
    t->channels[place] = (struct channel){ .id = id, .who = who };
    if (place >= t->channel_count)
        t->channel_count = place + 1;
    t->live++;
    return true;
}

uint64_t trunk_enter(struct trunk *t, void *who)
{
    size_t place = t->free_from;

    while (place < t->channel_count && t->channels[place].id)
        place++;
    if (++t->given == 0)
        t->given = 1;
    uint64_t id = (uint64_t)t->given << 32 | place;
    if (!trunk_enter_as(t, id, who))
        return 0;
    t->free_from = place + 1;
    return id;
}

void *trunk_who(const struct trunk *t, uint64_t id)
{
    size_t place = (size_t)(id & UINT32_MAX);

    return place < t->channel_count && id && t->channels[place].id == id ? t->channels[place].who
                                                                         : NULL;
}

void trunk_leave(struct trunk *t, uint64_t id)
{
    size_t place = (size_t)(id & UINT32_MAX);

    assert(trunk_who(t, id));
    t->channels[place] = (struct channel){ .id = 0 };
    if (place < t->free_from)
        t->free_from = place;
    t->live--;
}

void trunk_tick(struct trunk *t, int64_t now)
{
    bool late = t->state == TRUNK_GREETING && now - t->born >= TRUNK_GREETING_MS;

    if (t->state == TRUNK_OVER)
        return;
    if (late || (t->state == TRUNK_UP && now - t->heard_at >= TRUNK_SILENCE_MS)) {
        trunk_end(t);
        return;
    }
    if (t->state == TRUNK_UP && now - t->pulsed_at >= TRUNK_PULSE_MS) {
        t->pulsed_at = now;
        say(t, (struct trunk_message){ .kind = TRUNK_PULSE, .number = t->app->term != 0 });
    }
}
