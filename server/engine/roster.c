#include "engine/roster.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/door.h"
#include "engine/hands.h"
#include "engine/lap.h"
#include "engine/method/method.h"
#include "engine/outside.h"
#include "engine/together.h"
#include "engine/turn.h"
#include "engine/undo_values.h"

bool roster_has(const struct meeting *m, int64_t seat)
{
    return seat >= 1 && seat <= (int64_t)m->seat_count && !m->seats[seat - 1].removed;
}

const struct seat_state *roster_seat(const struct meeting *m, int64_t seat)
{
    assert(seat >= 1 && seat <= (int64_t)m->seat_count);
    return &m->seats[seat - 1];
}

static struct seat_state *mutable_seat(struct meeting *m, int64_t seat)
{
    return (struct seat_state *)roster_seat(m, seat);
}

int64_t roster_by_token(const struct meeting *m, struct hash token, bool *ret_link)
{
    int64_t found = 0;

    *ret_link = false;
    for (size_t i = 0; i < m->seat_count; i++) {
        const struct seat_state *s = &m->seats[i];
        bool link = s->linked && hash_same(s->link, token);
        bool opens = link || (s->held && hash_same(s->token, token));
        if (opens &&
            found == 0) { /* Who shares the phone may have the same: the host came first. */
            found = (int64_t)i + 1;
            *ret_link = link;
        }
    }
    return found;
}

size_t roster_by_handset(const struct meeting *m, struct hash handset,
                         int64_t ret_seats[static LIMIT_SEATS_A_PHONE])
{
    size_t count = 0;

    for (size_t i = 0; i < m->seat_count && count < LIMIT_SEATS_A_PHONE; i++)
        if (m->seats[i].held && hash_same(m->seats[i].handset, handset))
            ret_seats[count++] = (int64_t)i + 1;
    return count;
}

struct hash roster_handset(const struct meeting *m, int64_t seat)
{
    const struct seat_state *s = seat != 0 ? roster_seat(m, seat) : NULL;

    return s && s->held ? s->handset : (struct hash){ { 0 } };
}

bool roster_writer(const struct meeting *m, const struct context *context, int64_t seat,
                   struct hash *ret_handset)
{
    bool held = seat != 0 && roster_seat(m, seat)->held;

    if (context->role != ROLE_PHONE && !held)
        return false;
    *ret_handset = context->role == ROLE_PHONE ? context->handset : roster_seat(m, seat)->handset;
    return true;
}

/* Room for one more seat in every list that may come to hold it. */
bool seat_added_room(struct meeting *m, const struct fact_seat_added *f)
{
    size_t room = m->seat_count + 1;
    struct seats *lists[] = { &m->floor.queue, &m->floor.heard, &m->floor.remarks, &m->hands,
                              &m->ready,       &m->passed,      &m->table };

    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        if (!seats_reserve(lists[i], room))
            return false;
    if (room <= m->seat_room)
        return true;
    size_t more = m->seat_room * 2 > room ? m->seat_room * 2 : room + 7;
    struct seat_state *seats = alloc_again(m->seats, more, sizeof(*seats));
    if (!seats)
        return false;
    m->seats = seats;
    m->seat_room = more;
    return true;
}

/* `handset` is all the same where it is told by the token. */
static void held(struct facts *out, int64_t seat, struct hash token, struct hash handset)
{
    facts_add(out, FACT_SEAT_HELD)->is.seat_held =
        (struct fact_seat_held){ .seat = seat,
                                 .has_token = true,
                                 .token = token,
                                 .has_handset = !hash_same(handset, token),
                                 .handset = handset };
}

/* Whether another phone has, or has had, the seat. */
static bool had_another(const struct seat_state *s, struct hash handset)
{
    const struct hash nobody = { { 0 } };

    return !hash_same(s->handset, nobody) && !hash_same(s->handset, handset);
}

static struct hash handset_of(const struct command_seat_join *c, const struct context *context)
{
    return c->has_handset ? c->handset : context->secret;
}

