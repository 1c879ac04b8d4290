/* renewing.h -- a link made anew for whoever runs the server, when nobody has it any more. */
#ifndef APP_RENEWING_H
#define APP_RENEWING_H

#include "app/asking.h"

/* Answers POST /api/meetings/CODE/links?role=console: as link.renew by a console, but with the
 * whole link in the answer. */
struct api_call *renewing_answer(const struct asking *a, struct room *r);

#endif
