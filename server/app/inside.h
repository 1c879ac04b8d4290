/* inside.h -- what whoever runs the server asks of it, by the data folder's own socket, or of the
 * folder while no server runs.
 *
 *     list               every meeting: [{"code":…,"state":…,"made":…,"facts":…,"erases":…}]
 *     export?code=CODE   the meeting as a file (wire/parcel.h)
 *     import             takes such a file in
 *     erase?code=CODE    erases the meeting at once
 */
#ifndef APP_INSIDE_H
#define APP_INSIDE_H

#include "app/asking.h"
#include "wire/parcel.h"

struct api_call *inside_answer(const struct asking *a, const char *what);

/* Whether the facts are a meeting from its first to its last: folds them, and throws that away.
 * Facts that contradict each other end the process, by an assertion: whoever reads a file that
 * others wrote asks this in a process of its own. */
bool inside_rehearse(const struct parcel *parcel);

/* Tells a meeting of another one of its chain, wherever it is led: POST /inside/follow?code=CODE,
 * with the fields of meeting.follow.  Where that cannot be said now, it does not know. */
void inside_follow(struct app *app, const char *code, const struct command_meeting_follow *with);

#endif
