/* reading.h -- what can be read of a meeting over HTTP, and who may. */
#ifndef APP_READING_H
#define APP_READING_H

#include "app/asking.h"

/* Answers GET /api/meetings/CODE and what lies under it; `what` is "" or "/state", "/minutes",
 * "/agenda", "/qr" and the like. */
struct api_call *reading_answer(const struct asking *a, struct room *r, const char *what);

/* Whether the bearer's key or token, or one-time link, opens the meeting.  NULL opens none. */
bool reading_opens(const struct meeting *m, const char *bearer);

/* Whether the key is one that plans: the console's or the leader's. */
bool reading_plans(const struct meeting *m, const char *key);

#endif
