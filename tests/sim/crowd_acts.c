/* crowd_acts.c -- what people press: mostly what makes sense just now, sometimes anything at all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/crowd.h"
#include "sim/keys.h"
#include "sim/method/pairs.h"
#include "sim/peer.h"

static json_t *now_of(const struct sim *s)
{
    return json_object_get(s->observer->state, "now");
}

static bool state_is(const struct sim *s, const char *state)
{
    return strcmp(json_string_value(json_object_get(now_of(s), "state")), state) == 0;
}

static int64_t now_number(const struct sim *s, const char *key)
{
    return json_integer_value(json_object_get(now_of(s), key));
}

/* One of a list, or NULL where it is empty. */
static json_t *any(struct sim *s, json_t *list)
{
    size_t count = json_array_size(list);

    return count ? json_array_get(list, (size_t)sim_roll(s, count)) : NULL;
}

int64_t crowd_seat(struct sim *s)
{
    size_t count = json_array_size(json_object_get(s->observer->state, "seats"));

    return 1 + (int64_t)sim_roll(s, count + 1); /* One of them does not exist. */
}

json_t *crowd_part(struct sim *s)
{
    json_t *item = any(s, json_object_get(s->observer->state, "items"));
    json_t *part = any(s, json_object_get(item, "parts"));

    return sim_chance(s, 3) ? json_string("zz") : json_incref(json_object_get(part, "id"));
}

static json_t *part_running(const struct sim *s)
{
    json_t *id = json_object_get(now_of(s), "part"), *item, *part;
    size_t i, k;

    json_array_foreach(json_object_get(s->observer->state, "items"), i, item)
        json_array_foreach(json_object_get(item, "parts"), k,
                           part) if (json_equal(json_object_get(part, "id"), id)) return part;
    return NULL;
}

static const struct method_info *method_running(const struct sim *s)
{
    return sim_method(json_string_value(json_object_get(part_running(s), "method")));
}

static json_t *shuffled(struct sim *s, json_t *list)
{
    json_t *all = json_copy(list);

    for (size_t i = json_array_size(all); i > 1; i--) {
        size_t k = (size_t)sim_roll(s, i);
        json_t *swap = json_incref(json_array_get(all, k));
        json_array_set(all, k, json_array_get(all, i - 1));
        json_array_set_new(all, i - 1, swap);
    }
    if (sim_chance(s, 5))
        json_array_remove(all, 0);
    return all;
}

json_t *crowd_words(struct sim *s, const char *kind)
{
    json_t *seats = s->observer ? json_object_get(s->observer->state, "seats") : NULL;
    size_t count = json_array_size(seats);
    int text = ++s->texts;

    if (count == 0 || text % 4 > 0 || strcmp(kind, "point") != 0)
        return json_sprintf("%s %d", kind, text);
    const json_t *name = json_object_get(json_array_get(seats, (size_t)text / 4 % count), "name");
    return json_sprintf("%s %d, siger %s", kind, text,
                        json_is_string(name) ? json_string_value(name) : "nogen");
}

static void name_turn(struct sim *s, json_t *with)
{
    int64_t turn = now_number(s, "turn");
    uint64_t mood = sim_roll(s, 100);

    if (mood < 60 && turn > 0)
        json_object_set_new(with, "turn", json_integer(turn));
    else if (mood < 70 && turn > 1) /* A late press. */
        json_object_set_new(with, "turn", json_integer(turn - 1));
}

static void hand(struct peer *p, json_t *with)
{
    bool up = sim_chance(p->sim, 70);

    if (up && sim_chance(p->sim, 25))
        json_object_set_new(with, "remark", json_boolean(sim_chance(p->sim, 90)));
    peer_ask(p, up ? "hand.raise" : "hand.lower", with);
}

