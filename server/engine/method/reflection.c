/* reflection.c -- everyone writes for themselves, in silence.  What is written is a note (notes.c).
 */
#include "dispatch.gen.h"
#include "engine/method/method.h"

/* Its traits say it all. */
const struct method_hooks reflection_method = { .method = METHOD_REFLECTION };
