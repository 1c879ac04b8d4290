#include "support/cast.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "base/code.h"
#include "hub/session.h"
#include "support/check.h"
#include "wire/snapshot_json.h"

const char *const cast_names[CAST_PARTS] = {
    [CAST_ANA] = "phone",       [CAST_BO] = "another phone", [CAST_BOARD] = "board",
    [CAST_CONSOLE] = "console", [CAST_SCRIBE] = "scribe",    [CAST_LEADER] = "leader",
    [CAST_WAITING] = "waiting", [CAST_OUT] = "taken out",    [CAST_ENDED] = "ended link",
    [CAST_CHIEF] = "chief",     [CAST_NOBODY] = "nobody",
};

enum role cast_role(enum cast_part part)
{
    static const enum role roles[CAST_PARTS] = {
        [CAST_ANA] = ROLE_PHONE,       [CAST_BO] = ROLE_PHONE,      [CAST_BOARD] = ROLE_BOARD,
        [CAST_CONSOLE] = ROLE_CONSOLE, [CAST_SCRIBE] = ROLE_SCRIBE, [CAST_LEADER] = ROLE_LEADER,
    };

    return roles[part];
}

static const char agenda[] =
    "{\"agenda\":{\"items\":[{\"no\":1,\"title\":\"Runde\",\"minutes\":120,"
    "\"parts\":[{\"id\":\"a\",\"method\":\"turns\",\"minutes\":120}]}]}}";

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_t *post(struct cast *c, const char *path, const char *body)
{
    int status;
    char *answer = world_ask(&c->world, "POST", path, "", NULL, body, &status);
    json_t *made = json_loads(answer, 0, NULL);

    CHECK(status == 201 && made);
    free(answer);
    return made;
}

static void read_key(const char *link, char ret_key[static 64])
{
    CHECK(link && strchr(link, '#'));
    snprintf(ret_key, 64, "%s", strchr(link, '#') + 1);
}

/* Whatever waits for this connection is heard: the answer to `re`, or else that it is refused. */
static json_t *hear(struct world_wire *wire, const char *re)
{
    json_t *found = NULL;
    char *text;

    while (!wire->over && (text = world_hear(wire))) {
        json_t *frame = json_loads(text, 0, NULL);
        const char *of = text_of(frame, "re");
        bool answers = re && of && strcmp(of, re) == 0;
        free(text);
        if (answers || (!found && json_object_get(frame, "refused"))) {
            json_decref(found);
            found = frame;
        } else {
            json_decref(frame);
        }
    }
    return found;
}

static void greet(struct cast *c, enum cast_part part, const char *as, const char *more)
{
    char text[512];

    c->wires[part] = world_connect(&c->world);
    snprintf(text, sizeof(text), "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\",%s}}", as, c->code,
             more);
    world_say(c->wires[part], text);
}

static void greet_with(struct cast *c, enum cast_part part, const char *as, const char *key)
{
    char more[128];

    snprintf(more, sizeof(more), "\"key\":\"%s\"", key);
    greet(c, part, as, more);
}

static void greet_phone(struct cast *c, enum cast_part part, const char *name, char digit)
{
    char more[128];

    snprintf(more, sizeof(more), "\"name\":\"%s\",\"id\":\"11111111-1111-4111-8111-11111111111%c\"",
             name, digit);
    greet(c, part, "phone", more);
}

/* Sends what must be accepted; what it made under `made`, into `ret_made` if there is one. */
static void must(struct cast *c, enum cast_part part, const char *command, const char *fields,
                 const char *made, char *ret_made)
{
    json_t *answer = cast_send(c, part, command, json_loads(fields, 0, NULL), NULL);

    CHECK(answer && json_is_true(json_object_get(answer, "ok")));
    if (ret_made)
        snprintf(ret_made, 64, "%s", text_of(json_object_get(answer, "made"), made));
    json_decref(answer);
}

/* Those who were in and are not any more; and those who never came in. */
static void shut_out(struct cast *c)
{
    json_t *chief = post(c, "/api/chiefs", "");

    read_key(text_of(chief, "link"), c->chief);
    json_decref(chief);
    snprintf(c->ended, sizeof(c->ended), "%s", c->keys[ROLE_CONSOLE]);
    greet_with(c, CAST_CHIEF, "leader", c->chief);
    c->wires[CAST_NOBODY] = world_connect(&c->world);
    greet_with(c, CAST_ENDED, "console", c->ended);
    must(c, CAST_ENDED, "link.renew", "{\"role\":\"console\"}", "token", c->keys[ROLE_CONSOLE]);
    greet_with(c, CAST_CONSOLE, "console", c->keys[ROLE_CONSOLE]);
    greet_phone(c, CAST_OUT, "Carl", '3');
    must(c, CAST_CONSOLE, "seat.change", "{\"seat\":3,\"presence\":\"left\"}", NULL, NULL);
    must(c, CAST_CONSOLE, "door.close", "{\"closed\":true}", NULL, NULL);
    greet_phone(c, CAST_WAITING, "Dora", '4');
}

