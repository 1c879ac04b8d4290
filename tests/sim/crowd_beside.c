/* crowd_beside.c -- what is pressed beside the conversation: points under a heading, recaps,
 * figures, the wall, who presents, another agenda, new links. */
#include <string.h>

#include "sim/crowd.h"
#include "sim/peer.h"

static json_t *any_id(struct sim *s, const struct peer *p, const char *list, const char *key)
{
    json_t *all = json_object_get(p->state ? p->state : s->observer->state, list);
    size_t count = json_array_size(all);
    json_t *one = count ? json_array_get(all, (size_t)sim_roll(s, count)) : NULL;

    return one ? json_incref(json_object_get(one, key)) : NULL;
}

static void recap(struct peer *p)
{
    struct sim *s = p->sim;

    json_t *with =
        json_pack("{s:o, s:I, s:o}", "part", crowd_part(s), "lap", (json_int_t)(1 + sim_roll(s, 3)),
                  "text", sim_chance(s, 20) ? json_string("") : crowd_words(s, "recap"));

    crowd_base(p, with, "recaps", "part");
    peer_ask(p, "recap.save", with);
}

/* Points under a heading, some of them from another one. */
static void group(struct peer *p)
{
    struct sim *s = p->sim;
    json_t *with = json_object(), *points = json_array(), *id;

    for (uint64_t n = sim_roll(s, 4); n > 0; n--)
        if ((id = any_id(s, p, "contributions", "id"))) {
            bool twice = false;
            for (size_t i = 0; i < json_array_size(points); i++)
                twice |= json_equal(json_array_get(points, i), id);
            if (twice)
                json_decref(id);
            else
                json_array_append_new(points, id);
        }
    if (sim_chance(s, 60) && (id = any_id(s, p, "groups", "group")))
        json_object_set_new(with, "group", id);
    if (sim_chance(s, 70))
        json_object_set_new(with, "title", crowd_words(s, "heading"));
    json_object_set_new(with, "contributions", points);
    peer_ask(p, "group.set", with);
}

/* A confidential text has a name of its own, so that the auditor knows it wherever it stands. */
static void figures(struct peer *p)
{
    struct sim *s = p->sim;
    json_t *with = json_object(), *id = any_id(s, p, "data", "data");
    bool hidden = sim_chance(s, 35), link = sim_chance(s, 40);

    if (id && sim_chance(s, 25)) {
        json_object_set_new(with, "data", id);
        peer_ask(p, "data.remove", with);
        return;
    }
    if (id && sim_chance(s, 60))
        json_object_set(with, "data", id);
    json_decref(id);
    json_object_set_new(with, "title", crowd_words(s, hidden ? "confided" : "figures"));
    json_object_set_new(with, "kind", json_string(link ? "link" : "table"));
    json_object_set_new(with, link ? "url" : "csv",
                        json_string(link ? "https://skole.example/tal" : "Sted;Andel\nGård;16 %"));
    if (!link)
        json_object_set_new(with, "chart", json_string(sim_chance(s, 50) ? "bar" : "none"));
    if (hidden || sim_chance(s, 20))
        json_object_set_new(with, "confidential", json_boolean(hidden));
    peer_ask(p, "data.put", with);
}

static void wall(struct peer *p)
{
    static const char *const plain[] = { "meeting", "blank", "slides" };
    struct sim *s = p->sim;
    uint64_t mood = sim_roll(s, 100);
    bool card = mood >= 60 && mood < 80;
    const char *key = card ? "contribution" : "data";
    json_t *id =
        mood < 60 ? NULL : any_id(s, p, card ? "contributions" : "data", card ? "id" : key);

    if (mood < 40)
        peer_ask(p, "wall.show", json_pack("{s:s}", "show", plain[sim_roll(s, 3)]));
    else if (!id)
        peer_ask(p, "wall.show",
                 json_pack("{s:s, s:o}", "show", "message", "text", crowd_words(s, "message")));
    else
        peer_ask(p, "wall.show", json_pack("{s:s, s:o}", "show", card ? "card" : "data", key, id));
}