static void answer(struct peer *p, bool console)
{
    struct sim *s = p->sim;
    json_t *with = json_pack("{s:b}", "answering", (int)sim_chance(s, 65));

    name_turn(s, with);
    if (console && sim_chance(s, 50))
        json_object_set_new(with, "seat", json_integer(crowd_seat(s)));
    peer_ask(p, "turn.answer", with);
}

static void turn(struct peer *p, bool console)
{
    if (sim_chance(p->sim, 10)) {
        answer(p, console);
        return;
    }
    static const char *const presses[] = { "turn.done",  "turn.done",  "turn.done", "turn.pass",
                                           "turn.later", "turn.later", "turn.more" };
    struct sim *s = p->sim;
    json_t *with = json_object();

    name_turn(s, with);
    if (console && sim_chance(s, 60))
        json_object_set_new(
            with, "seat",
            json_integer(sim_chance(s, 80) ? now_number(s, "speaker") : crowd_seat(s)));
    else if (!console && sim_chance(s, 30))
        json_object_set_new(with, "seat", json_integer(p->own[sim_roll(s, p->own_count)]));
    if (json_integer_value(json_object_get(with, "seat")) == 0)
        json_object_del(with, "seat");
    peer_ask(p, presses[sim_roll(s, 7)], with);
}

static void give(struct peer *p)
{
    struct sim *s = p->sim;
    json_t *next = any(s, json_object_get(now_of(s), "queue"));
    json_t *first = json_array_get(json_object_get(now_of(s), "queue"), 0);
    json_t *with = json_object();
    uint64_t mood = sim_roll(s, 100);
    json_t *seat = mood < 60 ? first : mood < 85 ? next : NULL;

    json_object_set_new(with, "seat", seat ? json_incref(seat) : json_integer(crowd_seat(s)));
    if (sim_chance(s, 60))
        json_object_set_new(with, "turn", json_integer(now_number(s, "turn")));
    peer_ask(p, "floor.give", with);
}

static void from(struct peer *p, const char *command)
{
    json_t *with = json_object(), *part = json_object_get(now_of(p->sim), "part");

    if (json_is_string(part) && sim_chance(p->sim, 70))
        json_object_set(with, "from", part);
    peer_ask(p, command, with);
}

static void plan(struct peer *p)
{
    struct sim *s = p->sim;
    json_t *slots = json_array();

    for (uint64_t n = 1 + sim_roll(s, 3); n > 0; n--)
        json_array_append_new(slots, json_pack("{s:o, s:I, s:b}", "part", crowd_part(s), "ms",
                                               (json_int_t)(30000 * sim_roll(s, 40)), "on",
                                               (int)sim_chance(s, 85)));
    json_t *with = json_pack("{s:o}", "parts", slots);
    if (sim_now(s) % 3 == 0) /* No roll: what is rolled after it stays what it was. */
        json_object_set_new(with, "ends", json_integer(sim_now(s) + 600000 + sim_now(s) % 7200000));
    peer_ask(p, "plan.change", with);
}

/* Sooner or later than people were told. */
static void start(struct peer *p)
{
    struct sim *s = p->sim;
    json_t *with = json_object();

    if (sim_now(s) % 3 > 0)
        json_object_set_new(with, "begins", json_integer(sim_now(s) * 2 % 5000000 - 2400000));
    peer_ask(p, "meeting.start", with);
}

static void seat_change(struct peer *p)
{
    static const char *const presence[] = { "away", "here", "left", "here" };
    struct sim *s = p->sim;
    json_t *with = json_pack("{s:I}", "seat", (json_int_t)crowd_seat(s));
    uint64_t mood = sim_roll(s, 100);

    if (mood < 70)
        json_object_set_new(with, "presence", json_string(presence[sim_roll(s, 4)]));
    else if (mood < 85)
        json_object_set_new(with, "place", json_integer(crowd_seat(s)));
    else
        json_object_set_new(with, "function",
                            json_string(sim_chance(s, 50) ? "Skoleleder" : "Gæst"));
    peer_ask(p, "seat.change", with);
}

