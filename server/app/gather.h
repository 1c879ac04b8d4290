/* gather.h -- a question that each of several servers answers for the meetings that it leads, and
 * whose answers become one.
 *
 * Where one of them cannot be asked the whole is refused with `busy`: what is missing would look as
 * if it was not there.
 */
#ifndef APP_GATHER_H
#define APP_GATHER_H

#include "app/asking.h"

enum { GATHER_ABOUT_ROOM = 64 };

/* Finishes the call, or refuses it.  `parts` has what each server said, this one's first. */
typedef void gather_whole_fn(struct api_call *call, const char *const *parts, size_t count,
                             const char *about, int held);

/* Asks all others as this server was asked.  `own` is this one's part, taken over; NULL says that
 * memory is exhausted.  `about`, at most GATHER_ABOUT_ROOM with its NUL, is given back.  A guest's
 * question is answered by the part alone. */
struct api_call *gather_begin(const struct asking *a, char *own, gather_whole_fn *whole,
                              const char *about);

#endif
