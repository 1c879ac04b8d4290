#include "engine/door.h"

#include <assert.h>
#include <string.h>

#include "dispatch.gen.h"

static const struct knock *find(const struct meeting *m, struct uuid phone)
{
    for (size_t i = 0; i < m->knock_count; i++)
        if (uuid_same(m->knocks[i].phone, phone))
            return &m->knocks[i];
    return NULL;
}

/* What was answered to the phone about this seat (0: about any); `otherwise` while nothing was. */
static enum refusal answered(const struct meeting *m, const struct command_seat_join *c,
                             int64_t seat, enum refusal otherwise)
{
    const struct knock *k = c->has_phone ? find(m, c->phone) : NULL;

    if (!k || (seat != 0 && k->claim != seat))
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
    if (!m->door_closed || c->has_with) /* Whoever comes with somebody comes in with them. */
        return REFUSED_NOT;
    return answered(m, c, 0, REFUSED_DOOR_CLOSED);
}

enum refusal door_lets_take(const struct meeting *m, const struct command_seat_join *c)
{
    assert(c->has_claim);
    return answered(m, c, c->claim, REFUSED_SEAT_TAKEN);
}

void door_seated(const struct meeting *m, const struct command_seat_join *c, struct facts *out)
{
    const struct knock *k = c->has_phone ? find(m, c->phone) : NULL;

    if (k && k->state == KNOCK_WAITS)
        facts_add(out, FACT_KNOCK_ANSWERED)->is.knock_answered =
            (struct fact_knock_answered){ .phone = c->phone, .let_in = true };
}

static enum refusal close_door(const struct meeting *m, bool closed, struct facts *out)
{
    if (m->door_closed == closed)
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_DOOR_CHANGED)->is.door_changed.closed = closed;
    return REFUSED_NOT;
}

static enum refusal knock(const struct meeting *m, const struct command_door_knock *c,
                          struct facts *out)
{
    const struct knock *was = find(m, c->phone);
    size_t waiting = 0;

    for (size_t i = 0; i < m->knock_count; i++)
        waiting += m->knocks[i].state == KNOCK_WAITS;
    if (was && was->state == KNOCK_WAITS && was->claim == c->claim)
        return REFUSED_NOTHING_CHANGED;
    if (waiting >= LIMIT_KNOCKS && !(was && was->state == KNOCK_WAITS))
        return REFUSED_FULL;
    facts_add(out, FACT_KNOCK_ADDED)->is.knock_added = (struct fact_knock_added){
        .phone = c->phone,
        .name = text_ref(c->name),
        .function = text_ref(c->function),
        .has_claim = c->has_claim,
        .claim = c->claim,
    };
    return REFUSED_NOT;
}

static enum refusal answer(const struct meeting *m, const struct command_knock_answer *c,
                           struct facts *out)
{
    const struct knock *k = find(m, c->phone);

    if (!k || k->state != KNOCK_WAITS)
        return REFUSED_NO_SUCH_KNOCK;
    facts_add(out, FACT_KNOCK_ANSWERED)->is.knock_answered =
        (struct fact_knock_answered){ .phone = c->phone, .let_in = c->let_in };
    return REFUSED_NOT;
}

enum refusal door_decide(const struct meeting *m, const struct command *c, const struct step *step,
                         struct facts *out)
{
    (void)step;
    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    switch ((int)c->kind) {
    case COMMAND_DOOR_CLOSE:
        return close_door(m, c->with.door_close.closed, out);
    case COMMAND_DOOR_KNOCK:
        return knock(m, &c->with.door_knock, out);
    case COMMAND_KNOCK_ANSWER:
        return answer(m, &c->with.knock_answer, out);
    }
    assert(false);
    return REFUSED_UNKNOWN_COMMAND;
}

static void take_out(struct meeting *m, size_t at)
{
    assert(at < m->knock_count);
    text_unref(m->knocks[at].name);
    text_unref(m->knocks[at].function);
    m->knock_count--;
    memmove(&m->knocks[at], &m->knocks[at + 1], (m->knock_count - at) * sizeof(m->knocks[0]));
}

void door_forget(struct meeting *m, struct uuid phone)
{
    const struct knock *k = find(m, phone);

    if (k)
        take_out(m, (size_t)(k - m->knocks));
}

void door_clear(struct meeting *m)
{
    while (m->knock_count > 0)
        take_out(m, m->knock_count - 1);
}

/* Of those who were answered and have not come, the first is forgotten; it may knock again. */
static void make_room(struct meeting *m)
{
    size_t at = 0;

    if (m->knock_count < LIMIT_KNOCKS_KEPT)
        return;
    while (at < m->knock_count && m->knocks[at].state == KNOCK_WAITS)
        at++;
    take_out(m, at);
}

void door_apply(struct meeting *m, const struct fact *f)
{
    const struct fact_knock_added *added = &f->is.knock_added;

    switch ((int)f->kind) {
    case FACT_DOOR_CHANGED:
        m->door_closed = f->is.door_changed.closed;
        break;
    case FACT_KNOCK_ADDED:
        door_forget(m, added->phone);
        make_room(m);
        m->knocks[m->knock_count++] = (struct knock){
            .phone = added->phone,
            .name = text_ref(added->name),
            .function = text_ref(added->function),
            .claim = added->has_claim ? added->claim : 0,
        };
        break;
    case FACT_KNOCK_ANSWERED: {
        struct knock *k = (struct knock *)find(m, f->is.knock_answered.phone);
        assert(k);
        k->state = f->is.knock_answered.let_in ? KNOCK_LET_IN : KNOCK_NOT_LET_IN;
        text_put(&k->name, NULL);
        text_put(&k->function, NULL);
        break;
    }
    }
}
