/* record.c -- writes down what a program does with its world (tests/support/world.h), line by line.
 *
 * Linked to `meet` and `sim` with -Wl,--wrap (see CMakeLists.txt): they stay as they are.  The file
 * is named by RUNDE_RECORD; `replay` reads it.  A line is
 *
 *     open SEED                        a world begins
 *     ask METHOD PATH QUERY BEARER BODY    a request; `-` stands for none
 *     told STATUS BODY                 its answer; a form feed stands for each line break
 *     connect N                        a client gets a connection, called N from here on
 *     say N TEXT                       it sends this frame
 *     hear N TEXT                      it takes this frame; without TEXT there was none
 *     leave N                          its connection breaks
 *     pass MS                          time passes
 *     settle                           what needs no time happens
 *     restart MS                       the server is killed, and is away for so long
 *     fail N, commit N, collect, stop, dismiss     journal_memory_fail and so on, of journal and
 * app stall 0|1                        whether the disk stands still
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/check.h"
#include "support/world.h"

enum { WIRES_MAX = 4096 };

static FILE *out;
static int depth; /* Within a call that is written down already. */
static bool stalled;
static const struct world *here;
static const struct world_wire *wires[WIRES_MAX];
static int wire_count;

__attribute__((format(printf, 1, 2))) static void note(const char *format, ...)
{
    va_list args;

    if (depth > 0)
        return;
    if (!out) {
        const char *path = getenv("RUNDE_RECORD");
        CHECK(path && (out = fopen(path, "w")));
    }
    if (here && here->stalled != stalled)
        fprintf(out, "stall %d\n", stalled = here->stalled);
    va_start(args, format);
    vfprintf(out, format, args);
    va_end(args);
    fputc('\n', out);
}

/* The newest of that address: an old one was freed. */
static int number_of(const struct world_wire *wire)
{
    for (int i = wire_count - 1; i >= 0; i--)
        if (wires[i] == wire)
            return i;
    CHECK(false && "a known connection");
    return -1;
}

static const char *or_none(const char *text)
{
    return text && *text ? text : "-";
}

void __real_world_open(struct world *w, uint64_t seed, const char *folder);
void __wrap_world_open(struct world *w, uint64_t seed, const char *folder);
void __wrap_world_open(struct world *w, uint64_t seed, const char *folder)
{
    note("open %llu", (unsigned long long)seed);
    depth++;
    __real_world_open(w, seed, folder);
    depth--;
    here = w;
}

void __real_world_close(struct world *w);
void __wrap_world_close(struct world *w);
void __wrap_world_close(struct world *w)
{
    here = NULL;
    depth++;
    __real_world_close(w);
    depth--;
    fclose(out);
}

void __real_world_settle(struct world *w);
void __wrap_world_settle(struct world *w);
void __wrap_world_settle(struct world *w)
{
    note("settle");
    depth++;
    __real_world_settle(w);
    depth--;
}

void __real_world_pass(struct world *w, int64_t ms);
void __wrap_world_pass(struct world *w, int64_t ms);
void __wrap_world_pass(struct world *w, int64_t ms)
{
    note("pass %lld", (long long)ms);
    depth++;
    __real_world_pass(w, ms);
    depth--;
}

void __real_world_restart(struct world *w, int64_t away_ms);
void __wrap_world_restart(struct world *w, int64_t away_ms);
void __wrap_world_restart(struct world *w, int64_t away_ms)
{
    note("restart %lld", (long long)away_ms);
    depth++;
    __real_world_restart(w, away_ms);
    depth--;
}

char *__real_world_ask(struct world *w, const char *method, const char *path, const char *query,
                       const char *bearer, const char *body, int *ret_status);
char *__wrap_world_ask(struct world *w, const char *method, const char *path, const char *query,
                       const char *bearer, const char *body, int *ret_status);
char *__wrap_world_ask(struct world *w, const char *method, const char *path, const char *query,
                       const char *bearer, const char *body, int *ret_status)
{
    note("ask %s %s %s %s %s", method, path, or_none(query), or_none(bearer), or_none(body));
    depth++;
    char *answer = __real_world_ask(w, method, path, query, bearer, body, ret_status);
    depth--;
    char *line = strdup(answer);
    CHECK(line);
    for (char *at = line; (at = strchr(at, '\n'));)
        *at = '\f';
    note("told %d %s", *ret_status, line);
    free(line);
    return answer;
}

struct world_wire *__real_world_connect(struct world *w);
struct world_wire *__wrap_world_connect(struct world *w);
struct world_wire *__wrap_world_connect(struct world *w)
{
    CHECK(wire_count < WIRES_MAX);
    note("connect %d", wire_count);
    depth++;
    wires[wire_count] = __real_world_connect(w);
    depth--;
    return (struct world_wire *)wires[wire_count++];
}

void __real_world_say(struct world_wire *wire, const char *text);
void __wrap_world_say(struct world_wire *wire, const char *text);
void __wrap_world_say(struct world_wire *wire, const char *text)
{
    CHECK(!strchr(text, '\n'));
    note("say %d %s", number_of(wire), text);
    depth++;
    __real_world_say(wire, text);
    depth--;
}

char *__real_world_hear(struct world_wire *wire);
char *__wrap_world_hear(struct world_wire *wire);
char *__wrap_world_hear(struct world_wire *wire)
{
    depth++;
    char *text = __real_world_hear(wire);
    depth--;
    if (text)
        note("hear %d %s", number_of(wire), text);
    else
        note("hear %d", number_of(wire));
    return text;
}

void __real_world_disconnect(struct world_wire *wire);
void __wrap_world_disconnect(struct world_wire *wire);
void __wrap_world_disconnect(struct world_wire *wire)
{
    note("leave %d", number_of(wire));
    depth++;
    __real_world_disconnect(wire);
    depth--;
}

void __real_journal_memory_fail(struct journal *j, size_t count);
void __wrap_journal_memory_fail(struct journal *j, size_t count);
void __wrap_journal_memory_fail(struct journal *j, size_t count)
{
    note("fail %zu", count);
    __real_journal_memory_fail(j, count);
}

void __real_journal_memory_commit(struct journal *j, size_t count);
void __wrap_journal_memory_commit(struct journal *j, size_t count);
void __wrap_journal_memory_commit(struct journal *j, size_t count)
{
    note("commit %zu", count);
    __real_journal_memory_commit(j, count);
}

void __real_app_collect(struct app *app);
void __wrap_app_collect(struct app *app);
void __wrap_app_collect(struct app *app)
{
    note("collect");
    __real_app_collect(app);
}

void __real_app_stop(struct app *app);
void __wrap_app_stop(struct app *app);
void __wrap_app_stop(struct app *app)
{
    note("stop");
    __real_app_stop(app);
}

void __real_app_dismiss(struct app *app);
void __wrap_app_dismiss(struct app *app);
void __wrap_app_dismiss(struct app *app)
{
    note("dismiss");
    __real_app_dismiss(app);
}
