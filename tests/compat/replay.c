/* replay.c -- an old client's conversation, said again to this server: `replay < CONVERSATION`.
 *
 * A conversation is what record.c has written at an earlier release.  Everything that its clients
 * did is done again, in the same virtual time and with the same dice, and what the server answers
 * and tells is held against what it answered then: each frame that was heard then is heard now,
 * with at least the same fields, and the same values in them.  New fields may be there.
 *
 * Ids, codes and secrets are the server's to choose: the first time that one of then stands where
 * one of now is, the two belong together; from there on each stands for the other, also in what
 * the clients send.
 *
 * What is private has since become that of the phone that wrote it, and no more of whoever has its
 * seat: what then another phone of the seat was told is not told now, and where such a phone does
 * something with it, the conversation goes no further.  Nor does it where whoever presents is asked
 * to round off, which was refused then, for a presenter has no floor that is given.  Nor
 * where a phone is told that it is out, whose seat has been left by the console's word or waits for
 * a link: then it went on; or where it has another seat, and is closed so that it comes again with
 * that one.  And what a phone is called at the door is no longer its own id; nor does a point of a
 * retrospect tell when it came, but when something came before it.  Frames of a kind that there was
 * not then are passed over, as its clients do.
 *
 * Ends with 1 at the first difference, which it names by the line of the conversation.
 */
#include <ctype.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "engine/door.h"
#include "support/check.h"
#include "support/world.h"

#define CODE_CHARACTERS "-" CODE_ALPHABET

enum { WIRES_MAX = 4096, PATH_CHARS = 512, ID_CHARS_MAX = 43 };

static struct world world;
static struct world_wire *wires[WIRES_MAX];
static json_t *now_of, *then_of;    /* Ids: of then to now, and back. */
static json_t *phone_of[WIRES_MAX]; /* Which phone this is: its id, or its first token. */
static json_t *writer_of;           /* Of notes and sealed points, by their id then. */
static json_t *dropped;             /* Those that another phone than their writer's was told. */
static bool takes_out;              /* The console has taken somebody out, or made a link. */
static json_t *hints;               /* By the ids of then: who was asked to round off. */
static bool scribes[WIRES_MAX];     /* Which are. */
static json_t *left_out;            /* By the ids of then: what was refused, and is done now. */
static long line_number;

_Noreturn static void differs(const char *path, const char *then, const char *now)
{
    printf("line %ld, %s:\n  then %.1500s\n  now  %.1500s\n", line_number, path, then, now);
    exit(1);
}

static bool in_token(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '_';
}

static size_t token_length(const char *at)
{
    size_t n = 0;

    while (in_token(at[n]))
        n++;
    return n;
}

/* A uuid, a meeting's code or the secret of a link, by its form. */
static bool is_id(const char *at, size_t n)
{
    if (n == 36)
        return at[8] == '-' && at[13] == '-' && at[18] == '-' && at[23] == '-';
    if (n == 9)
        return at[4] == '-' && strspn(at, CODE_CHARACTERS) == 9;
    return n == 43;
}

/* What stands for the id at `at`; NULL when nothing does yet. */
static const char *found(json_t *ids, const char *at, size_t n)
{
    char id[ID_CHARS_MAX + 1];

    if (n > ID_CHARS_MAX)
        return NULL;
    snprintf(id, sizeof(id), "%.*s", (int)n, at);
    return json_string_value(json_object_get(ids, id));
}

/* Whether these two stand for each other, from now on at the latest. */
static bool same_id(const char *then, const char *now, size_t n)
{
    const char *known = found(now_of, then, n), *back = found(then_of, now, n);
    char was[ID_CHARS_MAX + 1], is[ID_CHARS_MAX + 1];

    if (known || back)
        return known && back && strncmp(known, now, n) == 0 && strncmp(back, then, n) == 0;
    snprintf(was, sizeof(was), "%.*s", (int)n, then);
    snprintf(is, sizeof(is), "%.*s", (int)n, now);
    json_object_set_new(now_of, was, json_string(is));
    json_object_set_new(then_of, is, json_string(was));
    return true;
}

