#include "support/meet.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ids.h"
#include "support/meet_line.h"

enum { PEERS_MAX = 64, HEARD_MAX = 20000, KNOCKS_MAX = 200, KNOCK_US = 50000 };

struct peer {
    char name[32], role[16];
    struct meet_wire *wire;
    char token[64];
    json_t *hello; /* What it says when it comes back. */
    int64_t seq;   /* Complete up to. */
    json_t *facts; /* All that it has heard. */
    size_t read;   /* How many of them the script has passed over. */
    json_t *last_reply;
    json_t *last_command;
    json_t *kept; /* Frames that came before its server was killed, and are not read yet. */
    bool again;   /* It has come again since, before a server could send it away. */
    bool in;      /* It was welcomed, which a connection is once. */
};

struct script {
    struct meet_line line;
    const struct meet_backend *on;
    FILE *log;
    char code[16];
    json_t *keys, *vars;
    size_t count;
    struct peer peers[PEERS_MAX];
    int strike_at;      /* The line at which a server is killed, 0: none; */
    bool strike_midway; /* once the line's command was said. */
    bool struck;        /* It was. */
};

static void note(struct script *s, const char *direction, const char *role, const char *text)
{
    if (s->log)
        fprintf(s->log, "%s %s %s\n", direction, role, text);
}

static struct peer *peer(struct script *s, const char *name)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->peers[i].name, name) == 0)
            return &s->peers[i];
    meet_die(&s->line, "nobody is called %s", name);
}

static void say(struct script *s, struct peer *p, const char *text)
{
    note(s, ">", p->role, text);
    s->on->send(p->wire, text);
}

/* Takes the next frame off the connection; NULL when none comes. */
static json_t *take(struct script *s, struct peer *p, bool *ret_closed)
{
    char *text = s->on->receive(p->wire, ret_closed);
    if (!text)
        return NULL;
    note(s, "<", p->role, text);
    json_t *frame = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    if (!frame)
        meet_die(&s->line, "the server sent no JSON: %.200s", text);
    free(text);
    if (p->in && json_object_get(frame, "welcome"))
        meet_die(&s->line, "%s is welcomed twice", p->name);
    p->in = p->in || json_object_get(frame, "welcome");
    json_t *seq = json_object_get(frame, "seq");
    if (seq && !json_object_get(frame, "re"))
        p->seq = json_integer_value(seq);
    return frame;
}

/* The same of what was kept, first.  Facts are kept on the way. */
static json_t *hear(struct script *s, struct peer *p, bool *ret_closed)
{
    json_t *frame = json_incref(json_array_get(p->kept, 0)), *fact;
    size_t i;

    if (frame)
        json_array_remove(p->kept, 0);
    else
        frame = take(s, p, ret_closed);
    json_array_foreach(json_object_get(frame, "facts"), i, fact) json_array_append(p->facts, fact);
    return frame;
}

/* Hears frames until one has `key`; the frame is the caller's. */
static json_t *hear_until(struct script *s, struct peer *p, const char *key)
{
    bool closed = false;

    for (;;) {
        json_t *frame = hear(s, p, &closed);
        if (!frame)
            meet_die(&s->line, "%s got no frame with \"%s\"%s", p->name, key,
                     closed ? ": the connection is closed" : "");
        if (json_object_get(frame, key))
            return frame;
        json_decref(frame);
    }
}

/* All that the server has sent to this peer by now has come in. */
static void settle(struct script *s, struct peer *p)
{
    say(s, p, "{\"clock\":{\"sent\":1}}");
    json_decref(hear_until(s, p, "clock"));
}

/* A server that was killed is not back yet, or its meetings are not: pages come again then. */
static bool must_wait(const struct script *s, const json_t *answer)
{
    const char *code =
        json_string_value(json_object_get(json_object_get(answer, "refused"), "code"));

    return s->struck && (!answer || (code && strcmp(code, "busy") == 0));
}

