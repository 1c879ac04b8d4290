/* method.c -- what traits.json says of the methods, for whoever is told their names. */
#include <string.h>

#include "sim/sim.h"

const struct method_info *sim_method(const char *name)
{
    enum method method = METHOD_COUNT - 1;

    while (method != METHOD_NOT && (!name || strcmp(method_infos[method].name, name) != 0))
        method--;
    return &method_infos[method];
}
