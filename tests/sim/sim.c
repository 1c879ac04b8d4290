/* sim.c -- `sim SEED`, `sim --seeds FIRST LAST`, `sim --file SEEDS`, `sim --frames SEED`: whole
 * meetings under a random, repeatable crowd, in virtual time; with `--nodes` before any of these,
 * of two or three servers with one database.
 *
 * Application, hub, engine and wire are the real ones; the journal is the one in memory, the clock
 * a variable.  Every choice comes from the seed, so what failed is replayed with its number.
 */
#include "sim/sim.h"

#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "sim/auditor.h"
#include "sim/check_fresh.h"
#include "sim/check_public.h"
#include "sim/keys.h"
#include "sim/nodes.h"
#include "sim/peer.h"

static uint64_t running_seed;
static int running_step;
static bool with_nodes;

enum { COME_IN_MS = 1500 };

/* A sanitizer's finding aborts, so that the seed is told; see on_abort. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "abort_on_error=1:handle_abort=0:detect_leaks=1";
}

static void on_abort(int number)
{
    char text[64];
    int len = snprintf(text, sizeof(text), "%sseed %" PRIu64 " step %d: aborted\n",
                       with_nodes ? "nodes, " : "", running_seed, running_step);

    (void)!write(STDERR_FILENO, text, (size_t)len);
    signal(number, SIG_DFL);
    raise(number);
}

_Noreturn void sim_fail(const struct sim *s, const char *file, int line, const char *format, ...)
{
    va_list arguments;

    fflush(stdout);
    fprintf(stderr,
            "%sseed %" PRIu64 " step %d at %" PRId64 " ms, %s:%d: ", with_nodes ? "nodes, " : "",
            s->seed, running_step, sim_now(s), file, line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    _exit(1);
}

uint64_t sim_roll(struct sim *s, uint64_t sides)
{
    uint64_t z = (s->dice += UINT64_C(0x9E3779B97F4A7C15));

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (z ^ (z >> 31)) % sides;
}

bool sim_chance(struct sim *s, uint64_t percent)
{
    return sim_roll(s, 100) < percent;
}

void sim_id(struct sim *s, char ret_id[37])
{
    static const char hex[] = "0123456789abcdef";

    for (int i = 0; i < 36; i++)
        ret_id[i] = i == 8 || i == 13 || i == 18 || i == 23 ? '-' : hex[sim_roll(s, 16)];
    ret_id[14] = '4';
    ret_id[19] = '8';
    ret_id[36] = 0;
}

int64_t sim_now(const struct sim *s)
{
    return (s->nodes ? nodes_now(s->nodes) : s->world.boottime) - s->zero;
}

int64_t sim_behind(const struct sim *s)
{
    return s->nodes ? nodes_behind(s->nodes) : 0;
}

int64_t sim_ahead(const struct sim *s)
{
    return s->nodes ? nodes_ahead(s->nodes) : 0;
}

bool sim_is_well(const struct sim *s)
{
    return s->nodes ? nodes_are_well(s->nodes) : s->stall == 0 && s->fails == 0;
}

struct world_wire *sim_greet(struct sim *s, const char *hello, bool anywhere)
{
    if (s->nodes)
        return nodes_greet(s->nodes, hello, anywhere);
    struct world_wire *wire = world_connect(&s->world);
    world_say(wire, hello);
    return wire;
}

char *sim_ask(struct sim *s, const char *method, const char *path, const char *query,
              const char *bearer, const char *body, int *ret_status)
{
    return s->nodes ? nodes_ask(s->nodes, method, path, query, bearer, body, ret_status)
                    : world_ask(&s->world, method, path, query, bearer, body, ret_status);
}

/* It hears everything before anybody else: of several servers it goes to the one that has it. */
static void observe(struct sim *s)
{
    peer_hear(s->observer);
    bool waits = s->nodes && nodes_speak(s->nodes) && !s->observer->live;
    if (!s->nodes || (auditor_heard_all(s->auditor) && !waits))
        return;
    peer_drop(s->observer);
    peer_connect(s->observer);
    peer_hear(s->observer);
}

void sim_hear(struct sim *s)
{
    observe(s);
    for (size_t i = 0; i < s->peer_count; i++)
        peer_hear(s->peers[i]);
}