/* Says hello; the frame that answers it. */
static json_t *knock(struct script *s, struct peer *p, json_t *hello)
{
    json_t *frame = json_pack("{s:O}", "hello", hello), *answer;
    char *text = json_dumps(frame, JSON_COMPACT);
    bool closed = false;

    json_decref(p->kept);
    p->kept = NULL;
    for (int tries = 0;; tries++) {
        p->in = false;
        p->wire = s->on->open(s->on->state);
        say(s, p, text);
        answer = hear(s, p, &closed);
        if (!must_wait(s, answer) || tries == KNOCKS_MAX)
            break;
        json_decref(answer);
        s->on->close(p->wire);
        usleep(KNOCK_US);
    }
    free(text);
    json_decref(frame);
    return answer;
}

/* Says hello and hears the answer: why it is refused, or NULL. */
static json_t *greet(struct script *s, struct peer *p, json_t *hello)
{
    json_t *answer = knock(s, p, hello);

    if (!answer)
        meet_die(&s->line, "no answer to the hello");
    json_t *refused = json_incref(json_object_get(answer, "refused"));
    json_t *welcome = json_object_get(answer, "welcome");
    const char *token = json_string_value(json_object_get(welcome, "token"));
    if (token)
        snprintf(p->token, sizeof(p->token), "%s", token);
    if (!refused && !welcome)
        meet_die(&s->line, "neither welcome nor refused");
    json_decref(answer);
    return refused;
}

static const char *code_of(const json_t *refused)
{
    return json_string_value(json_object_get(refused, "code"));
}

static struct peer *join(struct script *s, int first, json_t **ret_refused)
{
    const struct meet_line *l = &s->line;
    const char *role = l->words[first];
    struct peer *p = &s->peers[s->count++];
    int rest = first + 2;

    if (s->count == PEERS_MAX || l->count < first + 2)
        meet_die(l, "who?");
    *p = (struct peer){ .facts = json_array(), .hello = json_object() };
    snprintf(p->name, sizeof(p->name), "%s", l->words[first + 1]);
    snprintf(p->role, sizeof(p->role), "%s", role);
    json_object_set_new(p->hello, "as", json_string(role));
    json_object_set_new(p->hello, "meeting", json_string(s->code));
    if (strcmp(role, "phone") != 0)
        json_object_set(p->hello, "key", json_object_get(s->keys, role));
    static const char *const names[] = { "name", "function" };
    for (int i = 0; i < 2 && rest < l->count && l->words[rest][0] == '"'; i++, rest++)
        json_object_set_new(p->hello, names[i], json_loads(l->words[rest], JSON_DECODE_ANY, NULL));
    int end = l->count;
    for (int i = rest; i < l->count; i++)
        if (strcmp(l->words[i], "!") == 0)
            end = i;
    struct meet_line fields = *l;
    fields.count = end;
    json_t *more = meet_fields(&fields, rest, s->vars);
    json_object_update(p->hello, more);
    json_decref(more);
    *ret_refused = greet(s, p, p->hello);
    return p;
}

/* After a welcome: a snapshot or facts. */
static void catch_up(struct script *s, struct peer *p)
{
    json_decref(hear_until(s, p, "seq"));
}

/* Says hello with what it has. */
static json_t *greet_again(struct script *s, struct peer *p)
{
    json_t *hello = json_copy(p->hello);

    if (p->token[0])
        json_object_set_new(hello, "token", json_string(p->token));
    json_object_set_new(hello, "since", json_integer(p->seq));
    json_t *refused = greet(s, p, hello);
    json_decref(hello);
    return refused;
}

/* Its server was killed: what that one has said is kept, and unless it had said farewell, the peer
 * comes again. */
