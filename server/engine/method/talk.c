/* talk.c -- one person speaks: a welcome, a framing, a presentation, a closing. */
#include "engine/method/method.h"

const struct method_ops method_talk = { .method = METHOD_TALK, .turn = { 120000 } };
