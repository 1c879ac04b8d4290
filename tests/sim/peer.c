#include "sim/peer.h"

#include <stdlib.h>
#include <string.h>

#include "hub/close_status.h"
#include "sim/auditor.h"
#include "sim/fold.h"
#include "sim/keys.h"
#include "sim/nodes.h"

enum {
    SETTLED_MS = 1500, /* Whoever was held when all was well again is where it belongs by then. */
    ANSWERED_MS = 5000,
};

bool peer_is(const struct peer *p, const char *role)
{
    return strcmp(p->role, role) == 0;
}

bool peer_owns(const struct peer *p, int64_t seat)
{
    for (size_t i = 0; i < p->own_count; i++)
        if (p->own[i] == seat)
            return true;
    return false;
}

struct peer *peer_add(struct sim *s, const char *role)
{
    if (s->peer_count == SIM_PEERS_MAX)
        return NULL;
    struct peer *p = calloc(1, sizeof(*p));
    p->sim = s;
    p->number = s->peer_count;
    snprintf(p->role, sizeof(p->role), "%s", role);
    if (peer_is(p, "phone")) {
        if (p->number % 4 == 1) /* Some are called the same, and not only as it is written. */
            snprintf(p->name, sizeof(p->name), "%s", p->number % 8 == 1 ? "Mette" : "METTE");
        else
            snprintf(p->name, sizeof(p->name), "Navn %zu", p->number);
        if (sim_chance(s, 70))
            sim_id(s, p->phone);
    }
    s->peers[s->peer_count++] = p;
    return p;
}

static void forget(struct peer *p, size_t at)
{
    free(p->pending[at].text);
    p->pending_count--;
    memmove(&p->pending[at], &p->pending[at + 1], (p->pending_count - at) * sizeof(p->pending[0]));
}

void peer_free(struct peer *p)
{
    while (p->pending_count > 0)
        forget(p, p->pending_count - 1);
    json_decref(p->state);
    free(p);
}

static void lose_ghost(struct peer *p)
{
    if (p->ghost)
        world_disconnect(p->ghost);
    p->ghost = NULL;
}

/* Nobody knows whether what was sent came through. */
static void send_again(struct peer *p)
{
    for (size_t i = 0; i < p->pending_count; i++)
        if (p->pending[i].wait < 0)
            p->pending[i].wait = 0;
}

void peer_drop(struct peer *p)
{
    lose_ghost(p);
    if (p->wire)
        world_disconnect(p->wire);
    p->wire = NULL;
    p->live = p->broken = false;
    p->slow = p->silence = 0;
    send_again(p);
}

void peer_leave(struct peer *p, const struct world *w)
{
    if (p->ghost && p->ghost->world == w)
        lose_ghost(p);
    if (p->wire && p->wire->world == w)
        peer_drop(p);
}

static bool is_waiting(const struct peer *p)
{
    for (size_t i = 0; i < p->pending_count; i++)
        if (p->pending[i].wait < 0)
            return true;
    return !p->live;
}

/* Servers that work and speak with each other answer whoever comes to any of them. */
static void is_answered(const struct peer *p)
{
    const struct nodes *n = p->sim->nodes;

    for (size_t i = 0; i < p->pending_count && nodes_speak(n) && p->live && !p->wire->closing; i++)
        SIM_CHECK(p->sim, p->pending[i].wait >= 0 ||
                              p->heard_at - p->pending[i].at <= ANSWERED_MS ||
                              p->heard_at - nodes_served_since(p->wire->world) <= ANSWERED_MS);
}

/* Whether it has other seats than it had, or may have had others meanwhile. */
static bool has_moved(const struct peer *p, const struct peer *was)
{
    bool moved = p->own_count != was->own_count || was->claim != 0;

    for (size_t i = 0; i < was->own_count; i++)
        moved |= !peer_owns(p, was->own[i]) || auditor_lost(p->sim->auditor, was->own[i]) ||
                 auditor_shared(p->sim->auditor, was->own[i]);
    return moved;
}

/* Whether its server spoke with who leads for so long, until it heard all there was, that nobody is
 * held. */