static void come_again(struct script *s, struct peer *p)
{
    json_t *kept = json_array(), *frame, *refused = NULL;
    bool closed = false, over = false;

    while ((frame = take(s, p, &closed))) {
        over = over || json_object_get(frame, "refused");
        json_array_append_new(kept, frame);
    }
    if (!over && s->on->is_struck(p->wire)) {
        s->on->close(p->wire);
        refused = greet_again(s, p);
        p->again = true;
        if (refused)
            json_array_append_new(kept, json_pack("{s:o}", "refused", refused));
    }
    p->kept = kept;
}

static void strike(struct script *s)
{
    printf("%s:%d: a server is killed%s\n", s->line.path, s->line.number,
           s->strike_midway ? " in the middle" : "");
    fflush(stdout);
    s->struck = true;
    s->on->strike(s->on->state, s->code);
    for (size_t i = 0; i < s->count; i++)
        if (s->peers[i].wire && s->on->is_struck(s->peers[i].wire))
            come_again(s, &s->peers[i]);
}

static bool has_answer(const struct peer *p)
{
    size_t i;
    json_t *frame;

    json_array_foreach(p->kept, i, frame) if (json_object_get(frame, "re")) return true;
    return false;
}

/* Says a command, in the middle of which a server may be struck. */
static void say_command(struct script *s, struct peer *p, const char *text)
{
    say(s, p, text);
    if (s->line.number != s->strike_at || s->struck)
        return;
    const struct meet_wire *wire = p->wire;
    strike(s);
    if (p->wire != wire && !has_answer(p))
        say(s, p, text);
}

static void do_join(struct script *s)
{
    json_t *refused;
    struct peer *p = join(s, 0, &refused);

    if (refused)
        meet_die(&s->line, "refused with %s", code_of(refused));
    catch_up(s, p);
}

static void do_refused(struct script *s)
{
    json_t *refused;
    struct peer *p = join(s, 1, &refused);
    int at = 0;

    while (at < s->line.count - 1 && strcmp(s->line.words[at], "!") != 0)
        at++;
    if (at >= s->line.count - 1)
        meet_die(&s->line, "refused ROLE NAME … ! CODE");
    json_t *more = meet_fields(&s->line, at + 2, s->vars);
    json_object_set_new(more, "code", json_string(s->line.words[at + 1]));
    if (!refused || !meet_matches(more, refused))
        meet_die(&s->line, "answered with %s",
                 refused ? json_dumps(refused, JSON_COMPACT) : "welcome");
    s->on->close(p->wire);
    p->wire = NULL;
    json_decref(more);
    json_decref(refused);
}

/* Makes a meeting, and goes on in it; takes the body over. */
static void make_meeting(struct script *s, json_t *body)
{
    char *text = json_dumps(body, JSON_COMPACT);
    char *answer = s->on->create(s->on->state, text);
    json_t *made = answer ? json_loads(answer, 0, NULL) : NULL;
    const char *code = json_string_value(json_object_get(made, "code")), *role;
    json_t *link;

    if (!json_object_get(made, "links"))
        meet_die(&s->line, "no meeting was made: %s", answer ? answer : "no answer");
    snprintf(s->code, sizeof(s->code), "%s", code);
    json_object_foreach(json_object_get(made, "links"), role, link)
    {
        const char *key = strchr(json_string_value(link), '#');
        if (key)
            json_object_set_new(s->keys, role, json_string(key + 1));
    }
    free(text);
    free(answer);
    json_decref(body);
    json_decref(made);
}

static void do_agenda(struct script *s)
{
    const char *what = s->line.words[1];
    json_t *agenda = *what == '{' ? json_loads(what, 0, NULL) : NULL;

    make_meeting(s, agenda ? json_pack("{s:o}", "agenda", agenda)
                           : json_pack("{s:s}", "template", what));
}

static void do_next(struct script *s)
{
    json_t *body = json_pack("{s:{s:s, s:O}}", "from", "code", s->code, "key",
                             json_object_get(s->keys, "leader"));

    if (s->line.count > 1)
        json_object_set_new(body, "template", json_string(s->line.words[1]));
    make_meeting(s, body);
}

