/* decision.c -- the seven answers are written here; participants may suggest.  The record itself
 * is engine/decision.c's, for it can be written at any time. */
#include "engine/method/method.h"

const struct method_ops method_decision = {
    .method = METHOD_DECISION,
    .turn = { 120000 },
    .answers = true,
};
