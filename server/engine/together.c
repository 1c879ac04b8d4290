#include "engine/together.h"

#include <assert.h>

#include "dispatch.gen.h"
#include "engine/hands.h"
#include "engine/lap.h"
#include "engine/roster.h"
#include "engine/turn.h"
#include "engine/undo_values.h"

/* Seats at the phone of another one, which is not among them. */
struct companions {
    size_t count;
    int64_t at[LIMIT_SEATS_A_PHONE];
};

static bool has(const struct companions *c, int64_t seat)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->at[i] == seat)
            return true;
    return false;
}

static struct companions companions_of(const struct meeting *m, int64_t host)
{
    struct companions all = { .count = 0 };

    for (size_t i = 0; i < m->seat_count && all.count < LIMIT_SEATS_A_PHONE; i++)
        if (m->seats[i].with == host)
            all.at[all.count++] = (int64_t)i + 1;
    return all;
}

bool together_shares(const struct meeting *m, int64_t host)
{
    return companions_of(m, host).count > 0;
}

bool together_joins(const struct meeting *m, int part, int64_t with)
{
    return with != 0 && roster_seat(m, with)->together && lap_takes(m, part, with);
}

/* Whether the seat has, or has had, a turn of its own in the running lap. */
static bool has_own(const struct meeting *m, int64_t seat)
{
    return m->floor.speaker == seat || seats_have(&m->floor.queue, seat) ||
           seats_have(&m->floor.heard, seat);
}

/* Those who share the seat's turn in the part's laps. */
static struct companions sharing(const struct meeting *m, int part, int64_t host, bool anew)
{
    struct companions some = { .count = 0 };

    if (!together_joins(m, part, host))
        return some;
    const struct companions all = companions_of(m, host);
    for (size_t i = 0; i < all.count; i++)
        if (lap_takes(m, part, all.at[i]) && (anew || !has_own(m, all.at[i])))
            some.at[some.count++] = all.at[i];
    return some;
}

int64_t together_voices(const struct meeting *m, int64_t seat)
{
    return m->floor.lap > 0 ? 1 + (int64_t)sharing(m, m->floor.part, seat, false).count : 1;
}

int64_t together_voices_anew(const struct meeting *m, int part, int64_t seat, int64_t leaving)
{
    const struct companions others = sharing(m, part, seat, true);

    return 1 + (int64_t)others.count - has(&others, leaving);
}

static bool waits_in_lap(const struct meeting *m, int64_t seat)
{
    return m->floor.lap > 0 && m->floor.part != PART_NONE && seats_have(&m->floor.queue, seat);
}

/* Adds the fact that sets the queue without `companions`, or, with `comes`, with them in the place
 * right behind the host.  Without `stays` the host itself is taken out.  Example: A and B wait, A
 * leaves, and C and D shared A's phone: then C, D and B wait. */
static void requeue(const struct meeting *m, int64_t host, bool stays,
                    const struct companions *companions, bool comes, struct facts *out)
{
    struct seats order = { 0 };

    if (companions->count == 0 && stays)
        return;
    if (!seats_reserve(&order, m->floor.queue.count + companions->count)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < m->floor.queue.count; i++) {
        int64_t seat = m->floor.queue.at[i];
        if (!has(companions, seat) && (stays || seat != host))
            seats_push(&order, seat);
        for (size_t k = 0; comes && seat == host && k < companions->count; k++)
            seats_push(&order, companions->at[k]);
    }
    facts_order(out, &facts_add(out, FACT_FLOOR_ORDERED)->is.floor_ordered.order, &order);
    seats_free(&order);
}

size_t together_seat_leaves(const struct meeting *m, int64_t seat, struct facts *out)
{
    struct companions heirs = { .count = 0 };

    assert(seats_have(&m->floor.queue, seat));
    if (waits_in_lap(m, seat))
        heirs = sharing(m, m->floor.part, seat, false);
    requeue(m, seat, false, &heirs, true, out);
    return heirs.count;
}

void together_seat_parts(const struct meeting *m, int64_t seat, struct facts *out)
{
    int64_t host = roster_host(m, seat);

    if (!waits_in_lap(m, host))
        return;
    struct companions shares = sharing(m, m->floor.part, host, false);
    if (host != seat) {
        if (has(&shares, seat))
            hands_seat_joins(m, seat, out);
        return;
    }
    int64_t first = companions_of(m, host).at[0];
    if (has(&shares, first)) /* The first one's turn will be that of all who stay. */
        shares = (struct companions){ .count = 1, .at = { first } };
    requeue(m, host, true, &shares, true, out);
}

void together_part(struct meeting *m, int64_t seat)
{
    struct seat_state *parts = &m->seats[seat - 1];
    int64_t host = roster_host(m, seat);
    struct companions all = companions_of(m, host);
    size_t others = all.count - (host != seat);

    parts->with = 0;
    if (host == seat && all.count > 0) {
        host = all.at[0];
        for (size_t i = 0; i < all.count; i++)
            m->seats[all.at[i] - 1].with = all.at[i] == host ? 0 : host;
        others--;
    }
    bool together = parts->together || m->seats[host - 1].together;
    parts->together = false;
    m->seats[host - 1].together = together && others > 0;
}

/* Those at the seat's phone who wait for themselves. */
static struct companions waiting(const struct meeting *m, int64_t host)
{
    const struct companions all = companions_of(m, host);
    struct companions some = { .count = 0 };

    for (size_t i = 0; i < all.count; i++)
        if (seats_have(&m->floor.queue, all.at[i]))
            some.at[some.count++] = all.at[i];
    return some;
}

enum refusal seat_together_decide(const struct meeting *m, const struct command_seat_together *c,
                                  const struct context *context, struct facts *out)
{
    int64_t seat = 0;

    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    enum refusal refusal = turn_whose(m, context, true, c->seat, &seat);
    if (refusal != REFUSED_NOT)
        return refusal;
    int64_t host = roster_host(m, seat);
    if (roster_seat(m, host)->together == c->together || (c->together && !together_shares(m, host)))
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_SEAT_TOGETHER)->is.seat_together =
        (struct fact_seat_together){ .seat = host, .together = c->together };
    if (!waits_in_lap(m, host)) /* Each has had a turn in this lap, or waits for one. */
        return REFUSED_NOT;
    struct companions others =
        c->together ? waiting(m, host) : sharing(m, m->floor.part, host, false);
    requeue(m, host, true, &others, !c->together, out);
    return REFUSED_NOT;
}

bool seat_together_keep(const struct meeting *m, const struct command_seat_together *c,
                        const struct context *context, struct keeping *keeping, struct facts *out)
{
    struct fact_undo_kept *kept = keeping->kept;

    kept->has_was = kept->has_became = roster_has(m, c->seat);
    if (!kept->has_was)
        return true;
    kept->was.has_together = kept->became.has_together = true;
    kept->was.together = roster_seat(m, roster_host(m, c->seat))->together;
    kept->became.together = c->together;
    return true;
}

void seat_together_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    int64_t seat = undo_seat(then, kept);

    if (seat == 0 || !undo_has_values(kept))
        return;
    int64_t host = roster_host(then, seat);
    struct seat_state *s = &then->seats[host - 1];
    bool was = kept->was.together;
    if (s->together == was || (was && !together_shares(then, host)))
        return;
    s->together = was;
    facts_add(out, FACT_SEAT_TOGETHER)->is.seat_together =
        (struct fact_seat_together){ .seat = host, .together = was };
}

void seat_together_apply(struct meeting *m, const struct fact_seat_together *f)
{
    assert(roster_has(m, f->seat));
    m->seats[f->seat - 1].together = f->together;
}
