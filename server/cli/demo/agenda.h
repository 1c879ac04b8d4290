/* agenda.h -- the built-in agenda as the demo runs it. */
#ifndef CLI_DEMO_AGENDA_H
#define CLI_DEMO_AGENDA_H

#include <jansson.h>

/* The template's agenda with what a demo wants to show: the spiral is on, for half of the minutes
 * that it would share, and every length stands for the demo's speed.  Minutes are whole ones; the
 * facilitator sets the exact lengths.  One reference; NULL when `template` is no agenda. */
json_t *demo_agenda(const char *template, size_t len, long speed);

#endif
