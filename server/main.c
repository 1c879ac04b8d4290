/* main.c -- which subcommand? */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "cli/cli.h"

static const struct cli_command commands[] = {
    { "serve", "leads meetings, until it is stopped", cli_serve },
    { "demo", "fills a meeting with simulated people, to see a whole one", cli_demo },
    { "new", "creates another meeting on a running server", cli_new },
    { "link", "makes a new link when one is lost, while the server runs", cli_link },
    { "chief", "creates a link for the area head of several schools", cli_chief },
    { "list", "says which meetings there are, and when each is erased", cli_list },
    { "export", "writes a meeting into a file, to be taken to another server", cli_export },
    { "import", "takes a meeting in from such a file", cli_import },
    { "erase", "erases a meeting before its days are over", cli_erase },
    { "backup", "copies all meetings into a file, also while the server runs", cli_backup },
    { "upgrade", "makes or upgrades the tables in PostgreSQL", cli_upgrade },
    { "check", "says what would go wrong, before it does", cli_check },
    { "version", "says which version this is", cli_version },
};

static void help(FILE *to)
{
    fprintf(to, "runde -- leads a meeting that goes round a table\n\n");
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        fprintf(to, "  runde %-10s %s\n", commands[i].name, commands[i].about);
    fprintf(to, "\nEach has a --help of its own.\n");
}

static bool is_one_of(const char *word, const char *one, const char *other)
{
    return strcmp(word, one) == 0 || strcmp(word, other) == 0;
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    char whole[64];

    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (strcmp(name, commands[i].name) == 0) {
            snprintf(whole, sizeof(whole), "runde %s", name);
            argv[1] = whole;
            return commands[i].run(argc - 1, argv + 1);
        }
    if (is_one_of(name, "--help", "-h")) {
        help(stdout);
        return EX_OK;
    }
    if (is_one_of(name, "--version", "-V")) {
        puts("runde " RUNDE_VERSION);
        return EX_OK;
    }
    if (name[0])
        fprintf(stderr, "runde: there is no command %s\n\n", name);
    help(stderr);
    return EX_USAGE;
}