static void seat_add(struct peer *p)
{
    struct sim *s = p->sim;
    json_t *with = json_pack("{s:s, s:s}", "name", "Gæst", "device", "none");

    if (s->seats >= SIM_SEATS_MAX - 4) {
        json_decref(with);
        return;
    }
    s->seats++;
    if (sim_chance(s, 30)) {
        json_object_set_new(with, "device", json_string("shared"));
        json_object_set_new(with, "with", json_integer(crowd_seat(s)));
    } else if (sim_chance(s, 40))
        json_object_set_new(with, "awaited", json_true());
    peer_ask(p, "seat.add", with);
}

/* Two at one phone, who has to go, and who mends the own name, goes and comes back. */
static void share_or_go(struct peer *p, int64_t seat)
{
    struct sim *s = p->sim;
    json_t *with = json_pack("{s:I}", "seat", (json_int_t)seat);

    if (peer_is(p, "phone") && sim_chance(s, 30)) {
        if (sim_chance(s, 50))
            json_object_set_new(with, "presence", json_string(sim_chance(s, 40) ? "left" : "here"));
        else
            json_object_set_new(with, "name", json_string(sim_chance(s, 50) ? "Anna" : "Bo"));
        peer_ask(p, "seat.change", with);
        return;
    }
    if (sim_chance(s, 65)) {
        json_object_set_new(with, "together", json_boolean(sim_chance(s, 70)));
        peer_ask(p, "seat.together", with);
        return;
    }
    if (sim_chance(s, 70))
        json_object_set_new(with, "leaves", json_string(sim_chance(s, 50) ? "10:30" : "20:15"));
    peer_ask(p, "seat.leaves", with);
}

static json_t *some_point(struct sim *s, json_t *from_state, const char *list)
{
    json_t *point = any(s, json_object_get(from_state, list));

    return point ? json_incref(json_object_get(point, "id")) : NULL;
}

/* Where the point that was taken off last is to be back, and whose it is.  No roll here: what is
 * rolled after it stays what it was. */
static bool put_back(struct peer *p)
{
    if (peer_is(p, "phone") || !p->taken_off[0] || sim_now(p->sim) % 3 == 0)
        return false;
    peer_ask(p, "contribution.restore", json_pack("{s:s}", "contribution", p->taken_off));
    p->taken_off[0] = '\0';
    return true;
}

static void say_whose(const struct peer *p, json_t *with)
{
    int64_t now = sim_now(p->sim);
    size_t seats = json_array_size(json_object_get(p->sim->observer->state, "seats"));

    if (!peer_is(p, "phone") && now % 4 == 0 && seats > 0)
        json_object_set_new(with, "seat", json_integer(1 + now / 4 % (int64_t)seats));
}

static void mend(struct peer *p)
{
    struct sim *s = p->sim;
    bool own = peer_is(p, "phone") && sim_chance(s, 40);
    json_t *id = p->state ? some_point(s, p->state, own ? "own" : "contributions") : NULL;
    json_t *with = json_object();

    if (!id || put_back(p)) {
        json_decref(id);
        json_decref(with);
        return;
    }
    json_object_set_new(with, "contribution", id);
    if (sim_chance(s, 25)) {
        snprintf(p->taken_off, sizeof(p->taken_off), "%s", json_string_value(id));
        peer_ask(p, "contribution.withdraw", with);
        return;
    }
    say_whose(p, with);
    if (!sim_chance(s, 15))
        json_object_set_new(with, "text", crowd_words(s, own ? "retro" : "point"));
    if (!own && sim_chance(s, 30))
        json_object_set_new(with, "builds_on", json_array());
    peer_ask(p, "contribution.edit", with);
}

static json_t *some_box(struct sim *s, unsigned boxes)
{
    const char *names[BOX_COUNT];
    size_t count = 0;

    for (enum box box = BOX_NOT + 1; box < BOX_COUNT; box++)
        if (boxes >> box & 1)
            names[count++] = box_enum.names[box];
    return json_string(names[sim_roll(s, count)]);
}

