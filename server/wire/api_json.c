#include "wire/api_json.h"

#include <assert.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/scoped.h"
#include "base/zone.h"
#include "engine/roster.h"
#include "wire/json_text.h"
#include "wire/json_values.h"
#include "wire/record_json.h"
#include "wire/snapshot_board.h"

static enum refusal bad(const char *field, char ret_field[static FIELD_PATH_ROOM])
{
    snprintf(ret_field, FIELD_PATH_ROOM, "%s", field);
    return REFUSED_BAD_FIELD;
}

static enum refusal read_text(json_t *body, const char *name, size_t max, enum clean clean,
                              struct text **ret_text, char ret_field[static FIELD_PATH_ROOM])
{
    json_t *value = json_object_get(body, name);
    const char *bytes = json_string_value(value);
    size_t len = json_string_length(value);

    if (!value)
        return REFUSED_NOT;
    if (!bytes)
        return bad(name, ret_field);
    *ret_text = text_clean(bytes, len, clean);
    if (!*ret_text)
        return REFUSED_BUSY;
    size_t points = text_points((*ret_text)->bytes, (*ret_text)->len);
    return points > 0 && points <= max ? REFUSED_NOT : bad(name, ret_field);
}

static enum refusal read_locale(json_t *body, enum locale *ret_locale,
                                char ret_field[static FIELD_PATH_ROOM])
{
    json_t *value = json_object_get(body, "locale");

    if (!value)
        return REFUSED_NOT;
    for (int i = LOCALE_NOT + 1; i < LOCALE_COUNT; i++)
        if (json_is_string(value) && strcmp(json_string_value(value), locale_enum.names[i]) == 0)
            *ret_locale = (enum locale)i;
    return *ret_locale ? REFUSED_NOT : bad("locale", ret_field);
}

static enum refusal read_zone(json_t *body, struct text **ret_zone,
                              char ret_field[static FIELD_PATH_ROOM])
{
    enum refusal refusal = read_text(body, "zone", ZONE_NAME_MAX, CLEAN_NOT, ret_zone, ret_field);

    if (refusal != REFUSED_NOT || !*ret_zone)
        return refusal;
    bool known =
        zone_name_matches((*ret_zone)->bytes, (*ret_zone)->len) && zone_known((*ret_zone)->bytes);
    return known ? REFUSED_NOT : bad("zone", ret_field);
}

static enum refusal read_agenda(json_t *agenda, struct agenda *ret_agenda,
                                char ret_field[static FIELD_PATH_ROOM])
{
    char path[FIELD_PATH_ROOM] = "";
    enum refusal refusal = record_decode(&agenda_record, agenda, RECORD_PEOPLES, ret_agenda, path);

    if (refusal == REFUSED_BAD_FIELD)
        snprintf(ret_field, FIELD_PATH_ROOM, "agenda%s%.50s", path[0] ? "." : "", path);
    return refusal;
}

/* {"code":…,"key":…}: the meeting that this one is made from. */
static enum refusal read_from(json_t *body, struct api_create *c,
                              char ret_field[static FIELD_PATH_ROOM])
{
    json_t *from = json_object_get(body, "from");

    if (!from)
        return REFUSED_NOT;
    if (json_object_size(from) != 2)
        return bad("from", ret_field);
    enum refusal refusal = read_text(from, "code", CODE_CHARS, CLEAN_NOT, &c->from, ret_field);
    if (refusal == REFUSED_NOT)
        refusal = read_text(from, "key", SECRET_CHARS, CLEAN_NOT, &c->from_key, ret_field);
    if (refusal == REFUSED_BAD_FIELD || !c->from || !c->from_key)
        return refusal == REFUSED_BUSY ? refusal : bad("from", ret_field);
    return refusal;
}

