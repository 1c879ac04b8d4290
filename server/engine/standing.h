/* standing.h -- how the minutes stand: draft, approved, published; and what people say of them. */
#ifndef ENGINE_STANDING_H
#define ENGINE_STANDING_H

#include <stdbool.h>

#include "engine/facts.h"
#include "engine/state.h"

/* Whether this role may send this command only once the meeting is over, and it is not. */
bool standing_waits(const struct meeting *m, const struct command *c,
                    const struct context *context);

/* Says first that approved minutes are a draft again, where one of the facts changes what they say:
 * at no moment do they stand as approved with other words. */
void standing_follow(const struct meeting *m, struct facts *out);

/* What somebody said of this point is known to be of older words. */
void standing_mended(struct meeting *m, struct uuid contribution);

/* Whether a phone still gets the minutes at this moment: for thirty days once they are approved. */
bool standing_open_to_phones(const struct meeting *m, struct instant now);

#endif
