/* turns.c -- once round the table, everybody gets the floor. */
#include "dispatch.gen.h"
#include "engine/method/method.h"

/* Its traits say it all. */
const struct method_hooks turns_method = { .method = METHOD_TURNS };