static struct fact_seat_added *sits_down(const struct meeting *m, int64_t seat, struct text *name,
                                         struct text *function, enum device device, int64_t with,
                                         struct facts *out)
{
    struct fact_seat_added *f = &facts_add(out, FACT_SEAT_ADDED)->is.seat_added;

    *f = (struct fact_seat_added){
        .seat = seat,
        .name = text_ref(name),
        .function = text_ref(function),
        .device = device,
        .has_with = with != 0,
        .with = with,
    };
    out->made = MADE_SEAT;
    out->made_seat = seat;
    if (m->floor.lap > 0 && lap_takes_newcomer(m, m->floor.part, function) &&
        !together_joins(m, m->floor.part, with))
        hands_seat_joins(m, seat, out);
    method_seat_joins(m, seat, out);
    return f;
}

int64_t roster_host(const struct meeting *m, int64_t seat)
{
    int64_t with = roster_seat(m, seat)->with;

    return with != 0 ? with : seat;
}

static size_t at_phone_of(const struct meeting *m, int64_t host)
{
    size_t count = 1;

    for (size_t i = 0; i < m->seat_count; i++)
        count += m->seats[i].with == host;
    return count;
}

enum refusal seat_add_decide(const struct meeting *m, const struct command_seat_add *c,
                             const struct context *context, struct facts *out)
{
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (m->seat_count >= LIMIT_SEATS)
        return REFUSED_FULL;
    if (c->has_with && !roster_has(m, c->with))
        return REFUSED_NO_SUCH_SEAT;
    if (c->device == DEVICE_OWN || (c->device == DEVICE_SHARED && !c->has_with)) {
        out->field = c->device == DEVICE_OWN ? "device" : "with";
        return REFUSED_BAD_FIELD;
    }
    if (c->awaited && c->has_with) { /* Whoever shares a phone is there with it. */
        out->field = "awaited";
        return REFUSED_BAD_FIELD;
    }
    int64_t with = c->has_with ? roster_host(m, c->with) : 0;
    if (with != 0 && at_phone_of(m, with) >= LIMIT_SEATS_A_PHONE)
        return REFUSED_FULL;
    /* The phone would be in again by the seat of somebody else. */
    if (with != 0 && roster_seat(m, with)->held &&
        outside_of(m, roster_seat(m, with)->handset) != 0)
        return REFUSED_SEAT_LEFT;
    enum device device = with != 0 ? DEVICE_SHARED : DEVICE_NONE;
    struct fact_seat_added *f =
        sits_down(m, (int64_t)m->seat_count + 1, c->name, c->function, device, with, out);
    f->has_awaited = f->awaited = c->awaited;
    if (with != 0 && roster_seat(m, with)->held) {
        const struct seat_state *host = roster_seat(m, with);
        held(out, (int64_t)m->seat_count + 1, host->token, host->handset);
        if (host->device == DEVICE_OWN)
            facts_add(out, FACT_SEAT_CHANGED)->is.seat_changed =
                (struct fact_seat_changed){ .seat = with, .device = DEVICE_SHARED };
    }
    return REFUSED_NOT;
}

/* The phone that sat there comes back: also to a meeting that is over. */
static bool comes_back(const struct meeting *m, const struct command_seat_join *c)
{
    const struct seat_state *s =
        c->has_claim && roster_has(m, c->claim) ? roster_seat(m, c->claim) : NULL;

    return s && s->held && c->has_handset && hash_same(s->handset, c->handset);
}

/* Whether the phone was taken out: of the meeting, or of the seat that it claims. */
static bool is_out(const struct meeting *m, const struct command_seat_join *c)
{
    return c->has_handset &&
           (outside_of(m, c->handset) != 0 || (comes_back(m, c) && outside_barred(m, c->claim)));
}

/* Whether a phone may sit down where it claims to: where it sat, by a link, where nobody sits,
 * or by the console's leave.  A seat that waits for its link is somebody's, with all their notes.
 */
