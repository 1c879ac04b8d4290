/* version.c -- `runde version`: which version this is. */
#include <stdio.h>
#include <sysexits.h>

#include "cli/cli.h"
#include "cli/options.h"

int cli_version(int argc, char **argv)
{
    static const struct option_row none[] = { { NULL, NULL, NULL, NULL } };
    struct options o = { .rows = none, .about = "Says which version this is." };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        printf("runde %s\n", RUNDE_VERSION);
    options_free(&o);
    return code;
}