static void new_command_id(char id[static UUID_CHARS + 1])
{
    uuid_write(uuid_new(), id);
}

static void check_reply(struct script *s, json_t *reply, const char *code, json_t *more)
{
    bool ok = json_is_true(json_object_get(reply, "ok"));
    char *text = json_dumps(reply, JSON_COMPACT);

    if (!code && !ok)
        meet_die(&s->line, "answered with %s", text);
    if (code && (ok || strcmp(json_string_value(json_object_get(reply, "code")), code) != 0 ||
                 !meet_matches(more, reply)))
        meet_die(&s->line, "answered with %s", text);
    free(text);
}

static void do_command(struct script *s, struct peer *p)
{
    struct meet_line fields = s->line;
    const char *code = NULL, *name = NULL;
    json_t *more = json_object();
    char id[UUID_CHARS + 1];

    for (int i = 3; i < s->line.count; i++) {
        if (strcmp(s->line.words[i], "!") == 0) {
            code = s->line.words[i + 1];
            struct meet_line rest = s->line;
            json_decref(more);
            more = meet_fields(&rest, i + 2, s->vars);
        } else if (strcmp(s->line.words[i], "->") == 0)
            name = s->line.words[i + 1];
        else
            continue;
        fields.count = i;
        break;
    }
    new_command_id(id);
    json_t *with = meet_fields(&fields, 3, s->vars);
    json_t *command = json_pack("{s:s, s:s, s:o}", "id", id, "do", s->line.words[2], "with", with);
    char *text = json_dumps(command, JSON_COMPACT);
    say_command(s, p, text);
    free(text);
    json_decref(p->last_command);
    json_decref(p->last_reply);
    p->last_command = command;
    p->last_reply = hear_until(s, p, "re");
    const char *re = json_string_value(json_object_get(p->last_reply, "re"));
    if (!re || strcmp(re, id) != 0)
        meet_die(&s->line, "an answer to another command: %s", re ? re : "null");
    check_reply(s, p->last_reply, code, more);
    if (name) {
        const char *key;
        json_t *value;
        json_object_foreach(json_object_get(p->last_reply, "made"), key, value)
            json_object_set(s->vars, name, value);
    }
    json_decref(more);
}

static void do_again(struct script *s, struct peer *p)
{
    char *text = json_dumps(p->last_command, JSON_COMPACT);

    say(s, p, text);
    free(text);
    json_t *reply = hear_until(s, p, "re");
    if (!json_equal(reply, p->last_reply))
        meet_die(&s->line, "another answer: %s", json_dumps(reply, JSON_COMPACT));
    json_decref(reply);
}

/* What is heard is wanted up to "->"; `ret_named` is what stands behind it, NAME=FIELD, or NULL. */
static json_t *wanted(struct script *s, const char **ret_named)
{
    struct meet_line fields = s->line;

    *ret_named = NULL;
    for (int i = 3; i + 1 < s->line.count; i++)
        if (strcmp(s->line.words[i], "->") == 0) {
            *ret_named = s->line.words[i + 1];
            fields.count = i;
            break;
        }
    json_t *want = meet_fields(&fields, 3, s->vars);
    json_object_set_new(want, "fact", json_string(s->line.words[2]));
    return want;
}

static void call(struct script *s, const char *named, const json_t *fact)
{
    const char *field = strchr(named, '=');
    char name[64];

    if (!field || !json_object_get(fact, field + 1))
        meet_die(&s->line, "NAME=FIELD of the fact");
    snprintf(name, sizeof(name), "%.*s", (int)(field - named), named);
    json_object_set(s->vars, name, json_object_get(fact, field + 1));
}

