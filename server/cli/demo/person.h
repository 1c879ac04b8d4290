/* person.h -- somebody at the table with a phone: thinks, writes, speaks, and is only human. */
#ifndef CLI_DEMO_PERSON_H
#define CLI_DEMO_PERSON_H

#include "cli/demo/crowd.h"

/* A phone with these characters, one or more; NULL when memory is exhausted.  It belongs to the
 * caller until crowd_add. */
struct guest *person_new(const struct character *who, size_t who_count);

#endif
