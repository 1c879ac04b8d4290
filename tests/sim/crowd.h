/* crowd.h -- what the files of the crowd share. */
#ifndef SIM_CROWD_H
#define SIM_CROWD_H

#include "sim/sim.h"

/* A seat, or the number after the last. */
int64_t crowd_seat(struct sim *s);

/* The id of a part, or now and then of none.  A new reference. */
json_t *crowd_part(struct sim *s);

/* "point 12": no text comes twice, so that each can be found again.  A new reference. */
json_t *crowd_words(struct sim *s, const char *kind);

/* Says what a text was written on, as the peer knows it, now and then: of `list` of its state the
 * one that has the same `key`, and the same lap. */
void crowd_base(const struct peer *p, json_t *with, const char *list, const char *key);

/* crowd_beside.c: points put together, recaps, figures, the wall, who presents. */
void crowd_beside(struct sim *s, struct peer *p);

/* Another agenda; another link for some role. */
void crowd_agenda(struct peer *p);
void crowd_renew(struct peer *p);

#endif