static void do_hears(struct script *s, struct peer *p)
{
    const char *named;
    json_t *want = wanted(s, &named);
    bool closed = false;

    for (;;) {
        while (p->read < json_array_size(p->facts)) {
            const json_t *fact = json_array_get(p->facts, p->read++);
            if (!meet_matches(want, (json_t *)fact))
                continue;
            if (named)
                call(s, named, fact);
            json_decref(want);
            return;
        }
        json_t *frame = hear(s, p, &closed);
        if (!frame) {
            char *text = json_dumps(p->facts, JSON_COMPACT);
            meet_die(&s->line, "%s has heard only %.3000s", p->name, text);
        }
        json_decref(frame);
    }
}

static void do_never(struct script *s, struct peer *p)
{
    json_t *want = meet_fields(&s->line, 3, s->vars), *fact;
    size_t i;

    json_object_set_new(want, "fact", json_string(s->line.words[2]));
    settle(s, p);
    json_array_foreach(p->facts, i, fact) if (meet_matches(want, fact))
        meet_die(&s->line, "%s heard %s", p->name, json_dumps(fact, JSON_COMPACT));
    json_decref(want);
}

/* The snapshot that this reader gets on a fresh connection. */
static json_t *look(struct script *s, struct peer *p)
{
    struct peer fresh = { .facts = json_array(), .hello = json_copy(p->hello) };

    snprintf(fresh.role, sizeof(fresh.role), "%s", p->role);
    if (p->token[0])
        json_object_set_new(fresh.hello, "token", json_string(p->token));
    if (p->wire && strcmp(p->role, "phone") == 0) {
        s->on->close(p->wire); /* The newest connection of a seat would end this one anyway. */
        p->wire = NULL;
    }
    json_t *code = greet(s, &fresh, fresh.hello);
    if (code)
        meet_die(&s->line, "refused with %s", json_string_value(code));
    json_t *frame = hear_until(s, &fresh, "snapshot");
    if (p->wire)
        s->on->close(fresh.wire);
    else {
        p->wire = fresh.wire;
        p->seq = fresh.seq;
    }
    json_decref(fresh.facts);
    json_decref(fresh.hello);
    return frame;
}

static void do_sees(struct script *s, struct peer *p, bool lacks)
{
    json_t *frame = look(s, p), *snapshot = json_object_get(frame, "snapshot");

    for (int i = 2; i < s->line.count; i++) {
        char path[128];
        snprintf(path, sizeof(path), "%.*s", (int)strcspn(s->line.words[i], "="), s->line.words[i]);
        json_t *there = meet_at(snapshot, path);
        if (lacks) {
            if (there)
                meet_die(&s->line, "%s is there: %s", path, json_dumps(there, JSON_ENCODE_ANY));
            continue;
        }
        struct meet_line one = s->line;
        one.count = i + 1;
        json_t *want = meet_fields(&one, i, s->vars);
        if (!there || !meet_matches(json_object_get(want, path), there))
            meet_die(&s->line, "%s is %s", path,
                     there ? json_dumps(there, JSON_ENCODE_ANY | JSON_COMPACT) : "not there");
        json_decref(want);
    }
    json_decref(frame);
}

/* `NAME reads|misses [edition=…] "text"`, or `! CODE` in the text's place. */
static void do_reads(struct script *s, struct peer *p, bool misses)
{
    const struct meet_line *l = &s->line;
    const char *last = l->words[l->count - 1], *edition = "edition=participants";
    const char *key = json_string_value(json_object_get(p->hello, "key"));
    bool refused = strcmp(l->words[l->count - 2], "!") == 0;
    char path[64], query[128];

    if (strncmp(l->words[2], "edition=", 8) == 0)
        edition = l->words[2];
    snprintf(path, sizeof(path), "/api/meetings/%s/minutes",
             json_string_value(json_object_get(p->hello, "meeting")));
    snprintf(query, sizeof(query), "%s&format=md", edition);
    char *body = s->on->get(s->on->state, path, query, key ? key : p->token);
    json_t *want = json_loads(last, JSON_DECODE_ANY, NULL);
    json_t *answer = refused && body ? json_loads(body, 0, NULL) : NULL;
    if (refused ? !answer || strcmp(code_of(answer), last) != 0
                : !body || !json_is_string(want) ||
                      (strstr(body, json_string_value(want)) != NULL) == misses)
        meet_die(l, "%s reads %s", p->name, body ? body : "nothing");
    json_decref(want);
    json_decref(answer);
    free(body);
}

