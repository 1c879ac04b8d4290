/* reflection.c -- everyone writes for themselves, in silence.  What is written is a note, and
 * stays its author's until shared; so there is nothing for the board here. */
#include "engine/method/method.h"

const struct method_ops method_reflection = { .method = METHOD_REFLECTION, .turn = { 60000 } };
