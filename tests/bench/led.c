/* led.c -- a meeting in virtual time, led line by line: what ends_on_time.js speaks to.
 *
 *     new 12         a meeting of the built-in agenda, with a console and so many seats without
 * phones pass 30000     so many milliseconds go by
 *     {"id":…}       the console sends this
 *
 * Answers each line with all that the console hears since, a line a frame, and a line with a dot.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/log.h"
#include "support/check.h"
#include "support/world.h"

static struct world world;
static struct world_wire *console;

static void hear(void)
{
    char *frame;

    while ((frame = world_hear(console))) {
        puts(frame);
        free(frame);
    }
}

static void gather(long seats)
{
    char text[160];

    for (long i = 1; i <= seats; i++) {
        snprintf(text, sizeof(text),
                 "{\"id\":\"00000000-0000-4000-8000-%012ld\",\"do\":\"seat.add\","
                 "\"with\":{\"name\":\"Navn %ld\",\"function\":\"%s\",\"device\":\"none\"}}",
                 i, i,
                 i == 1   ? "Skoleleder"
                 : i == 2 ? "PUF-konsulent"
                          : "Deltager");
        world_say(console, text);
    }
}

static void begin(uint64_t number, long seats)
{
    char hello[256];
    int status = 0;

    if (console) {
        world_disconnect(console);
        world_close(&world);
    }
    world_open(&world, number, SOURCE_FOLDER "/server/templates");
    char *answer = world_ask(&world, "POST", "/api/meetings", "", NULL,
                             "{\"template\":\"skoleudviklingssamtale\"}", &status);
    CHECK(status == 201);
    json_t *made = json_loads(answer, 0, NULL);
    const char *link =
        json_string_value(json_object_get(json_object_get(made, "links"), "console"));
    snprintf(hello, sizeof(hello),
             "{\"hello\":{\"as\":\"console\",\"meeting\":\"%s\",\"key\":\"%s\"}}",
             json_string_value(json_object_get(made, "code")), strchr(link, '#') + 1);
    console = world_connect(&world);
    world_say(console, hello);
    gather(seats);
    json_decref(made);
    free(answer);
}

int main(void)
{
    char *line = NULL;
    size_t room = 0;
    uint64_t number = 0;

    log_limit(LOG_LEVEL_ERROR);
    while (getline(&line, &room, stdin) > 0) {
        if (strncmp(line, "new ", 4) == 0)
            begin(++number, strtol(line + 4, NULL, 10));
        else if (strncmp(line, "pass ", 5) == 0)
            world_pass(&world, strtoll(line + 5, NULL, 10));
        else
            world_say(console, line);
        hear();
        puts(".");
        fflush(stdout);
    }
    free(line);
    return 0;
}
