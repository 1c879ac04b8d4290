/* reflection.c -- everyone writes for themselves, in silence.  What is written is a note (notes.c).
 */
#include "dispatch.gen.h"
#include "engine/method/method.h"

const struct method_hooks reflection_method = { .begin = NULL }; /* Its traits say it all. */
