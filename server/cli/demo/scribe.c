#include "cli/demo/scribe.h"

#include <assert.h>
#include <time.h>

#include "base/clock.h"

enum { DATE_ROOM = 16, DAY_MS = 86400000 };

const char *scribe_answer(size_t at)
{
    assert(at < SCRIBE_ANSWERS && at + 1 < answer_enum.count);
    return answer_enum.names[at + 1];
}

/* A day so many days from now. */
static const char *date_in(int days, char ret_date[static DATE_ROOM])
{
    time_t at = (time_t)((clock_wall() + (int64_t)days * DAY_MS) / 1000);
    struct tm day;

    gmtime_r(&at, &day);
    strftime(ret_date, DATE_ROOM, "%Y-%m-%d", &day);
    return ret_date;
}

/* Whether it is an answer to what the meeting is about, and no question to the data. */
static bool in_a_round(const struct guest *g, const struct view_point *p)
{
    const struct view_part *part = p->part >= 0 ? &g->view.parts[p->part] : NULL;

    return part && p->seat && !part->answers && method_infos[part->method].laps > 0;
}

/* The id of a point that somebody made in the rounds: from the first (0) on. */
static const char *point_id(const struct guest *g, size_t at)
{
    for (size_t i = 0; i < g->view.point_count; i++)
        if (in_a_round(g, &g->view.points[i]) && at-- == 0)
            return g->view.points[i].id;
    return NULL;
}

static json_t *ids_of(const struct guest *g, size_t first, size_t count)
{
    json_t *ids = json_array();

    for (size_t i = first; i < first + count; i++)
        if (point_id(g, i))
            json_array_append_new(ids, json_string(point_id(g, i)));
    return ids;
}

static json_t *task(const char *text, const char *owner, int days, json_t *builds_on)
{
    char date[DATE_ROOM];
    json_t *t = json_pack("{s:s, s:s, s:o}", "text", text, "owner", owner, "builds_on", builds_on);

    if (days > 0)
        json_object_set_new(t, "due", json_string(date_in(days, date)));
    return t;
}

static json_t *tasks(const struct guest *g)
{
    return json_pack(
        "[o, o, o]",
        task("Lave en plan for, hvem der er ude hvornår i spisepausen", "Søren", 14,
             ids_of(g, 2, 1)),
        task("Spørge alle klasser, hvad der skal stå i gården", "Elevråd", 28, ids_of(g, 5, 1)),
        task("Aftale med SFO’en, hvordan legene går videre om eftermiddagen", "Yusuf", 0,
             json_array()));
}

static json_t *stakeholders(void)
{
    char date[DATE_ROOM];

    return json_pack("[{s:s, s:s}, {s:s, s:s, s:s}, {s:s, s:s}]", "body", "pupil_council",
                     "settled", "today", "body", "school_board", "settled", "date", "date",
                     date_in(21, date), "body", "staff_council", "settled", "unsettled");
}

void scribe_write(struct guest *g, size_t at)
{
    static const char *const texts[SCRIBE_ANSWERS] = {
        "Voksne, der hvor legen er – og en leg, der er i gang, når børnene kommer ud.",
        "Vi prøver det af på mellemtrinnet fra januar: to voksne med faste steder og en "
        "legepatrulje "
        "hver dag.",
        "Om et halvt år svarer hvert barn på mellemtrinnet, at der er et sted, de gerne vil være i "
        "pausen.",
        NULL,
        NULL,
        NULL,
        "Chefen får skolens plan og de første svar fra børnene, når vi har prøvet det i to "
        "måneder.",
    };
    char date[DATE_ROOM];
    json_t *with = json_pack("{s:s}", "answer", scribe_answer(at));

    if (texts[at])
        json_object_set_new(with, "text", json_string(texts[at]));
    if (at == 0)
        json_object_set_new(with, "based_on", ids_of(g, 0, 2));
    if (at == 3)
        json_object_set_new(with, "stakeholders", stakeholders());
    if (at == 4)
        json_object_set_new(with, "tasks", tasks(g));
    if (at == 5)
        json_object_set_new(with, "date", json_string(date_in(180, date)));
    guest_does(g, "decision.set", with);
}

void scribe_group(struct guest *g, size_t which)
{
    json_t *ids = ids_of(g, which * 3, 3);

    if (json_array_size(ids) > 1)
        guest_does(g, "group.set",
                   json_pack("{s:s, s:O}", "title", group_titles[which], "contributions", ids));
    json_decref(ids);
}

void scribe_recap(struct guest *g)
{
    guest_does(g, "recap.save",
               json_pack("{s:s, s:i, s:s}", "part", view_part(&g->view)->id, "lap", 1, "text",
                         recap_text));
}

void scribe_box(struct guest *g, enum box box)
{
    guest_does(g, "contribution.add",
               json_pack("{s:s, s:s}", "text", box_texts[box].scribe, "box", box_enum.names[box]));
}

void scribe_figures(struct guest *g)
{
    guest_does(g, "data.put",
               json_pack("{s:s, s:s, s:s, s:s}", "title", figures_title, "kind", "table", "csv",
                         figures_csv, "chart", "bar"));
}

void scribe_wall(struct guest *g, bool figures)
{
    if (figures && !g->view.figures[0])
        return;
    guest_does(g, "wall.show",
               figures ? json_pack("{s:s, s:s}", "show", "data", "data", g->view.figures)
                       : json_pack("{s:s}", "show", "meeting"));
}