static enum refusal may_claim(const struct meeting *m, const struct command_seat_join *c,
                              bool *ret_takes)
{
    const struct seat_state *s = roster_seat(m, c->claim);
    bool its_own = comes_back(m, c);
    bool by_link = c->has_by_link && c->by_link && s->linked;

    bool somebodys = s->held || s->linked;

    *ret_takes = by_link || (somebodys && !its_own);
    if (by_link)
        return REFUSED_NOT;
    if (is_out(m, c))
        return door_lets_back(m, c);
    if (its_own)
        return REFUSED_NOT;
    return somebodys ? door_lets_take(m, c) : door_lets_in(m, c);
}

/* Somebody whose presence was another is there: here, or for a moment not.  They wait for a turn
 * where one is to be had.  with: the seat whose phone they share, 0 for none. */
static void sits_again(const struct meeting *m, int64_t seat, int64_t with, enum presence presence,
                       struct facts *out)
{
    const struct seat_state *s = roster_seat(m, seat);
    bool in_lap = m->floor.lap > 0 && m->floor.part != PART_NONE && /* Closed, it has no part. */
                  !together_joins(m, m->floor.part, with);

    if (in_lap &&
        (s->presence != PRESENCE_LEFT ? lap_takes(m, m->floor.part, seat)
                                      : lap_takes_newcomer(m, m->floor.part, s->function)))
        hands_seat_joins(m, seat, out);
    if (presence == PRESENCE_HERE)
        method_seat_joins(m, seat, out);
}

/* A phone takes a seat that nobody holds, one that it held itself, or one that it may take over. */
static enum refusal claim(const struct meeting *m, const struct command_seat_join *c,
                          const struct context *context, struct facts *out)
{
    if (!roster_has(m, c->claim))
        return REFUSED_NO_SUCH_SEAT;
    const struct seat_state *s = roster_seat(m, c->claim);
    bool takes;
    enum refusal refusal = may_claim(m, c, &takes);
    if (refusal != REFUSED_NOT)
        return refusal;

    enum device device = c->device == DEVICE_NOT ? s->device : c->device;
    bool by_link = c->has_by_link && c->by_link;
    struct text *name = s->held || (s->linked && !by_link) ? NULL : c->name;
    /* Whoever takes a seat over, or one that no phone has, has a phone of their own: who shared one
     * with that seat stays at the old one. */
    if (takes || !s->held)
        device = DEVICE_OWN;
    if (c->has_handset)
        door_in(m, c->handset, out);
    if (device != s->device || name || s->awaited)
        facts_add(out, FACT_SEAT_CHANGED)->is.seat_changed =
            (struct fact_seat_changed){ .seat = c->claim,
                                        .name = text_ref(name),
                                        .function = text_ref(name ? c->function : NULL),
                                        .device = device,
                                        .has_awaited = s->awaited };
    if (device == DEVICE_OWN && (device != s->device || name))
        together_seat_parts(m, c->claim, out);
    if (had_another(s, handset_of(c, context)))
        method_seat_moves(m, c->claim, out);
    held(out, c->claim, context->secret, handset_of(c, context));
    /* Whoever left by themselves says when they are back; for anybody else it is said by coming. */
    if (s->presence == PRESENCE_LEFT && (!comes_back(m, c) || is_out(m, c))) {
        facts_add(out, FACT_SEAT_CHANGED)->is.seat_changed =
            (struct fact_seat_changed){ .seat = c->claim, .presence = PRESENCE_HERE };
        sits_again(m, c->claim, device == DEVICE_OWN ? 0 : s->with, PRESENCE_HERE, out);
    }
    out->made = MADE_SEAT;
    out->made_seat = c->claim;
    return REFUSED_NOT;
}

