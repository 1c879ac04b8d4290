/* dialogue.c -- free dialogue: a hand asks for the floor (hands.c), the facilitator gives it. */
#include "dispatch.gen.h"
#include "engine/method/method.h"

/* Its traits say it all. */
const struct method_hooks dialogue_method = { .method = METHOD_DIALOGUE };
