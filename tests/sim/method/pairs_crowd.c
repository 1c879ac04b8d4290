/* pairs_crowd.c -- a pair writes on one text, from either phone; now and then somebody tries
 * another's, or comes too late, or on what the other has changed meanwhile. */
#include <string.h>

#include "sim/crowd.h"
#include "sim/method/pairs.h"
#include "sim/peer.h"

static json_t *running(const struct sim *s)
{
    return json_object_get(json_object_get(s->observer->state, "now"), "part");
}

static bool has_own(const struct peer *p, const json_t *pair)
{
    size_t i;
    json_t *seat;

    json_array_foreach(json_object_get(pair, "seats"), i, seat)
    {
        if (peer_owns(p, json_integer_value(seat)))
            return true;
    }
    return false;
}

/* A pair of the part that runs, or of any; its own, where it may choose. */
static json_t *some_pair(struct peer *p, bool now, bool own)
{
    json_t *found[AUDIT_PAIRS_MAX], *each;
    size_t count = 0, i;

    json_array_foreach(json_object_get(p->state, "pairs"), i, each)
    {
        bool runs = json_equal(json_object_get(each, "part"), running(p->sim));
        if ((!now || runs) && (!own || has_own(p, each)) && count < AUDIT_PAIRS_MAX)
            found[count++] = each;
    }
    return count ? found[sim_roll(p->sim, count)] : NULL;
}

static void base(struct sim *s, json_t *with, const json_t *pair)
{
    json_t *text = json_object_get(pair, "text");

    if (sim_chance(s, 8))
        json_object_set_new(with, "base", json_string("pair 0"));
    else if (sim_chance(s, 60))
        json_object_set_new(with, "base", text ? json_copy(text) : json_string(""));
}

static bool writes(struct peer *p)
{
    struct sim *s = p->sim;
    bool own = peer_is(p, "phone") && sim_chance(s, 85);
    const json_t *pair = some_pair(p, sim_chance(s, 92), own);

    if (!pair)
        return false;
    json_t *with = json_pack("{s:O, s:o}", "pair", json_object_get(pair, "pair"), "text",
                             sim_chance(s, 15) ? json_string("") : crowd_words(s, "pair"));
    if (sim_chance(s, 4))
        json_object_set_new(with, "pair", json_integer(1 + (json_int_t)sim_roll(s, 30)));
    if (sim_chance(s, 70))
        json_object_set(with, "part", json_object_get(pair, "part"));
    else if (sim_chance(s, 10))
        json_object_set_new(with, "part", crowd_part(s));
    base(s, with, pair);
    peer_ask(p, "pairs.write", with);
    return true;
}

bool crowd_pairs(struct peer *p)
{
    struct sim *s = p->sim;
    bool runs = some_pair(p, true, false) != NULL;

    if (!p->state || !sim_chance(s, runs ? 55 : 1))
        return false;
    if (peer_is(p, "phone") || sim_chance(s, 40))
        return writes(p);
    if (sim_chance(s, 40)) {
        peer_ask(p, "undo", json_object());
        return true;
    }
    json_t *with = json_object();
    if (sim_chance(s, 60) && json_is_string(running(s)))
        json_object_set_new(with, "part",
                            sim_chance(s, 90) ? json_incref(running(s)) : crowd_part(s));
    peer_ask(p, "pairs.show", with);
    return true;
}
