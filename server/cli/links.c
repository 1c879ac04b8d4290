#include "cli/links.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "net/qr.h"

static void line(json_t *links, const char *name, const char *danish, const char *english)
{
    const char *link = json_string_value(json_object_get(links, name));

    printf("  %-12s %s\n  %-12s (%s)\n", danish, link ? link : "", "", english);
}

static void picture(const char *link)
{
    char *code = qr_terminal(link);

    if (code)
        printf("\n%s\n", code);
    free(code);
    fflush(stdout);
}

bool links_print(const char *json)
{
    json_t *root = json_loads(json, 0, NULL);
    json_t *links = json_object_get(root, "links");
    const char *join = json_string_value(json_object_get(links, "join"));
    bool there = join != NULL;

    if (there) {
        printf("\nMødet er klar · The meeting is ready: %s\n\n",
               json_string_value(json_object_get(root, "code")));
        line(links, "console", "Styring", "console: whoever has this link leads");
        line(links, "board", "Tavle", "board: for the room's screen");
        line(links, "scribe", "Referent", "scribe: writes the minutes");
        line(links, "leader", "Skoleleder", "leader: reads the minutes");
        line(links, "join", "Deltag", "join: for everybody's phone, or scan:");
        picture(join);
    }
    json_decref(root);
    return there;
}

bool links_print_anew(const char *json, const char *role)
{
    json_t *root = json_loads(json, 0, NULL);
    const char *link = json_string_value(json_object_get(json_object_get(root, "links"), role));
    bool there = link != NULL;

    if (there) {
        printf("\nNyt link; det gamle virker ikke mere · New link; the old one no longer "
               "works:\n\n  %s\n",
               link);
        picture(link);
    }
    json_decref(root);
    return there;
}

void links_print_chief(const char *link, const char *code)
{
    printf("\nTil chefen, og kun til chefen · For the area head, and nobody else:\n\n  %s\n", link);
    printf("\nTil lederne · For the school leaders:\n\n  %s\n", code);
    picture(link);
}