static bool same_text(const char *then, const char *now)
{
    while (*then && *now) {
        size_t n = token_length(then);
        if (n == 0) {
            if (*then++ != *now++)
                return false;
            continue;
        }
        if (token_length(now) != n)
            return false;
        if (is_id(then, n) && is_id(now, n) ? !same_id(then, now, n) : strncmp(then, now, n) != 0)
            return false;
        then += n;
        now += n;
    }
    return *then == *now;
}

/* What was said then, with the ids of now; to be freed. */
static char *with_ids_of_now(const char *text)
{
    char *whole = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&whole, &len);

    while (*text) {
        size_t n = token_length(text);
        if (n == 0) {
            fputc(*text++, out);
            continue;
        }
        const char *now = found(now_of, text, n);
        fwrite(now ? now : text, 1, n, out);
        text += n;
    }
    fclose(out);
    return whole;
}

static void same_json(json_t *then, json_t *now, const char *path);

/* What a screen shows to be let in has no form that other words have not. */
static bool same_pairing(json_t *then, json_t *now)
{
    const char *was = json_string_value(then), *is = json_string_value(now);

    return was && is && strlen(was) == strlen(is) && same_id(was, is, strlen(was));
}

/* What the phone with this id is called at the door now. */
static json_t *name_of(const json_t *id)
{
    const char *was = json_string_value(id);
    char name[UUID_CHARS + 1];
    struct uuid phone;

    if (!was || !uuid_read(was, strlen(was), &phone))
        return NULL;
    uuid_write(door_name(hash_of(phone.b, sizeof(phone.b))), name);
    return json_string(name);
}

static bool same_name(json_t *then, json_t *now)
{
    json_t *name = name_of(then);
    bool same = name && json_equal(name, now);

    json_decref(name);
    return same;
}

/* What a meeting had of an earlier one and is not done with goes on to the next one now, before its
 * own. */
static void leave_carried_on(const json_t *then, json_t *now)
{
    while (json_array_size(now) > json_array_size(then))
        json_array_remove(now, 0);
}

/* Of a fact whose time would tell who wrote it. */
static bool is_earlier(const json_t *fact, const json_t *then, const json_t *now)
{
    const char *name = json_string_value(json_object_get(fact, "fact"));
    bool sealed = name && (strcmp(name, "retro.added") == 0 || strcmp(name, "retro.edited") == 0 ||
                           strcmp(name, "retro.withdrawn") == 0);

    return sealed && json_integer_value(now) <= json_integer_value(then);
}

static void same_members(json_t *then, json_t *now, const char *path)
{
    char at[PATH_CHARS];
    const char *key;
    json_t *value;

    json_object_foreach(then, key, value)
    {
        snprintf(at, sizeof(at), "%s.%s", path, key);
        json_t *there = json_object_get(now, key);
        if (!there)
            differs(at, json_dumps(value, JSON_ENCODE_ANY), "(is not there)");
        if (strcmp(at, "answer.carried") == 0)
            leave_carried_on(value, there);
        if (strcmp(key, "phone") == 0 && same_name(value, there))
            continue;
        if (strcmp(key, "at") == 0 && is_earlier(then, value, there))
            continue;
        if (strcmp(key, "pairing") != 0 || !same_pairing(value, there))
            same_json(value, there, at);
    }
}

static void same_json(json_t *then, json_t *now, const char *path)
{
    char at[PATH_CHARS];
    bool same = json_typeof(then) == json_typeof(now);
    size_t i;
    json_t *value;

    if (same && json_is_object(then)) {
        same_members(then, now, path);
        return;
    }
    if (same && json_is_array(then) && json_array_size(then) == json_array_size(now)) {
        json_array_foreach(then, i, value)
        {
            snprintf(at, sizeof(at), "%s[%zu]", path, i);
            same_json(value, json_array_get(now, i), at);
        }
        return;
    }
    if (same && json_is_string(then))
        same = same_text(json_string_value(then), json_string_value(now));
    else
        same = same && json_equal(then, now);
    if (!same)
        differs(path, json_dumps(then, JSON_ENCODE_ANY), json_dumps(now, JSON_ENCODE_ANY));
}

