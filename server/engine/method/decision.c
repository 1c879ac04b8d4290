/* decision.c -- the seven answers.  The record itself is engine/decision.c's: it can be written at
 * any time. */
#include "dispatch.gen.h"
#include "engine/method/method.h"

/* Its traits say it all. */
const struct method_hooks decision_method = { .method = METHOD_DECISION };
