/* talk.c -- one person speaks: a welcome, a framing, a presentation, a closing. */
#include "dispatch.gen.h"
#include "engine/method/method.h"

/* Its traits say it all. */
const struct method_hooks talk_method = { .method = METHOD_TALK };
