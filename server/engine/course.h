/* course.h -- where the meeting is, as one record: what undo keeps of it and what a snapshot tells.
 */
#ifndef ENGINE_COURSE_H
#define ENGINE_COURSE_H

#include "engine/state.h"

/* The course as it stands now.  Its part's id and its lists are the meeting's own: never release
 * it, and copy it (record_copy) to keep it. */
struct course course_now(const struct meeting *m);

#endif