/* Minutes, in one of their forms, are in the words of today: journal.test.js looks into them. */
static bool is_minutes(const char *text)
{
    return strncmp(text, "<!doctype html>", 15) == 0 || strncmp(text, "# ", 2) == 0;
}

/* A frame, or the body of an answer, which need not be JSON. */
static void same_whole(const char *then, const char *now, const char *path)
{
    json_t *was = json_loads(then, 0, NULL), *is = json_loads(now, 0, NULL);

    if (was && is)
        same_json(was, is, path);
    else if (is_minutes(then) && is_minutes(now) && then[0] == now[0])
        return;
    else if (was || is || !same_text(then, now))
        differs(path, then, now);
    json_decref(was);
    json_decref(is);
}

/* The next word of the line, which is cut off; NULL at its end. */
static char *word(char **line)
{
    char *at = *line;

    if (!*at)
        return NULL;
    size_t n = strcspn(at, " ");
    *line = at + n + (at[n] == ' ');
    at[n] = '\0';
    return at;
}

static int64_t number(char **line)
{
    char *at = word(line);

    CHECK(at);
    return strtoll(at, NULL, 10);
}

static struct world_wire **wire(char **line)
{
    int64_t n = number(line);

    CHECK(n >= 0 && n < WIRES_MAX);
    return &wires[n];
}

static const char *or_empty(const char *text)
{
    CHECK(text);
    return strcmp(text, "-") == 0 ? "" : text;
}

/* Asks, and returns the answer, "STATUS BODY", which the next line is held against. */
static char *ask(char *line)
{
    char *whole = with_ids_of_now(line), *rest = whole, *answer;
    const char *method = word(&rest), *path = word(&rest);
    const char *query = or_empty(word(&rest)), *bearer = or_empty(word(&rest));
    int status = 0;
    char *body =
        world_ask(&world, method, path, query, *bearer ? bearer : NULL, or_empty(rest), &status);

    CHECK(asprintf(&answer, "%d %s", status, body) > 0);
    free(body);
    free(whole);
    return answer;
}

static void told(char *then, char *now)
{
    CHECK(now);
    const char *was = word(&then), *is = word(&now);
    for (char *at = then; (at = strchr(at, '\f'));)
        *at = '\n';

    if (strcmp(was, is) != 0)
        differs("status", was, is);
    same_whole(then, now, "answer");
}

/* Which phone speaks, and what it writes for itself. */
static void note_said(size_t n, const json_t *frame)
{
    const json_t *hello = json_object_get(frame, "hello"), *with = json_object_get(frame, "with");
    const char *note = json_string_value(json_object_get(with, "note"));
    json_t *id = json_object_get(hello, "id"), *token = json_object_get(hello, "token");

    if (hello) {
        json_decref(phone_of[n]);
        phone_of[n] = id ? json_incref(id) : token ? json_incref(token) : NULL;
        const char *as = json_string_value(json_object_get(hello, "as"));
        scribes[n] = as && strcmp(as, "scribe") == 0;
    }
    if (note && phone_of[n] && !json_object_get(writer_of, note))
        json_object_set(writer_of, note, phone_of[n]);
}

/* Whether it does something with what it is not told now. */
static bool is_others(const json_t *with)
{
    const char *note = json_string_value(json_object_get(with, "note"));

    return note && json_object_get(dropped, note);
}

/* Whether a scribe mends words or takes a point off, which was the console's then. */
static bool is_mending(size_t n, const json_t *frame)
{
    const char *command = json_string_value(json_object_get(frame, "do"));
    bool words = json_object_get(json_object_get(frame, "with"), "text") != NULL;

    return scribes[n] && command &&
           ((strcmp(command, "contribution.edit") == 0 && words) ||
            strcmp(command, "contribution.withdraw") == 0);
}