/* Nobody may lose the floor meanwhile: only the clock is at work. */
void sim_pass(struct sim *s, int64_t ms)
{
    bool quiet = sim_is_well(s) && s->observer->live && (!s->nodes || nodes_are_idle(s->nodes));

    if (quiet)
        sim_hear(s);
    int64_t seq = auditor_newest(s->auditor), since = sim_now(s);
    if (s->nodes)
        nodes_pass(s->nodes, ms);
    else
        world_pass(&s->world, ms);
    sim_hear(s);
    if (quiet)
        auditor_only_time_passed(s->auditor, seq, since);
}

void sim_tell(const struct sim *s, const struct peer *p, const char *key, const char *json)
{
    if (s->tells)
        printf("{\"peer\":%zu,\"role\":\"%s\",\"at\":%" PRId64 ",\"step\":%d,\"%s\":%s}\n",
               p->number, p->role, sim_now(s), running_step, key, json);
}

static void open_meeting(struct sim *s)
{
    int status = 0;
    json_t *agenda = sim_agenda(s);
    char *body = json_dumps(agenda, JSON_COMPACT);

    s->auditor = auditor_new(s);
    journal_memory_watch(s->nodes ? nodes_journal(s->nodes) : s->world.journal, auditor_written,
                         s->auditor);
    s->zero = s->nodes ? nodes_now(s->nodes) : s->world.boottime;
    char *answer = sim_ask(s, "POST", "/api/meetings", "", NULL, body, &status);
    if (status != 201)
        SIM_FAIL(s, "%d %s for %s", status, answer, body);
    json_t *made = json_loads(answer, 0, NULL);
    snprintf(s->code, sizeof(s->code), "%s", json_string_value(json_object_get(made, "code")));
    s->keys = json_object();
    s->kept = json_object();
    keys_read(s, made);
    json_decref(made);
    json_decref(agenda);
    free(answer);
    free(body);
}

/* The crowd at the beginning: its observer, a console, a board, a scribe. */
static void gather(struct sim *s)
{
    static const char *const roles[] = { "console", "console", "board", "scribe", "leader" };

    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
        struct peer *p = peer_add(s, roles[i]);
        if (i == 0)
            s->observer = p;
        peer_connect(p);
        peer_hear(p);
    }
    SIM_CHECK(s, s->observer->live);
}

/* What people and faults have left behind comes to its end: a step of the world around them. */
static void settle(struct sim *s)
{
    if (s->stall > 0 && --s->stall == 0) {
        s->world.stalled = false;
        world_settle(&s->world);
    }
    if (s->fails > 0 && --s->fails == 0)
        journal_memory_fail(s->world.journal, 0);
    if (s->nodes)
        nodes_late(s->nodes);
    for (size_t i = 0; i < s->peer_count; i++) {
        peer_push(s->peers[i]);
        peer_wait(s->peers[i]);
    }
    if (!s->observer->wire)
        peer_connect(s->observer);
    sim_hear(s);
    if (!sim_is_well(s)) {
        auditor_trouble(s->auditor);
    } else if (s->observer->live) {
        auditor_trouble_over(s->auditor);
        auditor_moment(s->auditor);
    }
}

/* What is on its way between servers, too. */
static void hear_all(struct sim *s)
{
    if (s->nodes)
        nodes_drain(s->nodes);
    sim_hear(s);
}

/* Whoever comes to this server is let in there, or hears why not. */
static void check_server(struct sim *s, int number)
{
    bool came[SIM_PEERS_MAX] = { false };

    nodes_prefer(s->nodes, number);
    for (size_t i = 0; i < s->peer_count; i++) {
        struct peer *p = s->peers[i];
        came[i] = p->live && p != s->observer;
        if (!came[i])
            continue;
        peer_drop(p);
        peer_connect(p);
    }
    nodes_pass(s->nodes, COME_IN_MS);
    sim_hear(s);
    for (size_t i = 0; i < s->peer_count; i++) {
        const struct peer *p = s->peers[i];
        if (came[i] && p->wire && !p->wire->closing && !p->live)
            SIM_FAIL(s, "%s %zu is not let in at server %d", p->role, p->number, number);
    }
    nodes_prefer(s->nodes, -1);
}

