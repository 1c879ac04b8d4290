/* Who may do what: every command that there is, from everybody who can be there, in every state of
 * a meeting.  Who may is read here from the column of protocol/commands, apart from the tables that
 * the server is made with.  tests/README.md, rows 45 and 66. */
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "support/cast.h"
#include "support/cmocka_all.h"
#include "wire/command_decode.h"

/* What protocol/commands says of a command. */
static json_t *row_of(const char *command)
{
    char path[512];

    snprintf(path, sizeof(path), SOURCE_FOLDER "/protocol/commands/%s.json", command);
    json_t *row = json_load_file(path, 0, NULL);
    assert_non_null(row);
    assert_string_equal(json_string_value(json_object_get(row, "do")), command);
    return row;
}

static bool has(const json_t *list, const char *word)
{
    size_t i;
    const json_t *each;

    json_array_foreach(list, i, each) if (strcmp(json_string_value(each), word) == 0) return true;
    return false;
}

static bool may(const json_t *row, enum cast_part part)
{
    enum role role = cast_role(part);

    return role != ROLE_NOT && has(json_object_get(row, "who"), role_enum.names[role]);
}

static json_t *all_fields(const struct cast *c, enum command_kind kind)
{
    return cast_fields(c, command_infos[kind].args, NULL, true);
}

/* What somebody hears who may not.  Who was shut out hears nothing; and who has said no hello is
 * shut out by it. */
static const char *refusal_for(enum cast_part part)
{
    if (part == CAST_NOBODY)
        return "hello_expected";
    return cast_role(part) == ROLE_NOT ? "" : "forbidden";
}

static void refused_and_nothing_changed(struct cast *c, enum command_kind kind, enum cast_part part)
{
    const char *name = command_infos[kind].name;

    if (part == CAST_NOBODY) {
        world_disconnect(c->wires[part]);
        c->wires[part] = world_connect(&c->world);
    }
    world_pass(&c->world, 2000); /* None of them is closed for going on. */
    char *before = cast_view(c);
    const char *code = cast_code(cast_send(c, part, name, all_fields(c, kind), NULL));
    char *after = cast_view(c);
    if (strcmp(code, refusal_for(part)) != 0 || strcmp(before, after) != 0)
        fail_msg("%s from %s: '%s'%s", name, cast_names[part], code,
                 strcmp(before, after) == 0 ? "" : ", and the meeting is another");
    free(before);
    free(after);
}

static void who_may_not_is_refused(enum state state)
{
    struct cast c;
    int pairs = 0;

    cast_open(&c, state);
    for (enum command_kind kind = 0; kind < COMMAND_COUNT; kind++) {
        json_t *row = row_of(command_infos[kind].name);
        for (enum cast_part part = 0; part < CAST_PARTS; part++)
            if (!may(row, part)) {
                refused_and_nothing_changed(&c, kind, part);
                pairs++;
            }
        json_decref(row);
    }
    assert_true(pairs > 9 * (int)COMMAND_COUNT - 100);
    cast_close(&c);
}

/* A refusal leaves all as it was, and is one that the command's file names. */
static bool taken_or_refused_by_name(enum command_kind kind, enum cast_part part, enum state state,
                                     const json_t *row)
{
    struct cast c;

    cast_open(&c, state);
    char *before = cast_view(&c);
    const char *code =
        cast_code(cast_send(&c, part, command_infos[kind].name, all_fields(&c, kind), NULL));
    char *after = cast_view(&c);
    bool taken = strcmp(code, "ok") == 0;
    if (!taken && (!has(json_object_get(row, "refusals"), code) || strcmp(before, after) != 0))
        fail_msg("%s from %s: '%s'%s", command_infos[kind].name, cast_names[part], code,
                 strcmp(before, after) == 0 ? "" : ", and the meeting is another");
    free(before);
    free(after);
    cast_close(&c);
    return taken;
}

static void who_may_is_heard(enum state state, int least)
{
    int taken = 0;

    for (enum command_kind kind = 0; kind < COMMAND_COUNT; kind++) {
        json_t *row = row_of(command_infos[kind].name);
        for (enum cast_part part = 0; part < CAST_PARTS; part++)
            if (may(row, part))
                taken += taken_or_refused_by_name(kind, part, state, row);
        json_decref(row);
    }
    if (taken < least)
        fail_msg("%d were taken", taken);
}

static void in_the_lobby(void **state)
{
    (void)state;
    who_may_not_is_refused(STATE_LOBBY);
    who_may_is_heard(STATE_LOBBY, 13);
}

static void while_it_runs(void **state)
{
    (void)state;
    who_may_not_is_refused(STATE_RUNNING);
    who_may_is_heard(STATE_RUNNING, 30);
}

static void while_it_is_paused(void **state)
{
    (void)state;
    who_may_not_is_refused(STATE_PAUSED);
    who_may_is_heard(STATE_PAUSED, 20);
}

static void when_it_is_over(void **state)
{
    (void)state;
    who_may_not_is_refused(STATE_CLOSED);
    who_may_is_heard(STATE_CLOSED, 10);
}

/* What names something of somebody's. */
static bool names_whose(const struct record_field *f)
{
    static const char *const names[] = { "seat", "contribution", "note", "turn", "pair", NULL };

    for (size_t i = 0; names[i]; i++)
        if (strcmp(f->name, names[i]) == 0)
            return true;
    return false;
}

