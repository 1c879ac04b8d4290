#include "support/cluster.h"

#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "hub/session.h"
#include "store/journal_memory.h"
#include "store/lease.h"
#include "support/check.h"

enum { STEP_MS = 50, CHUNK = 16384 };

static const char agenda[] =
    "{\"agenda\":{\"items\":[{\"no\":1,\"title\":\"Runde\",\"minutes\":10,"
    "\"parts\":[{\"id\":\"a\",\"method\":\"turns\"},{\"id\":\"b\",\"method\":\"turns\"}]}]}}";

static uint64_t roll(struct cluster *c)
{
    uint64_t z = (c->dice += UINT64_C(0x9E3779B97F4A7C15));

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* The machine of a server. */

static int64_t boottime(void *context)
{
    return ((struct cluster_server *)context)->cluster->now;
}

static int64_t wall(void *context)
{
    return ((struct cluster_server *)context)->cluster->wall;
}

static void fill(void *context, void *ret_bytes, size_t len)
{
    unsigned char *to = ret_bytes;

    for (size_t i = 0; i < len; i++)
        to[i] = (unsigned char)roll(((struct cluster_server *)context)->cluster);
}

static struct uuid uuid(void *context)
{
    struct uuid id;

    fill(context, id.b, sizeof(id.b));
    return id;
}

static void ignore(void *context)
{
    (void)context;
}

/* Its connections. */

static void *reach(void *context, struct trunk *trunk, const char *url)
{
    struct cluster_server *s = context, *to = NULL;

    for (size_t i = 0; i < CLUSTER_MAX; i++)
        if (strcmp(s->cluster->servers[i].url, url) == 0)
            to = &s->cluster->servers[i];
    return pipe_reach(&s->cluster->pipes, s, to, trunk, s->cluster->now);
}

static int wait_for(void *context, const char *address)
{
    (void)address;
    return ((struct cluster_server *)context)->held;
}

static void guessed(void *context, const char *address)
{
    (void)address;
    ((struct cluster_server *)context)->guesses++;
}

static bool is_up(const struct cluster_server *s)
{
    return s->app && !s->frozen;
}

static void settle_one(struct cluster_server *s)
{
    const struct cluster *c = s->cluster;
    struct app *app = s->app;

    if (!is_up(s))
        return;
    do { /* At least once: a mark waits without being counted. */
        if (!c->stalled)
            journal_memory_commit(s->journal, 1);
        lease_turn(s->lease);
        app_collect(app);
        app_turn_over(app);
    } while ((!c->stalled && journal_memory_waiting(s->journal) > 0) || app->claiming > 0 ||
             app->seeking || app->leaving != app->left);
}

static struct app *app_of(void *server)
{
    return ((struct cluster_server *)server)->app;
}

static bool runs(void *server)
{
    return !((struct cluster_server *)server)->frozen;
}

static void settle_it(void *server)
{
    settle_one(server);
}

static size_t piece(void *context)
{
    struct cluster *c = context;

    return c->chop ? 1 + roll(c) % c->chop : CHUNK;
}

static bool parted(void *context, const void *one, const void *other)
{
    (void)one;
    (void)other;
    return ((struct cluster *)context)->split;
}

static const struct pipe_ops pipe_ops = {
    .app = app_of, .is_up = runs, .settle = settle_it, .piece = piece, .parted = parted
};

/* Clients. */

static void on_wake(void *transport)
{
    (void)transport;
}

static void on_close(void *transport, int status, bool now)
{
    struct cluster_client *client = transport;

    (void)now;
    client->closing = true;
    client->status = status;
}

static void on_failed(void *transport)
{
    ((struct cluster_client *)transport)->guesses++;
}

static void on_peer(void *transport, char ret_address[static TRANSPORT_PEER_ROOM])
{
    (void)transport;
    snprintf(ret_address, TRANSPORT_PEER_ROOM, "192.0.2.1");
}

/* What it hears goes on from what it has heard. */
static void hold_to_it(struct cluster_client *client, json_t *frame)
{
    json_t *facts = json_object_get(frame, "facts"), *snapshot = json_object_get(frame, "snapshot");
    int64_t seq = json_integer_value(json_object_get(frame, "seq")), last = client->complete;
    size_t i;
    json_t *fact;

    if (json_object_get(frame, "welcome"))
        CHECK(cluster_count(client, "welcome") == 1);
    if (!facts && !snapshot)
        return;
    CHECK(cluster_count(client, "welcome") == 1 && seq >= last);
    CHECK(snapshot || last >= 0);
    json_array_foreach(facts, i, fact)
    {
        int64_t number = json_integer_value(json_object_get(fact, "seq"));
        CHECK(number > last && number <= seq);
        CHECK(number == last + 1 || client->session->role == ROLE_PHONE);
        last = number;
    }
    client->complete = seq;
}

static void note_token(struct cluster_client *client, json_t *frame)
{
    const char *token =
        json_string_value(json_object_get(json_object_get(frame, "welcome"), "token"));

    if (token)
        snprintf(client->token, sizeof(client->token), "%s", token);
}

/* Takes all that waits for it; whether there was something. */
static bool listen_to(struct cluster_client *client)
{
    struct frame *f = client->slow || !is_up(client->server) ? NULL : session_take(client->session);
    bool some = f != NULL;

    for (; f; f = session_take(client->session)) {
        json_t *frame = json_loadb((const char *)f->bytes, f->len, 0, NULL);
        CHECK(frame);
        frame_unref(f);
        json_array_append_new(client->heard, frame);
        note_token(client, frame);
        hold_to_it(client, frame);
    }
    return some;
}

void cluster_settle(struct cluster *c)
{
    bool moved = true;

    while (moved) {
        moved = false;
        for (size_t i = 0; i < CLUSTER_MAX; i++) {
            settle_one(&c->servers[i]);
            for (struct cluster_client *one = c->servers[i].clients; one; one = one->next)
                moved = listen_to(one) || moved;
        }
        for (struct pipe *p = c->pipes.first, *next; p; p = next) {
            next = p->next;
            moved = pipe_move(&c->pipes, p, c->now) || moved;
        }
    }
}

void cluster_pass(struct cluster *c, int64_t ms)
{
    int64_t end = c->now + ms, at;

    cluster_settle(c);
    while (c->now < end) {
        c->now += STEP_MS;
        c->wall += STEP_MS;
        for (size_t i = 0; i < CLUSTER_MAX; i++) {
            struct cluster_server *s = &c->servers[i];
            if (!is_up(s))
                continue;
            settle_one(s);
            if (app_wake_at(s->app, &at) && at <= c->now)
                app_wake(s->app);
            if (c->now % 1000 == 0)
                hub_tick(app_hub(s->app), c->now);
        }
        cluster_settle(c);
    }
}

/* Servers. */

void cluster_start(struct cluster_server *s)
{
    const struct app_ports ports = {
        .boottime = boottime, .wall = wall, .random = fill, .uuid = uuid, .context = s
    };
    const struct lease_ports lease_ports = { .boottime = boottime,
                                             .boottime_context = s,
                                             .wake = ignore };

    s->ports = (struct trunk_ports){ .reach = reach,
                                     .wake = pipe_wake,
                                     .close = pipe_close,
                                     .wait = wait_for,
                                     .guessed = guessed,
                                     .context = s };
    s->ownership = ownership_memory_new(s->cluster->table, s->name, s->url);
    s->lease = lease_new(s->ownership, &lease_ports);
    const struct app_options options = { .base_url = "http://localhost:8080",
                                         .keep_days = 30,
                                         .lease = s->lease,
                                         .node = s->name,
                                         .trunk_key = &s->key,
                                         .trunks = &s->ports,
                                         .rest_ms = 3000 };
    s->frozen = false;
    s->app = app_new(s->journal, &ports, &options, s->cluster->templates);
    CHECK(s->app);
    settle_one(s);
}

static void forget(struct cluster_client *client)
{
    struct cluster_client **at = &client->server->clients;

    while (*at != client)
        at = &(*at)->next;
    *at = client->next;
    session_free(client->session);
    json_decref(client->heard);
    free(client);
}

static void take_down(struct cluster_server *s)
{
    while (s->clients)
        forget(s->clients);
    app_free(s->app);
    lease_close(s->lease);
    s->app = NULL;
    s->lease = NULL;
}

void cluster_kill(struct cluster_server *s)
{
    struct cluster *c = s->cluster;

    s->frozen = true;
    pipe_kill(&c->pipes, s);
    journal_memory_crash(s->journal);
    take_down(s);
    s->frozen = false;
    cluster_settle(c);
    for (struct pipe *p = c->pipes.first, *next; p; p = next) {
        next = p->next;
        if (p->calls.server == s || p->answers.server == s)
            pipe_end(&c->pipes, p);
    }
    cluster_settle(c);
}

void cluster_stop(struct cluster_server *s)
{
    struct cluster *c = s->cluster;

    app_stop(s->app);
    cluster_settle(c);
    CHECK(app_idle(s->app));
    app_dismiss(s->app);
    cluster_settle(c);
    cluster_kill(s);
}

struct pipe *cluster_wire(struct cluster_server *from, const struct cluster_server *to)
{
    for (struct pipe *w = from->cluster->pipes.first; w; w = w->next)
        if (w->calls.server == from && w->answers.server == to && w->calls.trunk)
            return w;
    return NULL;
}

struct trunk *cluster_trunk(struct cluster_server *from, const struct cluster_server *to)
{
    struct pipe *w = cluster_wire(from, to);

    return w && w->calls.trunk->state == TRUNK_UP ? w->calls.trunk : NULL;
}

struct pipe *cluster_stranger(struct cluster_server *to)
{
    struct pipe *p = pipe_add(&to->cluster->pipes);

    p->connected = true;
    p->answers.server = to;
    p->answers.trunk = trunk_answer(to->app, &p->answers);
    CHECK(p->answers.trunk);
    cluster_settle(to->cluster);
    return p;
}

void cluster_seize(struct cluster *c, struct pipe_end *end)
{
    pipe_end_gone(&c->pipes, end);
    end->server = NULL;
    end->closes = false;
    end->at = end->in.len = 0;
}

bool cluster_has(const struct cluster *c, const struct pipe *w)
{
    const struct pipe *at = c->pipes.first;

    while (at && at != w)
        at = at->next;
    return at != NULL;
}

bool cluster_give(struct cluster *c, struct pipe *w, const void *bytes, size_t len)
{
    struct pipe_end *to = w->calls.server ? &w->calls : &w->answers;

    buffer_add(&to->in, bytes, len);
    cluster_settle(c);
    return cluster_has(c, w);
}

bool cluster_say(struct cluster *c, struct pipe *w, const struct trunk_message *m)
{
    struct buffer b = { 0 };

    trunk_message_write(m, &b);
    bool there = cluster_give(c, w, b.at, b.len);
    buffer_release(&b);
    return there;
}

bool cluster_heard(struct pipe *w, struct trunk_message *ret_m)
{
    struct pipe_end *own = w->calls.server ? &w->answers : &w->calls;
    const unsigned char *at = (const unsigned char *)own->in.at + own->at;

    if (own->in.len - own->at < TRUNK_HEAD)
        return false;
    size_t len = trunk_message_length(at);
    CHECK(own->in.len - own->at >= TRUNK_HEAD + len);
    CHECK(trunk_message_read(at + TRUNK_HEAD, len, ret_m));
    own->at += TRUNK_HEAD + len;
    return true;
}

/* What clients do. */

struct cluster_client *cluster_connect(struct cluster_server *s, const char *hello)
{
    static const struct transport_ops ops = {
        .wake = on_wake, .close = on_close, .failed = on_failed, .peer = on_peer
    };
    struct cluster_client *client = calloc(1, sizeof(*client));
    char frame[512];

    CHECK(client);
    client->server = s;
    client->heard = json_array();
    client->complete = -1;
    client->session = session_new(app_hub(s->app), &ops, client);
    client->next = s->clients;
    s->clients = client;
    snprintf(frame, sizeof(frame), "{\"hello\":{\"meeting\":\"%s\",%s}}", s->cluster->code, hello);
    cluster_tell(client, frame);
    return client;
}

struct cluster_client *cluster_console(struct cluster_server *s)
{
    char hello[128];

    snprintf(hello, sizeof(hello), "\"as\":\"console\",\"key\":\"%s\"",
             s->cluster->keys[ROLE_CONSOLE]);
    return cluster_connect(s, hello);
}

struct cluster_client *cluster_phone(struct cluster_server *s, const char *name)
{
    char hello[128];

    snprintf(hello, sizeof(hello), "\"as\":\"phone\",\"name\":\"%s\"", name);
    return cluster_connect(s, hello);
}

void cluster_leave(struct cluster_client *client)
{
    struct cluster *c = client->server->cluster;

    forget(client);
    cluster_settle(c);
}

void cluster_tell(struct cluster_client *client, const char *frame)
{
    if (!client->closing)
        session_receive(client->session, frame, strlen(frame));
    cluster_settle(client->server->cluster);
}

static void id_of(int number, char ret_id[static UUID_CHARS + 1])
{
    snprintf(ret_id, UUID_CHARS + 1, "22222222-2222-4222-8222-%012d", number);
}

void cluster_add(struct cluster_client *client, int number)
{
    char id[UUID_CHARS + 1], frame[256];

    id_of(number, id);
    snprintf(frame, sizeof(frame),
             "{\"id\":\"%s\",\"do\":\"seat.add\",\"with\":{\"name\":\"%d\",\"device\":\"none\"}}",
             id, number);
    cluster_tell(client, frame);
}

size_t cluster_count(const struct cluster_client *client, const char *name)
{
    size_t i, count = 0;
    json_t *frame;

    json_array_foreach(client->heard, i, frame) count += json_object_get(frame, name) != NULL;
    return count;
}

json_t *cluster_newest(const struct cluster_client *client, const char *name)
{
    size_t i;
    json_t *frame, *newest = NULL;

    json_array_foreach(client->heard, i, frame) if (json_object_get(frame, name)) newest = frame;
    return newest;
}

size_t cluster_answers(const struct cluster_client *client, int number, const char *how)
{
    char id[UUID_CHARS + 1];
    size_t i, count = 0;
    json_t *frame;

    id_of(number, id);
    json_array_foreach(client->heard, i, frame)
    {
        const char *re = json_string_value(json_object_get(frame, "re"));
        const char *code = json_string_value(json_object_get(frame, "code"));
        bool ok = json_is_true(json_object_get(frame, "ok"));
        count += re && strcmp(re, id) == 0 && strcmp(ok ? "ok" : code ? code : "", how) == 0;
    }
    return count;
}

char *cluster_seats(struct cluster *c, struct cluster_server *at)
{
    struct cluster_client *one = cluster_console(at);
    json_t *snapshot = json_object_get(cluster_newest(one, "snapshot"), "snapshot"), *seat;
    struct buffer b = { 0 };
    size_t i, len;

    (void)c;
    json_array_foreach(json_object_get(snapshot, "seats"), i, seat)
    {
        buffer_say(&b, i ? " " : "");
        buffer_say(&b, json_string_value(json_object_get(seat, "name")));
    }
    if (!snapshot)
        buffer_say(&b, "nobody can say");
    buffer_say(&b, "");
    cluster_leave(one);
    return buffer_take(&b, &len);
}

static void answered(void *context, const struct api_answer *answer)
{
    struct cluster_asked *a = context;

    CHECK(!a->done);
    a->done = true;
    a->status = answer->status;
    buffer_add(&a->body, answer->body, answer->body_len);
}

struct api_call *cluster_ask(struct cluster_server *s, const char *method, const char *path,
                             const char *bearer, const char *body, struct cluster_asked *ret_asked)
{
    const struct api_request request = { .method = method,
                                         .path = path,
                                         .query = "",
                                         .bearer = bearer,
                                         .body = body,
                                         .body_len = strlen(body),
                                         .address = "192.0.2.1",
                                         .near = true };

    *ret_asked = (struct cluster_asked){ 0 };
    struct api_call *call = app_api(s->app, &request, answered, ret_asked);
    cluster_settle(s->cluster);
    return ret_asked->done ? NULL : call;
}

static void keep_key(struct cluster *c, enum role role, const char *name, json_t *made)
{
    const char *link = json_string_value(json_object_get(json_object_get(made, "links"), name));

    CHECK(link && strchr(link, '#'));
    snprintf(c->keys[role], sizeof(c->keys[role]), "%s", strchr(link, '#') + 1);
}

static void make_meeting(struct cluster *c)
{
    struct cluster_asked asked;

    (void)cluster_ask(&c->servers[0], "POST", "/api/meetings", NULL, agenda, &asked);
    CHECK(asked.status == 201);
    json_t *made = json_loadb(asked.body.at, asked.body.len, 0, NULL);
    snprintf(c->code, sizeof(c->code), "%s", json_string_value(json_object_get(made, "code")));
    keep_key(c, ROLE_CONSOLE, "console", made);
    keep_key(c, ROLE_BOARD, "board", made);
    json_decref(made);
    buffer_release(&asked.body);
}

struct cluster *cluster_open(size_t count, uint64_t seed)
{
    struct cluster *c = calloc(1, sizeof(*c));

    CHECK(c && count <= CLUSTER_MAX);
    c->dice = seed;
    c->now = 1000000;
    c->wall = 1778000000000;
    c->pipes = (struct pipes){ .ops = &pipe_ops, .context = c };
    c->table = ownership_table_new(&c->now);
    for (size_t i = 0; i < CLUSTER_MAX; i++) {
        struct cluster_server *s = &c->servers[i];
        s->cluster = c;
        s->key = hash_of("key", 3);
        s->name[0] = (char)('a' + i);
        snprintf(s->url, sizeof(s->url), "http://%s.example", s->name);
        s->journal = i ? journal_memory_beside(c->servers[0].journal) : journal_memory_new();
        journal_memory_share(s->journal, c->table, s->name);
    }
    for (size_t i = 0; i < count; i++)
        cluster_start(&c->servers[i]);
    make_meeting(c);
    cluster_pass(c, 1000);
    return c;
}

void cluster_close(struct cluster *c)
{
    c->stalled = false;
    for (size_t i = 0; i < CLUSTER_MAX; i++)
        if (c->servers[i].app)
            cluster_kill(&c->servers[i]);
    pipe_free(&c->pipes);
    for (size_t i = 0; i < CLUSTER_MAX; i++)
        journal_close(c->servers[i].journal);
    ownership_table_free(c->table);
    free(c);
}
