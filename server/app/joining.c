/* joining.c -- from a hello to a welcome: which meeting, which role, which seat. */
#include <assert.h>
#include <string.h>

#include "app/owning.h"
#include "app/relay.h"
#include "app/resting.h"
#include "app/state.h"
#include "app/telling.h"
#include "base/alike.h"
#include "base/code.h"
#include "engine/door.h"
#include "engine/links.h"
#include "engine/outside.h"
#include "engine/roster.h"
#include "hub/close_status.h"
#include "wire/frame_json.h"

/* The seats of a phone, as its welcome will name them. */
struct seating {
    size_t count;
    struct seat_token at[LIMIT_SEATS_A_PHONE];
};

/* Whether a phone still has a seat that the newest connection has not. */
static bool keeps_another(const struct session *s, const struct session *newest)
{
    for (size_t i = 0; i < s->own_count; i++)
        if (!telling_holds(newest, s->own[i]))
            return true;
    return false;
}

/* The seat is open on a newer connection: of the same phone, or of another that has it now. */
static void replace(struct room *r, int64_t seat, const struct session *newest)
{
    for (size_t i = 0; i < r->session_count; i++) {
        struct session *s = r->sessions[i];
        if (s == newest || !telling_holds(s, seat))
            continue;
        if (keeps_another(s, newest))
            session_close(s, CLOSE_RESTART);
        else
            session_refuse(s, REFUSED_REPLACED, NULL);
        s->own_count = 0;
    }
}

static void welcome(struct room *r, struct session *s, const struct seating *seating)
{
    if (s->resumed && !relay_same_seats(s, seating->at, seating->count)) {
        session_close(s, CLOSE_RESTART); /* It must be told, which only a new welcome does. */
        return;
    }
    if (seating->count > 0)
        s->handset = roster_seat(r->meeting, seating->at[0].seat)->handset;
    s->own_count = seating->count;
    for (size_t i = 0; i < seating->count; i++) {
        s->own[i] = seating->at[i].seat;
        if (s->since < roster_seat(r->meeting, s->own[i])->moved)
            s->since = -1; /* What it knows is what its seats of then might know. */
    }
    for (size_t i = 0; i < s->own_count; i++)
        replace(r, s->own[i], s);
    if (!telling_enter(r, s)) {
        session_send(s, NULL, false);
        return;
    }
    char *text = telling_greeting(r, s->role, seating->at, seating->count);
    telling_welcome(r, s, frame_from(text));
}

/* Carries a seat.join out; on REFUSED_NOT the seat stands last in `seating`, with its new
 * token. */
static enum refusal sit(struct room *r, struct session *s, const struct command *c,
                        struct seating *seating)
{
    struct seat_token *to = &seating->at[seating->count];
    struct facts facts;

    assert(seating->count < LIMIT_SEATS_A_PHONE);
    app_secret(r->app, to->token);
    const struct sender sender = { .session = s, .role = ROLE_NOT, .secret = to->token };
    enum refusal refusal = room_handle(r, c, &sender, &facts);
    if (refusal != REFUSED_NOT)
        return refusal;
    assert(facts.made == MADE_SEAT);
    to->seat = facts.made_seat;
    seating->count++;
    facts_release(&facts);
    return REFUSED_NOT;
}

/* Which phone it is: its own id is a secret, of which only the hash is kept. */
static struct hash handset_of(const struct hello *hello)
{
    return hash_of(hello->id.b, sizeof(hello->id.b));
}

static struct command join_of(const struct hello *hello)
{
    struct command c = { .kind = COMMAND_SEAT_JOIN };

    c.args.seat_join.has_handset = hello->has_id;
    c.args.seat_join.handset = handset_of(hello);
    return c;
}

static enum refusal claim(struct room *r, struct session *s, const struct hello *hello,
                          int64_t seat, bool by_link, struct seating *seating)
{
    struct command c = join_of(hello);

    c.args.seat_join.has_claim = true;
    c.args.seat_join.claim = seat;
    c.args.seat_join.has_by_link = by_link;
    c.args.seat_join.by_link = by_link;
    c.args.seat_join.name = hello->name;
    c.args.seat_join.function = hello->function;
    return sit(r, s, &c, seating);
}