static enum refusal read_body(json_t *body, struct api_create *c,
                              char ret_field[static FIELD_PATH_ROOM])
{
    json_t *agenda = json_object_get(body, "agenda");
    const char *name;
    json_t *value;

    json_object_foreach(body, name, value)
    {
        if (strcmp(name, "agenda") != 0 && strcmp(name, "template") != 0 &&
            strcmp(name, "title") != 0 && strcmp(name, "locale") != 0 &&
            strcmp(name, "zone") != 0 && strcmp(name, "from") != 0) {
            field_name(name, ret_field);
            return REFUSED_BAD_FIELD;
        }
    }
    bool named = json_object_get(body, "template") != NULL;
    if (agenda ? named : !named && !json_object_get(body, "from"))
        return bad(agenda ? "template" : "agenda", ret_field);
    enum refusal refusal = read_from(body, c, ret_field);
    if (refusal == REFUSED_NOT)
        refusal = read_text(body, "template", LIMIT_NAME, CLEAN_NOT, &c->template_name, ret_field);
    if (refusal == REFUSED_NOT)
        refusal = read_text(body, "title", LIMIT_TITLE, CLEAN_LINE, &c->title, ret_field);
    if (refusal == REFUSED_NOT)
        refusal = read_locale(body, &c->locale, ret_field);
    if (refusal == REFUSED_NOT)
        refusal = read_zone(body, &c->zone, ret_field);
    c->has_agenda = agenda != NULL;
    if (refusal == REFUSED_NOT && agenda)
        refusal = read_agenda(agenda, &c->agenda, ret_field);
    return refusal;
}

enum refusal api_create_read(const char *bytes, size_t len, struct api_create *ret_create,
                             char ret_field[static FIELD_PATH_ROOM])
{
    struct api_create c = { 0 };
    SCOPED(json_release) json_t *body = NULL;
    enum refusal refusal = json_text_read(bytes, len, &body);

    if (refusal == REFUSED_NOT && !json_is_object(body))
        refusal = REFUSED_MALFORMED;
    if (refusal == REFUSED_NOT)
        refusal = read_body(body, &c, ret_field);
    if (refusal == REFUSED_NOT)
        *ret_create = c;
    else
        api_create_release(&c);
    return refusal;
}

void api_create_release(struct api_create *c)
{
    text_unref(c->template_name);
    text_unref(c->title);
    text_unref(c->zone);
    text_unref(c->from);
    text_unref(c->from_key);
    record_release(&agenda_record, &c->agenda);
    *c = (struct api_create){ 0 };
}

static void put_link(json_t *links, const char *name, const char *base_url, const char *page,
                     const char *code, const char *key)
{
    char link[512];

    if (key && !key[0])
        return;
    snprintf(link, sizeof(link), "%s/%s/%s%s%s", base_url, page, code, key ? "#" : "",
             key ? key : "");
    json_object_set_new(links, name, json_string(link));
}

char *api_links_write(const char *code, const char *base_url,
                      char keys[ROLE_COUNT][SECRET_CHARS + 1])
{
    json_t *links = json_object();

    put_link(links, "join", base_url, "m", code, NULL);
    put_link(links, "console", base_url, "console", code, keys[ROLE_CONSOLE]);
    put_link(links, "board", base_url, "board", code, keys[ROLE_BOARD]);
    put_link(links, "scribe", base_url, "minutes", code, keys[ROLE_SCRIBE]);
    put_link(links, "leader", base_url, "minutes", code, keys[ROLE_LEADER]);
    return json_text_write(json_pack("{s:s, s:o}", "code", code, "links", links));
}

static json_t *template_json(const struct api_template *t)
{
    const struct agenda *a = &t->agenda;
    json_t *items = json_array();
    int64_t minutes = 0;

    for (size_t i = 0; i < a->items.count; i++) {
        const struct item *item = &a->items.at[i];
        minutes += item->minutes;
        json_array_append_new(items, json_pack("{s:I, s:o, s:I}", "no", (json_int_t)item->no,
                                               "title", json_of_text(item->title), "minutes",
                                               (json_int_t)item->minutes));
    }
    return json_pack("{s:s, s:o, s:o, s:s, s:I, s:o}", "template", t->name, "title",
                     json_of_text(a->cover.title), "about", json_of_text(a->about), "locale",
                     locale_enum.names[a->cover.locale ? a->cover.locale : LOCALE_DA], "minutes",
                     (json_int_t)minutes, "items", items);
}

char *api_templates_write(const struct api_template *templates, size_t count)
{
    json_t *all = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(all, template_json(&templates[i]));
    return json_text_write(all);
}

static json_t *free_seats(const struct meeting *m)
{
    json_t *seats = json_array();

    for (size_t i = 0; i < m->table.count; i++) {
        const struct seat_state *s = &m->seats[m->table.at[i] - 1];
        if (s->held || s->linked || s->device == DEVICE_SHARED || s->presence == PRESENCE_LEFT)
            continue;
        json_array_append_new(
            seats, json_pack("{s:I, s:o, s:o}", "seat", (json_int_t)m->table.at[i], "name",
                             json_of_text(s->name), "function", json_of_text(s->function)));
    }
    return seats;
}