static void come_as_far_as(struct cast *c, enum state state)
{
    if (state == STATE_LOBBY)
        return;
    must(c, CAST_CONSOLE, "meeting.start", "{}", NULL, NULL);
    must(c, CAST_CONSOLE, "floor.give", "{\"seat\":1}", NULL, NULL);
    must(c, CAST_ANA, "contribution.add", "{\"text\":\"Flere voksne ude\"}", "contribution",
         c->point);
    c->turn = c->room->meeting->floor.turn;
    if (state == STATE_PAUSED)
        must(c, CAST_CONSOLE, "clock.pause", "{}", NULL, NULL);
    else if (state == STATE_CLOSED)
        must(c, CAST_CONSOLE, "meeting.close", "{}", NULL, NULL);
}

static void find_room(struct cast *c)
{
    char code[CODE_CHARS + 1];

    CHECK(code_read(c->code, strlen(c->code), code));
    c->room = app_find(c->world.app, code);
    CHECK(c->room);
}

void cast_restart(struct cast *c, int64_t away_ms)
{
    for (size_t i = 0; i < CAST_PARTS; i++)
        world_disconnect(c->wires[i]);
    world_restart(&c->world, away_ms);
    find_room(c);
    greet_phone(c, CAST_ANA, "Ana", '1');
    greet_phone(c, CAST_BO, "Bo", '2');
    greet_with(c, CAST_BOARD, "board", c->keys[ROLE_BOARD]);
    greet_with(c, CAST_CONSOLE, "console", c->keys[ROLE_CONSOLE]);
    greet_with(c, CAST_SCRIBE, "scribe", c->keys[ROLE_SCRIBE]);
    greet_with(c, CAST_LEADER, "leader", c->keys[ROLE_LEADER]);
    greet_phone(c, CAST_WAITING, "Dora", '4');
    greet_phone(c, CAST_OUT, "Carl", '3');
    greet_with(c, CAST_ENDED, "console", c->ended);
    greet_with(c, CAST_CHIEF, "leader", c->chief);
    c->wires[CAST_NOBODY] = world_connect(&c->world);
}

void cast_open(struct cast *c, enum state state)
{
    static const char note[] = "33333333-3333-4333-8333-333333333333";
    char fields[128];

    *c = (struct cast){ .turn = 1 };
    world_open(&c->world, 1, SOURCE_FOLDER "/server/templates");
    json_t *made = post(c, "/api/meetings", agenda);
    snprintf(c->code, sizeof(c->code), "%s", text_of(made, "code"));
    for (enum role r = ROLE_NOT + 1; r < ROLE_COUNT; r++)
        if (r != ROLE_PHONE)
            read_key(text_of(json_object_get(made, "links"), role_enum.names[r]), c->keys[r]);
    json_decref(made);
    find_room(c);
    greet_phone(c, CAST_ANA, "Ana", '1');
    greet_phone(c, CAST_BO, "Bo", '2');
    greet_with(c, CAST_BOARD, "board", c->keys[ROLE_BOARD]);
    greet_with(c, CAST_SCRIBE, "scribe", c->keys[ROLE_SCRIBE]);
    greet_with(c, CAST_LEADER, "leader", c->keys[ROLE_LEADER]);
    shut_out(c);
    snprintf(c->note, sizeof(c->note), "%s", note);
    snprintf(c->point, sizeof(c->point), "%s", note);
    snprintf(fields, sizeof(fields), "{\"note\":\"%s\",\"text\":\"Min egen\"}", note);
    must(c, CAST_ANA, "note.save", fields, NULL, NULL);
    come_as_far_as(c, state);
}

void cast_close(struct cast *c)
{
    for (size_t i = 0; i < CAST_PARTS; i++)
        world_disconnect(c->wires[i]);
    world_close(&c->world);
}

