#include "wire/snapshot_room.h"

#include "wire/json_values.h"
#include "wire/record_json.h"

static json_t *recaps_json(const struct meeting *m)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->recap_count; i++) {
        const struct recap *r = &m->recaps[i];
        if (r->text)
            json_array_append_new(
                all, json_pack("{s:o, s:I, s:o}", "part", json_of_part(m, r->part), "lap",
                               (json_int_t)r->lap, "text", json_of_text(r->text)));
    }
    return all;
}

json_t *snapshot_figures(const struct meeting *m, const struct reader *reader)
{
    bool all = reader->role == ROLE_CONSOLE || reader->role == ROLE_LEADER;
    json_t *list = json_array();

    for (size_t i = 0; i < m->figure_count; i++) {
        const struct figure *f = &m->figures[i];
        if (f->confidential && !all)
            continue;
        const struct figures told = { .data = f->id,
                                      .title = f->title,
                                      .kind = f->kind,
                                      .url = f->url,
                                      .csv = f->csv,
                                      .chart = f->chart };
        json_t *to = record_encode(&figures_record, &told, RECORD_ALL);
        if (f->confidential)
            json_object_set_new(to, "confidential", json_true());
        json_array_append_new(list, to);
    }
    return list;
}

static json_t *carried_json(const struct agenda *a)
{
    json_t *all = json_array();

    for (size_t i = 0; i < a->carried.count; i++)
        json_array_append_new(all, record_encode(&carried_record, &a->carried.at[i], RECORD_ALL));
    return all;
}

/* Groups that have points. */
static json_t *groups_json(const struct meeting *m)
{
    json_t *members[LIMIT_GROUPS] = { NULL }, *all = json_array();

    for (size_t i = 0; i < m->contribution_count; i++) {
        const struct contribution *c = &m->contributions[i];
        if (c->group == 0 || c->withdrawn)
            continue;
        if (!members[c->group - 1])
            members[c->group - 1] = json_array();
        json_array_append_new(members[c->group - 1], json_of_uuid(c->id));
    }
    for (size_t i = 0; i < m->group_count; i++) {
        if (!members[i])
            continue;
        json_t *to = json_object();
        json_object_set_new(to, "group", json_of_uuid(m->groups[i].id));
        json_put_text(to, "title", m->groups[i].title);
        json_object_set_new(to, "contributions", members[i]);
        json_array_append_new(all, to);
    }
    return all;
}

static json_t *knocks_json(const struct meeting *m)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->knock_count; i++) {
        const struct knock *k = &m->knocks[i];
        if (k->state != KNOCK_WAITS)
            continue;
        const struct fact_knock_added told = { .phone = k->phone,
                                               .name = k->name,
                                               .function = k->function,
                                               .has_claim = k->claim != 0,
                                               .claim = k->claim };
        json_array_append_new(
            all, record_encode(fact_infos[FACT_KNOCK_ADDED].fields, &told, RECORD_ALL));
    }
    return all;
}

/* Who waits at the door only the console knows. */
static json_t *door_json(const struct meeting *m, const struct reader *reader)
{
    json_t *to = json_pack("{s:b}", "closed", m->door_closed);

    if (reader->role == ROLE_CONSOLE)
        json_object_set_new(to, "knocks", knocks_json(m));
    return to;
}

void snapshot_put_room(const struct meeting *m, const struct reader *reader, json_t *to)
{
    json_object_set_new(to, "carried", carried_json(&m->agenda));
    json_object_set_new(to, "door", door_json(m, reader));
    json_object_set_new(to, "groups", groups_json(m));
    json_object_set_new(to, "data", snapshot_figures(m, reader));
    json_object_set_new(to, "recaps", recaps_json(m));
    json_object_set_new(to, "wall", record_encode(&on_wall_record, &m->on_wall, RECORD_ALL));
}