/* The agenda as somebody reads it who is invited: what is planned, and nothing of how it goes. */
static json_t *items_to_read(const struct meeting *m)
{
    json_t *items = json_array();
    size_t at = 0;

    for (size_t i = 0; i < m->agenda.items.count; i++) {
        const struct item *planned = &m->agenda.items.at[i];
        struct item told = *planned;
        told.has_bank = false;
        told.parts.count = 0;
        json_t *item = record_encode(&item_record, &told, RECORD_ALL);
        json_t *parts = json_array();
        for (size_t k = 0; k < planned->parts.count; k++, at++) {
            struct part part = *m->parts[at].part;
            part.has_on = false;
            if (m->parts[at].on)
                json_array_append_new(parts, record_encode(&part_record, &part, RECORD_ALL));
        }
        if (!planned->goal)
            json_object_set_new(item, "goal", json_null());
        json_object_set_new(item, "parts", parts);
        json_array_append_new(items, item);
    }
    return items;
}

/* How long the meeting is kept, for those who think about coming in. */
static void put_keep(const struct meeting *m, json_t *to)
{
    json_object_set_new(to, "keep", json_integer(m->keep.days));
}

/* Whoever runs the server may have pasted it from anywhere. */
static void put_contact(const char *contact, json_t *to)
{
    json_t *given = contact ? json_string(contact) : NULL;

    if (!given)
        return;
    struct text *line = text_clean(contact, strlen(contact), CLEAN_LINE);
    if (line && line->len > 0)
        json_object_set_new(to, "contact", json_of_text(line));
    text_unref(line);
    json_decref(given);
}

char *api_meeting_write(const struct meeting *m, const char *code, const char *contact)
{
    const struct agenda *a = &m->agenda;
    const struct reader anybody = { .role = ROLE_PHONE };
    json_t *root = json_object();

    json_object_set_new(root, "code", json_string(code));
    json_object_set_new(root, "state", json_string(state_enum.names[m->floor.state]));
    json_object_set_new(
        root, "locale",
        json_string(locale_enum.names[a->cover.locale ? a->cover.locale : LOCALE_DA]));
    json_object_set_new(root, "title", json_of_text(a->cover.title));
    json_object_set_new(root, "focus", json_of_text(a->cover.focus));
    json_object_set_new(root, "seats", free_seats(m));
    json_put_text(root, "purpose", a->cover.purpose);
    json_put_text(root, "place", a->cover.place);
    json_put_text(root, "date", a->cover.date);
    json_put_text(root, "starts", a->cover.starts);
    json_put_text(root, "zone", a->cover.zone);
    put_keep(m, root);
    put_contact(contact, root);
    json_object_set_new(root, "items", items_to_read(m));
    json_object_set_new(root, "data", snapshot_figures(m, &anybody));
    return json_text_write(root);
}

char *api_door_write(const struct meeting *m)
{
    json_t *root = json_object();

    json_object_set_new(root, "state", json_string(state_enum.names[m->floor.state]));
    json_object_set_new(root, "title", json_of_text(m->agenda.cover.title));
    json_object_set_new(root, "seats", free_seats(m));
    put_keep(m, root);
    return json_text_write(root);
}

/* What the next meeting's agenda is made for: to be planned here, or to be kept elsewhere until
 * this server has forgotten the meeting. */
enum next_use { NEXT_HERE, NEXT_KEPT };

/* `c` borrows its texts, which may be NULL: then nothing is carried. */
static void carry(json_t *list, const struct carried *c)
{
    if (c->text && json_array_size(list) < LIMIT_CARRIED)
        json_array_append_new(list, record_encode(&carried_record, c, RECORD_ALL));
}

static bool is_settled(const struct carried *c)
{
    return c->came.outcome == OUTCOME_DONE || c->came.outcome == OUTCOME_DROPPED;
}

/* Last time's tasks that are not done with.  What came of them is for the next meeting to say; in
 * what is kept it stands, as nobody can look it up any more.  The lessons of a talk are for the
 * next talk, and go past what follows up in between. */