static bool same_phone(const struct seat_state *one, const struct seat_state *other)
{
    return one->held && other->held && hash_same(one->handset, other->handset);
}

/* With its token a phone gets its seat again, and those of the others who share the phone; but none
 * that it was taken out of. */
static enum refusal by_token(struct room *r, struct session *s, const struct hello *hello,
                             struct seating *seating)
{
    const struct hash token = hash_of(hello->token->bytes, hello->token->len);
    bool link;
    int64_t seat = roster_by_token(r->meeting, token, &link);

    if (seat == 0)
        return REFUSED_WRONG_KEY;
    if (link)
        return claim(r, s, hello, seat, true, seating);
    const struct seat_state *own = roster_seat(r->meeting, seat);
    bool out = outside_barred(r->meeting, seat);
    if (!out)
        seating->at[seating->count++] = (struct seat_token){ .seat = seat };
    if (!out && own->device != DEVICE_SHARED)
        return REFUSED_NOT; /* Whoever shared its last phone stayed there. */
    for (int64_t other = 1; other <= (int64_t)r->meeting->seat_count; other++) {
        const struct seat_state *o = roster_seat(r->meeting, other);
        bool beside =
            o->with == seat || ((out || o->device == DEVICE_SHARED) && same_phone(own, o));
        if (other != seat && o->held && beside && !outside_barred(r->meeting, other) &&
            seating->count < LIMIT_SEATS_A_PHONE)
            seating->at[seating->count++] = (struct seat_token){ .seat = other };
    }
    assert(seating->count > 0); /* Else all of the phone would be out: see out_of. */
    return REFUSED_NOT;
}

/* The phone's id is known: its welcome was lost, or its token opens a seat that another phone has
 * by now.  It gets the seats that are still its own, with new tokens; those that it was taken out
 * of are not. */
static enum refusal again(struct room *r, struct session *s, const struct hello *hello,
                          const int64_t *seats, size_t count, struct seating *seating)
{
    enum refusal refusal = REFUSED_NOT;

    for (size_t i = 0; i < count && refusal == REFUSED_NOT; i++)
        if (!outside_barred(r->meeting, seats[i]))
            refusal = claim(r, s, hello, seats[i], false, seating);
    return refusal;
}

static enum refusal as_new(struct room *r, struct session *s, const struct hello *hello,
                           struct seating *seating)
{
    struct command c = join_of(hello);
    bool shared = hello->has_also && hello->also.count > 0;
    enum refusal refusal;

    if (hello->has_claim)
        refusal = claim(r, s, hello, hello->claim, false, seating);
    else {
        c.args.seat_join.name = hello->name;
        c.args.seat_join.function = hello->function;
        c.args.seat_join.device = shared ? DEVICE_SHARED : DEVICE_OWN;
        refusal = sit(r, s, &c, seating);
    }
    for (size_t i = 0; i < hello->also.count && refusal == REFUSED_NOT; i++) {
        c = join_of(hello);
        c.args.seat_join.has_handset = true;
        c.args.seat_join.handset = roster_seat(r->meeting, seating->at[0].seat)->handset;
        c.args.seat_join.name = hello->also.at[i].name;
        c.args.seat_join.function = hello->also.at[i].function;
        c.args.seat_join.device = DEVICE_SHARED;
        c.args.seat_join.has_with = true;
        c.args.seat_join.with = seating->at[0].seat;
        refusal = sit(r, s, &c, seating);
    }
    return refusal;
}

/* Tells the console who waits at the door, and for which seat, 0 for any.  The phone says hello
 * again until it is let in.  False where nobody can be told. */
static bool knock(struct room *r, const struct hello *hello, int64_t seat)
{
    const struct sender nobody = { .role = ROLE_NOT };
    struct command c = { .kind = COMMAND_DOOR_KNOCK };
    struct facts facts;

    c.args.door_knock.knock.phone = door_name(handset_of(hello));
    c.args.door_knock.knock.name = hello->name;
    c.args.door_knock.knock.function = hello->function;
    c.args.door_knock.knock.has_claim = seat != 0;
    c.args.door_knock.knock.claim = seat;
    enum refusal refusal = room_handle(r, &c, &nobody, &facts);
    if (refusal == REFUSED_NOT)
        facts_release(&facts);
    return refusal == REFUSED_NOT || refusal == REFUSED_NOTHING_CHANGED;
}

