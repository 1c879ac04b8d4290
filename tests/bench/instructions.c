/* instructions.c -- ten thousand commands in virtual time, always the same: how many instructions
 * does the server spend on them?  instructions.sh counts, by valgrind.
 *
 * A command goes the whole way: a frame is decoded, decided on, written to a journal in memory,
 * applied, answered, and told to twelve phones, a console, a wall and a scribe.  Every seat joins,
 * writes notes, takes its turns in a round and a spiral, puts up its hand, adds and changes
 * contributions; the console leads and takes back, the scribe writes the answers.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "support/check.h"
#include "support/world.h"

enum { PHONES = 12, CONSOLE = PHONES, BOARD, SCRIBE, PEERS, MEETINGS = 10, COMMANDS_EACH = 1000 };

static const char agenda[] =
    "{\"agenda\":{\"title\":\"Runde\",\"items\":[{\"no\":1,\"title\":\"Runde\",\"minutes\":120,"
    "\"parts\":[{\"id\":\"a\",\"method\":\"turns\",\"minutes\":20},"
    "{\"id\":\"b\",\"method\":\"reflection\",\"minutes\":10},"
    "{\"id\":\"c\",\"method\":\"spiral\",\"laps\":2,\"minutes\":30},"
    "{\"id\":\"d\",\"method\":\"decision\",\"minutes\":20},"
    "{\"id\":\"e\",\"method\":\"retrospect\",\"minutes\":10},"
    "{\"id\":\"f\",\"method\":\"dialogue\",\"remarks\":true,\"minutes\":30}]}]}}";

static struct world world;
static struct world_wire *peers[PEERS];
static char points[4096][37]; /* Contributions of this meeting. */
static int sent, accepted, points_made;
static char code[16];
static char *links;

/* All that are connected hear what there is. */
static void hear(void)
{
    char *text;

    for (int i = 0; i < PEERS; i++)
        while (peers[i] && (text = world_hear(peers[i]))) {
            accepted += strncmp(text, "{\"re\"", 5) == 0 && strstr(text, "\"ok\":true") != NULL;
            const char *made = strstr(text, "\"made\":{\"contribution\":\"");
            if (made)
                snprintf(points[points_made++], 37, "%s", made + 24);
            free(text);
        }
}

/* Sends a command: `with` is the inside of its object. */
static void command(int who, const char *name, const char *with)
{
    char text[1024];

    sent++;
    /* An id looks like a random one, and is always the same. */
    uint64_t id = (uint64_t)sent * UINT64_C(0x9E3779B97F4A7C15);
    int n = snprintf(text, sizeof(text),
                     "{\"id\":\"%08" PRIx64 "-0000-4000-8000-%012" PRIx64
                     "\",\"do\":\"%s\",\"with\":{%s}}",
                     id >> 32, id & UINT32_MAX, name, with);
    CHECK(n < (int)sizeof(text));
    world_say(peers[who], text);
    hear();
    world_pass(&world, 1000);
}

static void text_command(int who, const char *name, const char *format, int number)
{
    char with[512];

    snprintf(with, sizeof(with), format, number);
    command(who, name, with);
}

/* Joins: the phone by its name, all others by the key of their link. */
static void join(int who, const char *role)
{
    char text[512], key[64] = "", at[32];

    snprintf(at, sizeof(at), "\"%s\":\"", role);
    const char *link = strstr(links, at);
    if (link)
        snprintf(key, sizeof(key), "%.43s", strchr(link, '#') + 1);
    if (link)
        snprintf(text, sizeof(text),
                 "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\",\"key\":\"%s\"}}", role, code, key);
    else
        snprintf(text, sizeof(text),
                 "{\"hello\":{\"as\":\"phone\",\"meeting\":\"%s\",\"name\":\"Navn %d\"}}", code,
                 who + 1);
    peers[who] = world_connect(&world);
    world_say(peers[who], text);
    hear();
}

static void open_meeting(void)
{
    int status = 0;

    links = world_ask(&world, "POST", "/api/meetings", "", NULL, agenda, &status);
    CHECK(status == 201);
    snprintf(code, sizeof(code), "%.9s", strstr(links, "\"code\":\"") + 8);
    points_made = 0;
    join(CONSOLE, "console");
    join(BOARD, "board");
    join(SCRIBE, "scribe");
    for (int i = 0; i < PHONES; i++)
        join(i, "phone");
}