static void do_raw(struct script *s, struct peer *p)
{
    if (s->line.count < 5)
        meet_die(&s->line, "raw BYTES ! CODE");
    say(s, p, s->line.words[2]);
    json_t *reply = hear_until(s, p, "re");
    json_t *more = meet_fields(&s->line, 5, s->vars);
    check_reply(s, reply, s->line.words[4], more);
    json_decref(more);
    json_decref(reply);
}

static void do_ended(struct script *s, struct peer *p)
{
    json_t *frame = hear_until(s, p, "refused");
    const char *code =
        json_string_value(json_object_get(json_object_get(frame, "refused"), "code"));

    if (strcmp(code, s->line.words[2]) != 0)
        meet_die(&s->line, "ended with %s", code);
    json_decref(frame);
    s->on->close(p->wire);
    p->wire = NULL;
}

/* The server closes the connection, and says no reason why the client should not come again. */
static void hear_out(struct script *s, struct peer *p)
{
    bool closed = false;
    json_t *frame;

    while ((frame = hear(s, p, &closed))) {
        if (json_object_get(frame, "refused"))
            meet_die(&s->line, "told %s", json_dumps(frame, JSON_COMPACT));
        json_decref(frame);
    }
    if (!closed)
        meet_die(&s->line, "the connection is still open");
    s->on->close(p->wire);
    p->wire = NULL;
}

static void do_back(struct script *s, struct peer *p)
{
    if (p->wire && p->again)
        s->on->close(p->wire);
    else if (p->wire)
        hear_out(s, p);
    p->again = false;
    json_t *refused = greet_again(s, p);
    const char *told = refused ? code_of(refused) : "", *want = "";
    if (s->line.count > 3 && strcmp(s->line.words[2], "!") == 0)
        want = s->line.words[3];
    if (strcmp(told, want) != 0)
        meet_die(&s->line, "refused with %s", told);
    if (!refused)
        catch_up(s, p);
    json_decref(refused);
}

static int64_t span_of(const struct meet_line *l)
{
    char *unit;
    int64_t n = strtoll(l->words[1], &unit, 10);

    if (strcmp(unit, "ms") == 0)
        return n;
    if (strcmp(unit, "s") == 0)
        return n * 1000;
    if (strcmp(unit, "m") == 0)
        return n * 60000;
    meet_die(l, "how long is %s?", l->words[1]);
}

static void do_restart(struct script *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->peers[i].wire) {
            s->on->close(s->peers[i].wire);
            s->peers[i].wire = NULL;
        }
    s->on->restart(s->on->state, span_of(&s->line));
}

/* Lines that begin with somebody's name. */
static void do_peer(struct script *s)
{
    const char *verb = s->line.count > 1 ? s->line.words[1] : "";
    struct peer *p = peer(s, s->line.words[0]);

    if (!p->wire)
        meet_die(&s->line, "%s has no connection", p->name);
    if (strcmp(verb, ">") == 0)
        do_command(s, p);
    else if (strcmp(verb, "<") == 0)
        do_hears(s, p);
    else if (strcmp(verb, "again") == 0)
        do_again(s, p);
    else if (strcmp(verb, "never") == 0)
        do_never(s, p);
    else if (strcmp(verb, "sees") == 0)
        do_sees(s, p, false);
    else if (strcmp(verb, "lacks") == 0)
        do_sees(s, p, true);
    else if (strcmp(verb, "reads") == 0 || strcmp(verb, "misses") == 0)
        do_reads(s, p, strcmp(verb, "misses") == 0);
    else if (strcmp(verb, "ended") == 0)
        do_ended(s, p);
    else if (strcmp(verb, "raw") == 0)
        do_raw(s, p);
    else
        meet_die(&s->line, "what is %s?", verb);
}

