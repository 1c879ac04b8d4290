/* talk.c -- one person speaks: a welcome, a framing, a presentation, a closing. */
#include "dispatch.gen.h"
#include "engine/method/method.h"

const struct method_hooks talk_method = { .begin = NULL }; /* Its traits say it all. */