static void write_point(struct peer *p)
{
    struct sim *s = p->sim;
    const struct method_info *method = method_running(s);
    bool retro = method->sealed && method->nameless, phone = peer_is(p, "phone");
    json_t *with = json_object(), *id;

    json_object_set_new(with, "text", crowd_words(s, retro ? "retro" : "point"));
    if (method->boxes && (method->box_required || sim_chance(s, 80)))
        json_object_set_new(with, "box", some_box(s, method->boxes));
    else if (!retro && sim_chance(s, 10))
        json_object_set_new(with, "part", crowd_part(s));
    if (retro) /* The audit has to know where the text belongs. */
        json_object_set(with, "part", json_object_get(now_of(s), "part"));
    if (!phone && !sim_chance(s, 10))
        json_object_set_new(with, "seat", json_integer(crowd_seat(s)));
    if (phone && sim_chance(s, 20))
        json_object_set_new(with, "seat", json_integer(p->own[sim_roll(s, p->own_count)]));
    if (!retro && sim_chance(s, 20) && (id = some_point(s, s->observer->state, "contributions")))
        json_object_set_new(with, "builds_on", json_pack("[o]", id));
    peer_ask(p, "contribution.add", with);
}

void crowd_base(const struct peer *p, json_t *with, const char *list, const char *key)
{
    const json_t *state = p->state ? p->state : p->sim->observer->state;
    const json_t *all = json_object_get(state, list);
    json_t *found = NULL, *each;
    size_t i;

    if (sim_now(p->sim) % 4 == 0)
        return;
    all = all ? all : json_object_get(json_object_get(state, "decision"), list);
    json_array_foreach(all, i, each)
    {
        if (json_equal(json_object_get(each, key), json_object_get(with, key)) &&
            json_equal(json_object_get(each, "lap"), json_object_get(with, "lap")))
            found = each;
    }
    if (json_object_get(with, "answer"))
        json_object_set_new(with, "base",
                            found ? json_copy(found)
                                  : json_pack("{s:O}", "answer", json_object_get(with, "answer")));
    else
        json_object_set_new(with, "base",
                            found ? json_incref(json_object_get(found, "text")) : json_string(""));
}

static void decide(struct peer *p)
{
    static const char *const answers[] = { "next_step", "action",    "targets", "stakeholders",
                                           "tasks",     "follow_up", "feedback" };
    struct sim *s = p->sim;
    const char *answer = answers[sim_roll(s, 7)];

    if (sim_chance(s, 30)) {
        peer_ask(p, "decision.open", json_pack("{s:s}", "answer", answer));
        return;
    }
    json_t *with = json_pack("{s:s, s:o}", "answer", answer, "text", crowd_words(s, "svar"));
    if (sim_chance(s, 20))
        json_object_set_new(with, "date", json_string("2026-11-17"));
    if (sim_chance(s, 20))
        json_object_set_new(with, "tasks", json_pack("[{s:s}]", "text", "Spørg klasserne"));
    crowd_base(p, with, "answers", "answer");
    peer_ask(p, "decision.set", with);
}

/* When people are to be back, which now and then is over, or nobody says. No roll: what is rolled
 * after it stays what it was. */
static json_t *back(const struct sim *s)
{
    int64_t now = sim_now(s);

    return now % 3 == 0 ? json_object()
                        : json_pack("{s:I}", "back", (json_int_t)(now + now % 900000 - 30000));
}

static void clock(struct peer *p)
{
    struct sim *s = p->sim;
    uint64_t mood = sim_roll(s, 100);

    if (mood < 40)
        peer_ask(p, "clock.add",
                 json_pack("{s:I}", "ms", (json_int_t)(sim_roll(s, 12) * 30000) - 150000));
    else if (mood < 55)
        peer_ask(p, "clock.correct",
                 json_pack("{s:I}", "ms", (json_int_t)(sim_roll(s, 9) * 30000) - 30000));
    else if (mood < 75)
        peer_ask(p, "clock.pause", back(s));
    else
        peer_ask(p, "clock.resume", json_object());
}

