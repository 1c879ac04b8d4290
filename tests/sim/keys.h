/* keys.h -- the links by which all but phones come in, as the crowd has been told them. */
#ifndef SIM_KEYS_H
#define SIM_KEYS_H

#include "sim/sim.h"

/* Takes them from the answer that made the meeting, or one of its links. */
void keys_read(struct sim *s, const json_t *made);

/* What the role's newest link opens with, as far as anybody knows. */
const char *keys_of(const struct sim *s, const char *role);

/* Another connection by the same link.  Whoever is in the meeting came by one that is alive. */
struct world_wire *keys_beside(const struct peer *p);

/* A console hears of a link that was made anew: of two, one at most opens anything. */
void keys_told(struct sim *s, const char *role, const char *key);

/* Nobody knows the role's newest link: whoever runs the server makes another. */
void keys_anew(struct sim *s, const char *role);

#endif
