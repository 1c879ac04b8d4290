/* summary.c -- what was agreed and what was not; anyone may say that something is missing. */
#include "dispatch.gen.h"
#include "engine/method/method.h"

const struct method_hooks summary_method = { .begin = NULL }; /* Its traits say it all. */