static void carry_on(const struct agenda *a, enum next_use use, json_t *list)
{
    bool lessons = a->has_follows && a->follows;

    for (size_t i = 0; i < a->carried.count; i++) {
        struct carried c = a->carried.at[i];
        if ((c.kind != CARRIED_KIND_TASK && !lessons) || is_settled(&c))
            continue;
        if (use != NEXT_KEPT)
            c.came = (struct came){ 0 };
        carry(list, &c);
    }
}

/* Those that are: to be read in what is kept, if there is room. */
static void carry_settled(const struct agenda *a, json_t *list)
{
    for (size_t i = 0; i < a->carried.count; i++)
        if (a->carried.at[i].kind == CARRIED_KIND_TASK && is_settled(&a->carried.at[i]))
            carry(list, &a->carried.at[i]);
}

/* Who has a task: as somebody wrote it, and in what is kept the function of that seat. */
static struct text *owner_of(const struct meeting *m, const struct task *t, enum next_use use)
{
    const struct seat_state *seat =
        use == NEXT_KEPT && t->has_seat ? roster_seat(m, t->seat) : NULL;

    return seat && seat->function ? seat->function : t->owner;
}

/* What this meeting had of an earlier one and is not done with, its own tasks, and the points to
 * adjust or take along that were shown. */
static json_t *left_behind(const struct meeting *m, enum next_use use)
{
    const struct task_list *tasks = &m->answers[ANSWER_TASKS].tasks;
    json_t *list = json_array();

    carry_on(&m->agenda, use, list);
    for (size_t i = 0; i < tasks->count; i++) {
        const struct task *t = &tasks->at[i];
        carry(list, &(struct carried){ .has_id = t->has_id,
                                       .id = t->id,
                                       .kind = CARRIED_KIND_TASK,
                                       .text = t->text,
                                       .owner = owner_of(m, t, use),
                                       .due = t->due });
    }
    for (size_t i = 0; i < m->contribution_count; i++) {
        const struct board_point *c = &m->contributions[i];
        enum box box = c->post.content.box;
        if (!c->withdrawn && (box == BOX_ADJUST || box == BOX_CARRY_FORWARD))
            carry(list, &(struct carried){ .kind = box == BOX_ADJUST ? CARRIED_KIND_ADJUST
                                                                     : CARRIED_KIND_CARRY_FORWARD,
                                           .text = c->post.content.text });
    }
    if (use == NEXT_KEPT)
        carry_settled(&m->agenda, list);
    return list;
}

/* What was asked before this meeting is to be answered anew. */
static void ask_anew(json_t *before)
{
    size_t i;
    json_t *each;

    json_array_foreach(before, i, each)
    {
        json_object_del(each, "yes");
        json_object_del(each, "text");
    }
}

/* The agenda of the meeting that follows on this one: by `layout`, or as this one's where that is
 * NULL.  It has a date of its own: where it is to follow up, the day that was agreed on for that.
 * What is kept is for next year, when that day is past. */
static json_t *next_json(const struct meeting *m, const struct agenda *layout, enum next_use use)
{
    const struct cover *cover = &m->agenda.cover;
    const struct agenda *like = layout ? layout : &m->agenda;
    json_t *root = record_encode(&agenda_record, like, RECORD_ALL);

    if (!root)
        return NULL;
    if (layout) {
        json_put_text(root, "place", cover->place);
        json_put_text(root, "zone", cover->zone);
        json_put_text(root, "focus", cover->focus);
    }
    if (!json_object_get(root, "chief")) /* Whoever was told this time is proposed next time. */
        json_put_text(root, "chief", m->chief_count > 0 ? m->chiefs[0].code : m->agenda.chief);
    json_object_del(root, "date");
    if (use == NEXT_HERE && like->has_follows && like->follows)
        json_put_text(root, "date", m->answers[ANSWER_FOLLOW_UP].date);
    json_object_del(root, "from_date");
    json_put_text(root, "from", cover->title);
    json_put_text(root, "from_date", cover->date);
    json_object_set_new(root, "carried", left_behind(m, use));
    ask_anew(json_object_get(root, "before"));
    return root;
}

char *api_agenda_write(const struct meeting *m)
{
    return json_text_write(m->floor.state == STATE_CLOSED
                               ? next_json(m, NULL, NEXT_HERE)
                               : record_encode(&agenda_record, &m->agenda, RECORD_ALL));
}

