/* agenda.c -- any agenda that the schema takes, every method in it sooner or later. */
#include "sim/sim.h"

static void maybe(struct sim *s, json_t *part, const char *key, uint64_t percent, json_t *value)
{
    if (sim_chance(s, percent))
        json_object_set(part, key, value);
    json_decref(value);
}

/* A method whose laps begin with the part; or one whose points are sealed until they are shown. */
static const char *method_of(struct sim *s, bool sealed)
{
    const char *names[METHOD_COUNT];
    size_t count = 0;

    for (enum method method = METHOD_NOT + 1; method < METHOD_COUNT; method++)
        if (method_infos[method].sealed == sealed && (sealed || method_infos[method].laps > 0))
            names[count++] = method_infos[method].name;
    return names[sim_roll(s, 100) * count / 100];
}

static json_t *part_of(struct sim *s, int item, int number)
{
    static const char *const starts[] = { "seat_order", "reversed", "leader_last" };
    const char *method = method_enum.names[1 + sim_roll(s, METHOD_COUNT - 1)];
    char id[16];

    if (sim_chance(s, 45)) /* Rounds are where most can go wrong. */
        method = method_of(s, false);
    else if (sim_chance(s, 40)) /* And where secrets are kept. */
        method = method_of(s, true);
    snprintf(id, sizeof(id), "%d%c", item, 'a' + number);
    json_t *part = json_pack("{s:s, s:s}", "id", id, "method", method);
    maybe(s, part, "minutes", 70, json_integer((json_int_t)sim_roll(s, 16)));
    maybe(s, part, "optional", 25, json_true());
    maybe(s, part, "on", 15, sim_chance(s, 70) ? json_true() : json_false());
    maybe(s, part, "intro", 15, json_true());
    maybe(s, part, "protected", 10, json_true());
    maybe(s, part, "answers", 25, json_true());
    maybe(s, part, "fair", 20, sim_chance(s, 30) ? json_true() : json_false());
    maybe(s, part, "remarks", 30, json_true());
    maybe(s, part, "across", 30, sim_chance(s, 80) ? json_true() : json_false());
    maybe(s, part, "start", 40, json_string(starts[sim_roll(s, 3)]));
    maybe(s, part, "turn_min", 40, json_integer(5000 + 5000 * (json_int_t)sim_roll(s, 12)));
    maybe(s, part, "laps", 50, json_integer(1 + (json_int_t)sim_roll(s, 4)));
    maybe(s, part, "first_lap", 40, json_integer(10 + (json_int_t)sim_roll(s, 81)));
    if (sim_chance(s, 12)) {
        json_object_set_new(part, "presenter_turn", json_false());
        json_object_set_new(part, "responsible", json_pack("[s]", "Skolelederen præsenterer"));
    }
    if (number > 0 && !json_object_get(part, "minutes") && sim_chance(s, 60)) {
        snprintf(id, sizeof(id), "%da", item);
        json_object_set_new(part, "shares", json_string(id));
    }
    return part;
}

static json_t *item_of(struct sim *s, int number)
{
    json_t *parts = json_array();
    int count = 1 + (int)sim_roll(s, 3);

    for (int i = 0; i < count; i++)
        json_array_append_new(parts, part_of(s, number, i));
    return json_pack("{s:i, s:s, s:i, s:[s], s:o}", "no", number, "title", "Punkt", "minutes",
                     (int)sim_roll(s, 40), "responsible", "Skoleleder", "parts", parts);
}

/* What the meeting before left: in a quarter of the meetings, some of it without an id. */
static void carry(struct sim *s, json_t *agenda)
{
    static const char *const kinds[] = { "task", "adjust", "task", "carry_forward" };
    json_t *all = json_array();
    char id[37];

    for (size_t i = 0; i < 4; i++) {
        json_t *one = json_pack("{s:s, s:s}", "kind", kinds[i], "text", "Fra sidst");
        snprintf(id, sizeof(id), "c0000000-0000-4000-8000-00000000000%d", (int)i);
        if (i > 0)
            json_object_set_new(one, "id", json_string(id));
        if (i == 2)
            json_object_set_new(one, "outcome", json_string("under_way"));
        json_array_append_new(all, one);
    }
    if (sim_chance(s, 20))
        json_array_remove(all, 1);
    json_object_set_new(agenda, "carried", all);
}

/* What is asked before the meeting: in another quarter of them, and some of it answered. */
static void ask(struct sim *s, json_t *agenda)
{
    json_t *all = json_array();
    char id[8];

    for (int i = 0; i < 4; i++) {
        snprintf(id, sizeof(id), "q%d", i);
        json_t *one = json_pack("{s:s, s:s}", "id", id, "ask", "Hvad nu?");
        if (i % 2 == 0)
            json_object_set_new(one, "yes_no", json_true());
        maybe(s, one, "yes", i % 2 == 0 ? 40 : 0, json_boolean(sim_chance(s, 50)));
        maybe(s, one, "text", 30, json_string("prepared beforehand"));
        json_array_append_new(all, one);
    }
    if (sim_chance(s, 20))
        json_array_remove(all, 1);
    json_object_set_new(agenda, "before", all);
}

json_t *sim_agenda(struct sim *s)
{
    json_t *items = json_array();
    int count = 1 + (int)sim_roll(s, 4);

    if (sim_chance(s, 20)) {
        json_decref(items);
        return json_pack("{s:s}", "template", "skoleudviklingssamtale");
    }
    for (int i = 1; i <= count; i++)
        json_array_append_new(items, item_of(s, i));
    json_t *agenda = json_pack("{s:s, s:o}", "title", "Et møde", "items", items);
    if (s->seed % 4 == 1)
        carry(s, agenda);
    if (s->seed % 4 == 2)
        ask(s, agenda);
    maybe(s, agenda, "locale", 80, json_string(sim_chance(s, 75) ? "da" : "en"));
    return json_pack("{s:o}", "agenda", agenda);
}
