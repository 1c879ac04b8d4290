/* main.c -- which subcommand? */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "cli/cli.h"

static const struct cli_command commands[] = {
    { "serve", "leads meetings, until it is stopped", cli_serve },
    { "demo", "fills a meeting with simulated people, to see a whole one", cli_demo },
    { "new", "makes one more meeting on a running server", cli_new },
    { "link", "makes a link that was lost anew, while the server runs", cli_link },
    { "check", "says whether every meeting of a data folder can be read", cli_check },
    { "version", "says which version this is", cli_version },
};

static void help(FILE *to)
{
    fprintf(to, "runde -- leads a meeting that goes round a table\n\n");
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        fprintf(to, "  runde %-10s %s\n", commands[i].name, commands[i].about);
    fprintf(to, "\nEach has a --help of its own.\n");
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";

    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (strcmp(name, commands[i].name) == 0)
            return commands[i].run(argc - 2, argv + 2);
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        help(stdout);
        return EX_OK;
    }
    help(stderr);
    return EX_USAGE;
}
