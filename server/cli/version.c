#include <stdio.h>
#include <sysexits.h>

#include "cli/cli.h"

int cli_version(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    printf("runde %s\n", RUNDE_VERSION);
    return EX_OK;
}
