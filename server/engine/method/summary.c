/* summary.c -- what was agreed and what was not, in the participants' own words; anyone may say
 * that something is missing. */
#include "engine/method/method.h"

const struct method_ops method_summary = {
    .method = METHOD_SUMMARY,
    .turn = { 120000 },
    .boxes = 1u << BOX_AGREED | 1u << BOX_DIFFERING | 1u << BOX_MISSING,
};