/* The seat from which the phone is out, by its own id or by a token that it has; 0 for none.  A
 * link takes it in. */
static int64_t out_of(const struct room *r, const struct hello *hello)
{
    int64_t out = hello->has_id ? outside_of(r->meeting, handset_of(hello)) : 0;

    if (!hello->token)
        return out;
    bool link;
    const struct hash token = hash_of(hello->token->bytes, hello->token->len);
    int64_t seat = roster_by_token(r->meeting, token, &link);
    if (seat != 0 && link)
        return 0;
    return out != 0 || seat == 0 ? out
                                 : outside_of(r->meeting, roster_seat(r->meeting, seat)->handset);
}

/* It comes to the seat that it had, if the console has let it in; and asks for that if it says so.
 */
static enum refusal from_outside(struct room *r, struct session *s, const struct hello *hello,
                                 int64_t seat, struct seating *seating)
{
    enum refusal refusal = hello->has_id ? claim(r, s, hello, seat, false, seating) : REFUSED_OUT;

    if (refusal != REFUSED_OUT && refusal != REFUSED_SEAT_TAKEN)
        return refusal;
    bool waits = hello->has_id && hello->knock && knock(r, hello, seat);
    return waits ? REFUSED_DOOR_CLOSED : REFUSED_OUT;
}

/* The seat that has the name by which somebody comes new: the likeliest one of several. */
static int64_t namesake(const struct room *r, const struct hello *hello)
{
    const struct meeting *m = r->meeting;
    int64_t found = 0;
    int best = -1;

    for (int64_t seat = 1; seat <= (int64_t)m->seat_count; seat++) {
        const struct seat_state *s = roster_seat(m, seat);
        if (!roster_has(m, seat) || !text_alike(s->name, hello->name))
            continue;
        bool connected = false;
        for (size_t i = 0; i < r->session_count; i++)
            connected = connected || telling_holds(r->sessions[i], seat);
        int likely = 2 * text_alike(s->function, hello->function) + !connected;
        if (likely > best) {
            best = likely;
            found = seat;
        }
    }
    return found;
}

/* Whether somebody of that name is there already, which the phone wants to be told.  At a closed
 * door nothing is told of who is there: the console sees who asks. */
static bool is_known(const struct room *r, const struct hello *hello, int64_t *ret_seat)
{
    bool asks = hello->unless_known && hello->name && !hello->has_claim && !hello->token;

    if (!asks || r->meeting->door_closed || r->meeting->floor.state == STATE_CLOSED)
        return false;
    *ret_seat = namesake(r, hello);
    return *ret_seat != 0;
}

/* With its token, by its id, or new.  With REFUSED_NAME_TAKEN, whose name it is. */
static enum refusal from_inside(struct room *r, struct session *s, const struct hello *hello,
                                struct seating *seating, int64_t *ret_known)
{
    int64_t seats[LIMIT_SEATS_A_PHONE];
    size_t seat_count = hello->has_id ? roster_by_handset(r->meeting, handset_of(hello), seats) : 0;
    enum refusal refusal = REFUSED_WRONG_KEY;

    if (hello->token)
        refusal = by_token(r, s, hello, seating);
    if (refusal == REFUSED_WRONG_KEY && seat_count > 0)
        return again(r, s, hello, seats, seat_count, seating);
    if (hello->token)
        return refusal;
    return is_known(r, hello, ret_known) ? REFUSED_NAME_TAKEN : as_new(r, s, hello, seating);
}

/* Says why it does not come in.  Whoever gives no key or token has guessed none. */
static void turn_away(struct app *app, struct session *s, struct room *r, const struct hello *hello,
                      enum refusal code, const char *field)
{
    const struct text *secret = hello->as == ROLE_PHONE ? hello->token : hello->key;
    bool guess = code == REFUSED_NO_SUCH_MEETING || (code == REFUSED_WRONG_KEY && secret);