static void assign(struct peer *p)
{
    struct sim *s = p->sim;
    json_t *with = json_pack("{s:o, s:s}", "part", crowd_part(s), "as",
                             sim_chance(s, 70) ? "presenter" : "facilitator");

    if (sim_chance(s, 70))
        json_object_set_new(with, "seat", json_integer(crowd_seat(s)));
    peer_ask(p, "part.assign", with);
}

/* What came of something; now and then of what is not there. */
static void came(struct peer *p)
{
    static const char *const outcomes[] = { "done", "under_way", "dropped" };
    struct sim *s = p->sim;
    json_t *all = json_object_get(p->state ? p->state : s->observer->state, "carried");
    const json_t *one = json_array_get(all, (size_t)sim_roll(s, json_array_size(all) + 1));
    json_t *with = json_object(), *word = json_object_get(one, "word");

    json_object_set_new(with, "id",
                        one ? json_incref(json_object_get(one, "id"))
                            : json_string("c0000000-0000-4000-8000-0000000000ff"));
    if (sim_now(s) % 4 != 0)
        json_object_set_new(with, "base", word ? json_incref(word) : json_string(""));
    if (sim_chance(s, 80))
        json_object_set_new(with, "outcome", json_string(outcomes[sim_roll(s, 3)]));
    if (sim_chance(s, 60))
        json_object_set_new(with, "word", crowd_words(s, "word"));
    peer_ask(p, "carried.set", with);
}

/* An answer to what is asked before the meeting; now and then to what is not asked. */
static void prepare(struct peer *p)
{
    struct sim *s = p->sim;
    json_t *all = p->state ? json_object_get(p->state, "before") : NULL;
    const json_t *one = json_array_get(all, (size_t)sim_roll(s, json_array_size(all) + 1));
    json_t *with = json_object(), *text = json_object_get(one, "text");

    json_object_set_new(with, "id",
                        one ? json_incref(json_object_get(one, "id")) : json_string("q9"));
    if (sim_now(s) % 4 != 0)
        json_object_set_new(with, "base", text ? json_incref(text) : json_string(""));
    if (sim_chance(s, 40))
        json_object_set_new(with, "yes", json_boolean(sim_chance(s, 50)));
    if (sim_chance(s, 70))
        json_object_set_new(with, "text", crowd_words(s, "prepared"));
    peer_ask(p, "prepared.set", with);
}

void crowd_beside(struct sim *s, struct peer *p)
{
    uint64_t mood = sim_roll(s, 100);
    bool console = peer_is(p, "console");

    if (s->seed % 4 == 1 && mood % 5 == 0)
        came(p);
    else if (s->seed % 4 == 2 && mood % 5 == 0)
        prepare(p);
    else if (mood < 20)
        recap(p);
    else if (mood < 50)
        group(p);
    else if (mood < 65 && console)
        assign(p);
    else if (mood < 80 && console)
        wall(p);
    else
        figures(p);
}

void crowd_agenda(struct peer *p)
{
    json_t *made = sim_agenda(p->sim), *agenda = json_object_get(made, "agenda");

    if (agenda && sim_chance(p->sim, 5))
        json_array_clear(json_object_get(agenda, "items"));
    if (agenda && sim_chance(p->sim, 50))
        peer_ask(p, "agenda.change", json_pack("{s:O}", "agenda", agenda));
    else if (agenda)
        peer_ask(p, "agenda.change",
                 json_pack("{s:O, s:I}", "agenda", agenda, "base",
                           (json_int_t)sim_roll(p->sim, (uint64_t)p->seq + 1)));
    json_decref(made);
}

void crowd_renew(struct peer *p)
{
    static const char *const roles[] = { "console", "board", "scribe", "leader", "phone" };

    peer_ask(p, "link.renew", json_pack("{s:s}", "role", roles[sim_roll(p->sim, 5)]));
}
