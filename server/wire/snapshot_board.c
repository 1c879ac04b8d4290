#include "wire/snapshot_board.h"

#include "engine/chief.h"
#include "wire/json_values.h"
#include "wire/snapshot_put.h"

void snapshot_put_contributions(const struct meeting *m, json_t *to)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->contribution_count; i++) {
        const struct board_point *c = &m->contributions[i];
        const struct contribution told = { .id = c->id, .post = c->post };
        if (!c->withdrawn)
            json_array_append_new(all, record_encode(&contribution_record, &told, RECORD_ALL));
    }
    snapshot_put(to, "contributions", all);
}

void snapshot_put_decision(const struct meeting *m, json_t *to)
{
    const struct record_of_decision told = { .open = m->open };
    json_t *decision = record_encode(&record_of_decision_record, &told, RECORD_ALL);
    json_t *answers = json_object_get(decision, "answers");

    for (int i = ANSWER_NOT + 1; i < ANSWER_COUNT; i++)
        if (m->answered[i])
            json_array_append_new(
                answers, record_encode(&written_answer_record, &m->answers[i], RECORD_ALL));
    snapshot_put(to, "decision", decision);
}

json_t *snapshot_figures(const struct meeting *m, const struct reader *reader)
{
    bool all = reader->role == ROLE_CONSOLE || reader->role == ROLE_LEADER;
    json_t *list = json_array();

    for (size_t i = 0; i < m->figure_count; i++)
        if (all || !m->figures[i].confidential)
            json_array_append_new(list, record_encode(&exhibit_record, &m->figures[i], RECORD_ALL));
    return list;
}

void snapshot_put_carried(const struct agenda *a, json_t *to)
{
    json_t *all = json_array();

    for (size_t i = 0; i < a->carried.count; i++)
        json_array_append_new(all, record_encode(&carried_record, &a->carried.at[i], RECORD_ALL));
    snapshot_put(to, "carried", all);
}

/* Where the meeting stands in its chain is for those who plan. */
static void put_chain(const struct meeting *m, const struct reader *reader, json_t *to)
{
    json_t *all = json_array();
    bool plans = reader->role == ROLE_CONSOLE || reader->role == ROLE_LEADER;

    for (size_t i = 0; plans && i < m->chain_count; i++)
        json_array_append_new(all, record_encode(&chained_record, &m->chain[i], RECORD_ALL));
    snapshot_put(to, "chain", all);
}

/* What is asked before the meeting; what was answered is for those who prepare it. */
static void put_before(const struct meeting *m, const struct reader *reader, json_t *to)
{
    const struct preparation_list *before = &m->agenda.before;
    bool prepares = reader->role == ROLE_CONSOLE || reader->role == ROLE_LEADER;
    json_t *all = json_array();

    for (size_t i = 0; i < before->count; i++) {
        struct preparation told = before->at[i];
        if (!prepares)
            told.prepared = (struct prepared){ 0 };
        json_array_append_new(all, record_encode(&preparation_record, &told, RECORD_ALL));
    }
    snapshot_put(to, "before", all);
}

/* With whom the agenda proposes to share what was agreed, and with whom it is shared: for the
 * leader, and for the console, which answers for the room. */
static void put_chiefs(const struct meeting *m, const struct reader *reader, json_t *to)
{
    json_t *all = json_array();
    bool told = reader->role == ROLE_CONSOLE || reader->role == ROLE_LEADER;
    char proposed[CHIEF_CODE_CHARS + 1];

    for (size_t i = 0; told && i < m->chief_count; i++)
        json_array_append_new(all, record_encode(&consent_record, &m->chiefs[i], RECORD_ALL));
    snapshot_put(to, "chiefs", all);
    if (told && chief_proposed(&m->agenda, proposed))
        snapshot_put(to, "chief", json_string(proposed));
}

/* Groups that have points. */
static void put_groups(const struct meeting *m, json_t *to)
{
    json_t *members[LIMIT_GROUPS] = { NULL }, *all = json_array();

    for (size_t i = 0; i < m->contribution_count; i++) {
        const struct board_point *c = &m->contributions[i];
        if (c->group == 0 || c->withdrawn)
            continue;
        if (!members[c->group - 1])
            members[c->group - 1] = json_array();
        json_array_append_new(members[c->group - 1], json_of_uuid(c->id));
    }
    for (size_t i = 0; i < m->group_count; i++) {
        if (!members[i])
            continue;
        const struct grouping told = { .group = m->groups[i].id, .title = m->groups[i].title };
        json_t *group = record_encode(&grouping_record, &told, RECORD_ALL);
        json_object_set_new(group, "contributions", members[i]);
        json_array_append_new(all, group);
    }
    snapshot_put(to, "groups", all);
}

static void put_recaps(const struct meeting *m, json_t *to)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->recap_count; i++)
        if (m->recaps[i].text)
            json_array_append_new(all, record_encode(&recap_record, &m->recaps[i], RECORD_ALL));
    snapshot_put(to, "recaps", all);
}

void snapshot_put_standing(const struct meeting *m, const struct reader *reader, json_t *to)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->dispute_count; i++)
        if (reader->role == ROLE_LEADER || reader_holds(reader, m->disputes[i].seat))
            json_array_append_new(all, record_encode(&dispute_record, &m->disputes[i], RECORD_ALL));
    snapshot_put(to, "standing", record_encode(&standing_record, &m->standing, RECORD_ALL));
    if (json_array_size(all) > 0)
        snapshot_put(to, "disputes", all);
    else
        json_decref(all);
}

/* What was fetched concerns whoever answers for the meeting alone. */
static void put_fetched(const struct meeting *m, const struct reader *reader, json_t *to)
{
    json_t *all = json_array();

    for (size_t i = 0; i < m->fetched_count; i++)
        json_array_append_new(all, record_encode(&fetched_record, &m->fetched[i], RECORD_ALL));
    if (reader->role == ROLE_CONSOLE || reader->role == ROLE_LEADER)
        snapshot_put(to, "fetched", all);
    else
        json_decref(all);
}

void snapshot_put_board(const struct meeting *m, const struct reader *reader, json_t *to)
{
    put_before(m, reader, to);
    put_chain(m, reader, to);
    put_chiefs(m, reader, to);
    put_fetched(m, reader, to);
    put_groups(m, to);
    snapshot_put(to, "data", snapshot_figures(m, reader));
    put_recaps(m, to);
    snapshot_put(to, "wall", record_encode(&on_wall_record, &m->on_wall, RECORD_ALL));
}
