/* cast.h -- everybody who can be at a meeting's door or in it, for tests of who may do what.
 *
 * The meeting has one part, with turns, in which Ana has a note, a point and the floor.  Everybody
 * below has a connection, also those whom the server has shut out: what they say is sent all the
 * same.
 */
#ifndef SUPPORT_CAST_H
#define SUPPORT_CAST_H

#include <jansson.h>

#include "support/world.h"

enum cast_part {
    CAST_ANA, /* A phone: the seat, the texts and the turn of which commands speak are hers. */
    CAST_BO,  /* Another phone. */
    CAST_BOARD,
    CAST_CONSOLE,
    CAST_SCRIBE,
    CAST_LEADER,
    CAST_WAITING, /* A phone at the closed door. */
    CAST_OUT,     /* A phone that the console has taken out. */
    CAST_ENDED,   /* A console whose link was made anew since. */
    CAST_CHIEF,   /* A chief of several schools, with the leader's role in the hello. */
    CAST_NOBODY,  /* Has said no hello. */
    CAST_PARTS
};

struct cast {
    struct world world;
    struct room *room;
    char code[16];
    char keys[ROLE_COUNT][64]; /* Of the links, as they are now. */
    char ended[64], chief[64]; /* The console's key before, and the chief's secret. */
    struct world_wire *wires[CAST_PARTS];
    char note[UUID_CHARS + 1], point[UUID_CHARS + 1]; /* Ana's; of the point, once it runs. */
    int64_t turn;                                     /* The newest one. */
    int count;                                        /* Of commands. */
};

extern const char *const cast_names[CAST_PARTS];

/* As what each of them speaks; ROLE_NOT: the server takes no command from them. */
enum role cast_role(enum cast_part part);

/* A meeting that has come as far as `state`. */
void cast_open(struct cast *c, enum state state);
void cast_close(struct cast *c);

/* kill -9; everybody says the same hello to the server after it. */
void cast_restart(struct cast *c, int64_t away_ms);

/* Sends a command, with an id of its own or with `id`; `with` is taken.  Returns the frame that
 * answers it, or refuses the connection, and NULL where nothing came. */
json_t *cast_send(struct cast *c, enum cast_part part, const char *command, json_t *with,
                  const char *id);

/* The code of a refusal, "ok", or "" of NULL; the frame is taken. */
const char *cast_code(json_t *answer);

/* The whole meeting as each role and both phones may see it, and how many facts it has; to be
 * freed. */
char *cast_view(struct cast *c);

/* Fields of a command by its description: all of them, or those required and `one` more.  Seats are
 * Ana's, and so are ids of notes and points, and turns. */
json_t *cast_fields(const struct cast *c, const struct record *r, const char *one, bool all);

#endif
