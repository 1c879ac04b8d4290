/* fault_server.c -- makes of `runde` a program whose database fails, as the environment says:
 *
 *     RUNDE_FAULT=power:57:3     at the 57th operation of its files the power goes: what was not
 *                                synced is lost, but for what seed 3 leaves; seed 0 leaves nothing
 *     RUNDE_FAULT=sync:9         the 9th fsync returns EIO; so write:9, and short:9 half way
 *     RUNDE_FAULT=full:FILE      the disk is full as long as there is this file
 *
 * It is linked beside the server's own main, which knows nothing of it.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/check.h"
#include "support/fault_vfs.h"

static const struct {
    const char *name;
    enum fault kind;
} kinds[] = {
    { "power:", FAULT_POWER },
    { "sync:", FAULT_SYNC },
    { "write:", FAULT_WRITE },
    { "short:", FAULT_SHORT },
};

__attribute__((constructor)) static void plan(void)
{
    const char *fault = getenv("RUNDE_FAULT");

    if (!fault)
        return;
    fault_install_for_all();
    if (strncmp(fault, "full:", 5) == 0) {
        fault_full_while(fault + 5);
        return;
    }
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        size_t len = strlen(kinds[i].name);
        char *end;
        if (strncmp(fault, kinds[i].name, len) != 0)
            continue;
        fault_plan(kinds[i].kind, strtoll(fault + len, &end, 10));
        if (kinds[i].kind == FAULT_POWER)
            fault_die_of_power(*end == ':' ? strtoull(end + 1, NULL, 10) : 0);
        return;
    }
    CHECK(false && "RUNDE_FAULT says what this knows");
}