    if (guess || code == REFUSED_TOO_FAST)
        attempts_guess(app, guess ? r : NULL, hello->as, code);
    if (guess)
        session_guessed(s);
    session_refuse(s, code, field);
}

static void as_phone(struct room *r, struct session *s, const struct hello *hello)
{
    struct seating seating = { 0 };
    int64_t out = out_of(r, hello), known = 0;
    enum refusal refusal = out != 0 ? from_outside(r, s, hello, out, &seating)
                                    : from_inside(r, s, hello, &seating, &known);

    if (out == 0 && hello->has_id &&
        (refusal == REFUSED_DOOR_CLOSED || refusal == REFUSED_SEAT_TAKEN))
        knock(r, hello, hello->has_claim ? hello->claim : 0);
    if (refusal == REFUSED_NOT)
        welcome(r, s, &seating);
    else if (refusal == REFUSED_NAME_TAKEN)
        session_refuse_name(s, known);
    else
        turn_away(r->app, s, r, hello, refusal, refusal == REFUSED_BAD_FIELD ? "name" : NULL);
}

/* Whether it comes with something that opens the meeting, which nobody has guessed. */
static bool knows(const struct room *r, const struct hello *hello)
{
    const struct text *secret = hello->as == ROLE_PHONE ? hello->token : hello->key;
    struct hash hash = secret ? hash_of(secret->bytes, secret->len) : (struct hash){ { 0 } };
    int64_t seats[LIMIT_SEATS_A_PHONE];
    bool link;

    if (r->state != ROOM_LIVE || r->lost || !r->meeting->created)
        return false;
    if (hello->as != ROLE_PHONE)
        return secret && links_open(r->meeting, hello->as, hash);
    return (secret && roster_by_token(r->meeting, hash, &link) != 0) ||
           (hello->has_id && roster_by_handset(r->meeting, handset_of(hello), seats) > 0);
}

/* Who was passed on by another server looks from there where the meeting is led. */
static void not_now(struct session *s)
{
    if (s->guest)
        session_close(s, CLOSE_RESTART);
    else
        session_refuse(s, REFUSED_BUSY, NULL);
}

void app_hello(void *context, struct session *s, const struct hello *hello)
{
    struct app *app = context;
    char code[CODE_CHARS + 1];
    bool read = code_read(hello->meeting->bytes, hello->meeting->len, code);

    if (!owning_look(app) || (s->guest && app->stopping)) {
        not_now(s);
        return;
    }
    struct room *r = read ? owning_seek(app, code) : NULL;
    if (r && s->guest && !owning_has(r)) { /* It is claimed where its client is. */
        not_now(s);
        return;
    }
    if (r && resting_is(r) && !app->stopping) {
        if (!resting_hello(r, s, hello))
            session_refuse(s, REFUSED_BUSY, NULL);
        return;
    }
    if (s->held > 0 && !(r && knows(r, hello))) {
        turn_away(app, s, r, hello, REFUSED_TOO_FAST, NULL);
        return;
    }
    if (read && erasing_has(app, code)) {
        session_refuse(s, REFUSED_ERASED, NULL);
        return;
    }
    if (!r) {
        turn_away(app, s, r, hello, REFUSED_NO_SUCH_MEETING, NULL);
        return;
    }
    if (r->state == ROOM_BROKEN) {
        session_refuse(s, REFUSED_DAMAGED, NULL);
        return;
    }
    if (r->state != ROOM_LIVE || r->lost || app->stopping || !r->meeting->created) {
        session_refuse(s, REFUSED_BUSY, NULL);
        return;
    }
    if (hello->as == ROLE_PHONE) {
        as_phone(r, s, hello);
        return;
    }
    if (hello->key)
        s->key = hash_of(hello->key->bytes, hello->key->len);
    if (hello->key && links_open(r->meeting, hello->as, s->key))
        welcome(r, s, &(struct seating){ .count = 0 });
    else
        turn_away(app, s, r, hello, REFUSED_WRONG_KEY, NULL);
}