json_t *cast_send(struct cast *c, enum cast_part part, const char *command, json_t *with,
                  const char *id)
{
    struct world_wire *wire = c->wires[part];
    char own[UUID_CHARS + 1];

    snprintf(own, sizeof(own), "22222222-2222-4222-8222-%012d", ++c->count);
    json_t *frame = json_pack("{s:s,s:s,s:o}", "id", id ? id : own, "do", command, "with", with);
    char *text = json_dumps(frame, JSON_COMPACT);
    json_decref(hear(wire, NULL)); /* What has come before. */
    session_receive(wire->session, text, strlen(text));
    world_settle(&c->world);
    free(text);
    json_decref(frame);
    return hear(wire, id ? id : own);
}

const char *cast_code(json_t *answer)
{
    static char code[64];
    const json_t *refused = json_object_get(answer, "refused");
    const char *said = text_of(refused ? refused : answer, "code");

    snprintf(code, sizeof(code), "%s", said ? said : answer ? "ok" : "");
    json_decref(answer);
    return code;
}

char *cast_view(struct cast *c)
{
    const struct meeting *m = c->room->meeting;
    char *all = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&all, &len);

    fprintf(out, "%" PRId64 "\n", m->seq);
    for (enum cast_part part = 0; part <= CAST_LEADER; part++) {
        struct reader reader = { .role = cast_role(part) };
        if (reader.role == ROLE_PHONE) {
            reader.own_count = 1;
            reader.own[0] = part == CAST_ANA ? 1 : 2;
            reader.handset = m->seats[reader.own[0] - 1].handset;
        }
        char *text = snapshot_encode(m, c->code, &reader);
        CHECK(text);
        fprintf(out, "%s\n", text);
        free(text);
    }
    fclose(out);
    return all;
}

static json_t *text_like(const struct cast *c, const struct record_field *f)
{
    /* clang-format off */
    switch (f->pattern) {
    case PATTERN_NONE:    break;
    case PATTERN_UUID:    return json_string(strcmp(f->name, "note") == 0 ? c->note : c->point);
    case PATTERN_HASH:    return json_sprintf("%064d", 0);
    case PATTERN_SECRET:  return json_sprintf("%043d", 0);
    case PATTERN_CODE:    return json_string(c->code);
    case PATTERN_DATE:    return json_string("2027-03-01");
    case PATTERN_TIME:    return json_string("14:30");
    case PATTERN_PART_ID: return json_string("a");
    case PATTERN_URL:     return json_string("https://example.org/");
    case PATTERN_ZONE:    return json_string("Europe/Copenhagen");
    }
    /* clang-format on */
    char *letters = malloc((size_t)f->min + 2);
    size_t len = f->min > 1 ? (size_t)f->min : 1;
    CHECK(letters);
    memset(letters, 'x', len);
    json_t *made = json_stringn(letters, len);
    free(letters);
    return made;
}

static json_t *number_like(const struct cast *c, const struct record_field *f)
{
    int64_t number = strcmp(f->name, "turn") == 0 ? c->turn : 1;

    return json_integer(number < f->min ? f->min : number > f->max ? f->max : number);
}

static json_t *one_of(json_t *element)
{
    json_t *list = json_array();

    json_array_append_new(list, element);
    return list;
}

static json_t *value_like(const struct cast *c, const struct record_field *f)
{
    switch (f->type) {
    case RECORD_INT:
    case RECORD_INSTANT:
    case RECORD_SPAN:
        return number_like(c, f);
    case RECORD_INTS:
        return one_of(number_like(c, f));
    case RECORD_BOOL:
        return json_true();
    case RECORD_UUID:
        return json_string(strcmp(f->name, "note") == 0 ? c->note : c->point);
    case RECORD_UUIDS:
        return one_of(json_string(c->point));
    case RECORD_HASH:
        return json_sprintf("%064d", 0);
    case RECORD_TEXT:
        return text_like(c, f);
    case RECORD_TEXTS:
        return one_of(text_like(c, f));
    case RECORD_ENUM:
        return json_string(f->values->names[1]);
    case RECORD_RECORD:
        return cast_fields(c, f->of, NULL, true);
    case RECORD_LIST:
        return one_of(cast_fields(c, f->of, NULL, true));
    }
    CHECK(false);
    return NULL;
}

json_t *cast_fields(const struct cast *c, const struct record *r, const char *one, bool all)
{
    json_t *object = json_object();

    for (size_t i = 0; r && i < r->count; i++) {
        const struct record_field *f = &r->fields[i];
        if (all || f->required || (one && strcmp(one, f->name) == 0))
            json_object_set_new(object, f->name, value_like(c, f));
    }
    return object;
}
