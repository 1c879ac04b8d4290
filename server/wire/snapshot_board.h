/* snapshot_board.h -- the parts of a snapshot that tell what stands on the board. */
#ifndef WIRE_SNAPSHOT_BOARD_H
#define WIRE_SNAPSHOT_BOARD_H

#include <jansson.h>

#include "engine/reader.h"
#include "engine/state.h"

/* The points that are not withdrawn; the seven answers. */
void snapshot_put_contributions(const struct meeting *m, json_t *to);
void snapshot_put_decision(const struct meeting *m, json_t *to);

/* How the minutes stand, and what the reader may see of what people say of them. */
void snapshot_put_standing(const struct meeting *m, const struct reader *reader, json_t *to);

/* What the meeting before left, and what came of it. */
void snapshot_put_carried(const struct agenda *a, json_t *to);

/* What phones do without: the chain of meetings, groups, figures, recaps, the wall. */
void snapshot_put_board(const struct meeting *m, const struct reader *reader, json_t *to);

/* The figures that the reader may see, as an array. */
json_t *snapshot_figures(const struct meeting *m, const struct reader *reader);

#endif
