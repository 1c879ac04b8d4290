/* marks_people.h -- children told by their class, and groups so small that their members are known.
 * Each says how many bytes what begins at `at` takes, or 0 where it is none. */
#ifndef MINUTES_MARKS_PEOPLE_H
#define MINUTES_MARKS_PEOPLE_H

#include "protocol.gen.h"

/* "7.b", "7. B", "10a", "3 C", "7.a/b" */
size_t marks_class(const char *bytes, size_t len, size_t at);

/* "3 elever", "<5", "under fem børn", "to ud af fire" */
size_t marks_few(enum locale locale, const char *bytes, size_t len, size_t at);

#endif