/* Bo's phone says each of its commands of Ana's seat, note, point or turn, one at a time. */
static void others_things_are_not_ones_own(enum state state, int least)
{
    struct cast c;
    int tried = 0;

    cast_open(&c, state);
    for (enum command_kind kind = 0; kind < COMMAND_COUNT; kind++) {
        const struct record *args = command_infos[kind].args;
        if (!(command_infos[kind].who & 1u << ROLE_PHONE))
            continue;
        for (size_t i = 0; args && i < args->count; i++) {
            const char *name = args->fields[i].name;
            if (!names_whose(&args->fields[i]))
                continue;
            world_pass(&c.world, 2000);
            char *before = cast_view(&c);
            const char *code = cast_code(cast_send(&c, CAST_BO, command_infos[kind].name,
                                                   cast_fields(&c, args, name, false), NULL));
            char *after = cast_view(&c);
            if (strcmp(code, "ok") == 0 || code[0] == '\0' || strcmp(before, after) != 0)
                fail_msg("%s of another's %s: '%s'", command_infos[kind].name, name, code);
            free(before);
            free(after);
            tried++;
        }
    }
    assert_true(tried >= least);
    cast_close(&c);
}

static void what_is_anothers_stays_anothers(void **state)
{
    (void)state;
    for (enum state s = STATE_LOBBY; s <= STATE_CLOSED; s++)
        others_things_are_not_ones_own(s, 20);
}

static const char stolen[] = "55555555-5555-4555-8555-555555555555";

static json_t *point(const char *text)
{
    return json_pack("{s:s}", "text", text);
}

static size_t points(const struct cast *c)
{
    return c->room->meeting->contribution_count;
}

/* Everybody knows the id that Ana's command had, and says it as their own. */
static void anothers_command_id_answers_nobody(void **state)
{
    static const enum cast_part others[] = { CAST_BO, CAST_CONSOLE, CAST_SCRIBE };
    struct cast c;
    (void)state;

    cast_open(&c, STATE_RUNNING);
    json_t *first = cast_send(&c, CAST_ANA, "contribution.add", point("Et"), stolen);
    size_t count = points(&c);
    json_t *again = cast_send(&c, CAST_ANA, "contribution.add", point("Et"), stolen);
    assert_true(json_equal(first, again)); /* To her it is the answer that was lost. */
    assert_int_equal(points(&c), count);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        json_t *with = point("Mit");
        if (cast_role(others[i]) != ROLE_PHONE)
            json_object_set_new(with, "seat", json_integer(2));
        json_t *own = cast_send(&c, others[i], "contribution.add", with, stolen);
        assert_true(json_is_true(json_object_get(own, "ok")));
        assert_false(json_equal(json_object_get(own, "made"), json_object_get(first, "made")));
        assert_int_equal(points(&c), ++count);
        json_decref(own);
    }
    assert_string_equal(cast_code(cast_send(&c, CAST_BO, "turn.done", json_object(), stolen)),
                        "ok"); /* By now it is the id of one of his own. */
    assert_int_equal(points(&c), count);
    assert_string_equal(
        cast_code(cast_send(&c, CAST_BOARD, "contribution.add", point("Et"), stolen)), "forbidden");
    json_decref(first);
    json_decref(again);
    cast_close(&c);
}

/* What a link made is its secret: the same id from elsewhere does not bring it back either. */
static void a_secret_is_told_to_whoever_asked_and_once(void **state)
{
    struct cast c;
    (void)state;

    cast_open(&c, STATE_RUNNING);
    json_t *seat = json_pack("{s:i}", "seat", 2);
    json_t *made = cast_send(&c, CAST_CONSOLE, "seat.link", json_incref(seat), stolen);
    assert_non_null(json_object_get(json_object_get(made, "made"), "token"));
    json_t *again = cast_send(&c, CAST_CONSOLE, "seat.link", json_incref(seat), stolen);
    assert_null(json_object_get(again, "made"));
    for (enum cast_part part = 0; part < CAST_PARTS; part++)
        if (part != CAST_CONSOLE)
            assert_string_not_equal(
                cast_code(cast_send(&c, part, "seat.link", json_incref(seat), stolen)), "ok");
    json_decref(seat);
    json_decref(made);
    json_decref(again);
    cast_close(&c);
}

/* Also by a server that has read it anew. */
static void an_id_is_its_senders_after_a_restart_too(void **state)
{
    struct cast c;
    (void)state;

    cast_open(&c, STATE_RUNNING);
    json_t *first = cast_send(&c, CAST_ANA, "contribution.add", point("Et"), stolen);
    cast_restart(&c, 1000);
    size_t count = points(&c);
    json_t *again = cast_send(&c, CAST_ANA, "contribution.add", point("Et"), stolen);
    assert_true(json_equal(first, again));
    assert_int_equal(points(&c), count);
    assert_string_equal(cast_code(cast_send(&c, CAST_BO, "contribution.add", point("To"), stolen)),
                        "ok");
    assert_int_equal(points(&c), count + 1);
    json_decref(first);
    json_decref(again);
    cast_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_the_lobby),
        cmocka_unit_test(while_it_runs),
        cmocka_unit_test(while_it_is_paused),
        cmocka_unit_test(when_it_is_over),
        cmocka_unit_test(what_is_anothers_stays_anothers),
        cmocka_unit_test(anothers_command_id_answers_nobody),
        cmocka_unit_test(a_secret_is_told_to_whoever_asked_and_once),
        cmocka_unit_test(an_id_is_its_senders_after_a_restart_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