static bool is_settled(const struct peer *p)
{
    const struct nodes *n = p->sim->nodes;

    return n && nodes_speak(n) && p->heard_at - nodes_served_since(p->wire->world) > SETTLED_MS;
}

/* And none of them sends anybody away, but phones whose seats are others by now. */
static void may_send_away(const struct peer *p, const char *why)
{
    if (is_settled(p))
        SIM_FAIL(p->sim, "%s %zu is sent away by server %d: %s", p->role, p->number,
                 nodes_number(p->wire->world), why);
}

void peer_wait(struct peer *p)
{
    if (!p->sim->nodes || !p->wire)
        return;
    is_answered(p);
    bool dead = nodes_are_silent(p->wire->world);
    p->silence = is_waiting(p) ? p->silence + 1 : 0;
    if (p->silence > 8 || (dead && (p == p->sim->observer || sim_chance(p->sim, 5))))
        peer_drop(p);
}

static json_t *also_of(const struct peer *p)
{
    json_t *all = json_array();

    for (int i = 0; i < p->also; i++) {
        char name[32];
        snprintf(name, sizeof(name), "%s.%d", p->name, i + 2);
        json_array_append_new(all, json_pack("{s:s}", "name", name));
    }
    return all;
}

static json_t *hello_of(const struct peer *p)
{
    json_t *hello = json_pack("{s:s, s:s}", "as", p->role, "meeting", p->sim->code);

    if (p->state && !p->wants_snapshot)
        json_object_set_new(hello, "since", json_integer(p->seq));
    if (!peer_is(p, "phone")) {
        json_object_set_new(hello, "key", json_string(p->token));
        return hello;
    }
    if (p->phone[0])
        json_object_set_new(hello, "id", json_string(p->phone));
    if (p->out && sim_now(p->sim) % 4 > 0)
        json_object_set_new(hello, "knock", json_true());
    bool forgotten = p->out && p->phone[0] && sim_now(p->sim) % 3 == 0; /* Its id says enough. */
    if (p->token[0] && !forgotten) {
        json_object_set_new(hello, "token", json_string(p->token));
        return hello;
    }
    if (!p->claim && !p->stranger && p->number % 3 > 0)
        json_object_set_new(hello, "unless_known", json_true());
    json_object_set_new(hello, "name", json_string(p->name));
    if (p->number % 3 == 0)
        json_object_set_new(hello, "function", json_string("Skoleleder"));
    if (p->claim)
        json_object_set_new(hello, "claim", json_integer(p->claim));
    else if (p->also)
        json_object_set_new(hello, "also", also_of(p));
    return hello;
}

void peer_connect(struct peer *p)
{
    if (!peer_is(p, "phone"))
        snprintf(p->token, sizeof(p->token), "%s", keys_of(p->sim, p->role));
    json_t *frame = json_pack("{s:o}", "hello", hello_of(p));
    char *text = json_dumps(frame, JSON_COMPACT);

    if (p->wire) { /* The same phone in a second tab. */
        lose_ghost(p);
        p->ghost = p->wire;
        send_again(p);
    }
    p->live = p->broken = false;
    p->slow = p->silence = 0;
    p->last = 0;
    p->greeted = false;
    p->heard_at = p->sim->nodes ? nodes_now(p->sim->nodes) : 0;
    p->known = auditor_newest(p->sim->auditor); /* What it has itself is among that. */
    if (!p->state || p->wants_snapshot)
        p->seq = 0;
    sim_tell(p->sim, p, "to", text);
    p->wire = sim_greet(p->sim, text, p != p->sim->observer);
    p->lags = p->wire && p->sim->nodes && nodes_may_lag(p->wire->world);
    free(text);
    json_decref(frame);
}

/* What had been said when it came is in what it is told first, whichever server says it. */
static void is_up_to_date(const struct peer *p, int64_t seq)
{
    bool lags = p->lags || (p->sim->nodes && nodes_may_lag(p->wire->world));

    SIM_CHECK(p->sim, lags || p->live || seq >= p->known);
}

static void say(struct peer *p, const char *id, const char *text)
{
    auditor_delivered(p->sim->auditor, p, id, p->wire->world);
    sim_tell(p->sim, p, "to", text);
    world_say(p->wire, text);
    if (p->ghost && sim_chance(p->sim, 50)) {
        auditor_delivered(p->sim->auditor, p, id, p->ghost->world);
        world_say(p->ghost, text);
    }
}