enum refusal seat_join_decide(const struct meeting *m, const struct command_seat_join *c,
                              const struct context *context, struct facts *out)
{
    if (m->floor.state == STATE_CLOSED && !comes_back(m, c))
        return REFUSED_CLOSED;
    if (c->has_claim)
        return claim(m, c, context, out);
    if (m->seat_count >= LIMIT_SEATS)
        return REFUSED_FULL;
    if (!c->name) {
        out->field = "name";
        return REFUSED_BAD_FIELD;
    }
    enum refusal refusal = is_out(m, c) ? REFUSED_OUT : door_lets_in(m, c);
    if (refusal != REFUSED_NOT)
        return refusal;
    int64_t seat = (int64_t)m->seat_count + 1;
    if (c->has_handset)
        door_in(m, c->handset, out);
    sits_down(m, seat, c->name, c->function, c->device == DEVICE_NOT ? DEVICE_OWN : c->device,
              c->has_with ? c->with : 0, out);
    held(out, seat, context->secret, handset_of(c, context));
    return REFUSED_NOT;
}

static void moves(const struct meeting *m, int64_t seat, int64_t place, struct facts *out)
{
    struct seats order = { 0 };

    if (!seats_reserve(&order, m->table.count)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < m->table.count; i++) {
        if ((int64_t)order.count + 1 == place)
            seats_push(&order, seat);
        if (m->table.at[i] != seat)
            seats_push(&order, m->table.at[i]);
    }
    seats_push(&order, seat);
    facts_order(out, &facts_add(out, FACT_TABLE_ORDERED)->is.table_ordered.order, &order);
    seats_free(&order);
}

/* Whoever sits there may mend the own name, leave, and come back, unless the console has taken them
 * out.  Where a seat stands, and who is
 * only away, is the console's; and in minutes that are made a name stays as it was. */