char *api_next_write(const struct meeting *m, const struct agenda *layout)
{
    return json_text_write(next_json(m, layout, NEXT_HERE));
}

/* Takes `root` over. */
static bool take_agenda(json_t *root, struct agenda *ret_agenda)
{
    char field[FIELD_PATH_ROOM];
    bool read =
        root && record_decode(&agenda_record, root, RECORD_OURS, ret_agenda, field) == REFUSED_NOT;

    json_decref(root);
    return read;
}

bool api_agenda_next(const struct meeting *m, const struct agenda *layout,
                     struct agenda *ret_agenda)
{
    return take_agenda(next_json(m, layout, NEXT_HERE), ret_agenda);
}

bool api_agenda_kept(const struct meeting *m, struct agenda *ret_agenda)
{
    return take_agenda(next_json(m, NULL, NEXT_KEPT), ret_agenda);
}

char *api_kept_write(const struct agenda *kept)
{
    json_t *root = record_encode(&agenda_record, kept, RECORD_ALL);

    if (root)
        json_object_set_new(root, "version", json_integer(KEPT_VERSION));
    return json_text_write(root);
}

char *api_pairing_write(const char *shown, const char *secret)
{
    return json_text_write(json_pack("{s:s, s:s}", "pairing", shown, "secret", secret));
}

char *api_paired_write(const char *code, const char *key)
{
    return json_text_write(code ? json_pack("{s:s, s:s}", "code", code, "key", key)
                                : json_object());
}

char *api_refusal_write(enum refusal code, const char *field)
{
    assert(code > REFUSED_NOT && code < REFUSED_COUNT);
    return json_text_write(json_pack("{s:s, s:o}", "code", refusal_names[code], "field",
                                     field && field[0] ? json_string(field) : json_null()));
}

/* The newest first. */
static int by_age(const void *a, const void *b)
{
    json_t *const *one = a, *const *other = b;
    json_int_t left = json_integer_value(json_object_get(*one, "wall"));
    json_int_t right = json_integer_value(json_object_get(*other, "wall"));

    return (left < right) - (left > right);
}

/* Whether one of them comes after this meeting: then that one tells what came of it. */
static bool is_followed(json_t *meeting, json_t **all, size_t count)
{
    json_t *next = json_object_get(meeting, "next"), *code;
    size_t k;

    json_array_foreach(next, k, code) for (size_t i = 0; i < count;
                                           i++) if (json_equal(json_object_get(all[i], "meeting"),
                                                               code)) return true;
    return false;
}

static char *write_chief(const char *code, json_t **all, size_t count)
{
    json_t *told[2] = { json_array(), json_array() };

    for (size_t i = 0; i < count; i++) {
        json_t *card = json_object_get(all[i], "card");
        bool room = json_array_size(told[0]) + json_array_size(told[1]) < LIMIT_CHIEF_MEETINGS;
        if (json_is_object(card) && room)
            json_array_append(told[is_followed(all[i], all, count)], card);
    }
    return json_text_write(
        json_pack("{s:s, s:o, s:o}", "code", code, "meetings", told[0], "earlier", told[1]));
}

char *api_chief_write(const char *code, const char *const *parts, size_t count,
                      size_t *ret_meetings)
{
    json_t *kept = json_array(), **all;
    size_t n;

    for (size_t i = 0; i < count; i++) {
        json_t *part = json_loads(parts[i], 0, NULL);
        if (json_is_array(part))
            json_array_extend(kept, part);
        json_decref(part);
    }
    *ret_meetings = n = json_array_size(kept);
    all = alloc_many(n + 1, sizeof(*all));
    for (size_t i = 0; all && i < n; i++)
        all[i] = json_array_get(kept, i);
    if (all && n > 0)
        qsort(all, n, sizeof(*all), by_age);
    char *text = all ? write_chief(code, all, n) : NULL;
    free(all);
    json_decref(kept);
    return text;
}

char *api_chief_link_write(const char *base_url, const char *secret, const char *code)
{
    struct buffer link = { 0 };
    size_t len;

    buffer_say(&link, base_url);
    buffer_say(&link, "/chef#");
    buffer_say(&link, secret);
    char *whole = buffer_take(&link, &len);
    char *made =
        whole ? json_text_write(json_pack("{s:s, s:s}", "link", whole, "code", code)) : NULL;
    free(whole);
    return made;
}
