/* summary.c -- what was agreed and what was not; anyone may say that something is missing. */
#include "dispatch.gen.h"
#include "engine/method/method.h"

/* Its traits say it all. */
const struct method_hooks summary_method = { .method = METHOD_SUMMARY };