/* False where the conversation goes no further. */
static bool say(char *line)
{
    size_t n = strtoul(line, NULL, 10);
    struct world_wire *to = *wire(&line);
    json_t *frame = json_loads(line, 0, NULL), *with = json_object_get(frame, "with");
    json_t *name = name_of(json_object_get(with, "phone"));
    char *text;

    note_said(n, frame);
    const char *command = json_string_value(json_object_get(frame, "do"));
    if (command && strcmp(command, "floor.hint") == 0)
        json_object_set(hints, json_string_value(json_object_get(frame, "id")), json_true());
    const char *presence = json_string_value(json_object_get(with, "presence"));
    takes_out |= (presence && strcmp(presence, "left") == 0) ||
                 (command && strcmp(command, "seat.link") == 0);
    bool mends = is_mending(n, frame);
    if (mends)
        json_object_set(left_out, json_string_value(json_object_get(frame, "id")), json_true());
    if (mends || is_others(with)) {
        json_decref(name);
        json_decref(frame);
        return mends;
    }
    if (name)
        json_object_set_new(with, "phone", name);
    char *said = name ? json_dumps(frame, JSON_COMPACT) : NULL;
    text = with_ids_of_now(said ? said : line);
    world_say(to, text);
    free(said);
    free(text);
    json_decref(frame);
    return true;
}

/* What this phone was told then, and another had written. */
static void drop_others(json_t *list, const char *key, const json_t *phone)
{
    for (size_t i = json_array_size(list); i > 0; i--) {
        const char *id = json_string_value(json_object_get(json_array_get(list, i - 1), key));
        const json_t *writer = id ? json_object_get(writer_of, id) : NULL;
        if (!writer || json_equal((json_t *)writer, (json_t *)phone))
            continue;
        json_object_set_new(dropped, id, json_true());
        json_array_remove(list, i - 1);
    }
}

/* The frame of then, as it would be told now; to be freed. */
static char *as_of_now(size_t n, const char *then)
{
    json_t *frame = json_loads(then, 0, NULL), *snapshot = json_object_get(frame, "snapshot");
    json_t *token = json_object_get(json_object_get(frame, "welcome"), "token");
    const char *made =
        json_string_value(json_object_get(json_object_get(frame, "made"), "contribution"));

    if (token && (!phone_of[n] || json_string_length(phone_of[n]) != 36)) {
        json_decref(phone_of[n]);
        phone_of[n] = json_incref(token);
    }
    if (made && phone_of[n])
        json_object_set(writer_of, made, phone_of[n]);
    if (phone_of[n]) {
        drop_others(json_object_get(snapshot, "notes"), "note", phone_of[n]);
        drop_others(json_object_get(snapshot, "own"), "id", phone_of[n]);
    }
    char *text = snapshot ? json_dumps(frame, JSON_COMPACT) : strdup(then);
    json_decref(frame);
    return text;
}

/* Whether somebody is asked to round off of whom nothing was known then. */
static bool is_asked_now(const char *then, const char *now)
{
    json_t *was = json_loads(then, 0, NULL), *is = json_loads(now, 0, NULL);
    const char *re = json_string_value(json_object_get(was, "re"));
    const char *code = json_string_value(json_object_get(was, "code"));
    bool asked = re && json_object_get(hints, re) && code && strcmp(code, "nobody_speaks") == 0 &&
                 json_is_true(json_object_get(is, "ok"));

    json_decref(was);
    json_decref(is);
    return asked;
}

/* Whether the phone is out by now, as it was not then, or out of one of its seats. */
static bool is_out_now(const struct world_wire *from, const char *now)
{
    return takes_out &&
           (now ? strcmp(now, "{\"refused\":{\"code\":\"out\"}}") == 0 : from->closing);
}

/* The answer to what is not said again. */
static bool is_left_out(const char *line)
{
    json_t *then = json_loads(line, 0, NULL);
    const char *re = json_string_value(json_object_get(then, "re"));
    bool out = re && json_object_get(left_out, re);

    json_decref(then);
    return out;
}

