#include "engine/door.h"

#include <assert.h>
#include <string.h>

#include "dispatch.gen.h"
#include "engine/undo_values.h"

struct uuid door_name(struct hash handset)
{
    static const char what[] = "knock";
    uint8_t bytes[sizeof(what) + sizeof(handset)];
    struct uuid name;

    memcpy(bytes, what, sizeof(what));
    memcpy(bytes + sizeof(what), &handset, sizeof(handset));
    struct hash made = hash_of(bytes, sizeof(bytes));
    memcpy(name.b, made.b, sizeof(name.b));
    name.b[6] = (uint8_t)((name.b[6] & 0x0F) | 0x80); /* RFC 9562, version 8: made of a hash. */
    name.b[8] = (uint8_t)((name.b[8] & 0x3F) | 0x80);
    return name;
}

static const struct caller *find(const struct meeting *m, struct uuid name)
{
    for (size_t i = 0; i < m->knock_count; i++)
        if (uuid_same(m->knocks[i].asked.phone, name))
            return &m->knocks[i];
    return NULL;
}

/* What the console has answered the phone: about this seat, or, where it is 0, about whatever the
 * phone asked for.  `otherwise` where the phone has not asked for that, or still waits. */
static enum refusal answered(const struct meeting *m, const struct command_seat_join *c,
                             int64_t seat, enum refusal otherwise)
{
    const struct caller *k = c->has_handset ? find(m, door_name(c->handset)) : NULL;

    if (!k || (seat != 0 && k->asked.claim != seat))
        return otherwise;
    switch (k->state) {
    case KNOCK_LET_IN:
        return REFUSED_NOT;
    case KNOCK_NOT_LET_IN:
        return REFUSED_NOT_LET_IN;
    case KNOCK_WAITS:
        break;
    }
    return otherwise;
}

enum refusal door_lets_in(const struct meeting *m, const struct command_seat_join *c)
{
    if (!m->door_closed || c->has_with) /* Whoever comes with somebody need not knock. */
        return REFUSED_NOT;
    return answered(m, c, 0, REFUSED_DOOR_CLOSED);
}

enum refusal door_lets_take(const struct meeting *m, const struct command_seat_join *c)
{
    assert(c->has_claim);
    return answered(m, c, c->claim, REFUSED_SEAT_TAKEN);
}

enum refusal door_lets_back(const struct meeting *m, const struct command_seat_join *c)
{
    assert(c->has_claim);
    return answered(m, c, c->claim, REFUSED_OUT);
}

void door_in(const struct meeting *m, struct hash handset, struct facts *out)
{
    const struct caller *k = find(m, door_name(handset));

    if (k && k->state == KNOCK_WAITS)
        facts_add(out, FACT_KNOCK_ANSWERED)->is.knock_answered =
            (struct fact_knock_answered){ .phone = k->asked.phone, .let_in = true };
}

enum refusal door_close_decide(const struct meeting *m, const struct command_door_close *c,
                               const struct context *context, struct facts *out)
{
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (m->door_closed == c->closed)
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_DOOR_CHANGED)->is.door_changed.closed = c->closed;
    return REFUSED_NOT;
}

enum refusal door_knock_decide(const struct meeting *m, const struct command_door_knock *c,
                               const struct context *context, struct facts *out)
{
    const struct caller *was = find(m, c->knock.phone);
    size_t waiting = 0;

    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    for (size_t i = 0; i < m->knock_count; i++)
        waiting += m->knocks[i].state == KNOCK_WAITS;
    if (was && was->state == KNOCK_WAITS && was->asked.claim == c->knock.claim)
        return REFUSED_NOTHING_CHANGED;
    if (waiting >= LIMIT_KNOCKS && !(was && was->state == KNOCK_WAITS))
        return REFUSED_FULL;
    struct fact *f = facts_add(out, FACT_KNOCK_ADDED);
    if (!record_copy(&knock_record, &f->is.knock_added.knock, &c->knock))
        out->failed = true;
    return REFUSED_NOT;
}

enum refusal knock_answer_decide(const struct meeting *m, const struct command_knock_answer *c,
                                 const struct context *context, struct facts *out)
{
    const struct caller *k = find(m, c->phone);

    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (!k || k->state != KNOCK_WAITS)
        return REFUSED_NO_SUCH_KNOCK;
    facts_add(out, FACT_KNOCK_ANSWERED)->is.knock_answered =
        (struct fact_knock_answered){ .phone = c->phone, .let_in = c->let_in };
    return REFUSED_NOT;
}

bool door_close_keep(const struct meeting *m, const struct command_door_close *c,
                     const struct context *context, struct keeping *keeping, struct facts *out)
{
    struct fact_undo_kept *kept = keeping->kept;

    kept->has_was = kept->has_became = true;
    kept->was.has_closed = kept->became.has_closed = true;
    kept->was.closed = m->door_closed;
    kept->became.closed = c->closed;
    return true;
}

void door_close_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    if (undo_has_values(kept) && then->door_closed == kept->became.closed)
        facts_add(out, FACT_DOOR_CHANGED)->is.door_changed.closed = kept->was.closed;
}

static void take_out(struct meeting *m, size_t at)
{
    assert(at < m->knock_count);
    record_release(&knock_record, &m->knocks[at].asked);
    m->knock_count--;
    memmove(&m->knocks[at], &m->knocks[at + 1], (m->knock_count - at) * sizeof(m->knocks[0]));
}

void door_forget(struct meeting *m, struct uuid name)
{
    const struct caller *k = find(m, name);

    if (k)
        take_out(m, (size_t)(k - m->knocks));
}

void door_spent(struct meeting *m, struct hash handset)
{
    const struct caller *k = find(m, door_name(handset));

    if (k && k->state != KNOCK_WAITS)
        take_out(m, (size_t)(k - m->knocks));
}

void door_clear(struct meeting *m)
{
    while (m->knock_count > 0)
        take_out(m, m->knock_count - 1);
}

/* Makes room for a knock: forgets the oldest one that was answered. That phone may knock again. */
static void make_room(struct meeting *m)
{
    size_t at = 0;

    if (m->knock_count < LIMIT_KNOCKS_KEPT)
        return;
    while (at < m->knock_count && m->knocks[at].state == KNOCK_WAITS)
        at++;
    take_out(m, at);
}

void door_changed_apply(struct meeting *m, const struct fact_door_changed *f)
{
    m->door_closed = f->closed;
}

void knock_added_apply(struct meeting *m, const struct fact_knock_added *f)
{
    const struct knock *asked = &f->knock;

    door_forget(m, asked->phone);
    make_room(m);
    m->knocks[m->knock_count++].asked = (struct knock){
        .phone = asked->phone,
        .name = text_ref(asked->name),
        .function = text_ref(asked->function),
        .has_claim = asked->has_claim,
        .claim = asked->claim,
    };
    m->knocks[m->knock_count - 1].state = KNOCK_WAITS;
}

void knock_answered_apply(struct meeting *m, const struct fact_knock_answered *f)
{
    struct caller *k = (struct caller *)find(m, f->phone);

    assert(k);
    k->state = f->let_in ? KNOCK_LET_IN : KNOCK_NOT_LET_IN;
    text_put(&k->asked.name, NULL);
    text_put(&k->asked.function, NULL);
}