static void do_line(struct script *s)
{
    const char *word = s->line.words[0];
    static const char *const roles[] = { "phone", "console", "board", "scribe", "leader" };

    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
        if (strcmp(word, roles[i]) == 0) {
            do_join(s);
            return;
        }
    if (strcmp(word, "agenda") == 0)
        do_agenda(s);
    else if (strcmp(word, "next") == 0)
        do_next(s);
    else if (strcmp(word, "refused") == 0)
        do_refused(s);
    else if (strcmp(word, "wait") == 0)
        s->on->wait(s->on->state, span_of(&s->line));
    else if (strcmp(word, "restart") == 0)
        do_restart(s);
    else if (strcmp(word, "fail") == 0)
        s->on->fail(s->on->state, atoi(s->line.words[1]));
    else if (strcmp(word, "drop") == 0) {
        struct peer *p = peer(s, s->line.words[1]);
        s->on->close(p->wire);
        p->wire = NULL;
    } else if (strcmp(word, "back") == 0)
        do_back(s, peer(s, s->line.words[1]));
    else
        do_peer(s);
}

static void finish(struct script *s)
{
    for (size_t i = 0; i < s->count; i++) {
        struct peer *p = &s->peers[i];
        if (p->wire)
            s->on->close(p->wire);
        json_decref(p->hello);
        json_decref(p->facts);
        json_decref(p->last_command);
        json_decref(p->last_reply);
        json_decref(p->kept);
    }
    json_decref(s->keys);
    json_decref(s->vars);
}

/* The lines of a script in which a server may be struck: behind the first that joins. */
static bool is_within(const char *text, bool *joined)
{
    static const char *const roles[] = { "phone ", "console ", "board ", "scribe ", "leader " };
    bool was = *joined;

    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
        *joined = *joined || strncmp(text, roles[i], strlen(roles[i])) == 0;
    return was && *text != '\n' && *text != '#';
}

/* Chooses such a line; a command may be struck once it was said. */
static void choose(struct script *s, FILE *in, uint64_t seed)
{
    char *text = NULL;
    size_t room = 0, among = 0;
    bool joined = false;

    for (const char *c = s->line.path; *c; c++)
        seed = (seed ^ (unsigned char)*c) * UINT64_C(1099511628211);
    for (int number = 1; getline(&text, &room, in) >= 0 && strncmp(text, "fail ", 5) != 0; number++)
        if (is_within(text, &joined)) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            if ((seed >> 33) % ++among != 0)
                continue;
            s->strike_at = number;
            s->strike_midway = strstr(text, " > ") && seed >> 63;
        }
    free(text);
    rewind(in);
}

static void run(const struct meet_backend *backend, const char *path, FILE *log,
                const uint64_t *strikes)
{
    struct script s = { .on = backend,
                        .log = log,
                        .keys = json_object(),
                        .vars = json_object(),
                        .line = { .path = path } };
    FILE *in = fopen(path, "r");
    char *text = NULL;
    size_t room = 0;

    if (!in)
        meet_die(&s.line, "cannot be read");
    if (strikes)
        choose(&s, in, *strikes);
    while (getline(&text, &room, in) >= 0) {
        s.line.number++;
        if (!meet_split(&s.line, text))
            continue;
        if (strcmp(s.line.words[0], "fail") == 0 && !backend->fail)
            break; /* The rest is the simulator's. */
        if (s.line.number == s.strike_at && !s.strike_midway)
            strike(&s);
        do_line(&s);
    }
    free(text);
    fclose(in);
    finish(&s);
}

void meet_run(const struct meet_backend *backend, const char *path, FILE *log)
{
    run(backend, path, log, NULL);
}

void meet_run_struck(const struct meet_backend *backend, const char *path, FILE *log, uint64_t seed)
{
    run(backend, path, log, &seed);
}
