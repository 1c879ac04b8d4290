#include "cli/demo/agenda.h"

#include <stdbool.h>
#include <string.h>

#include "cli/demo/view_read.h"

enum {
    TURN_MIN_SHORT_MS = 15000,
    TURN_LEAST_MS = 400,
};

static const char title[] = "Skoleudviklingssamtale: Alle med i pausen";
static const char focus[] =
    "Hvordan bliver pausen et sted, hvor flere børn har nogen at være sammen med?";

static json_int_t minutes_of(const json_t *o)
{
    return json_integer_value(json_object_get(o, "minutes"));
}

static void set_number(json_t *o, const char *name, json_int_t value)
{
    json_object_set_new(o, name, json_integer(value));
}

/* A part that would share another's minutes gets half of them, and is on. */
static void make_room(const json_t *parts, json_t *part)
{
    const char *with = json_string_value(json_object_get(part, "shares"));
    size_t i;
    json_t *other;

    if (!with)
        return;
    json_array_foreach(parts, i, other)
    {
        if (strcmp(json_string_value(json_object_get(other, "id")), with) != 0)
            continue;
        set_number(part, "minutes", minutes_of(other) - minutes_of(other) / 2);
        set_number(other, "minutes", minutes_of(other) / 2);
        json_object_del(part, "shares");
        json_object_del(part, "optional");
        return;
    }
}

static void set_turn(json_t *part, long speed)
{
    const struct method_info *is = &method_infos[read_word(part, "method", &method_enum)];
    json_int_t ms = json_integer_value(json_object_get(part, "turn_min"));

    /* Short turns where there are several laps, so that a big table comes round in each. */
    if (ms == 0)
        ms = is->more_laps ? TURN_MIN_SHORT_MS : is->turn_min;
    ms /= speed;
    set_number(part, "turn_min", ms > TURN_LEAST_MS ? ms : TURN_LEAST_MS);
}

json_t *demo_agenda(const char *template, size_t len, long speed)
{
    json_t *agenda = json_loadb(template, len, JSON_REJECT_DUPLICATES, NULL);
    json_t *items = json_object_get(agenda, "items"), *item, *part;
    size_t i, k;

    json_object_del(agenda, "about");
    json_object_set_new(agenda, "title", json_string(title));
    json_object_set_new(agenda, "focus", json_string(focus));
    json_array_foreach(items, i, item)
    {
        json_t *parts = json_object_get(item, "parts");
        json_array_foreach(parts, k, part) make_room(parts, part);
        json_array_foreach(parts, k, part) set_turn(part, speed);
    }
    return agenda;
}