static enum refusal may_change(const struct meeting *m, const struct command_seat_change *c,
                               const struct context *context)
{
    int64_t seat = 0;

    if (context->role == ROLE_PHONE && m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (context->role == ROLE_PHONE && (c->has_place || c->presence == PRESENCE_AWAY))
        return REFUSED_NOT_YOURS;
    enum refusal refusal = turn_whose(m, context, true, c->seat, &seat);
    if (refusal == REFUSED_NOT && context->role == ROLE_PHONE && c->presence == PRESENCE_HERE &&
        outside_barred(m, seat))
        return REFUSED_OUT;
    return refusal;
}

enum refusal seat_change_decide(const struct meeting *m, const struct command_seat_change *c,
                                const struct context *context, struct facts *out)
{
    enum refusal refusal = may_change(m, c, context);
    if (refusal != REFUSED_NOT)
        return refusal;
    const struct seat_state *s = roster_seat(m, c->seat);
    bool name = c->name && !text_same(c->name, s->name);
    bool function = c->function && !text_same(c->function, s->function);
    bool presence = c->presence != PRESENCE_NOT && (c->presence != s->presence || s->awaited);

    bool bars = presence && c->presence == PRESENCE_LEFT && context->role != ROLE_PHONE &&
                (s->held || s->linked);

    if (!name && !function && !presence && !c->has_place)
        return REFUSED_NOTHING_CHANGED;
    if (presence && c->presence != PRESENCE_LEFT && outside_barred(m, c->seat))
        door_in(m, s->handset, out);
    if (name || function || presence)
        facts_add(out, FACT_SEAT_CHANGED)->is.seat_changed = (struct fact_seat_changed){
            .seat = c->seat,
            .name = text_ref(name ? c->name : NULL),
            .function = text_ref(function ? c->function : NULL),
            .presence = presence ? c->presence : PRESENCE_NOT,
            .has_awaited = presence && s->awaited,
            .has_barred = bars,
            .barred = bars,
        };
    if (presence && c->presence == PRESENCE_LEFT)
        turn_seat_leaves(m, c->seat, context, out);
    if (presence && c->presence != PRESENCE_LEFT)
        sits_again(m, c->seat, s->with, c->presence, out);
    if (presence && c->presence == PRESENCE_LEFT)
        method_seat_leaves(m, c->seat, out);
    if (c->has_place)
        moves(m, c->seat, c->place, out);
    return REFUSED_NOT;
}

bool seat_change_keep(const struct meeting *m, const struct command_seat_change *c,
                      const struct context *context, struct keeping *keeping, struct facts *out)
{
    struct undo_values *was = &keeping->kept->was, *became = &keeping->kept->became;

    keeping->memento = c->presence != PRESENCE_NOT || c->has_place;
    keeping->table = c->has_place;
    keeping->kept->has_was = keeping->kept->has_became = roster_has(m, c->seat);
    if (!keeping->kept->has_was)
        return true;
    const struct seat_state *s = roster_seat(m, c->seat);
    was->name = text_ref(c->name ? s->name : NULL);
    was->function = text_ref(c->function ? s->function : NULL);
    was->presence = c->presence == PRESENCE_NOT ? PRESENCE_NOT : s->presence;
    was->has_barred = was->barred = c->presence != PRESENCE_NOT && outside_barred(m, c->seat);
    was->has_awaited = was->awaited = c->presence != PRESENCE_NOT && s->awaited;
    became->name = text_ref(c->name);
    became->function = text_ref(c->function);
    became->presence = c->presence;
    return true;
}

/* Sets name, function and presence again, each where the command changed it and nobody has since;
 * with the presence comes back that somebody was awaited. */
void seat_change_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    const struct undo_values *was = &kept->was, *became = &kept->became;
    int64_t seat = undo_seat(then, kept);

    if (seat == 0 || !undo_has_values(kept))
        return;
    struct seat_state *s = mutable_seat(then, seat);
    bool name = became->name && text_same(s->name, became->name) && !text_same(s->name, was->name);
    bool function = became->function && text_same(s->function, became->function) &&
                    !text_same(s->function, was->function);
    bool awaited = was->awaited && s->device == DEVICE_NONE; /* No phone has come since. */
    bool presence = became->presence != PRESENCE_NOT && s->presence == became->presence &&
                    (s->presence != was->presence || awaited);
    if (!name && !function && !presence)
        return;
    if (presence && was->presence != PRESENCE_LEFT && outside_barred(then, seat))
        door_in(then, s->handset, out);
    struct fact_seat_changed *f = &facts_add(out, FACT_SEAT_CHANGED)->is.seat_changed;
    f->seat = seat;
    if (name)
        f->name = text_ref(was->name);
    if (function) {
        f->function = was->function ? text_ref(was->function) : text_from("");
        out->failed |= !f->function;
    }
    if (presence)
        f->presence = s->presence = was->presence;
    if (presence && awaited)
        f->has_awaited = f->awaited = s->awaited = true;
    if (presence && was->presence == PRESENCE_LEFT)
        f->has_barred = f->barred = was->barred;
}

/* Whoever has the seat now loses it at once: the link is for when that phone is gone. */
enum refusal seat_link_decide(const struct meeting *m, const struct command_seat_link *c,
                              const struct context *context, struct facts *out)
{
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (!roster_has(m, c->seat))
        return REFUSED_NO_SUCH_SEAT;
    facts_add(out, FACT_SEAT_LINKED)->is.seat_linked =
        (struct fact_seat_linked){ .seat = c->seat, .token = context->secret };
    facts_add(out, FACT_SEAT_HELD)->is.seat_held = (struct fact_seat_held){ .seat = c->seat };
    return REFUSED_NOT;
}

enum refusal table_order_decide(const struct meeting *m, const struct command_table_order *c,
                                const struct context *context, struct facts *out)
{
    const struct seats order = { .count = c->order.count, .at = c->order.at };

    if (!seats_permuted(&m->table, &c->order))
        return REFUSED_ORDER_MISMATCH;
    facts_order(out, &facts_add(out, FACT_TABLE_ORDERED)->is.table_ordered.order, &order);
    return REFUSED_NOT;
}

bool table_order_keep(const struct meeting *m, const struct command_table_order *c,
                      const struct context *context, struct keeping *keeping, struct facts *out)
{
    keeping->table = true;
    return true;
}

void table_order_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    /* The order of the table stands in the course of the meeting. */
}

