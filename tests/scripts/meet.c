/* meet.c -- runs scripts: `meet [--live DAEMON FOLDER] [--seed N] [--log FILE] SCRIPT...`
 *
 * Each script gets a meeting of its own; the daemon, with --live, is one for all of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/meet.h"

int main(int argc, char **argv)
{
    const char *program = NULL, *folder = NULL;
    uint64_t seed = 1;
    FILE *log = NULL;
    int i = 1;

    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--live") == 0 && i + 2 < argc) {
            program = argv[++i];
            folder = argv[++i];
        } else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            seed = strtoull(argv[++i], NULL, 0);
        else if (strcmp(argv[i], "--log") == 0 && i + 1 < argc)
            log = fopen(argv[++i], "a");
        else
            break;
    }
    if (i == argc) {
        fprintf(stderr, "usage: meet [--live DAEMON FOLDER] [--seed N] [--log FILE] SCRIPT...\n");
        return 64;
    }
    struct meet_backend backend = program ? meet_live(program, folder) : meet_sim(seed);
    for (; i < argc; i++) {
        meet_run(&backend, argv[i], log);
        printf("ok %s (%s)\n", argv[i], backend.name);
    }
    backend.finish(backend.state);
    if (log)
        fclose(log);
    return 0;
}
