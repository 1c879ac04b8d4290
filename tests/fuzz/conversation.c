/* A meeting that hears frames made up by the fuzzer, from people who have said hello; a line each:
 *
 *     3{"id":…,"do":…}     what the third of them says
 *     +12                  seconds pass
 *
 * Whatever they say, the meeting that is folded from the journal is the one that they were in. */
#include <string.h>

#include <jansson.h>

#include "base/log.h"
#include "fuzz/fuzz.h"
#include "support/world.h"

enum { PEOPLE = 7, LINE_MAX_BYTES = 65536 };

static const char *const made_of =
    "{\"template\":\"skoleudviklingssamtale\",\"title\":\"Prøve\",\"locale\":\"da\"}";
static const char *const roles[PEOPLE] = { "console", "board", "scribe", "leader" };

struct table {
    struct world world;
    char code[16], keys[PEOPLE][64];
    struct world_wire *people[PEOPLE];
};

static void read_links(struct table *t, const char *answer)
{
    json_t *made = json_loads(answer, 0, NULL);

    HOLDS(made);
    snprintf(t->code, sizeof(t->code), "%s", json_string_value(json_object_get(made, "code")));
    for (int i = 0; i < PEOPLE && roles[i]; i++) {
        const char *link =
            json_string_value(json_object_get(json_object_get(made, "links"), roles[i]));
        HOLDS(link && strchr(link, '#'));
        snprintf(t->keys[i], sizeof(t->keys[i]), "%s", strchr(link, '#') + 1);
    }
    json_decref(made);
}

static struct world_wire *greet(struct table *t, int who)
{
    struct world_wire *wire = world_connect(&t->world);
    char text[256];

    if (roles[who])
        snprintf(text, sizeof(text),
                 "{\"hello\":{\"as\":\"%s\",\"meeting\":\"%s\",\"key\":\"%s\"}}", roles[who],
                 t->code, t->keys[who]);
    else
        snprintf(
            text, sizeof(text),
            "{\"hello\":{\"as\":\"phone\",\"meeting\":\"%s\",\"name\":\"Navn %d\",\"function\":"
            "\"Elev\",\"id\":\"11111111-1111-4111-8111-11111111111%d\"}}",
            t->code, who, who);
    world_say(wire, text);
    world_settle(&t->world);
    return wire;
}

static void sit_down(struct table *t)
{
    int status;

    world_open(&t->world, 1, SOURCE_FOLDER "/server/templates");
    char *answer = world_ask(&t->world, "POST", "/api/meetings", "", NULL, made_of, &status);
    HOLDS(status == 201);
    read_links(t, answer);
    free(answer);
    for (int i = 0; i < PEOPLE; i++)
        t->people[i] = greet(t, i);
}

/* What the console is shown, as text; NULL when it is let in no more. */
static char *shown(struct table *t)
{
    struct world_wire *wire = greet(t, 0);
    char *frame, *found = NULL;

    while ((frame = world_hear(wire))) {
        if (strncmp(frame, "{\"snapshot\"", 11) == 0 && !found)
            found = frame;
        else
            free(frame);
    }
    world_disconnect(wire);
    world_settle(&t->world);
    return found;
}

static void hear_all(struct table *t)
{
    for (int i = 0; i < PEOPLE; i++) {
        char *frame;
        while ((frame = world_hear(t->people[i])))
            free(frame);
        if (t->people[i]->over) {
            world_disconnect(t->people[i]);
            t->people[i] = greet(t, i);
        }
    }
}

static void carry_out(struct table *t, const char *line)
{
    if (line[0] >= '0' && line[0] < '0' + PEOPLE)
        world_say(t->people[line[0] - '0'], line + 1);
    else if (line[0] == '+')
        world_pass(&t->world, (int64_t)(strtoul(line + 1, NULL, 10) % 600) * 1000);
    world_settle(&t->world);
    hear_all(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static char line[LINE_MAX_BYTES];
    struct table t;

    log_limit(LOG_LEVEL_ERROR);
    memset(&t, 0, sizeof(t));
    sit_down(&t);
    for (size_t at = 0, n; at < len; at += n + 1) {
        const uint8_t *end = memchr(bytes + at, '\n', len - at);
        n = end ? (size_t)(end - bytes) - at : len - at;
        if (n >= sizeof(line))
            continue;
        memcpy(line, bytes + at, n);
        line[n] = '\0';
        carry_out(&t, line);
    }
    for (int i = 0; i < PEOPLE; i++)
        world_disconnect(t.people[i]);
    world_settle(&t.world);
    char *before = shown(&t);
    world_restart(&t.world, 0);
    char *after = shown(&t);
    HOLDS(!before == !after);
    if (before && strcmp(before, after) != 0)
        fprintf(stderr, "%s\n%s\n", before, after);
    HOLDS(!before || strcmp(before, after) == 0);
    free(before);
    free(after);
    world_close(&t.world);
    return 0;
}