static void close_meeting(void)
{
    command(CONSOLE, "meeting.close", "");
    for (int i = 0; i < PEERS; i++) {
        world_disconnect(peers[i]);
        peers[i] = NULL;
    }
    free(links);
}

/* Once round the table; everybody says something.  The next lap begins by itself. */
static void round_the_table(void)
{
    for (int i = 0; i < PHONES; i++) {
        text_command(i, "contribution.add", "\"text\":\"Flere voksne ude i pausen, siger %d\"", i);
        command(i, "turn.done", "");
    }
}

static void write_notes(void)
{
    for (int i = 0; i < PHONES; i++) {
        text_command(i, "note.save",
                     "\"note\":\"11111111-1111-4111-8111-%012d\",\"text\":\"Gården er tom\"", i);
        command(i, "ready.set", "\"ready\":true");
    }
    for (int i = 0; i < PHONES; i += 3)
        text_command(i, "note.share", "\"note\":\"11111111-1111-4111-8111-%012d\"", i);
}

static void write_the_answers(void)
{
    static const char *const answers[] = { "next_step", "action", "targets", "feedback" };
    char with[512];

    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        snprintf(with, sizeof(with), "\"answer\":\"%s\"", answers[i]);
        command(CONSOLE, "decision.open", with);
        snprintf(with, sizeof(with),
                 "\"answer\":\"%s\",\"text\":\"Vi gør det\",\"based_on\":[\"%.36s\"]", answers[i],
                 points[i]);
        command(SCRIBE, "decision.set", with);
    }
}

static void look_back(void)
{
    for (int i = 0; i < PHONES; i++)
        text_command(i, "contribution.add", "\"text\":\"God tone %d\",\"box\":\"worked_well\"", i);
    command(CONSOLE, "retro.show", "");
}

/* Hands go up, the facilitator gives the floor; now and then something is taken back. */
static void talk(int step)
{
    int who = step % PHONES;
    char with[128];

    command(who, "hand.raise", "");
    command((who + 7) % PHONES, "hand.raise", "\"remark\":true");
    text_command(CONSOLE, "floor.give", "\"seat\":%d", who + 1);
    text_command(who, "contribution.add", "\"text\":\"Noget nyt for %d\"", step);
    snprintf(with, sizeof(with), "\"contribution\":\"%.36s\",\"text\":\"Noget andet\"",
             points[points_made - 1]);
    command(who, "contribution.edit", with);
    command(who, "turn.more", "");
    command(who, "turn.done", "");
    if (step % 4 == 0) {
        command(CONSOLE, "undo", "");
        command(CONSOLE, "clock.pause", "");
        command(CONSOLE, "clock.resume", "");
    }
    command((who + 7) % PHONES, "hand.lower", "");
}

static void lead(int first)
{
    command(CONSOLE, "meeting.start", "");
    command(CONSOLE, "floor.give", "\"seat\":1");
    round_the_table();
    command(CONSOLE, "part.next", "");
    write_notes();
    command(CONSOLE, "part.next", "");
    command(CONSOLE, "floor.give", "\"seat\":1");
    round_the_table();
    round_the_table();
    command(CONSOLE, "part.next", "");
    write_the_answers();
    command(CONSOLE, "part.next", "");
    look_back();
    command(CONSOLE, "part.next", "");
    for (int step = 0; sent - first < COMMANDS_EACH - 12; step++)
        talk(step);
    while (sent - first < COMMANDS_EACH - 1)
        text_command(SCRIBE, "recap.save", "\"part\":\"c\",\"lap\":1,\"text\":\"Ude %d\"", sent);
}

/* What is counted; kept apart, so that valgrind can be told by its name. */
__attribute__((noinline)) static void workload(void)
{
    for (int i = 0; i < MEETINGS; i++) {
        int first = sent;
        open_meeting();
        lead(first);
        close_meeting();
    }
}

int main(void)
{
    log_limit(LOG_LEVEL_ERROR);
    world_open(&world, 1, SOURCE_FOLDER "/tests/compat/templates");
    workload();
    world_close(&world);
    printf("%d commands, %d accepted\n", sent, accepted);
    return 0;
}