void roster_close(struct meeting *m)
{
    for (size_t i = 0; i < m->seat_count; i++)
        m->seats[i].linked = false;
}

/* A seat is on another phone now. What the phones of all who share that one have been told was
 * chosen for other seats; `moved` sees to it that they get a snapshot when they come again. */
static void apply_moved(struct meeting *m, int64_t seat)
{
    int64_t host = roster_host(m, seat);

    for (size_t i = 0; i < m->seat_count; i++)
        if ((int64_t)i + 1 == seat || roster_host(m, (int64_t)i + 1) == host)
            m->seats[i].moved = m->seq;
}

bool seat_changed_room(struct meeting *m, const struct fact_seat_changed *f)
{
    return !f->barred || outside_room(m);
}

void seat_changed_apply(struct meeting *m, const struct fact_seat_changed *f)
{
    struct seat_state *s = mutable_seat(m, f->seat);

    if (f->name)
        text_put(&s->name, f->name);
    if (f->function)
        text_put(&s->function, f->function->len > 0 ? f->function : NULL);
    if (f->presence != PRESENCE_NOT)
        s->presence = f->presence;
    bool returns = f->presence == PRESENCE_HERE || f->presence == PRESENCE_AWAY;
    if (s->held && (f->barred || (returns && outside_barred(m, f->seat))))
        apply_moved(m, f->seat); /* Whoever stays at the phone is there without it, or with. */
    if (returns)
        outside_seat_returns(m, f->seat);
    if (f->barred) {
        s->linked = false;
        outside_seat_barred(m, f->seat);
        door_spent(m, s->handset);
    }
    if (f->has_awaited)
        s->awaited = f->awaited;
    if (f->device != DEVICE_NOT)
        s->device = f->device;
    if (f->device == DEVICE_OWN) {
        apply_moved(m, f->seat);
        together_part(m, f->seat);
    }
}

void seat_added_apply(struct meeting *m, const struct fact_seat_added *f)
{
    assert(f->seat == (int64_t)m->seat_count + 1 && m->seat_count < m->seat_room);
    m->seats[m->seat_count++] = (struct seat_state){
        .name = text_ref(f->name),
        .function = text_ref(f->function),
        .device = f->device,
        .presence = PRESENCE_HERE,
        .with = f->has_with ? f->with : 0,
        .awaited = f->awaited,
    };
    seats_push(&m->table, f->seat);
}

/* Journals of earlier releases hold a phone's id, which the console may have been told.  It makes
 * another handset than a hello with that id: only the token opens what that phone wrote. */
static struct hash handset_of_told(struct uuid id)
{
    static const char what[] = "phone";
    uint8_t bytes[sizeof(what) + sizeof(id)];

    memcpy(bytes, what, sizeof(what));
    memcpy(bytes + sizeof(what), &id, sizeof(id));
    return hash_of(bytes, sizeof(bytes));
}

static void hold(struct seat_state *s, struct hash handset)
{
    s->elsewhere |= had_another(s, handset);
    s->handset = handset;
}

void seat_held_apply(struct meeting *m, const struct fact_seat_held *f)
{
    struct seat_state *s = mutable_seat(m, f->seat);

    s->held = f->has_token;
    s->token = f->token;
    if (s->held)
        hold(s, f->has_handset ? f->handset : f->has_phone ? handset_of_told(f->phone) : f->token);
    if (s->held) {
        s->linked = false;
        outside_seat_returns(m, f->seat);
    }
    apply_moved(m, f->seat);
    if (s->held)
        door_forget(m, f->has_phone ? f->phone : door_name(s->handset));
}

void seat_linked_apply(struct meeting *m, const struct fact_seat_linked *f)
{
    struct seat_state *s = mutable_seat(m, f->seat);

    s->linked = true;
    s->link = f->token;
    door_spent(m, s->handset);
}

void table_ordered_apply(struct meeting *m, const struct fact_table_ordered *f)
{
    seats_set(&m->table, &f->order);
}