/* All faults over: everyone comes back, everything that waits is sent and answered. */
static void calm(struct sim *s)
{
    s->world.stalled = false;
    s->stall = s->fails = 0;
    if (s->nodes) {
        nodes_calm(s->nodes);
    } else {
        journal_memory_fail(s->world.journal, 0);
        world_settle(&s->world);
    }
    for (int round = 0; round < 6; round++) {
        for (size_t i = 0; i < s->peer_count; i++) {
            struct peer *p = s->peers[i];
            p->slow = 0;
            p->broken = false;
            if (!p->wire && !p->gone && (!peer_is(p, "phone") || p->token[0] || p->phone[0]))
                peer_connect(p);
        }
        hear_all(s);
        for (size_t i = 0; i < s->peer_count; i++)
            peer_push_all(s->peers[i]);
        hear_all(s);
    }
    for (int i = 0; s->nodes && nodes_speak(s->nodes) && i < nodes_count(s->nodes); i++)
        check_server(s, i);
    for (size_t i = 0; i < s->peer_count; i++)
        check_fresh(s->peers[i]);
    check_public(s);
}

static void close_meeting(struct sim *s)
{
    for (size_t i = 0; i < s->peer_count; i++) {
        peer_drop(s->peers[i]);
        peer_free(s->peers[i]);
    }
    auditor_free(s->auditor);
    json_decref(s->keys);
    json_decref(s->kept);
    if (s->nodes)
        nodes_free(s->nodes);
    else
        world_close(&s->world);
}

static void simulate(uint64_t seed, bool tells, uint64_t *acks)
{
    static struct sim sim;
    struct sim *s = &sim;

    *s = (struct sim){ .seed = seed, .dice = seed, .tells = tells };
    running_seed = seed;
    running_step = 0;
    if (with_nodes)
        s->nodes = nodes_new(s, seed);
    else
        world_open(&s->world, seed, SOURCE_FOLDER "/server/templates");
    open_meeting(s);
    gather(s);
    for (; running_step < SIM_STEPS; running_step++) {
        if (s->nodes) /* Leases run meanwhile. */
            sim_pass(s, (int64_t)sim_roll(s, 400));
        crowd_step(s);
        settle(s);
    }
    calm(s);
    *acks += s->acks;
    close_meeting(s);
}

/* Lines are "SEED  what it found"; `#` begins a comment. */
static uint64_t from_file(const char *path, uint64_t *acks)
{
    FILE *in = fopen(path, "r");
    char line[256];
    uint64_t count = 0;

    if (!in) {
        fprintf(stderr, "%s cannot be read\n", path);
        _exit(66);
    }
    while (fgets(line, sizeof(line), in)) {
        if (line[0] < '0' || line[0] > '9')
            continue;
        simulate(strtoull(line, NULL, 10), false, acks);
        count++;
    }
    fclose(in);
    return count;
}

int main(int argc, char **argv)
{
    uint64_t count = 0, acks = 0;

    signal(SIGABRT, on_abort);
    log_limit(LOG_LEVEL_ERROR);
    with_nodes = argc > 1 && strcmp(argv[1], "--nodes") == 0;
    argc -= with_nodes;
    argv += with_nodes;
    if (argc == 4 && strcmp(argv[1], "--seeds") == 0) {
        uint64_t last = strtoull(argv[3], NULL, 10);
        for (uint64_t seed = strtoull(argv[2], NULL, 10); seed <= last; seed++, count++)
            simulate(seed, false, &acks);
    } else if (argc == 3 && strcmp(argv[1], "--file") == 0) {
        count = from_file(argv[2], &acks);
    } else if (argc == 3 && strcmp(argv[1], "--frames") == 0) {
        simulate(strtoull(argv[2], NULL, 10), true, &acks);
        return 0;
    } else if (argc == 2 && argv[1][0] != '-') {
        simulate(strtoull(argv[1], NULL, 10), false, &acks);
        count = 1;
    } else {
        fprintf(stderr,
                "usage: sim [--nodes] SEED | --seeds FIRST LAST | --file SEEDS | --frames SEED\n");
        return 64;
    }
    printf("%" PRIu64 " seeds, %" PRIu64 " commands acknowledged, nothing found\n", count, acks);
    return 0;
}