/* The command that shows what is sealed in the part that runs; any other one elsewhere. */
static void show(struct peer *p)
{
    const char *commands[METHOD_COUNT], *own = method_running(p->sim)->shown_by;
    size_t count = 0;

    for (enum method method = METHOD_NOT + 1; method < METHOD_COUNT; method++)
        if (method_infos[method].shown_by)
            commands[count++] = method_infos[method].shown_by;
    peer_ask(p, own ? own : commands[p->sim->acks % count], json_object());
}

static void lead(struct peer *p, uint64_t mood)
{
    struct sim *s = p->sim;

    if (mood < 8)
        from(p, "part.next");
    else if (mood < 10)
        from(p, "part.back");
    else if (mood < 13)
        peer_ask(p, "part.goto", json_pack("{s:o}", "part", crowd_part(s)));
    else if (mood < 15)
        peer_ask(p, "part.switch",
                 json_pack("{s:o, s:b}", "part", crowd_part(s), "on", (int)sim_chance(s, 60)));
    else if (mood < 18)
        plan(p);
    else if (mood < 24)
        clock(p);
    else if (mood < 25)
        peer_ask(p, "floor.fair", json_pack("{s:b}", "fair", (int)sim_chance(s, 50)));
    else if (mood < 27)
        peer_ask(p, "floor.close", json_pack("{s:b}", "closed", (int)sim_chance(s, 60)));
    else if (mood < 29)
        peer_ask(p, "floor.order",
                 json_pack("{s:o}", "order", shuffled(s, json_object_get(now_of(s), "queue"))));
    else if (mood < 31)
        peer_ask(p, "floor.hint", json_object());
    else if (mood < 34)
        peer_ask(p, "lap.add", json_object());
    else if (mood < 36)
        show(p);
    else
        peer_ask(p, "undo", json_object());
}

static void table(struct peer *p)
{
    struct sim *s = p->sim;
    json_t *order = json_array(), *seat;
    size_t i;

    json_array_foreach(json_object_get(s->observer->state, "seats"), i, seat)
        json_array_append(order, json_object_get(seat, "seat"));
    peer_ask(p, "table.order", json_pack("{s:o}", "order", shuffled(s, order)));
    json_decref(order);
}

static void door(struct peer *p)
{
    struct sim *s = p->sim;
    json_t *knock =
        p->state ? any(s, json_object_get(json_object_get(p->state, "door"), "knocks")) : NULL;

    if (knock && sim_chance(s, 80))
        peer_ask(p, "knock.answer",
                 json_pack("{s:O, s:b}", "phone", json_object_get(knock, "phone"), "let_in",
                           (int)sim_chance(s, 75)));
    else
        peer_ask(p, "door.close", json_pack("{s:b}", "closed", (int)sim_chance(s, 40)));
}

/* Says where it writes, where its link takes anything. */
static void writes(struct peer *p)
{
    if (p->live && !p->broken && sim_now(p->sim) % 3 == 0)
        peer_write(p);
}

/* How long the meeting is kept, and long enough for whoever comes back to it here. No roll, as
 * above. */
static void keep(struct peer *p)
{
    int64_t now = sim_now(p->sim);

    if (now % 41 == 0)
        peer_ask(p, "meeting.keep", json_pack("{s:I}", "days", (json_int_t)(7 + now % 360)));
}

