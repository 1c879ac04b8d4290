/* scribe.h -- what the demo's facilitator writes for the table: the seven answers, a recap, the
 * points that belong together, and the figures on the wall.
 */
#ifndef CLI_DEMO_SCRIBE_H
#define CLI_DEMO_SCRIBE_H

#include "cli/demo/crowd.h"

enum { SCRIBE_ANSWERS = 7 };

/* The answer's name on the wire, in the order in which they are talked about. */
const char *scribe_answer(size_t at);

/* Writes that answer, whole. */
void scribe_write(struct guest *g, size_t at);

/* Puts two groups of the points so far together: the `which` of them, 0 or 1. */
void scribe_group(struct guest *g, size_t which);

void scribe_recap(struct guest *g);

/* Writes the facilitator's text into a box that has one. */
void scribe_box(struct guest *g, enum box box);

/* Keeps the presenter's figures; puts them on the wall, or takes them off it. */
void scribe_figures(struct guest *g);
void scribe_wall(struct guest *g, bool figures);

#endif