static void push(struct peer *p, struct pending *one)
{
    struct sim *s = p->sim;

    if (one->wait > 0) {
        one->wait--;
        return;
    }
    if (one->wait < 0)
        return;
    one->wait = -1;
    one->at = s->nodes ? nodes_now(s->nodes) : 0;
    if (sim_chance(s, 2)) { /* Lost on the way, with the link. */
        peer_drop(p);
        return;
    }
    say(p, one->id, one->text);
    if (p->wire && sim_chance(s, 5))
        say(p, one->id, one->text);
    if (sim_chance(s, 2)) /* It came through, the answer does not. */
        peer_drop(p);
}

void peer_push(struct peer *p)
{
    for (size_t i = 0; i < p->pending_count && p->wire && p->live && !p->broken; i++)
        push(p, &p->pending[i]);
}

void peer_push_all(struct peer *p)
{
    for (size_t i = 0; i < p->pending_count && p->wire && p->live; i++) {
        p->pending[i].wait = -1;
        p->pending[i].at = p->sim->nodes ? nodes_now(p->sim->nodes) : 0;
        say(p, p->pending[i].id, p->pending[i].text);
    }
}

void peer_ask(struct peer *p, const char *command, json_t *with)
{
    struct sim *s = p->sim;

    if (p->pending_count == PEER_PENDING_MAX) {
        json_decref(with);
        return;
    }
    struct pending *one = &p->pending[p->pending_count++];
    *one = (struct pending){ .wait = sim_chance(s, 15) ? (int)sim_roll(s, 12) : 0 };
    sim_id(s, one->id);
    json_t *frame = json_pack("{s:s, s:s, s:O}", "id", one->id, "do", command, "with", with);
    one->text = json_dumps(frame, JSON_COMPACT);
    json_decref(frame);
    auditor_asked(s->auditor, p, one->id, command, with);
    json_decref(with);
    peer_push(p);
}

/* A link was made: another phone has it, and opens it when it comes, see come_back; or whoever has
 * the role. */
static void take_link(struct sim *s, const char *command, const char *link)
{
    json_t *asked = json_loads(command, 0, NULL);
    const char *role = json_string_value(json_object_get(json_object_get(asked, "with"), "role"));
    struct peer *p = role ? NULL : peer_add(s, "phone");

    if (role)
        keys_told(s, role, link);
    else if (p)
        snprintf(p->token, sizeof(p->token), "%s", link);
    json_decref(asked);
}

static void on_reply(struct peer *p, const json_t *reply)
{
    const char *re = json_string_value(json_object_get(reply, "re"));
    const char *code = json_string_value(json_object_get(reply, "code"));
    bool anew = code && (strcmp(code, "busy") == 0 || strcmp(code, "not_saved") == 0);

    if (anew)
        may_send_away(p, code);
    if (!re || strncmp(re, "11111111-", 9) == 0) /* To nonsense; see crowd.c. */
        return;
    auditor_answered(p->sim->auditor, p, re, reply);
    const char *link = json_string_value(json_object_get(json_object_get(reply, "made"), "token"));
    for (size_t i = 0; i < p->pending_count; i++) {
        if (strcmp(p->pending[i].id, re) != 0)
            continue;
        if (link)
            take_link(p->sim, p->pending[i].text, link);
        if (anew || sim_chance(p->sim, 4))
            p->pending[i].wait = 1 + (int)sim_roll(p->sim, 8);
        else
            forget(p, i);
        return;
    }
}