/* The next frame but for those that no client of then knew: they are passed over. */
static char *hear_known(struct world_wire *from)
{
    char *now;

    while ((now = world_hear(from)) && strncmp(now, "{\"saving\":", strlen("{\"saving\":")) == 0)
        free(now);
    return now;
}

/* False where the conversation goes no further. */
static bool hear(char *line)
{
    size_t n = strtoul(line, NULL, 10);
    struct world_wire *from = *wire(&line);

    if (is_left_out(line))
        return true;
    char *now = hear_known(from);

    if ((now || *line) && is_out_now(from, now)) {
        free(now);
        return false;
    }
    if (!*line && now)
        differs("frame", "(none)", now);
    if (*line && !now)
        differs("frame", line, "(none)");
    bool goes_on = !now || !is_asked_now(line, now);
    char *then = now ? as_of_now(n, line) : NULL;
    if (now && goes_on)
        same_whole(then, now, "frame");
    free(then);
    free(now);
    return goes_on;
}

/* What is done to the server and to its disk. */
static bool do_world(const char *verb, char *line)
{
    if (strcmp(verb, "open") == 0)
        world_open(&world, (uint64_t)number(&line), SOURCE_FOLDER "/tests/compat/templates");
    else if (strcmp(verb, "pass") == 0)
        world_pass(&world, number(&line));
    else if (strcmp(verb, "settle") == 0)
        world_settle(&world);
    else if (strcmp(verb, "restart") == 0)
        world_restart(&world, number(&line));
    else if (strcmp(verb, "stall") == 0)
        world.stalled = number(&line) != 0;
    else if (strcmp(verb, "fail") == 0)
        journal_memory_fail(world.journal, (size_t)number(&line));
    else if (strcmp(verb, "commit") == 0)
        journal_memory_commit(world.journal, (size_t)number(&line));
    else if (strcmp(verb, "collect") == 0)
        app_collect(world.app);
    else if (strcmp(verb, "stop") == 0)
        app_stop(world.app);
    else if (strcmp(verb, "dismiss") == 0)
        app_dismiss(world.app);
    else
        return false;
    return true;
}

/* False where the conversation goes no further. */
static bool do_line(char *line)
{
    static char *answer;
    const char *verb = word(&line);

    if (strcmp(verb, "ask") == 0) {
        free(answer);
        answer = ask(line);
    } else if (strcmp(verb, "told") == 0) {
        told(line, answer);
    } else if (strcmp(verb, "connect") == 0) {
        *wire(&line) = world_connect(&world);
    } else if (strcmp(verb, "say") == 0) {
        return say(line);
    } else if (strcmp(verb, "hear") == 0) {
        return hear(line);
    } else if (strcmp(verb, "leave") == 0) {
        struct world_wire **gone = wire(&line);
        world_disconnect(*gone);
        *gone = NULL;
    } else if (!do_world(verb, line)) {
        differs("verb", "one that is known", verb);
    }
    return true;
}

int main(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;

    log_limit(LOG_LEVEL_ERROR);
    now_of = json_object();
    then_of = json_object();
    writer_of = json_object();
    dropped = json_object();
    hints = json_object();
    left_out = json_object();
    while ((n = getline(&line, &room, stdin)) > 0) {
        line_number++;
        if (line[n - 1] == '\n')
            line[n - 1] = '\0';
        if (!do_line(line))
            break;
    }
    while (getline(&line, &room, stdin) > 0) /* Whoever tells it is let finish. */
        continue;
    for (size_t i = 0; i < WIRES_MAX; i++)
        if (wires[i])
            world_disconnect(wires[i]);
    world_close(&world);
    printf("%ld lines, as they were\n", line_number);
    free(line);
    json_decref(now_of);
    json_decref(then_of);
    json_decref(writer_of);
    json_decref(dropped);
    json_decref(hints);
    json_decref(left_out);
    for (size_t i = 0; i < WIRES_MAX; i++)
        json_decref(phone_of[i]);
    return 0;
}
