/* alike.h -- names that people take for one and the same: "Mette" and "METTE".
 *
 * Of cleaned texts (clean.h), without regard to case, each code point for itself: the pages do the
 * same (web/shared/names.js), held against one list of cases, tests/vectors/names.json.
 */
#ifndef BASE_ALIKE_H
#define BASE_ALIKE_H

#include "base/text.h"

/* Whether both are there and differ in case at most. */
bool text_alike(const struct text *a, const struct text *b);

/* The same of an order: negative, 0 where they are alike, or positive.  Both are there. */
int text_order(const struct text *a, const struct text *b);

#endif