void crowd_console(struct sim *s, struct peer *p)
{
    uint64_t mood = sim_roll(s, 100);

    writes(p);
    keep(p);
    if (sim_chance(s, state_is(s, "lobby") ? 12 : 1)) {
        crowd_agenda(p);
        return;
    }
    if (sim_chance(s, 2)) {
        crowd_renew(p);
        return;
    }
    if (state_is(s, "lobby") && sim_chance(s, 40)) {
        start(p);
        return;
    }
    if (state_is(s, "paused") && sim_chance(s, 35)) {
        if (sim_now(s) % 4 == 0)
            peer_ask(p, "pause.change", back(s));
        else
            peer_ask(p, "clock.resume", json_object());
        return;
    }
    if (now_number(s, "speaker") == 0 && sim_chance(s, 35)) {
        give(p);
        return;
    }
    if (crowd_pairs(p))
        return;
    if (sim_chance(s, 8))
        crowd_beside(s, p);
    else if (sim_chance(s, 6))
        door(p);
    else if (sim_chance(s, 4))
        share_or_go(p, crowd_seat(s));
    else if (mood < 44)
        lead(p, mood);
    else if (mood < 58)
        turn(p, true);
    else if (mood < 68)
        give(p);
    else if (mood < 74)
        seat_change(p);
    else if (mood < 78)
        seat_add(p);
    else if (mood < 80)
        peer_ask(p, "seat.link", json_pack("{s:I}", "seat", (json_int_t)crowd_seat(s)));
    else if (mood < 82)
        table(p);
    else if (mood < 88)
        write_point(p);
    else if (mood < 91)
        mend(p);
    else if (mood < 95)
        hand(p, json_pack("{s:I}", "seat", (json_int_t)crowd_seat(s)));
    else if (mood < 99 || !sim_chance(s, 15))
        decide(p);
    else
        peer_ask(p, "meeting.close", json_object());
}

void crowd_scribe(struct sim *s, struct peer *p)
{
    uint64_t mood = sim_roll(s, 100);

    writes(p);
    if (sim_chance(s, 25))
        crowd_beside(s, p);
    else if (mood < 40)
        write_point(p);
    else if (mood < 60)
        mend(p);
    else if (mood < 90)
        decide(p);
    else if (mood < 95)
        seat_add(p);
    else
        peer_ask(p, "floor.give", json_pack("{s:I}", "seat", (json_int_t)crowd_seat(s)));
}

static json_t *signed_by(struct sim *s)
{
    return sim_chance(s, 60) ? json_pack("{s:o}", "by", crowd_words(s, "name")) : json_object();
}

/* What is published: a point, or a name that stands or does not. */
static void publish(struct sim *s, struct peer *p)
{
    json_t *id = some_point(s, p->state, "contributions");
    const json_t *seat = any(s, json_object_get(p->state, "seats"));
    const char *name = json_string_value(json_object_get(seat, "name"));
    bool keep = sim_chance(s, 20);

    if (id && sim_chance(s, 70))
        peer_ask(p, "public.choose",
                 json_pack("{s:O, s:b}", "contribution", id, "on", sim_chance(s, 80)));
    else if (name) {
        char words[80];
        snprintf(words, sizeof(words), "%s", name);
        for (char *at = strtok(words, " .0123456789"); keep && at;
             at = strtok(NULL, " .0123456789"))
            json_object_set_new(s->kept, at, json_true());
        peer_ask(p, "public.mark",
                 json_pack("{s:s, s:s, s:s}", "kind", "name", "text", name, "choice",
                           keep ? "keep" : "replace"));
    }
    json_decref(id);
}

/* A slip of the hand now and then. */
static void share(struct sim *s, struct peer *p)
{
    static const char *const codes[] = { "WZ2N-7AYJ-99UW-6FJ8", "rpysqehf7f69bc7r",
                                         "WZ2N-7AYJ-99UW-6FJ9" };
    json_t *with = signed_by(s);

    json_object_set_new(with, "code", json_string(codes[sim_roll(s, 3)]));
    peer_ask(p, sim_chance(s, 60) ? "chief.allow" : "chief.refuse", with);
}