static void on_welcome(struct peer *p, const struct world_wire *wire, const json_t *welcome)
{
    json_t *seats = json_object_get(welcome, "seats"), *each;
    const char *token = json_string_value(json_object_get(welcome, "token"));
    int64_t first = json_integer_value(json_object_get(welcome, "seat"));
    size_t i;

    SIM_CHECK(p->sim, json_integer_value(json_object_get(welcome, "now")) <=
                          sim_now(p->sim) + sim_ahead(p->sim));
    SIM_CHECK(p->sim, p->wire != wire || !p->greeted);
    p->greeted = p->greeted || p->wire == wire;
    p->out = false;
    p->welcomed = json_integer_value(json_object_get(welcome, "now")); /* It may come much later. */
    if (token)
        snprintf(p->token, sizeof(p->token), "%s", token);
    if (!peer_is(p, "phone"))
        return;
    SIM_CHECK(p->sim, first > 0);
    struct peer was = *p;
    p->own_count = 0;
    if (!seats)
        p->own[p->own_count++] = first;
    json_array_foreach(seats, i, each) p->own[p->own_count++] =
        json_integer_value(json_object_get(each, "seat"));
    for (i = 0; i < was.own_count; i++) /* The same seats again. */
        SIM_CHECK(p->sim, peer_owns(p, was.own[i]) || auditor_lost(p->sim->auditor, was.own[i]));
    SIM_CHECK(p->sim, !p->moved || has_moved(p, &was));
    p->moved = false;
}

static void on_facts(struct peer *p, const json_t *frame)
{
    int64_t seq = json_integer_value(json_object_get(frame, "seq"));
    size_t i;
    json_t *fact;

    SIM_CHECK(p->sim, p->state);
    json_array_foreach(json_object_get(frame, "facts"), i, fact)
    {
        int64_t number = json_integer_value(json_object_get(fact, "seq"));
        SIM_CHECK(p->sim, number > p->last && number > p->seq && number <= seq);
        p->last = number;
        auditor_fact(p->sim->auditor, p, fact);
        fold_fact(p->state, fact);
    }
    SIM_CHECK(p->sim, seq >= p->seq);
    is_up_to_date(p, seq);
    p->seq = seq;
    p->live = true;
    auditor_told(p->sim->auditor, seq);
}

static void on_snapshot(struct peer *p, const json_t *frame)
{
    int64_t seq = json_integer_value(json_object_get(frame, "seq"));
    json_t *fresh = fold_begin(json_object_get(frame, "snapshot"));

    SIM_CHECK(p->sim, seq > 0 && ((p->sim->nodes && !p->live) || seq >= p->seq));
    is_up_to_date(p, seq);
    auditor_snapshot(p->sim->auditor, p, seq, fresh);
    json_decref(p->state);
    p->state = fresh;
    p->seq = seq;
    p->live = true;
    p->wants_snapshot = false;
}

/* The server has ended the connection, saying why. */
static void on_refused(struct peer *p, const json_t *refused)
{
    const char *code = json_string_value(json_object_get(refused, "code"));
    bool dead = strcmp(code, "wrong_key") == 0 || strcmp(code, "ended") == 0 ||
                strcmp(code, "replaced") == 0 || strcmp(code, "closed") == 0 ||
                strcmp(code, "full") == 0 || strcmp(code, "not_let_in") == 0 ||
                (p->claim != 0 && strcmp(code, "no_such_seat") == 0);

    auditor_ended(p->sim->auditor, p, code);
    if (strcmp(code, "busy") == 0)
        may_send_away(p, code);
    if (strcmp(code, "out") == 0) {
        p->out = true;
        p->gone = !p->phone[0];
        return;
    }
    if (strcmp(code, "name_taken") == 0) { /* It is the same person, or another one. */
        int64_t seat = json_integer_value(json_object_get(refused, "seat"));
        auditor_namesake(p->sim->auditor, p, seat);
        p->stranger = sim_now(p->sim) % 2 == 0;
        p->claim = p->stranger ? 0 : seat;
        return;
    }
    if (dead && !peer_is(p, "phone")) {
        if (strcmp(p->token, keys_of(p->sim, p->role)) == 0)
            keys_anew(p->sim, p->role);
    } else if (dead)
        p->gone = true;
    else
        SIM_CHECK(p->sim,
                  (p->sim->nodes && strcmp(code, "hello_late") == 0) || /* It stood still. */
                      strcmp(code, "busy") == 0 || strcmp(code, "not_saved") == 0 ||
                      strcmp(code, "door_closed") == 0 || strcmp(code, "seat_taken") == 0);
}

