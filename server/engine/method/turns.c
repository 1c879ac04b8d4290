/* turns.c -- once round the table, everybody gets the floor. */
#include "dispatch.gen.h"
#include "engine/method/method.h"

const struct method_hooks turns_method = { .begin = NULL }; /* Its traits say it all. */