/* A file of the meeting, by the link of whoever it is; on a disk that stands still nothing is
 * answered at once. */
static void fetch_file(struct sim *s, struct peer *p)
{
    static const char *const queries[] = { "format=docx", "format=html", "format=json",
                                           "edition=public&format=docx", "edition=public" };
    char path[64];
    int status;

    if (s->stall > 0 || (s->nodes && !sim_is_well(s)) || peer_is(p, "board") || peer_is(p, "phone"))
        return;
    bool next = sim_chance(s, 20);
    snprintf(path, sizeof(path), "/api/meetings/%s/%s", s->code, next ? "next" : "minutes");
    free(sim_ask(s, "GET", path, next ? "" : queries[sim_roll(s, 5)], keys_of(s, p->role), "",
                 &status));
}

void crowd_after(struct sim *s, struct peer *p)
{
    uint64_t mood = sim_roll(s, 100);
    json_t *id = p->state ? some_point(s, p->state, "contributions") : NULL;

    if (peer_is(p, "phone") && id && sim_chance(s, 15))
        peer_ask(p, "contribution.withdraw", json_pack("{s:O}", "contribution", id));
    else if (peer_is(p, "phone") && id)
        peer_ask(p, "minutes.dispute",
                 json_pack("{s:O, s:o}", "contribution", id, "text",
                           sim_chance(s, 25) ? json_string("") : crowd_words(s, "point")));
    else if (mood < 45)
        peer_ask(p, "minutes.approve", signed_by(s));
    else if (mood < 65)
        peer_ask(p, "minutes.publish", signed_by(s));
    else if (mood < 72)
        peer_ask(p, "minutes.reopen", json_object());
    else if (mood < 80)
        mend(p);
    else if (mood < 88)
        decide(p);
    else if (mood < 91)
        share(s, p);
    else if (mood < 94)
        fetch_file(s, p);
    else if (p->state)
        publish(s, p);
    json_decref(id);
}

static void note(struct peer *p)
{
    struct sim *s = p->sim;
    json_t *was = p->state ? any(s, json_object_get(p->state, "notes")) : NULL;
    json_t *with = json_object();
    char id[37];

    sim_id(s, id);
    if (was && sim_chance(s, 60))
        json_object_set(with, "note", json_object_get(was, "note"));
    else
        json_object_set_new(with, "note", json_string(id));
    if (was && sim_chance(s, 40)) {
        if (sim_chance(s, 40))
            json_object_set_new(with, "text", crowd_words(s, "point"));
        peer_ask(p, "note.share", with);
        return;
    }
    json_object_set_new(with, "text", sim_chance(s, 12) ? json_string("") : crowd_words(s, "note"));
    if (sim_chance(s, 15))
        json_object_set_new(with, "seat", json_integer(p->own[sim_roll(s, p->own_count)]));
    if (sim_chance(s, 10))
        json_object_set_new(with, "part", crowd_part(s));
    peer_ask(p, "note.save", with);
}

void crowd_phone(struct sim *s, struct peer *p)
{
    uint64_t mood = sim_roll(s, 100);
    bool speaks = peer_owns(p, now_number(s, "speaker"));

    if (crowd_pairs(p))
        return;
    if (speaks && sim_chance(s, 60))
        turn(p, false);
    else if (sim_chance(s, p->own_count > 1 ? 20 : 2))
        share_or_go(p, p->own[sim_roll(s, p->own_count)]);
    else if (mood < 8)
        turn(p, false);
    else if (mood < 28)
        hand(p, json_object());
    else if (mood < 50)
        note(p);
    else if (mood < 80)
        write_point(p);
    else if (mood < 88)
        mend(p);
    else if (mood < 97)
        peer_ask(p, "ready.set", json_pack("{s:b}", "ready", (int)sim_chance(s, 60)));
    else
        peer_ask(p, "floor.give", json_pack("{s:I}", "seat", (json_int_t)crowd_seat(s)));
}
