/* lead.h -- the demo's own facilitator: sees the meeting as the console does, and presses the
 * buttons that a careful person would press.
 */
#ifndef CLI_DEMO_LEAD_H
#define CLI_DEMO_LEAD_H

#include "cli/demo/crowd.h"

/* A facilitator who starts the meeting once `expected` seats are at the table.  NULL when memory is
 * exhausted. */
struct guest *lead_new(const char *key, size_t expected);

/* One who only gives the parts their lengths at the demo's speed, and leaves: you lead. */
struct guest *pacer_new(const char *key);

/* Presses what is due; to be called now and then. */
void lead_look(struct guest *lead);

#endif
