/* dialogue.c -- free dialogue: a hand asks for the floor, the facilitator gives it. */
#include "engine/method/method.h"

const struct method_ops method_dialogue = {
    .method = METHOD_DIALOGUE,
    .hands_wait = true,
    .turn = { 120000 },
};
