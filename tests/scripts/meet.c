/* meet.c -- runs scripts: `meet [--live|--nodes DAEMON FOLDER] [--seed N] [--log FILE] SCRIPT...`
 *
 * Each script gets a meeting of its own; the daemon, with --live, is one for all of them.  With
 * --nodes there are two, and each script is run twice: the second time one of them is killed on the
 * way, where the seed says.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/meet.h"

int main(int argc, char **argv)
{
    const char *program = NULL, *folder = NULL, *how = "";
    uint64_t seed = 1;
    FILE *log = NULL;
    int i = 1;

    for (; i < argc && argv[i][0] == '-'; i++) {
        if ((strcmp(argv[i], "--live") == 0 || strcmp(argv[i], "--nodes") == 0) && i + 2 < argc) {
            how = argv[i];
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
        fprintf(stderr,
                "usage: meet [--live|--nodes DAEMON FOLDER] [--seed N] [--log FILE] SCRIPT...\n");
        return 64;
    }
    struct meet_backend backend = !program                      ? meet_sim(seed)
                                  : strcmp(how, "--nodes") == 0 ? meet_nodes(program, folder, seed)
                                                                : meet_live(program, folder);
    for (; i < argc; i++) {
        meet_run(&backend, argv[i], log);
        printf("ok %s (%s)\n", argv[i], backend.name);
        if (!backend.strike)
            continue;
        printf("one is killed, seed %" PRIu64 "\n", seed);
        fflush(stdout);
        meet_run_struck(&backend, argv[i], log, seed);
        printf("ok %s (one of %s was killed)\n", argv[i], backend.name);
    }
    backend.finish(backend.state);
    if (log)
        fclose(log);
    return 0;
}