void peer_ask_clock(struct peer *p)
{
    if (p->skew == 0) /* Up to a day ahead or behind. */
        p->skew = (int64_t)sim_roll(p->sim, 172800000) - 86400000;
    p->asked_at = sim_now(p->sim);
    p->asked = p->asked_at + p->skew;
    if (p->asked < 0)
        p->asked = 0;
    json_t *ask = json_pack("{s:{s:I}}", "clock", "sent", (json_int_t)p->asked);
    char *text = json_dumps(ask, JSON_COMPACT);
    world_say(p->wire, text);
    free(text);
    json_decref(ask);
}

void peer_write(struct peer *p)
{
    int64_t now = sim_now(p->sim);
    char text[160];

    snprintf(text, sizeof(text), "{\"writing\":{\"by\":\"00000000-0000-4000-8000-%012d\"%s}}",
             (int)p->number,
             now % 5 == 0   ? ""
             : now % 2 == 0 ? ",\"answer\":\"next_step\",\"name\":\"Lise\""
                            : ",\"answer\":\"action\"");
    world_say(p->wire, text);
}

/* What was asked comes back, with the meeting clock of that moment: however wrong its own clock is,
 * the client knows how wrong. */
static void on_clock(struct peer *p, const json_t *clock)
{
    int64_t now = json_integer_value(json_object_get(clock, "now"));
    int64_t sent = json_integer_value(json_object_get(clock, "sent"));

    SIM_CHECK(p->sim, now <= sim_now(p->sim) + sim_ahead(p->sim));
    if (sent == p->asked && p->asked != 0)
        SIM_CHECK(p->sim,
                  now >= p->asked_at - sim_behind(p->sim) && (p->sim->nodes || now == p->asked_at));
}

static void take(struct peer *p, const char *text)
{
    json_t *frame = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

    SIM_CHECK(p->sim, frame);
    sim_tell(p->sim, p, "from", text);
    auditor_frame(p->sim->auditor, p, frame);
    p->silence = 0;
    if (json_object_get(frame, "re"))
        on_reply(p, frame);
    else if (json_object_get(frame, "welcome"))
        on_welcome(p, p->wire, json_object_get(frame, "welcome"));
    else if (json_object_get(frame, "facts"))
        on_facts(p, frame);
    else if (json_object_get(frame, "snapshot"))
        on_snapshot(p, frame);
    else if (json_object_get(frame, "refused"))
        on_refused(p, json_object_get(frame, "refused"));
    else if (json_object_get(frame, "clock"))
        on_clock(p, json_object_get(frame, "clock"));
    else
        SIM_CHECK(p->sim, !peer_is(p, "phone") && (json_object_get(frame, "presence") ||
                                                   json_object_get(frame, "saving")));
    json_decref(frame);
}

/* A replaced connection is told so, and nothing of the meeting any more. */
static void hear_ghost(struct peer *p)
{
    char *text;

    while ((text = world_hear(p->ghost))) {
        json_t *frame = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
        const json_t *welcome = json_object_get(frame, "welcome");
        if (welcome && p->own_count == 0) /* The newer one is not let in. */
            on_welcome(p, p->ghost, welcome);
        auditor_frame(p->sim->auditor, p, frame);
        json_decref(frame);
        free(text);
    }
    if (p->ghost->closing && sim_chance(p->sim, 30))
        lose_ghost(p);
}

void peer_hear(struct peer *p)
{
    char *text;

    if (p->ghost)
        hear_ghost(p);
    if (p->slow > 0) {
        p->slow--;
        return;
    }
    if (!p->wire || p->broken)
        return;
    while (p->wire && (text = world_hear(p->wire))) {
        take(p, text);
        free(text);
    }
    bool away = p->wire && p->wire->closing &&
                (p->wire->status == CLOSE_LATER || p->wire->status == CLOSE_RESTART);
    bool phone = peer_is(p, "phone") && away && p->wire->status == CLOSE_RESTART;
    p->moved = p->moved || (phone && is_settled(p));
    if (away && !phone)
        may_send_away(p, p->wire->status == CLOSE_LATER ? "later" : "restart");
    p->heard_at =
        p->sim->nodes && p->wire && !p->wire->closing ? nodes_now(p->sim->nodes) : p->heard_at;
    if (p->wire && p->wire->closing && (p == p->sim->observer || sim_chance(p->sim, 60)))
        peer_drop(p);
}
